import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as cards from '../cards/cards.ts'
import { asDay, type Day } from '../platform/day.ts'
import { asId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { type Authority, asSystem, type Work } from '../platform/work.ts'
import { openWorkbook } from '../platform/workbook/read-workbook.ts'
import { defaultLimits, openPackage } from '../platform/workbook/zip.ts'
import * as rolls from '../rolls/rolls.ts'
import { mayDo } from '../staff/role.ts'
import * as units from '../units/units.ts'
import * as campaign from './campaign.ts'
import { type ListBasis, listBases, needs } from './need-codes.ts'

type Filter = Parameters<typeof campaign.countNeeds>[1]
type Someone = { readonly number: string; readonly row: ReturnType<typeof aPerson> }

const house = await openHouse({ withUnits: true })
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-campaign-'))
after(() => rm(folder, { recursive: true }))

const day = asDay('2023-04-20')
const schoolYear = '2022-2023'
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }

// Who there is
// -----------------------------------------------------------------------------------------------------------

const everyone: Someone[] = []
const cardLines: string[] = []
const accountLines: string[] = []

type Holding = { readonly card?: string; readonly account?: string }

/**
 * Someone with what they hold: a card as `serial,issued_on,expires_on,state`, an account as
 * `level,state,phone,approved_at,activated_at`.
 */
function someone(given: Parameters<typeof aPerson>[0] & object, { card = '', account = '' }: Holding = {}): Someone {
  const row = aPerson(given)
  const number = row.person_number
  if (card) cardLines.push(`${number},${card}`)
  if (account) accountLines.push(`${number},${account}`)
  const one = { number, row }
  everyone.push(one)
  return one
}

const fullAccount = '2,activated,,2023-01-05,2023-01-06'
const goodCard = (serial: string) => `${serial},2022-01-05,2030-03-15,handed-over`

// biome-ignore-start format: who needs what is read as a table
const nothing = someone({ name: 'Nguyễn Văn An' })
const applied = someone({ name: 'Trần Thị Bình', sex: 'F' }, { card: ',,,applied', account: fullAccount })
const produced = someone({ name: 'Lê Văn Cường' }, { card: 'P1,2023-04-10,2030-03-15,produced', account: fullAccount })
const holder = someone({ name: 'Phạm Thị Dung', sex: 'F' }, { card: goodCard('H1'), account: fullAccount })
const revoked = someone({ name: 'Hoàng Văn Em' }, { card: 'R1,2022-01-05,2030-03-15,revoked', account: fullAccount })
const lost = someone(
  { name: 'Vũ Thị Giang', sex: 'F' },
  { card: 'B1,2022-01-05,2030-03-15,blocked', account: fullAccount },
)
const expired = someone(
  { name: 'Bùi Văn Hải', bornOn: '1998-03-01' },
  { card: 'X1,2016-01-05,2023-03-01,handed-over', account: fullAccount },
)
const termless = someone(
  { name: 'Đỗ Văn Ích', bornOn: '1998-04-20' },
  { card: 'X2,2020-01-05,,handed-over', account: fullAccount },
)
const reaching = someone(
  { name: 'Đặng Văn Kiên', bornOn: '1998-04-20' },
  { card: 'X3,2021-06-05,,handed-over', account: fullAccount },
)
const notYet25 = someone(
  { name: 'Ngô Văn Lâm', bornOn: '1998-04-21' },
  { card: 'X4,2020-01-05,,handed-over', account: fullAccount },
)
const renewing = someone(
  { name: 'Dương Văn Minh', bornOn: '1998-03-01' },
  { card: 'X5,2016-01-05,2023-03-01,expired', account: fullAccount },
)
const requested = someone({ name: 'Nguyễn Thị Nga', sex: 'F' }, { card: goodCard('H2'), account: '2,requested,,,' })
const approved = someone({ name: 'Nguyễn Văn Oanh' }, { card: goodCard('H3'), account: '2,approved,,2023-02-01,' })
const levelOne = someone(
  { name: 'Nguyễn Văn Phú' },
  { card: goodCard('H4'), account: '1,activated,,2023-02-01,2023-02-02' },
)
const oneApproved = someone({ name: 'Nguyễn Văn Quý' }, { card: goodCard('H5'), account: '1,approved,,2023-02-01,' })
const locked = someone({ name: 'Nguyễn Văn Sơn' }, { card: goodCard('H6'), account: '2,locked,,2023-02-01,2023-02-02' })
const cancelled = someone(
  { name: 'Nguyễn Văn Tâm' },
  { card: goodCard('H7'), account: '2,cancelled,,2023-02-01,2023-02-02' },
)
const fourteen = someone({ name: 'Nguyễn Văn Út', bornOn: '2009-04-20' }, { account: fullAccount })
const thirteen = someone({ name: 'Nguyễn Văn Vinh', bornOn: '2009-04-21' }, { account: fullAccount })
const sometime = someone({ name: 'Nguyễn Văn Xuân', bornOn: '2009-04' }, { account: fullAccount })
const dead = someone({ name: 'Nguyễn Văn Ý', life_status: 'dead' })
// biome-ignore-end format: so far

