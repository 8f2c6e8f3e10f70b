import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as audit from '../../src/audit/audit.ts'
import { asId, newId } from '../../src/platform/ids.ts'
import type { Authority } from '../../src/platform/work.ts'
import * as register from '../../src/register/register.ts'
import { jobs } from '../../src/rolls/jobs.ts'
import { claimRow, releaseRow } from '../../src/rolls/queue/claim.ts'
import { listOwnDeeds, listRowsOfPart, reviewProgressOf, rowsPerHour } from '../../src/rolls/queue/progress.ts'
import { claimNextRow } from '../../src/rolls/queue/queue.ts'
import { carryReferralsOver, handReferralBack, referRow } from '../../src/rolls/queue/referral.ts'
import { listReferredRows } from '../../src/rolls/queue/referral-list.ts'
import { listReferralReceivers } from '../../src/rolls/queue/referral-receivers.ts'
import { insertClaim } from '../../src/rolls/queue/store-claim.ts'
import type { QueuePart } from '../../src/rolls/queue/store-queue.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import * as staff from '../../src/staff/staff.ts'
import * as units from '../../src/units/units.ts'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../builders.ts'
import { openHouse } from '../house.ts'
import { handWritten, type Typed } from './hand-written.ts'

const house = await openHouse({ withUnits: true })
await house.work(work =>
  units.importSchools(
    work,
    [
      ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
      ['22002', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
    ].map(([code = '', name = '', kind = '', unit = ''], i) => ({ line: i + 2, values: { code, name, kind, unit } })),
  ),
)
const school = await house.work(async work => (await units.findSchool(work, '22001'))!.id)

/** An officer with a record, so that others are told a name. */
async function anOfficer(login: string, fullName: string, code: string): Promise<Authority & { unitId: units.UnitId }> {
  const { unitId } = await anOfficerOf(house, code)
  const id = await house.work(async work => {
    const { officer } = await staff.addOfficer(work, {
      login,
      fullName,
      unitId,
      own: { password: `mật khẩu của ${login} 2023` },
    })
    await staff.appoint(work, { officerId: officer.id, role: 'ward-officer', unitId })
    return officer.id
  })
  return anOfficerOf(house, code, { officer: id })
}
const an = await anOfficer('an.bui', 'Bùi Gia Thục An', commune.haKhanh)
const lam = await anOfficer('lam.hoang', 'Hoàng Nghĩa Tường Lâm', commune.haKhanh)
const quynh = await anOfficer('quynh.tran', 'Trần Thị Diễm Quỳnh', commune.quangHanh)

const given = [
  'Nam',
  'Bình',
  'Cường',
  'Dũng',
  'Giang',
  'Hải',
  'Khôi',
  'Long',
  'Minh',
  'Phong',
  'Quân',
  'Sơn',
  'Tùng',
  'Vinh',
] as const
const middles = ['Văn', 'Đức', 'Gia', 'Quốc', 'Hữu', 'Xuân', 'Thanh', 'Ngọc', 'Công', 'Đình', 'Bá', 'Viết'] as const
let alikeSoFar = 0

/**
 * So many pairs of people alike to the letter, one of each here and one in Quang Hanh: nobody can say by the roll which
 * of the two is meant. What was decided of a pupil goes with them from roll to roll, so each test has people of its
 * own.
 */
async function alike(count: number) {
  const middle = middles[alikeSoFar++]!
  const pairs = given.slice(0, count).map((name, i) => {
    const one = { name: `Trần ${middle} ${name}`, bornOn: `2005-05-${String(i + 1).padStart(2, '0')}` }
    return [aPerson(one), aPerson({ ...one, commune: commune.quangHanh })] as const
  })
  await enterAll(house, pairs.flat())
  const rows = pairs.map(([{ full_name, birth_date }]): Typed[] => [
    full_name,
    bornOn(birth_date),
    'Nam',
    null,
    null,
    null,
  ])
  return { pairs, rows }
}
const parents = { father_name: 'Hoàng Gia Bách', mother_name: 'Vũ Thị Lành' }
const khanh = aPerson({ name: 'Hoàng Gia Khánh', bornOn: '2005-07-03', ...parents })
const huy = aPerson({ name: 'Hoàng Gia Huy', bornOn: '2008-04-11', ...parents })
const plain = aPerson({ name: 'Đỗ Thị Rõ Ràng', bornOn: '2005-10-10', sex: 'F' })
await enterAll(house, [khanh, huy, plain])

const head: Typed[] = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Họ tên bố', 'Họ tên mẹ']
const bornOn = (day: string) => day.split('-').reverse().join('/')

const runJobs = jobs(house.openWork)
let year = 2000
/** A new roll of the school, each of a school year of its own, so that the tests do not meet. */
async function aRoll(...rows: readonly (readonly Typed[])[]): Promise<rolls.RollId> {
  const content = await handWritten({ name: '12A1', rows: [head, ...rows.map((row, i) => [i + 1, ...row])] })
  const schoolYear = `${year}-${++year}`
  const { id } = await house.as(an, work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId: school, schoolYear }),
  )
  await runJobs[rolls.reconcileJob]?.({ rollId: id }, { attempt: 1, log: console as never })
  return id
}
const spot = (rollId: rolls.RollId, place: number) => ({ rollId, place })
const refuses = (verb: Promise<unknown>, code: string) =>
  assert.rejects(verb, (error: { code?: string }) => error.code === code)
