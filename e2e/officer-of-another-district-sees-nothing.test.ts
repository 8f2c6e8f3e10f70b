import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { needFigures, needList } from '../src/campaign/contract.ts'
import { announceCorrection, confirmRegister, countFollowUps, listFollowUps } from '../src/follow-ups/contract.ts'
import { listPeople, lookUpPerson, searchPersons, showPerson } from '../src/register/contract.ts'
import {
  approveCorrection,
  listCorrections,
  proposeCorrection,
  showCorrection,
} from '../src/register/corrections/contract.ts'
import { downloadReview, listRolls, listRows, printReview, showRoll } from '../src/rolls/contract.ts'
import { nextReview } from '../src/rolls/review/contract.ts'
import { listSchools } from '../src/units/contract.ts'
import { ask, askIfAllowed, refusal } from './api-call.ts'
import { assertAccessible, desktop, openBrowser, shot } from './browser.ts'
import { textOf } from './page-text.ts'
import { pupilsOf, type Resident } from './people.ts'
import { serveHouse } from './served-house.ts'

const house = await serveHouse()
const browser = await openBrowser()
after(() => browser.close().finally(house.stop))

const [ours, other] = [await browser.newPage(desktop), await browser.newPage(desktop)]

const unitId = house.signIns.find(({ login }) => login === 'huyen')!.unitId
const form = { code: 'DC02', version: 'TT 59/2021/TT-BCA' }

await house.signIn(ours, 'huyen')
await house.signIn(other, 'huyenkhac')

/**
 * Someone of Hạ Long; a school of theirs with its roll; a correction that waits. Nobody of it has to do with the other
 * district.
 */
const otherUnitId = house.signIns.find(({ login }) => login === 'huyenkhac')!.unitId
const atTheirSchools = new Set<string>()
for (const { id } of (await ask(other, listRolls, { query: {} })).rolls)
  for (const { personId } of (await ask(other, listRows, { params: { id }, query: { limit: 500 } })).rows)
    if (personId) atTheirSchools.add(personId)
const person: Resident = (await pupilsOf(ours, unitId)).find(({ id }) => !atTheirSchools.has(id))!
const roll = (await ask(ours, listRolls, { query: {} })).rolls[0]!
const correction = await ask(ours, proposeCorrection, {
  params: { id: person.id },
  body: {
    form,
    evidence: { kind: 'birth-certificate', number: '118', issuer: 'UBND phường Hồng Hà' },
    values: { hometown: 'Hoành Bồ, Quảng Ninh' },
  },
})

/** The console says in a designed refusal that there is no such thing, and shows nothing of it. */
async function isRefused(place: string, code: string, picture: string) {
  await other.goto(`${house.origin}/console${place}`)
  await other.getByText(code).waitFor()
  await shot(other, picture)
  const text = await textOf(other.locator('body'))
  assert.doesNotMatch(text, new RegExp(`${person.name}|${person.number}|${roll.school.name}`))
  await assertAccessible(other)
}

test('a search by the whole name finds nobody, and says what else to try', async () => {
  await other.goto(`${house.origin}/console/dan-cu`)
  await other.getByLabel('Họ và tên').fill(person.name)
  await other.getByLabel('Ngày sinh').fill(person.born.split('-').reverse().join('/'))
  await other.getByRole('button', { name: 'Tìm tên' }).click()
  await other.getByText('Không có ai tên như vậy trong phạm vi anh/chị được xem').waitFor()
  await shot(other, '1-search')
  assert.deepEqual(await ask(other, searchPersons, { body: { name: person.name, born: person.born } }), {
    people: [],
    more: false,
  })
  assert.equal(
    (await ask(ours, searchPersons, { body: { name: person.name, born: person.born } })).people[0]?.id,
    person.id,
  )
})

test('a look-up by number shows what papers are compared by and the unit, and opens no record', async () => {
  await other.goto(`${house.origin}/console/dan-cu`)
  await other.getByRole('textbox', { name: 'Tra theo số định danh' }).fill(person.number)
  await other.getByRole('button', { name: 'Tra số' }).click()
  await other.getByText(/^Người này thường trú ở/).waitFor()
  await shot(other, '2-look-up')
  assert.deepEqual(await other.locator('.looked th').allTextContents(), [
    'Họ và tên',
    'Ngày sinh',
    'Giới tính',
    'Số định danh',
    'Thường trú',
    'Trạng thái',
  ])
  assert.equal(await other.getByRole('link', { name: 'Mở hồ sơ' }).count(), 0)

  const { inScope, person: seen } = await ask(other, lookUpPerson, { body: { number: person.number } })
  assert.equal(inScope, false)
  const minimal = ['birthDate', 'fullName', 'id', 'lifeStatus', 'number', 'permanentUnit', 'sex']
  assert.deepEqual(Object.keys(seen).sort(), minimal)
})

