import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { aKey, aPlayedCentre, joinTo, startCentre } from '../../test/a-centre.ts'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as audit from '../audit/audit.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import { newId } from '../platform/ids.ts'
import { sealBundle } from './envelope/bundle.ts'
import { type ExchangeKey, signEnvelope, thumbprintOfKey } from './envelope/envelope.ts'
import { publicHalf } from './envelope/keys.ts'
import * as exchange from './exchange.ts'

/** A key that signs is changed on either side: the one of now announces the next, and both count for some days. */

audit.setConsequences({})
const house = await openHouse({ withUnits: true })
const officer = await anOfficerOf(house, commune.haKhanh)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-keys-'))
await mkdir(join(folder, 'keys'))
after(() => rm(folder, { recursive: true, force: true }))
const party = newId()
const sideOfNow = (): exchange.OurSide => ({ party, keys: exchange.exchangeKeys(folder) })
const former = sideOfNow()
const inboxOf = (ours = sideOfNow()) => exchange.inboxOf(house.openWork, ours, exchangeKinds)
const turn = (ours = sideOfNow()) => exchange.exchangeOnce(inboxOf(ours))
const centre = await startCentre(former)
await joinTo(house, former, centre.card)

/** Asks, and gives how the answer that came by some turns stands. */
async function askAndTurn(ours = sideOfNow()) {
  const id = await house.as(officer, work =>
    exchange.askLookUp(
      work,
      {
        number: '031307000102',
        fullName: 'Đỗ Ngọc Mai',
        birthDate: '2007-09-02',
        purpose: 'pupil-of-school-here',
        basis: 'Điều 10 Luật Căn cước',
      },
      async () => false,
    ),
  )
  await turn(ours)
  await turn(ours)
  const [row] = await house.owner<{ state: string }>('select state from exchange.question where id = $1', [id])
  return row?.state
}
const joined = async () => {
  const found = await house.work(exchange.findCentre)
  assert.ok(found)
  return found
}

test('our next key signs once the centre has acknowledged it, and is announced once', async () => {
  const next = exchange.nextSigningKey(folder)
  assert.deepEqual(exchange.nextSigningKey(folder), next)
  const announce = () => house.work(work => exchange.announceKey(work, former, next))
  assert.deepEqual([await announce(), await announce()], ['waiting', 'waiting'])
  assert.equal((await turn()).sent, 1)
  assert.equal(await announce(), 'acknowledged')
  exchange.replaceSigningKey(folder)
  assert.deepEqual(sideOfNow().keys.sign, next)
  assert.equal(await askAndTurn(), 'granted')
})

test('what a process signs with our former key is taken by the centre for some days', async () => {
  assert.equal(await askAndTurn(former), 'granted')
})

test('the centre’s next key is taken when its key of now announces it', async () => {
  const before = (await joined()).fingerprint
  // It listens elsewhere now, with the card that it had.
  const { address = '' } = await centre.restart(['--rotate-key'])
  await house.owner('update exchange.centre set address = $1 where left_at is null', [address])
  await turn()
  await turn()
  assert.notEqual((await joined()).fingerprint, before)
  assert.equal(await askAndTurn(), 'granted')
  assert.equal((await exchange.exchangeOnce(inboxOf())).quarantined, 0)
})

const played = aPlayedCentre()
let seqs = 0
async function bring(kind: string, body: Record<string, unknown>, key: ExchangeKey) {
  seqs += 1
  const told = { id: newId(), kind, from: played.card.party, to: party, seq: seqs, prev: null }
  const line = await signEnvelope({ ...told, at: new Date().toISOString(), body }, key)
  const taken = await exchange.bundleFromFile(inboxOf(), await sealBundle([line], publicHalf(former.keys.open)))
  const [last] = await house.owner<{ reason: string }>(
    'select reason from exchange.quarantined order by came_at desc, id desc limit 1',
  )
  return taken.taken === 1 ? 'taken' : taken.acknowledged === 1 ? 'acknowledged' : last?.reason
}
const announcing = (key: ExchangeKey) => ({ sign: publicHalf(key) })

test('a key is announced by nobody but the key of now, and is on its curve', async () => {
  await house.work(work => exchange.leaveCentre(work, party))
  await joinTo(house, former, played.card)
  const [second, third] = [aKey(), aKey()]
  assert.equal(await bring('key.rotation', announcing(third), third), 'signature-wrong')
  const offCurve = { ...publicHalf(second), y: publicHalf(third).y }
  assert.equal(await bring('key.rotation', { sign: offCurve }, played.sign), 'answer-malformed')
  assert.equal(await bring('key.rotation', { sign: second }, played.sign), 'answer-malformed', 'a private key')
  assert.equal((await joined()).fingerprint, thumbprintOfKey(played.sign))

  assert.equal(await bring('key.rotation', announcing(second), played.sign), 'taken')
  assert.equal((await joined()).fingerprint, thumbprintOfKey(second))
  assert.equal(await bring('key.rotation', announcing(third), played.sign), 'rotation-by-former-key')
  assert.equal((await joined()).fingerprint, thumbprintOfKey(second))
})

test('the centre’s former key counts for some days, and not after them, nor after a new card', async () => {
  assert.equal(await bring('acknowledgement', { of: [] }, played.sign), 'acknowledged')
  await house.owner(`update exchange.centre set former_until = now() - interval '1 second' where left_at is null`)
  assert.equal(await bring('acknowledgement', { of: [] }, played.sign), 'signature-wrong')

  const fourth = aKey()
  await joinTo(house, former, { ...played.card, sign: publicHalf(fourth) })
  assert.equal((await joined()).formerSign, null)
  assert.equal(await bring('acknowledgement', { of: [] }, fourth), 'acknowledged')
  assert.equal(await bring('acknowledgement', { of: [] }, played.sign), 'signature-wrong')
})
