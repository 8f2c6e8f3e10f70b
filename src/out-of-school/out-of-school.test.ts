import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { type ALine, schoolsOf } from '../../test/rolls/sending.ts'
import type { Authority } from '../platform/work.ts'
import { countingRights, mayDo } from '../staff/role.ts'
import * as units from '../units/units.ts'
import { homeComparisons, moveKinds, outOfSchoolCases } from './cases.ts'
import {
  countOutOfSchool,
  listOutOfSchool,
  type OutOfSchoolChild,
  type OutOfSchoolFilter,
} from './figures-and-lists.ts'
import { keepChildren, queueChildren, verifyChildren } from './kept-children.ts'
import { exportOutOfSchool, printOutOfSchool } from './out-of-school.ts'

const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THCS Hà Khánh', 'lower-secondary', commune.haKhanh],
  ['22002', 'Trường THCS Hà Phong', 'lower-secondary', commune.haPhong],
  ['22003', 'Trường Tiểu học Hà Khánh', 'primary', commune.haKhanh],
  ['22004', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
])
const [haKhanh, haPhong, quangHanh] = [await school('22001'), await school('22002'), await school('22004')]
const ward = await anOfficerOf(house, commune.haKhanh)
const nextWard = await anOfficerOf(house, commune.haPhong)
const away = await anOfficerOf(house, commune.quangHanh)
const district = await anOfficerOf(house, '193')
const province = await anOfficerOf(house, '22')

// Names that have nothing in common, so that nobody is doubted who is not meant to be.
const named = (name: string, bornOn: string, more: Parameters<typeof aPerson>[0] = {}) =>
  aPerson({ name, bornOn, ...more })
const family = { household_number: 'HK1' }
const here = named('Bế Thị Sương', '2009-02-11', { sex: 'F' })
const next = named('Giàng A Páo', '2010-06-21')
const farOff = named('Lò Văn Thắng', '2006-08-09')
const nowhere = named('Ma Thị Kíu', '2010-11-30', { sex: 'F' })
const small = named('Tằng Dảu Hếnh', '2015-04-02')
const twins = [commune.haKhanh, commune.haKhanh].map(at => named('Chìu Sủi Lìn', '2011-05-05', { commune: at }))
const dead = named('Voòng Cắm Múi', '2011-09-19', { life_status: 'dead' })
const lost = named('Phùn Tài Sáng', '2012-09-19', { life_status: 'missing' })
const stayer = named('Đặng Quế Trân', '2009-12-24', { sex: 'F', residence_kind: 'temporary' })
const guest = named('Hoàng Hữu Nghị', '2009-03-03', { commune: commune.haPhong })
const moved = ['2009-01-02', '2011-01-02'].map((born, i) =>
  named(['Ninh Khắc Đạo', 'Ninh Ngọc Diệp'][i]!, born, { ...family, commune: commune.haKhanh }),
)
const kept = named('Triệu Quang Lộc', '2009-10-10', { household_number: 'HK2' })
const lodger = named('Triệu Mỹ Uyên', '2010-10-10', { household_number: 'HK2', sex: 'F' })
const adult = named('Nông Bằng Giang', '1980-01-01')
const infant = named('Sái Gia Hân', '2020-01-01')
await enterAll(house, [
  here,
  next,
  farOff,
  nowhere,
  small,
  ...twins,
  dead,
  lost,
  stayer,
  guest,
  ...moved,
  kept,
  lodger,
  adult,
  infant,
])