const count = async (rollId: rolls.RollId, who: Authority, part: QueuePart) =>
  (await house.as(who, work => listRowsOfPart(work, part, { rollId, limit: 500 }))).rows.map(({ place }) => place)

test('officers who claim the next row at the same moment get different rows', async () => {
  const rollId = await aRoll(...(await alike(14)).rows)
  for (let round = 0; round < 5; round += 1) {
    const officers = Array.from({ length: 6 }, () => ({
      ...an,
      by: { kind: 'officer' as const, id: newId<'officer'>() },
    }))
    const given = await Promise.all(
      officers.map(who => house.as(who, work => claimNextRow(work, { of: 'review', rollId }))),
    )
    const places = given.map(one => one?.place)
    assert.equal(new Set(places).size, officers.length, `round ${round}: ${places.join()}`)
    await Promise.all(officers.map((who, i) => house.as(who, work => releaseRow(work, given[i]!))))
  }
})

test('claiming the next row releases the previous one; a left or expired claim is free', async () => {
  const rollId = await aRoll(...(await alike(2)).rows)
  const [first, second] = [spot(rollId, 1), spot(rollId, 2)]
  assert.equal((await house.as(an, work => claimNextRow(work, { of: 'review', rollId })))?.place, 1)
  assert.equal((await house.as(an, work => claimNextRow(work, { of: 'review', rollId }, first)))?.place, 2)
  assert.equal((await house.as(lam, work => claimNextRow(work, { of: 'review', rollId })))?.place, 1)
  assert.equal(
    await house.as(quynh, work => claimNextRow(work, { of: 'review', rollId })),
    undefined,
    'the school is not theirs',
  )

  const third = { ...an, by: { kind: 'officer' as const, id: newId<'officer'>() } }
  assert.equal(await house.as(third, work => claimNextRow(work, { of: 'review', rollId })), undefined, 'both are held')
  await house.as(an, work => releaseRow(work, second))
  assert.equal((await house.as(third, work => claimNextRow(work, { of: 'review', rollId })))?.place, 2)
  await house.owner(
    `update rolls.claim set claimed_at = now() - interval '10 minutes', until = now() - interval '1 second'
      where roll_id = $1`,
    [rollId],
  )
  assert.equal((await house.as(an, work => claimNextRow(work, { of: 'review', rollId })))?.place, 1)
})