cardLines.push(`${renewing.number},,,,applied`)

const twins = [1, 2, 3].map(() => someone({ name: 'Trần Văn Nam', bornOn: '2005-05-05' }))
const elsewhere = someone({ name: 'Phạm Văn Xa', commune: commune.quangHanh })
const moved = someone({ name: 'Phạm Văn Chuyển', commune: commune.haPhong, residence_from: '2023-04-10' })
const lodger = someone({ name: 'Phạm Văn Trọ', commune: commune.haPhong, residence_kind: 'temporary' })
const guest = someone({ name: 'Phạm Văn Ở', commune: commune.haPhong, residence_kind: 'current' })
const formula = someone({ name: '=HYPERLINK("http://x","y")', bornOn: '2005-06-06' })

await enterAll(
  house,
  everyone.map(({ row }) => row),
)
await house.work(work =>
  units.importSchools(
    work,
    [
      ['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
      ['22002', 'Trường THPT Quang Hanh', 'upper-secondary', commune.quangHanh],
      ['22003', 'Trường THPT Hà Phong', 'upper-secondary', commune.haPhong],
      ['22004', 'Trường THCS Hà Khánh', 'lower-secondary', commune.haKhanh],
    ].map(([code = '', name = '', kind = '', unit = ''], i) => ({ line: i + 2, values: { code, name, kind, unit } })),
  ),
)
const asFile = (header: string, lines: readonly string[]) => Readable.from([[header, ...lines].join('\n')])
const cardHeader = 'person_number,serial,issued_on,expires_on,state'
const accountHeader = 'person_number,level,state,phone,approved_at,activated_at'
const takeCards = (lines: readonly string[], asOf: Day) =>
  cards.importCards(house.openWork, maintenance, asFile(cardHeader, lines), { asOf })
const takeAccounts = (lines: readonly string[], asOf: Day) =>
  accounts.importAccounts(house.openWork, maintenance, asFile(accountHeader, lines), { asOf })
assert.equal((await takeCards(cardLines, day)).rejected, 0)
assert.equal((await takeAccounts(accountLines, day)).rejected, 0)

// On which rolls
// ---------------------------------------------------------------------------------------------------------

const schoolOf = (code: string) => house.work(async work => (await units.findSchool(work, code))!.id)
const unitOf = (code: string) => house.work(async work => (await units.findUnitOn(work, code, day))!.id)
const [haKhanh, quangHanh, haPhong, lower] = [
  await schoolOf('22001'),
  await schoolOf('22002'),
  await schoolOf('22003'),
  await schoolOf('22004'),
]
const [here, there, district, province] = [
  await unitOf(commune.haKhanh),
  await unitOf(commune.haPhong),
  await unitOf('193'),
  await unitOf('22'),
]

type Line = { readonly who: Someone; readonly class: string; readonly born?: string }
const dayInWords = (text: string) => text.split('-').reverse().join('/')

async function aRoll(schoolCode: string, lines: readonly Line[]): Promise<void> {
  const path = join(folder, `${schoolCode}.csv`)
  const rows = lines.map(({ who: { row }, class: inClass, born }) =>
    [
      `"${row.full_name.replaceAll('"', '""')}"`,
      dayInWords(born ?? row.birth_date),
      row.sex === 'F' ? 'Nữ' : 'Nam',
      row.person_number,
      inClass,
    ].join(','),
  )
  await writeFile(path, ['Họ và tên,Ngày sinh,Giới tính,Số CCCD,Lớp', ...rows].join('\n'))
  const { counts } = await rolls.importAndReconcile(house.openWork, asSystem('test'), path, {
    schoolCode,
    schoolYear,
    asOf: day,
  })
  assert.equal(counts.matched, lines.length, `${schoolCode}: ${JSON.stringify(counts)}`)
}

const grade12 = [
  nothing,
  applied,
  produced,
  holder,
  revoked,
  lost,
  requested,
  approved,
  levelOne,
  oneApproved,
  locked,
  cancelled,
  dead,
]
await aRoll('22001', [
  ...grade12.map(who => ({ who, class: '12A1' })),
  ...twins.map(who => ({ who, class: '12A2' })),
  { who: elsewhere, class: '12A2' },
])
await aRoll('22003', [
  { who: nothing, class: '11B1' },
  { who: holder, class: '11B1', born: '2005-03-16' },
  { who: moved, class: '11B1' },
])
await aRoll('22004', [
  ...[fourteen, thirteen, sometime].map(who => ({ who, class: '8C' })),
  { who: produced, class: '9D' },
])
await aRoll('22002', [{ who: formula, class: '12D' }])

// What is asked
// ----------------------------------------------------------------------------------------------------------

const commander: Authority = { ...(await anOfficerOf(house, '22')), purpose: 'campaign' }
const ofDistrict = await anOfficerOf(house, '193')
const ofAnother = await anOfficerOf(house, '195')
const mine = (filter: Filter = {}, standing: Authority = commander) =>
  house.as(standing, work => campaign.countNeeds(work, filter))

/** All pages of a list. */
async function whole(
  filter: Filter = {},
  { standing = commander, limit = 4 }: { standing?: Authority; limit?: number } = {},
) {
  const people: Awaited<ReturnType<typeof campaign.listPeopleInNeed>>['people'] = []
  let after: string | null | undefined
  do {
    const page: Awaited<ReturnType<typeof campaign.listPeopleInNeed>> = await house.as(standing, work =>
      campaign.listPeopleInNeed(work, filter, { limit, ...(after && { after }) }),
    )
    people.push(...page.people)
    after = page.next
  } while (after)
  return people
}

const needsOn = async ({ number }: Someone, on: Day = day) => {
  const id = await idOf(house, number)
  return (await house.work(work => campaign.needsOf(work, [id], on))).get(id)
}
const numbersOf = (people: readonly { number: string | null }[]) => people.map(({ number }) => number).sort()
const those = (...people: Someone[]) => people.map(({ number }) => number).sort()

test('what a person needs follows from their cards and their account', async () => {
  const table: readonly (readonly [Someone, string, ...string[]])[] = [
    [nothing, 'has nothing', 'card', 'account'],
    [applied, 'a card that is asked for counts as had'],
    [produced, 'so does one that is made'],
    [holder, 'has all'],
    [revoked, 'a revoked card is none', 'card'],
    [lost, 'nor is a lost one', 'card'],
    [expired, 'the term is over', 'card-renewal'],
    [termless, 'past 25 with a card of the age of 21', 'card-renewal'],
    [reaching, 'a card of the two years before reaches over'],
    [notYet25, 'turns 25 tomorrow'],
    [renewing, 'its successor is on the way'],
    [requested, 'an account that is asked for is one'],
    [approved, 'approved, not activated', 'activation'],
    [levelOne, 'level 1', 'level-2'],
    [oneApproved, 'both', 'activation', 'level-2'],
    [locked, 'locked is no need of these'],
    [cancelled, 'a cancelled account is none', 'account'],
    [fourteen, 'fourteen today', 'card'],
    [thirteen, 'fourteen tomorrow'],
    [sometime, 'born some day of the month: not yet for sure'],
  ]
  for (const [who, why, ...needed] of table)
    assert.deepEqual(await needsOn(who), needed, `${who.row.full_name}: ${why}`)
  assert.equal(await needsOn(dead), undefined, 'the dead need nothing')
})

test('someone turns fourteen on their birthday, and the day asked for decides', async () => {
  assert.deepEqual(await needsOn(thirteen, asDay('2023-04-21')), ['card'])
  assert.deepEqual(await needsOn(fourteen, asDay('2023-04-19')), [])
  assert.deepEqual(await needsOn(notYet25, asDay('2023-04-21')), ['card-renewal'])
})

test('a child lacks an account from fourteen on, since July 2024 from six, and no level 2 before', async () => {
  const [ten, five] = [
    someone({ name: 'Lý Văn Mười', bornOn: '2013-02-01' }),
    someone({ name: 'Lý Văn Năm', bornOn: '2019-02-01' }),
  ]
  await enterAll(house, [ten.row, five.row])
  const [before, after] = [asDay('2024-06-30'), asDay('2024-07-01')]
  assert.deepEqual([await needsOn(ten), await needsOn(ten, before), await needsOn(ten, after)], [[], [], ['account']])
  assert.deepEqual([await needsOn(five, after), await needsOn(five, asDay('2025-02-01'))], [[], ['account']])
  await takeAccounts([`${five.number},1,activated,,2024-07-02,2024-07-03`], asDay('2024-07-04'))
  assert.deepEqual(await needsOn(five, asDay('2024-07-05')), [], 'level 1 is all that there is below six')
  assert.deepEqual(await needsOn(five, asDay('2025-02-01')), ['level-2'])
})

test('a later extract says nothing about an earlier day, which is read from the recorded transitions', async () => {
  const late = someone({ name: 'Lý Văn Muộn' })
  const known = someone({ name: 'Lý Văn Biết' })
  await enterAll(house, [late.row, known.row])
  await takeCards([`${known.number},K1,2022-05-01,2030-03-15,handed-over`], asDay('2023-03-01'))
  await takeAccounts([`${known.number},1,approved,,2023-02-01,`], asDay('2023-03-01'))
  await takeCards(
    [`${known.number},K1,2022-05-01,2030-03-15,blocked`, `${late.number},L1,2023-04-22,2030-03-15,handed-over`],
    asDay('2023-05-01'),
  )
  await takeAccounts(
    [`${known.number},2,activated,,2023-02-01,2023-04-25`, `${late.number},2,activated,,2023-04-10,2023-04-25`],
    asDay('2023-05-01'),
  )

  assert.deepEqual(await needsOn(known, asDay('2023-03-01')), ['activation', 'level-2'])
  assert.deepEqual(await needsOn(known, day), ['activation', 'level-2'])
  assert.deepEqual(await needsOn(known, asDay('2023-05-01')), ['card'], 'lost, and activated at level 2')
  assert.deepEqual(await needsOn(late, asDay('2023-05-01')), [])
  assert.deepEqual(
    await needsOn(late, day),
    ['card', 'activation'],
    'the card was issued later; the account was approved, and activated later',
  )
  assert.deepEqual(await needsOn(late, asDay('2023-04-01')), ['card', 'account'])
})

test('the count of a school has the people on its roll, and a person on two rolls counts once', async () => {
  const { all, bySchool, byClass, byUnit } = await mine({ unit: district })
  const alive = grade12.length - 1 + twins.length + 1 + 1 + 3
  assert.equal(all.people, alive, 'the dead pupil is not counted; three are on the roll of a second school')
  const of = (id: string) => bySchool.find(school => school.id === id)?.counted.people
  assert.deepEqual([of(haKhanh), of(haPhong), of(lower)], [grade12.length - 1 + 4, 3, 4])
  assert.deepEqual(byClass.map(({ name, counted }) => [name, counted.people]).sort(), [
    ['11B1', 3],
    ['12A1', 12],
    ['12A2', 4],
    ['8C', 3],
    ['9D', 1],
  ])
  assert.deepEqual(
    new Map(byUnit.map(({ id, counted }) => [id, counted.people])),
    new Map([
      [here, 19],
      [there, 3],
    ]),
  )
  const people = await whole({ unit: district, needs: ['card'] })
  assert.equal(people.filter(({ number }) => number === nothing.number).length, 1)
})

test('a defect that may lie in the register asks for a correction, on whichever roll it appears', async () => {
  assert.deepEqual(numbersOf(await whole({ unit: district, needs: ['correction'] })), those(holder))
  const [shown] = await whole({ schools: [haKhanh], needs: ['correction'] })
  assert.equal(shown?.school?.id, haKhanh)
})

test('each basis counts people by its own relation to a place', async () => {
  const of = async (basis: ListBasis) => numbersOf(await whole({ basis, unit: there }))
  assert.deepEqual(await of('school'), those(nothing, holder, moved))
  assert.deepEqual(await of('permanent'), those(moved))
  assert.deepEqual(await of('temporary'), those(lodger))
  assert.deepEqual(await of('current'), those(guest))
  assert.deepEqual(await of('living'), those(moved, lodger, guest))
  assert.equal(
    (await mine({ basis: 'permanent', unit: there, day: '2023-04-09' })).all.people,
    0,
    'moved in on the tenth',
  )
  assert.equal((await mine({ basis: 'permanent', unit: there, day: '2023-04-10' })).all.people, 1)
})

test('who lives elsewhere for a while counts there, and not where the permanent residence is', async () => {
  const id = await idOf(house, moved.number)
  await house.owner(
    `insert into register.residence (person_id, id, kind, unit_id, from_on)
     values ($1, gen_random_uuid(), 'temporary', $2, '2023-04-15')`,
    [id, here],
  )
  const living = async (unit: string, on?: string) =>
    (await whole({ basis: 'living', unit: asId<'unit'>(unit), ...(on && { day: on }) })).some(one => one.id === id)
  assert.deepEqual([await living(there), await living(here)], [false, true])
  assert.equal(await living(there, '2023-04-14'), true, 'the day before')
  await house.owner(`delete from register.residence where person_id = $1 and kind = 'temporary'`, [id])
})

test('a list says from when to when somebody is away on its day, on the screen and in the workbook', async () => {
  const id = await idOf(house, moved.number)
  await house.owner(
    `insert into register.absence (person_id, id, unit_id, from_on, to_on, reason, destination, declared_by, way,
       recorded_on, recorded_by)
     values ($1, gen_random_uuid(), $2, '2023-04-20', '2023-06-30', 'work', 'Bắc Ninh', 'self', 'counter',
       '2023-04-19', 'x')`,
    [id, there],
  )
  const away = async (on: string) =>
    (await whole({ basis: 'permanent', unit: there, day: on })).find(one => one.id === id)?.away
  assert.deepEqual(
    [await away('2023-04-19'), await away('2023-04-20'), await away('2023-06-30'), await away('2023-07-01')],
    [null, ...Array(2).fill({ from: '2023-04-20', until: '2023-06-30' }), null],
  )
  await house.owner('delete from register.absence')
})

test('a list can be narrowed by year of birth, grade, class and school, also by residence', async () => {
  assert.deepEqual(numbersOf(await whole({ born: [2009], needs: ['card'] })), those(fourteen))
  assert.deepEqual(numbersOf(await whole({ grades: [11] })), those(nothing, holder, moved))
  assert.deepEqual(numbersOf(await whole({ classes: ['12A2'] })), those(...twins, elsewhere))
  assert.deepEqual(
    numbersOf(await whole({ basis: 'permanent', schools: [haKhanh], classes: ['12A2'] })),
    those(...twins, elsewhere),
  )
  assert.deepEqual(numbersOf(await whole({ unit: here, schools: [haPhong] })), [], 'a school that stands elsewhere')
})

/** Every number of the figures with the filter narrowed to it. */
function narrowed(filter: Filter, told: Awaited<ReturnType<typeof campaign.countNeeds>>) {
  const parts: [Filter, (typeof told)['all']][] = [[filter, told.all]]
  for (const { year, counted } of told.byBirthYear) parts.push([{ ...filter, born: [year] }, counted])
  for (const { id, counted } of told.bySchool) parts.push([{ ...filter, schools: [asId<'school'>(id)] }, counted])
  for (const { school, name, counted } of told.byClass)
    parts.push([{ ...filter, schools: [asId<'school'>(school)], classes: [name] }, counted])
  for (const { id, counted } of told.byUnit) parts.push([{ ...filter, ...(id && { unit: asId<'unit'>(id) }) }, counted])
  return parts
}

test('every figure equals the length of its list, for any filter', async () => {
  const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined })
  const asked = fc.record({
    basis: fc.constantFrom(...listBases),
    unit: fc.constantFrom(province, district, here, there),
    schools: some([haKhanh, haPhong, quangHanh]),
    grades: some([8, 11, 12]),
    classes: some(['12A1', '12A2', '11B1']),
    born: some([1998, 2005, 2009]),
    needs: some(needs),
    day: fc.constantFrom('2023-03-01', '2023-04-20', '2023-05-02', '2025-08-01'),
  })
  let compared = 0
  const given = (filter: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter
  await fc.assert(
    fc.asyncProperty(asked, async any => {
      const filter = given({ ...any, schoolYear })
      const told = await mine(filter)
      for (const [part, counted] of narrowed(filter, told)) {
        assert.equal((await whole(part, { limit: 1000 })).length, counted.inNeed, JSON.stringify(part))
        for (const need of needs) {
          const list = await whole({ ...part, needs: [need] }, { limit: 1000 })
          assert.equal(list.length, counted.needs[need], `${need} ${JSON.stringify(part)}`)
          compared += list.length
        }
      }
    }),
    { numRuns: 16, seed: 7 },
  )
  assert.ok(compared > 50, 'the filters leave somebody')
})

