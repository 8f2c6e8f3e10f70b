import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import { signedInOfficer } from '../../../test/signed-in-officer.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw, ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { openWorkbook } from '../../platform/workbook/read-workbook.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { keepChildren } from '../kept-children.ts'
import { preschoolAges } from '../law.ts'
import { universalLists } from './child.ts'
import { takeSurvey } from './survey.ts'
import { assignChild, concludeChild, countUniversal, listChildren } from './universal.ts'
import { exportUniversal } from './universal-workbook.ts'

/** Children of Hà Khánh and Quảng Hanh (another district); a school of Hà Khánh has sent its roll. */
const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THCS Hà Khánh', 'lower-secondary', commune.haKhanh],
  ['22002', 'Trường Tiểu học Hà Khánh', 'primary', commune.haKhanh],
])
const child = (name: string, bornOn: string, more: Record<string, string> = {}) =>
  aPerson({ name, bornOn, residence_address: 'Tổ 5, Khu 3', ...more })
const [five, nine, tenAtSchool, twelveAway, far] = [
  child('Vi Thị Mai Năm', '2017-05-05', { sex: 'F', ethnicity: 'Tày' }),
  child('Bàn Văn Chín', '2013-02-03', { ethnicity: 'Dao' }),
  child('Hoàng Thị Mười', '2012-04-05', { sex: 'F' }),
  child('Lý Văn Mười Hai', '2010-06-07'),
  child('Nông Văn Xa', '2013-08-09', { commune: commune.quangHanh }),
]
const adults = [aPerson({ name: 'Triệu Thị Già', sex: 'F', bornOn: '1970-01-01' }), aPerson({ bornOn: '1999-01-01' })]
await enterAll(house, [five, nine, tenAtSchool, twelveAway, far, ...adults])
const line = (person: Record<string, string>, inClass: string): ALine => ({
  name: person['full_name'] ?? '',
  born: (person['birth_date'] ?? '').split('-').reverse().join('/'),
  number: person['person_number'] ?? '',
  class: inClass,
})
await send(await anOfficerOf(house, '193'), await school('22001'), [line(tenAtSchool, '6A')])

const officer = (code: string) => signedInOfficer(house, 'education-officer', code, { purpose: 'attendance' })
const [province, district, otherDistrict] = [await officer('22'), await officer('193'), await officer('195')]
const idIn = async (code: string) =>
  (await house.work(work => units.findUnitOn(work, code, work.today)))?.id ?? assert.fail(code)
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const lists = <T>(who: typeof province, verb: (work: Work) => Promise<T>) => who.as('education.lists', verb)

test('preschool is universal for five-year-olds, and since 26 June 2025 from three on', () => {
  const on = (day: string) => ruleOn(preschoolAges, asDay(day), builtInLaw)
  assert.deepEqual(on('2025-06-25'), [5, 5])
  assert.deepEqual(on('2025-06-26'), [3, 5])
})

test('an education officer sees who of the ages is on no roll, by name, age and residence', async () => {
  const { children, total, of } = await lists(district, work => listChildren(work, 'primary', {}))
  assert.deepEqual(
    children.map(one => [one.name, one.age, one.case, one.commune, one.address, one.school ?? '']),
    [
      ['Bàn Văn Chín', 9, 'out-of-school', 'Phường Hà Khánh', 'Tổ 5, Khu 3', ''],
      ['Lý Văn Mười Hai', 12, 'out-of-school', 'Phường Hà Khánh', 'Tổ 5, Khu 3', ''],
      ['Hoàng Thị Mười', 10, 'at-school', 'Phường Hà Khánh', 'Tổ 5, Khu 3', 'Trường THCS Hà Khánh'],
    ],
  )
  assert.deepEqual([total, of.schools, of.reported], [3, 2, 1])
  const preschool = await lists(district, work => listChildren(work, 'preschool', {}))
  assert.deepEqual(
    preschool.children.map(one => [one.name, one.case]),
    [['Vi Thị Mai Năm', 'no-preschool-rolls']],
  )
})

