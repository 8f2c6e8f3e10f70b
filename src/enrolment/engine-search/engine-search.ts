/**
 * Searching captured people by an engine of somebody else's (`biometrics/abis`): is this person there twice?
 * In come an application with a capture, and whom the engine finds by its pictures.
 * Decided is nothing: what was found, or that nobody searched, stands as the finding biometric-duplicate, and an
 * officer settles it. The engine knows a capture by a reference alone, and fetches its pictures at an address that
 * opens once.
 * Deeds: none.
 */

import * as audit from '../../audit/audit.ts'
import type { AbisEngine, EngineAnswer, EngineFindings } from '../../biometrics/abis/engine.ts'
import { type Modality, modalitiesOf } from '../../biometrics/abis/pictures.ts'
import type { References } from '../../biometrics/abis/references.ts'
import { hashOfToken, isReferenceToken, newReferenceToken } from '../../biometrics/abis/references.ts'
import { isOutsideEngineSet } from '../../biometrics/engines-in-use.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Log } from '../../platform/log.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { notSearched, queueSearch } from '../biometric-checks.ts'
import { engineSearchLimits } from '../law.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import { type ApplicationFinding, findFindings, writeFindings } from '../store-finding.ts'
import { type CapturePictures, fieldsOfPictures, openPictures } from './capture-pictures.ts'
import * as references from './store.ts'

export type EngineSearcher = {
  readonly openWork: OpenWork
  readonly keys: StationKeys
  /** An engine of somebody else's, opened at the first use. */
  readonly engine: () => Promise<AbisEngine>
}

const authority = asSystem('application')

/** The engine gave no answer that can be believed; the queue tries the job again. `code` for the log. */
export class EngineUnanswered extends Error {
  constructor(code: string) {
    super(`the engine that searches people did not answer: ${code}`)
  }
}

/**
 * The job: searches by the pictures of one application. Repeating it changes nothing; one that was searched by already
 * is left. `attempt` from 1 on. Throws EngineUnanswered where the engine is away, until no application is to wait for
 * it any longer: then the finding says so.
 */
export async function searchByCapture(searcher: EngineSearcher, applicationId: string, attempt: number): Promise<void> {
  const { openWork } = searcher
  // The reference is kept before the engine is told of it, so that none is with the engine of which nobody knows here.
  const begun = await openWork(authority, work => beginSearch(work, searcher.keys, applicationId))
  if (!begun) return
  const { application, reference, pictures, unusable } = begun
  const given = { taken: modalitiesOf(pictures), unusable }
  if (reference === undefined) {
    const why = isOutsideEngineSet() ? 'no-picture' : 'no-search-engine'
    await keepFinding(openWork, application, async () => notSearched(why))
    return
  }
  const answer = await askEngine(await searcher.engine(), reference, pictures)
  if (answer.kind === 'unanswered' && attempt < engineSearchLimits.attempts) throw new EngineUnanswered(answer.code)
  await keepFinding(openWork, application, work => findingOf(work, application, given, answer))
}

type SearchBegun = CapturePictures & {
  readonly application: store.Application
  /** Undefined where nothing is searched by. */
  readonly reference: string | undefined
}

/** Undefined where the application waits for no search. */
async function beginSearch(work: Work, keys: StationKeys, id: string): Promise<SearchBegun | undefined> {
  const found = await store.findApplication(work, id)
  if (!found) return undefined
  await store.lockPerson(work, found.personId)
  const application = await store.findApplication(work, id)
  if (!application || !isUnsearched(await findFindings(work, application))) return undefined
  const none = { application, reference: undefined, pictures: [], unusable: 0 }
  if (!isOutsideEngineSet()) return none
  const opened = await openPictures(work, keys, application)
  if (opened.pictures.length === 0) return { ...none, unusable: opened.unusable }
  return { application, ...opened, reference: await referenceOf(work, application) }
}

