import { createHash } from 'node:crypto'
import { areFacesCompared, isOutsideEngineSet } from '../../biometrics/engines-in-use.ts'
import { compareNames } from '../../names/spelling/spelling.ts'
import { type Day, formatPartialDay, latestDay } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import type { PersonSummary } from '../../register/register.ts'
import { notCompared, notSearched } from '../biometric-checks.ts'
import type { Capture } from '../capture.ts'
import { eyeNames, eyes, readIrisRecord } from '../iris-record.ts'
import {
  capturesIris,
  isCaptured,
  isRepresented,
  largestPicture,
  noIrisDevice,
  poorFingerQuality,
  poorIrisQuality,
  portraitWidth,
  wardRelations,
} from '../law.ts'
import type { ApplicationFinding } from '../store-finding.ts'
import { readPictureSize } from './picture-size.ts'

/** Findings from the capture itself: measures of the station, invalid pictures, data that differ from the register. */

type CaptureBodies = ReadonlyMap<string, Uint8Array>

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Why a picture cannot be used, or undefined. */
function bodyFault(bytes: Uint8Array | undefined, sha: string): string | undefined {
  if (!bytes || bytes.length === 0) return 'empty'
  if (bytes.length > largestPicture) return 'too-large'
  return sha256Of(bytes) === sha ? undefined : 'damaged'
}

function partFault({ parts }: Capture, bodies: CaptureBodies, name: string | undefined): string | undefined {
  const part = parts.find(one => one.name === name)
  return part ? bodyFault(bodies.get(part.name), part.sha256) : 'missing'
}

function portraitFinding(capture: Capture, bodies: CaptureBodies): ApplicationFinding {
  const face = capture.biometrics.find(({ modality }) => modality === 'face')
  if (!face) return { kind: 'portrait', verdict: 'not-done', facts: {} }
  const fault = partFault(capture, bodies, face.part) ?? sizeFault(bodies.get(face.part))
  if (fault) return { kind: 'portrait', verdict: 'bad', facts: { fault } }
  const measures = face.measures ?? []
  const poor = measures.filter(({ verdict }) => verdict === 'poor').map(({ name }) => name)
  const notDone = measures.filter(({ verdict }) => verdict === 'not-done').map(({ name }) => name)
  const facts = { poor, notDone, ...(face.despite && { despite: face.despite }) }
  if (poor.length > 0 || face.despite) return { kind: 'portrait', verdict: 'doubtful', facts }
  return { kind: 'portrait', verdict: measures.some(({ verdict }) => verdict === 'good') ? 'good' : 'not-done', facts }
}

function sizeFault(bytes: Uint8Array | undefined): string | undefined {
  const picture = bytes && readPictureSize(bytes)
  if (picture?.type !== 'image/jpeg') return 'unreadable'
  if (picture.width < portraitWidth.least) return 'too-small'
  return picture.width > portraitWidth.most ? 'too-large' : undefined
}

/** Eyes stand among the exceptions beside fingers. */
const isEye = (subtype: string) => eyes.some(eye => eyeNames[eye].missing === subtype)

function fingerFinding(capture: Capture, bodies: CaptureBodies): ApplicationFinding {
  const fingers = capture.biometrics.filter(({ modality }) => modality === 'finger')
  const faults = fingers.flatMap(({ part, subtype }) => {
    const fault = partFault(capture, bodies, part)
    return fault ? [{ subtype: subtype ?? part, fault }] : []
  })
  const missing = capture.exceptions.filter(({ subtype }) => !isEye(subtype))
  if (fingers.length === 0 && missing.length === 0) return { kind: 'fingerprints', verdict: 'not-done', facts: {} }
  if (faults.length > 0) return { kind: 'fingerprints', verdict: 'bad', facts: { faults } }
  const poor = fingers
    .filter(({ quality, despite }) => (quality ?? 100) < poorFingerQuality || despite)
    .map(({ subtype, part }) => subtype ?? part)
  const untrusted = fingers.some(({ deviceTrust }) => deviceTrust === 'not-trusted')
  const facts = { fingers: fingers.length, missing, poor, ...(untrusted && { device: 'not-trusted' }) }
  const isWhole = fingers.length + missing.length >= 10
  return {
    kind: 'fingerprints',
    verdict: poor.length > 0 || missing.length > 0 || untrusted || !isWhole ? 'doubtful' : 'good',
    facts,
  }
}

/** Why an eye's record cannot be used: no picture, no record of ISO/IEC 19794-6, or one of the other eye. */
function irisFault(capture: Capture, bodies: CaptureBodies, part: string, subtype: string | undefined) {
  const fault = partFault(capture, bodies, part)
  if (fault) return fault
  const record = readIrisRecord(bodies.get(part) ?? new Uint8Array())
  if (!record) return 'unreadable'
  return record.eye && eyeNames[record.eye].taken !== subtype ? 'other-eye' : undefined
}

/**
 * Both eyes are asked for where the law of the day captures them and the person is old enough. A station without a
 * device is no doubt about the person: the check was not done, which stops nobody.
 */
