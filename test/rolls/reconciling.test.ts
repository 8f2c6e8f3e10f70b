import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asId } from '../../src/platform/ids.ts'
import { readTable } from '../../src/platform/workbook/table.ts'
import * as register from '../../src/register/register.ts'
import { jobs } from '../../src/rolls/jobs.ts'
import type { RollDefect } from '../../src/rolls/roll.ts'
import * as rolls from '../../src/rolls/rolls.ts'
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
      ['22003', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
    ].map(([code = '', name = '', kind = '', unit = ''], i) => ({ line: i + 2, values: { code, name, kind, unit } })),
  ),
)
const schoolYear = '2022-2023'
const schoolOf = (code: string) => house.work(async work => (await units.findSchool(work, code))!.id)
const [haKhanh, quangHanh, haPhong] = [await schoolOf('22001'), await schoolOf('22002'), await schoolOf('22003')]
const here = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const parents = { father_name: 'Hoàng Gia Bách', mother_name: 'Vũ Thị Lành', household_number: 'H1' }
const khanh = aPerson({ name: 'Hoàng Gia Khánh', bornOn: '2005-07-03', ...parents })
const huy = aPerson({ name: 'Hoàng Gia Huy', bornOn: '2008-04-11', ...parents })
const lin = aPerson({ name: 'Chìu Sủi Lìn', bornOn: '2005-12-01', sex: 'F', cancelled_numbers: '022305999001' })
const hoa = aPerson({ name: 'Vũ Thị Hoà', bornOn: '2005-09-02', sex: 'F' })
const namesake = aPerson({ name: 'Trần Văn Nam', bornOn: '2005-05-05' })
const twin = aPerson({ name: 'Trần Văn Nam', bornOn: '2005-05-05', commune: commune.haPhong })
const dead = aPerson({ name: 'Lê Quang Mất', bornOn: '2005-02-02', life_status: 'dead' })
const odd = aPerson({ name: 'Đỗ Văn Lạ', bornOn: '2005-08-08', person_number: '022305888001' })
const half = aPerson({ name: 'Mạ Thị Xa', bornOn: '2006', sex: 'F' })
await enterAll(house, [khanh, huy, lin, hoa, namesake, twin, dead, odd, half])

const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Nơi thường trú', 'Họ tên mẹ']
const live = 'Tổ 3, phường Hà Khánh, thành phố Hạ Long, Quảng Ninh'
const aRoll = (...rows: readonly (readonly Typed[])[]) =>
  handWritten({ name: '12A1', rows: [head, ...rows.map((row, i) => [i + 1, ...row])] })

const runJobs = jobs(house.openWork)
const progress = { attempt: 1, log: console as never }

/** Sends a roll as an officer does, and lets the house compare it. */
async function sent(content: Buffer, schoolId = haKhanh, standing = here): Promise<rolls.RollId> {
  const { id } = await house.as(standing, work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear }),
  )
  await runJobs[rolls.reconcileJob]?.({ rollId: id }, progress)
  return id
}

const told = async (id: rolls.RollId) =>
  (await house.work(work => rolls.describeReconciledRoll(work, id))).rows.map(
    ({ row, outcome, person_number, defects }) => ({
      row,
      outcome,
      number: person_number,
      defects,
    }),
  )

const isA = (row: { defects: readonly RollDefect[] } | undefined, ...defects: RollDefect[]) =>
  assert.deepEqual(row?.defects, defects)

