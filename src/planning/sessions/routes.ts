import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, type RequestContext, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../contract.ts'
import * as places from '../contract-place.ts'
import { asHour, type Hour } from '../hour.ts'
import { signOvertime } from '../overtime/overtime.ts'
import type { PlanWarning } from '../plan-warnings.ts'
import { planningProblem } from '../problems.ts'
import type { KitId, TeamRole, TeamSession, TeamSessionId } from '../session.ts'
import { getSession, listOfficersFor, readCalendar, readDaysAhead } from './calendar.ts'
import { readCrewReadiness } from './crew.ts'
import { changeKitState, createKit } from './kits.ts'
import * as schedule from './sessions.ts'
import { closeSiteForDay, createSite, reopenSiteForDay } from './sites.ts'
import { createTeam, dissolveTeam, setTeamMembers } from './teams.ts'
import { setWorkingHoursOf } from './unit-hours.ts'
import { readSessionBody, sessionBody } from './view.ts'

const dayField = (text: string, field: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field }] })
  return day
}

const unitOrOwn = (work: Work, unit: Id<'unit'> | undefined) => {
  const unitId = unit ?? work.unitId
  if (!unitId) throw requestProblem('input-invalid', { wrong: [{ field: 'unit' }] })
  return unitId
}

/** Whether the officer may order what needs an order, in the unit in which they act. */
const orderOf = ({ who }: RequestContext) =>
  who?.authority('planning.order', 'none') ? { by: 'commander' as const } : {}

type OfficerInput = { officerId: Id<'officer'>; role: TeamRole; from?: string; to?: string }

const hoursInput = ({ from, to }: { from?: string; to?: string }): { from?: Hour; to?: Hour } => ({
  ...(from && { from: asHour(from) }),
  ...(to && { to: asHour(to) }),
})

const placementInput = ({
  teamId,
  kits,
  officers,
  confirm,
}: {
  teamId?: string
  kits?: string[]
  officers?: OfficerInput[]
  confirm?: PlanWarning[]
}) => ({
  ...(teamId && { teamId: asId<'team'>(teamId) }),
  ...(kits && { kits: kits.map(id => asId<'kit'>(id) as KitId) }),
  ...(officers && {
    officers: officers.map(({ officerId, role, ...rest }) => ({ officerId, role, ...hoursInput(rest) })),
  }),
  ...(confirm && { confirm }),
})

function planRoutes(doors: Doors): void {
  serve(doors, contract.planSession, async (work, { body }, asking) => {
    const { kind, campaignId, siteId, day, startsAt, endsAt } = body
    const session = await schedule.planTeamSession(work, {
      kind,
      siteId: asId<'site'>(siteId),
      day: dayField(day, 'day'),
      startsAt: asHour(startsAt),
      endsAt: asHour(endsAt),
      ...(campaignId && { campaignId }),
      ...placementInput(body),
      ...orderOf(asking),
    })
    return readSessionBody(work, session)
  })

  serve(doors, contract.moveSession, async (work, { params, body }, asking) => {
    const { siteId, day, startsAt, endsAt, version } = body
    const session = await schedule.moveTeamSession(work, asId<'session'>(params.id), {
      ...(siteId && { siteId: asId<'site'>(siteId) }),
      ...(day && { day: dayField(day, 'day') }),
      ...(startsAt && { startsAt: asHour(startsAt) }),
      ...(endsAt && { endsAt: asHour(endsAt) }),
      ...(version !== undefined && { version }),
      ...placementInput(body),
      ...orderOf(asking),
    })
    return readSessionBody(work, session)
  })

  serve(doors, contract.cancelSession, async (work, { params, body }) =>
    readSessionBody(work, await schedule.cancelTeamSession(work, asId<'session'>(params.id), body)),
  )

  serve(doors, contract.showSession, async (work, { params }) => {
    const { waiting, people, projection, closing, ...session } = await getSession(
      work,
      asId<'session'>(params.id) as TeamSessionId,
    )
    return {
      ...sessionBody(session),
      waiting: [...waiting],
      people: [...people],
      ...(projection && { projection: { ...projection, endsAt: projection.endsAt.toISOString() } }),
      ...(closing && { closing }),
    }
  })
}

