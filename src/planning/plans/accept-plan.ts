import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { asDay } from '../../platform/day.ts'
import { asId, isId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { asHour } from '../hour.ts'
import { schoolHours } from '../law.ts'
import { type AnnouncedSession, type DemandKind, demandKinds, type PlanInstance } from '../optimiser/instance.ts'
import type { Plan, PlannedRoute, PlannedSession } from '../optimiser/plan.ts'
import { changeInstance } from '../optimiser/replanning/change-instance.ts'
import { withoutFaults } from '../optimiser/replanning/event-faults.ts'
import { isLockByHand } from '../plan-changes/plan-changes.ts'
import { needsOrder, type PlanWarning } from '../plan-warnings.ts'
import { planningProblem } from '../problems.ts'
import type { KitId, SessionKind, SiteId, TeamId, TeamSessionId } from '../session.ts'
import type { RaisedWarning } from '../sessions/checks.ts'
import { cancelTeamSession, moveTeamSession, type NewTeamSession, planTeamSession } from '../sessions/sessions.ts'
import { createSite, getSite, listSites } from '../sessions/sites.ts'
import { getTeam } from '../sessions/teams.ts'
import * as sessions from '../store-session.ts'
import { buildInstance } from './build-instance.ts'
import { changesSince, type PlanChange } from './plan-staleness.ts'
import { getPlan, holdDraft, type KeptPlan, type PlanId } from './plans.ts'
import { findPlanBase, type PlanBase, setPlanDecided } from './store.ts'
import { sessionKindOf } from './throughput.ts'

/**
 * A commander accepts a plan: in one work its sessions are created, those that are announced are kept or moved, and
 * those that have no place in it are cancelled. The acceptance is the order for what lies beyond ordinary hours; other
 * warnings have to be confirmed by their codes.
 */

export type AcceptedPlan = {
  readonly plan: KeptPlan
  readonly created: number
  readonly kept: number
  readonly moved: number
  readonly cancelled: number
}

type Outcome = 'created' | 'kept' | 'moved' | 'cancelled'

/** A change of one session. */
type Step = { readonly site: string; readonly day: string; readonly run: () => Promise<Outcome> }

/** Throws plan-unknown, plan-changed, plan-state-refused, plan-stale, plan-needs-confirmation. */
export async function acceptPlan(
  work: Work,
  id: PlanId,
  { version, confirm }: { readonly version: number; readonly confirm: readonly PlanWarning[] },
): Promise<AcceptedPlan> {
  await holdDraft(work, id, version)
  const draft = await getPlan(work, id)
  const { plan, unitId, request, from, to } = draft
  if (!plan) throw planningProblem('plan-state-refused', { state: draft.solving })
  if (from < work.today) throw planningProblem('plan-stale', { changed: [{ what: 'day-past', day: from }] })
  // Whoever books holds a session and then their hours: so does this work, for all of them, before it changes one.
  await sessions.holdSessions(work, standingIds(draft.instance))
  const one = await campaign.getCampaign(work, draft.campaignId)
  const now = await buildInstance(work, { campaign: one, unitId, from, to, overtime: request.overtime })
  // What happened may stand in no other record; a machine that is not there yet is no event that has come.
  const happened = [...(request.carried ?? []), ...draft.events].filter(({ what }) => what !== 'kit-more')
  const standing = changeInstance(now, withoutFaults(now, happened))
  const isOfPlan = isNotOfEvents(await findPlanBase(work, id))
  const changed = changesSince(draft.instance, standing, plan).filter(isOfPlan)
  if (changed.length > 0) throw planningProblem('plan-stale', { changed })

  const steps = await stepsOf(work, draft, plan, [...needsOrder, ...confirm])
  const done = await runSteps(steps)
  await setPlanDecided(work, id, 'accepted')
  const { overtimeMinutes } = plan.objective
  await audit.record(work, 'plan.accepted', { kind: 'plan', id, unitId }, { ...done, overtimeMinutes, confirm })
  return { plan: await getPlan(work, id), ...done }
}

const isStanding = (announced: AnnouncedSession) => !isLockByHand(announced)
const standingIds = ({ announced }: PlanInstance) =>
  announced.filter(isStanding).flatMap(({ id }) => (isId(id) ? [asId<'session'>(id)] : []))

/** What was locked when the plan was made again, and is moved by it, was moved because of its events. */
function isNotOfEvents(base: PlanBase | undefined): (change: PlanChange) => boolean {
  const locked = new Set(base?.instance.announced.filter(one => one.locked).map(({ id }) => id))
  return ({ what, id }) => what !== 'session-told' || !locked.has(id ?? '')
}

/** All warnings are gathered before anything is refused for them. */
async function runSteps(steps: readonly Step[]): Promise<Readonly<Record<Outcome, number>>> {
  const done: Record<Outcome, number> = { created: 0, kept: 0, moved: 0, cancelled: 0 }
  const unconfirmed: { site: string; day: string; warnings: readonly RaisedWarning[] }[] = []
  for (const { site, day, run } of steps) {
    try {
      done[await run()] += 1
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'session-needs-confirmation') throw error
      unconfirmed.push({ site, day, warnings: error.facts['warnings'] as readonly RaisedWarning[] })
    }
  }
  if (unconfirmed.length > 0) throw planningProblem('plan-needs-confirmation', { sessions: unconfirmed })
  return done
}

