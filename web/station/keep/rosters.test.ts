import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newReceipt } from '../draft/draft.ts'
import { openFor } from './cipher.ts'
import { openDraft, saveDraft } from './drafts.ts'
import { aStation, given, hanh, opened, secrets, tuan, until } from './keep.fixture.ts'
import { openVault, secretFault } from './officer-secret.ts'
import { enterSecret } from './registration.ts'
import { endRosters, keepRoster, openRoster } from './rosters.ts'
import { putEntry, readQueue } from './session-queue.ts'
import { agreeWith } from './trusted-clock.ts'

const session = '0190b5a8-0000-7000-8000-0000000005e5'

const aDraft = (application: string) => ({
  application,
  session,
  entry: 'e-1',
  startedAt: '2023-04-20T07:00:00Z',
  step: 'fingers' as const,
  furthest: 'fingers' as const,
  place: 'THPT Cửa Lục',
  source: 'roster' as const,
  person: { number: '022205100037', fullName: 'Hoàng Gia Khánh', birthDate: '2005-03-07', sex: 'M' as const },
  check: {},
  request: { kind: 'first-issue' as const, reason: 'first' as const },
  portrait: { jpeg: new Blob([new Uint8Array([255, 216, 255, 7])], { type: 'image/jpeg' }), measures: [] },
  signer: { kind: 'self' as const },
  receipt: newReceipt(),
})

test('an officer with a roster opens it with their own secret only', async () => {
  const station = await aStation()
  const unlocked = await given(station)

  assert.deepEqual((await opened(station, unlocked)).roster, station.roster)
  assert.equal(await enterSecret(station.keep, hanh.id, 'hoa sữa 1988'), undefined)
  assert.equal(
    JSON.stringify(await station.keep.db.rosters.toArray()).includes('Phương'),
    false,
    'no name lies in the clear',
  )
})

test('a list granted to another officer is not stored for this one', async () => {
  const station = await aStation()
  await given(station)
  const before = await station.keep.db.rosters.toArray()

  await assert.rejects(keepRoster(station.keep, { ...station.roster, officer: tuan.id }, hanh.id), {
    code: 'roster-of-another-officer',
  })
  assert.deepEqual(await station.keep.db.rosters.toArray(), before)
})

test('a colleague reads a roster only after the server grants it to them', async () => {
  const station = await aStation()
  const first = await given(station)
  const other = {
    ...station,
    roster: { ...station.roster, session: { ...station.roster.session, id: crypto.randomUUID() } },
  }
  const second = await given(other, tuan)

  assert.equal(await openRoster(station.keep, session, second), 'not-given')

  await given(station, tuan)
  assert.equal((await opened(station, second)).roster.people.length, 12)
  assert.equal((await opened(station, first)).roster.people.length, 12, 'and the first still does')
})

test('an officer granted the roster later sees the queue after a colleague opened it', async () => {
  const station = await aStation()
  const first = await given(station)
  await putEntry(
    station.keep,
    { id: 'e-1', place: 1, came: '2023-04-20T06:30:00Z', state: 'waiting', person: station.roster.people[0]!.id },
    await opened(station, first),
  )
  const second = await given(station, tuan)

  assert.deepEqual(await readQueue(station.keep, await opened(station, second)), { entries: [], hidden: 1 })
  await opened(station, first)
  assert.equal(
    (await readQueue(station.keep, await opened(station, second))).entries[0]?.person,
    station.roster.people[0]!.id,
  )
})

test('after its end nobody opens a roster any more, not even with the whole disk and the secret', async () => {
  const station = await aStation()
  const unlocked = await given(station)
  const open = await opened(station, unlocked)
  await putEntry(
    station.keep,
    { id: 'e-1', place: 1, came: '2023-04-20T06:30:00Z', state: 'waiting', person: 'p' },
    open,
  )
  const before = (await station.keep.db.rosters.get(session))!

  station.clock.at = until
  assert.equal(await openRoster(station.keep, session, unlocked), 'roster-over')
  await endRosters(station.keep)

  const { db } = station.keep
  assert.deepEqual([await db.rosters.count(), await db.entries.count()], [0, 0])
  // Everything that is left on the disk, against the ciphertext as somebody had copied it before.
  const { vault } = (await db.officers.get(hanh.id))!
  const again = (await openVault(hanh.id, vault!, secrets[hanh.id]!))!
  const left = (await Promise.all(db.tables.map(table => table.toArray()))).flat()
  const closed = left.flatMap(row => Object.values(row as object)).filter(value => value?.bytes && value.iv)
  for (const one of closed)
    for (const about of [`roster ${session} ${before.keys[0]!.id}`, `people ${session}`])
      assert.equal(await openFor(again.key, one, about), undefined)
})

