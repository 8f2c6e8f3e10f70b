// How what people wait for grows with the people: search, needs, statistics and the queue of accounts, asked of two
// provinces one after another, each beside what one would do without ours: bare SQL as the owner on the same tables (no
// policy, no trace, no names of places), or the same answer counted from the facts. node bench/growth.ts
// [SMALL LARGE] makes a province of each size (KEEP=FOLDER keeps them, ROUNDS changes how often each is asked) and
// prints medians of each question as it is asked a second time, and as it was first, with the exponents: 0 not at all,
// 1 as the people do. bench/import.ts and bench/link.ts tell their own.
import { availableParallelism, loadavg } from 'node:os'
import pg from 'pg'
import { listQueue } from '../src/accounts/queues/queues.ts'
import * as campaign from '../src/campaign/campaign.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { addDays } from '../src/platform/day.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import type { Authority, OpenWork, Work } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as statistics from '../src/statistics/statistics.ts'
import * as units from '../src/units/units.ts'
import { day, inProvince, makeCampaigns, openProvince, system } from './houses/made-province.ts'
import { pageByFacts } from './statistics/facts.ts'

const rounds = Number(process.env['ROUNDS'] ?? 21)
const examYears = [2005, 2008]
const commanderCode = '22'
const districtCode = '193'
const wardCode = '06649'

type Someone = { readonly number: string; readonly full_name: string; readonly birth_y: number }
/** A question of ours and what stands beside it; `one` is somebody of the province, another each time. */
type Question = {
  readonly of: 'search' | 'needs' | 'statistics' | 'accounts queue'
  readonly what: string
  readonly ours: (one: Someone) => Promise<unknown>
  readonly beside: (one: Someone) => Promise<unknown>
}
type Medians = {
  readonly of: string
  readonly what: string
  /** Of the same question as it was asked first. */
  readonly first: number
  readonly ours: number
  readonly beside: number
}

async function standing(openWork: OpenWork, code: string) {
  return openWork(system, async work => {
    const unit = await units.findUnitOn(work, code, day)
    if (!unit) throw new Error(`no unit ${code} on ${day}`)
    const scope = [...((await units.scopeOf(work, unit.id, day)) as units.UnitId[])]
    const authority = (purpose: Authority['purpose']): Authority & { unitId: units.UnitId } => ({
      ...{ by: { kind: 'officer', id: 'bench' }, unitId: unit.id, purpose },
      scope: { units: scope, ...(unit.level === 'province' && { whole: true }) },
    })
    return { unit, scope, authority }
  })
}

async function askAll(folder: string): Promise<{ people: number; medians: Medians[] }> {
  const house = await openProvince(folder)
  const postgres = await openPostgres({ dataDir: folder, purpose: 'bench' })
  const owner = new pg.Client({ connectionString: postgres.administratorUrl })
  await owner.connect()
  try {
    await makeCampaigns(house)
    const people = await house.openWork(system, register.countPersons)
    const some = await owner.query<Someone>(
      `
      select n.number, p.full_name, p.birth_y from register.person p join register.number n using (person_id)
      join register.person_scope s using (person_id)
      where n.state = 'in-force' and p.birth_d is not null and s.unit_id = any ($1::uuid[])
      order by md5(n.number) limit 500`,
      [(await standing(house.openWork, districtCode)).scope],
    )
    const medians: Medians[] = []
    for (const { of, what, ours, beside } of await questionsOf(house.openWork, owner)) {
      const times: Record<'first' | 'ours' | 'beside', number[]> = { first: [], ours: [], beside: [] }
      // What is asked for the first time is read from the disk; then it is in memory, as what a server asks often.
      for (let round = -2; round < rounds; round += 1) {
        const one = some.rows[(round + 2) % some.rows.length] as Someone
        times.first.push(...(await timeOf(() => ours(one), round >= 0)))
        times.ours.push(...(await timeOf(() => ours(one), round >= 0)))
        const isAsked = of === 'search' || round === -1 || round % 10 === 0
        if (of === 'search') await beside(one)
        if (isAsked) times.beside.push(...(await timeOf(() => beside(one), round >= 0)))
      }
      medians.push({ of, what, first: median(times.first), ours: median(times.ours), beside: median(times.beside) })
    }
    return { people, medians }
  } finally {
    await owner.end()
    await house.close()
    await postgres.release()
  }
}

