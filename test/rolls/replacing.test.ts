import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countStaying } from '../../src/rolls/replacing/replacing.ts'
import * as rolls from '../../src/rolls/rolls.ts'
import { anOfficerOf, aPerson, commune, enterAll } from '../builders.ts'
import { openHouse } from '../house.ts'
import { type ALine, asRoll, schoolsOf } from './sending.ts'

const house = await openHouse({ withUnits: true })
const { school, send, entries, job } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22003', 'Trường THPT Thứ Hai', 'upper-secondary', commune.haKhanh],
  ['22004', 'Trường THPT Thứ Ba', 'upper-secondary', commune.haKhanh],
  ['22005', 'Trường THPT Thứ Tư', 'upper-secondary', commune.haKhanh],
])
const here = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const given = ['Cam', 'Đào', 'Lê', 'Mận', 'Quất', 'Sim', 'Táo', 'Vải', 'Xoài', 'Hồng', 'Thanh', 'Yến', 'Lan', 'Cúc']
const people = given.map((name, i) =>
  aPerson({ name: `Tằng Thị ${name}`, bornOn: `2005-0${(i % 9) + 1}-1${i % 9}`, sex: 'F' }),
)
await enterAll(house, people)
const pupil = (i: number): ALine => ({
  name: people[i]!.full_name,
  born: people[i]!.birth_date.split('-').reverse().join('/'),
  sex: 'Nữ',
  number: people[i]!.person_number,
})
const pupils = people.map((_, i) => pupil(i))
const strangers = given.map(
  (name, i): ALine => ({ name: `Lý Lạ ${name}`, born: `0${(i % 9) + 1}/02/2006`, sex: 'Nam' }),
)
const get = (id: rolls.RollId) => house.as(here, work => rolls.getRoll(work, id))
const compare = (id: rolls.RollId) => job(rolls.reconcileJob, { rollId: id })
/** As the door does it: the file is read before the work. */
async function restore(id: rolls.RollId) {
  const task = await house.as(here, work => rolls.taskOfFormerRoll(work, id))
  const reading = await rolls.readSentFile(task)
  const again = await house.as(here, work => rolls.restoreRoll(work, id, { mapping: task.mapping, reading }))
  await compare(again.id)
  return again.id
}

test('pupils stay by their number or by name and birth date, each line once', () => {
  const birth = { y: 2005, m: 2, d: 3 }
  const before = [
    { name: 'Lê A', birth },
    { name: 'Lê A', birth },
    { name: 'Vũ B', number: '022305000001' },
  ]
  assert.equal(countStaying(before, [{ name: 'lê a', birth }]), 1)
  assert.equal(
    countStaying(before, [
      { name: 'LE A', birth },
      { name: 'Lê A', birth },
      { name: 'Lê A', birth },
    ]),
    2,
  )
  assert.equal(countStaying(before, [{ name: 'Vũ Bê', number: '022305000001' }]), 1)
  assert.equal(countStaying(before, [{ name: 'Lê A', birth: { y: 2005 } }]), 0)
})

test('a draft says which roll it would replace, and how many pupils stay, leave and come', async () => {
  const schoolId = await school('22003')
  const first = await send(here, schoolId, pupils.slice(0, 4))
  const content = await asRoll([pupil(0), pupil(1), pupil(5)])
  const { roll, replacement } = await house.as(here, work =>
    rolls.sendRoll(work, { name: 'tháng 5.xlsx', content }, { schoolId, schoolYear: '2022-2023' }),
  )
  assert.deepEqual(
    [replacement?.id, replacement?.rows, replacement?.staying, replacement?.leaving, replacement?.coming],
    [first, 4, 2, 2, 1],
  )
  assert.equal((await get(first)).inForce, true)

  await house.as(here, work => rolls.importDraft(work, roll.id))
  await compare(roll.id)
  const [old, present] = [await get(first), await get(roll.id)]
  assert.deepEqual([old.inForce, old.replacedBy?.id, old.replacedBy?.fileName], [false, roll.id, 'tháng 5.xlsx'])
  assert.deepEqual([present.inForce, present.replaces?.id, present.replaces?.rows], [true, first, 4])
})