test('each figure is the length of its list, by list, case and age', async () => {
  const { lists: counted } = await lists(province, work => countUniversal(work, {}))
  for (const list of universalLists) {
    const figures = counted.find(one => one.list === list) ?? assert.fail()
    const length = async (filter: Parameters<typeof listChildren>[2]) =>
      (await lists(province, work => listChildren(work, list, filter))).total
    assert.equal(await length({}), figures.all.children)
    for (const one of ['at-school', 'undecided', 'out-of-school', 'no-preschool-rolls'] as const)
      assert.equal(await length({ case: one }), figures.all[one], `${list} ${one}`)
    for (const { age, counted: of } of figures.ages.filter(({ counted: of }) => of.children > 0))
      assert.equal(await length({ age }), of.children, `${list} ${age}`)
  }
})

test('the database shows education the children below the post, nobody by number, and no record', async () => {
  const names = async (who: typeof province) =>
    (await lists(who, work => listChildren(work, 'primary', {}))).children.map(one => one.name)
  assert.equal((await names(province)).length, 4)
  assert.deepEqual(await names(otherDistrict), ['Nông Văn Xa'])
  assert.equal(
    await refused(lists(otherDistrict, async work => listChildren(work, 'primary', { unit: await idIn('193') }))),
    'universal-unit-outside',
  )
  const written = await idIn(commune.haKhanh)
  const past = (who: typeof province, right: string) =>
    who.as(right, async ({ tx }) => {
      const { rows } = await import('kysely').then(({ sql }) =>
        sql`select * from out_of_school.residents(array[${written}]::uuid[], 1900, 2100)`.execute(tx),
      )
      return rows.length
    })
  assert.equal(await past(district, 'education.lists'), 4)
  // Adults are not listed, another district's post shows nothing, nor does the same officer's other work.
  assert.equal(await past(otherDistrict, 'education.lists'), 0)
  assert.equal(await past(district, 'rolls.read'), 0)
  assert.ok(district.may('education.import') && !district.may('register.search') && !district.may('cards.read'))

  const told = JSON.stringify(await lists(district, work => listChildren(work, 'primary', {})))
  for (const person of [nine, tenAtSchool]) assert.ok(!told.includes(person['person_number'] ?? ''))
  const id = await idOf(house, nine['person_number'] ?? '')
  assert.equal(await refused(lists(district, work => register.getSummary(work, id))), 'person-unknown')
})

test('a child is assigned to somebody until a day, and what came of it is kept', async () => {
  const id = await idOf(house, nine['person_number'] ?? '')
  const follow = (who: typeof province, verb: (work: Work) => Promise<void>) =>
    refused(who.as('education.follow', verb))
  const assignedTo = 'Trường Tiểu học Hà Khánh'
  assert.equal(await follow(district, work => concludeChild(work, id, { outcome: 'working' })), 'pursuit-unknown')
  assert.equal(await follow(otherDistrict, work => assignChild(work, id, { assignedTo })), 'universal-child-unknown')
  assert.equal(
    await follow(district, work => assignChild(work, id, { assignedTo, dueOn: '2023-04-19' })),
    'pursuit-day-refused',
  )
  assert.equal(
    await follow(district, work => assignChild(work, id, { assignedTo: 'Ông Ba, 0912 345 678' })),
    'pursuit-number-refused',
  )
  assert.equal(await follow(district, work => assignChild(work, id, { assignedTo })), 'done')
  const pursuit = async () =>
    (await lists(district, work => listChildren(work, 'primary', { age: 9 }))).children[0]?.pursuit
  assert.deepEqual(await pursuit(), { assignedTo, dueOn: '2023-05-04', overdue: false })
  assert.equal(await follow(district, work => concludeChild(work, id, { outcome: 'at-school-elsewhere' })), 'done')
  assert.equal((await pursuit())?.outcome, 'at-school-elsewhere')
})

/** Lines of a survey, as a table gives them. */
async function* survey(...rows: readonly (readonly [name: string, born: string, level: string, ethnicity?: string])[]) {
  for (const [at, [ho_ten, nam_sinh, muc_do, dan_toc = '']] of rows.entries())
    yield { line: at + 2, values: { ho_ten, nam_sinh, muc_do, dan_toc, gioi_tinh: '' } }
}