test('after a merger of communes a residence counts in the new commune', async () => {
  const on = '2025-08-01'
  const { all, byUnit } = await mine({ basis: 'permanent', day: on })
  assert.equal(
    byUnit.reduce((sum, { counted }) => sum + counted.people, 0),
    all.people,
  )
  assert.ok(
    byUnit.every(({ id }) => id !== here),
    'Hà Khánh stood until the end of June 2025',
  )
  assert.equal((await mine({ basis: 'permanent', day: '2023-04-20' })).all.people, all.people)
})

test('pages follow each other in the order of names, without gap or double, also among namesakes', async () => {
  const one = await whole({}, { limit: 1000 })
  for (const limit of [1, 2, 3, 7])
    assert.deepEqual(
      (await whole({}, { limit })).map(({ id }) => id),
      one.map(({ id }) => id),
      `pages of ${limit}`,
    )
  assert.deepEqual(
    one.map(({ sortKey }) => sortKey),
    one.map(({ sortKey }) => sortKey).sort(),
  )
  assert.equal(one.filter(({ name }) => name === 'Trần Văn Nam').length, 3)
  assert.equal(new Set(one.map(({ id }) => id)).size, one.length)
})

test('a page that cannot be continued is refused instead of starting again', async () => {
  const nobody = crypto.randomUUID()
  await assert.rejects(
    house.as(commander, work => campaign.listPeopleInNeed(work, {}, { after: nobody })),
    error => error instanceof Problem && error.code === 'list-page-gone',
  )
})