const line = (
  { full_name, birth_date, sex, person_number }: ReturnType<typeof aPerson>,
  more: Partial<ALine> = {},
): ALine => ({
  name: full_name,
  class: '8A',
  born: birth_date.split('-').reverse().join('/'),
  sex: sex === 'M' ? 'Nam' : 'Nữ',
  number: person_number,
  ...more,
})
const toHaPhong = { home: 'Phường Hà Phong, Thành phố Hạ Long, Quảng Ninh' }
const toHaKhanh = { home: 'Phường Hà Khánh, Thành phố Hạ Long, Quảng Ninh' }
/** Nobody can say which of the two is meant. */
const eitherTwin: ALine = { name: 'Chìu Sủi Lìn', class: '6A', born: '05/05/2011', sex: 'Nam' }
const stranger: ALine = { name: 'Quách Tuyết Nhung', class: '8A', born: '03/02/2009', sex: 'Nữ' }
await send(ward, haKhanh, [
  line(here, toHaKhanh),
  line(stayer, toHaKhanh),
  line(guest),
  line(dead),
  ...moved.map(one => line(one, toHaPhong)),
  line(kept, toHaKhanh),
  line(lodger, toHaPhong),
  line(adult),
  eitherTwin,
  stranger,
])
await send(nextWard, haPhong, [line(next)])
await send(away, quangHanh, [line(farOff, { class: '11A' })])
// A list of candidates is no class that anyone sits in.
await send(away, quangHanh, [line(nowhere)], { kind: 'candidates' })

const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).sort()
const ofCase = async (standing: Authority, one: OutOfSchoolChild['case'], more: OutOfSchoolFilter = {}) =>
  (await house.as(standing, work => listOutOfSchool(work, { cases: [one], ...more }))).people
const figuresOf = (standing: Authority, filter: OutOfSchoolFilter = {}) =>
  house.as(standing, work => countOutOfSchool(work, filter))

test('a ward is told who of its children is at a school here, at one elsewhere, and on nobody’s roll', async () => {
  assert.deepEqual(
    names(await ofCase(ward, 'enrolled-here')),
    names(
      [{ name: here.full_name }, { name: stayer.full_name }, ...moved, kept, lodger].map(one => ({
        name: 'full_name' in one ? one.full_name : one.name,
      })),
    ),
  )
  assert.deepEqual(
    names(await ofCase(ward, 'enrolled-elsewhere')),
    names([{ name: next.full_name }, { name: farOff.full_name }]),
  )
  assert.deepEqual(names(await ofCase(ward, 'absent')), names([{ name: nowhere.full_name }, { name: small.full_name }]))
})

test('a school outside the scope is shown as elsewhere; who has it in scope sees its name', async () => {
  const [seenByWard] = (await ofCase(ward, 'enrolled-elsewhere')).filter(({ name }) => name === next.full_name)
  assert.deepEqual([seenByWard!.schools, seenByWard!.elsewhere], [[], true])

  const ofDistrict = await ofCase(district, 'enrolled-here')
  assert.deepEqual(
    ofDistrict.find(({ name }) => name === next.full_name)!.schools.map(({ code }) => code),
    ['22002'],
  )
  assert.deepEqual(
    names(await ofCase(district, 'enrolled-elsewhere')),
    [farOff.full_name],
    'Quang Hanh is another district',
  )
  assert.deepEqual(names(await ofCase(province, 'enrolled-elsewhere')), [])
})

test('a child whom a row in review may mean is told apart from the absent, each of two whom it may mean', async () => {
  const undecided = await ofCase(ward, 'undecided')
  assert.deepEqual(names(undecided), ['Chìu Sủi Lìn', 'Chìu Sủi Lìn'])
  assert.deepEqual(
    undecided.map(({ schools }) => schools.map(({ code }) => code)),
    [['22001'], ['22001']],
  )
})

test('the dead and the missing are left out and counted', async () => {
  const { all } = await figuresOf(ward)
  assert.deepEqual([all.cases.dead, all.cases.missing, all.children], [1, 1, 12])
})

test('pupils here who live elsewhere or are in no register are told besides, and rows that wait', async () => {
  assert.deepEqual(names(await ofCase(ward, 'studies-here-lives-elsewhere')), [guest.full_name])
  // An adult who can be no pupil is told like somebody who is in no register.
  assert.deepEqual(names(await ofCase(ward, 'not-in-register')), [adult.full_name, stranger.name])
  assert.deepEqual(names(await ofCase(ward, 'row-undecided')), [eitherTwin.name])
  assert.deepEqual(names(await ofCase(district, 'studies-here-lives-elsewhere')), [], 'Hà Phong is of the district')
})

