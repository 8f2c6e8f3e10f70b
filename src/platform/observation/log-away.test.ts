import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { aCollector } from '../../../test/a-collector.ts'
import { emptyDatabase, templates } from '../../../test/house.ts'
import { anAuthority, identitiesOf, trustAuthority } from '../../../test/tls-servers.ts'
import { hasValidSignature, type SignedHeads } from '../../audit/chain-heads.ts'
import { headsFile } from '../../audit/heads-file.ts'
import { checkLogAway } from '../../cli/doctor/log-away.ts'
import { openHouse } from '../../open-house.ts'
import { openLog } from '../log.ts'
import { openLogAway } from './log-away.ts'

/** Whoever takes over the machine of a house finds its log and its heads already elsewhere. */

const authority = await anAuthority('Of collectors')
trustAuthority(authority.pem)
const { wrong, right } = await identitiesOf('localhost', authority)
const nowhere = () => new Writable({ write: (_line, _encoding, done) => done() })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-log-'))
after(() => rm(folder, { recursive: true, force: true }))

test('heads and log lines that an intruder deletes on the machine are on another already', async () => {
  const collector = await aCollector(right)
  const environment = {
    DATABASE_URL: await emptyDatabase(templates.withUnits),
    DINHDANH_LOG_TO: collector.address,
    DINHDANH_LOG_LEVEL: 'error',
  }
  const house = await openHouse({ folder, purpose: 'server', environment })
  after(() => house.close())
  house.log.error({ code: 'tried-at-night', name: 'Nguyễn Thị Lan' }, 'a door was tried')
  await house.keepHeads()
  const kept = await readFile(headsFile(folder), 'utf8')
  await writeFile(headsFile(folder), '')

  const line = await collector.until(({ text }) => text.includes('tried-at-night'))
  assert.deepEqual([line.priority, line.kind], [16 * 8 + 3, 'log'])
  assert.equal(JSON.parse(line.text).name, '[personal]')
  const heads = await collector.until(({ kind }) => kind === 'heads')
  const signed = JSON.parse(heads.text) as SignedHeads
  assert.equal(hasValidSignature(signed), true)
  assert.equal(JSON.parse(kept.trim().split('\n').at(-1) ?? '').signature, signed.signature)
  assert.deepEqual(
    [(await checkLogAway(house)).ok, (await checkLogAway(house)).found.includes('over TLS')],
    [true, true],
  )
  await collector.stop()
  const stopped = await checkLogAway(house)
  assert.deepEqual([stopped.ok, stopped.advice], [false, undefined])
})

test('a collector with a wrong certificate is told nothing, and the house writes on', async () => {
  for (const [what, identity] of Object.entries(wrong)) {
    const collector = await aCollector(identity)
    const away = openLogAway(collector.address)
    openLog('info', nowhere(), away).info({ code: 'x' }, 'told')
    await away.end()
    assert.equal(collector.heard(), 0, what)
    await collector.stop()
  }
})

test('lines that are written while the collector is away arrive when it is back', async () => {
  const first = await aCollector(right)
  const away = openLogAway(first.address)
  const log = openLog('info', nowhere(), away)
  log.info({ code: 'before' }, 'told')
  await first.until(({ text }) => text.includes('before'))
  await first.stop()
  await new Promise(done => setTimeout(done, 200))
  log.warn({ code: 'meanwhile' }, 'told')
  await new Promise(done => setTimeout(done, 200))
  const second = await aCollector(right, first.port)
  const line = await second.until(({ text }) => text.includes('meanwhile'))
  assert.equal(line.priority, 16 * 8 + 4)
  await away.end()
})