test('a unit outside one’s own is refused, to figures, lists and exports; below it is not', async () => {
  const asked = [
    campaign.countNeeds,
    campaign.listPeopleInNeed,
    (work: Work, filter: Filter) => campaign.exportPeopleInNeed(work, filter, '', 'vi'),
  ] as const
  for (const verb of asked)
    for (const unit of [district, province, here])
      await assert.rejects(
        house.as(ofAnother, async work => verb(work, { unit })),
        error => error instanceof Problem && error.code === 'list-unit-outside',
      )
  assert.ok((await mine({ unit: here }, ofDistrict)).all.people > 0)
})

test('row-level security alone shows another district only the people on its own schools’ rolls', async () => {
  const { unitId: _, ...rowsAlone } = ofAnother
  for (const basis of ['school', 'temporary', 'current'] as const) {
    assert.equal((await mine({ basis, unit: district }, rowsAlone)).all.people, 0, basis)
    assert.deepEqual(await whole({ basis, unit: district }, { standing: rowsAlone }), [])
  }
  assert.deepEqual(await whole({ basis: 'permanent', unit: district }, { standing: rowsAlone }), [])
  assert.deepEqual(numbersOf(await whole({ basis: 'permanent' }, { standing: ofAnother })), those(elsewhere))
  const pupil = (await whole({}, { standing: ofDistrict })).find(({ name }) => name === 'Phạm Văn Xa')
  assert.deepEqual([pupil?.number, pupil?.permanentUnit], [null, 'Phường Quang Hanh'], 'a pupil here who lives there')
})

