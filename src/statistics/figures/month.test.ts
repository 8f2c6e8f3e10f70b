import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import { addDays, asDay, type Day, daysFrom } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { columnsOf, milestoneColumns } from '../milestone-column.ts'
import * as statistics from '../statistics.ts'
import { findTotalsAsKnown } from './store.ts'

/**
 * A month of daily extracts with late, early and corrected facts, through the real imports, beside people who move,
 * die,
 * are corrected and merged. After each day a judge counts anew from the tables of register, cards and accounts, in SQL
 * that shares nothing with the code of figures. In the end every day in every edition must say what the judge said
 * then.
 * MONTH_SEED takes another month, MONTH_PEOPLE more people, MONTH_SHEETS=all reads every sheet and not a sample.
 */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const maintenance = { ...asSystem('import'), role: 'maintenance' as const }

/** The same month each time: mulberry32. */
let state = Number(process.env['MONTH_SEED'] ?? 1)
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (n: number) => Math.floor(random() * n)
const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
const chance = (share: number) => random() < share

const opens = asDay('2023-03-20')
const days = daysFrom(opens, asDay('2023-04-18'))
const places = [commune.haKhanh, commune.haPhong, commune.quangHanh, '07093'] as const
const people = Array.from({ length: Number(process.env['MONTH_PEOPLE'] ?? 48) }, (_, i) =>
  aPerson({
    name: `Trần Văn ${String.fromCharCode(65 + (i % 26))}`,
    bornOn: `2005-0${(i % 9) + 1}-11`,
    commune: pick(places),
  }),
)
const isWhole = process.env['MONTH_SHEETS'] === 'all'

// What the other systems say

/** Some days in order, each late by up to nine days: of some the report does not say. */
const late = (day: Day, n: number) =>
  Array.from({ length: n }, () => addDays(day, -below(10)))
    .toSorted()
    .map(one => (chance(0.15) ? '' : one))
const early = (day: Day) => addDays(day, 1 + below(4))

type Told = { level: number; step: number; days: string[] }
const toldAccounts = new Map<string, Told>()

function accountRow(number: string, day: Day): { row: string; isEarly: boolean } {
  const before = toldAccounts.get(number)
  const level = before?.level === 2 && chance(0.95) ? 2 : chance(0.3) ? 2 : (before?.level ?? 1)
  const step = before && chance(0.12) ? below(3) : Math.min(2, (before?.step ?? -1) + 1 + below(2))
  const fresh = late(day, 3)
  const kept = before && chance(0.6) ? fresh.map((one, i) => before.days[i] || one) : fresh
  const inOrder = kept.filter(Boolean).toSorted()
  const told = kept.map(one => (one ? (inOrder.shift() ?? '') : ''))
  const isEarly = chance(0.08)
  if (isEarly) told[step] = early(day)
  else toldAccounts.set(number, { level, step, days: told })
  const name = chance(0.04) ? 'cancelled' : chance(0.06) ? 'locked' : ['requested', 'approved', 'activated'][step]
  const [requested, approved, activated] = told.map((one, i) => (i <= step ? one : ''))
  return { row: [number, level, name, '', requested, approved, activated].join(','), isEarly }
}

const cardStates = ['applied', 'approved', 'produced', 'at-unit', 'handed-over'] as const
const toldCards = new Map<string, { step: number; issued: Day; serial: string }>()

function cardRow(number: string, day: Day): { row: string; isEarly: boolean } {
  const before = toldCards.get(number)
  const step = before && chance(0.1) ? below(5) : Math.min(4, (before?.step ?? -1) + 1 + below(3))
  const issued = before && chance(0.8) ? before.issued : addDays(day, -below(10))
  const since = chance(0.4) ? '' : [issued, addDays(day, -below(10))].toSorted().at(-1)
  const serial = `M${number.slice(3)}`
  const isEarly = chance(0.08)
  if (!isEarly) toldCards.set(number, { step, issued, serial })
  const name = step >= 2 && chance(0.04) ? 'blocked' : cardStates[step]
  const made = step >= 2 ? `${serial},${issued},2030-01-01` : ',,'
  const sinceOn = isEarly ? early(day) : since
  return { row: `${number},${made},${name},${sinceOn}`, isEarly }
}

