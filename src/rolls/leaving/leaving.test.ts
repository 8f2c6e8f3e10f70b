import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { handWritten, type Typed } from '../../../test/rolls/hand-written.ts'
import { schoolsOf } from '../../../test/rolls/sending.ts'
import { listAllOutOfSchool } from '../../out-of-school/figures-and-lists.ts'
import { Problem } from '../../platform/problem.ts'
import type { Authority } from '../../platform/work.ts'
import * as rolls from '../rolls.ts'
import { listLeavers } from './leaving.ts'

const house = await openHouse({ withUnits: true })
const { school, job, entries } = await schoolsOf(house, [
  ['22001', 'Trường THCS Hà Khánh', 'lower-secondary', commune.haKhanh],
  ['22009', 'Trường Mầm non Hà Khánh', 'preschool', commune.haKhanh],
  ['22010', 'Trường Phổ thông DTNT', 'boarding', commune.haKhanh],
  ['22011', 'Trường Trung cấp nghề', 'vocational', commune.haKhanh],
])
const schoolId = await school('22001')
const ward = await anOfficerOf(house, commune.haKhanh)
const nextWard = await anOfficerOf(house, commune.haPhong)

const stays = aPerson({ name: 'Bế Thị Sương', bornOn: '2009-02-11', sex: 'F' })
const moved = aPerson({ name: 'Giàng A Páo', bornOn: '2010-06-21' })
const quit = aPerson({ name: 'Lò Văn Thắng', bornOn: '2010-08-09' })
const open = aPerson({ name: 'Ma Thị Kíu', bornOn: '2010-11-30', sex: 'F' })
const sibling = aPerson({ name: 'Ninh Ngọc Diệp', bornOn: '2010-05-05', sex: 'F', commune: commune.haPhong })
await enterAll(house, [stays, moved, quit, open, sibling])

const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Lớp', 'Số CCCD', 'Ghi chú']
const lineOf = (
  { full_name, birth_date, person_number }: ReturnType<typeof aPerson>,
  note = '',
  number = true,
): Typed[] => [1, full_name, birth_date.split('-').reverse().join('/'), '8A', number ? person_number : null, note]
const fileOf = async (...lines: Typed[][]) => ({
  name: 'roll.xlsx',
  content: await handWritten({ name: '8A', rows: [head, ...lines] }),
})

async function send(standing: Authority, ...lines: Typed[][]) {
  const file = await fileOf(...lines)
  const { id } = await house.as(standing, work => rolls.importRoll(work, file, { schoolId, schoolYear: '2022-2023' }))
  await job(rolls.reconcileJob, { rollId: id })
  return id
}

const absentOf = async (standing: Authority) => {
  const { people = [] } = await house.as(standing, work =>
    listAllOutOfSchool(work, { schoolYear: '2022-2023', cases: ['absent'] }, 100),
  )
  return Object.fromEntries(people.map(({ name, left }) => [name, left]))
}

test('who left by the words of a roll is no pupil of it, and evidence of who is out of school', async () => {
  const first = await send(ward, lineOf(stays), lineOf(moved), lineOf(quit), lineOf(open))
  assert.equal((await entries(first)).length, 4)
  assert.deepEqual(await absentOf(ward), {})

  const id = await send(
    ward,
    lineOf(stays),
    lineOf(moved, 'Đã chuyển trường 15/2'),
    lineOf(quit, 'bỏ học', false),
    lineOf(open, 'xin chuyển trường'),
    lineOf(sibling, 'thôi học từ 3/2023'),
  )
  assert.deepEqual(
    (await entries(id)).map(({ name, defects }) => [name, defects]),
    [
      [stays.full_name, []],
      [open.full_name, ['status-unclear']],
    ],
    'a doubtful remark is a defect to be asked about, never a decision',
  )
  const { leavers } = await house.as(ward, work => listLeavers(work, id))
  assert.deepEqual(
    leavers.map(({ row, name, status, on }) => [row, name, status, on]),
    [
      [3, moved.full_name, 'transferred', '2023-02-15'],
      [4, quit.full_name, 'dropped-out', undefined],
      [6, sibling.full_name, 'withdrew', '2023-03'],
    ],
  )
  const absent = await absentOf(ward)
  assert.deepEqual(Object.keys(absent).sort(), [moved.full_name, quit.full_name].sort())
  assert.deepEqual(absent[moved.full_name], [
    {
      school: 'Trường THCS Hà Khánh',
      class: '8A',
      status: 'transferred',
      on: '2023-02-15',
      said: 'Đã chuyển trường 15/2',
    },
  ])
  assert.deepEqual(
    absent[quit.full_name]?.map(({ status }) => status),
    ['dropped-out'],
    'by name and birth date',
  )
})

