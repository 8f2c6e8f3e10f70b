import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer, connect as open } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { smtpChannel } from '../src/outreach/channels/channel-smtp.ts'
import { openDatabase } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { openLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { scanStream } from '../src/platform/scanning/clamd.ts'
import { jobs } from '../src/signin/jobs.ts'
import { logoutJob } from '../src/signin/sessions/sessions.ts'
import { openHouse } from './house.ts'
import { aKey, answerOf, aParty, send } from './relying-party.ts'
import { openSignIn } from './signin-house.ts'
import { anAuthority, identitiesOf, type ServerIdentity, trustAuthority } from './tls-servers.ts'

/**
 * The house as a client of TLS: a server that shows a certificate which nobody should believe is told nothing, and its
 * right twin is believed.
 */

const house = await openHouse({ withUnits: true })
const authority = await anAuthority('An authority that this house trusts')
trustAuthority(authority.pem)
const ofLocalhost = await identitiesOf('localhost', authority)

const portOf = (address: unknown) => (address as AddressInfo).port

/** The same machine, written so that no rule takes it for the machine itself. */
const elsewhere = 'LOCALHOST'

async function aMailServer(identity: ServerIdentity, { secure }: { readonly secure: boolean }) {
  const letters: string[] = []
  const server = new SMTPServer({
    ...identity,
    secure,
    authOptional: true,
    disabledCommands: ['AUTH'],
    closeTimeout: 100,
    onMailFrom({ address }, _session, answer) {
      letters.push(address)
      answer()
    },
    onData(stream, _session, answer) {
      stream.resume().on('end', () => answer())
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  after(() => new Promise<void>(done => server.close(() => done())))
  return { port: portOf(server.server.address()), letters }
}

const letter = {
  id: newId<'message'>(),
  to: 'an@so.example.vn',
  language: 'vi',
  subject: 'Thử',
  text: 'Thử',
  at: new Date(),
  template: 'officer-changed',
  facts: {},
} as const

for (const { how, url } of [
  { how: 'TLS from the first byte', url: (port: number) => `smtps://localhost:${port}` },
  { how: 'STARTTLS', url: (port: number) => `smtp://${elsewhere}:${port}` },
])
  test(`a mail server with a wrong certificate is handed no letter, by ${how}`, async () => {
    const { wrong, right } = await identitiesOf('localhost', authority)
    for (const [what, identity] of Object.entries(wrong)) {
      const { port, letters } = await aMailServer(identity, { secure: how !== 'STARTTLS' })
      const reply = await smtpChannel(url(port), 'house@dinhdanh.example.vn').send(letter)
      assert.deepEqual([reply.outcome, letters], ['deferred', []], what)
    }
    const { port, letters } = await aMailServer(right, { secure: how !== 'STARTTLS' })
    const reply = await smtpChannel(url(port), 'house@dinhdanh.example.vn').send(letter)
    assert.deepEqual([reply.outcome, letters.length], ['accepted', 1], 'its right twin')
  })

/** A party's server; `asked` has the paths and bodies that reached it. */
async function aPartyServer(identity: ServerIdentity, answer: string) {
  const asked: string[] = []
  const server = createHttpsServer(identity, async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    asked.push(`${request.url} ${Buffer.concat(pieces)}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address: `https://localhost:${portOf(server.address())}`, asked }
}

test('keys at an address with a wrong certificate are no keys of the party', async () => {
  const signIn = await openSignIn(house)
  const key = await aKey()
  const keys = JSON.stringify({ keys: [{ ...key.jwk, alg: key.alg, kid: 'one', use: 'sig' }] })
  const statusWith = async (identity: ServerIdentity) => {
    const { address, asked } = await aPartyServer(identity, keys)
    const machine = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
    await house.owner(
      `update parties.version set settings = (settings - 'jwks') || jsonb_build_object('jwksUri', $2::text)
        where client_id = $1`,
      [machine.clientId, `${address}/keys`],
    )
    const form = { grant_type: 'client_credentials', scope: 'verification' }
    const signed = { key: key.privateKey, header: { kid: 'one' } }
    const { status } = await answerOf(await send(await aParty(signIn, machine).token(form, undefined, {}, signed)))
    return [status, asked.length]
  }
  for (const [what, identity] of Object.entries(ofLocalhost.wrong))
    assert.deepEqual(await statusWith(identity), [401, 0], what)
  assert.deepEqual(await statusWith(ofLocalhost.right), [200, 1], 'its right twin')
})

test('a logout notice is not told to an address with a wrong certificate', async () => {
  const signIn = await openSignIn(house)
  const tell = jobs(house.openWork, signIn.desk)[logoutJob] ?? assert.fail('no job')
  const told = async (identity: ServerIdentity) => {
    const { address, asked } = await aPartyServer(identity, '')
    const { clientId } = await signIn.register()
    await house.owner(
      `update parties.version set settings = settings || jsonb_build_object('backchannelLogoutUri', $2::text)
        where client_id = $1`,
      [clientId, `${address}/logout`],
    )
    const payload = { clientId, sid: 'a-session', subject: newId<'person'>() }
    const outcome = await Promise.allSettled([tell(payload, { attempt: 1, log: openLog('silent') })])
    return [outcome[0].status, asked.length]
  }
  for (const [what, identity] of Object.entries(ofLocalhost.wrong))
    assert.deepEqual(await told(identity), ['rejected', 0], what)
  assert.deepEqual(await told(ofLocalhost.right), ['fulfilled', 1], 'its right twin')
})

/** What speaks TLS before a virus scanner; `heard` has how many bytes of files reached it. */
async function aScannerServer(identity: ServerIdentity) {
  let heard = 0
  const server = createTlsServer(identity, socket => {
    socket.on('error', () => undefined)
    socket.on('data', piece => {
      heard += piece.length
      if (piece.subarray(-4).every((byte: number) => byte === 0)) socket.end('stream: OK\0')
    })
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  return { address: `tls://localhost:${portOf(server.address())}`, heard: () => heard }
}

test('a virus scanner with a wrong certificate is sent no file', async () => {
  async function* file() {
    yield Buffer.from('a roll of a school')
  }
  for (const [what, identity] of Object.entries(ofLocalhost.wrong)) {
    const { address, heard } = await aScannerServer(identity)
    await assert.rejects(scanStream(address, file()), what)
    assert.equal(heard(), 0, what)
  }
  const { address, heard } = await aScannerServer(ofLocalhost.right)
  assert.deepEqual(await scanStream(address, file()), { kind: 'clean' }, 'its right twin')
  assert.ok(heard() > 0)
})

/**
 * The tests' PostgreSQL behind TLS, on 127.0.0.1: it answers the request for TLS (PostgreSQL, Message Flow 54.2.11),
 * shows its certificate and hands on what it then reads, which is counted.
 */
async function aDatabaseServer(identity: ServerIdentity) {
  const socketFolder = decodeURIComponent(new URL(house.url).hostname)
  let heard = 0
  const server = createServer(plain => {
    plain.on('error', () => undefined)
    plain.once('data', () => {
      plain.write('S')
      const secure = new TLSSocket(plain, { ...identity, isServer: true })
      const behind = open(join(socketFolder, '.s.PGSQL.5432'))
      for (const side of [secure, behind]) side.on('error', () => secure.destroy())
      secure.on('data', (piece: Buffer) => {
        heard += piece.length
      })
      secure.pipe(behind).pipe(secure)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  return { port: portOf(server.address()), heard: () => heard }
}

test('a PostgreSQL with a wrong certificate is sent neither a password nor a query', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-ca-'))
  after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'ca.pem'), authority.pem)
  const { username, pathname } = new URL(house.url)
  const { wrong, right } = await identitiesOf('localhost', authority)
  for (const mode of ['verify-full', 'require']) {
    const addressOf = (port: number) =>
      `postgresql://${username}:a-password@localhost:${port}${pathname}?sslmode=${mode}&sslrootcert=${folder}/ca.pem`
    for (const [what, identity] of Object.entries(wrong)) {
      const { port, heard } = await aDatabaseServer(identity)
      await assert.rejects(migrate(addressOf(port)), { code: 'database-unreachable' }, what)
      const database = openDatabase(addressOf(port))
      for (const who of [database.kysely, database.maintenance])
        await assert.rejects(sql`select 1`.execute(who), /certificate|altname|unsuitable/i, what)
      await database.end()
      assert.equal(heard(), 0, `${mode}: ${what}`)
    }
    const { port, heard } = await aDatabaseServer(right)
    const database = openDatabase(addressOf(port))
    await sql`select 1`.execute(database.maintenance)
    await database.end()
    assert.ok(heard() > 0, 'its right twin')
  }
})
