import type { InstanceDay, InstanceOfficer, InstanceSite, PlanInstance } from '../optimiser/instance.ts'
import type { Plan, PlanObjective } from '../optimiser/plan.ts'
import { compile } from '../optimiser/solving/compile.ts'
import type { Route } from '../optimiser/solving/schedule.ts'
import { type WrittenPlan, writePlan } from '../optimiser/solving/write-plan.ts'
import { lateReasonsOf } from './late-reasons.ts'
import { QuickSearch, teamDaysOn } from './quick-search.ts'
import type { LateAtSite, Remedies, Remedy, RemedyChange } from './reason.ts'
import { StandingPlan } from './standing-plan.ts'

/**
 * What would serve more people in time. The plan is first made as good as a short search makes it without a change;
 * from there each change alone is tried by the same search on the days that it concerns and on whoever goes to the
 * sites that become others. So nothing is counted for a change that more searching gives anyway.
 */

/** What an order allows on a day without ordinary hours, and on one that it lengthens. */
export type UsualOrders = Readonly<Record<'restDay' | 'evening', NonNullable<InstanceDay['overtime']>>>

export type RemedyOptions = {
  readonly orders: UsualOrders
  readonly onProgress?: (share: number) => void
}

/** Of the share of time: the search without a change. */
const shareOfFirst = 0.4
const mostSweeps = 3

export function remediesOf(instance: PlanInstance, plan: Plan, { orders, onProgress }: RemedyOptions): Remedies {
  const standing = new StandingPlan(instance, plan)
  const { late, bySite } = lateReasonsOf(standing)
  const changes = changesFor(instance, bySite, orders)
  if (changes.length === 0) return { withoutChange: 0, remedies: [] }
  const routes = searched(standing, share => onProgress?.(shareOfFirst * share))
  const without = writePlan(standing.given, routes, { reasons: false }).objective
  const remedies = changes.map((change, at): Remedy => {
    onProgress?.(shareOfFirst + ((1 - shareOfFirst) * at) / changes.length)
    const found = planWith(standing, routes, change, orders).written.objective
    const more = (of: keyof PlanObjective) => found[of] - without[of]
    return {
      change,
      inTimeMore: without.latePeople - found.latePeople,
      minutesMore: more('travelMinutes') + more('overtimeMinutes'),
      overtimeMore: more('overtimeMinutes'),
      kmMore: Math.round(more('km') * 10) / 10,
    }
  })
  onProgress?.(1)
  return { withoutChange: late - without.latePeople, remedies: remedies.sort(byCostAPerson) }
}

/** The routes of a plan as good as a short search makes them. */
export function searched(standing: StandingPlan, onProgress?: (share: number) => void): readonly Route[] {
  const { given } = standing
  const search = new QuickSearch(given, standing.routes)
  const everywhere = teamDaysOn(given, given.days.keys())
  for (let turn = 1; turn <= mostSweeps; turn++) {
    if (search.sweep(everywhere) === 0) break
    onProgress?.(turn / mostSweeps)
  }
  return search.routes
}

/** The plan of the same search with one thing more, from some routes. */
export function planWith(
  { dayAt, teamAt, instance }: StandingPlan,
  routes: readonly Route[],
  change: RemedyChange,
  orders: UsualOrders,
): { readonly instance: PlanInstance; readonly written: WrittenPlan } {
  const changed = withChange(instance, change, orders)
  const given = compile(changed)
  const officersOf = ({ teams }: PlanInstance) => teams.flatMap(team => team.officers.map(({ id }) => id))
  const officerAt = new Map(officersOf(changed).map((id, at) => [id, at]))
  const renumbered = officersOf(instance).map(id => officerAt.get(id) ?? 0)
  const search = new QuickSearch(
    given,
    routes.map(route => ({ ...route, officers: route.officers.map(one => renumbered[one] ?? 0) })),
  )
  const days = change.days.map(day => dayAt.get(day) ?? 0)
  const team = change.kind === 'officer' ? teamAt.get(change.team) : undefined
  search.sweep(team === undefined ? teamDaysOn(given, days) : days.map(day => [team, day]))
  search.sweep(search.concerned)
  return { instance: changed, written: writePlan(given, search.routes, { reasons: false }) }
}

function byCostAPerson(one: Remedy, other: Remedy): number {
  const [helps, helpsToo] = [one.inTimeMore > 0, other.inTimeMore > 0]
  if (!helps || !helpsToo) return Number(helpsToo) - Number(helps)
  const costOf = ({ minutesMore, inTimeMore }: Remedy) => minutesMore / inTimeMore
  return costOf(one) - costOf(other) || other.inTimeMore - one.inTimeMore
}

const isSaturday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() === 6
const mostOfKind = 2