test('literacy is what a commune’s survey says, and nothing is made up beside it', async () => {
  const literacy = async (who = district) => (await lists(who, work => countUniversal(work, {}))).literacy
  const none = await literacy()
  assert.equal(none.surveyYear, undefined)
  assert.deepEqual(
    none.bands.map(band => [band.from, band.to, band.people, band.surveyed]),
    [
      [15, 25, 1, 0],
      [26, 35, 0, 0],
      [36, 60, 1, 0],
    ],
  )
  const unitId = await idIn(commune.haKhanh)
  const take = (who: typeof province, rows: ReturnType<typeof survey>, at = unitId) =>
    who.as('education.import', work => takeSurvey(work, { unitId: at, year: 2023 }, rows))
  const rows = () =>
    survey(
      ['Triệu Thị Già', '1970', '0', 'Dao'],
      ['Người Không Có', '1980', '1'],
      ['', '1990', '2'],
      ['Ai Đó', 'x', '2'],
    )
  assert.equal(await refused(take(otherDistrict, rows())), 'universal-unit-outside')
  assert.equal(await refused(take(district, rows(), await idIn('193'))), 'survey-not-of-commune')
  const told = await take(district, rows())
  assert.deepEqual([told.lines, told.kept, told.matched], [4, 2, 1])
  assert.deepEqual(told.refused, [
    { line: 4, why: 'name' },
    { line: 5, why: 'born' },
  ])
  const last = (await literacy()).bands.at(-1)
  assert.deepEqual([last?.people, last?.surveyed, last?.illiterate, last?.['level-1']], [1, 2, 1, 1])
  // Sent again it replaces the former; another district sees none of it.
  await take(district, survey(['Triệu Thị Già', '1970', '2']))
  assert.deepEqual((await literacy()).bands.at(-1)?.['level-2'], 1)
  assert.equal((await literacy(otherDistrict)).surveyYear, undefined)
})

test('the workbook has the form by age and the list that adds up to it, and no number', async () => {
  const { content } = await lists(district, work =>
    exportUniversal(work, 'primary', {}, { author: 'Cán Bộ', language: 'vi' }),
  )
  const parts: Buffer[] = []
  for await (const part of content as NodeJS.ReadableStream) parts.push(part as Buffer)
  const book = await openWorkbook(Buffer.concat(parts))
  const texts = async (sheet: number) => {
    const rows: string[][] = []
    for await (const { cells } of book.rows(sheet)) rows.push(cells.map(({ text }) => text))
    return rows
  }
  const form = await texts(0)
  const all = form.find(row => row[0] === 'Tổng số trẻ trong độ tuổi')
  assert.deepEqual(all?.slice(-3), ['2', '1', '3'])
  const list = await texts(1)
  const names = list.filter(row => /^\d+$/.test(row[0] ?? '')).map(row => row[1])
  assert.deepEqual(names, ['Bàn Văn Chín', 'Lý Văn Mười Hai', 'Hoàng Thị Mười'])
  assert.ok(!JSON.stringify([form, list]).includes(nine['person_number'] ?? 'none'))
})

test('what is kept of each child gives education the same figures and lists as the facts', async () => {
  const answers = async (who: typeof province) => {
    const figures = await lists(who, work => countUniversal(work, {}))
    const listed = []
    for (const list of universalLists)
      for (const filter of [{}, { case: 'out-of-school' as const }, { case: 'at-school' as const }, { age: 9 }])
        for (const offset of [0, 1])
          listed.push(await lists(who, work => listChildren(work, list, filter, { offset, limit: 2 })))
    return { figures, listed }
  }
  for (const who of [province, district, otherDistrict]) {
    await house.owner('delete from out_of_school.kept_state')
    const ofFacts = await answers(who)
    await house.work(work => keepChildren(work))
    assert.deepEqual(await answers(who), ofFacts)
    assert.ok(ofFacts.figures.lists.some(({ all }) => all.children > 0))
  }
})