const file = (header: string, rows: readonly { readonly row: string }[]) =>
  Readable.from([[header, ...rows.map(({ row }) => row)].join('\n')])

const someNumbers = () => people.filter(() => chance(0.3)).map(({ person_number }) => person_number)

async function takeExtracts(day: Day): Promise<void> {
  const accountRows = someNumbers().map(number => accountRow(number, day))
  const header = 'person_number,level,state,phone,requested_at,approved_at,activated_at'
  const one = await accounts.importAccounts(house.openWork, maintenance, file(header, accountRows), { asOf: day })
  assert.equal(one.reasons['day-after-extract'] ?? 0, accountRows.filter(({ isEarly }) => isEarly).length)
  const cardRows = someNumbers().map(number => cardRow(number, day))
  const cardHeader = 'person_number,serial,issued_on,expires_on,state,state_on'
  const two = await cards.importCards(house.openWork, maintenance, file(cardHeader, cardRows), { asOf: day })
  assert.equal(two.reasons['day-after-extract'] ?? 0, cardRows.filter(({ isEarly }) => isEarly).length)
}

async function changePeople(): Promise<void> {
  const mover = pick(people)
  mover.residence_unit = pick(places)
  if (chance(0.3)) mover.birth_date = `${pick([2004, 2005])}${mover.birth_date.slice(4)}`
  if (chance(0.15)) pick(people).life_status = 'dead'
  await enterAll(house, people)
}

/** Two records of one person become one. */
async function mergeTwo(): Promise<void> {
  const number = people.shift()?.person_number ?? ''
  const personId = await idOf(house, number)
  const otherId = await idOf(house, people.shift()?.person_number ?? '')
  const [first, second] = [await anOfficerOf(house, '22'), await anOfficerOf(house, '22')]
  const { id } = await house.as(first, work =>
    register.proposeMerge(work, { personId, otherId, reason: 'Cùng một người', papers: 'Giấy khai sinh' }),
  )
  await house.as(second, work => register.acceptMerge(work, id, { survivorId: personId, number }))
}

// The judge

/** The last transition that interrupts a run of those at a step or above, of a card or account. */
const accountDay = (step: number, told: string, levels: string) => `(
  select coalesce(
    (select v.${told} from accounts.transition v where v.person_id = a.person_id and v.account_id = a.id and
      ${levels} and ${runs(step)}
       and v.${told} is not null order by v.on_day desc, v.at desc limit 1),
    (select min(v.on_day) from accounts.transition v where v.person_id = a.person_id and v.account_id = a.id and
      ${levels} and ${runs(step)})))`

const accountStep = (
  v: string,
) => `(case ${v}.state when 'requested' then 1 when 'approved' then 2 when 'activated' then 3
  else case when coalesce(${v}.activated_on, (a.activated_at at time zone 'Asia/Ho_Chi_Minh')::date) is null then 2
    else 3
  end end)`
const runs = (step: number) => `${accountStep('v')} >= ${step} and not exists (
  select from accounts.transition w where w.person_id = a.person_id and w.account_id = a.id and (v.level = 2 or
    w.level = 1)
    and (w.on_day, w.at) > (v.on_day, v.at) and w.state in ('requested', 'approved', 'activated')
    and ${accountStep('w')} < ${step})`

const firstTold = (step: number, told: string) => accountDay(step, told, 'v.level = 1')
/** Level 2 has a day of its own only after that of level 1. */
const secondTold = (step: number, told: string) => `(select case
  when (select v.${told} from accounts.transition v where v.person_id = a.person_id and v.account_id = a.id and
    v.level = 2 and ${runs(step)}
    and v.${told} is not null order by v.on_day desc, v.at desc limit 1) <= ${firstTold(step, told)}
  then (select min(v.on_day) from accounts.transition v where v.person_id = a.person_id and v.account_id = a.id and
    v.level = 2 and ${runs(step)})
  else ${accountDay(step, told, 'v.level = 2')} end)`

const cardStep = (v: string) =>
  `array_position(array['applied', 'approved', 'produced', 'at-unit', 'handed-over'], ${v}.state)`
