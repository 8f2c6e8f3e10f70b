import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { deedWords } from '../words-deed.ts'
import { asking, beginningDeeds, returningDeeds } from './kinds.ts'
import { listNotices, markSeen } from './notices.ts'

/** What came back to an officer, and what came to their unit; seen once, by each for themselves. */

const house = await openHouse({ withUnits: true })
const [here, colleague, elsewhere] = [
  await anOfficerOf(house, commune.haKhanh),
  await anOfficerOf(house, commune.haKhanh),
  await anOfficerOf(house, commune.haPhong),
]
type Officer = typeof here

const record = (who: Officer, deed: string, kind: string, id: string) =>
  house.as(who, work => audit.record(work, deed, { kind, id, ...(work.unitId && { unitId: work.unitId }) }))
const noticesOf = (who: Officer, ...rights: readonly string[]) =>
  house.as(who, work => listNotices(work, right => rights.includes(right)))

test('what another officer sent back comes to whoever began it, once, and to nobody else', async () => {
  const id = newId<'application'>()
  await record(here, 'application.submitted', 'application', id)
  await record(colleague, 'application.returned', 'application', id)

  const { returned, count } = await noticesOf(here)
  assert.deepEqual(
    returned.map(({ deed, subjectId, isNew }) => [deed, subjectId, isNew]),
    [['application.returned', id, true]],
  )
  assert.equal(count, 1)
  assert.equal((await noticesOf(colleague)).count, 0)
  assert.equal((await noticesOf(elsewhere)).count, 0)
})

test('a notice names nobody: a kind, a thing and a moment', async () => {
  const { returned } = await noticesOf(here)
  assert.deepEqual(Object.keys(returned[0] ?? {}).sort(), [
    'at',
    'began',
    'deed',
    'id',
    'isNew',
    'subjectId',
    'subjectKind',
  ])
})

test('what an officer did themselves, and what does not answer it, is no notice', async () => {
  const [own, other] = [newId<'correction'>(), newId<'correction'>()]
  await record(here, 'correction.proposed', 'correction', own)
  await record(here, 'correction.refused', 'correction', own)
  await record(here, 'correction.proposed', 'correction', other)
  await record(colleague, 'application.returned', 'correction', other)
  const { returned } = await noticesOf(here)
  assert.ok(!returned.some(({ subjectId }) => subjectId === own || subjectId === other))
})

test('what was seen is not new again, for the officer who looked alone, and never goes back', async () => {
  const { readAt } = await noticesOf(here)
  await house.as(here, work => markSeen(work, readAt))
  assert.equal((await noticesOf(here)).count, 0)
  await house.as(here, work => markSeen(work, new Date(0)))
  assert.equal((await noticesOf(here)).count, 0)

  const id = newId<'merge'>()
  await record(colleague, 'merge.proposed', 'merge', id)
  await record(here, 'merge.refused', 'merge', id)
  assert.equal((await noticesOf(colleague)).count, 1)
})

test('nobody marks as seen what has not come yet', async () => {
  await house.as(here, work => markSeen(work, new Date(Date.now() + 86_400_000)))
  // What comes within the same millisecond counts as seen.
  await setTimeout(5)
  const id = newId<'application'>()
  await record(here, 'application.submitted', 'application', id)
  await record(colleague, 'application.returned', 'application', id)
  assert.equal((await noticesOf(here)).count, 1)
})

test('work that others ask for is counted for whoever has the right, in their own units', async () => {
  await house.as(elsewhere, work => markSeen(work, work.now))
  await record(colleague, 'account.requested', 'account', newId<'account'>())
  const countOf = async (who: Officer, ...rights: readonly string[]) =>
    (await noticesOf(who, ...rights)).asked.find(({ deed }) => deed === 'account.requested')?.count ?? 0
  assert.equal(await countOf(here, 'accounts.approve'), 1)
  assert.equal(await countOf(here), 0)
  assert.equal(await countOf(elsewhere, 'accounts.approve'), 0)
})

test('each deed that officers are told of is one that the house records, and has words', () => {
  const unknown = [...beginningDeeds, ...returningDeeds, ...Object.keys(asking)].filter(
    deed => !Object.hasOwn(deedWords, deed),
  )
  assert.deepEqual(unknown, [])
})