/** The reference of this capture; that of a former capture of the application ends. */
async function referenceOf(work: Work, { id, personId, packetHash }: store.Application): Promise<string> {
  const known = await references.findGivenReference(work, id)
  if (known && known.packetHash === packetHash) return known.id
  if (known) {
    await references.setReferenceEnded(work, known.id)
    await queueJob(work, 'let-go-of-captures', {}, { queue: 'engine-search', key: 'let-go-of-captures' })
  }
  const reference = newId<'engine-reference'>(work.now)
  await references.insertReference(work, { id: reference, personId, applicationId: id, packetHash: packetHash ?? '' })
  return reference
}

/** Also what was left unsearched, until an officer has settled it. */
const isUnsearched = (findings: readonly ApplicationFinding[]): boolean =>
  findings.some(
    ({ kind, facts, decidedBy }) =>
      kind === 'biometric-duplicate' &&
      !decidedBy &&
      ['search-waiting', 'no-search-engine', 'engine-unanswered'].includes(String(facts['why'])),
  )

/** More are asked for than are told: of one person several captures may be found. */
const candidatesAsked = engineSearchLimits.people * 5

async function askEngine(
  engine: AbisEngine,
  reference: string,
  pictures: CapturePictures['pictures'],
): Promise<EngineAnswer<EngineFindings>> {
  const inserted = await engine.insert(reference, pictures)
  // Nobody else mints our references: one that exists was taken in by an earlier run of the job.
  const isThere = inserted.kind === 'done' || (inserted.kind === 'refused' && inserted.why === 'reference-exists')
  return isThere ? engine.identify(reference, { most: candidatesAsked }) : inserted
}

/** Writes the finding, unless the application was captured anew or its finding was made meanwhile. */
async function keepFinding(
  openWork: OpenWork,
  { id, personId, packetHash }: store.Application,
  finding: (work: Work) => Promise<ApplicationFinding>,
): Promise<void> {
  await openWork(authority, async work => {
    await store.lockPerson(work, personId)
    const application = await store.findApplication(work, id)
    if (application?.packetHash !== packetHash || !isUnsearched(await findFindings(work, application))) return
    await writeFindings(work, application, [await finding(work)])
  })
}

type GivenPictures = { readonly taken: readonly Modality[]; readonly unusable: number }

async function findingOf(
  work: Work,
  application: store.Application,
  { taken, unusable }: GivenPictures,
  answer: EngineAnswer<EngineFindings>,
): Promise<ApplicationFinding> {
  const kind = 'biometric-duplicate'
  const facts = { searchedBy: taken, ...(unusable > 0 && { unusable }) }
  if (answer.kind === 'not-done') return notSearched('no-search-engine')
  if (answer.kind === 'refused')
    return { kind, verdict: 'doubtful', facts: { ...facts, why: 'engine-refused', refusal: answer.why } }
  if (answer.kind === 'unanswered') return { kind, verdict: 'doubtful', facts: { ...facts, why: 'engine-unanswered' } }
  const { people, unknown } = await peopleFound(work, application, answer)
  if (people.length === 0 && unknown === 0) return { kind, verdict: 'good', facts }
  const told = people.slice(0, engineSearchLimits.people)
  return { kind, verdict: 'doubtful', facts: { ...facts, people: told, count: people.length, unknown } }
}

/** A person whom the engine found: by which of their captures, and how alike where the engine told it. */
export type FoundPerson = {
  readonly reference: string
  readonly person: string
  readonly application: string
  /** 0 to 100. */
  readonly score?: number
}

/** The people that a finding names; none where it is of another kind. */
export function foundPeopleOf(findings: readonly ApplicationFinding[]): readonly FoundPerson[] {
  const people = findings.find(({ kind }) => kind === 'biometric-duplicate')?.facts['people']
  return (Array.isArray(people) ? people : []) as readonly FoundPerson[]
}

/**
 * Other people among the candidates, the likest capture of each. `unknown`: references that were not issued here, of
 * whoever else uses the engine.
 */