test('a roll with other pupils than the one in force waits for its sender, and nothing of it counts', async () => {
  const schoolId = await school('22001')
  const first = await send(here, schoolId, pupils)
  const wrong = await send(here, schoolId, strangers)
  const held = await get(wrong)
  assert.deepEqual(
    [held.state, held.heldFor, held.leavingRows, held.unknownRows, held.inForce],
    ['held', 'unlike', pupils.length, strangers.length, false],
  )
  assert.equal((await get(first)).inForce, true)
  assert.ok((await entries(first)).every(({ state }) => state === 'matched-automatically'))
  for (const verb of [rolls.acceptRoll, rolls.queueReconcileAgain])
    await assert.rejects(
      house.as(here, work => verb(work, wrong)),
      ({ code }: { code: string }) => ['roll-not-held', 'roll-unlike'].includes(code),
    )
  await assert.rejects(
    house.as(elsewhere, work => rolls.confirmRoll(work, wrong)),
    { code: 'roll-unknown' },
  )

  await house.as(here, work => rolls.deleteDraft(work, wrong))
  await assert.rejects(get(wrong), { code: 'roll-unknown' })
  assert.equal((await get(first)).inForce, true)
})

test('a confirmed unlike roll takes effect, and one step goes back to the former one', async () => {
  const schoolId = await school('22001')
  const [first] = (await house.as(here, work => rolls.listRolls(work, { schoolId, inForce: true }))).map(({ id }) => id)
  assert.ok(first)
  const decided = (await entries(first))[3]!
  await house.as(here, work =>
    rolls.recordDecision(work, first, decided.place, { decision: 'same', personId: decided.personId as never }),
  )
  const wrong = await send(here, schoolId, strangers)
  await house.as(here, work => rolls.confirmRoll(work, wrong))
  await assert.rejects(
    house.as(here, work => rolls.confirmRoll(work, wrong)),
    { code: 'roll-not-held' },
  )
  await compare(wrong)
  assert.deepEqual([(await get(wrong)).inForce, (await get(first)).replacedBy?.id], [true, wrong])
  assert.ok((await entries(first)).every(({ state }) => state === 'left-school'))

  await assert.rejects(restore(wrong), { code: 'roll-in-force' })
  const again = await restore(first)
  const now = await entries(again)
  assert.deepEqual(
    now.map(({ id, personId }) => [id, personId]),
    (await entries(first)).map(({ id, personId }) => [id, personId]),
  )
  assert.ok(now.every(({ state }) => state.startsWith('matched')))
  assert.equal(now.find(({ id }) => id === decided.id)?.decision, 'same')
  assert.deepEqual([(await get(again)).inForce, (await get(again)).replaces?.id], [true, wrong])
  assert.ok((await entries(wrong)).every(({ state }) => state === 'left-school'))
})

test('a roll whose rows the register does not know is asked about, though all pupils stay', async () => {
  const schoolId = await school('22004')
  await send(here, schoolId, pupils.slice(0, 5))
  const id = await send(here, schoolId, [...pupils.slice(0, 5), ...strangers])
  assert.deepEqual([(await get(id)).heldFor, (await get(id)).leavingRows], ['unlike', 0])
})

test('a draft was never in force, and a roll whose file is kept no longer says so', async () => {
  const schoolId = await school('22003')
  const content = await asRoll([pupil(2)])
  const { roll } = await house.as(here, work =>
    rolls.sendRoll(work, { name: 'a.xlsx', content }, { schoolId, schoolYear: '2022-2023' }),
  )
  await assert.rejects(restore(roll.id), { code: 'roll-not-replaced' })
  const [former] = (
    await house.as(here, work => rolls.listRolls(work, { schoolId, inForce: false, state: 'reconciled' }))
  ).map(({ id }) => id)
  assert.ok(former)
  await house.owner('delete from rolls.file where roll_id = $1', [former])
  await assert.rejects(restore(former), { code: 'roll-file-gone' })
})

test('a roll in force, one that was replaced and one that waits each count their own rows', async () => {
  await send(here, await school('22005'), [...pupils.slice(0, 6), ...strangers.slice(0, 2)])
  const listed = await house.as(here, work => rolls.listRolls(work, {}))
  const counted = await house.owner<{ roll_id: string; outcome: string; rows: number }>(
    `select roll_id, outcome, count(*)::integer as rows from rolls.row where outcome is not null group by 1, 2`,
  )
  const of = (id: string) => counted.filter(row => row.roll_id === id).map(({ outcome, rows }) => [outcome, rows])
  const [states, inForce] = [new Set(listed.map(one => one.state)), new Set(listed.map(one => one.inForce))]
  assert.ok(states.size > 1 && inForce.size === 2, `only ${[...states]} here`)
  for (const { id, counts } of listed)
    assert.deepEqual(
      Object.fromEntries(Object.entries(counts).filter(([, rows]) => rows > 0)),
      Object.fromEntries(of(id)),
    )
})
