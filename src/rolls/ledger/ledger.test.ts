import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import * as campaign from '../../campaign/campaign.ts'
import type { Id } from '../../platform/ids.ts'
import type { Authority } from '../../platform/work.ts'
import * as rolls from '../rolls.ts'
import { type LedgerList, ledgerLists } from './contract.ts'
import * as ledger from './ledger.ts'

const house = await openHouse({ withUnits: true })
const { school, send, entries } = await schoolsOf(house, [
  ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
  ['22002', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
  ['22003', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
])
const [haKhanh, haPhong, quangHanh] = [await school('22001'), await school('22002'), await school('22003')]
const here = await anOfficerOf(house, commune.haKhanh)
const there = await anOfficerOf(house, commune.haPhong)
const away = await anOfficerOf(house, commune.quangHanh)
const district = await anOfficerOf(house, '193')

const names = ['An', 'Bình', 'Chi', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga', 'Oanh', 'Phúc']
const people = names.map((name, i) =>
  aPerson({ name: `Đàm Quế ${name}`, bornOn: `2005-${String(i + 1).padStart(2, '0')}-17` }),
)
const twins = [0, 1].map(() => aPerson({ name: 'Trần Văn Nam', bornOn: '2005-05-05' }))
await enterAll(house, [...people, ...twins])
const line = (i: number, more: Partial<ALine> = {}): ALine => {
  const person = people[i]!
  return {
    name: person.full_name,
    born: person.birth_date.split('-').reverse().join('/'),
    sex: 'Nam',
    number: person.person_number,
    ...more,
  }
}
const nam: ALine = { name: 'Trần Văn Nam', born: '05/05/2005', sex: 'Nam' }
const nobody: ALine = { name: 'Vi Thị Không Ai', born: '01/02/2005', sex: 'Nữ' }

const lastYear = '2021-2022'
await send(
  here,
  haKhanh,
  [0, 1, 2, 3, 4].map(i => line(i, { class: '11A1' })),
  { schoolYear: lastYear },
)
await send(
  there,
  haPhong,
  [5, 6].map(i => line(i, { class: '11B1' })),
  { schoolYear: lastYear },
)
await send(here, haKhanh, [line(0), line(1), line(7), nam, nobody])
const oursNow = await send(here, haKhanh, [
  line(0),
  line(1),
  line(5),
  nam,
  nobody,
  line(8, { born: undefined, number: undefined }),
])
await send(there, haPhong, [line(6), line(1), line(2), { ...nam, class: '12C' }])
await send(away, quangHanh, [line(9), nobody])
await send(there, haPhong, [line(10), line(0)], { kind: 'candidates' })

/**
 * Every figure by SQL of its own over the base tables: an owner's eyes, without views, states or links that the house
 * derives.
 */
const own: Readonly<Record<LedgerList, string>> = {
  'matched-automatically': `f.in_force and w.outcome in ('matched', 'duplicate') and w.decision is distinct
    from 'same'`,
  'matched-by-person': `f.in_force and w.outcome in ('matched', 'duplicate') and w.decision = 'same'`,
  'refused-by-person': `f.in_force and w.outcome = 'not-found' and w.decision = 'different'`,
  'to-review': `f.in_force and w.outcome = 'review'`,
  'not-found': `f.in_force and w.outcome = 'not-found' and w.decision is distinct from 'different'`,
  'left-school': `not f.in_force and not exists (select from rolls.row n join rolls.roll m on m.id = n.roll_id
    where n.id = w.id and m.in_force)
    and f.reconciled_at = (select max(m.reconciled_at) from rolls.row n join rolls.roll m on m.id = n.roll_id
      where n.id = w.id)`,
  contested: `f.in_force and w.contested`,
  'on-two-rolls': `f.in_force and exists (select from rolls.row o join rolls.roll m on m.id = o.roll_id
    where m.in_force and m.school_year = f.school_year and m.kind = f.kind and m.school_id <> f.school_id
      and o.person_id = w.person_id)`,
  'moved-up': `f.in_force and exists (select from rolls.row o join rolls.roll m on m.id = o.roll_id
    where m.in_force and m.kind = 'pupils' and m.school_year = '2021-2022' and o.person_id = w.person_id)`,
  'on-no-roll': '',
}
const schoolsOfScope = ({ scope }: Authority) =>
  scope === 'house' || scope === 'none' ? [haKhanh, haPhong, quangHanh] : scope.units

async function counted(list: LedgerList, standing: Authority, schoolId?: Id<'school'>): Promise<number> {
  const schools = schoolId ? [schoolId].filter(id => schoolsOfScope(standing).includes(id)) : schoolsOfScope(standing)
  const text =
    list === 'on-no-roll'
      ? `select count(*)::integer as n from rolls.row w join rolls.roll f on f.id = w.roll_id
         where f.in_force and f.school_year = '2021-2022' and f.school_id = any ($1) and w.grade is distinct from 12
           and not exists (select from rolls.row o join rolls.roll m on m.id = o.roll_id where m.in_force
             and m.school_year = '2022-2023' and o.person_id = w.person_id)`
      : `select count(*)::integer as n from rolls.row w join rolls.roll f on f.id = w.roll_id
         where f.school_year = '2022-2023' and f.kind = 'pupils' and f.state = 'reconciled' and f.school_id = any ($1)
           and ${own[list]}`
  return (await house.owner<{ n: number }>(text, [schools]))[0]?.n ?? 0
}

test('every figure equals an independent count and the length of its list, for every reader', async () => {
  const second = await entries(oursNow)
  await house.as(here, work => rolls.recordDecision(work, oursNow, 4, { decision: 'different' }))
  assert.equal(second[3]?.state, 'to-review')

  const total = new Map<LedgerList, number>()
  for (const standing of [here, there, away, district, { ...here, scope: 'house' as const }]) {
    const found = await house.as(standing, work => ledger.ledgerFigures(work, { schoolYear: '2022-2023' }))
    for (const list of ledgerLists) {
      assert.equal(found.counts[list], await counted(list, standing), `${list} of all`)
      total.set(list, Math.max(total.get(list) ?? 0, found.counts[list]))
      const all = await house.as(standing, work =>
        ledger.listEntries(work, { schoolYear: '2022-2023' }, { list, limit: 500 }),
      )
      assert.deepEqual([all.total, all.entries.length], [found.counts[list], found.counts[list]], list)
      for (const { school: of, counts } of found.schools) {
        assert.equal(counts[list], await counted(list, standing, of.id), `${list} of ${of.name}`)
        const { entries: page, total: n } = await house.as(standing, work =>
          ledger.listEntries(work, { schoolYear: '2022-2023', schoolId: of.id }, { list, limit: 1 }),
        )
        assert.deepEqual([n, page.length], [counts[list], Math.min(1, counts[list])])
      }
    }
    const every = await house.as(standing, work =>
      ledger.listEntries(work, { schoolYear: '2022-2023' }, { limit: 500 }),
    )
    assert.equal(every.total, found.entries)
  }
  const told = [...total].flatMap(([list, n]) => (n === 0 ? [list] : []))
  assert.deepEqual(told, ['matched-by-person', 'contested'], 'nearly every figure has somebody here')
})

test('a pupil on two rolls is shown with both schools to a reader who sees both', async () => {
  const seen = (standing: Authority) =>
    house.as(standing, async work =>
      (await ledger.listEntries(work, { schoolYear: '2022-2023' }, { list: 'on-two-rolls' })).entries.map(
        ({ row, alsoAt }) => [row.schoolId, row.name, alsoAt],
      ),
    )
  assert.deepEqual(await seen(here), [[haKhanh, people[1]?.full_name, []]])
  assert.deepEqual(
    (await seen(district)).filter(([, name]) => name === people[1]?.full_name).sort(),
    [
      [haKhanh, people[1]?.full_name, [haPhong]],
      [haPhong, people[1]?.full_name, [haKhanh]],
    ].sort(),
  )
})

test('next year’s roll continues the pupil’s entry in the next class, also at another school', async () => {
  const { entries: moved } = await house.as(district, work =>
    ledger.listEntries(work, { schoolYear: '2022-2023' }, { list: 'moved-up' }),
  )
  const told = new Map(
    moved.map(({ row, before }) => [`${row.schoolId} ${row.name}`, [row.class, before?.class, before?.schoolId]]),
  )
  assert.deepEqual(told.get(`${haKhanh} ${people[0]?.full_name}`), ['12A1', '11A1', haKhanh])
  assert.deepEqual(told.get(`${haKhanh} ${people[5]?.full_name}`), ['12A1', '11B1', haPhong])
  const { entries: gone } = await house.as(district, work =>
    ledger.listEntries(work, { schoolYear: '2022-2023' }, { list: 'on-no-roll' }),
  )
  assert.deepEqual(
    gone.map(({ row }) => row.name),
    [people[3]?.full_name, people[4]?.full_name],
  )
})

test('a candidate list is a roll of its own kind, and does not count as a second school’s roll', async () => {
  const ofCandidates = await house.as(there, work =>
    ledger.ledgerFigures(work, { schoolYear: '2022-2023', kind: 'candidates' }),
  )
  assert.deepEqual(
    [ofCandidates.entries, ofCandidates.counts['matched-automatically'], ofCandidates.counts['on-two-rolls']],
    [2, 2, 0],
  )

  const asked = { basis: 'school', schoolYear: '2022-2023', unit: district.unitId } as const
  const { people: listed } = await house.as(district, work => campaign.listPeopleInNeed(work, asked))
  const { all } = await house.as(district, work => campaign.countNeeds(work, asked))
  const ids = listed.map(({ id }) => id as string)
  const both = await idOf(house, people[0]?.person_number ?? '')
  assert.equal(ids.filter(id => id === both).length, 1, 'on a class roll here and a candidate list there')
  assert.deepEqual([ids.length, all.people], [new Set(ids).size, new Set(ids).size])
  assert.ok(ids.includes(await idOf(house, people[10]?.person_number ?? '')), 'who is a candidate alone is counted')
})

test('an entry shows its history, and what changed since a person decided', async () => {
  const row = (await entries(oursNow))[3]!
  const chosen = await idOf(house, twins[0]?.person_number ?? '')
  await house.as(here, work => rolls.recordDecision(work, oursNow, 4, { decision: 'same', personId: chosen }))
  const again = await send(here, haKhanh, [line(0), line(1), line(5), { ...nam, phone: '0912345678' }, nobody])
  const { entry, events, sinceDecision } = await house.as(here, work => ledger.getEntryHistory(work, row.id))

  assert.equal(entry.row.rollId, again)
  assert.deepEqual(
    events.map(({ why, after, byKind }) => [why, after, byKind]),
    [
      ['roll-sent', 'matched-by-person', 'system'],
      ['decided', 'matched-by-person', 'officer'],
      ['decided', 'refused-by-person', 'officer'],
      ['roll-sent', 'to-review', 'system'],
    ],
  )
  assert.deepEqual(sinceDecision.line, [{ field: 'phone', before: '', after: '0912345678' }])
  await assert.rejects(
    house.as(away, work => ledger.getEntryHistory(work, row.id)),
    { code: 'roll-row-unknown' },
  )
})
