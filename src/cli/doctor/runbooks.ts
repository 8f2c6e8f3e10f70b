import { Problem } from '../../platform/problem.ts'

/** Which page of docs/operations/runbooks says what to do where an installation cannot be used, by the refusal. */
const pages: Readonly<Record<string, string>> = {
  'database-of-another-installation': 'database-of-another',
  'database-unreachable': 'database-away',
  'heads-key-missing': 'key-missing',
  'heads-key-of-another': 'key-missing',
  'house-record-missing': 'database-of-another',
  'key-not-there': 'key-missing',
  'postgres-not-ready': 'database-away',
  'postgres-not-running': 'database-away',
  'postgres-not-started': 'database-damaged',
  'sealing-key-missing': 'key-missing',
  'sealing-key-of-another': 'sealing-key-of-another',
}

const fileOfPage = (page: string) => `docs/operations/runbooks/${page}.md`

/** The page for what kept `doctor` from the installation; that of all pages where none is about it. */
export function runbookFor(error: unknown): string {
  const isCrowded = /too many clients|remaining connection slots/.test(
    error instanceof Problem ? JSON.stringify(error.facts) : String(error),
  )
  if (isCrowded) return fileOfPage('connections-used-up')
  if (error instanceof Problem && error.code === 'database-newer') return 'docs/operations/upgrade.md'
  return fileOfPage((error instanceof Problem && pages[error.code]) || 'README')
}