test('by permanent residence a child who stays here for a time is another’s to count', async () => {
  assert.equal((await figuresOf(ward)).all.cases['enrolled-here'], 6)
  assert.equal((await figuresOf(ward, { home: 'permanent' })).all.cases['enrolled-here'], 5)
  assert.deepEqual(
    names(await ofCase(ward, 'studies-here-lives-elsewhere', { home: 'permanent' })),
    names([{ name: guest.full_name }, { name: stayer.full_name }]),
  )
})

test('a home on the roll is compared with the register; a whole household has likely moved', async () => {
  const words = new Map(
    (await ofCase(ward, 'enrolled-here')).map(({ name, said, moved: move }) => [name, [said, move]]),
  )
  assert.deepEqual(words.get(here.full_name), ['same', null])
  assert.deepEqual(words.get(stayer.full_name), ['temporary-here', null])
  for (const one of moved) assert.deepEqual(words.get(one.full_name), ['differs', 'household'])
  assert.deepEqual(words.get(lodger.full_name), ['differs', 'child'])
  assert.deepEqual((await figuresOf(ward)).moved, { household: 2, child: 1, unclear: 0 })
  assert.deepEqual(
    names((await house.as(ward, work => listOutOfSchool(work, { moved: 'household' }))).people),
    names(moved.map(({ full_name }) => ({ name: full_name }))),
  )
})

test('schools that have sent no roll are named, and figures that may miss their pupils are marked', async () => {
  const { coverage, byBirthYear, all } = await figuresOf(ward)
  assert.deepEqual(
    coverage.missing.map(({ code }) => code),
    ['22003'],
  )
  const partial = new Map(coverage.stages.map(({ stage, partial: isPartial }) => [stage, isPartial]))
  assert.deepEqual(
    [...partial],
    [
      ['primary', true],
      ['lower-secondary', false],
      ['upper-secondary', true],
    ],
  )
  assert.equal(byBirthYear.find(({ year }) => year === 2015)!.partial, true)
  assert.equal(byBirthYear.find(({ year }) => year === 2010)!.partial, false)
  assert.equal(all.unreported, 1, 'the child of seven; the one of twelve is on no roll though all have come')
  assert.deepEqual(names(await ofCase(ward, 'absent', { unreported: false })), [nowhere.full_name])
})

/** Every figure by SQL of its own over the base tables, with an owner's eyes. */
const own = (unit: string) => `
  with lives as (
    select distinct p.person_id, p.birth_y, p.sex, p.life_status from register.person p
    join register.residence d on d.person_id = p.person_id and d.to_on is null
    where d.unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}')
        and p.birth_y between 2005 and 2016),
  line as (select w.*, s.unit_id from rolls.row w
    join rolls.roll r on r.id = w.roll_id and r.in_force and r.kind = 'pupils' and r.school_year = '2022-2023'
    join units.school_standing s on s.school_id = r.school_id),
  judged as (
    select l.*, exists (select from line
      where person_id = l.person_id and unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}'))
      as is_here,
      exists (select from line where person_id = l.person_id) as is_listed,
      exists (select from line n join rolls.candidate c on c.roll_id = n.roll_id and c.place = n.place
        where n.outcome = 'review' and c.person_id = l.person_id) as is_meant
    from lives l)
  select case when life_status <> 'alive' then life_status when is_here then 'enrolled-here'
    when is_listed then 'enrolled-elsewhere' when is_meant then 'undecided' else 'absent' end as kind,
    birth_y as year, sex, count(*)::integer as n
  from judged group by 1, 2, 3
  union all
  select 'not-in-register', l.birth_y, l.sex, count(*)::integer from line l
  where l.outcome = 'not-found' and l.unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}')
  group by 2, 3
  union all
  select 'row-undecided', l.birth_y, l.sex, count(*)::integer from line l
  where l.outcome = 'review' and l.unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}')
  group by 2, 3
  union all
  select 'studies-here-lives-elsewhere', p.birth_y, p.sex, count(distinct p.person_id)::integer from line l
  join register.person p on p.person_id = l.person_id
    where l.unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}')
      and not exists (select from register.residence d
        where d.person_id = p.person_id and d.to_on is null
          and d.unit_id in (select unit_id from units.lineage where ancestor_id = '${unit}'))
    group by 2, 3`

