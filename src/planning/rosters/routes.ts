import { formatPartialDay, partialDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { readSessionBody } from '../sessions/view.ts'
import type { NamedRosterLine, RosterLine } from '../store-roster.ts'
import { offerSessions, placeChosenPeople } from './chosen.ts'
import { closeTeamSession } from './closing.ts'
import * as contract from './contract.ts'
import * as chosen from './contract-chosen.ts'
import * as stations from './contract-station.ts'
import * as roster from './rosters.ts'
import * as serving from './session-run.ts'
import { sessionsFor, takeRoster } from './station-roster.ts'
import { takeBackLine } from './take-back.ts'

const sessionId = (text: string) => asId<'session'>(text)
const personId = (text: string) => asId<'person'>(text)

const lineState = (line: RosterLine) => ({
  version: serving.versionOfLine(line),
  ...(line.cameAt && { cameAt: line.cameAt.toISOString() }),
  ...(line.comingOn && { comingOn: line.comingOn }),
  ...(line.outcome && { outcome: line.outcome }),
  ...(line.absentReason && { absentReason: line.absentReason }),
  done: [...line.done],
  ...(line.endedAt && { endedAt: line.endedAt.toISOString() }),
})

const lineBody = ({
  personId: id,
  name,
  birthY,
  birthM,
  birthD,
  class: inClass,
  walkIn,
  ...line
}: NamedRosterLine) => ({
  personId: id,
  name: name ?? '',
  born: birthY ? formatPartialDay(partialDay(birthY, birthM, birthD)) : '',
  class: inClass ?? '',
  walkIn,
  ...lineState({ ...line, personId: id, walkIn }),
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
  serve(doors, contract.checkIn, async (work, { params }) =>
    lineState(await serving.checkIn(work, sessionId(params.id), personId(params.personId))),
  )
  serve(doors, contract.servePerson, async (work, { params, body }) =>
    lineState(await serving.servePersonAt(work, sessionId(params.id), personId(params.personId), body)),
  )
  serve(doors, contract.markAbsent, async (work, { params, body }) => {
    const lines = await serving.markAbsent(work, sessionId(params.id), body.persons.map(personId), body.reason)
    return { lines: lines.map(lineState) }
  })
  serve(doors, contract.takeBackLine, async (work, { params }) =>
    lineState(await takeBackLine(work, sessionId(params.id), personId(params.personId))),
  )
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