test('education officers read school figures alone, the committee all figures, and neither reads lists', async () => {
  const { schools } = await house.work(work => units.scopePartsOf(work, district, day))
  const education: Authority = { ...ofDistrict, scope: { units: schools as never } }
  const told = await mine({}, education)
  assert.deepEqual(told, await mine({}, ofDistrict))
  assert.ok(told.all.people > 15)
  assert.deepEqual(told.bySchool.map(({ id }) => id).sort(), [haKhanh, haPhong, lower].sort())
  for (const role of ['education-officer', 'peoples-committee'] as const)
    assert.deepEqual(
      ['campaign.figures', 'campaign.lists', 'campaign.export'].map(right => mayDo(role, right)),
      [true, false, false],
    )
})

test('a work without scope counts nobody', async () => {
  const bare: Authority = { ...ofDistrict, scope: 'none' }
  for (const basis of listBases) assert.equal((await mine({ basis }, bare)).all.people, 0)
})

/** A sheet's own XML, read without the reader of workbooks. */
async function sheetXml(file: Buffer): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of (await openPackage(file, defaultLimits)).read('xl/worksheets/sheet1.xml') ?? [])
    pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** What stands above the header of the first sheet, and the rows below it. */
async function rowsOfWorkbook(file: Buffer) {
  const book = await openWorkbook(file)
  const rows: string[][] = []
  for await (const { cells } of book.rows(0)) rows.push(cells.map(({ text }) => text))
  const header = rows.findIndex(row => row[0] === 'STT')
  return { above: rows.slice(0, header).flat(), rows: rows.slice(header + 1) }
}