test('every figure equals a count by SQL and the length of its list: by case, age, sex, commune', async () => {
  for (const standing of [ward, nextWard, away, district, province]) {
    const figures = await figuresOf(standing)
    const counted = await house.owner<{ kind: OutOfSchoolChild['case']; year: number; sex: 'M' | 'F'; n: number }>(
      own(standing.unitId),
    )
    const sum = (of: (row: (typeof counted)[number]) => boolean) =>
      counted.filter(of).reduce((all, { n }) => all + n, 0)
    const { people } = await house.as(standing, work => listOutOfSchool(work, {}, { limit: 1000 }))
    for (const one of outOfSchoolCases) {
      assert.equal(
        figures.all.cases[one],
        sum(({ kind }) => kind === one),
        `${one} of ${figures.of.unit.name}`,
      )
      assert.equal(people.filter(child => child.case === one).length, figures.all.cases[one], one)
      for (const { year, counted: of } of figures.byBirthYear)
        assert.equal(
          of.cases[one],
          sum(row => row.kind === one && row.year === year),
          `${one} born ${year}`,
        )
      for (const { sex, counted: of } of figures.bySex)
        assert.equal(
          of.cases[one],
          sum(row => row.kind === one && row.sex === sex),
        )
    }
  }
})

test('a figure of a part is as long as the list narrowed to the part', async () => {
  const { byBirthYear, bySex, byUnit, said } = await figuresOf(district)
  const length = async (filter: OutOfSchoolFilter) =>
    (await house.as(district, work => listOutOfSchool(work, filter, { limit: 1000 }))).people.length
  const whole = ({ cases }: (typeof byUnit)[number]['counted']) => Object.values(cases).reduce((sum, n) => sum + n, 0)
  for (const { year, counted } of byBirthYear)
    if (year !== null) assert.equal(await length({ born: [year] }), whole(counted), String(year))
  for (const { sex, counted } of bySex) if (sex) assert.equal(await length({ sex }), whole(counted), sex)
  for (const { id, counted } of byUnit) assert.equal(await length({ commune: id }), whole(counted))
  assert.equal(await length({ said: 'differs' }), said.differs)
  assert.equal(
    (await length({ group: 'compulsory' })) + (await length({ group: 'older' })) + (await length({ group: 'other' })),
    await length({}),
  )
})

test('an officer of another ward cannot ask here, and a child that is not theirs is not in their list', async () => {
  await assert.rejects(
    house.as(nextWard, work => listOutOfSchool(work, { unit: ward.unitId })),
    { code: 'out-of-school-unit-outside' },
  )
  const theirs = await house.as(nextWard, work => listOutOfSchool(work, {}))
  assert.deepEqual(names(theirs.people), [guest.full_name, next.full_name].sort())
})

test('who reads a list leaves a trace with each child and the purpose; who reads figures leaves none', async () => {
  const reader = { ...ward, by: { kind: 'officer', id: 'a reader' }, purpose: 'attendance' } as const
  await figuresOf(reader)
  await ofCase(reader, 'absent')
  const read = await house.owner<{ person_id: string }>(
    `select person_id from audit.access where by_id = 'a reader' and purpose = 'attendance'`,
  )
  assert.deepEqual(
    read.map(({ person_id }) => person_id).sort(),
    [await idOf(house, nowhere.person_number), await idOf(house, small.person_number)].sort(),
  )
})

test('a list is read a page at a time, by given name, and exported with a deed', async () => {
  const whole = (await house.as(ward, work => listOutOfSchool(work, {}))).people
  assert.deepEqual(
    whole.map(({ sortKey }) => sortKey),
    whole.map(({ sortKey }) => sortKey).sort(),
  )
  const pages: string[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const page: Awaited<ReturnType<typeof listOutOfSchool>> = await house.as(ward, work =>
      listOutOfSchool(work, {}, { offset: offset ?? 0, limit: 5 }),
    )
    pages.push(...page.people.map(({ id }) => id))
    offset = page.next
  }
  assert.deepEqual(
    pages,
    whole.map(({ id }) => id),
  )

  const { name } = await house.as(ward, work => exportOutOfSchool(work, { cases: ['absent'] }, 'Bùi Thục An', 'vi'))
  assert.equal(name, 'pho-cap-2023-04-20.xlsx')
  const [deed] = await house.owner<{ facts: { rows: number } }>(
    `select facts from audit.deed where deed = 'attendance.exported'`,
  )
  assert.equal(deed!.facts.rows, 2)

  assert.deepEqual(await house.as(ward, work => printOutOfSchool(work, { cases: ['absent'] })), { rows: 2 })
  const [onPaper] = await house.owner<{ facts: { rows: number } }>(
    `select facts from audit.deed where deed = 'list.printed'`,
  )
  assert.equal(onPaper!.facts.rows, 2)
})

