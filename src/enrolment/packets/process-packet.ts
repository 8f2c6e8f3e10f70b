import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { addDays, type Day, dayAt, daysBetween, parseDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { scanBytes } from '../../platform/scanning/scanning.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { type ApplicationState, isOpenState } from '../application.ts'
import { queueSearch, waitsForFaces, waitsForSearch } from '../biometric-checks.ts'
import { type Capture, type CheckedField, readCaptureManifest, readCaptureParts } from '../capture.ts'
import { type Fee, feeFor } from '../fee.ts'
import { actWithin } from '../law.ts'
import { dueDateFor, transition } from '../lifecycle.ts'
import { openPacket, PacketFault } from '../seal-packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import { setFee } from '../store-fee.ts'
import * as storeFinding from '../store-finding.ts'
import * as receipts from '../store-receipt.ts'
import { findingsIn, isForWard } from './capture-findings.ts'
import { findPersonOf, type OpenedPacket } from './captured-person.ts'
import { stationAuthority } from './packets.ts'
import { duplicateFinding } from './similar-people.ts'
import * as packets from './store.ts'
import { findDoubtOpened } from './why-held.ts'
import { askForNumber, recordTurnedAway } from './without-number.ts'

/**
 * Turns a packet into an application, with its card and account. It never refuses and loses nothing: a doubtful packet
 * is quarantined with its reason, and what the law or the state of a card forbids is recorded on the application for an
 * officer.
 */

/**
 * The day of a capture in the installation's calendar. A demonstration's day stands still, so the distance to now is
 * kept.
 */
const dayOfCapture = (work: Work, at: Date): Day =>
  addDays(work.today, Math.min(0, daysBetween(dayAt(work.now), dayAt(at))))

/** The day of the capture; if the clock was wrong, the day that the releasing officer gave. */
const dayOfPacket = (work: Work, { packet, capture }: OpenedPacket): Day => {
  const said = packet.facts?.['day']
  return (typeof said === 'string' ? parseDay(said) : undefined) ?? dayOfCapture(work, new Date(capture.clock.at))
}

const capturingAuthority = (capture: Capture, unitId: Id<'unit'>): Authority => ({
  by: { kind: 'officer', id: capture.officer.id },
  unitId: unitId as NonNullable<Authority['unitId']>,
  scope: 'house',
  purpose: 'capture',
})

/** Has a picture scanned before anything reads it. Throws a PacketFault packet-infected, and scanner-unreachable. */
async function scanPart(part: Uint8Array): Promise<void> {
  try {
    await scanBytes(part)
  } catch (error) {
    if (error instanceof Problem && error.code === 'file-infected') throw new PacketFault('packet-infected')
    throw error
  }
}

/** Opens a received packet, outside any connection. Undefined if it does not wait to be processed. */
async function openReceivedPacket(
  openWork: OpenWork,
  keys: StationKeys,
  station: string,
  hash: string,
): Promise<OpenedPacket | undefined> {
  const found = await openWork(stationAuthority(station), async work => {
    const packet = await packets.findPacket(work, station, hash)
    return packet?.state === 'received' ? { packet, body: await packets.findBody(work, station, hash) } : undefined
  })
  if (!found) return undefined
  if (!found.body) throw new Error('a packet that is here has no bytes')
  const content = await openPacket(new Uint8Array(found.body), keys.opening)
  const read = readCaptureManifest(content)
  const capture = read?.manifest as Capture
  const bodies = read && readCaptureParts(content, { end: read.end, parts: capture.parts })
  for (const part of bodies?.values() ?? []) await scanPart(part)
  return { packet: found.packet, capture, bodies: bodies ?? new Map() }
}

/** The job: processes one packet. Repeating it changes nothing. */
export async function processPacket(
  openWork: OpenWork,
  keys: StationKeys,
  station: string,
  hash: string,
): Promise<void> {
  const landing = await openReceivedPacket(openWork, keys, station, hash)
  if (!landing) return
  const { packet, capture } = landing
  const held = await openWork(stationAuthority(station), work => quarantineIfDoubtful(work, keys, landing))
  if (held) return
  await openWork(capturingAuthority(capture, packet.unitId), async work => {
    const again = await packets.holdPacket(work, station, hash)
    if (again?.state !== 'received') return
    const person = await findPersonOf(work, landing)
    if (person) return processForPerson(work, landing, person)
    await processWithoutPerson(work, { ...landing, packet: again })
  })
}

/** Nobody of the register: somebody without a number asks for one, or was turned away. */
async function processWithoutPerson(work: Work, landing: OpenedPacket): Promise<void> {
  const { packet, capture } = landing
  if (capture.refused) return recordTurnedAway(work, landing, capture.refused)
  if (!capture.undeclared) return
  const { problem, facts } = await askForNumber(work, landing, capture.undeclared)
  await quarantinePacket(work, packet, problem, facts)
}

/** Quarantines a packet until an officer decides. */
export async function quarantinePacket(
  work: Work,
  packet: packets.PacketRow,
  problem: string,
  facts: object = {},
): Promise<true> {
  await packets.setQuarantined(work, packet, problem, facts)
  await audit.record(
    work,
    'packet.held',
    { kind: 'station', id: packet.stationId, unitId: packet.unitId },
    { counter: packet.counter, hash: packet.hash, application: packet.applicationId, problem },
  )
  return true
}

/** Quarantines a doubtful packet. Gives whether it did, or somebody else has dealt with it. */
async function quarantineIfDoubtful(work: Work, keys: StationKeys, landing: OpenedPacket): Promise<boolean> {
  const { packet } = landing
  const row = await packets.holdPacket(work, packet.stationId, packet.hash)
  if (row?.state !== 'received') return true
  const doubt = await findDoubtOpened(work, keys, { ...landing, isReleased: row.decidedBy !== null })
  if (!doubt) return false
  return quarantinePacket(work, packet, doubt.problem, doubt.facts)
}

async function processForPerson(work: Work, landing: OpenedPacket, person: register.PersonSummary): Promise<void> {
  const { packet, capture, bodies } = landing
  await store.lockPerson(work, person.id)
  await register.openAccessCase(work, {
    personId: person.id,
    unitId: packet.unitId,
    kind: 'application',
    caseId: packet.applicationId,
    // Whoever is captured stands before the officer, whose unit has the application in hand.
    grade: 'whole',
    openedBy: capture.officer.id,
  })
  const theirs = await store.findApplicationsOf(work, person.id)
  const returned = theirs.find(({ state }) => state === 'returned' || state === 'recapture')
  const application = capture.refused
    ? await recordRefusalAtStation(work, landing, person, capture.refused)
    : returned
      ? await recordRecapture(work, returned, landing)
      : await recordNewApplication(
          work,
          landing,
          person,
          theirs.find(({ state }) => isOpenState(state)),
        )
  const findings = capture.refused ? [] : findingsIn(capture, bodies, person, { day: dayOfPacket(work, landing), work })
  if (findings.length > 0) {
    await storeFinding.writeFindings(work, application, [...findings, await duplicateFinding(work, person.id)])
    if (waitsForFaces(findings)) await queueJob(work, 'compare-faces', { application: application.id })
    if (waitsForSearch(findings)) await queueSearch(work, application.id)
    await returnIfUnusable(work, application, findings)
  }
  const { oldCard } = capture
  if (oldCard?.collected) await cards.takeInCollected(work, person.id, oldCard, packet.unitId)
  await receipts.setReceiptPerson(work, application.id, person.id)
  await packets.setProcessed(work, packet, person.id)
}

const correctionFieldOf: Partial<Record<CheckedField, register.CorrectionField>> = {
  'full-name': 'full_name',
  'birth-date': 'birth_date',
  sex: 'sex',
  ethnicity: 'ethnicity',
  hometown: 'hometown',
}

/**
 * Proposes the fields marked as wrong as a correction, which the unit of permanent residence decides. The checking
 * officer handles what no correction can express.
 */
async function proposeCorrection(
  work: Work,
  { capture }: OpenedPacket,
  personId: register.PersonId,
): Promise<register.Correction | undefined> {
  const values = Object.fromEntries(
    capture.check.wrong.flatMap(({ field, said }) =>
      correctionFieldOf[field] ? [[correctionFieldOf[field], said]] : [],
    ),
  )
  if (Object.keys(values).length === 0) return undefined
  try {
    return await register.proposeCorrection(work, {
      personId,
      form: ruleOn(register.formsOfPages, work.today, work).correction,
      evidence: { kind: 'capture', issuer: capture.check.wrong.map(({ evidence }) => evidence).join('; ') },
      values,
    })
  } catch (error) {
    // What cannot be written so is in the finding, for an officer to resolve.
    if (error instanceof Problem) return undefined
    throw error
  }
}

const newApplicationOf = (
  work: Work,
  { packet, capture }: OpenedPacket,
  personId: register.PersonId,
  day: Day,
): store.Application => ({
  ...store.asBegun,
  id: packet.applicationId,
  personId,
  kind: capture.request.kind,
  reason: capture.request.reason,
  formCode: capture.form.code,
  formVersion: capture.form.version,
  state: 'draft',
  unitId: packet.unitId,
  sessionId: capture.session ?? null,
  source: capture.source,
  begunOn: day > work.today ? work.today : day,
})

const captureChange = ({ packet, capture }: OpenedPacket): Partial<store.Application> => {
  const { part: _part, ...signer } = capture.signer
  return {
    capture: 'here',
    stationId: packet.stationId,
    packetHash: packet.hash,
    capturedBy: capture.officer.id,
    capturedAt: new Date(capture.clock.at),
    signer,
    signedAt: new Date(capture.clock.at),
    formCode: capture.form.code,
    formVersion: capture.form.version,
  }
}

async function recordRefusalAtStation(
  work: Work,
  landing: OpenedPacket,
  person: register.PersonSummary,
  { code, from }: NonNullable<Capture['refused']>,
): Promise<store.Application> {
  const application = newApplicationOf(work, landing, person.id, dayOfPacket(work, landing))
  await store.insertApplication(work, application)
  return transition(work, application, ['refused'], {}, { reason: code, facts: from ? { from } : {} })
}

/** The first capture of an application: requests the card and the account independently. */
async function recordNewApplication(
  work: Work,
  landing: OpenedPacket,
  person: register.PersonSummary,
  underWay: store.Application | undefined,
): Promise<store.Application> {
  const day = dayOfPacket(work, landing)
  const application = newApplicationOf(work, landing, person.id, day)
  await store.insertApplication(work, application)
  const fee = await recordFee(work, application, landing, person)
  const card = underWay ? { problem: 'application-under-way' } : await orderCardFor(work, application, person.id, day)
  const account = await requestAccountFor(work, application, landing, person.id)
  const correction =
    landing.capture.check.verdict === 'wrong' ? await proposeCorrection(work, landing, person.id) : undefined
  const change = {
    ...captureChange(landing),
    ...account,
    cardId: 'id' in card ? card.id : null,
    ...(correction && { correctionId: correction.id }),
  }
  const facts = {
    source: application.source,
    ...(fee.is === 'due' && { fee: fee.amount }),
    ...(fee.is === 'exempt' && { feeExemption: fee.kind }),
    ...('problem' in card && { card: card.problem }),
    ...(account.accountProblem && { account: account.accountProblem }),
  }

  if ('problem' in card || (landing.capture.check.verdict === 'wrong' && !correction))
    return transition(work, application, ['data-check'], change, {
      reason: 'problem' in card ? card.problem : 'data-wrong',
      note: landing.capture.again,
      facts,
    })
  if (correction) {
    const waits = { ...change, actsUnitId: correction.decidesUnitId, actBy: correction.dueOn }
    return transition(work, application, ['data-check', 'correction-pending'], waits, { reason: 'data-wrong', facts })
  }
  const path: ApplicationState[] = ['data-check', 'captured', 'signed', 'submitted']
  return transition(
    work,
    application,
    path,
    { ...change, submittedOn: day, dueOn: await dueDateFor(work, application, day) },
    { facts },
  )
}

/** Records what it costs by the law of the day on which it was taken, or why nothing: a later law changes nothing. */
async function recordFee(
  work: Work,
  application: store.Application,
  { capture }: OpenedPacket,
  { birthDate }: register.PersonSummary,
): Promise<Fee> {
  const { kind, reason, begunOn } = application
  const fee = feeFor({ kind, reason, birthDate, oldCard: capture.oldCard, fee: capture.fee }, begunOn, work)
  await setFee(work, application, fee)
  return fee
}

async function orderCardFor(
  work: Work,
  { unitId, sessionId, kind }: store.Application,
  personId: register.PersonId,
  day: Day,
): Promise<{ id: Id<'card'> } | { problem: string }> {
  try {
    const { id } = await cards.applyForCard(work, personId, { unitId, kind, day, ...(sessionId && { sessionId }) })
    return { id }
  } catch (error) {
    if (error instanceof Problem) return { problem: error.code }
    throw error
  }
}

/**
 * The phone: the person's own; for a child the signing representative, by number, whose phone the account gets
 * (NĐ69/2024 Art. 10).
 */
async function actorOf(work: Work, { account, signer }: Capture, personId: register.PersonId) {
  const acts = await accounts.findActor(work, personId, 2)
  return acts === 'representative' ? { representativeNumber: signer.number } : { phone: account?.phone }
}

/** The account may fail alone, and the card continues. A level 1 account requests level 2; a level 2 account stays. */
async function requestAccountFor(
  work: Work,
  { unitId, sessionId }: store.Application,
  { capture }: OpenedPacket,
  personId: register.PersonId,
): Promise<Partial<Pick<store.Application, 'accountId' | 'accountProblem'>>> {
  if (!capture.account) return {}
  const summary = await register.getSummary(work, personId)
  const isWard = isForWard(capture, summary, { day: work.today, work })
  // A guardian acts by a recorded decision, and where the law gives a ward an account; else the card goes on alone.
  if (isWard && (await accounts.findActor(work, personId, 2)) !== 'representative')
    return { accountProblem: 'account-of-ward' }
  const where = {
    unitId,
    ...(sessionId && { sessionId }),
    via: 'application' as const,
    requestedBy: capture.officer.id,
  }
  try {
    const known = (await accounts.accountsOf(work, [personId]))
      .get(personId)
      ?.find(({ state }) => state !== 'cancelled')
    if (!known)
      return {
        accountId: (
          await accounts.request(work, personId, { level: 2, ...(await actorOf(work, capture, personId)), ...where })
        ).id,
      }
    if (known.level === 1 && known.state !== 'requested') await accounts.raise(work, known.id, where)
    return { accountId: known.id }
  } catch (error) {
    // Level 2 was requested before, at a counter or a session, and is decided there.
    if (error instanceof Problem && error.code === 'account-raise-open') return {}
    if (error instanceof Problem) return { accountProblem: error.code }
    throw error
  }
}

/** The citizen came again after a return. */
async function recordRecapture(
  work: Work,
  before: store.Application,
  landing: OpenedPacket,
): Promise<store.Application> {
  const path: ApplicationState[] =
    before.state === 'returned' ? ['recapture', 'captured', 'signed', 'submitted'] : ['captured', 'signed', 'submitted']
  const cleared = { returnedReason: null, returnedNote: null, actsUnitId: null, actBy: null }
  const account = before.accountId
    ? {}
    : { accountProblem: null, ...(await requestAccountFor(work, before, landing, before.personId)) }
  await receipts.moveReceipts(work, landing.packet.applicationId, before.id)
  return transition(work, before, path, { ...captureChange(landing), ...cleared, ...account })
}

/**
 * An invalid picture returns the application at once, so that the citizen learns it the same day and not when the card
 * is made.
 */
async function returnIfUnusable(
  work: Work,
  application: store.Application,
  findings: readonly storeFinding.ApplicationFinding[],
): Promise<void> {
  const unusable = findings.filter(
    ({ kind, verdict }) =>
      verdict === 'bad' && (kind === 'portrait' || kind === 'fingerprints' || kind === 'signature'),
  )
  if (unusable.length === 0 || application.state !== 'submitted') return
  const isPaper = unusable.every(({ facts }) => facts['fault'] === 'guardian-unproved')
  const reason = isPaper ? 'papers-missing' : `${unusable[0]?.kind}-unusable`
  await transition(
    work,
    application,
    ['returned'],
    {
      returnedReason: reason,
      actsUnitId: application.unitId,
      actBy: units.workingDaysAfter(work.today, ruleOn(actWithin, work.today, work).sentBack),
    },
    { reason, facts: { unusable: unusable.map(({ kind }) => kind) } },
  )
}
