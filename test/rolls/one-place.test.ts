import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import * as register from '../../src/register/register.ts'
import * as ledger from '../../src/rolls/ledger/ledger.ts'
import { referRow } from '../../src/rolls/queue/referral.ts'
import { listReferralReceivers } from '../../src/rolls/queue/referral-receivers.ts'
import type { Claimant } from '../../src/rolls/reconciling/duplicate-rule.ts'
import { placementsOf } from '../../src/rolls/reconciling/duplicate-rule.ts'
import { reassignJob } from '../../src/rolls/reconciling/duplicates-on-roll.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../builders.ts'
import { openHouse } from '../house.ts'
import { type ALine, asRoll, schoolsOf } from './sending.ts'

const house = await openHouse({ withUnits: true })
const { school, send, entries, events, job } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
])
const [haKhanh, haPhong] = [await school('22001'), await school('22002')]
const here = await anOfficerOf(house, commune.haKhanh)
const there = await anOfficerOf(house, commune.haPhong)

const names = [
  'Tằng Quế Cam',
  'Chíu Mỹ Đào',
  'Lỷ Thu Lê',
  'Hoàng Gia Mận',
  'Nình Thị Quất',
  'Vũ Hải Sim',
  'Đặng Kim Táo',
  'Bế Ngọc Vải',
]
const days = [
  '2005-01-21',
  '2005-02-04',
  '2005-03-17',
  '2005-04-29',
  '2005-06-11',
  '2005-07-08',
  '2005-09-25',
  '2005-11-13',
]
const people = names.map((name, i) => aPerson({ name, bornOn: days[i]!, sex: 'F', mother_name: `Chíu Thị ${name}` }))
/** Among few people a name and a date are no proof of anybody. */
const crowd = Array.from({ length: 400 }, (_, i) =>
  aPerson({
    name:
      ['Trần Văn', 'Nguyễn Đức', 'Phạm Thị', 'Bùi Minh'][i % 4] + ` ${['Hùng', 'Thảo', 'Long', 'Yến', 'Quân'][i % 5]}`,
    bornOn: `2005-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
  }),
)
await enterAll(house, [...people, ...crowd])
const home = 'Phường Hà Khánh, thành phố Hạ Long, Quảng Ninh'
/** A pupil's line that says no more than a namesake's could. */
const bare = (i: number, more: Partial<ALine> = {}): ALine => ({
  name: people[i]!.full_name,
  born: people[i]!.birth_date.split('-').reverse().join('/'),
  sex: 'Nữ',
  home,
  ...more,
})
const numbered = (i: number): ALine => bare(i, { number: people[i]!.person_number })
const personOf = (i: number) => idOf(house, people[i]!.person_number)

const one = async (id: rolls.RollId, place = 1) => (await entries(id)).find(row => row.place === place)!
const states = async (id: rolls.RollId) => (await entries(id)).map(({ state }) => state)
const opened = (caseId: string) =>
  house.work(async work =>
    (await register.accessOpeningsOf(work, caseId)).map(({ kind, personId }) => [kind, personId]),
  )
const settle = async (i: number) => job(reassignJob, { personIds: [await personOf(i)] })

test('a name-and-date match waits while another school has the pupil by number, then returns', async () => {
  const personId = await personOf(0)
  const ours = await send(here, haKhanh, [bare(0)])
  const { id } = await one(ours)
  assert.deepEqual(await states(ours), ['matched-automatically'])

  const theirs = await send(there, haPhong, [numbered(0)])
  const [mine, other] = [await one(ours), await one(theirs)]
  assert.deepEqual(
    [mine.state, mine.personId, mine.defects],
    ['to-review', null, ['number-missing', 'duplicate-across-schools']],
  )
  assert.deepEqual(
    [other.state, other.personId, other.defects],
    ['matched-automatically', personId, ['duplicate-across-schools']],
  )
  assert.deepEqual(await opened(id), [['roll-review', personId]])
  // Each figure is as long as its list, and each of the two tells where the other is.
  const figures = await house.work(work => ledger.ledgerFigures(work, { schoolYear: '2022-2023' }))
  for (const list of ['to-review', 'matched-automatically', 'on-two-rolls'] as const) {
    const { entries: listed } = await house.work(work =>
      ledger.listEntries(work, { schoolYear: '2022-2023' }, { list, limit: 100 }),
    )
    assert.deepEqual([list, figures.counts[list]], [list, listed.length])
    if (list === 'on-two-rolls')
      assert.deepEqual(
        listed.map(({ row, alsoAt }) => [row.schoolId, alsoAt]).sort(),
        [
          [haKhanh, [haPhong]],
          [haPhong, [haKhanh]],
        ].sort(),
      )
  }
  const { rows } = await house.work(work => rolls.describeReconciledRoll(work, ours))
  assert.deepEqual(
    [rows[0]?.outcome, rows[0]?.candidates?.map(({ person_number }) => person_number)],
    ['review', [people[0]!.person_number]],
  )
  const shown = await house.as(here, work => rolls.getRowForReview(work, ours, 1))
  assert.deepEqual(
    shown.why.map(({ code }) => code),
    ['withheld'],
  )

  await send(there, haPhong, [numbered(1)])
  const again = await one(ours)
  assert.deepEqual(
    [again.state, again.personId, again.defects],
    ['matched-automatically', personId, ['number-missing']],
  )
  assert.deepEqual(await opened(id), [['roll-row', personId]])
  assert.deepEqual(
    (await events(id)).map(({ before, after, why }) => [before, after, why]),
    [
      [null, 'matched-automatically', 'roll-sent'],
      ['matched-automatically', 'to-review', 're-scored'],
      ['to-review', 'matched-automatically', 're-scored'],
    ],
  )
  assert.deepEqual(await house.owner(`select from rolls.candidate where roll_id = $1`, [ours]), [])
})

test('a waiting row is unchanged when its roll is sent or compared again, whole or in part', async () => {
  const theirs = await send(there, haPhong, [numbered(2)])
  const first = await send(here, haKhanh, [bare(2), bare(3)])
  assert.deepEqual(await states(first), ['to-review', 'matched-automatically'])
  const { id } = await one(first)
  const before = await events(id)

  const second = await send(here, haKhanh, [bare(2), bare(4)])
  assert.deepEqual(await states(second), ['to-review', 'matched-automatically'])
  await house.work(work => rolls.reconcile(work, second))
  assert.deepEqual(await states(second), ['to-review', 'matched-automatically'])
  assert.deepEqual(await events(id), before)

  await house.work(work => rolls.reconcile(work, theirs))
  assert.deepEqual(
    [...(await states(second)), ...(await states(theirs))],
    ['to-review', 'matched-automatically', 'matched-automatically'],
  )
})

test('two equal rows both wait, and an officer’s decision on one assigns the other', async () => {
  const ours = await send(here, haKhanh, [bare(5)])
  const theirs = await send(there, haPhong, [bare(5)])
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['to-review', 'to-review'])

  await house.as(here, work => rolls.recordDecision(work, ours, 1, { decision: 'different' }))
  await settle(5)
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['refused-by-person', 'matched-automatically'])

  await house.as(here, work => rolls.undoDecision(work, ours, 1))
  await settle(5)
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['to-review', 'to-review'])

  const personId = await personOf(5)
  await house.as(here, work => rolls.recordDecision(work, ours, 1, { decision: 'same', personId }))
  await settle(5)
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['matched-by-person', 'to-review'])
  await house.work(work => rolls.reconcile(work, theirs))
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['matched-by-person', 'to-review'])

  await house.as(there, work => rolls.recordDecision(work, theirs, 1, { decision: 'same', personId }))
  await settle(5)
  assert.deepEqual([...(await states(ours)), ...(await states(theirs))], ['matched-by-person', 'matched-by-person'])
  for (const id of [ours, theirs]) assert.ok((await one(id)).defects.includes('duplicate-across-schools'))
})

test('a postponed row waits until no other row has the person', async () => {
  const theirs = await send(there, haPhong, [numbered(6)])
  const ours = await send(here, haKhanh, [bare(6)])
  await house.as(here, work => rolls.recordDecision(work, ours, 1, { decision: 'later' }))
  await settle(6)
  await house.work(work => rolls.reconcile(work, ours))
  assert.deepEqual([(await one(ours)).state, (await one(ours)).decision], ['to-review', 'later'])
  assert.deepEqual(await states(theirs), ['matched-automatically'])

  await send(there, haPhong, [numbered(1)])
  assert.deepEqual([(await one(ours)).state, (await one(ours)).decision], ['matched-automatically', null])
})

test('a decision on a waiting row survives a new comparison, and undone the row waits again', async () => {
  const theirs = await send(there, haPhong, [numbered(0)])
  const ours = await send(here, haKhanh, [bare(0), bare(4)])
  const { id } = await one(ours)
  await house.as(here, work => rolls.recordDecision(work, ours, 1, { decision: 'different' }))
  for (const _ of [1, 2]) await house.work(work => rolls.reconcile(work, ours))
  const said = await one(ours)
  assert.deepEqual([said.state, said.contested], ['refused-by-person', false])

  await house.as(here, work => rolls.undoDecision(work, ours, 1))
  const back = await one(ours)
  assert.deepEqual(
    [back.state, back.personId, await opened(id)],
    ['to-review', null, [['roll-review', await personOf(0)]]],
  )
  await settle(0)
  assert.deepEqual(
    [...(await states(ours)), ...(await states(theirs))],
    ['to-review', 'matched-automatically', 'matched-automatically'],
  )
})

test('a referral of a waiting row ends once the row has its person', async () => {
  await send(there, haPhong, [numbered(6)])
  const ours = await send(here, haKhanh, [bare(6)])
  const receiver = (await house.as(here, work => listReferralReceivers(work, { rollId: ours, place: 1 }))).find(
    ({ kind }) => kind !== 'colleague',
  )
  await house.as(here, work =>
    referRow(work, { rollId: ours, place: 1 }, { unitId: receiver!.unitId, note: 'Một em hay hai em?' }),
  )
  await send(there, haPhong, [numbered(1)])
  assert.deepEqual(await states(ours), ['matched-automatically'])
  assert.deepEqual(
    await house.owner(`select settled from rolls.referral where roll_id = $1 and settled_at is null`, [ours]),
    [],
  )
})

test('a pupil with equal name, date and parent is one pupil on two rolls or twice in a class', async () => {
  const mother = people[7]!.mother_name
  const ours = await send(here, haKhanh, [bare(7, { mother }), bare(7), bare(7, { class: '12A2' })])
  await send(there, haPhong, [numbered(7)])
  assert.deepEqual(await states(ours), ['matched-automatically', 'to-review', 'to-review'])
  for (const row of await entries(ours))
    assert.ok(['duplicate-in-roll', 'duplicate-across-schools'].every(told => row.defects.includes(told)))

  await send(there, haPhong, [numbered(1)])
  assert.deepEqual(
    (await entries(ours)).map(({ state, defects }) => [state, defects.filter(told => told.startsWith('duplicate'))]),
    [
      ['matched-automatically', ['duplicate-in-roll']],
      ['to-review', ['duplicate-in-roll']],
      ['to-review', ['duplicate-in-roll']],
    ],
  )
})

test('another school’s roll is seen also while a roll is being sent again', async () => {
  await send(there, haPhong, [numbered(1)])
  const first = await send(here, haKhanh, [bare(3), bare(4)])
  const content = await asRoll([bare(3), bare(2)])
  const { id } = await house.as(here, work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId: haKhanh, schoolYear: '2022-2023' }),
  )
  await house.work(work => rolls.reconcile(work, id, { beforeWriting: () => send(there, haPhong, [numbered(3)]) }))
  assert.deepEqual(
    [(await states(first))[0], ...(await states(id))],
    ['to-review', 'to-review', 'matched-automatically'],
  )
})

const schools = [newId<'school'>(), newId<'school'>()] as const
const communes = [newId<'unit'>(), newId<'unit'>()] as const
const aClaimant = (more: Partial<Claimant> = {}): Claimant => ({
  rollId: 'r1' as rolls.RollId,
  place: 1,
  schoolId: schools[0],
  class: '12A1',
  outcome: 'matched',
  decision: null,
  isWithheld: false,
  isBacked: false,
  name: 'tang que cam',
  birth: '2005-1-21',
  sex: 'F',
  communeId: communes[0],
  ...more,
})
const outcomesOf = (rows: readonly Claimant[]) => {
  const placed = new Map(placementsOf(rows).map(({ seen, outcome }) => [seen, outcome]))
  return rows.map(row => placed.get(row) ?? row.outcome)
}

test('a sole row gets the person; of equal rows the first, of others only stronger evidence', () => {
  assert.deepEqual(outcomesOf([aClaimant()]), ['matched'])
  assert.deepEqual(outcomesOf([aClaimant({ outcome: 'review', isWithheld: true })]), ['matched'])
  assert.deepEqual(outcomesOf([aClaimant(), aClaimant({ place: 2 })]), ['matched', 'duplicate'])
  assert.deepEqual(outcomesOf([aClaimant(), aClaimant({ place: 2, class: null })]), ['matched', 'duplicate'])
  for (const other of [
    { class: '12A2' },
    { name: 'tang que can' },
    { birth: '2005-1-12' },
    { sex: 'M' },
    { communeId: communes[1] },
  ])
    assert.deepEqual(outcomesOf([aClaimant(), aClaimant({ place: 2, ...other })]), ['review', 'review'])
  for (const nothing of [{ class: null }, { sex: null }, { communeId: null }])
    assert.deepEqual(outcomesOf([aClaimant(), aClaimant({ place: 2, ...nothing })]), ['matched', 'duplicate'])
  assert.deepEqual(
    outcomesOf([aClaimant(), aClaimant({ place: 2, class: '12A2', isBacked: true, outcome: 'duplicate' })]),
    ['review', 'matched'],
  )
  assert.deepEqual(
    outcomesOf([aClaimant({ decision: 'same' }), aClaimant({ rollId: 'r2' as rolls.RollId, schoolId: schools[1] })]),
    ['matched', 'review'],
  )
  const backed = [
    aClaimant({ isBacked: true }),
    aClaimant({ rollId: 'r2' as rolls.RollId, schoolId: schools[1], isBacked: true }),
  ]
  assert.deepEqual(outcomesOf(backed), ['matched', 'matched'])
})