test('a child who moved away is counted where they lived on the day that is asked', async () => {
  const mover = named('Lục Thế Vinh', '2010-07-07', { residence_from: '2015-01-01' })
  await enterAll(house, [mover])
  await enterAll(house, [{ ...mover, residence_unit: commune.haPhong, residence_from: '2023-04-10' }])
  const at = async (standing: Authority, day: string) =>
    names(await ofCase(standing, 'absent', { day, commune: ward.unitId, unit: district.unitId }))
  assert.ok(!(await at(district, '2023-04-20')).includes(mover.full_name))
  assert.ok((await at(district, '2023-04-01')).includes(mover.full_name))
})

test('a row that was not found may be a child of the same name, unless an officer refused that child', async () => {
  const shy = named('Khổng Diệu Thiện', '2011-03-14', { sex: 'F' })
  const twiceWrong = named('Tiêu Bá Hoành', '2011-03-14')
  const other = named('Lục Thế Phượng', '2011-08-09')
  await enterAll(house, [shy, twiceWrong, other])
  const roll = await send(nextWard, haPhong, [
    line(next),
    { name: shy.full_name, class: '6B' },
    { name: twiceWrong.full_name, class: '6B', born: '14/03/2009', number: '022209000001' },
    { name: 'Lục Hà Quân', class: '6B', born: '30/11/2009', number: '022209000002' },
  ])
  const undecided = async () =>
    (await ofCase(ward, 'undecided', { born: [2011] })).filter(({ name }) => !name.startsWith('Chìu'))
  const [row] = await house.owner<{ id: string; state: string }>(
    `select id, state from rolls.row where roll_id = $1 and name = $2`,
    [roll, shy.full_name],
  )
  assert.equal(row!.state, 'not-found')
  assert.deepEqual(names(await undecided()), names([{ name: shy.full_name }, { name: twiceWrong.full_name }]))
  assert.equal((await undecided())[0]!.elsewhere, true)

  await house.owner(
    `insert into rolls.refusal (person_id, row_id, school_id, refused_by, refused_at, refused_on)
      values ($1, $2, $3, 'someone', now(), '2023-04-20')`,
    [await idOf(house, shy.person_number), row!.id, haPhong],
  )
  assert.deepEqual(names(await undecided()), [twiceWrong.full_name])
})

test('the people’s committee has figures of its subtree and no list', () => {
  assert.equal(mayDo('peoples-committee', 'rolls.attendance-figures'), true)
  assert.equal(mayDo('peoples-committee', 'rolls.attendance'), false)
  assert.ok(countingRights.includes('rolls.attendance-figures'))
  assert.equal(
    mayDo('education-officer', 'rolls.attendance-figures'),
    false,
    'whose scope holds no resident would read nobody as nobody missing',
  )
})

test('a commune that was merged since counts as what it became', async () => {
  const day = '2025-09-01'
  const today = await anOfficerOf(house, commune.haKhanh)
  const heir = await house.work(async work => (await units.successorsOf(work, today.unitId))[0]!.newId)
  const later = await house.work(work => countOutOfSchool(work, { unit: heir, day, schoolYear: '2022-2023' }))
  const [row] = later.byUnit.filter(({ id }) => id === heir)
  assert.ok(row!.counted.cases.absent >= 2, 'Hà Khánh became this ward with all its children')
  const listed = await house.work(work =>
    listOutOfSchool(work, { unit: heir, day, schoolYear: '2022-2023', cases: ['absent'] }),
  )
  assert.equal(listed.people.length, later.all.cases.absent)
  assert.ok(listed.people.some(({ name }) => name === nowhere.full_name))
})