function calendarRoutes(doors: Doors): void {
  serve(doors, contract.showCalendar, async (work, { query }) => {
    const asked = {
      unitId: unitOrOwn(work, query.unit),
      from: dayField(query.from, 'from'),
      to: dayField(query.to, 'to'),
    }
    const { sessions, holidays, madeUpDays, yearsWithoutHolidays, closedDays, sites, teams, kits, overtime, ...rest } =
      await readCalendar(work, asked)
    return {
      ...rest,
      holidays: [...holidays],
      madeUpDays: [...madeUpDays],
      yearsWithoutHolidays: [...yearsWithoutHolidays],
      closedDays: [...closedDays],
      sessions: sessions.map(sessionBody),
      sites: [...sites],
      teams: teams.map(team => ({ ...team, members: [...team.members] })),
      kits: [...kits],
      overtime: overtime.map(one => ({ ...one, over: [...one.over] })),
    }
  })

  serve(doors, contract.showDaysAhead, async (work, { query }) => {
    const { holidays, sessions } = await readDaysAhead(work, {
      unitId: unitOrOwn(work, undefined),
      from: dayField(query.from, 'from'),
      to: dayField(query.to, 'to'),
    })
    return { holidays: [...holidays], sessions: sessions.map(one => ({ ...one, officers: [...one.officers] })) }
  })

  serve(doors, contract.crewReadiness, async (work, { query }) => {
    const { kind, session } = query
    const [startsAt, endsAt] = [asHour(query.startsAt), asHour(query.endsAt)]
    if (endsAt <= startsAt) throw planningProblem('hours-reversed')
    const when = { kind, day: dayField(query.day, 'day'), startsAt, endsAt, session }
    const { needsKit, teams, kits } = await readCrewReadiness(work, when)
    return { needsKit, teams: teams.map(team => ({ ...team, marks: [...team.marks] })), kits: [...kits] }
  })

  serve(doors, contract.signOvertime, async (work, { params, body }) => ({
    minutes: await signOvertime(work, { officerId: params.id, month: body.month }),
  }))
}

const touchedBody = (sessions: readonly TeamSession[]) => ({
  sessions: sessions.map(({ id, code, day }) => ({ id, code, day })),
})

function placeRoutes(doors: Doors): void {
  serve(doors, places.createSite, (work, { body: { unitId, schoolId, opensAt, closesAt, ...site } }) =>
    createSite(work, {
      ...site,
      ...(unitId && { unitId: asId<'unit'>(unitId) }),
      ...(schoolId && { schoolId: asId<'school'>(schoolId) }),
      opensAt: asHour(opensAt),
      closesAt: asHour(closesAt),
    }),
  )
  serve(doors, places.closeSite, async (work, { params, body }) =>
    touchedBody(await closeSiteForDay(work, asId<'site'>(params.id), { ...body, day: dayField(body.day, 'day') })),
  )
  serve(doors, places.reopenSite, async (work, { params }) => {
    await reopenSiteForDay(work, asId<'site'>(params.id), dayField(params.day, 'day'))
    return {}
  })
  serve(doors, places.createTeam, async (work, { body: { unitId, ...team } }) => {
    const made = await createTeam(work, { ...team, unitId })
    return { ...made, members: [...made.members] }
  })
  serve(doors, places.setTeamMembers, async (work, { params, body }) => {
    const team = await setTeamMembers(work, asId<'team'>(params.id), body.members)
    return { ...team, members: [...team.members] }
  })
  serve(doors, places.endTeam, async (work, { params }) => {
    await dissolveTeam(work, asId<'team'>(params.id))
    return {}
  })
  serve(doors, places.createKit, (work, { body: { unitId, ...kit } }) => createKit(work, { ...kit, unitId }))
  serve(doors, places.setKitState, async (work, { params, body: { state, repairUntil } }) =>
    touchedBody(
      await changeKitState(work, asId<'kit'>(params.id), {
        state,
        ...(repairUntil && { repairUntil: dayField(repairUntil, 'repairUntil') }),
      }),
    ),
  )
  serve(doors, places.setWorkingHours, async (work, { params, body }) => {
    const { morningFrom, morningTo, afternoonFrom, afternoonTo, saturday } = body
    await setWorkingHoursOf(work, asId<'unit'>(params.id), {
      morningFrom: asHour(morningFrom),
      morningTo: asHour(morningTo),
      afternoonFrom: asHour(afternoonFrom),
      afternoonTo: asHour(afternoonTo),
      saturday,
    })
    return {}
  })
  serve(doors, places.planningOfficers, async work => ({ officers: await listOfficersFor(work) }))
}

export function sessionRoutes(doors: Doors): void {
  placeRoutes(doors)
  calendarRoutes(doors)
  planRoutes(doors)
}
