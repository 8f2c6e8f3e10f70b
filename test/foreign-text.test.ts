import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as rolls from '../src/rolls/rolls.ts'
import * as units from '../src/units/units.ts'
import { openChecking } from './a-checking-party.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import { openHouse } from './house.ts'
import { watchStretches } from './longest-stretch.ts'
import { handWritten, type Typed } from './rolls/hand-written.ts'

/** What a stranger, or an officer of a school, sends to keep everybody else waiting. */

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const invented = aPerson({ name: 'Nguyễn Văn An', bornOn: '2005-03-15' })
const personId = await enter(house, invented)
await house.owner('insert into parties.sandbox_person (person_id, added_at) values ($1, now())', [personId])
const live = await checking.tokenOf(await checking.aParty())
const stranger = await checking.tokenOf(await checking.aParty({ sandbox: true }))
const question = { person_number: invented.person_number, birth_date: invented.birth_date }

/** Milliseconds that nobody may be kept waiting, at the most. */
const soon = 200

/** Letters before a sign of another script, read in a wrong code page: 55 seconds for 26 letters before. */
const attacks = [
  `${'a'.repeat(26)}Ð¶`,
  `${'a'.repeat(290)}Ð¶`,
  `${'Ã'.repeat(40)}A`,
  'á»á»á» '.repeat(42).trim(),
  `a${'.'.repeat(290)}a`,
]

test('a live party is answered at once while a sandbox client sends names that took a minute to read', async () => {
  await checking.ask(live, { ...question, full_name: 'Nguyễn Văn An' })
  const stretches = watchStretches()
  const attacking = attacks.map(full_name => checking.ask(stranger, { ...question, full_name }))
  const asked = await checking.ask(live, { ...question, full_name: 'Nguyễn Văn An' })
  const answers = await Promise.all(attacking)
  stretches.stop()

  assert.deepEqual([asked.status, asked.body], [200, { matched: true, differs: [] }])
  assert.deepEqual(
    answers.map(({ status }) => status === 200 || status === 400),
    attacks.map(() => true),
  )
  assert.ok(stretches.longest() < soon, `${stretches.longest()} ms`)
})

test('a name longer than any is refused at the door before anything of it is read', async () => {
  const { status } = await checking.ask(stranger, { ...question, full_name: 'Ã'.repeat(301) })
  assert.equal(status, 400)
})

test('a live party is answered at once while a stream of such names comes', async () => {
  const rows = Array.from({ length: 600 }, (_, ref) =>
    JSON.stringify({ ref, ...question, full_name: attacks[ref % attacks.length] }),
  )
  const stretches = watchStretches()
  const streaming = fetch(`${checking.origin}/api/verifications/batch?purpose=verification`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stranger}`, 'content-type': 'application/x-ndjson' },
    body: rows.join('\n'),
  }).then(answer => answer.text())
  const asked = await checking.ask(live, { ...question, full_name: 'Nguyễn Văn An' })
  const lines = (await streaming).trim().split('\n')
  stretches.stop()

  assert.equal(asked.status, 200)
  assert.equal(lines.length, rows.length)
  assert.ok(stretches.longest() < soon, `${stretches.longest()} ms`)
})

await house.work(work =>
  units.importSchools(work, [
    {
      line: 2,
      values: { code: '22001', name: 'Trường THPT Hà Khánh', kind: 'upper-secondary', unit: commune.haKhanh },
    },
  ]),
)
const schoolId = await house.work(async work => (await units.findSchool(work, '22001'))!.id)
const officer = await anOfficerOf(house, commune.haKhanh)
const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Họ tên mẹ', 'Nơi thường trú']
const aRoll = (rows: readonly (readonly Typed[])[]) =>
  handWritten({ name: '12A1', rows: [head, ...rows.map((row, i) => [i + 1, ...row])] })
const send = (content: Buffer) =>
  house.as(officer, work => rolls.sendRoll(work, { name: 'roll.xlsx', content }, { schoolId, schoolYear: '2022-2023' }))

test('everybody else is answered at once while a roll of such names is read and taken in', async () => {
  const content = await aRoll(
    Array.from({ length: 300 }, (_, at) => [
      attacks[at % attacks.length] ?? '',
      '15/03/2005',
      'Nam',
      attacks[(at + 1) % attacks.length] ?? '',
      null,
    ]),
  )
  await send(await aRoll([['Nguyễn Văn An', '15/03/2005', 'Nam', null, null]]))
  const stretches = watchStretches()
  const sending = send(content)
  const asked = await checking.ask(live, { ...question, full_name: 'Nguyễn Văn An' })
  const { roll, preview } = await sending
  await house.as(officer, work => rolls.importDraft(work, roll.id))
  stretches.stop()

  assert.equal(asked.status, 200)
  assert.equal(preview.rows, 300)
  assert.ok(stretches.longest() < soon, `${stretches.longest()} ms`)
})

test('a name longer than any is kept as a defect of its row, and nothing of it is read or cut', async () => {
  const long = `Nguyễn ${'Văn '.repeat(80)}An`
  const { roll, preview } = await send(
    await aRoll([
      [long, '15/03/2005', 'Nam', 'x'.repeat(301), 'y'.repeat(1001)],
      ['Trần Thị Bé', '16/03/2005', 'Nữ', null, null],
    ]),
  )
  assert.deepEqual(
    preview.unreadable.map(({ row, why }) => [row, why]),
    [
      [2, 'too-long'],
      [2, 'too-long'],
      [2, 'too-long'],
    ],
  )
  await house.as(officer, work => rolls.importDraft(work, roll.id))
  await house.work(work => rolls.reconcile(work, roll.id))
  const { rows } = await house.as(officer, work => rolls.listRows(work, roll.id, {}))
  assert.deepEqual(
    rows.map(({ defects }) => defects.includes('text-too-long')),
    [true, false],
  )
  const [kept] = await house.owner<{ given: { name: string; tooLong: string[] } }>(
    'select given from rolls.row where roll_id = $1 and sheet_row = 2',
    [roll.id],
  )
  assert.deepEqual([kept?.given.name, kept?.given.tooLong], [long, ['name', 'mother', 'residence']])
})
