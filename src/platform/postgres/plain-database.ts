import { postgresProblem } from './problem.ts'

const encrypted = ['require', 'verify-ca', 'verify-full']
const isOfThisMachine = (host: string) =>
  host === '' || host === 'localhost' || /^127\.|^\[?::1\]?$/.test(host) || host.startsWith('/')

/** Whether an address leads to another machine and does not ask for encryption. A socket is of this machine. */
function isInTheClear(address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  return !isOfThisMachine(host) && !encrypted.includes(url.searchParams.get('sslmode') ?? '')
}

/** People's data never cross a network in the clear. Throws database-in-the-clear. */
export function refusePlainDatabase({
  databaseUrl,
  databaseAppUrl,
}: {
  readonly databaseUrl: string
  readonly databaseAppUrl: string
}): void {
  if (isInTheClear(databaseUrl)) throw postgresProblem('database-in-the-clear', { setting: 'DATABASE_URL' })
  if (isInTheClear(databaseAppUrl)) throw postgresProblem('database-in-the-clear', { setting: 'DATABASE_APP_URL' })
}