async function peopleFound(
  work: Work,
  { personId }: store.Application,
  { candidates }: EngineFindings,
): Promise<{ readonly people: readonly FoundPerson[]; readonly unknown: number }> {
  const found = await references.findReferences(
    work,
    candidates.map(({ reference }) => reference),
  )
  const known = new Map(found.map(one => [one.id, one]))
  const people = new Map<string, FoundPerson>()
  let unknown = 0
  for (const { reference, score } of candidates) {
    const one = known.get(reference)
    if (!one) unknown += 1
    else if (one.personId !== personId && !people.has(one.personId))
      people.set(one.personId, {
        reference,
        person: one.personId,
        application: one.applicationId,
        ...(score !== undefined && { score }),
      })
  }
  return { people: [...people.values()], unknown }
}

/** The addresses at which the engine fetches pictures; `before` is what stands before the token. */
export const addressesOfPictures = (openWork: OpenWork, before: string): References => ({
  async issue(reference) {
    const address = newReferenceToken()
    await openWork(authority, work => references.insertAddress(work, reference, address))
    return `${before}${address.token}`
  },
  end: reference => openWork(authority, work => references.deleteAddressesOf(work, reference)),
})

/**
 * The pictures behind an address, once. Undefined of an address that was fetched, has ended or was never issued, which
 * look alike. Records the reading.
 */
export async function takePicturesAt(
  openWork: OpenWork,
  keys: () => Promise<StationKeys>,
  token: string,
): Promise<CapturePictures['pictures'] | undefined> {
  if (!isReferenceToken(token)) return undefined
  const opening = await keys()
  return openWork(authority, async work => {
    const reference = await references.takeAddress(work, hashOfToken(token))
    const application = reference && (await store.findApplication(work, reference.applicationId))
    // Captured anew since: the reference is of pictures that no longer are the application's.
    if (!application || application.packetHash !== reference.packetHash) return undefined
    const { pictures } = await openPictures(work, opening, application)
    if (pictures.length === 0) return undefined
    const fields = fieldsOfPictures(modalitiesOf(pictures))
    await audit.noteReading(work, [application.personId], fields, { kind: 'application', id: application.id })
    return pictures
  })
}

/** The job: the engine lets go of captures that were replaced. Throws EngineUnanswered. */
export async function letGoOfCaptures({ openWork, engine }: Omit<EngineSearcher, 'keys'>, log: Log): Promise<void> {
  if (!isOutsideEngineSet()) return
  const ended = await openWork(authority, work =>
    references.findEndedReferences(work, engineSearchLimits.takenUpAtOnce),
  )
  for (const reference of ended) {
    const answer = await (await engine()).remove(reference)
    if (answer.kind === 'unanswered') throw new EngineUnanswered(answer.code)
    if (answer.kind === 'done') await openWork(authority, work => references.deleteReference(work, reference))
    else log.warn({ why: answer.why }, 'the engine that searches people does not let go of a capture')
  }
}

/** The job: takes up searches that were left, and captures of before there was an engine. */
export async function takeUpSearches(openWork: OpenWork): Promise<void> {
  await openWork(authority, work => references.deleteOldAddresses(work, engineSearchLimits.takenUpAtOnce))
  if (!isOutsideEngineSet()) return
  await openWork(authority, async work => {
    const lost = new Date(work.now.getTime() - engineSearchLimits.lostAfterMinutes * 60_000)
    const left = await references.findUnsearched(work, lost, engineSearchLimits.takenUpAtOnce)
    for (const application of left) await queueSearch(work, application)
    if ((await references.findEndedReferences(work, 1)).length > 0)
      await queueJob(work, 'let-go-of-captures', {}, { queue: 'engine-search', key: 'let-go-of-captures' })
  })
}

/** Marks captures of before there was an engine as unsearched, so that they are taken up. Gives how many it marked. */
export const markUnsearched = async (work: Work, most: number): Promise<number> =>
  isOutsideEngineSet() ? references.markFormerCaptures(work, most) : 0