test('the record, its correction form and the correction itself are refused by a sentence', async () => {
  await isRefused(`/dan-cu/nguoi/${person.id}`, 'person-unknown', '3-person')
  await isRefused(`/dan-cu/nguoi/${person.id}/dinh-chinh`, 'person-unknown', '4-correct')
  await isRefused(`/dan-cu/dinh-chinh/${correction.id}`, 'correction-unknown', '5-correction')
  assert.equal((await refusal(other, showPerson, { params: { id: person.id } })).code, 'person-unknown')
  assert.equal((await refusal(other, showCorrection, { params: { id: correction.id } })).code, 'correction-unknown')
  assert.equal((await refusal(other, approveCorrection, { params: { id: correction.id } })).code, 'correction-unknown')
  for (const which of ['to-decide', 'proposed-here'] as const)
    assert.deepEqual((await ask(other, listCorrections, { query: { which } })).corrections, [])
})

test('the roll of the school is refused: page, rows, review, workbook and paper', async () => {
  await isRefused(`/ra-soat/${roll.id}`, 'roll-unknown', '6-roll')
  const params = { id: roll.id }
  for (const door of [showRoll, downloadReview])
    assert.equal((await refusal(other, door, { params })).code, 'roll-unknown')
  for (const door of [listRows, nextReview, printReview])
    assert.equal((await refusal(other, door, { params, query: {} })).code, 'roll-unknown')
  assert.ok((await ask(other, listRolls, { query: {} })).rolls.every(({ school }) => school.id !== roll.school.id))
})

test('follow-ups of the school are not listed, not counted and not answered', async () => {
  const query = { kind: 'roll-defect' as const, sourceId: roll.id }
  const [followUp] = (await ask(ours, listFollowUps, { query })).followUps
  assert.ok(followUp)
  assert.deepEqual((await ask(other, listFollowUps, { query })).followUps, [])
  assert.deepEqual((await ask(other, countFollowUps, { query })).counts, [])
  const answers = [announceCorrection, confirmRegister] as const
  for (const door of answers)
    assert.equal((await refusal(other, door, { params: { id: followUp.id } })).code, 'follow-up-unknown')
  const stuck = (await ask(other, listFollowUps, { query: { kind: 'gap' } })).stuck
  assert.ok(stuck.every(({ unit }) => unit.id !== unitId))
})

test('lists and figures stay within the officer’s district, whatever unit or school is requested', async () => {
  for (const query of [
    { unit: unitId },
    { schools: [roll.school.id] },
    { unit: unitId, basis: 'permanent' as const },
  ]) {
    const place = new URLSearchParams({
      ...(query.unit && { donvi: query.unit }),
      ...(query.schools && { truong: query.schools[0] }),
    })
    await other.goto(`${house.origin}/console/danh-sach?${place}`)
    await other.locator('#page .state h2').waitFor()
    assert.doesNotMatch(await textOf(other.locator('body')), new RegExp(`${person.name}|${roll.school.name}`))
    await assertAccessible(other)
  }
  await shot(other, '7-list')
  const own = await ask(other, needList, { query: { limit: 1000 } })
  assert.equal(own.of.unit.id, otherUnitId)
  assert.ok(own.people.every(({ id }) => id !== person.id))
  assert.deepEqual((await ask(other, needList, { query: { schools: [roll.school.id] } })).people, [])
  for (const basis of ['school', 'permanent', 'temporary', 'current'] as const) {
    const query = { unit: unitId, basis }
    assert.deepEqual((await askIfAllowed(other, needList, { query }))?.people ?? [], [], basis)
    const figures = await askIfAllowed(other, needFigures, { query })
    assert.deepEqual([figures?.all.people ?? 0, figures?.bySchool ?? [], figures?.byUnit ?? []], [0, [], []], basis)
  }
})

test('people and schools of the district are not listed', async () => {
  const commune = house.signIns.find(({ login }) => login === 'phuong')!.unitId
  assert.ok((await ask(ours, listPeople, { params: { id: commune }, query: {} })).people.length > 0)
  assert.deepEqual((await ask(other, listPeople, { params: { id: commune }, query: {} })).people, [])
  await other.goto(`${house.origin}/console/ra-soat`)
  await other.getByLabel('Trường', { exact: true }).waitFor()
  const offered = await other.getByLabel('Trường', { exact: true }).locator('option').allTextContents()
  const { schools } = await ask(ours, listSchools, { params: { id: unitId }, query: {} })
  assert.deepEqual(
    schools.filter(({ name }) => offered.includes(name)),
    [],
  )
})