test('a claimed row shows its officer, and no other officer decides, undoes, refers or claims it', async () => {
  const rollId = await aRoll(...(await alike(2)).rows)
  await house.as(an, work => claimRow(work, spot(rollId, 1)))
  const { holding, next, candidates } = await house.as(lam, work => rolls.getRowForReview(work, rollId, 1))
  assert.deepEqual([holding?.mine, holding?.name], [false, 'Bùi Gia Thục An'])
  assert.ok(holding!.since <= holding!.until)
  assert.deepEqual(
    next.map(({ row, holding: held }) => [row.place, held?.name]),
    [
      [1, 'Bùi Gia Thục An'],
      [2, undefined],
    ],
  )

  // Who picked the row from what stood before the claim was there is not given it either.
  const later = new Date(Date.now() + 60_000)
  assert.equal(await house.as(lam, work => insertClaim(work, spot(rollId, 1), school, later)), false)
  const personId = candidates[0]!.personId
  await refuses(
    house.as(lam, work => rolls.recordDecision(work, rollId, 1, { decision: 'same', personId })),
    'row-held',
  )
  await refuses(
    house.as(lam, work => claimRow(work, spot(rollId, 1))),
    'row-held',
  )
  await refuses(
    house.as(lam, work => referRow(work, spot(rollId, 1), { unitId: quynh.unitId, note: '' })),
    'row-held',
  )
  const refused = await house
    .as(lam, work => rolls.recordDecision(work, rollId, 1, { decision: 'later' }))
    .catch((error: { facts: Record<string, unknown> }) => error)
  assert.deepEqual('facts' in refused && [refused.facts['heldBy'], typeof refused.facts['until']], [an.by.id, 'string'])

  await house.as(an, work => rolls.recordDecision(work, rollId, 1, { decision: 'same', personId }))
  assert.equal(
    (await house.as(lam, work => rolls.getRowForReview(work, rollId, 1))).holding,
    undefined,
    'a decision ends the claim',
  )
  await house.as(lam, work => rolls.undoDecision(work, rollId, 1))
})

test('nobody can claim a row while its decision is being written', async () => {
  const rollId = await aRoll(...(await alike(2)).rows)
  const deciding = house.as(an, async work => {
    await rolls.recordDecision(work, rollId, 1, { decision: 'different' })
    const met = await house.as(lam, other => claimNextRow(other, { of: 'review', rollId }))
    assert.equal(met?.place, 2, 'before the commit')
  })
  await deciding
  assert.equal((await house.as(lam, work => claimNextRow(work, { of: 'review', rollId })))?.place, 2)
})