function irisFindings(capture: Capture, bodies: CaptureBodies, record: PersonSummary, law: LawOfCapture) {
  const taken = capture.biometrics.filter(({ modality }) => modality === 'iris')
  const asked = capturesIris(law.day, law.work) && isCaptured(latestDay(record.birthDate), law.day, law.work)
  if (!asked && taken.length === 0) return []
  const faults = taken.flatMap(({ part, subtype }) => {
    const fault = irisFault(capture, bodies, part, subtype)
    return fault ? [{ subtype: subtype ?? part, fault }] : []
  })
  const missing = capture.exceptions.filter(({ subtype }) => isEye(subtype))
  const poor = taken
    .filter(({ quality, despite }) => (quality ?? 0) < poorIrisQuality || despite)
    .map(({ subtype, part }) => subtype ?? part)
  const untrusted = taken.some(({ deviceTrust }) => deviceTrust === 'not-trusted')
  const facts = {
    eyes: taken.length,
    missing,
    poor,
    ...(faults.length > 0 && { faults }),
    ...(untrusted && { device: 'not-trusted' }),
  }
  const hasNoDevice = missing.length === eyes.length && missing.every(({ reason }) => reason === noIrisDevice)
  if (taken.length === 0 && hasNoDevice) return [irisFinding('not-done', { why: 'no-iris-device' })]
  if (faults.length > 0) return [irisFinding('bad', facts)]
  const kinds = new Set(taken.map(({ subtype }) => subtype))
  const isWhole = eyes.every(eye => kinds.has(eyeNames[eye].taken))
  return [irisFinding(isWhole && poor.length === 0 && !untrusted ? 'good' : 'doubtful', facts)]
}

const irisFinding = (
  verdict: ApplicationFinding['verdict'],
  facts: ApplicationFinding['facts'],
): ApplicationFinding => ({ kind: 'iris', verdict, facts })

type LawOfCapture = { readonly day: Day; readonly work: Asking }

/** Whether somebody signs for a grown person: a ward, since everyone else signs themselves. */
export const isForWard = ({ signer }: Capture, record: PersonSummary, { day, work }: LawOfCapture): boolean =>
  signer.kind === 'representative' && !isRepresented(latestDay(record.birthDate), day, work)

/** Who acts for a ward must be named, be one of those who may, and show it by a paper: a court's decision. */
function wardFinding({ signer }: Capture, { day, work }: LawOfCapture): ApplicationFinding {
  const { name, relation, evidence } = signer
  const isProved =
    relation !== undefined && ruleOn(wardRelations, day, work).includes(relation) && name?.trim() && evidence?.trim()
  return isProved
    ? { kind: 'signature', verdict: 'doubtful', facts: { ward: evidence } }
    : { kind: 'signature', verdict: 'bad', facts: { fault: 'guardian-unproved' } }
}

function signatureFinding(capture: Capture, bodies: CaptureBodies): ApplicationFinding {
  const { part, unable } = capture.signer
  if (!part)
    return unable
      ? { kind: 'signature', verdict: 'doubtful', facts: { unable } }
      : { kind: 'signature', verdict: 'not-done', facts: {} }
  const fault =
    partFault(capture, bodies, part) ??
    (readPictureSize(bodies.get(part) ?? new Uint8Array()) ? undefined : 'unreadable')
  return { kind: 'signature', verdict: fault ? 'bad' : 'good', facts: fault ? { fault } : {} }
}

/** The fields that differ from the register, compared letter by letter with their marks, as the law does. */
export function differingFields({ person }: Capture, record: PersonSummary): string[] {
  return [
    ...(compareNames(person.fullName, record.fullName) === 'same' ? [] : ['full-name']),
    ...(person.birthDate === formatPartialDay(record.birthDate) ? [] : ['birth-date']),
    ...(person.sex === record.sex ? [] : ['sex']),
    // Who was established from this capture had no number to compare.
    ...(person.number === undefined || person.number === record.number ? [] : ['number']),
  ]
}

function dataFinding(capture: Capture, record: PersonSummary): ApplicationFinding {
  const differs = differingFields(capture, record)
  const wrong = capture.check.wrong.map(({ field, said, evidence }) => ({ field, said, evidence }))
  const facts = { differs, wrong }
  if (capture.check.verdict === 'not-done') return { kind: 'data', verdict: 'not-done', facts }
  return { kind: 'data', verdict: wrong.length > 0 ? 'bad' : differs.length > 0 ? 'doubtful' : 'good', facts }
}

/** Of two findings about the signature the worse one, with the facts of both. */
function worseOf(one: ApplicationFinding, other: ApplicationFinding | undefined): ApplicationFinding {
  if (!other) return one
  const verdict = [one, other].some(finding => finding.verdict === 'bad') ? 'bad' : other.verdict
  return { ...one, verdict, facts: { ...one.facts, ...other.facts } }
}

/** Faces are compared by a job, once the application is there (faces/). */
function faceFindings(capture: Capture): ApplicationFinding[] {
  const hasFace = capture.biometrics.some(({ modality }) => modality === 'face')
  const why = !hasFace ? 'no-portrait' : areFacesCompared() ? 'waiting' : 'no-engine'
  return [notCompared('face-match', why), notCompared('face-duplicate', why)]
}

/** An engine of somebody else's searches by all pictures, by a job (engine-search/). */
function searchFinding({ biometrics }: Capture): ApplicationFinding {
  if (!isOutsideEngineSet()) return notSearched('no-search-engine')
  return notSearched(biometrics.length > 0 ? 'search-waiting' : 'no-picture')
}

/** All findings of a capture. */
export const findingsIn = (
  capture: Capture,
  bodies: CaptureBodies,
  record: PersonSummary,
  law: LawOfCapture,
): ApplicationFinding[] => [
  dataFinding(capture, record),
  portraitFinding(capture, bodies),
  fingerFinding(capture, bodies),
  ...irisFindings(capture, bodies, record, law),
  worseOf(signatureFinding(capture, bodies), isForWard(capture, record, law) ? wardFinding(capture, law) : undefined),
  ...faceFindings(capture),
  searchFinding(capture),
]
