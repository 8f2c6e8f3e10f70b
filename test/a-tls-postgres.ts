import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { openDataFolder } from '../src/platform/data-folder/data-folder.ts'
import { binariesWithLinks, findBinaries, programPath } from '../src/platform/postgres/binaries.ts'
import { clusterIn, readyCluster, administrator as superuser } from '../src/platform/postgres/cluster.ts'
import { findAccount, spawnAs } from '../src/platform/postgres/system-account.ts'
import { quickFolder } from './quick-folder.ts'
import type { ServerIdentity } from './tls-servers.ts'

/** A PostgreSQL that an operator set up for logins without passwords, for tests. */

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * Its network takes client certificates alone (pg_hba: hostssl … cert), the socket in `socketDir` the system user of
 * this process (peer, by the map `house`); `administrator` is the superuser's address, which no house is given.
 */
export async function aTlsPostgres(server: ServerIdentity, authority: string, mapped: readonly string[]) {
  const dataDir = await openDataFolder(await mkdtemp(join(quickFolder(), 'dinhdanh-tls-pg-')))
  const socketDir = await mkdtemp(join(tmpdir(), 'dd-pg-'))
  const shipped = await binariesWithLinks(await findBinaries(), dataDir)
  const { account, binaries } = await findAccount(dataDir, clusterIn(dataDir), shipped)
  await readyCluster(dataDir, binaries, account, { safety: 'fast', onProgress: () => undefined })
  // In a user namespace the server sees root as the one user that it knows.
  const me = account.kind === 'namespace' ? 'nobody' : userInfo().username
  const files = {
    'server.crt': server.cert,
    'server.key': server.key,
    'clients.crt': authority,
    'pg_hba.conf': `local all ${superuser} trust\nlocal all all peer map=house\nhostssl all all 127.0.0.1/32 cert\n`,
    'pg_ident.conf': mapped.map(role => `house ${me} ${role}\n`).join(''),
  }
  const give = (path: string) => (account.kind === 'self' ? undefined : chown(path, account.uid, account.gid))
  for (const [name, text] of Object.entries(files)) {
    const path = join(clusterIn(dataDir), name)
    await writeFile(path, text)
    await chmod(path, 0o600)
    await give(path)
  }
  await give(socketDir)
  await chmod(socketDir, 0o711)
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: socketDir,
    ssl: 'on',
    ssl_ca_file: 'clients.crt',
    fsync: 'off',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawnAs(account, programPath(binaries, 'postgres'), ['-D', clusterIn(dataDir), ...args], {
    stdio: 'ignore',
  })
  after(async () => {
    child.kill('SIGINT')
    await new Promise(done => (child.exitCode === null ? child.once('exit', done) : done(undefined)))
    for (const folder of [dataDir, socketDir]) await rm(folder, { recursive: true, force: true })
  })
  const administrator = (database: string) =>
    `postgresql://${superuser}@${encodeURIComponent(socketDir)}:${port}/${database}`
  const execute = async <Row extends object>(text: string, database = 'postgres') => {
    const client = new Client({ connectionString: administrator(database) })
    await client.connect()
    return client.query<Row>(text).finally(() => client.end())
  }
  for (let left = 200; ; left--) {
    if (child.exitCode !== null) throw new Error('the PostgreSQL with TLS did not start')
    const isUp = await execute('select 1').then(
      () => true,
      () => false,
    )
    if (isUp) break
    if (left === 0) throw new Error('the PostgreSQL with TLS does not answer')
    await setTimeout(100)
  }
  return { port, socketDir, execute }
}
