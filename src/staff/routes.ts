import { asDay } from '../platform/day.ts'
import { requestProblem } from '../platform/http/problems.ts'
import { type Doors, type RequestContext, serve } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import { dayOfRehearsal } from '../platform/pages/rehearsal-mark.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { sessionOf } from './authenticate.ts'
import * as doorsOf from './contract.ts'
import { sessionTokenIn, setSessionCookie } from './cookie.ts'
import { dutyRoutes } from './duties/routes.ts'
import { factorPages, factorRoutes, signInRoutes } from './factors/routes.ts'
import { foundingPages } from './founding/routes.ts'
import { linkPages } from './links/routes.ts'
import type { Post } from './officer.ts'
import { staffProblem } from './problems.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { isOfCommittee, isOfPolice, isOfSchool, levelsOn, rightsOf, roles } from './role.ts'
import { type StaffHouse, staffPages } from './routes-pages.ts'
import { endSessionsOf, postsOf, refuseStaleSession, sessionsOf, switchPost } from './session.ts'
import * as staff from './staff.ts'
import { roleName } from './words.ts'

const getOwnSession = ({ who }: RequestContext) => {
  const session = sessionOf(who)
  if (!session) throw requestProblem('sign-in-needed')
  return session
}

const postView = async (work: Work, { standIn, ...post }: Post) => ({
  ...post,
  roleName: roleName(post.role),
  unitName: await units.unitName(work, post.unitId),
  ...(post.schoolId && { schoolName: (await units.getSchool(work, post.schoolId)).name }),
  ...(standIn && { standIn: { id: standIn.id, forName: standIn.forName } }),
})

/**
 * In whose name a paper of the officer is made: the police that serve the unit, its people's committee, or the school;
 * education has the unit's name alone.
 */
async function letterheadFor(work: Work, post: Pick<Post, 'unitId' | 'role' | 'schoolId'> | undefined) {
  if (!post) return { name: '', town: '' }
  const { above, name, town, seat } = await units.letterheadOf(work, post.unitId, work.today)
  if (isOfPolice(post.role)) return { ...(above && { above }), name, town }
  if (isOfCommittee(post.role)) return { name: `Ủy ban nhân dân ${seat.split(', ')[0]}`, town }
  if (post.schoolId) return { name: (await units.getSchool(work, post.schoolId)).name, town }
  return { name: await units.unitName(work, post.unitId), town }
}

function serveMe(doors: Doors, { demonstration }: StaffHouse) {
  serve(doors, doorsOf.me, async (work, _asked, asking) => {
    const session = getOwnSession(asking)
    const posts = await Promise.all((await postsOf(work, session.officerId)).map(post => postView(work, post)))
    const post = posts.find(
      ({ appointmentId, standIn }) =>
        appointmentId === session.appointmentId && (standIn?.id ?? null) === session.standInId,
    )
    const rehearsalDay = dayOfRehearsal()
    const path = session.unitId ? await units.unitPath(work, session.unitId, work.today) : []
    return {
      id: session.officerId,
      name: session.fullName,
      login: session.login,
      draftKey: macOf('draft', session.officerId).toString('base64url'),
      ...(post && { post }),
      unitPath: path.map(({ id, name, level }) => ({ id, name, level })),
      letterhead: await letterheadFor(work, post),
      posts,
      rights: session.role === null || session.mustChange ? [] : rightsOf(session.role),
      today: work.today,
      demonstration: demonstration() !== undefined,
      ...(rehearsalDay && { rehearsalDay }),
      mustChangePassword: session.mustChange,
      sessionEndsAt: session.endsAt.toISOString(),
      law: [...(work.lawRows ?? [])].flatMap(([rule, rows]) =>
        rows.map(({ from, value }) => ({ rule, from: asDay(from), value: JSON.stringify(value) })),
      ),
    }
  })

  serve(doors, doorsOf.actIn, async (work, { body }, { request, reply }) => {
    const token = sessionTokenIn(request)
    const next =
      token &&
      (await switchPost(work, token, {
        appointmentId: asId(body.appointmentId),
        ...(body.standInId && { standInId: asId(body.standInId) }),
      }))
    if (!next) throw staffProblem('appointment-unknown')
    setSessionCookie(request, reply, next)
    return { appointmentId: body.appointmentId }
  })

  serve(doors, doorsOf.mySessions, async (work, _asked, asking) => {
    const session = getOwnSession(asking)
    const live = await sessionsOf(work, session.officerId)
    return {
      sessions: live.map(({ id, browser, beganAt, seenAt }) => ({
        id,
        browser,
        beganAt: beganAt.toISOString(),
        seenAt: seenAt.toISOString(),
        thisOne: id === session.id,
      })),
    }
  })

  serve(doors, doorsOf.endMySession, async (work, { params }, asking) => {
    const session = getOwnSession(asking)
    if (params.id !== session.id) refuseStaleSession(work, session)
    const ended = await endSessionsOf(work, session.officerId, 'signed-out-elsewhere', { only: asId(params.id) })
    if (ended === 0) throw staffProblem('session-unknown')
    return { ended }
  })

  serve(doors, doorsOf.endMySessions, async (work, _asked, asking) => ({
    ended: await endSessionsOf(
      work,
      refuseStaleSession(work, getOwnSession(asking)).officerId,
      'signed-out-everywhere',
    ),
  }))
}

