import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import { Type } from 'typebox'
import { aClamd } from '../../../test/a-clamd.ts'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { commune } from '../../../test/builders.ts'
import { emptyDatabase, openHouse, templates } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import { watchUploads } from '../../../test/uploads-left.ts'
import { requestLevelOne } from '../../accounts/level-one/level-one.ts'
import { noEngine } from '../../biometrics/abis/own-engine.ts'
import { signatureIn } from '../../cards/hand-over/signed-pictures.ts'
import { checkScanner } from '../../cli/doctor/scanner.ts'
import { getPicture } from '../../enrolment/adjudication/application-view.ts'
import { jobs } from '../../enrolment/jobs.ts'
import { releaseFromQuarantine } from '../../enrolment/packets/quarantine.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { openRequests, serve } from '../http/serve-endpoint.ts'
import { makeServer } from '../http/server.ts'
import { openLog } from '../log.ts'
import { Problem } from '../problem.ts'
import { Config, readConfig } from '../settings/config.ts'
import { scanBytes, scannerTestFile, setScanner } from './scanning.ts'

/** Files with a virus in them, by each way by which people send files; EICAR's harmless text stands for the virus. */

const folder = await mkdtemp(join(tmpdir(), 'dd-scan-'))
after(() => rm(folder, { recursive: true, force: true }))
const house = await openHouse({ withUnits: true })
const clamd = await aClamd(join(folder, 'clamd'))
const virus = scannerTestFile()

beforeEach(() => {
  Object.assign(clamd, { answers: true, scanned: 0, finds: [virus] })
  setScanner(clamd.address)
})
after(() => setScanner(''))

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

/** A real picture that carries the text behind its end, where a decoder does not look. */
const picture = await sharp({
  create: {
    width: 600,
    height: 800,
    channels: 3,
    background: '#888',
    noise: { type: 'gaussian', mean: 128, sigma: 40 },
  },
})
  .jpeg()
  .toBuffer()
const infected = Buffer.concat([picture, virus])

const log: string[] = []
const app = await makeServer({
  log: openLog(
    'info',
    new Writable({
      write(line, _encoding, done) {
        log.push(String(line))
        done()
      },
    }),
  ),
  origin: 'http://localhost:8080',
  trustProxy: false,
})
after(() => app.close())
const doors = { app, openWork: openRequests(house.openWork, async () => undefined), origin: 'http://localhost:8080' }
const read: string[] = []
const upload = (path: `/${string}`, sealed?: true) =>
  serve(
    doors,
    endpoint({
      method: 'POST',
      path,
      summary: 'Send a file',
      right: anyone,
      purpose: 'none',
      upload: { maxBytes: 3_000_000, ...(sealed && { sealed }) },
      body: Type.Object({}),
      reply: Type.Object({ bytes: Type.Number() }),
    }),
    async (_work, _asked, context) => {
      read.push(context.upload?.path ?? '')
      return { bytes: context.upload?.bytes ?? 0 }
    },
  )
upload('/files')

async function send(content: Buffer) {
  const payload = Buffer.concat([
    Buffer.from('--xx\r\nContent-Disposition: form-data; name="file"; filename="plum.xlsx"\r\n\r\n'),
    content,
    Buffer.from('\r\n--xx--\r\n'),
  ])
  const headers = { 'content-type': 'multipart/form-data; boundary=xx' }
  const reply = await app.inject({ method: 'POST', url: '/api/files', headers, payload })
  return { status: reply.statusCode, code: (reply.json() as { type?: string }).type?.split('/').at(-1), reply }
}
const uploadsOnDisk = await watchUploads()

test('an uploaded file with a virus is refused unread, and logged without its content or name', async () => {
  const { status, code } = await send(Buffer.concat([Buffer.alloc(100_000, 'a'), virus]))
  assert.deepEqual([status, code, read.length], [422, 'file-infected', 0])
  assert.deepEqual(await uploadsOnDisk(), [], 'it is gone')
  const lines = log.filter(line => line.includes('file-infected'))
  assert.equal(lines.length, 1)
  assert.doesNotMatch(log.join(''), /EICAR-|plum/)
  assert.deepEqual([(await send(Buffer.from('a clean roll'))).status, read.length], [200, 1])
})

