/**
 * A plan on the calendar. A kept plan comes in; what goes out is one week of it as lanes by team, with what the whole
 * plan comes to. Also here: a session is moved or locked by hand (session-changes.ts). Deeds: plan.changed.
 */

import { readFileSync } from 'node:fs'
import { addDays, asDay, type Day, daysFrom, weekday } from '../../platform/day.ts'
import { isId } from '../../platform/ids.ts'
import { fromRoot } from '../../platform/root.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { InstanceDay } from '../optimiser/instance.ts'
import type { LateReason, PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { isLockByHand } from '../plan-changes/plan-changes.ts'
import { getPlanSummary, type PlanId, type PlanSummary } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import { unitsBelow } from '../sessions/unit-in-scope.ts'
import type { PlanOfDays } from './store.ts'
import * as store from './store.ts'

type InstanceOfDays = PlanOfDays['instance']

/** Of a week that begins on Monday. */
const [firstWeekday, daysAWeek] = [1, 7]

const mondayOf = (day: Day): Day => addDays(day, firstWeekday - weekday(day))
const sundayOf = (monday: Day): Day => addDays(monday, daysAWeek - firstWeekday)

const namesOf = (list: readonly { readonly id: string; readonly name: string }[]) =>
  new Map(list.map(({ id, name }) => [id, name]))

/** Throws plan-unknown. Without a day, or with one outside of the plan: its first week. */
export async function readPlanWeek(work: Work, id: PlanId, day: Day | undefined) {
  const summary = await getPlanSummary(work, id)
  const { from, to, decidedBy } = summary
  const monday = mondayOf(day && day >= mondayOf(from) && day <= to ? day : from)
  const days = daysFrom(monday, sundayOf(monday))
  const kept = await store.findPlanOfDays(work, id, { from: monday, to: sundayOf(monday) })
  if (!kept) throw planningProblem('plan-unknown')
  const { request, instance, plan, routes } = kept
  const officer = decidedBy && isId(decidedBy) ? (await staff.namesOf(work, [decidedBy])).get(decidedBy) : undefined
  const places = namesOf(instance.places)
  return {
    state: summary.state,
    solving: summary.solving,
    progress: { ...summary.progress },
    ...{ from, to, version: summary.version, monday },
    ...(request.seconds && { seconds: request.seconds }),
    overtime: { days: [...request.overtime.days], evenings: request.overtime.evenings },
    madeAt: summary.madeAt.toISOString(),
    ...(officer && { decidedBy: officer }),
    ...(summary.decidedAt && { decidedAt: summary.decidedAt.toISOString() }),
    resources: resourcesOf(kept),
    shifts: instance.shifts.map(one => ({ ...one })),
    teams: instance.teams.map(({ id: team, name, base, officers }) => ({
      ...{ id: team, name, base: places.get(base) ?? base, officers: officers.length },
    })),
    kits: instance.kits.map(({ id: kit, name, store }) => ({ id: kit, name, store: places.get(store) ?? store })),
    ...(plan && { figures: figuresOf(instance, plan) }),
    weeks: weeksOf(from, to),
    days: days.map(one => weekDay(instance, one)),
    sessions: sessionsOf(instance, routes),
    routes: routes.map(route => weekRoute(instance, route)),
    tiles: await planTiles(work, summary),
  }
}

export type PlanWeek = Awaited<ReturnType<typeof readPlanWeek>>

function weeksOf(from: Day, to: Day): Day[] {
  const mondays: Day[] = []
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, daysAWeek)) mondays.push(monday)
  return mondays
}

function resourcesOf({ instance, notes }: PlanOfDays) {
  const { teams, kits, demands } = instance
  return {
    teams: teams.length,
    officers: teams.reduce((sum, { officers }) => sum + officers.length, 0),
    kits: kits.length,
    sites: new Set(demands.map(({ site }) => site)).size,
    people: peopleOf(demands),
    teamsLeftOut: [...notes.teamsLeftOut],
    estimatedWays: notes.estimatedWays,
    elsewhere: notes.elsewhere,
  }
}

const peopleOf = (list: readonly { readonly people: number }[]) => list.reduce((sum, { people }) => sum + people, 0)