test('a referred row moves to the other queue with its note, and its candidates are visible there', async () => {
  const { pairs, rows } = await alike(3)
  const rollId = await aRoll(...rows)
  const there = await idOf(house, pairs[0]![1].person_number)
  const here = await idOf(house, pairs[0]![0].person_number)
  await refuses(
    house.as(quynh, work => rolls.getRowForReview(work, rollId, 1)),
    'roll-unknown',
  )
  await refuses(
    house.as(quynh, work => register.getSummary(work, here)),
    'person-unknown',
  )

  const offered = await house.as(an, work => listReferralReceivers(work, spot(rollId, 1)))
  assert.deepEqual(
    offered.map(one => [one.kind, one.unitName, one.kind === 'colleague' ? one.name : '']),
    [
      ['residence', 'Phường Quang Hanh', ''],
      ['above', 'Thành phố Hạ Long', ''],
      ['colleague', 'Phường Hà Khánh', 'Hoàng Nghĩa Tường Lâm'],
    ],
  )
  await refuses(
    house.as(an, work => referRow(work, spot(rollId, 1), { unitId: asId<'unit'>(school), note: '' })),
    'receiver-unknown',
  )
  await house.as(an, work =>
    referRow(work, spot(rollId, 1), { unitId: quynh.unitId, note: 'Em này có ở Quang Hanh không?' }),
  )

  assert.deepEqual(await count(rollId, an, 'referred'), [1])
  assert.equal((await house.as(an, work => claimNextRow(work, { of: 'review', rollId })))?.place, 2)
  await refuses(
    house.as(an, work => rolls.recordDecision(work, rollId, 1, { decision: 'different' })),
    'row-referred',
  )
  const [mine] = await house.as(quynh, work => listReferredRows(work, 'to-me'))
  assert.deepEqual(
    [mine?.row.name, mine?.lying.note, mine?.lying.from],
    [pairs[0]![0].full_name, 'Em này có ở Quang Hanh không?', 'Bùi Gia Thục An'],
  )

  const seen = await house.as(quynh, work => rolls.listRows(work, rollId, {}))
  assert.deepEqual(
    seen.rows.map(({ place }) => place),
    [1],
    'of the roll that row alone',
  )
  assert.deepEqual(await house.as(quynh, work => rolls.listRolls(work, {})), [], 'the roll is not among theirs')
  const review = await house.as(quynh, work => rolls.claimNextForReview(work, undefined))
  assert.deepEqual(
    [review?.row.place, review?.lying?.here, review?.candidates.length, review?.next.length],
    [1, true, 2, 1],
  )
  const comparedThere = async () => (await house.as(quynh, work => register.listCompared(work, [here]))).length
  assert.equal(await comparedThere(), 1)

  await house.as(quynh, work => rolls.recordDecision(work, rollId, 1, { decision: 'same', personId: there }))
  assert.equal(await comparedThere(), 0)
  await refuses(
    house.as(quynh, work => rolls.getRowForReview(work, rollId, 1)),
    'roll-unknown',
  )
  const decided = await house.as(an, work => rolls.getRowForReview(work, rollId, 1))
  assert.deepEqual([decided.row.outcome, decided.row.personId, decided.row.decision], ['matched', there, 'same'])
  assert.equal((await house.work(work => audit.lastDeedOn(work, decided.row.id)))?.by.id, quynh.by.id)

  const [last] = await house.as(quynh, listOwnDeeds)
  assert.deepEqual(
    [last?.place, last?.name],
    [1, null],
    'who decided there can take it back, without seeing whose row it is',
  )
  await house.as(quynh, work => rolls.undoDecision(work, rollId, 1))
  assert.equal((await house.as(quynh, work => rolls.claimNextForReview(work, undefined)))?.candidates.length, 2)
})

test('a referral is returned with a reason, or withdrawn by its sender', async () => {
  const rollId = await aRoll(...(await alike(2)).rows)
  await house.as(an, work =>
    referRow(work, spot(rollId, 1), { unitId: lam.unitId, officerId: asId<'officer'>(lam.by.id), note: '' }),
  )
  assert.equal(
    (await house.as(an, work => claimNextRow(work, { of: 'review', rollId })))?.place,
    2,
    'a colleague has it',
  )
  assert.equal((await house.as(lam, work => claimNextRow(work, { of: 'referred' })))?.place, 1)
  await house.as(lam, work => handReferralBack(work, spot(rollId, 1), 'Tôi cũng không biết.'))
  const review = await house.as(an, work => rolls.getRowForReview(work, rollId, 1))
  assert.deepEqual([review.answered?.by, review.answered?.note], ['Hoàng Nghĩa Tường Lâm', 'Tôi cũng không biết.'])

  await house.as(an, work => referRow(work, spot(rollId, 1), { unitId: quynh.unitId, note: '' }))
  assert.equal((await house.as(an, listOwnDeeds))[0]?.deed, 'referred')
  await refuses(
    house.as(quynh, work => handReferralBack(work, spot(rollId, 2))),
    'roll-row-unknown',
  )
  await house.as(lam, work => handReferralBack(work, spot(rollId, 1)))
  assert.deepEqual(await count(rollId, an, 'left'), [1, 2])
  await refuses(
    house.as(an, work => handReferralBack(work, spot(rollId, 1))),
    'referral-none',
  )
  await refuses(
    house.as(quynh, work => rolls.getRowForReview(work, rollId, 1)),
    'roll-unknown',
  )
})