test('nothing is taken in while the scanner is gone, silent half-way, or not given the whole file', async () => {
  read.length = 0
  clamd.answers = false
  const gone = await send(Buffer.from('clean'))
  assert.deepEqual([gone.status, gone.code, gone.reply.headers['retry-after']], [503, 'scanner-unreachable', '60'])
  setScanner(`unix:${join(folder, 'nobody')}`)
  assert.equal((await send(Buffer.from('clean'))).code, 'scanner-unreachable')
  setScanner(clamd.address)
  clamd.answers = true
  assert.equal((await send(Buffer.alloc(2_000_000, 'a'))).code, 'file-not-scannable')
  assert.equal(read.length, 0)
})

test('a portrait of somebody at home with a virus behind its picture is refused', async () => {
  const { privateKey: secret } = await import('node:crypto').then(({ generateKeyPairSync }) =>
    generateKeyPairSync('ed25519'),
  )
  const { keys } = await aFolderWithKeys()
  const of = { openWork: house.openWork, keys: async () => keys, secret: () => secret }
  const holder = await anActivatedAccount(house)
  const asked = { number: holder.number, phone: '0977000001', address: '10.1.1.1' }
  assert.equal(await codeOf(requestLevelOne(of, { ...asked, picture: infected })), 'file-infected')
  assert.deepEqual(await house.owner('select from accounts.asking'), [])
  assert.equal(await requestLevelOne(of, { ...asked, picture }), 'taken')
})

test('a signature from a pad with a virus in it is refused', async () => {
  assert.equal(await codeOf(signatureIn(infected.toString('base64'))), 'file-infected')
  clamd.answers = false
  assert.equal(await codeOf(signatureIn(picture.toString('base64'))), 'scanner-unreachable')
})

const { keys } = await aFolderWithKeys()
const { ward, as, anOfficer, registered, somebody, sealed, toldOf, piece, stateOf, applicationOf } = await aSendingWard(
  house,
  keys,
)
const checker = await anOfficer(commune.haKhanh)
const silent = openLog('silent')
const run = (name: string, payload: Readonly<Record<string, unknown>>) =>
  jobs(house.openWork, async () => keys, { faces: undefined, outside: async () => noEngine })[name]?.(payload, {
    attempt: 1,
    log: silent,
  })

test('a packet whose picture has a virus is held, and held again when an officer lets it through', async () => {
  const ready = await registered()
  const { told } = await somebody()
  const { packet } = await sealed(ready, { person: told, portrait: new Uint8Array(infected) })
  await toldOf(ready.station)
  await piece(ready, packet)
  const payload = { station: ready.station.id, hash: packet.hash }
  await run('land-packet', payload)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'packet-infected' })
  assert.equal(await applicationOf(packet.header.application), undefined)
  const [deed] = await house.owner<{ facts: { problem: string } }>(
    `select facts from audit.deed where deed = 'packet.held' and subject_id = $1`,
    [ready.station.id],
  )
  assert.equal(deed?.facts.problem, 'packet-infected')
  assert.doesNotMatch(JSON.stringify(deed), /EICAR-/)

  await house.as(checker, work =>
    releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'đã xem', personId: undefined }),
  )
  await run('land-packet', payload)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'packet-infected' })
})

test('a packet waits while the scanner is silent, and its pictures are scanned again when one looks', async () => {
  const ready = await registered()
  const { told } = await somebody()
  const { packet } = await sealed(ready, { person: told, portrait: new Uint8Array(picture) })
  await toldOf(ready.station)
  await piece(ready, packet)
  clamd.answers = false
  await run('land-packet', { station: ready.station.id, hash: packet.hash })
  assert.equal((await stateOf(ready, packet)).state, 'received')
  clamd.answers = true
  await run('land-packet', { station: ready.station.id, hash: packet.hash })
  const id = packet.header.application
  assert.equal((await applicationOf(id))?.state, 'submitted')
  const look = () => as(work => getPicture(work, keys, id, 'portrait'))
  assert.equal(await codeOf(look()), 'taken')
  // Signatures of today find what those of the arrival did not.
  clamd.finds.push(picture.subarray(100, 200))
  assert.equal(await codeOf(look()), 'file-infected')
  assert.ok(ward)
})