test('with the clock set back nothing is read or destroyed until the time is right or confirmed', async () => {
  const station = await aStation()
  const unlocked = await given(station)
  await opened(station, unlocked)
  station.clock.on(60)
  await endRosters(station.keep)
  const right = station.clock.at

  station.clock.set(-6)
  assert.equal(await openRoster(station.keep, session, unlocked), 'clock-back')
  assert.deepEqual(await endRosters(station.keep), [])
  assert.equal(await station.keep.db.rosters.count(), 1)

  station.clock.set(2)
  assert.equal(typeof (await openRoster(station.keep, session, unlocked)), 'object', 'four minutes are no matter')

  station.clock.at = new Date(right.getTime() - 10 * 60_000)
  await agreeWith(station.keep, station.clock.at.toISOString())
  assert.equal(typeof (await openRoster(station.keep, session, unlocked)), 'object', 'the house knows best')
})

test('setting the clock back after the end brings nothing back', async () => {
  const station = await aStation()
  const unlocked = await given(station)
  station.clock.at = until
  assert.deepEqual(await endRosters(station.keep), [session])
  station.clock.set(-600)
  assert.equal(await openRoster(station.keep, session, unlocked), 'clock-back')
  await agreeWith(station.keep, station.clock.at.toISOString())
  assert.equal(await openRoster(station.keep, session, unlocked), 'roster-unknown')
})

test('a started capture outlives the roster for its own officer only', async () => {
  const station = await aStation()
  const first = await given(station)
  const second = await given(station, tuan)
  const application = crypto.randomUUID()
  await saveDraft(station.keep, aDraft(application), hanh.id, await opened(station, first))

  const shared = await openDraft(station.keep, application, second, await opened(station, second))
  assert.equal(shared?.person.fullName, 'Hoàng Gia Khánh', 'a colleague goes on with it while the session lasts')

  station.clock.at = until
  await endRosters(station.keep)
  assert.equal(await openDraft(station.keep, application, second), undefined)
  assert.ok(
    (await station.keep.db.drafts.toArray()).every(row => !('shared' in row)),
    'the session’s door to it is gone',
  )
  const own = (await openDraft(station.keep, application, first))!
  assert.equal(own.step, 'fingers')
  assert.deepEqual(
    new Uint8Array(await own.portrait!.jpeg.arrayBuffer()),
    new Uint8Array([255, 216, 255, 7]),
    'with its picture',
  )
  const rows = JSON.stringify(await station.keep.db.drafts.toArray())
  assert.equal(rows.includes('Khánh'), false)
})

test('a capture belongs to the colleague who continued it', async () => {
  const station = await aStation()
  const first = await given(station)
  const second = await given(station, tuan)
  const application = crypto.randomUUID()
  await saveDraft(station.keep, aDraft(application), hanh.id, await opened(station, first))
  const shared = (await openDraft(station.keep, application, second, await opened(station, second)))!
  await saveDraft(station.keep, { ...shared, step: 'phone' }, tuan.id, await opened(station, second))

  station.clock.at = until
  await endRosters(station.keep)
  assert.equal(await openDraft(station.keep, application, first), undefined)
  const own = await openDraft(station.keep, application, second)
  assert.deepEqual([own?.step, own?.portrait?.jpeg.size], ['phone', 4])
})

test('a secret that is too short or too plain is refused', () => {
  assert.equal(secretFault('hoa sữa'), 'short')
  assert.equal(secretFault('11111111'), 'simple')
  assert.equal(secretFault('12345678'), 'simple')
  assert.equal(secretFault('hoa sữa 1987'), undefined)
})
