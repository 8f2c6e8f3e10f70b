import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { type Authority, asSystem, makeOpenWork } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as statistics from '../../statistics/statistics.ts'
import * as units from '../../units/units.ts'
import * as campaign from '../campaign.ts'
import { figureParts } from '../contract.ts'
import { needs } from '../need-codes.ts'

type Search = Parameters<typeof campaign.searchPeopleInNeed>[1]

const day = asDay('2023-04-20')
const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-kept-'))
after(() => rm(folder, { recursive: true }))
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }

// Forty-two people of three communes; every third has a card, every fourth an account; some are on two rolls.
const names = ['An', 'Bình', 'Hương', 'Hoa', 'Khải', 'Tuấn', 'Xuân']
const places = [commune.haKhanh, commune.haPhong, commune.quangHanh]
const people = Array.from({ length: 42 }, (_, i) =>
  aPerson({
    name: `${i % 2 ? 'Nguyễn Thị' : 'Trần Văn'} ${names[i % names.length]}`,
    sex: i % 2 ? 'F' : 'M',
    bornOn: i % 6 === 5 ? '1998-03-01' : i % 7 === 3 ? '2009-04-21' : `200${5 + (i % 3)}-0${(i % 9) + 1}-15`,
    commune: places[i % 3] ?? commune.haKhanh,
    ...(i % 11 === 4 && { residence_kind: 'temporary' }),
  }),
)
await enterAll(house, people)
const asFile = (header: string, lines: readonly string[]) => Readable.from([[header, ...lines].join('\n')])
const takeCards = (lines: readonly string[]) =>
  cards.importCards(house.openWork, maintenance, asFile('person_number,serial,issued_on,expires_on,state', lines), {
    asOf: day,
  })
const takeAccounts = (lines: readonly string[]) =>
  accounts.importAccounts(
    house.openWork,
    maintenance,
    asFile('person_number,level,state,phone,approved_at,activated_at', lines),
    { asOf: day },
  )
await takeCards(
  people.flatMap(({ person_number }, i) =>
    i % 3 === 0 ? [`${person_number},S${i},2021-01-05,${i % 6 ? '2030-03-15' : '2023-04-21'},handed-over`] : [],
  ),
)
await takeAccounts(
  people.flatMap(({ person_number }, i) =>
    i % 4 === 0 ? [`${person_number},${(i % 2) + 1},${i % 8 ? 'approved' : 'activated'},,2023-01-05,`] : [],
  ),
)
await house.work(work =>
  units.importSchools(
    work,
    [
      ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
      ['22002', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
      ['22003', 'Trường THCS Hà Phong', 'lower-secondary', commune.haPhong],
    ].map(([code = '', name = '', kind = '', unit = ''], i) => ({ line: i + 2, values: { code, name, kind, unit } })),
  ),
)

async function sendRoll(schoolCode: string, who: readonly number[], wrongBirth: readonly number[] = []) {
  const lines = who.map(i => {
    const { full_name, birth_date, sex, person_number } = people[i] ?? assert.fail()
    const born = wrongBirth.includes(i) ? '16/03/2005' : birth_date.split('-').reverse().join('/')
    return `${full_name},${born},${sex === 'F' ? 'Nữ' : 'Nam'},${person_number},${i % 2 ? '12A1' : '11B2'}`
  })
  const path = join(folder, `${schoolCode}.csv`)
  await writeFile(path, ['Họ và tên,Ngày sinh,Giới tính,Số CCCD,Lớp', ...lines].join('\n'))
  const asked = { schoolCode, schoolYear: '2022-2023', asOf: day }
  await rolls.importAndReconcile(house.openWork, asSystem('test'), path, asked)
}
const each = (step: number, from = 0) => people.flatMap((_, i) => (i % step === from ? [i] : []))
await sendRoll('22001', each(3), [6, 12])
await sendRoll('22002', each(3, 1))
await sendRoll('22003', [...each(6, 2), 3, 9], [8, 9])

const unitOf = (code: string) => house.work(async work => (await units.findUnitOn(work, code, day))!.id)
const schoolOf = (code: string) => house.work(async work => (await units.findSchool(work, code))!.id)
const schools = [await schoolOf('22001'), await schoolOf('22002'), await schoolOf('22003')]
const province = await unitOf('22')
const readers: readonly Authority[] = [
  { ...(await anOfficerOf(house, '22')), purpose: 'campaign' },
  { ...(await anOfficerOf(house, '193')), purpose: 'campaign' },
  { ...(await anOfficerOf(house, commune.haPhong)), purpose: 'campaign' },
]

/** The figures and all pages of a list, as somebody reads them. */
async function answer(reader: Authority, search: Search, limit: number) {
  const { name: _name, order: _order, descending: _descending, ...filter } = search
  const figures = await house.as(reader, work => campaign.countNeeds(work, filter))
  const inParts = await Promise.all(
    figureParts.map(part => house.as(reader, work => campaign.countNeeds(work, { ...filter, by: [part] }))),
  )
  const [years, schools, classes, communes] = inParts
  assert.deepEqual(
    { ...years, bySchool: schools?.bySchool, byClass: classes?.byClass, byUnit: communes?.byUnit },
    figures,
    'each part alone is as it is among all',
  )
  assert.ok(inParts.every(({ bySchool, byUnit }) => bySchool.length * byUnit.length === 0))
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await house.as(reader, work => campaign.searchPeopleInNeed(work, search, { limit, after }))
    ids.push(
      ...page.people.map(({ id, needs: lacking, school, class: ofClass }) =>
        JSON.stringify([id, lacking, school?.id, ofClass]),
      ),
    )
    after = page.next ?? undefined
  } while (after)
  const chosen = await house.as(reader, work => campaign.chooseEverybody(work, search))
  assert.equal(chosen.length, ids.length, 'everybody of the list is chosen')
  return { figures, ids }
}

