/**
 * Papers of a plan. A plan that was found comes in, with what the house knows of its sites, teams and rosters. What
 * goes out are two PDFs: the order of an accepted plan with its annexes, and what one team does on one day. Deed:
 * plan.exported, since both name officers.
 */

import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { dayAt } from '../../platform/day.ts'
import { asId, isId } from '../../platform/ids.ts'
import { drawApart } from '../../platform/pdf/drawing-apart.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { DemandKind, PlanInstance } from '../optimiser/instance.ts'
import type { PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { readMinute, writeMinute } from '../plan-check/hours.ts'
import { type FoundPlan, getFoundPlan } from '../plan-explanations/plan-explanations.ts'
import type { PlanId } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId, TeamId } from '../session.ts'
import { getSite } from '../sessions/sites.ts'
import { getTeam } from '../sessions/teams.ts'
import type { DayStep, TeamDaySheet, teamDaySheetPdf } from './day-sheet-pdf.ts'
import type { PlanOrderPaper, planOrderPdf } from './order-pdf.ts'
import type { PaperMarks } from './paper-texts.ts'
import { countClasses, type RosterClassCount } from './store.ts'

export type PaperOptions = { readonly isDemonstration: boolean }

/** Throws plan-unknown, and plan-state-refused where nobody accepted it. */
export async function drawPlanOrder(work: Work, id: PlanId, options: PaperOptions): Promise<Buffer> {
  const found = await getFoundPlan(work, id)
  if (found.state !== 'accepted') throw planningProblem('plan-state-refused', { state: found.state })
  const order = await planOrderOf(work, found, options)
  await audit.record(
    work,
    'plan.exported',
    { kind: 'plan', id, unitId: found.unitId },
    { paper: 'order', officers: order.officers },
  )
  return drawApart<typeof planOrderPdf>(new URL('./order-pdf.ts', import.meta.url), 'planOrderPdf', order)
}

/** Throws plan-unknown, plan-state-refused, plan-route-unknown. */
export async function drawTeamDay(
  work: Work,
  id: PlanId,
  { team, day }: Pick<PlannedRoute, 'team' | 'day'>,
  options: PaperOptions,
): Promise<Buffer> {
  const found = await getFoundPlan(work, id)
  const route = found.plan.routes.find(one => one.team === team && one.day === day)
  if (!route) throw planningProblem('plan-route-unknown')
  const sheet = await sheetOf(work, found, route, options)
  await audit.record(
    work,
    'plan.exported',
    { kind: 'plan', id, unitId: found.unitId },
    { paper: 'day-sheet', day, team, officers: sheet.officers.length },
  )
  return drawApart<typeof teamDaySheetPdf>(new URL('./day-sheet-pdf.ts', import.meta.url), 'teamDaySheetPdf', sheet)
}

const paperMarksOf = async (
  work: Work,
  { id, unitId }: FoundPlan,
  { isDemonstration }: PaperOptions,
): Promise<PaperMarks> => ({
  planId: id,
  unit: await units.letterheadOf(work, unitId, work.today),
  printedAt: work.now,
  isDemonstration,
})

/** Teams of several units may have the same name: these are told by the place from which they leave. */
function teamNames({ teams, places }: PlanInstance): (id: string) => string {
  const place = namesIn(places)
  const count = Map.groupBy(teams, ({ name }) => name)
  return namesIn(
    teams.map(({ id, name, base }) => ({
      id,
      name: (count.get(name)?.length ?? 0) > 1 ? `${name}, ${place(base)}` : name,
    })),
  )
}

const namesIn = (list: readonly { readonly id: string; readonly name: string }[]) => {
  const names = new Map(list.map(({ id, name }) => [id, name]))
  return (id: string): string => names.get(id) ?? ''
}

function peopleExpected({ serves }: PlannedSession): Record<DemandKind, number> {
  const people = { capture: 0, activation: 0, raising: 0 }
  for (const one of serves) people[one.kind] += one.people
  return people
}