async function officerViews(work: Work) {
  const known = await staff.officers(work)
  const names = await staff.namesOf(
    work,
    known.flatMap(({ appointments }) => appointments.flatMap(one => one.standIns.map(({ officerId }) => officerId))),
  )
  const unitName = (id: units.UnitId) => units.unitName(work, id)
  return Promise.all(
    known.map(async ({ fullName, appointments, ...officer }) => ({
      ...officer,
      name: fullName,
      unitName: await unitName(officer.unitId),
      appointments: await Promise.all(
        appointments.map(async ({ standIns, officerId: _officer, ...appointment }) => ({
          ...appointment,
          roleName: roleName(appointment.role),
          unitName: await unitName(appointment.unitId),
          ...(appointment.schoolId && { schoolName: (await units.getSchool(work, appointment.schoolId)).name }),
          standIns: standIns.map(({ appointmentId: _appointment, ...standIn }) => ({
            ...standIn,
            officerName: names.get(standIn.officerId) ?? '',
          })),
        })),
      ),
    })),
  )
}

function serveOfficers(doors: Doors) {
  serve(doors, doorsOf.listRoles, async work => ({
    roles: roles.map(role => ({
      role,
      name: roleName(role),
      levels: [...levelsOn(role, work.today, work)],
      ofSchool: isOfSchool(role),
      rights: rightsOf(role),
    })),
  }))

  serve(doors, doorsOf.listOfficers, async work => ({ officers: await officerViews(work) }))

  serve(doors, doorsOf.addOfficer, async (work, { body }) => {
    const { login, name, unitId, phone, email } = body
    const { id } = await staff.enterOfficer(work, {
      login,
      fullName: name,
      unitId: asId(unitId),
      contact: { phone, email },
    })
    return { id }
  })

  serve(doors, doorsOf.endAppointment, async (work, { params, body }) => {
    await staff.endAppointment(work, asId(params.id), body.lastOn ? asDay(body.lastOn) : undefined)
    return { id: params.id }
  })

  serve(doors, doorsOf.endOfficerSessions, async (work, { params }) => ({
    ended: await staff.signOutOfficer(work, asId(params.id)),
  }))

  serve(doors, doorsOf.letGo, async (work, { params }) => {
    await staff.dismissOfficer(work, asId(params.id))
    return { id: params.id }
  })
}

export function routes(doors: Doors, house: StaffHouse): void {
  serveMe(doors, house)
  serveOfficers(doors)
  const isDemonstration = () => house.demonstration() !== undefined
  dutyRoutes(doors)
  proposalRoutes(doors, { isDemonstration })
  const factorHouse = { ...house, origin: doors.origin }
  factorRoutes(doors, factorHouse)
  signInRoutes(doors, factorHouse)
  doors.app.register(async app => factorPages(app, factorHouse))
  doors.app.register(async app => staffPages(app, house))
  doors.app.register(async app => foundingPages(app, { openWork: house.openWork, origin: doors.origin }))
  doors.app.register(async app => linkPages(app, { openWork: house.openWork, isDemonstration }))
}