/** A session that a machine is taken to is one for cards, else for levels; the people of the others come along. */
const kindOfPlanned = (kinds: readonly DemandKind[]): SessionKind => {
  const first = demandKinds.filter(kind => kinds.includes(kind)).sort((a, b) => inOrder(a) - inOrder(b))[0]
  return sessionKindOf[first ?? 'activation']
}
const inOrder = (kind: DemandKind) => ['capture', 'raising', 'activation'].indexOf(kind)

type Placed = { readonly route: PlannedRoute; readonly session: PlannedSession }

/** Whether a session of the plan stands in for an announced one, and whether that stays as it is. */
type Fate = { readonly next?: Placed; readonly isKept: boolean; readonly isUntouched: boolean }

async function stepsOf(
  work: Work,
  { instance, campaignId }: KeptPlan,
  plan: Plan,
  confirm: readonly PlanWarning[],
): Promise<Step[]> {
  const placed = plan.routes.flatMap(route => route.sessions.map(session => ({ route, session })))
  const standing = instance.announced.filter(isStanding)
  const keepsStanding = ({ session }: Placed) => standing.some(({ id }) => id === session.keeps)
  const fresh = new Set(placed.filter(one => !keepsStanding(one)))
  const names = new Map(instance.sites.map(({ id, name }) => [id, name]))
  const stepOf = (site: string, day: string, run: Step['run']): Step => ({ site: names.get(site) ?? '', day, run })
  const placement = placer(work, confirm)

  const [ofCancelled, ofMoved]: [Step[], Step[]] = [[], []]
  const lifted: TeamSessionId[] = []
  for (const announced of standing) {
    const sessionId = asId<'session'>(announced.id)
    const { next, isKept, isUntouched } = await fateOf(work, announced, placed, fresh)
    if (!next) {
      const cancel = () => cancelTeamSession(work, sessionId, { reason: reasonOfPlan })
      ofCancelled.push(stepOf(announced.site, announced.day, () => cancel().then(() => 'cancelled' as const)))
      continue
    }
    fresh.delete(next)
    if (!isUntouched) lifted.push(sessionId)
    ofMoved.push(
      stepOf(next.session.site, next.route.day, async () => {
        if (!isUntouched) await moveTeamSession(work, sessionId, await placement(next))
        return isKept ? 'kept' : 'moved'
      }),
    )
  }
  await sessions.liftSessions(work, lifted)
  const ofFresh = [...fresh].map(one =>
    stepOf(one.session.site, one.route.day, async () => {
      await planTeamSession(work, { kind: kindOfPlanned(one.session.kinds), campaignId, ...(await placement(one)) })
      return 'created'
    }),
  )
  return [...ofCancelled, ...ofMoved, ...ofFresh]
}