test('a new comparison ends referrals of rows that need no decision', async () => {
  const rollId = await aRoll(...(await alike(2)).rows)
  for (const place of [1, 2])
    await house.as(an, work => referRow(work, spot(rollId, place), { unitId: quynh.unitId, note: '' }))
  await house.owner(`update rolls.row set outcome = 'not-found' where roll_id = $1 and place = 1`, [rollId])
  await house.work(work => carryReferralsOver(work, rollId))
  assert.deepEqual(
    (await house.as(quynh, work => listReferredRows(work, 'to-me')))
      .filter(one => one.rollId === rollId)
      .map(({ place }) => place),
    [2],
  )
})

test('the figures of a roll divide its doubtful rows, and each equals its list by separate SQL', async () => {
  const { rows } = await alike(14)
  const rollId = await aRoll(...rows, ['Đỗ Thị Rõ Ràng', '10/10/2005', 'Nữ', plain.person_number, null, null])
  await house.as(an, work => rolls.recordDecision(work, rollId, 1, { decision: 'different' }))
  await house.as(an, work => rolls.recordDecision(work, rollId, 2, { decision: 'later' }))
  await house.as(an, work => referRow(work, spot(rollId, 3), { unitId: quynh.unitId, note: '' }))
  await house.as(lam, work => claimRow(work, spot(rollId, 4)))
  const progress = await house.as(an, work => reviewProgressOf(work, { rollId }))
  assert.deepEqual(
    [progress.decided, progress.later, progress.referred, progress.held, progress.left, progress.risk],
    [1, 1, 1, 1, rows.length - 3, 1],
  )
  assert.equal(progress.decided + progress.later + progress.referred + progress.left, rows.length)
  for (const part of ['decided', 'later', 'referred', 'held', 'left', 'risk'] as const)
    assert.equal((await count(rollId, an, part)).length, progress[part], part)
  const [{ sum }] = (await house.owner<{ sum: number }>(
    `select coalesce(sum(1 - probability::float8), 0) as sum from rolls.row
      where roll_id = $1 and outcome in ('matched', 'duplicate') and decision is null`,
    [rollId],
  )) as [{ sum: number }]
  assert.ok(Math.abs(progress.expectedFalse - sum) < 1e-9)

  const risky = await house.as(an, work => rolls.claimNextForReview(work, rollId, { of: 'risk' }))
  assert.equal(risky?.row.name, 'Đỗ Thị Rõ Ràng')
  await house.as(an, work =>
    rolls.recordDecision(work, rollId, risky!.row.place, { decision: 'same', personId: risky!.row.personId! }),
  )
  const after = await house.as(an, work => reviewProgressOf(work, { rollId }))
  assert.deepEqual(
    [after.risk, after.expectedFalse, after.decided],
    [0, 0, 2],
    'what a person has looked at is no risk any more',
  )
})

test('the unit’s queue goes through all rolls, referrals first, and finishes the current roll', async () => {
  const { rows } = await alike(4)
  const [one, two] = [await aRoll(...rows.slice(0, 2)), await aRoll(...rows.slice(2))]
  await house.as(lam, work =>
    referRow(work, spot(two, 2), { unitId: an.unitId, officerId: asId<'officer'>(an.by.id), note: '' }),
  )
  const first = await house.as(an, work => claimNextRow(work, { of: 'review' }))
  assert.deepEqual(first, { ...first, ...spot(two, 2) })
  await house.as(an, work => rolls.recordDecision(work, two, 2, { decision: 'different' }))
  const next = await house.as(an, work => claimNextRow(work, { of: 'review' }, spot(one, 1)))
  assert.deepEqual([next?.rollId, next?.place], [one, 2])
  const counted = await house.as(an, work => reviewProgressOf(work, {}))
  const listed = await house.as(an, work => listRowsOfPart(work, 'left', { limit: 500 }))
  assert.deepEqual([listed.rows.length, listed.total], [counted.left, counted.left])
})