test('each row reports its defects, also where the pupil is found', async () => {
  const almostHers = hoa.person_number.replace(/.$/, digit => String((Number(digit) + 1) % 10))
  const id = await sent(
    await aRoll(
      ['Hoàng Gia Khanh', '03/07/2005', 'Nam', huy.person_number, live, 'Vũ Thị Lành'],
      ['chìu sủi lìn', '12/01/2005', 'Nam', '022305999001', live, null],
      ['Vũ Thị Hòa', '2005', 'Nữ', Number(hoa.person_number), 'Phường Hà Phong, Hạ Long, Quảng Ninh', null],
      ['Lê Quang Mất', '02/02/2005', 'Nam', dead.person_number, live, null],
      ['Đỗ Văn Lạ', '08/08/2005', 'Nam', odd.person_number, live, null],
      ['Vũ Thị Hoà', '02/09/2005', 'Nữ', almostHers, live, null],
      ['Nịnh Thị Không Ai', '06/06/2005', 'Nữ', '22305', live, null],
      ['Mạ Thị Xa', '2006', 'Nữ', half.person_number, live, null],
    ),
  )
  const rows = await told(id)

  assert.equal(rows[0]?.outcome, 'review')
  isA(rows[1], 'number-cancelled', 'birth-day-month-swapped', 'sex-differs')
  isA(rows[2], 'number-lost-zero', 'birth-date-partial', 'residence-differs', 'duplicate-in-roll')
  isA(rows[3], 'deceased')
  isA(rows[4], 'number-contradicts-record')
  assert.equal(rows[5]?.outcome, 'duplicate')
  isA(rows[5], 'number-differs', 'duplicate-in-roll')
  assert.equal(rows[6]?.outcome, 'not-found')
  isA(rows[6], 'number-malformed', 'not-in-register')
  isA(rows[7], 'birth-date-partial')
})

test("a sibling's number is named before any weighing, and again once the row is decided", async () => {
  const id = await sent(await aRoll(['Hoàng Gia Khanh', '03/07/2005', 'Nam', huy.person_number, live, 'Vũ Thị Lành']))

  const review = await house.as(here, work => rolls.getRowForReview(work, id, 1))
  assert.deepEqual(review.hints[0]?.vi, 'Số trường ghi là của Hoàng Gia Huy, sinh 2008, em ruột.')
  assert.deepEqual(
    review.candidates[0]?.fields.map(({ field, agreement }) => [field, agreement]),
    [
      ['name', 'marks-differ'],
      ['birth', 'agrees'],
      ['number', 'of-another'],
      ['sex', 'agrees'],
      ['residence', 'agrees'],
      ['mother', 'agrees'],
    ],
  )
  assert.deepEqual(review.candidates[0]?.fields[0]?.rollMarks, [[12, 13]])

  const { row } = await house.as(here, work =>
    rolls.recordDecision(work, id, 1, {
      decision: 'same',
      personId: review.candidates[0]?.personId ?? assert.fail('no candidate'),
    }),
  )
  isA(row, 'number-of-another-person', 'name-marks-differ')
})

test('an officer decides between two people of one name and birth date, and can undo it', async () => {
  const id = await sent(await aRoll(['Trần Văn Nam', '05/05/2005', 'Nam', null, null, null]))
  const [row] = await told(id)
  assert.equal(row?.outcome, 'review')

  const review = await house.as(here, work => rolls.claimNextForReview(work, id))
  assert.equal(review?.candidates.length, 2)
  assert.deepEqual(
    review?.candidates[0]?.fields.slice(0, 2).map(({ agreement }) => agreement),
    ['agrees', 'agrees'],
  )

  const personId = await idOf(house, twin.person_number)
  const decided = await house.as(here, work => rolls.recordDecision(work, id, 1, { decision: 'same', personId }))
  assert.equal(decided.row.outcome, 'matched')
  assert.deepEqual(decided.counts, { matched: 1, review: 0, 'not-found': 0, duplicate: 0 })
  assert.equal((await told(id))[0]?.number, twin.person_number)

  const undone = await house.as(here, work => rolls.undoDecision(work, id, 1))
  assert.equal(undone.row.outcome, 'review')
  assert.equal((await house.as(here, work => rolls.claimNextForReview(work, id)))?.candidates.length, 2)

  const other = await house.as(here, work => rolls.recordDecision(work, id, 1, { decision: 'different' }))
  assert.equal(other.row.outcome, 'not-found')
  isA(other.row, 'number-missing', 'not-in-register')
})

test('nobody can be chosen who is not among the candidates', async () => {
  const id = await sent(await aRoll(['Trần Văn Nam', '05/05/2005', 'Nam', null, null, null]))
  const personId = await idOf(house, dead.person_number)
  await assert.rejects(
    house.as(here, work => rolls.recordDecision(work, id, 1, { decision: 'same', personId })),
    { code: 'candidate-unknown' },
  )
})

