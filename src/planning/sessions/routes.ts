import { parseDay } from '../../platform/day.ts'
import { type Asking, type Doors, requestProblem, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../contract.ts'
import * as places from '../contract-place.ts'
import { asHour, type Hour } from '../hour.ts'
import { signOvertime } from '../overtime/overtime.ts'
import type { KitId, Session, SessionId, TeamRole, Warning } from '../session.ts'
import { calendar, getSession, officersFor } from './calendar.ts'
import {
  closeSiteOn,
  createKit,
  createSite,
  createTeam,
  endTeam,
  openSiteOn,
  setHours,
  setKitState,
  setTeamMembers,
} from './places.ts'
import * as schedule from './sessions.ts'
import { shown, shownOne } from './shown.ts'

const dayIn = (text: string, field: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field }] })
  return day
}

const ofUnit = (work: Work, unit: string | undefined) => {
  const unitId = unit ?? work.unitId
  if (!unitId) throw requestProblem('input-invalid', { wrong: [{ field: 'unit' }] })
  return asId<'unit'>(unitId)
}

/** Whether the officer may order what needs an order, in the unit in which they act. */
const authority = ({ who }: Asking) => (who?.standing('planning.order', 'none') ? { by: 'commander' as const } : {})

type GivenOfficer = { officerId: string; role: TeamRole; from?: string; to?: string }

const hours = ({ from, to }: { from?: string; to?: string }): { from?: Hour; to?: Hour } => ({
  ...(from && { from: asHour(from) }),
  ...(to && { to: asHour(to) }),
})

const placing = ({
  teamId,
  kits,
  officers,
  confirm,
}: {
  teamId?: string
  kits?: string[]
  officers?: GivenOfficer[]
  confirm?: Warning[]
}) => ({
  ...(teamId && { teamId: asId<'team'>(teamId) }),
  ...(kits && { kits: kits.map(id => asId<'kit'>(id) as KitId) }),
  ...(officers && { officers: officers.map(({ officerId, role, ...rest }) => ({ officerId, role, ...hours(rest) })) }),
  ...(confirm && { confirm }),
})

function planRoutes(doors: Doors): void {
  serve(doors, contract.planSession, async (work, { body }, asking) => {
    const { kind, campaignId, siteId, day, startsAt, endsAt } = body
    const session = await schedule.plan(work, {
      kind,
      siteId: asId<'site'>(siteId),
      day: dayIn(day, 'day'),
      startsAt: asHour(startsAt),
      endsAt: asHour(endsAt),
      ...(campaignId && { campaignId }),
      ...placing(body),
      ...authority(asking),
    })
    return shownOne(work, session)
  })

  serve(doors, contract.moveSession, async (work, { params, body }, asking) => {
    const { siteId, day, startsAt, endsAt, version } = body
    const session = await schedule.move(work, asId<'session'>(params.id), {
      ...(siteId && { siteId: asId<'site'>(siteId) }),
      ...(day && { day: dayIn(day, 'day') }),
      ...(startsAt && { startsAt: asHour(startsAt) }),
      ...(endsAt && { endsAt: asHour(endsAt) }),
      ...(version !== undefined && { version }),
      ...placing(body),
      ...authority(asking),
    })
    return shownOne(work, session)
  })

  serve(doors, contract.cancelSession, async (work, { params, body }) =>
    shownOne(work, await schedule.cancel(work, asId<'session'>(params.id), body)),
  )

  serve(doors, contract.showSession, async (work, { params }) => {
    const { waiting, people, projection, closing, ...session } = await getSession(
      work,
      asId<'session'>(params.id) as SessionId,
    )
    return {
      ...shown(session),
      waiting: [...waiting],
      people: [...people],
      ...(projection && { projection: { ...projection, endsAt: projection.endsAt.toISOString() } }),
      ...(closing && { closing }),
    }
  })
}

function calendarRoutes(doors: Doors): void {
  serve(doors, contract.showCalendar, async (work, { query }) => {
    const asked = { unitId: ofUnit(work, query.unit), from: dayIn(query.from, 'from'), to: dayIn(query.to, 'to') }
    const { sessions, holidays, closedDays, sites, teams, kits, overtime, ...rest } = await calendar(work, asked)
    return {
      ...rest,
      holidays: [...holidays],
      closedDays: [...closedDays],
      sessions: sessions.map(shown),
      sites: [...sites],
      teams: teams.map(team => ({ ...team, members: [...team.members] })),
      kits: [...kits],
      overtime: overtime.map(one => ({ ...one, over: [...one.over] })),
    }
  })

  serve(doors, contract.signOvertime, async (work, { params, body }) => ({
    minutes: await signOvertime(work, { officerId: params.id, month: body.month }),
  }))
}

const touched = (sessions: readonly Session[]) => ({
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
    touched(await closeSiteOn(work, asId<'site'>(params.id), { ...body, day: dayIn(body.day, 'day') })),
  )
  serve(doors, places.reopenSite, async (work, { params }) => {
    await openSiteOn(work, asId<'site'>(params.id), dayIn(params.day, 'day'))
    return {}
  })
  serve(doors, places.createTeam, async (work, { body: { unitId, ...team } }) => {
    const made = await createTeam(work, { ...team, unitId: asId<'unit'>(unitId) })
    return { ...made, members: [...made.members] }
  })
  serve(doors, places.setTeamMembers, async (work, { params, body }) => {
    const team = await setTeamMembers(work, asId<'team'>(params.id), body.members)
    return { ...team, members: [...team.members] }
  })
  serve(doors, places.endTeam, async (work, { params }) => {
    await endTeam(work, asId<'team'>(params.id))
    return {}
  })
  serve(doors, places.createKit, (work, { body: { unitId, ...kit } }) =>
    createKit(work, { ...kit, unitId: asId<'unit'>(unitId) }),
  )
  serve(doors, places.setKitState, async (work, { params, body: { state, repairUntil } }) =>
    touched(
      await setKitState(work, asId<'kit'>(params.id), {
        state,
        ...(repairUntil && { repairUntil: dayIn(repairUntil, 'repairUntil') }),
      }),
    ),
  )
  serve(doors, places.setWorkingHours, async (work, { params, body }) => {
    const { morningFrom, morningTo, afternoonFrom, afternoonTo, saturday } = body
    await setHours(work, asId<'unit'>(params.id), {
      morningFrom: asHour(morningFrom),
      morningTo: asHour(morningTo),
      afternoonFrom: asHour(afternoonFrom),
      afternoonTo: asHour(afternoonTo),
      saturday,
    })
    return {}
  })
  serve(doors, places.planningOfficers, async work => ({ officers: await officersFor(work) }))
}

export function sessionRoutes(doors: Doors): void {
  placeRoutes(doors)
  calendarRoutes(doors)
  planRoutes(doors)
}