test('the context names relatives, classmates with the same parents, and the person’s other rows', async () => {
  const lastYear = await aRoll(['Hoàng Gia Khánh', '03/07/2005', 'Nam', khanh.person_number, ...Object.values(parents)])
  assert.equal((await house.as(an, work => rolls.getRowForReview(work, lastYear, 1))).row.outcome, 'matched')
  const rollId = await aRoll(
    ['Hoàng Gia Khanh', '03/07/2005', 'Nam', huy.person_number, ...Object.values(parents)],
    ['Hoàng Gia Huy', '11/04/2008', 'Nam', null, ...Object.values(parents)],
  )
  const { candidates, context, hints, why } = await house.as(an, work => rolls.getRowForReview(work, rollId, 1))
  const khanhHere = candidates.find(({ fields }) => fields[0]?.register === 'Hoàng Gia Khánh')
  assert.equal(
    khanhHere?.context[0]?.vi,
    'Anh chị em cùng cha mẹ trong dữ liệu dân cư: Hoàng Gia Huy, 2008',
    'the parents are compared above',
  )
  assert.match(khanhHere?.context.map(({ vi }) => vi).join('\n') ?? '', /Năm học \d{4}-\d{4}: dòng 2, Hoàng Gia Khánh/)
  assert.deepEqual(
    context.map(({ vi }) => vi),
    ['Dòng 3, Hoàng Gia Huy, lớp 12A1: cùng tên cha, mẹ'],
  )
  assert.equal(hints[0]?.vi, 'Số trường ghi là của Hoàng Gia Huy, sinh 2008, em ruột.')
  assert.ok(
    why.some(({ code }) => code === 'number-elsewhere'),
    why.map(({ code }) => code).join(),
  )
})

test('the review says why a row was undecided, and how sure decided rows are', async () => {
  const rollId = await aRoll((await alike(1)).rows[0]!, [
    'Đỗ Thị Rõ Ràng',
    '10/10/2005',
    'Nữ',
    plain.person_number,
    null,
    null,
  ])
  const doubtful = await house.as(an, work => rolls.getRowForReview(work, rollId, 1))
  assert.equal(doubtful.why[0]?.code, 'two-alike')
  assert.match(doubtful.why[0]?.vi ?? '', /^Có 2 người giống dòng này \(\d+%, \d+%\)/)
  const sure = await house.as(an, work => rolls.getRowForReview(work, rollId, 2))
  assert.deepEqual(
    sure.why.map(({ code }) => code),
    ['risk'],
  )
})

test('decisions are undone one by one, latest first, whatever was viewed in between', async () => {
  const who = { ...an, by: { kind: 'officer' as const, id: newId<'officer'>() } }
  const rollId = await aRoll(...(await alike(4)).rows)
  for (const place of [1, 2, 3])
    await house.as(who, work => rolls.recordDecision(work, rollId, place, { decision: 'different' }))
  for (const place of [3, 2, 1]) {
    const [last] = await house.as(who, listOwnDeeds)
    assert.equal(last?.place, place)
    await house.as(who, work => rolls.undoDecision(work, rollId, place))
  }
  assert.deepEqual(await house.as(who, listOwnDeeds), [])
  assert.deepEqual(await count(rollId, who, 'left'), [1, 2, 3, 4])
})

test('the pace is that of one sitting; a pause above ten minutes begins a new one', () => {
  const minutes = (...at: number[]) => at.map(one => one * 60_000)
  assert.equal(rowsPerHour(minutes(30, 28, 26, 24)), 30)
  assert.equal(rowsPerHour(minutes(30, 28, 26, 10, 9)), 30)
  assert.equal(rowsPerHour(minutes(30, 29)), undefined)
  assert.equal(rowsPerHour([]), undefined)
})