/** What somebody reads of the children, page by page; of the facts where nothing is kept. */
async function everythingOf(reader: Authority, filter: OutOfSchoolFilter) {
  const figures = await figuresOf(reader, filter)
  const people: OutOfSchoolChild[] = []
  for (let offset: number | null = 0; offset !== null; ) {
    const page: Awaited<ReturnType<typeof listOutOfSchool>> = await house.as(reader, work =>
      listOutOfSchool(work, filter, { offset: offset ?? 0, limit: 5 }),
    )
    people.push(...page.people)
    offset = page.next
  }
  const inOrder = <Row>(rows: readonly Row[]) =>
    rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return { figures: { ...figures, bySex: inOrder(figures.bySex) }, people }
}

test('what is kept of each child says the same as the facts, for any filter and reader', async () => {
  const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const filters = fc.record({
    cases: fc.option(fc.subarray([...outOfSchoolCases], { minLength: 1 }), { nil: undefined }),
    home: optional(['any', 'permanent'] as const),
    commune: optional([ward.unitId, nextWard.unitId]),
    born: fc.option(fc.subarray([2009, 2010, 2011]), { nil: undefined }),
    sex: optional(['M', 'F'] as const),
    group: optional(['compulsory', 'other'] as const),
    said: optional(homeComparisons),
    moved: optional(moveKinds),
    unreported: optional([true, false]),
  })
  const readers = fc.constantFrom(ward, nextWard, away, district, province)
  const some = fc.tuple(filters, readers, fc.nat(2))
  const given = (any: object) =>
    Object.fromEntries(
      // One or two narrowings leave somebody; all of them nobody.
      Object.entries(any).filter(([, value], at) => value !== undefined && at % 3 < 2),
    ) as OutOfSchoolFilter
  const compare = async (runs: number) => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(some, async ([any, reader]) => {
        const filter = given(any)
        const kept = await everythingOf(reader, filter)
        found += kept.people.length
        await house.owner('delete from out_of_school.kept_state')
        const ofFacts = await everythingOf(reader, filter)
        await house.owner(`insert into out_of_school.kept_state values (1, '2022-2023')`)
        assert.deepEqual(kept, ofFacts, JSON.stringify(filter))
      }),
      { numRuns: runs, seed: 5, endOnFailure: true },
    )
    assert.ok(found > 0, 'the filters leave somebody')
  }
  await house.work(work => keepChildren(work))
  await compare(30)

  await send(nextWard, haPhong, [line(next, toHaPhong), line(small), line(moved[0]!, toHaKhanh)])
  await house.work(work => queueChildren(work, haPhong))
  await house.work(work => keepChildren(work))
  assert.deepEqual(await house.work(work => verifyChildren(work)), { differed: 0, totals: 0 })
  await compare(12)
  await house.owner('update out_of_school.kept_child set school_id = null, said = null')
  assert.ok((await house.work(work => verifyChildren(work))).differed > 5, 'the night finds what no deed told')
  await compare(5)
})

test('an officer reads of what is kept their own units and schools alone, and writes none of it', async () => {
  await house.work(work => keepChildren(work))
  const seen = (reader: Authority) =>
    house.as(reader, async ({ tx }) => {
      const { rows } = await sql<{ unit_id: string; school_id: string }>`
        select unit_id, school_id from out_of_school.kept_child`.execute(tx)
      return rows
    })
  const ofWard = await seen(nextWard)
  assert.ok(ofWard.length > 0)
  assert.ok(ofWard.every(({ unit_id, school_id }) => unit_id === nextWard.unitId || school_id === haPhong))
  assert.ok(ofWard.length < (await seen(province)).length)
  const written = await house.as(nextWard, ({ tx }) =>
    sql`update out_of_school.kept_child set is_undecided = true`.execute(tx),
  )
  assert.equal(Number(written.numAffectedRows), 0)
  await assert.rejects(
    house.as(nextWard, ({ tx }) => sql`select * from out_of_school.undecided_pairs('2022-2023')`.execute(tx)),
    /permission denied/,
  )
})