function figuresOf(
  { demands, announced, prices }: InstanceOfDays,
  { objective, bound, gap, made, late }: NonNullable<PlanOfDays['plan']>,
) {
  const lateBy = new Map<LateReason, number>()
  for (const one of late) lateBy.set(one.why, (lateBy.get(one.why) ?? 0) + one.late)
  return {
    ...objective,
    people: peopleOf(demands),
    announcedSessions: announced.filter(one => !isLockByHand(one)).length,
    prices: { ...prices },
    ...(bound && { bound: { total: bound.total, latePeople: bound.latePeople, minutes: bound.minutes } }),
    ...(gap !== undefined && { gap }),
    ...{ stopped: made.stopped, seconds: made.seconds },
    lateBy: [...lateBy].map(([why, people]) => ({ why, people })).sort((a, b) => b.people - a.people),
  }
}

function weekDay({ days }: InstanceOfDays, day: Day) {
  const known = days.find(one => one.day === day)
  const holiday = units.holidayOn(day)
  return {
    ...{ day, within: known !== undefined, ordered: known?.overtime !== undefined, work: workOn(known) },
    ...(holiday && { holiday }),
  }
}

const workOn = (day: InstanceDay | undefined) =>
  (day?.ordinary.length ?? 0) > 0 ? ('ordinary' as const) : day?.overtime ? ('ordered' as const) : ('none' as const)

function sessionsOf(instance: InstanceOfDays, routes: readonly PlannedRoute[]) {
  const sites = new Map(instance.sites.map(site => [site.id, site]))
  const [places, kits] = [namesOf(instance.places), namesOf(instance.kits)]
  const standing = new Map(instance.announced.map(one => [`${one.site} ${one.day} ${one.shift}`, one]))
  const sessionOf = (route: PlannedRoute, session: PlannedSession) => {
    const { id, site, shift, from, to, kinds, serves } = session
    const at = sites.get(site)
    const announced = standing.get(`${site} ${route.day} ${shift}`)
    return {
      ...{ id, team: route.team, day: route.day, shift, from, to, site },
      siteName: at?.name ?? site,
      siteKind: at?.kind ?? ('hall' as const),
      place: at?.place ?? '',
      placeName: places.get(at?.place ?? '') ?? '',
      kinds: [...kinds],
      people: peopleOf(serves),
      inTime: peopleOf(serves.filter(({ inTime }) => inTime)),
      kits: session.kits.map(kit => kits.get(kit) ?? kit),
      announced: announced !== undefined && !isLockByHand(announced),
      locked: announced?.locked ?? false,
      boat: route.legs.some(({ by }) => by === 'boat'),
    }
  }
  return routes.flatMap(route => route.sessions.map(session => sessionOf(route, session)))
}

function weekRoute({ teams, kits }: InstanceOfDays, route: PlannedRoute) {
  const officers = namesOf(teams.find(({ id }) => id === route.team)?.officers ?? [])
  const kitNames = namesOf(kits)
  return {
    ...{ team: route.team, day: route.day, departs: route.departs, returns: route.returns },
    officers: route.officers.map(id => officers.get(id) ?? id),
    kits: route.kits.map(id => kitNames.get(id) ?? id),
    km: Math.round(route.legs.reduce((sum, { km }) => sum + km, 0) * 10) / 10,
    ...{ travelMinutes: route.travelMinutes, overtimeMinutes: route.overtimeMinutes },
  }
}

type PlanTile = {
  readonly map: string
  readonly code: string
  readonly name: string
  readonly district: string
  readonly col: number
  readonly row: number
}

let knownTiles: readonly PlanTile[] | undefined

/** The communes of all maps. Names in the file hold no comma. */
function allTiles(): readonly PlanTile[] {
  knownTiles ??= readFileSync(fromRoot('db/reference/tiles.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(','))
    .map(([map = '', code = '', name = '', district = '', col = '0', row = '0']) => ({
      ...{ map, code, name, district, col: Number(col), row: Number(row) },
    }))
  return knownTiles
}

/** The communes of the plan's unit on the map of its first day. */
async function planTiles(work: Work, { unitId, from }: PlanSummary) {
  const map = units.mapOn(asDay(from))
  const ids = await unitsBelow(work, unitId, asDay(from))
  const below = await Promise.all(ids.map(id => units.getUnit(work, id)))
  const names = new Map(below.map(({ code, name }) => [code, name]))
  return allTiles()
    .filter(tile => tile.map === map && names.has(tile.code))
    .map(({ code, name, district, col, row }) => ({ code, name, district: names.get(district) ?? '', col, row }))
}