type State = { readonly day: string; readonly school_year: string; readonly law: string }
/** The same asked of the facts: nothing is kept for the moment. */
async function answerOfFacts(...asked: Parameters<typeof answer>) {
  const [state] = await house.owner<State>('delete from campaign.kept_state returning day, school_year, law')
  assert.ok(state, 'something is kept')
  try {
    return await answer(...asked)
  } finally {
    await house.owner('insert into campaign.kept_state (id, day, school_year, law) values (1, $1, $2, $3)', [
      state.day,
      state.school_year,
      state.law,
    ])
  }
}

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined })
const searches = fc
  .record({
    basis: fc.constantFrom('school' as const, 'permanent' as const),
    schools: some(schools),
    grades: some([11, 12]),
    classes: some(['12A1', '11B2']),
    born: some([1998, 2005, 2006, 2009]),
    needs: some(needs),
    name: fc.constantFrom(undefined, undefined, 'hương', 'a', 'nguyen thi', 'zz'),
    order: fc.constantFrom('name' as const, 'born' as const, 'school' as const, 'class' as const, 'unit' as const),
    descending: fc.boolean(),
  })
  .map(any => Object.fromEntries(Object.entries(any).filter(([, value]) => value !== undefined)) as Search)

async function assertSameAsFacts(numRuns: number, seed: number) {
  let listed = 0
  const asked = fc.tuple(searches, fc.constantFrom(...readers), fc.constantFrom(2, 5, 200))
  await fc.assert(
    fc.asyncProperty(asked, async ([search, reader, limit]) => {
      const kept = await answer(reader, search, limit)
      listed += kept.ids.length
      assert.deepEqual(kept, await answerOfFacts(reader, search, limit), JSON.stringify(search))
      const { figures, ids } = await answer(reader, { ...search, name: undefined }, 200)
      assert.equal(ids.length, figures.all.inNeed, 'the figure is as long as its list')
    }),
    { numRuns, seed, endOnFailure: true },
  )
  assert.ok(numRuns < 20 || listed > 0, 'the filters leave somebody')
}

const count = () => statistics.recountAllDue(house.openWork)
const differing = () => house.work(async work => campaign.verifyNeeds(work))

test('what is kept of each person says the same as the facts, for any filter, order and reader', async () => {
  await count()
  const [apart] = await house.owner<{ people: number }>(
    'select count(*)::int as people from campaign.kept_need where is_apart',
  )
  assert.ok((apart?.people ?? 0) > 0, 'somebody is on two rolls')
  await assertSameAsFacts(25, 11)
  assert.deepEqual(await differing(), { differed: 0, totals: 0 })
})

test('a figure and its list follow a deed at once, and counting changes neither', async () => {
  await count()
  const ids = await Promise.all(people.map(({ person_number }) => idOf(house, person_number)))
  const held = await house.work(work => cards.cardsOf(work, ids))
  const [one, two] = [...held.values()].flat().filter(({ state }) => state === 'handed-over')
  assert.ok(one && two)
  const reader = readers[0] ?? assert.fail()
  const without = async () =>
    (await house.as(reader, work => campaign.countNeeds(work, { basis: 'permanent' }))).all.needs.card
  const before = await without()
  await house.work(work => cards.blockCard(work, one.id as Id<'card'>, { code: 'lost' }))
  assert.equal(await without(), before + 1, 'before anybody counts')
  await assertSameAsFacts(6, 3)
  await count()
  assert.equal(await without(), before + 1)

  await house.work(work => cards.blockCard(work, two.id as Id<'card'>, { code: 'lost' }))
  await sendRoll('22003', each(6, 2).slice(1), [14])
  await assertSameAsFacts(6, 5)
  await takeCards([`${people[1]?.person_number},S99,2023-04-01,2030-03-15,handed-over`])
  await count()
  await assertSameAsFacts(6, 7)
  assert.deepEqual(await differing(), { differed: 0, totals: 0 })
})