async function planOrderOf(work: Work, found: FoundPlan, options: PaperOptions): Promise<PlanOrderPaper> {
  const { plan, instance, campaignId, decidedBy, decidedAt, from, to } = found
  const names = await staff.namesOf(work, decidedBy && isId(decidedBy) ? [decidedBy] : [])
  const team = teamNames(instance)
  const [site, kit, place] = [namesIn(instance.sites), namesIn(instance.kits), namesIn(instance.places)]
  const routes = plan.routes.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const usedKits = new Set(routes.flatMap(({ kits }) => kits))
  return {
    ...(await paperMarksOf(work, found, options)),
    campaign: (await campaign.getCampaign(work, campaignId)).title,
    from,
    to,
    acceptedBy: names.get(decidedBy ?? '') ?? '',
    // A demonstration has a day of its own; its instants are real.
    acceptedOn: decidedAt && !options.isDemonstration ? dayAt(decidedAt) : work.today,
    teams: new Set(routes.map(one => one.team)).size,
    officers: new Set(routes.flatMap(({ officers }) => officers)).size,
    kitCount: usedKits.size,
    sites: new Set(routes.flatMap(({ sessions }) => sessions.map(one => one.site))).size,
    late: plan.objective.latePeople,
    unserved: plan.objective.unservedPeople,
    sessions: routes.flatMap(route =>
      route.sessions.map(session => ({
        day: route.day,
        team: team(route.team),
        from: session.from,
        to: session.to,
        site: site(session.site),
        kits: session.kits.map(kit),
        people: peopleExpected(session),
      })),
    ),
    overtime: overtimeByOfficer(instance, routes),
    kits: instance.kits.flatMap(({ id, name, store }) =>
      [
        ...Map.groupBy(
          routes.filter(({ kits }) => kits.includes(id)),
          one => one.team,
        ),
      ].map(([by, taken]) => ({
        kit: name,
        store: place(store),
        team: team(by),
        days: taken.map(({ day }) => day),
      })),
    ),
    crossings: routes.flatMap(route =>
      route.legs
        .filter(({ by }) => by === 'boat')
        .map(({ from: shore, to: other, departs, arrives }) => ({
          day: route.day,
          team: team(route.team),
          from: place(shore),
          to: place(other),
          departs,
          arrives,
        })),
    ),
  }
}

/** Of each officer who is out beyond ordinary hours, the most minutes first. */
function overtimeByOfficer(instance: PlanInstance, routes: readonly PlannedRoute[]): PlanOrderPaper['overtime'] {
  const team = teamNames(instance)
  const rest = new Set(instance.days.filter(({ ordinary }) => ordinary.length === 0).map(({ day }) => day))
  return instance.teams
    .flatMap(({ id, officers }) =>
      officers.map(officer => {
        const own = routes.filter(one => one.overtimeMinutes > 0 && one.officers.includes(officer.id))
        return {
          officer: officer.name,
          team: team(id),
          days: own.map(({ day }) => day),
          minutes: own.reduce((sum, one) => sum + one.overtimeMinutes, 0),
          restDays: own.filter(({ day }) => rest.has(day)).length,
        }
      }),
    )
    .filter(({ minutes }) => minutes > 0)
    .toSorted((a, b) => b.minutes - a.minutes)
}