const cardRuns = (step: number) => `${cardStep('v')} >= ${step} and not exists (
  select from cards.transition w where w.person_id = c.person_id and w.card_id = c.id and (w.on_day, w.at) >
    (v.on_day, v.at)
    and ${cardStep('w')} < ${step})`
/** A report of the same state that follows at once, and says since when, corrects the one before. */
const cardDay = (step: number) => `(select min(
    case when v.since_on is not null then v.since_on
         when ${cardStep('v')} >= 3 and c.issued_on is not null and not exists (select from cards.transition w
           where w.person_id = c.person_id and w.card_id = c.id and (w.on_day, w.at) < (v.on_day, v.at) and
             ${cardStep('w')} >= 3) then c.issued_on
         else v.on_day end)
  from cards.transition v where v.person_id = c.person_id and v.card_id = c.id and ${cardRuns(step)}
    and coalesce((select w.state = v.state and w.since_on is not null from cards.transition w where w.person_id =
      c.person_id and w.card_id = c.id
      and (w.on_day, w.at) > (v.on_day, v.at) order by w.on_day, w.at limit 1), false) is false)`

const judgement = `
  with member as (
    select p.person_id, r.unit_id from register.person p
    join register.residence r on r.person_id = p.person_id and r.kind = 'permanent' and r.to_on is null
    where p.birth_y = 2005 and p.life_status <> 'dead'
  ), account as (
    select a.person_id, a.level, ${firstTold(1, 'requested_on')} as r1, ${secondTold(1, 'requested_on')} as r2,
      ${firstTold(2, 'approved_on')} as p1, ${secondTold(2, 'approved_on')} as p2,
      ${firstTold(3, 'activated_on')} as v1, ${secondTold(3, 'activated_on')} as v2
    from accounts.account a where a.state <> 'cancelled'
  ), card as (
    select c.person_id, ${cardDay(1)} as d1, ${cardDay(2)} as d2, case when exists (select from cards.transition v
        where v.person_id = c.person_id and v.card_id = c.id and ${cardRuns(3)}) then coalesce(c.issued_on,
          ${cardDay(3)}) end as d3,
      ${cardDay(4)} as d4, ${cardDay(5)} as d5
    from cards.card c where c.state not in ('revoked', 'blocked', 'expired', 'cancelled')
      and (c.expires_on is null or c.expires_on >= '2023-04-20')
  ), fact (person_id, metric, day) as (
    select n.person_id, 'number-known', coalesce(n.from_on, '1900-01-01') from register.number n where n.state =
      'in-force'
    union all select person_id, 'card-applied', least(d1, d2, d3, d4, d5) from card
    union all select person_id, 'card-approved', least(d2, d3, d4, d5) from card
    union all select person_id, 'card-produced', least(d3, d4, d5) from card
    union all select person_id, 'card-returned', least(d4, d5) from card
    union all select person_id, 'card-handed-over', d5 from card
    union all select person_id, 'account-received', least(r1, r2, p1, p2, v1, v2) from account
    union all select person_id, 'account-approved', least(p1, p2, v1, v2) from account
    union all select person_id, 'account-activated', least(v1, v2) from account
    union all select person_id, 'account-received-2', least(r2, p2, v2) from account where level = 2
    union all select person_id, 'account-approved-2', least(p2, v2) from account where level = 2
    union all select person_id, 'account-activated-2', v2 from account where level = 2
  ), first as (
    select person_id, metric, greatest(min(day), '${addDays(opens, -1)}') as day from fact where day is not null
    group by person_id, metric
  )
  select u.code as unit, 'members' as metric, '${addDays(opens, -1)}'::date::text as day, count(*)::int as n
  from member m join units.unit u on u.id = m.unit_id group by u.code
  union all
  select u.code, f.metric, f.day::text, count(*)::int from member m join first f using (person_id)
  join units.unit u on u.id = m.unit_id group by u.code, f.metric, f.day`

type Counted = { readonly unit: string; readonly metric: string; readonly day: string; readonly n: number }

const judge = async () => house.owner<Counted>(judgement)

