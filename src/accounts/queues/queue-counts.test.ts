import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { assertQueuesCounted } from '../../../test/counted-queues.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { asSystem, makeOpenWork } from '../../platform/work.ts'
import { formatResidence } from '../../register/corrections/residence-value.ts'
import * as register from '../../register/register.ts'
import * as statistics from '../../statistics/statistics.ts'
import * as accounts from '../accounts.ts'
import { countDifferingUnits } from './store-queue-counts.ts'

/** Queues count what is kept of each commune; whatever is done, that is what the accounts say. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const wards = [commune.haKhanh, commune.haPhong, commune.quangHanh] as const
const [khanh, phong, quang] = [
  await anOfficerOf(house, wards[0]),
  await anOfficerOf(house, wards[1]),
  await anOfficerOf(house, wards[2]),
]
const officers = [await anOfficerOf(house, '22'), await anOfficerOf(house, '193'), khanh, phong, quang]
const approver = officers[1]!

const people = Array.from({ length: 12 }, (_, i) => aPerson({ commune: wards[i % 3]! }))
await enterAll(house, people)
const states = ['requested', 'approved', 'activated', 'locked'] as const
await accounts.importAccounts(
  house.openWork,
  { ...asSystem('import'), role: 'maintenance' },
  Readable.from([
    'person_number,level,state,phone,approved_at,activated_at\n',
    ...people.slice(0, 9).map(({ person_number }, i) => {
      const state = states[i % states.length]
      const approved = state === 'requested' ? '' : `2023-04-${10 + i}`
      return `${person_number},1,${state},,${approved},${state === 'activated' ? approved : ''}\n`
    }),
  ]),
  { asOf: asDay('2023-04-20') },
)
const count = () => statistics.recountAllDue(house.openWork)
await count()
const own = async (i: number) => idOf(house, people[i]!.person_number)
const idsOfUnits = officers.map(({ unitId }) => unitId!)

/** Somebody asks for an account in a ward where they live. */
const ask = async (i: number, by = khanh) => {
  const personId = await own(i)
  return house.as(by, work => accounts.request(work, personId, { level: 1, phone: aPhone() }))
}

/** A residence is corrected by two officers of the unit that decides. */
async function correctHome(i: number, field: 'residence_permanent' | 'residence_temporary', unitId: string) {
  const personId = await own(i)
  const [first, second] = [await anOfficerOf(house, '22'), await anOfficerOf(house, '22')]
  const proposed = await house.as(first, work =>
    register.proposeCorrection(work, {
      personId,
      form: { code: 'CT01', version: 'TT56/2021' },
      evidence: { kind: 'residence-confirmation', issuer: 'Công an phường Hà Khánh' },
      values: {
        [field]: formatResidence({ from: '2023-04-01' as Day, unitId: asId(unitId), address: 'Tổ 3' }),
      },
    }),
  )
  await house.as(second, work => register.approveCorrection(work, proposed.id))
}

test('the counts of a province, a district and its wards are those of the accounts', async () => {
  const [province, district, ...ofWards] = await assertQueuesCounted(house, officers)
  assert.deepEqual([province?.['in-use'], province?.locked], [2, 2])
  assert.equal(
    district?.lapsed,
    ofWards.slice(0, 2).reduce((sum, one) => sum + one.lapsed, 0),
    'one who lives in one ward counts once',
  )
})

test('a deed counts at once, and still when its commune was counted anew', async () => {
  const [before] = await assertQueuesCounted(house, [khanh])
  const { id } = await ask(9)
  const [asked] = await assertQueuesCounted(house, [khanh])
  assert.equal(asked?.['to-approve'], (before?.['to-approve'] ?? 0) + 1)
  await count()
  assert.deepEqual(await assertQueuesCounted(house, [khanh]), [asked])
  await house.as(approver, work => accounts.approve(work, id))
  await assertQueuesCounted(house, officers)
  await house.as(khanh, work => accounts.activate(work, id))
  await assertQueuesCounted(house, officers)
  await count()
  await assertQueuesCounted(house, officers)
})

test('who lives in two communes counts once where both are seen, and in each of them', async () => {
  const before = await assertQueuesCounted(house, officers)
  const [, , inKhanh, inPhong] = idsOfUnits
  await correctHome(3, 'residence_temporary', inPhong!)
  await correctHome(4, 'residence_temporary', inKhanh!)
  const uncounted = await assertQueuesCounted(house, officers)
  await count()
  const after = await assertQueuesCounted(house, officers)
  assert.deepEqual(after, uncounted)
  const inAll = (of: (typeof before)[number] | undefined) => Object.values(of ?? {}).reduce((sum, n) => sum + n, 0)
  assert.deepEqual(
    after.map((one, at) => inAll(one) - inAll(before[at])),
    [0, 0, 1, 1, 0],
  )
})

test('who moves is counted where they live now, and no longer where they lived', async () => {
  const before = await assertQueuesCounted(house, [khanh, quang])
  await correctHome(0, 'residence_permanent', idsOfUnits[4]!)
  await assertQueuesCounted(house, officers)
  await count()
  const after = await assertQueuesCounted(house, [khanh, quang])
  assert.notDeepEqual(after, before)
  await assertQueuesCounted(house, officers)
})

test('an import and two records that become one are followed', async () => {
  await enterAll(house, [{ ...people[5]!, residence_unit: wards[0] }])
  await assertQueuesCounted(house, officers)
  const [survivorId, otherId] = [await own(6), await own(11)]
  const [first, second] = [await anOfficerOf(house, '22'), await anOfficerOf(house, '22')]
  const { id } = await house.as(first, work =>
    register.proposeMerge(work, {
      ...{ personId: survivorId, otherId, reason: 'Cùng một người', papers: 'Giấy khai sinh' },
    }),
  )
  await house.as(second, work => register.acceptMerge(work, id, { survivorId, number: people[6]!.person_number }))
  await assertQueuesCounted(house, officers)
  await count()
  await assertQueuesCounted(house, officers)
})

test('days that are over become one kind, and the days after tell the same', async () => {
  const open = (day: string) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })
  await statistics.recountAllDue(open('2023-04-24'))
  for (const day of ['2023-04-24', '2023-05-10', '2023-04-20'])
    await assertQueuesCounted({ ...house, as: (by, work) => open(day)(by, work) }, officers)
})

test('a commune that a deed touches while all are compared is not told as wrong', async () => {
  await count()
  await house.owner(`update accounts.queue_count set accounts = accounts + 5
    where ctid = (select min(ctid) from accounts.queue_count where state = 'activated')`)
  const differing = () => house.work(countDifferingUnits)
  assert.equal(await differing(), 1)
  await house.owner('insert into accounts.queue_count_due (unit_id) select distinct unit_id from accounts.queue_count')
  assert.equal(await differing(), 0)
  await count()
})

test('what was kept wrongly is found by night, mended and recorded', async () => {
  await count()
  await statistics.verifyCounts(house.openWork)
  const mended = () =>
    house.owner<{ facts: { totals: number } }>(
      `select facts from audit.deed where deed = 'figures.mended' and subject_kind = 'account-queues'`,
    )
  assert.deepEqual(await mended(), [], 'nothing was wrong')
  await house.owner(`update accounts.queue_count set accounts = accounts + 5
    where ctid = (select min(ctid) from accounts.queue_count where state = 'activated')`)
  await statistics.verifyCounts(house.openWork)
  assert.deepEqual(
    (await mended()).map(({ facts }) => facts.totals),
    [1],
  )
  await assertQueuesCounted(house, officers)
})