async function sheetOf(
  work: Work,
  found: FoundPlan,
  route: PlannedRoute,
  options: PaperOptions,
): Promise<TeamDaySheet> {
  const { instance } = found
  const [place, kit] = [namesIn(instance.places), namesIn(instance.kits)]
  const team = instance.teams.find(({ id }) => id === route.team)
  const { members } = await getTeam(work, asId<'team'>(route.team) as TeamId)
  const contacts = await Promise.all(
    route.officers.map(async id => [id, await staff.contactOf(work, asId<'officer'>(id))] as const),
  )
  const phones = new Map(contacts.map(([id, { phone }]) => [id, phone]))
  const classes = await countClasses(work, route.team, route.day)
  const sessions: TeamDaySheet['sessions'][number][] = []
  for (const session of route.sessions) sessions.push(await sessionOf(work, instance, session, classes))
  return {
    ...(await paperMarksOf(work, found, options)),
    isDraft: found.state !== 'accepted',
    team: teamNames(instance)(route.team),
    day: route.day,
    base: place(team?.base ?? ''),
    departs: route.departs,
    returns: route.returns,
    travelMinutes: route.travelMinutes,
    overtimeMinutes: route.overtimeMinutes,
    km: route.legs.reduce((sum, { km }) => sum + km, 0),
    kits: route.kits.map(id => ({
      kit: kit(id),
      store: place(instance.kits.find(one => one.id === id)?.store ?? ''),
    })),
    officers: route.officers.map(id => ({
      name: namesIn(team?.officers ?? [])(id),
      role: members.find(({ officerId }) => officerId === id)?.role,
      phone: phones.get(id),
    })),
    steps: stepsOfDay(instance, route),
    sessions,
  }
}

async function sessionOf(
  work: Work,
  instance: PlanInstance,
  session: PlannedSession,
  classes: readonly RosterClassCount[],
): Promise<TeamDaySheet['sessions'][number]> {
  const given = instance.sites.find(({ id }) => id === session.site)
  const place = await addressOf(work, session.site)
  return {
    site: given?.name ?? '',
    address: place.address,
    unit: place.unit,
    from: session.from,
    to: session.to,
    kits: session.kits.map(namesIn(instance.kits)),
    people: peopleExpected(session),
    classes: classes
      .filter(one => one.siteId === place.siteId && one.startsAt === session.from)
      .map(({ name, people }) => ({ name, people })),
  }
}

/** Ids of an instance are those of sites, or `school:` and `hall:` with what becomes a site by the acceptance. */
async function addressOf(work: Work, id: string) {
  const [kind, rest] = id.split(':') as [string, string | undefined]
  const school = kind === 'school' && rest ? await units.getSchool(work, asId<'school'>(rest)) : undefined
  const site = rest ? undefined : await getSite(work, asId<'site'>(id) as SiteId)
  const unitId = school?.unitId ?? site?.unitId ?? (rest ? asId<'unit'>(rest) : undefined)
  const head = unitId && (await units.letterheadOf(work, unitId, work.today))
  return { siteId: site?.id, address: site?.address ?? head?.seat ?? '', unit: head?.name ?? '' }
}

/** Legs and sessions in the order of their hours; at each site setting up comes before them and packing after. */
function stepsOfDay(instance: PlanInstance, { legs, sessions }: PlannedRoute): DayStep[] {
  const place = namesIn(instance.places)
  const ways = legs.map(
    ({ from, to, by, departs, arrives, km }): DayStep => ({
      from: departs,
      to: arrives,
      what: by,
      place: `${place(from)} – ${place(to)}`,
      km,
    }),
  )
  const stays = sessions.flatMap((session, at): DayStep[] => {
    const site = instance.sites.find(({ id }) => id === session.site)
    const { from, to } = session
    const name = site?.name ?? ''
    const [setUp, pack] = [site?.setUpMinutes ?? 0, site?.packMinutes ?? 0]
    const isFirst = sessions[at - 1]?.site !== session.site
    const isLast = sessions[at + 1]?.site !== session.site
    const before: DayStep = { from: writeMinute(readMinute(from) - setUp), to: from, what: 'set-up', place: name }
    const after: DayStep = { from: to, to: writeMinute(readMinute(to) + pack), what: 'pack', place: name }
    return [
      ...(isFirst && setUp > 0 ? [before] : []),
      { from, to, what: 'session', place: name },
      ...(isLast && pack > 0 ? [after] : []),
    ]
  })
  return [...ways, ...stays].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1))
}