/** How many a unit has by the end of a day, as the judge counted. */
function countBy(counted: readonly Counted[], isIn: (unit: string) => boolean, metric: string, day: string): number {
  const of = (name: string) =>
    counted.reduce((sum, one) => sum + (one.metric === name && one.day <= day && isIn(one.unit) ? one.n : 0), 0)
  return metric.endsWith('-1') ? of(metric.slice(0, -2)) - of(`${metric.slice(0, -2)}-2`) : of(metric)
}

//

test('every sheet of every day in every edition says what was known then of the facts by that day', async () => {
  await enterAll(house, people)
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'thang',
      title: 'Một tháng',
      cohort: { bornIn: [2005] },
      metrics: ['account-activated', 'card-handed-over'],
      startsOn: opens,
    }),
  )
  const id = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)

  const editions: Edition[] = []
  for (const day of days) {
    await takeExtracts(day)
    if (chance(0.4)) await changePeople()
    if (day === days[12] || day === days[21]) await mergeTwo()
    await statistics.recountAllDue(house.openWork)
    const { number } = await house.work(work => campaign.lastEdition(work))
    editions.push({ number, counted: await judge() })
  }
  await compareEditions(id, editions)
  for (const found of await statistics.verifyCounts(house.openWork))
    assert.deepEqual([found.differed, found.totals], [0, 0], found.campaign)
})

type Edition = { readonly number: number; readonly counted: readonly Counted[] }

/**
 * Each edition, unit, metric and day by the statement from which sheets read; and whole sheets of the province and its
 * districts, as an officer reads them: a sample, unless all are asked for.
 */
async function compareEditions(id: campaign.CampaignId, editions: readonly Edition[]): Promise<void> {
  const communes = await house.owner<{ code: string; id: string; above: string }>(
    `select code, id, parent_code as above from units.unit where code = any ($1) and level = 'commune'
     and valid @> '2023-04-20'::date`,
    [[...places]],
  )
  const higher = await house.owner<{ code: string; id: string }>(
    `select code, id from units.unit where code = any ($1) and level <> 'commune' and valid @> '2023-04-20'::date`,
    [['22', ...communes.map(({ above }) => above)]],
  )
  const districtOf = new Map(communes.map(({ code, above }) => [code, above]))
  const isIn = (code: string) => (unit: string) => code === '22' || unit === code || districtOf.get(unit) === code
  const wrong: string[] = []
  const compare = (what: string, said: readonly number[], meant: readonly number[]) => {
    if (said.join() !== meant.join()) wrong.push(`${what}: ${said.join()}, not ${meant.join()}`)
  }
  await house.work(async work => {
    for (const { number, counted } of editions) {
      const asked = { campaignId: id, band: 0, units: communes.map(one => one.id), columns: milestoneColumns }
      const totals = await findTotalsAsKnown(work, asked, days, number)
      for (const { code, id: unitId } of communes)
        for (const day of days) {
          const total = totals.find(one => one.unitId === unitId && one.day === day)
          const of = (name: string) => countBy(counted, isIn(code), name, day)
          for (const [metric, { has, not }] of Object.entries(columnsOf))
            compare(
              `${number} ${day} ${metric} ${code}`,
              [total?.members ?? 0, (total?.[has] ?? 0) - (not ? (total?.[not] ?? 0) : 0)],
              [of('members'), of(metric)],
            )
        }
      for (const day of isWhole ? days : [pick(days), pick(days)])
        for (const metric of isWhole ? campaign.personMetrics : [pick(campaign.personMetrics)])
          for (const { code, id: unitId } of isWhole ? higher : [pick(higher)]) {
            const asked = { day, metric, edition: number, unit: unitId as Id<'unit'> }
            const sheet = await statistics.readQuickSheet(work, id, asked)
            for (const { unit, members, cumulative, today } of [sheet.whole, ...sheet.below]) {
              const of = (name: string, by: Day) => countBy(counted, isIn(unit.code), name, by)
              const done = of(metric, day)
              const meant = [of('members', day), done, done - of(metric, addDays(day, -1))]
              compare(`${number} ${day} ${metric} ${code}/${unit.code}`, [members, cumulative, today], meant)
            }
          }
    }
  })
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} differ`)
}