/** A bounded set, by where and by when most people are late. */
function changesFor(instance: PlanInstance, bySite: readonly LateAtSite[], orders: UsualOrders): RemedyChange[] {
  const { days, kits, teams, sites } = instance
  const useful = days.filter(({ day }) => bySite.some(({ lastDay }) => day <= lastDay))
  const worked = useful.filter(({ ordinary, overtime }) => ordinary.length > 0 || overtime)
  const saturdays = worked.filter(({ day }) => isSaturday(day)).map(({ day }) => day)
  const kitDays = (saturdays.length > 0 ? saturdays : worked.map(({ day }) => day)).slice(0, mostOfKind)
  const byKit = bySite.some(({ kind }) => kind !== 'activation')
  const near = nearestFirst(instance, bySite)

  const stores = near([...new Set(kits.map(({ store }) => store))], store => store).slice(0, mostOfKind)
  const ofKits = stores.flatMap((store): RemedyChange[] => [
    { kind: 'kit', store, days: kitDays },
    { kind: 'kit', store, days: worked.map(({ day }) => day) },
  ])
  const ofOrders = useful
    .filter(({ ordinary, overtime }) => ordinary.length === 0 && !overtime)
    .slice(0, mostOfKind)
    .map(({ day }): RemedyChange => ({ kind: 'order', days: [day] }))
  const ofOfficers = near(teams, ({ base }) => base)
    .slice(0, mostOfKind)
    .map(({ id }): RemedyChange => ({ kind: 'officer', team: id, days: worked.map(({ day }) => day) }))
  const ofEvenings = [...new Set(bySite.map(({ site }) => site))].slice(0, mostOfKind).flatMap((id): RemedyChange[] => {
    const site = sites.find(one => one.id === id)
    const until = bySite.find(one => one.site === id)?.lastDay ?? ''
    const day = site && useful.findLast(one => one.day <= until && eveningOf(instance, site, one, orders))
    return day ? [{ kind: 'evening', site: id, days: [day.day] }] : []
  })
  return [...(byKit ? ofKits : []), ...ofOrders, ...ofOfficers, ...ofEvenings].filter(one => one.days.length > 0)
}

/** Sorts places by how far they are from where people are late, each site with as much weight as it has people. */
function nearestFirst({ places, travel, sites }: PlanInstance, bySite: readonly LateAtSite[]) {
  const at = new Map(places.map(({ id }, index) => [id, index]))
  const placeOf = new Map(sites.map(({ id, place }) => [id, at.get(place) ?? 0]))
  const reach = (place: string) => {
    const from = at.get(place) ?? 0
    // Beyond two hours nobody goes, and an island is no nearer to one than to another.
    return bySite.reduce((sum, { site, late }) => {
      const to = placeOf.get(site) ?? 0
      return sum + late * Math.min(120, from === to ? 0 : (travel.minutes[from]?.[to] ?? 120))
    }, 0)
  }
  return <One>(list: readonly One[], placeIn: (one: One) => string): One[] => {
    const far = new Map(list.map(one => [one, reach(placeIn(one))]))
    return list.toSorted((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0))
  }
}

/** From the end of work to the end of an order, where the site is not open then and not shut. */
function eveningOf(
  { shifts }: PlanInstance,
  site: InstanceSite,
  { day, ordinary, overtime }: InstanceDay,
  orders: UsualOrders,
): readonly [from: string, to: string] | undefined {
  const from = ordinary.at(-1)?.[1]
  const to = (overtime ?? orders.evening).to
  if (!from || from >= to || !shifts.some(shift => shift.from >= from)) return undefined
  const isOpen = site.open.some(one => one.from <= day && day <= one.to && one.hours.some(hours => hours[1] > from))
  const isShut = site.closed.some(one => one.from <= day && day <= one.to)
  return isOpen || isShut ? undefined : [from, to]
}

/** The instance with one thing more. */
export function withChange(instance: PlanInstance, change: RemedyChange, orders: UsualOrders): PlanInstance {
  const isMeant = (day: string) => change.days.includes(day)
  if (change.kind === 'order')
    return { ...instance, days: instance.days.map(day => (isMeant(day.day) ? ordered(instance, day, orders) : day)) }
  if (change.kind === 'kit') {
    const alike = instance.kits.find(({ store }) => store === change.store) ?? instance.kits[0]
    if (!alike) return instance
    const away = instance.days.map(({ day }) => day).filter(day => !isMeant(day))
    return { ...instance, kits: [...instance.kits, { ...alike, id: 'one-more-kit', store: change.store, away }] }
  }
  if (change.kind === 'officer') {
    const officer: InstanceOfficer = {
      id: 'one-more-officer',
      name: '',
      away: [],
      overtimeBefore: {},
      restDaysBefore: {},
    }
    const teams = instance.teams.map(team =>
      team.id === change.team ? { ...team, officers: [...team.officers, officer] } : team,
    )
    return { ...instance, teams }
  }
  const days = instance.days.map(day => (isMeant(day.day) ? ordered(instance, day, orders) : day))
  const sites = instance.sites.map(site => {
    if (site.id !== change.site) return site
    const evenings = instance.days
      .filter(({ day }) => isMeant(day))
      .flatMap(day => {
        const hours = eveningOf(instance, site, day, orders)
        return hours ? [{ from: day.day, to: day.day, hours: [hours] }] : []
      })
    return { ...site, open: [...site.open, ...evenings] }
  })
  return { ...instance, days, sites }
}

/** With an order like others of the plan, else the usual one. */
function ordered({ days }: PlanInstance, day: InstanceDay, orders: UsualOrders): InstanceDay {
  if (day.overtime) return day
  const isRest = day.ordinary.length === 0
  const other = days.find(one => one.overtime && (one.ordinary.length === 0) === isRest)?.overtime
  return { ...day, overtime: other ?? orders[isRest ? 'restDay' : 'evening'] }
}