test('a roll sent again replaces the first, and decisions on its rows stay', async () => {
  const line = ['Trần Văn Nam', '05/05/2005', 'Nam', null, live, null] as const
  const first = await sent(await aRoll(line), haPhong, await anOfficerOf(house, commune.haPhong))
  const personId = await idOf(house, namesake.person_number)
  await house.work(work => rolls.recordDecision(work, first, 1, { decision: 'same', personId }))

  const second = await sent(
    await aRoll(['Vũ Thị Hoà', '02/09/2005', 'Nữ', hoa.person_number, live, null], line),
    haPhong,
    await anOfficerOf(house, commune.haPhong),
  )

  assert.deepEqual(
    (await told(second)).map(({ number }) => number),
    [hoa.person_number, namesake.person_number],
  )
  const both = await house.work(work => rolls.listRolls(work, { schoolId: haPhong }))
  assert.deepEqual(
    both.map(({ id, inForce }) => [id, inForce]),
    [
      [second, true],
      [first, false],
    ],
  )
})

test('a pupil on the rolls of two schools is reported to both, until one is corrected', async () => {
  const row = ['Lê Quang Mất', '02/02/2005', 'Nam', dead.person_number, live, null] as const
  const ours = await sent(await aRoll(row))
  const theirs = await sent(await aRoll(row), quangHanh, elsewhere)
  for (const id of [ours, theirs]) isA((await told(id))[0], 'deceased', 'duplicate-across-schools')

  await sent(await aRoll(['Đỗ Văn Lạ', '08/08/2005', 'Nam', odd.person_number, live, null]), quangHanh, elsewhere)
  isA((await told(ours))[0], 'deceased')
})

test('another district’s officer cannot see the roll; a pupil from elsewhere is seen through it', async () => {
  const id = await sent(await aRoll(['Trần Văn Nam', '05/05/2005', 'Nam', twin.person_number, live, null]))

  await assert.rejects(
    house.as(elsewhere, work => rolls.getRoll(work, id)),
    { code: 'roll-unknown' },
  )
  await assert.rejects(
    house.as(elsewhere, work => rolls.listRows(work, id, {})),
    { code: 'roll-unknown' },
  )
  await assert.rejects(
    house.as(elsewhere, work =>
      rolls.sendRoll(work, { name: 'x.xlsx', content: Buffer.from('x') }, { schoolId: haKhanh, schoolYear }),
    ),
    { code: 'school-outside-scope' },
  )

  const { candidates } = await house.as(here, work => rolls.getRowForReview(work, id, 1))
  assert.equal(candidates[0]?.fields[0]?.register, 'Trần Văn Nam')
})

test('a draft can be read again with other settings, and counts only once accepted', async () => {
  const content = await handWritten({
    name: 'A',
    rows: [
      ['a', 'b'],
      ['Vũ Thị Hoà', '02/09/2005'],
    ],
  })
  const { roll, preview } = await house.as(here, work =>
    rolls.sendRoll(work, { name: 'roll.xlsx', content }, { schoolId: haKhanh, schoolYear }),
  )
  assert.equal(preview.rows, 0)
  await assert.rejects(
    house.as(here, work => rolls.importDraft(work, roll.id)),
    { code: 'roll-without-pupils' },
  )

  const columns = [
    { column: 1, field: 'name' },
    { column: 2, field: 'birth' },
  ] as const
  const again = await house.as(here, work => rolls.changeMapping(work, roll.id, [{ sheet: 0, headerRow: 1, columns }]))
  assert.deepEqual(
    again.preview.sheets[0]?.first.map(({ name, birthDate }) => [name, birthDate]),
    [['Vũ Thị Hoà', '2005-09-02']],
  )

  await house.as(here, work => rolls.deleteDraft(work, roll.id))
  await assert.rejects(
    house.as(here, work => rolls.getRoll(work, roll.id)),
    { code: 'roll-unknown' },
  )
})