/** What is open goes on as it is, whatever the plan has of it. */
async function fateOf(
  work: Work,
  announced: AnnouncedSession,
  placed: readonly Placed[],
  fresh: ReadonlySet<Placed>,
): Promise<Fate> {
  const standing = await sessions.findSession(work, asId<'session'>(announced.id))
  const keeper = placed.find(({ session }) => session.keeps === announced.id)
  const next = keeper ?? [...fresh].find(one => isMoveOf(one, announced, standing?.kind))
  if (!next) return { isKept: false, isUntouched: false }
  const isUntouched = standing?.state !== 'planned' || isAsAnnounced(next, announced)
  return { next, isKept: keeper !== undefined, isUntouched }
}

/** Where, when and with whom a session of the plan is held, as the commander orders it. */
function placer(work: Work, confirm: readonly PlanWarning[]) {
  const siteFor = siteOpener(work)
  return async ({ route, session }: Placed): Promise<Omit<NewTeamSession, 'kind'>> => ({
    siteId: await siteFor(session.site),
    teamId: asId<'team'>(route.team) as TeamId,
    day: asDay(route.day),
    startsAt: asHour(session.from),
    endsAt: asHour(session.to),
    kits: session.kits.map(id => asId<'kit'>(id) as KitId),
    officers: await officersOf(work, route),
    confirm,
    by: 'commander',
  })
}

/** Read by officers, and by families of whoever is on the roster. */
const reasonOfPlan = 'Thay đổi theo kế hoạch mới'

/** A session of the plan to which an announced one can go: of the same kind at the same site. */
const isMoveOf = ({ session }: Placed, { site }: AnnouncedSession, kind: SessionKind | undefined) =>
  session.site === site && kindOfPlanned(session.kinds) === kind

const isAsAnnounced = ({ route, session }: Placed, announced: AnnouncedSession): boolean => {
  const factsOf = (one: AnnouncedSession) => [
    one.day,
    one.team,
    one.from,
    one.to,
    one.officers.toSorted(),
    one.kits.toSorted(),
  ]
  const planned = { ...announced, ...route, from: session.from, to: session.to, kits: session.kits }
  return JSON.stringify(factsOf(planned)) === JSON.stringify(factsOf(announced))
}

/** In the roles that they have in their team. */
async function officersOf(
  work: Work,
  { team, officers }: PlannedRoute,
): Promise<NonNullable<NewTeamSession['officers']>> {
  const { members } = await getTeam(work, asId<'team'>(team) as TeamId)
  return officers.map(id => ({
    officerId: asId<'officer'>(id),
    role: members.find(({ officerId }) => officerId === id)?.role ?? 'reserve',
  }))
}

/** Sites by the ids of an instance; what is no site of the house yet is entered once, unless another plan did so. */
function siteOpener(work: Work): (id: PlanInstance['sites'][number]['id']) => Promise<SiteId> {
  const opened = new Map<string, SiteId>()
  return async id => {
    const known = opened.get(id) ?? (await openedSite(work, id))
    opened.set(id, known)
    return known
  }
}

async function openedSite(work: Work, id: string): Promise<SiteId> {
  const [kind, rest] = id.split(':') as [string, string | undefined]
  if (!rest) return (await getSite(work, asId<'site'>(id) as SiteId)).id
  const school = kind === 'school' ? await units.getSchool(work, asId<'school'>(rest)) : undefined
  const unitId = school?.unitId ?? asId<'unit'>(rest)
  const { sites } = await listSites(work, [unitId], { from: work.today, to: work.today })
  const known = sites.find(site => (school ? site.schoolId === school.id : site.kind === 'hall'))
  if (known) return known.id
  const hours = { opensAt: asHour(schoolHours.opensAt), closesAt: asHour(schoolHours.closesAt) }
  const place = school ? { kind: 'school' as const, schoolId: school.id } : { kind: 'hall' as const, unitId }
  return (await createSite(work, { ...place, ...hours })).id
}