test('a command does not read an extract with a virus', async () => {
  const file = join(folder, 'units.csv')
  await writeFile(file, `code,name\n1,${virus}\n`)
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  const data = join(folder, 'data')
  await mkdir(data)
  const environment = {
    ...rest,
    DATABASE_URL: await emptyDatabase(templates.withUnits),
    DINHDANH_SCANNER: clamd.address,
  }
  const words = ['unit', 'import', file, '--data', data]
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../cli/cli.ts'), ...words], { env: environment })
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', piece => (told += String(piece)))
  const code = await new Promise(done => child.once('exit', done))
  assert.equal(code, 1)
  assert.match(told, /file-infected/)
  assert.equal(existsSync(join(folder, 'units.rejected.csv')), false)
})

test('files cross no network in the clear to a scanner', () => {
  for (const scanner of ['tcp://10.0.0.7:3310', 'tcp://scanner.example:3310', 'http://127.0.0.1:3310', 'clamd'])
    assert.throws(() => readConfig(folder, { DINHDANH_SCANNER: scanner }), { code: 'config-invalid' }, scanner)
  for (const scanner of [
    'unix:/run/clamav/clamd.ctl',
    'tcp://127.0.0.1:3310',
    'tcp://[::1]:3310',
    'tls://av.tinh.vn:3311',
  ])
    assert.equal(readConfig(folder, { DINHDANH_SCANNER: scanner }).scanner, scanner)
  assert.ok(Config.properties.scanner)
})

test('doctor says whether there is a scanner, and whether it finds what it must', async () => {
  const of = { record: () => ({}) } as unknown as Parameters<typeof checkScanner>[0]
  assert.deepEqual((await checkScanner(of)).ok, true)
  clamd.finds = []
  assert.match((await checkScanner(of)).found, /does not find the test file/)
  clamd.answers = false
  assert.match((await checkScanner(of)).found, /no file is taken/)
  setScanner('')
  const none = await checkScanner(of)
  assert.deepEqual([none.ok, none.advice], [false, true])
})

/** The program of Debian's clamav-daemon; CLAMD names it where it is not installed in its place. */
const program = [process.env['CLAMD'], '/usr/sbin/clamd'].find(path => path && existsSync(path))

test('the real clamd is asked, over a socket and over TCP', {
  skip: program ? false : 'no clamd is installed (clamav-daemon)',
}, async () => {
  const place = await mkdtemp(join(folder, 'real-'))
  await mkdir(join(place, 'signatures'))
  await writeFile(join(place, 'signatures', 'own.ndb'), `Dinhdanh.Test:0:*:${virus.toString('hex')}\n`)
  const port = 20_000 + (process.pid % 10_000)
  const settings = [
    `DatabaseDirectory ${place}/signatures`,
    `LocalSocket ${place}/clamd`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `LogFile ${place}/log`,
    'Foreground yes',
    'StreamMaxLength 1M',
    ...(process.getuid?.() === 0 ? ['User root'] : []),
  ]
  await writeFile(join(place, 'clamd.conf'), `${settings.join('\n')}\n`)
  const child = spawn(program ?? '', ['-c', join(place, 'clamd.conf')], { stdio: 'ignore' })
  try {
    for (let left = 600; !existsSync(join(place, 'clamd')) && left > 0 && child.exitCode === null; left--)
      await setTimeout(100)
    const logged = await readFile(join(place, 'log'), 'utf8').catch(() => '')
    assert.ok(existsSync(join(place, 'clamd')), logged)
    for (const address of [`unix:${place}/clamd`, `tcp://127.0.0.1:${port}`]) {
      setScanner(address)
      assert.equal(await codeOf(scanBytes(picture)), 'taken')
      assert.equal(await codeOf(scanBytes(infected)), 'file-infected')
      assert.equal(await codeOf(scanBytes(Buffer.alloc(3_000_000))), 'file-not-scannable')
      const of = { record: () => ({}) } as unknown as Parameters<typeof checkScanner>[0]
      assert.match((await checkScanner(of)).found, /^ClamAV /)
    }
  } finally {
    child.kill('SIGTERM')
    await new Promise(done => (child.exitCode === null ? child.once('exit', done) : done(undefined)))
  }
})