test('the returned workbook names row and correction, runs no formula, and shows nobody else', async () => {
  const id = await sent(
    await aRoll(
      ['=HYPERLINK("http://x")', '09/09/2005', 'Nam', null, null, null],
      ['Hoàng Gia Khánh', '07/03/2005', 'Nam', huy.person_number, live, 'Vũ Thị Lành'],
    ),
  )
  const table = await readTable(await house.as(here, work => rolls.feedbackWorkbook(work, id)), 'x.xlsx')
  const cells: { text: string; formula?: true }[] = []
  for await (const row of table.rows(0)) cells.push(...row.cells)
  const text = cells.map(cell => cell.text).join('\n')

  assert.ok(cells.every(({ formula }) => !formula))
  assert.match(text, /Hoàng Gia Khánh/)
  assert.match(text, /không phải của học sinh/)
  assert.match(text, /Ngày sinh không khớp giấy tờ/)
  assert.doesNotMatch(text, /03\/07\/2005/)
  assert.doesNotMatch(text, /Huy|999001/)
  assert.ok(!text.includes(huy.person_number) && !text.includes(khanh.person_number))
})

test('counts equal lists', async () => {
  const id = await sent(
    await aRoll(
      ['Vũ Thị Hoà', '02/09/2005', 'Nữ', null, live, null],
      ['Đỗ Văn Lạ', '08/08/2005', 'Nữ', odd.person_number, live, null],
      ['Bàn A Lạ', '01/01/2005', 'Nam', null, null, null],
    ),
  )
  await house.as(here, async work => {
    for (const { defect, count } of (await rolls.listDefectCounts(work, id)).defects)
      assert.equal((await rolls.listRows(work, id, { defect })).total, count, defect)
    const { counts, rows } = await rolls.getRoll(work, id)
    assert.equal(counts.matched + counts.review + counts['not-found'] + counts.duplicate, rows)
    assert.equal((await rolls.listRows(work, id, { outcome: 'matched' })).total, counts.matched)
  })
})

test('a child who was not in the register is found when the roll is compared again', async () => {
  const newcomer = aPerson({ name: 'Voòng A Mới', bornOn: '2006-10-23' })
  const id = await sent(await aRoll(['Voòng A Mới', '23/10/2006', 'Nam', newcomer.person_number, live, null]))
  assert.equal((await told(id))[0]?.outcome, 'not-found')

  await enterAll(house, [newcomer])
  await house.work(work => rolls.reconcile(work, id))
  assert.deepEqual((await told(id))[0], { row: 2, outcome: 'matched', number: newcomer.person_number, defects: [] })
})

const far = aPerson({ name: 'Bàn Thị Xuyến', bornOn: '2006-11-28', sex: 'F', commune: commune.haPhong })
const [near, like] = ['', commune.haPhong].map(home =>
  aPerson({ name: 'Tằng Văn Lâm', bornOn: '2006-10-23', ...(home && { commune: home }) }),
)
const theirs = [far, near, like].filter(one => one !== undefined)

for (const [whom, line] of [
  ['a pupil whom the machine found', ['Bàn Thị Xuyến', '28/11/2006', 'Nữ', far.person_number, live, null]],
  ['those who may be the pupil', ['Tằng Văn Lâm', '23/10/2006', 'Nam', null, null, null]],
] as const)
  test(`an undone decision opens ${whom} again, and nobody else`, async () => {
    await enterAll(house, theirs)
    const id = await sent(await aRoll(line))
    const { row } = await house.as(here, work => rolls.getRowForReview(work, id, 1))
    const opened = async () =>
      (await house.as(here, work => register.accessOpeningsOf(work, row.id)))
        .map(one => `${one.kind} ${one.personId}`)
        .sort()
    const before = await opened()
    assert.ok(before.length > 0)

    await house.as(here, work => rolls.recordDecision(work, id, 1, { decision: 'different' }))
    assert.deepEqual(await opened(), [])
    await house.as(here, work => rolls.undoDecision(work, id, 1))
    assert.deepEqual(await opened(), before)

    const personId = row.personId ?? asId<'person'>(before[0]?.split(' ')[1] ?? '')
    await house.as(here, work => rolls.recordDecision(work, id, 1, { decision: 'same', personId }))
    await house.as(here, work => rolls.undoDecision(work, id, 1))
    assert.deepEqual(await opened(), before)
  })
