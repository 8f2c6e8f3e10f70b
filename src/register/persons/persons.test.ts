import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { anOfficerOf, aPerson, commune, enter, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { toLinkRecord } from '../../linkage/person-record.ts'
import { newId } from '../../platform/ids.ts'
import type { PersonId } from '../person.ts'
import * as register from '../register.ts'

const house = await openHouse({ withUnits: true })

const inHaKhanh = await anOfficerOf(house, commune.haKhanh)
const inHaLong = await anOfficerOf(house, '193')
const inCamPha = await anOfficerOf(house, '195')

const hoa = aPerson({ name: 'Vũ Thị Hoà', sex: 'F', bornOn: '2004-09-02', father_name: 'Vũ Văn Thành' })
const id = await enter(house, hoa)

const names = ({ people }: { people: readonly { fullName: string }[] }) => people.map(({ fullName }) => fullName)

test('an officer sees the people of their unit, and an officer of another district sees nothing', async () => {
  assert.equal((await house.as(inHaKhanh, work => register.getPerson(work, id))).fullName, 'Vũ Thị Hoà')
  assert.equal((await house.as(inHaLong, work => register.getPerson(work, id))).fullName, 'Vũ Thị Hoà')
  await assert.rejects(
    house.as(inCamPha, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )

  const question = { name: 'Vũ Thị Hòa', born: { y: 2004 } }
  assert.deepEqual(names(await house.as(inHaLong, work => register.searchPersons(work, question))), ['Vũ Thị Hoà'])
  assert.deepEqual(names(await house.as(inCamPha, work => register.searchPersons(work, question))), [])
})

test('no table of a person shows a row to an officer of another district, nor to a work without scope', async () => {
  const tables = await house.owner<{ name: string }>(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'register'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid
        and col_description(c.oid, a.attnum) like '%[personal]')`)
  assert.ok(tables.length >= 15)
  for (const standing of [inCamPha, { ...inCamPha, scope: 'none' as const }])
    await house.as(standing, async ({ tx }) => {
      for (const { name } of tables) {
        const { rows } = await sql<{ count: number }>`select count(*) from register.${sql.ref(name)}`.execute(tx)
        assert.equal(rows[0]?.count, 0, name)
      }
    })
})

test('an open case opens exactly one person, and closing it ends the access', async () => {
  const other = await enter(house, aPerson({ name: 'Vũ Thị Hương', sex: 'F' }))
  const [caseId, kind] = [newId<'case'>(), 'session' as const]

  await house.work(work =>
    register.openAccessCase(work, { personId: id, unitId: inCamPha.unitId, kind, caseId, grade: 'whole' }),
  )

  assert.equal((await house.as(inCamPha, work => register.getPerson(work, id))).fullName, 'Vũ Thị Hoà')
  await assert.rejects(
    house.as(inCamPha, work => register.getPerson(work, other)),
    { code: 'person-unknown' },
  )
  await house.as(inHaLong, work => register.closeAccessCase(work, { kind, caseId }))
  await assert.rejects(
    house.as(inCamPha, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )
})

test('a case after its last day opens no person', async () => {
  const caseId = newId<'case'>()
  const over = (
    await house.work(
      async ({ tx }) => (await sql<{ day: string }>`select (current_date - 1)::text as day`.execute(tx)).rows,
    )
  )[0]?.day
  await house.work(work =>
    register.openAccessCase(work, {
      personId: id,
      unitId: inCamPha.unitId,
      kind: 'session',
      caseId,
      grade: 'whole',
      until: over as typeof work.today,
    }),
  )
  await assert.rejects(
    house.as(inCamPha, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )
})

test('an exact number finds any person with minimal fields, and the look-up is recorded', async () => {
  const found = await house.as(inCamPha, work => register.findByNumber(work, hoa.person_number))

  assert.deepEqual([found?.fullName, found?.inScope, found?.cancelled], ['Vũ Thị Hoà', false, false])
  const readers = await house.work(work => register.listReaders(work, id))
  assert.ok(readers.some(({ by_id, fields }) => by_id === inCamPha.by.id && fields === 'number,identity'))
  await assert.rejects(
    house.as(inCamPha, work => register.findByNumber(work, '12345')),
    { code: 'number-not-twelve-digits' },
  )
  assert.equal(await house.as(inCamPha, work => register.findByNumber(work, '001299999999')), undefined)
})

test('a former number finds the person and is reported as cancelled', async () => {
  const person = aPerson({ cancelled_numbers: '022205444444' })
  await enter(house, person)
  const found = await house.as(inHaKhanh, work => register.findByNumber(work, '022205444444'))
  assert.deepEqual([found?.number, found?.cancelled], [person.person_number, true])
})

test('reading a whole person is recorded', async () => {
  await house.as(inHaKhanh, work => register.getPerson(work, id))
  const [last] = await house.work(work => audit.readersOf(work, id, new Date(0)))
  assert.equal(last?.by_id, inHaKhanh.by.id)
  assert.match(last?.fields ?? '', /history/)
})

test('a name is found with any marks and tone placement, exact marks first', async () => {
  await enterAll(house, [
    aPerson({ name: 'Lỷ A Hòa', bornOn: '2007-01-01' }),
    aPerson({ name: 'LỶ A HOA', bornOn: '2007-02-02' }),
    aPerson({ name: 'Lỷ A Hóa', bornOn: '2007-03-03' }),
  ])
  const ask = (name: string) => house.as(inHaLong, work => register.searchPersons(work, { name, born: { y: 2007 } }))

  assert.deepEqual(names(await ask('lỷ a hoà'))[0], 'Lỷ A Hòa')
  assert.deepEqual(names(await ask('lỷ a hóa'))[0], 'Lỷ A Hóa')
  assert.deepEqual(names(await ask('ly a hoa')).sort(), ['LỶ A HOA', 'Lỷ A Hòa', 'Lỷ A Hóa'].sort())
  assert.deepEqual(names(await ask('hoa ly')).length, 3)
  assert.deepEqual(names(await ask('ly a hoan')), [])
})

test('a search for a single given name is refused until a year, a date or a commune is added', async () => {
  const { unitId } = inHaKhanh
  const ask = (question: Omit<register.PersonSearch, 'name'>) =>
    house.as(inHaLong, work => register.searchPersons(work, { name: 'Hoà', ...question }))

  await assert.rejects(ask({}), { code: 'search-too-wide' })
  await assert.rejects(ask({ unitId: inHaLong.unitId }), { code: 'search-too-wide' })
  assert.ok(names(await ask({ born: { y: 2004 } })).includes('Vũ Thị Hoà'))
  assert.ok(names(await ask({ born: { y: 2004, m: 9, d: 2 } })).includes('Vũ Thị Hoà'))
  assert.ok(names(await ask({ unitId })).includes('Vũ Thị Hoà'))
  await assert.rejects(
    house.as(inHaLong, work => register.searchPersons(work, { name: ' . ' })),
    { code: 'search-empty' },
  )
})

test('a whole name is enough for a search within the scope', async () => {
  const ask = (standing: typeof inHaLong) =>
    house.as(standing, work => register.searchPersons(work, { name: 'vu thi hoa' }))
  assert.deepEqual(names(await ask(inHaLong)), ['Vũ Thị Hoà'])
  assert.deepEqual(names(await ask(inCamPha)), [])
})

test('a birth date known in part is found by the whole date', async () => {
  await enter(house, aPerson({ name: 'Chìu Sủi Lìn', birth_date: '1948', sex: 'F', person_number: '022148333333' }))
  const found = await house.as(inHaLong, work =>
    register.searchPersons(work, { name: 'lin', born: { y: 1948, m: 5, d: 6 } }),
  )
  assert.deepEqual(names(found), ['Chìu Sủi Lìn'])
})

test("a commune's people come by given name, a page at a time, none twice", async () => {
  await enterAll(
    house,
    ['Bùi Văn Ân', 'Bùi Văn An', 'Đỗ Thị Ánh', 'Cao Ăn', 'An Văn An'].map(name =>
      aPerson({ name, commune: commune.haPhong }),
    ),
  )
  const inHaPhong = await anOfficerOf(house, commune.haPhong)

  const seen: string[] = []
  let after: PersonId | undefined
  do {
    const page = await house.as(inHaPhong, work =>
      register.listPeopleOfUnit(work, inHaPhong.unitId, { after, limit: 2 }),
    )
    seen.push(...names(page))
    after = page.next
  } while (after)

  assert.deepEqual(seen, ['An Văn An', 'Bùi Văn An', 'Đỗ Thị Ánh', 'Cao Ăn', 'Bùi Văn Ân'])
})

test('linkage gets the candidates of a record in the form that it compares', async () => {
  const mother = aPerson({ name: 'Tằng Nhì Múi', sex: 'F', bornOn: '1981-01-01' })
  const child = aPerson({
    name: 'Chìu A Sáng',
    bornOn: '2008-04-05',
    mother_number: mother.person_number,
    mother_name: 'Tằng Nhì Múi',
    cancelled_numbers: '022208222222',
  })
  await enterAll(house, [mother, child])
  const childId = await idOf(house, child.person_number)
  const asked = {
    byNumber: { number: child.person_number },
    byFormerNumber: { number: '022208222222' },
    bySwappedDate: { name: 'Tài Sáng', birth: { y: 2008, m: 5, d: 4 } },
    byNameAndYear: { name: 'chiu a sang', birth: { y: 2009, m: 1, d: 1 } },
    byWords: { name: 'Sáng Chìu A', birth: { y: 2008 } },
    byBirth: { birth: { y: 2008, m: 4, d: 5 } },
    byMother: { name: 'Ai Đó', birth: { y: 2008, m: 12, d: 12 }, motherName: 'tang nhi mui' },
    byCommune: { name: 'Chìu A Sáng', communes: [inHaKhanh.unitId] },
  }

  const found = await house.work(work =>
    register.findLinkCandidates(
      work,
      Object.entries(asked).map(([key, raw]) => toLinkRecord({ id: key, ...raw })),
    ),
  )

  for (const key of Object.keys(asked))
    assert.ok(
      found.get(key)?.some(record => record.id === childId),
      key,
    )
  const record = found.get('byNumber')?.[0]
  assert.deepEqual(
    [
      record?.name?.marked,
      record?.birth,
      record?.number,
      record?.cancelledNumbers,
      record?.communes,
      record?.districts,
      record?.mother?.birthYear,
    ],
    [
      'chìu a sáng',
      { y: 2008, m: 4, d: 5 },
      child.person_number,
      ['022208222222'],
      [inHaKhanh.unitId],
      [inHaLong.unitId],
      1981,
    ],
  )
  const counts = await house.work(work => register.linkageCounts(work))
  assert.ok((counts.families['chìu'] ?? 0) >= 1 && counts.total > 10)
})

test('a printed sheet of a person is a reading and a deed with its reason, within the scope alone', async () => {
  const sheets = () =>
    house.owner<{ person_id: string; facts: { why: string } }>(
      `select person_id, facts from audit.deed where deed = 'person-sheet.printed'`,
    )
  await assert.rejects(
    house.as(inCamPha, work => register.printSheet(work, id, 'agency')),
    { code: 'person-unknown' },
  )
  assert.deepEqual(await sheets(), [])

  await house.as(inHaKhanh, work => register.printSheet(work, id, 'person-asked'))

  assert.deepEqual(await sheets(), [{ person_id: id, facts: { why: 'person-asked' } }])
  const readings = await house.owner<{ fields: string[] }>(
    `select fields from audit.access a where person_id = $1 and by_id = $2
      and exists (select from audit.deed d where d.work_id = a.batch_id and d.deed = 'person-sheet.printed')`,
    [id, inHaKhanh.by.id],
  )
  assert.equal(readings.length, 1)
})