test('random deeds leave what is kept as a count from the facts has it', async () => {
  await count()
  const ids = await Promise.all(people.map(({ person_number }) => idOf(house, person_number)))
  const deeds = fc.array(fc.tuple(fc.constantFrom('card', 'account', 'count', 'roll'), fc.nat(41)), { minLength: 6 })
  let n = 0
  await fc.assert(
    fc.asyncProperty(deeds, async list => {
      for (const [deed, i] of list) {
        n += 1
        const number = people[i]?.person_number
        const held = (await house.work(work => cards.cardsOf(work, [ids[i]!]))).get(ids[i]!) ?? []
        const inHand = held.find(({ state }) => state === 'handed-over')
        if (deed === 'count') await count()
        else if (deed === 'roll') await sendRoll('22003', [i, (i + 7) % 42, (i + 13) % 42], i % 2 ? [i] : [])
        else if (deed === 'account') await takeAccounts([`${number},2,activated,,2023-01-05,2023-01-06`])
        else if (inHand) await house.work(work => cards.blockCard(work, inHand.id as Id<'card'>, { code: 'lost' }))
        else await takeCards([`${number},N${n},2023-04-01,2030-03-15,handed-over`])
      }
      await count()
      assert.deepEqual(await differing(), { differed: 0, totals: 0 })
    }),
    { numRuns: 4, seed: 5, endOnFailure: true },
  )
  await assertSameAsFacts(6, 13)
})

test('what a deed did not tell is found by the night, mended and recorded', async () => {
  await count()
  const changed = await house.owner(
    'update campaign.kept_need set needs = 63 - needs where not is_apart and unit_id is not null returning 1',
  )
  await statistics.verifyCounts(house.openWork)
  const deeds = await house.owner<{ facts: { differed: number } }>(
    `select facts from audit.deed where deed = 'figures.mended' order by id desc limit 1`,
  )
  assert.equal(deeds[0]?.facts.differed, changed.length)
  assert.deepEqual(await differing(), { differed: 0, totals: 0 })
  await assertSameAsFacts(3, 17)
})

test('on a new day everybody is counted anew: who came of age and whose term ended needs a card', async () => {
  await count()
  const nextDay = asDay('2023-04-21')
  const openTomorrow = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => nextDay })
  const reader = readers[0] ?? assert.fail()
  const tomorrow = () => openTomorrow(reader, work => campaign.countNeeds(work, { basis: 'permanent' }))
  const ofFacts = await tomorrow()
  await statistics.recountAllDue(openTomorrow)
  assert.deepEqual(await tomorrow(), ofFacts)
  const today = await house.as(reader, work => campaign.countNeeds(work, { basis: 'permanent' }))
  assert.ok(today.all.needs.card < ofFacts.all.needs.card, 'those born on 21 April 2009')
  assert.ok(today.all.needs['card-renewal'] < ofFacts.all.needs['card-renewal'], 'cards until 21 April 2023')
  assert.equal(today.of.unit.id, province)
})

test('an officer reads what is kept of their own units and schools alone, and writes none of it', async () => {
  await count()
  const reader = { ...(await anOfficerOf(house, commune.haPhong)), purpose: 'campaign' }
  const ownUnit = await unitOf(commune.haPhong)
  const read = <Row>(text: RawBuilder<Row>) => house.as(reader, async ({ tx }) => (await text.execute(tx)).rows)
  type Place = { readonly unit_id: string | null; readonly school_id: string | null }
  for (const table of ['campaign.kept_need', 'campaign.need_count']) {
    const rows = await read(sql<Place>`select unit_id, school_id from ${sql.table(table)}`)
    assert.ok(rows.length > 0, table)
    for (const { unit_id, school_id } of rows) assert.ok(unit_id === ownUnit || school_id === schools[2], table)
  }
  // The case by which a roll opens a pupil from elsewhere is over: the school's officers see them no longer.
  await house.owner(`update campaign.kept_need set seen_until = current_date - 1 where school_id = '${schools[2]}'`)
  const later = await read(sql<Place>`select unit_id, school_id from campaign.kept_need`)
  assert.ok(later.every(({ unit_id }) => unit_id === ownUnit))
  await house.work(work => campaign.verifyNeeds(work))

  await house.work(work => campaign.queueNeedsOf(work, asId<'person'>('00000000-0000-7000-8000-000000000001')))
  assert.deepEqual(await read(sql`select from campaign.need_due`), [])
  const written = await house.as(reader, ({ tx }) => sql`update campaign.kept_need set needs = 0`.execute(tx))
  assert.equal(Number(written.numAffectedRows), 0)
  await assert.rejects(
    house.as(reader, ({ tx }) =>
      sql`insert into campaign.need_count select unit_id, school_id, class, grade, 1900, needs, seen_until, people
        from campaign.need_count limit 1`.execute(tx),
    ),
    /row-level security/,
  )
})
