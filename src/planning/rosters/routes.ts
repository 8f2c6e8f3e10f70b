import { formatPartialDay, partialDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { readSessionBody } from '../sessions/view.ts'
import type { NamedRosterLine } from '../store-roster.ts'
import { offerSessions, placeChosenPeople } from './chosen.ts'
import { closeTeamSession } from './closing.ts'
import * as contract from './contract.ts'
import * as chosen from './contract-chosen.ts'
import * as stations from './contract-station.ts'
import * as roster from './rosters.ts'
import * as serving from './session-run.ts'
import { sessionsFor, takeRoster } from './station-roster.ts'

const sessionId = (text: string) => asId<'session'>(text)
const personId = (text: string) => asId<'person'>(text)

const lineBody = ({
  personId: id,
  name,
  birthY,
  birthM,
  birthD,
  class: inClass,
  walkIn,
  cameAt,
  outcome,
  absentReason,
  done,
  endedAt,
}: NamedRosterLine) => ({
  personId: id,
  name: name ?? '',
  born: birthY ? formatPartialDay(partialDay(birthY, birthM, birthD)) : '',
  class: inClass ?? '',
  walkIn,
  ...(cameAt && { cameAt: cameAt.toISOString() }),
  ...(outcome && { outcome }),
  ...(absentReason && { absentReason }),
  done: [...done],
  ...(endedAt && { endedAt: endedAt.toISOString() }),
})

type RosterInput = { persons?: string[]; schoolId?: Id<'school'>; classes?: string[]; unitId?: Id<'unit'> }

/** Exactly one way of saying whom. */
function rosterRequestOf({ persons, schoolId, classes, unitId }: RosterInput): roster.RosterRequest {
  if ([persons, schoolId, unitId].filter(one => one !== undefined).length !== 1)
    throw requestProblem('input-invalid', {
      wrong: [{ field: 'persons, schoolId, unitId', should: 'be one of the three' }],
    })
  if (persons) return { persons: persons.map(personId) }
  if (schoolId) return { schoolId: asId<'school'>(schoolId), ...(classes && { classes }) }
  return { unitId: asId<'unit'>(unitId ?? '') }
}

export function rosterRoutes(doors: Doors): void {
  serve(doors, stations.takeRoster, (work, { params, body }) => takeRoster(work, sessionId(params.id), body))
  serve(doors, stations.stationSessions, async work => ({ sessions: await sessionsFor(work) }))
  serve(doors, contract.showRoster, async (work, { params }) => ({
    lines: (await roster.readRoster(work, sessionId(params.id))).map(lineBody),
  }))
  serve(doors, contract.rosterCandidates, async (work, { params }) => {
    const { classes, unit } = await roster.countCandidates(work, sessionId(params.id))
    return { classes: [...classes], unit }
  })
  serve(doors, contract.addToRoster, (work, { params, body: { confirm, ...asked } }) =>
    roster.addToRoster(work, sessionId(params.id), rosterRequestOf(asked), confirm ? { confirm } : {}),
  )
  serve(doors, contract.removeFromRoster, async (work, { params, body }) => ({
    removed: await roster.removeFromRoster(work, sessionId(params.id), body.persons.map(personId)),
  }))

  serve(doors, chosen.sessionOffers, async (work, { body }) => ({ offers: await offerSessions(work, body.people) }))
  serve(doors, chosen.placeChosen, (work, { params, body }) =>
    placeChosenPeople(work, sessionId(params.id), body.people),
  )

  serve(doors, contract.openSession, async (work, { params }) =>
    readSessionBody(work, await serving.openTeamSession(work, sessionId(params.id))),
  )
  serve(doors, contract.checkIn, async (work, { params }) => {
    await serving.checkIn(work, sessionId(params.id), personId(params.personId))
    return {}
  })
  serve(doors, contract.servePerson, async (work, { params, body }) => {
    const { done } = await serving.servePersonAt(work, sessionId(params.id), personId(params.personId), body)
    return { done: [...done] }
  })
  serve(doors, contract.markAbsent, async (work, { params, body }) => {
    await serving.markAbsent(work, sessionId(params.id), body.persons.map(personId), body.reason)
    return {}
  })
  serve(doors, contract.walkIn, async (work, { params, body }) => {
    const served = await serving.addWalkIn(work, sessionId(params.id), body)
    return { personId: served.personId, walkIn: served.walkIn, done: [...served.done] }
  })
  serve(
    doors,
    contract.closeSession,
    async (work, { params, body }) => (await closeTeamSession(work, sessionId(params.id), body)).closing,
  )
}
