/**
 * Faces of captures: each new portrait is compared with that of the person's former card (1:1) and with all faces that
 * were captured here (1:N).
 * In come an application whose capture has a portrait, the portrait of the former card, and the templates of others.
 * Decided is nothing: what was found stands as findings (face-match, face-duplicate) with its score and threshold, and
 * an officer settles them.
 * Deeds: none.
 */

import { compareFaces } from '../../biometrics/comparing/comparing.ts'
import { type FaceEngine, FaceEngineFailed } from '../../biometrics/face-engine/face-engine.ts'
import type { DescribedPicture } from '../../biometrics/face-engine/face-messages.ts'
import { faceAlgorithm, readTemplate, templateBytes } from '../../biometrics/face-template.ts'
import { type FaceGallery, makeFaceGallery } from '../../biometrics/gallery/gallery.ts'
import { faceLimits, faceThresholds } from '../../biometrics/law.ts'
import * as cards from '../../cards/cards.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { type FaceCheck, type FaceNotCompared, notCompared, waitsForFaces } from '../biometric-checks.ts'
import { unmatchedFaces } from '../law.ts'
import { openCapture, takePart } from '../packets/open-capture.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import { type ApplicationFinding, findFindings, writeFindings } from '../store-finding.ts'
import { ownersOf, replaceTemplate, sealedFaces, templatesAfter, templatesOfPerson } from './store.ts'

/** What lies sealed here. */
export const sealedSecrets: readonly SealedColumn[] = [sealedFaces]

/** All templates of one installation in this process, read on from where it was left. */
export type KnownFaces = { readonly gallery: FaceGallery; upTo: bigint }
export const noKnownFaces = (): KnownFaces => ({ gallery: makeFaceGallery(), upTo: 0n })

const readAtOnce = 5000

export type FaceComparer = {
  readonly openWork: OpenWork
  readonly keys: StationKeys
  /** Undefined where an installation has none: nothing is compared then. */
  readonly engine: FaceEngine | undefined
  readonly known: KnownFaces
}

const authority = asSystem('application')

/**
 * The job: compares the faces of one application. Repeating it changes nothing; a capture that was compared already is
 * left. An engine that fails twice leaves a finding that says so: no application waits for it.
 */
export async function compareFacesOf(comparer: FaceComparer, applicationId: string): Promise<void> {
  const { openWork, keys, engine, known } = comparer
  const captured = await openWork(authority, work => readPortraits(work, keys, applicationId))
  if (!captured) return
  const { application, portrait, former } = captured
  if (!portrait || !engine) {
    const why = portrait ? 'no-engine' : 'no-portrait'
    await keepFindings(openWork, application, () => [
      notCompared('face-match', why),
      notCompared('face-duplicate', why),
    ])
    return
  }
  const described = await describedOrFault(engine, portrait)
  const formerFace = former && (await describedOrFault(engine, former))
  const { template } = described
  if (!template) {
    await keepFindings(openWork, application, work => [
      unmatched('face-match', work, described.fault),
      unmatched('face-duplicate', work, described.fault),
    ])
    return
  }
  // Kept before others are searched: of two captures at once at least the later one finds the earlier.
  await openWork(authority, work =>
    replaceTemplate(work, {
      id: newId<'face-template'>(),
      personId: application.personId,
      applicationId,
      algorithm: faceAlgorithm,
      template: templateBytes(template),
    }),
  )
  await readOn(openWork, known)
  await keepFindings(openWork, application, async work => [
    matchFinding(work, template, formerFace),
    await faceDuplicateFinding(work, known.gallery, application, template),
  ])
}

type Described = Pick<DescribedPicture, 'template'> & { readonly fault: FaceNotCompared | undefined }

async function describedOrFault(engine: FaceEngine, picture: Uint8Array): Promise<Described> {
  try {
    return await engine.describe(picture).catch(() => engine.describe(picture))
  } catch (error) {
    if (error instanceof FaceEngineFailed) return { template: undefined, fault: 'engine-failed' }
    throw error
  }
}

type Portraits = {
  readonly application: store.Application
  readonly portrait: Uint8Array | undefined
  readonly former: Buffer | undefined
}