test('another ward learns that a school says its child left, not which school nor in which words', async () => {
  const absent = await absentOf(nextWard)
  assert.deepEqual(absent[sibling.full_name], [{ status: 'withdrew', on: '2023-03', said: '' }])
  const [{ id = '' } = {}] = await house.owner<{ id: string }>('select roll_id as id from rolls.leaver limit 1')
  await assert.rejects(
    house.as(nextWard, work => listLeavers(work, id as rolls.RollId)),
    error => error instanceof Problem && error.code === 'roll-unknown',
  )
})

test('an officer answers a doubtful line, and the answer is what the roll is taken in by', async () => {
  const file = await fileOf(lineOf(stays), lineOf(open, 'xin chuyển trường'), lineOf(quit, 'đã nghỉ'))
  const { roll, preview } = await house.as(ward, work =>
    rolls.sendRoll(work, file, { schoolId, schoolYear: '2022-2023' }),
  )
  assert.deepEqual(
    preview.questions.map(({ row, said }) => [row, said]),
    [[3, 'xin chuyển trường']],
  )
  assert.deepEqual(
    preview.left.map(({ row, status }) => [row, status]),
    [[4, 'dropped-out']],
  )

  const lines = [
    { row: 3, as: 'left' as const },
    { row: 4, as: 'pupil' as const },
  ]
  const changed = await house.as(ward, work => rolls.changeMapping(work, roll.id, [{ sheet: 0, lines }]))
  assert.equal(changed.preview.questionCount, 0)
  await house.as(ward, work => rolls.importDraft(work, roll.id))
  await job(rolls.reconcileJob, { rollId: roll.id })
  assert.deepEqual(
    (await entries(roll.id)).map(({ name, defects }) => [name, defects]),
    [
      [stays.full_name, []],
      [quit.full_name, []],
    ],
  )
  const { leavers } = await house.as(ward, work => listLeavers(work, roll.id))
  assert.deepEqual(
    leavers.map(({ name, status }) => [name, status]),
    [[open.full_name, 'left']],
  )
})

test('a line on leave stays a pupil, and a foreigner is asked neither for a number nor for DC01', async () => {
  const content = await handWritten({
    name: '8A',
    rows: [
      [...head, 'Quốc tịch', 'Hộ chiếu'],
      [...lineOf(stays, 'Bảo lưu kết quả'), 'Việt Nam', null],
      [2, 'KIM MIN JUN', '07/03/2010', '8A', null, '', 'Hàn Quốc', 'M12345678'],
      [3, null, null, '8A', { formula: 'A99', result: { error: '#REF!' } as never }, ''],
    ],
  })
  const { id } = await house.as(ward, work =>
    rolls.importRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear: '2022-2023' }),
  )
  await job(rolls.reconcileJob, { rollId: id })
  assert.deepEqual(
    (await entries(id)).map(({ name, defects }) => [name, defects]),
    [
      [stays.full_name, []],
      ['KIM MIN JUN', ['foreigner']],
      ['', ['cells-broken']],
    ],
  )
})
