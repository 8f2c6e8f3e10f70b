import * as audit from '../../audit/audit.ts'
import { faceErrorRates } from '../../biometrics/law.ts'
import * as cards from '../../cards/cards.ts'
import { formatPartialDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { foundPeopleOf } from '../engine-search/engine-search.ts'
import { alikeFacesOf } from '../faces/faces.ts'
import { openCapture, takePart } from '../packets/open-capture.ts'
import { applicationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import { type ApplicationFinding, findFindings } from '../store-finding.ts'

/**
 * What an officer sees of the comparison of faces, and of a search by an engine of somebody else's: scores, thresholds,
 * error rates, and the other faces.
 */

const numberIn = (finding: ApplicationFinding | undefined, fact: string): number | undefined => {
  const value = finding?.facts[fact]
  return typeof value === 'number' ? value : undefined
}

/** Those of the people whom the officer may see, by their ids. Records the reading. */
async function peopleInScope(work: Work, ids: readonly string[]) {
  const people = await register.listSummaries(work, ids as readonly register.PersonId[])
  await audit.noteReading(
    work,
    people.map(({ id }) => id),
    ['identity'],
  )
  const views = people.map(async one => ({
    personId: one.id,
    name: one.fullName,
    born: formatPartialDay(one.birthDate),
    ...(one.number && { number: one.number }),
    ...(one.permanentUnitId && { unit: await units.unitName(work, one.permanentUnitId) }),
  }))
  return new Map((await Promise.all(views)).map(view => [view.personId as string, view]))
}

/**
 * Nothing where no engine of somebody else's has searched. People outside the officer's scope are counted, and nothing
 * is told of them. Records the reading of those who are named.
 */
export async function engineSearchView(work: Work, findings: readonly ApplicationFinding[]) {
  const finding = findings.find(({ kind }) => kind === 'biometric-duplicate')
  const found = foundPeopleOf(findings)
  if (!finding || found.length === 0) return {}
  const people = await peopleInScope(
    work,
    found.map(({ person }) => person),
  )
  const alike = found.map(({ reference, person, score }) => {
    const one = people.get(person)
    return { reference, ...(score !== undefined && { score }), ...(one && { person: one }) }
  })
  return {
    engineSearch: { alike, count: numberIn(finding, 'count') ?? 0, unknown: numberIn(finding, 'unknown') ?? 0 },
  }
}

/**
 * Nothing where no face was compared. People outside the officer's scope are counted with their score, and nothing is
 * told of them. Records the reading of those who are named.
 */
export async function facesView(work: Work, findings: readonly ApplicationFinding[]) {
  const match = findings.find(({ kind }) => kind === 'face-match')
  const duplicate = findings.find(({ kind }) => kind === 'face-duplicate')
  const [score, threshold] = [numberIn(match, 'score'), numberIn(match, 'threshold')]
  const searchedFrom = numberIn(duplicate, 'threshold')
  if (score === undefined && searchedFrom === undefined) return {}
  const alike = alikeFacesOf(findings)
  const people = await peopleInScope(
    work,
    alike.map(({ person }) => person),
  )
  const shown = alike.map(({ template, person, score: of }) => {
    const one = people.get(person)
    return { template, score: of, ...(one && { person: one }) }
  })
  const rates = ruleOn(faceErrorRates, work.today, work)
  const searched = numberIn(duplicate, 'searched')
  return {
    faces: {
      ...(score !== undefined && threshold !== undefined && { former: { score, threshold } }),
      alike: shown,
      ...(searchedFrom !== undefined && { threshold: searchedFrom }),
      count: numberIn(duplicate, 'count') ?? 0,
      ...(searched !== undefined && { searched }),
      ...(rates.set !== 'not-known' && { errorRates: rates }),
    },
  }
}

/**
 * The face of the former card, or of another person whom the finding of the application names. Another's is opened only
 * as far as the officer may see that person's application. Records the reading. Throws application-unknown.
 */
export async function getComparedFace(
  work: Work,
  keys: StationKeys,
  id: string,
  face: string,
): Promise<{ type: string; bytes: Buffer }> {
  const application = await store.findApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  if (face === 'former') {
    const bytes = await cards.portraitOf(work, application.personId)
    if (!bytes) throw applicationProblem('application-unknown')
    await audit.noteReading(work, [application.personId], ['portrait'], { kind: 'application', id })
    return { type: 'image/jpeg', bytes }
  }
  const findings = await findFindings(work, application)
  const named =
    alikeFacesOf(findings).find(({ template }) => template === face) ??
    foundPeopleOf(findings).find(({ reference }) => reference === face)
  const other = named && (await store.findApplication(work, named.application))
  const opened = other && (await openCapture(work, keys, other))
  const part = opened?.capture.biometrics.find(({ modality }) => modality === 'face')?.part
  const bytes = await takePart(opened, part)
  const type = opened?.capture.parts.find(({ name }) => name === part)?.type
  if (!bytes || !other || !type || !['image/jpeg', 'image/png'].includes(type))
    throw applicationProblem('application-unknown')
  await audit.noteReading(work, [other.personId], ['portrait'], { kind: 'application', id })
  return { type, bytes: Buffer.from(bytes) }
}