/** Undefined where nothing waits to be compared. */
async function readPortraits(work: Work, keys: StationKeys, id: string): Promise<Portraits | undefined> {
  const application = await store.findApplication(work, id)
  if (!application || !(await isWaiting(work, application))) return undefined
  const opened = await openCapture(work, keys, application)
  const part = opened?.capture.biometrics.find(({ modality }) => modality === 'face')?.part
  const portrait = await takePart(opened, part)
  return { application, portrait, former: await cards.portraitOf(work, application.personId) }
}

const isWaiting = async (work: Work, application: store.Application): Promise<boolean> =>
  waitsForFaces(await findFindings(work, application))

/** Writes findings, unless the application was captured anew or its findings were made meanwhile. */
async function keepFindings(
  openWork: OpenWork,
  { id, personId, packetHash }: store.Application,
  findings: (work: Work) => ApplicationFinding[] | Promise<ApplicationFinding[]>,
): Promise<void> {
  await openWork(authority, async work => {
    await store.lockPerson(work, personId)
    const application = await store.findApplication(work, id)
    if (application?.packetHash !== packetHash || !application || !(await isWaiting(work, application))) return
    await writeFindings(work, application, await findings(work))
  })
}

/** A portrait in which the engine finds no face: an officer looks at it, where the installation demands so. */
const unmatched = (kind: FaceCheck, work: Work, why: FaceNotCompared | undefined): ApplicationFinding => ({
  kind,
  verdict: ruleOn(unmatchedFaces, work.today, work) === 'looked-at' ? 'doubtful' : 'not-done',
  facts: { why },
})

function matchFinding(work: Work, template: Float32Array, former: Described | undefined): ApplicationFinding {
  if (!former) return notCompared('face-match', 'no-former-portrait')
  if (!former.template) return unmatched('face-match', work, former.fault)
  const { score, threshold, verdict } = compareFaces(
    template,
    former.template,
    ruleOn(faceThresholds, work.today, work),
  )
  const verdicts = { same: 'good', unsure: 'doubtful', different: 'bad' } as const
  return { kind: 'face-match', verdict: verdicts[verdict], facts: { score, threshold, algorithm: faceAlgorithm } }
}

/** Another person's face of the gallery: which of their captures, and how alike. */
export type AlikeFace = {
  readonly template: string
  readonly person: string
  readonly application: string
  readonly score: number
}

/** The faces that a finding names; none where it is of another kind. */
export function alikeFacesOf(findings: readonly ApplicationFinding[]): readonly AlikeFace[] {
  const faces = findings.find(({ kind }) => kind === 'face-duplicate')?.facts['faces']
  return (Array.isArray(faces) ? faces : []) as readonly AlikeFace[]
}

async function faceDuplicateFinding(
  work: Work,
  gallery: FaceGallery,
  { personId }: store.Application,
  template: Float32Array,
): Promise<ApplicationFinding> {
  const { duplicate: threshold } = ruleOn(faceThresholds, work.today, work)
  const except = new Set(await templatesOfPerson(work, personId))
  // Of one person several captures may be alike, and some may be gone: more are looked at than are told.
  const found = gallery.identify(template, { threshold, most: faceLimits.candidates * 5, except })
  const owners = new Map(
    (
      await ownersOf(
        work,
        found.candidates.map(({ id }) => id),
      )
    ).map(owner => [owner.id, owner]),
  )
  const alike = new Map<string, AlikeFace>()
  for (const { id, score } of found.candidates) {
    const owner = owners.get(id)
    if (!owner) gallery.remove(id)
    else if (owner.personId !== personId && !alike.has(owner.personId))
      alike.set(owner.personId, { template: id, person: owner.personId, application: owner.applicationId, score })
  }
  const facts = { threshold, algorithm: faceAlgorithm, searched: gallery.size }
  if (alike.size === 0) return { kind: 'face-duplicate', verdict: 'good', facts }
  const faces = [...alike.values()]
  return {
    kind: 'face-duplicate',
    verdict: 'doubtful',
    facts: { ...facts, faces: faces.slice(0, faceLimits.candidates), count: faces.length },
  }
}

/** Reads what was kept since the last time, by this process or another. */
async function readOn(openWork: OpenWork, known: KnownFaces): Promise<void> {
  for (;;) {
    const next = await openWork(authority, work => templatesAfter(work, faceAlgorithm, known.upTo, readAtOnce))
    for (const { id, place, template } of next) {
      if (!known.gallery.has(id)) known.gallery.insert(id, readTemplate(template))
      known.upTo = place
    }
    if (next.length < readAtOnce) return
  }
}
