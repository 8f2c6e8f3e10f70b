import { Client } from 'pg'
import { postgresProblem } from './problems.ts'

const encrypted = ['require', 'verify-ca', 'verify-full']
const isOfThisMachine = (host: string) =>
  host === '' || host === 'localhost' || /^127\.|^\[?::1\]?$/.test(host) || host.startsWith('/')

/** How the driver would reach an address: it decides which of two settings counts, and what a mode means. */
type Reached = {
  readonly host: string
  readonly ssl: boolean | { readonly rejectUnauthorized?: boolean; readonly checkServerIdentity?: unknown }
}

/**
 * Undefined where the driver refuses the address itself. Files of certificates are not read here: whoever connects says
 * that one is missing.
 */
function reachedBy(address: URL): Reached | undefined {
  const url = new URL(address)
  for (const file of ['sslcert', 'sslkey']) url.searchParams.delete(file)
  if (url.searchParams.has('sslrootcert')) url.searchParams.set('sslrootcert', '/dev/null')
  try {
    return new Client({ connectionString: url.href }) as unknown as Reached
  } catch {
    return undefined
  }
}

/**
 * Whether an address leads to another machine without a line that is encrypted, to a server whose certificate is
 * looked at: its authority, its host and its days.
 */
function isInTheClear(address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  const reached = reachedBy(url)
  if (!reached) return true
  const { host, ssl } = reached
  if (isOfThisMachine(host)) return false
  // Other tools that are given the address take `prefer`, and no mode, for leave to go on in the clear.
  if (typeof ssl === 'boolean' || !encrypted.includes(url.searchParams.getAll('sslmode').at(-1) ?? '')) return true
  return ssl.rejectUnauthorized === false || ssl.checkServerIdentity !== undefined
}

/** The addresses of an external database, by their settings; empty where one is not given. */
export type DatabaseUrls = {
  readonly databaseUrl: string
  readonly databaseAppUrl: string
  readonly databaseDirectUrl: string
}

/** The same, each with the variable that a refusal names. */
export const addressesOf = ({ databaseUrl, databaseAppUrl, databaseDirectUrl }: DatabaseUrls) => [
  { setting: 'DATABASE_URL', url: databaseUrl },
  { setting: 'DATABASE_APP_URL', url: databaseAppUrl },
  { setting: 'DATABASE_DIRECT_URL', url: databaseDirectUrl },
]

/** People's data never cross a network in the clear, or to whoever answers. Throws database-in-the-clear. */
export function refusePlainDatabase(urls: DatabaseUrls): void {
  for (const { setting, url } of addressesOf(urls))
    if (isInTheClear(url)) throw postgresProblem('database-in-the-clear', { setting })
}
