import { accessSync, constants, statSync } from 'node:fs'
import { addressesOf, type DatabaseUrls } from './plain-database.ts'
import { postgresProblem } from './problems.ts'

/**
 * Logins that enter by a client certificate: `sslcert` and `sslkey` of an address. Each login has its own, and the key
 * is its owner's alone, as libpq asks too (PostgreSQL, "Client Certificates").
 */

type Address = { readonly setting: string; readonly url: string }

const paramOf = (url: string, name: string) => URL.parse(url)?.searchParams.get(name) ?? ''

/** Others than the owner may read a key of root's alone, and then by its group. */
function mayOthersRead(path: string): boolean {
  const { mode, uid } = statSync(path)
  return (mode & (uid === 0 ? 0o037 : 0o077)) !== 0
}

function refuseWrongFiles({ setting, url }: Address): void {
  const [cert, key] = [paramOf(url, 'sslcert'), paramOf(url, 'sslkey')]
  if (!cert && !key) return
  if (!cert || !key)
    throw postgresProblem('database-certificate-incomplete', { setting, lacks: cert ? 'sslkey' : 'sslcert' })
  for (const file of [cert, key])
    try {
      accessSync(file, constants.R_OK)
    } catch {
      throw postgresProblem('database-certificate-incomplete', { setting, cannotBeRead: file })
    }
  if (mayOthersRead(key)) throw postgresProblem('database-key-readable', { setting, file: key })
}

/**
 * Refuses certificates that are not there, keys that others may read, and an owner's certificate with which the
 * application would have to enter, since it was given no address.
 */
export function refuseWrongCertificates(urls: DatabaseUrls): void {
  for (const address of addressesOf(urls)) refuseWrongFiles(address)
  const { databaseUrl, databaseAppUrl } = urls
  const ownersAlone = paramOf(databaseUrl, 'sslcert') !== '' && databaseAppUrl === ''
  if (ownersAlone) throw postgresProblem('database-certificate-borrowed')
}