test('the workbook has the rows of the list, its day, basis and author, and no cell that runs', async () => {
  const filter: Filter = { basis: 'school' }
  const list = await whole(filter, { limit: 1000 })
  const download = await house.as(commander, work =>
    campaign.exportPeopleInNeed(work, filter, 'Nguyễn Văn Chỉ Huy', 'vi'),
  )
  const file = await buffer(download.content as Readable)
  const { above, rows } = await rowsOfWorkbook(file)
  const xml = await sheetXml(file)
  assert.ok(xml.includes('<row') && !/<f[ >]/.test(xml), 'no formula')
  assert.equal(rows.length, list.length)
  assert.deepEqual(
    rows.map(row => row.find(text => /^\d{12}$/.test(text))),
    list.map(({ number }) => number),
  )
  assert.match(above.join(' '), /20\/04\/2023.*theo trường đang học.*2022-2023.*Nguyễn Văn Chỉ Huy/)
  assert.ok(
    rows.flat().some(text => text.includes('HYPERLINK')),
    'the name that looks like a formula is there',
  )
  assert.ok(rows.flat().every(text => !/^[=+@-]/.test(text)))
  const [deed] = await house.owner<{ facts: { rows: number } }>(
    `select facts from audit.deed where deed = 'list.exported'`,
  )
  assert.equal(deed?.facts.rows, list.length)
})

test('a list that is printed is read by name and leaves a deed of its own, as long as the list', async () => {
  const list = await whole({ basis: 'school' }, { limit: 1000 })
  const { rows } = await house.as(commander, work => campaign.printPeopleInNeed(work, { basis: 'school' }))
  assert.equal(rows, list.length)
  const deeds = await house.owner<{ rows: number; readings: number }>(
    `select (d.facts->>'rows')::integer as rows,
       (select count(*)::integer from audit.access a where a.batch_id = d.work_id) as readings
     from audit.deed d where deed = 'list.printed'`,
  )
  assert.deepEqual(deeds, [{ rows: list.length, readings: list.length }])
})

test('reading a list records which people it showed', async () => {
  const before = await house.owner<{ count: number }>('select count(*)::integer as count from audit.access')
  const people = await whole({ classes: ['12A2'] }, { limit: 1000 })
  const now = await house.owner<{ count: number }>('select count(*)::integer as count from audit.access')
  assert.ok(people.length > 0 && (now[0]?.count ?? 0) > (before[0]?.count ?? 0))
})
