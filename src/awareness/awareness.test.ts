import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import { schoolsOf } from '../../test/rolls/sending.ts'
import { signedInOfficer } from '../../test/signed-in-officer.ts'
import * as audit from '../audit/audit.ts'
import * as campaign from '../campaign/campaign.ts'
import { consequences } from '../consequences.ts'
import { asDay, type Day } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as statistics from '../statistics/statistics.ts'
import * as units from '../units/units.ts'
import { listActivities, recordActivity, withdrawActivity } from './awareness.ts'
import type { ActivityInput } from './contract.ts'
import { readMaterial } from './material-facts.ts'

/** Two wards of Hạ Long: in Hà Khánh an assembly is held, in Hà Phong nothing. The business day is 20 April 2023. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const in2005 = (unit: string, people: number) =>
  Array.from({ length: people }, (_, at) =>
    aPerson({ name: `Nguyễn Thị Số ${at}`, bornOn: '2005-03-04', commune: unit }),
  )
const told = in2005(commune.haKhanh, 12)
const untold = in2005(commune.haPhong, 12)
const ward = await anOfficerOf(house, commune.haKhanh)
const neighbour = await anOfficerOf(house, commune.haPhong)
const unitOf = (code: string) =>
  house.work(async work => (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(code))
const [haKhanh, haPhong] = [await unitOf(commune.haKhanh), await unitOf(commune.haPhong)]
let campaignId: campaign.CampaignId

/** People register for an account on a day, as the counting of milestones would find it. */
async function register(people: typeof told, day: Day) {
  for (const { person_number } of people)
    await house.owner(
      `insert into statistics.milestone (person_id, account_received_on, since) values ($1, $2, 1)
       on conflict (person_id) do update set account_received_on = excluded.account_received_on`,
      [await idOf(house, person_number), day],
    )
}

before(async () => {
  await enterAll(house, [...told, ...untold])
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'tuyen-truyen',
      title: 'Kịp thi',
      metrics: ['account-received', 'account-activated'],
      startsOn: '2023-03-01',
      deadlines: [{ name: 'Đăng ký dự thi', on: '2023-05-12', proof: 'account-activated' }],
      cohort: { bornIn: [2005] },
    }),
  )
  campaignId = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)
  await register(told.slice(0, 1), asDay('2023-04-14'))
  await register(told.slice(1, 8), asDay('2023-04-18'))
  await register(untold.slice(0, 1), asDay('2023-04-18'))
})

const assembly = (more: Partial<ActivityInput> = {}): ActivityInput => ({
  campaign: campaignId,
  kind: 'assembly',
  audiences: ['pupils', 'parents'],
  heldOn: '2023-04-17',
  people: 420,
  counted: true,
  doneBy: ['police', 'school'],
  content: 'Sinh hoạt dưới cờ',
  units: [haKhanh],
  ...more,
})
const as = <T>(who: typeof ward, verb: (work: Work) => Promise<T>) => house.as(who, verb)
const ledger = (who: typeof ward) => as(who, work => listActivities(work, { campaign: campaignId }))

test('an assembly is entered, and who came forward since stands beside who did before', async () => {
  await as(ward, work => recordActivity(work, assembly()))
  const { activities, reached, metric, total } = await ledger(ward)
  const [one] = activities
  assert.deepEqual([total, metric, one?.people, one?.places[0]?.name], [1, 'account-received', 420, 'Phường Hà Khánh'])
  assert.deepEqual(one?.effect.here, { before: { lacking: 12, gained: 1 }, after: { lacking: 11, gained: 7 } })
  assert.equal(one?.effect.seen, 4)
  assert.equal(one?.effect.elsewhere, undefined, 'one other ward is too few to compare with')
  assert.deepEqual(reached, [{ kind: 'assembly', activities: 1, people: 420 }])
})

test('another ward sees nothing of it, enters nothing for it, and strikes nothing out', async () => {
  assert.equal((await ledger(neighbour)).total, 0)
  const [one] = (await ledger(ward)).activities
  await refusal(
    as(neighbour, work => recordActivity(work, assembly())),
    'activity-place-refused',
  )
  await refusal(
    as(neighbour, work => withdrawActivity(work, asId<'activity'>(one?.id ?? ''), { reason: 'Không phải' })),
    'activity-unknown',
  )
  await assert.rejects(
    as(neighbour, ({ tx }) =>
      tx
        .insertInto('awareness.activity_place')
        .values({ activity_id: one?.id ?? '', unit_id: haKhanh })
        .execute(),
    ),
    /row-level security/,
  )
})

test('a day to come or long ago, a phone in the words, no place and a foreign one are refused', async () => {
  const refused = (more: Partial<ActivityInput>, code: string) =>
    refusal(
      as(ward, work => recordActivity(work, assembly(more))),
      code,
    )
  await refused({ heldOn: '2023-04-21' }, 'activity-day-refused')
  await refused({ heldOn: '2022-12-01' }, 'activity-day-refused')
  await refused({ content: 'Gọi 0912 345 678' }, 'activity-names-somebody')
  await refused({ units: [] }, 'activity-place-refused')
  await refused({ units: [haKhanh, haPhong] }, 'activity-place-refused')
})

test('what was entered wrongly is struck out with its reason, and moves no figure of reach', async () => {
  const id = await as(ward, work => recordActivity(work, assembly({ kind: 'leaflet', people: 9000 })))
  const before = (await ledger(ward)).activities.find(one => one.kind === 'assembly')
  assert.equal(before?.effect.alongside.activities, 1)
  await as(ward, work => withdrawActivity(work, id, { reason: 'Ghi nhầm phường' }))
  await refusal(
    as(ward, work => withdrawActivity(work, id, { reason: 'Lần nữa' })),
    'activity-withdrawn',
  )
  const { activities, reached } = await ledger(ward)
  assert.equal(activities.find(one => one.id === id)?.withdrawn, 'Ghi nhầm phường')
  assert.deepEqual(
    reached.map(({ kind }) => kind),
    ['assembly'],
  )
  assert.equal(activities.find(one => one.kind === 'assembly')?.effect.alongside.activities, 0)
})

test('a school’s officer enters what was done at the school, and at no other', async () => {
  const { school } = await schoolsOf(house, [
    ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
    ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
  ])
  const [own, other] = [await school('22001'), await school('22002')]
  const head = await signedInOfficer(house, 'school-officer', commune.haKhanh, { schoolId: own, purpose: 'campaign' })
  const enter = (schools: units.SchoolId[]) =>
    head.as('awareness.record', work => recordActivity(work, { ...assembly(), units: [], schools }))
  await refusal(enter([other]), 'activity-place-refused')
  await enter([own])
  assert.equal((await ledger(ward)).activities.filter(({ places }) => places[0]?.ofSchool).length, 1)
  assert.equal((await ledger(neighbour)).total, 0)
})

test('a leaflet is written of the campaign’s own facts for a ward of one’s own, and for no other', async () => {
  const read = (who: typeof ward, unit: units.UnitId) =>
    as(who, work => readMaterial(work, { campaign: campaignId, kind: 'leaflet', audience: 'parents', unit }))
  const { issuedBy, text } = await read(ward, haKhanh)
  assert.equal(issuedBy, 'Công an phường Hà Khánh')
  assert.match(text, /mốc “Đăng ký dự thi” là ngày 12\/05\/2023/)
  await refusal(read(neighbour, haKhanh), 'activity-place-refused')
})