/** How long it takes in milliseconds, where it counts. */
async function timeOf(ask: () => Promise<unknown>, counts: boolean): Promise<number[]> {
  const elapsed = stopwatch()
  await ask()
  return counts ? [elapsed()] : []
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

const given = (name: string) => name.split(' ').at(-1) ?? ''
const withoutMarks = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()

async function questionsOf(openWork: OpenWork, owner: pg.Client): Promise<readonly Question[]> {
  const [province, district, ward] = [
    await standing(openWork, commanderCode),
    await standing(openWork, districtCode),
    await standing(openWork, wardCode),
  ]
  const ask = (who: typeof province, purpose: Authority['purpose'], verb: (work: Work) => Promise<unknown>) =>
    openWork(who.authority(purpose), verb)
  const needs = (who: typeof province, verb: (work: Work) => Promise<unknown>) => ask(who, 'campaign', verb)
  const known = await openWork({ ...system, scope: 'house' }, work => campaign.listCampaigns(work))
  const counted = known.find(({ name }) => name === 'bench-tai-khoan')
  if (!counted) throw new Error('no campaign is counted')
  // What is kept is of today: of another day the facts are asked.
  const tomorrow = addDays(day, 1)
  const figures = (who: typeof province, title: string): Question => ({
    of: 'needs',
    what: `figures of the exam years, ${title}`,
    ours: () => needs(who, work => campaign.countNeeds(work, { born: examYears, by: ['school'] })),
    beside: () => needs(who, work => campaign.countNeeds(work, { born: examYears, by: ['school'], day: tomorrow })),
  })
  const firstPage = (who: typeof province, title: string): Question => ({
    of: 'needs',
    what: `first page of who lacks a card, ${title}`,
    ours: () => needs(who, work => campaign.searchPeopleInNeed(work, { born: examYears, needs: ['card'] })),
    beside: () =>
      needs(who, work => campaign.searchPeopleInNeed(work, { born: examYears, needs: ['card'], day: tomorrow })),
  })
  const page = (who: typeof province, title: string): Question => ({
    of: 'statistics',
    what: `quick statistics, ${title}`,
    ours: () => needs(who, work => statistics.readQuickSheet(work, counted.id, { unit: who.unit.id, day })),
    beside: () => needs(who, work => pageByFacts(work, counted.id, who.unit, day)),
  })
  const queue = (who: typeof province, title: string): Question => ({
    of: 'accounts queue',
    what: `first page to approve and all counts, ${title}`,
    ours: () => ask(who, 'account', work => listQueue(work, { queue: 'to-approve' })),
    beside: async () => {
      await owner.query(pageToApprove, [who.scope])
      await owner.query(accountsByState, [who.scope, day])
    },
  })
  return [
    {
      of: 'search',
      what: 'exact number, district',
      ours: one => ask(district, 'register', work => register.findByNumber(work, one.number)),
      beside: one => owner.query(personByNumber, [one.number]),
    },
    {
      of: 'search',
      what: 'given name and year, district',
      ours: one =>
        ask(district, 'register', work =>
          register.searchPersons(work, { name: given(one.full_name), born: { y: one.birth_y } }),
        ),
      beside: one => owner.query(peopleByGivenName, [withoutMarks(given(one.full_name)), one.birth_y, district.scope]),
    },
    {
      of: 'search',
      what: 'whole name, district',
      ours: one => ask(district, 'register', work => register.searchPersons(work, { name: one.full_name })),
      beside: one => owner.query(peopleByName, [withoutMarks(one.full_name), district.scope]),
    },
    {
      of: 'search',
      what: 'first page by name, ward',
      ours: () => ask(ward, 'register', work => register.listPeopleOfUnit(work, ward.unit.id)),
      beside: () => owner.query(peopleOfUnit, [ward.unit.id]),
    },
    figures(province, 'province'),
    figures(district, 'district'),
    firstPage(province, 'province'),
    firstPage(district, 'district'),
    page(province, 'province'),
    page(ward, 'ward'),
    queue(province, 'province'),
    queue(district, 'district'),
  ]
}

const isInScope = (place: string) => `exists (
  select from register.person_scope s where s.person_id = p.person_id and s.unit_id = any (${place}::uuid[]))`
const personByNumber = `
  select p.* from register.number_lookup n join register.person p using (person_id) where n.number = $1`
const peopleByGivenName = `
  select p.* from register.person p where p.given_ascii = $1 and p.birth_y = $2 and ${isInScope('$3')}
  order by p.sort_key, p.person_id limit 50`
const peopleByName = `
  select p.* from register.person p where p.name_ascii = $1 and ${isInScope('$2')}
  order by p.sort_key, p.person_id limit 50`
const peopleOfUnit = `
  select p.* from register.person_scope s join register.person p using (person_id) where s.unit_id = $1
  order by s.sort_key, s.person_id limit 50`
const pageToApprove = `
  select p.*, a.full_name from accounts.account p join register.person a using (person_id)
  where p.state = 'requested' and p.handed_up_at is null and ${isInScope('$1')}
  order by coalesce(p.due_on, date '9999-12-31'), p.id limit 51`
const accountsByState = `
  select p.state, p.last_day < $2::date as lapsed, count(*) from accounts.account p
  where p.state <> 'cancelled' and ${isInScope('$1')} group by 1, 2`

const sizes = process.argv.slice(2).map(Number)
const measured: { readonly people: number; readonly medians: readonly Medians[] }[] = []
for (const people of sizes.length > 0 ? sizes : [100_000, 1_300_000])
  measured.push(await inProvince(people, process.env['KEEP'], askAll))
const [small, large] = [measured[0], measured.at(-1)]
if (small && large) {
  const times = Math.log(large.people / small.people)
  const ms = (value: number) => Number(value.toFixed(1))
  const exponent = (from: number, to: number) => Number((Math.log(to / from) / times).toFixed(2))
  console.log(
    `${small.people} and ${large.people} people, ${rounds} rounds, medians in milliseconds, the whole work with its ` +
      `trace; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`,
  )
  console.table(
    large.medians.map((now, at) => {
      const then = small.medians[at] ?? now
      return {
        ...{ of: now.of, what: now.what, small: ms(then.ours), large: ms(now.ours) },
        growth: exponent(then.ours, now.ours),
        ...{ 'first, small': ms(then.first), 'first, large': ms(now.first) },
        ...{ 'beside, small': ms(then.beside), 'beside, large': ms(now.beside) },
        'beside, growth': exponent(then.beside, now.beside),
      }
    }),
  )
}
