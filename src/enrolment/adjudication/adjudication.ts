/**
 * Adjudication: officers decide applications.
 * In come an application with its findings, an officer who did not capture it, and a reason in words.
 * Decided is whether its data are right, whether it goes to the centre, and whether the centre approves it; refusing
 * and merging take a second officer.
 * Out goes a card that is ordered with what is to be printed, an application that was sent back to its unit, or one
 * that has ended.
 * Deeds: application.settled, proposal.made, proposal.agreed, proposal.rejected, proposal.withdrawn; and the
 * application's moves (lifecycle.ts), such as application.approved.
 */

import * as audit from '../../audit/audit.ts'
import { areFacesCompared, isOutsideEngineSet } from '../../biometrics/engines-in-use.ts'
import * as cards from '../../cards/cards.ts'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { type ApplicationState, isAfterOrder, isOpenState } from '../application.ts'
import { waitsForFaces, waitsForSearch } from '../biometric-checks.ts'
import { actWithin } from '../law.ts'
import { dueDateFor, holdApplicationOrThrow, subjectOfApplication, transition } from '../lifecycle.ts'
import { openCapture, takePart } from '../packets/open-capture.ts'
import { applicationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import * as storeFinding from '../store-finding.ts'
import * as storeProposal from '../store-proposal.ts'
import { getPrintableContent } from './card-content.ts'

/** Nobody decides what they captured (domain.md 7.3: one person a role). */
async function refuseOwnCapture(work: Work, { capturedBy, capturedAt, signedAt }: store.Application): Promise<void> {
  const hand = { id: capturedBy, at: capturedAt ?? signedAt }
  await staff.refuseSameHand(work, 'application-decided', [hand], () =>
    applicationProblem('application-captured-by-you'),
  )
}

/** Once the card is made it is the card that ends. */
function refuseOnceOrdered({ state }: store.Application): void {
  if (isAfterOrder(state)) throw applicationProblem('application-move-refused', { state, to: 'cancelled' })
}

/** Checks that are doubtful or bad and on which no officer has said a word. */
const openFindings = (findings: readonly storeFinding.ApplicationFinding[]) =>
  findings
    .filter(({ verdict, decidedBy }) => (verdict === 'doubtful' || verdict === 'bad') && !decidedBy)
    .map(({ kind }) => kind)

async function refuseWithOpenFindings(work: Work, application: store.Application): Promise<void> {
  if (await storeProposal.findOpenProposal(work, application)) throw applicationProblem('proposal-open')
  const findings = await storeFinding.findFindings(work, application)
  if (areFacesCompared() && waitsForFaces(findings)) throw applicationProblem('application-faces-waiting')
  if (isOutsideEngineSet() && waitsForSearch(findings)) throw applicationProblem('application-search-waiting')
  const open = openFindings(findings)
  if (open.length > 0) throw applicationProblem('application-checks-open', { open })
}

/**
 * An officer has looked at what was found and says why it is good enough. Throws application-needs-papers without
 * words.
 */
export async function resolveFinding(
  work: Work,
  id: string,
  kind: storeFinding.ApplicationFinding['kind'],
  note: string,
): Promise<void> {
  const application = await holdApplicationOrThrow(work, id)
  await refuseOwnCapture(work, application)
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  if (!(await storeFinding.setFindingResolved(work, application, kind, note.trim())))
    throw applicationProblem('application-unknown')
  await audit.record(work, 'application.settled', subjectOfApplication(application), { check: kind })
}

/**
 * The data are right after all: an application that waited for that is complete, and goes on; the card is asked for
 * where it could not be before.
 */
export async function completeData(work: Work, id: string): Promise<store.Application> {
  const application = await holdApplicationOrThrow(work, id)
  await refuseOwnCapture(work, application)
  return completeApplication(work, application)
}

/**
 * From the data check on, for an application that was captured: the law's limit begins. Throws what stands against the
 * card.
 */
export async function completeApplication(work: Work, application: store.Application): Promise<store.Application> {
  const { personId, unitId, kind, sessionId } = application
  if (application.state !== 'data-check' || !(application.capturedAt || application.capture === 'not-needed'))
    throw applicationProblem('application-move-refused', { state: application.state, to: 'submitted' })
  const others = (await store.findApplicationsOf(work, personId)).filter(({ id }) => id !== application.id)
  const underWay = others.find(({ state }) => isOpenState(state))
  if (underWay) throw applicationProblem('application-under-way', { application: underWay.id, state: underWay.state })
  const cardId =
    application.cardId ??
    (await cards.applyForCard(work, personId, { unitId, kind, ...(sessionId && { sessionId }) })).id
  const cleared = { actsUnitId: null, actBy: null, returnedReason: null, returnedNote: null }
  return transition(work, application, ['submitted'], {
    ...cleared,
    cardId,
    submittedOn: work.today,
    dueOn: await dueDateFor(work, application),
  })
}

/**
 * The unit has checked it: it goes to the centre. Throws application-captured-by-you, application-faces-waiting,
 * application-search-waiting, application-checks-open, proposal-open.
 */
export async function sendToCentre(work: Work, id: string): Promise<store.Application> {
  const application = await holdApplicationOrThrow(work, id)
  await refuseOwnCapture(work, application)
  await refuseWithOpenFindings(work, application)
  return transition(work, application, ['sent-to-centre'])
}

/**
 * The centre approves: the card is ordered, with what is to be printed as the register has it now. What cannot be
 * printed is not approved. Throws application-captured-by-you, application-checks-open, application-not-captured-here,
 * application-content-missing, and what `cards.refuseUnprintable` and `cards.orderCard` throw.
 */
export async function approveApplication(work: Work, keys: StationKeys, id: string): Promise<store.Application> {
  const application = await holdApplicationOrThrow(work, id)
  await refuseOwnCapture(work, application)
  if (application.state !== 'sent-to-centre')
    throw applicationProblem('application-move-refused', { state: application.state, to: 'approved' })
  await refuseWithOpenFindings(work, application)
  const { face, signed, fingers, features } = await capturedToPrint(work, keys, application)
  if (!application.cardId) throw applicationProblem('application-not-captured-here')
  const content = { ...(await getPrintableContent(work, application.personId)), ...(features && { features }) }
  cards.refuseUnprintable(content, face, work.today, work)
  await cards.orderCard(work, {
    cardId: application.cardId,
    applicationId: application.id,
    content,
    ...(face && { portrait: face }),
    ...(signed && { signature: signed }),
    ...(fingers && { fingers }),
    dueOn: earliestDue(application, work.today),
    unitId: application.unitId,
    // Of a child of whom nothing was captured on line, whoever asked.
    capturedBy: application.capturedBy ?? application.signer?.personId ?? '',
    capturedAt: application.capturedAt,
    approvedBy: work.by.id,
  })
  return transition(work, application, ['approved'])
}

/**
 * Face, signature, fingers and what marks the person, of the capture; none, of a child of whom nothing is captured.
 * Throws application-not-captured-here.
 */
async function capturedToPrint(
  work: Work,
  keys: StationKeys,
  application: store.Application,
): Promise<{
  readonly face?: Buffer | undefined
  readonly signed?: Buffer | undefined
  readonly fingers?: readonly cards.CapturedFinger[]
  readonly features?: string | undefined
}> {
  if (application.capture === 'not-needed') return {}
  const opened = await openCapture(work, keys, application)
  if (!opened) throw applicationProblem('application-not-captured-here')
  const bytesOf = async (name: string | undefined) => {
    const bytes = await takePart(opened, name)
    return bytes && Buffer.from(bytes)
  }
  const portrait = opened.capture.biometrics.find(({ modality }) => modality === 'face')?.part
  // Of a finger that was captured more than once the last counts.
  const fingers = new Map<string, cards.CapturedFinger>()
  for (const { modality, part, subtype } of opened.capture.biometrics) {
    const type = opened.capture.parts.find(({ name }) => name === part)?.type
    const image = modality === 'finger' ? await bytesOf(part) : undefined
    if (image && subtype && type) fingers.set(subtype, { finger: subtype, type, image })
  }
  return {
    face: await bytesOf(portrait),
    signed: await bytesOf(opened.capture.signer.part),
    fingers: [...fingers.values()],
    features: opened.capture.features?.trim(),
  }
}

/** Whichever comes first: the law's limit, or the day on which the campaign needs the card in the hand. */
export const earliestDue = ({ dueOn, campaignDueOn }: store.Application, today: Day): Day =>
  [dueOn, campaignDueOn].filter(day => day !== null).sort()[0] ?? today

export type ReturnToUnit = { readonly reason: string; readonly note: string; readonly by: 'checker' | 'centre' }

/**
 * Sent back, with the reason in words: the unit that took it must act, and the citizen is told at once. What is still
 * checked is not the centre's to send back.
 */
export async function returnToUnit(
  work: Work,
  id: string,
  { reason, note, by }: ReturnToUnit,
): Promise<store.Application> {
  const application = await holdApplicationOrThrow(work, id)
  if (by === 'centre' && application.state !== 'sent-to-centre')
    throw applicationProblem('application-move-refused', { state: application.state, to: 'returned' })
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  const change = {
    returnedReason: reason,
    returnedNote: note.trim(),
    actsUnitId: application.unitId,
    actBy: units.workingDaysAfter(work.today, ruleOn(actWithin, work.today, work).sentBack),
  }
  return transition(work, application, ['returned'], change, { reason, note: note.trim() })
}

/** The unit has asked the citizen to come again, or takes up what was sent back without them: to the data check. */
export async function takeUpReturned(
  work: Work,
  id: string,
  state: 'recapture' | 'data-check',
): Promise<store.Application> {
  return transition(work, await holdApplicationOrThrow(work, id), [state])
}

/** The citizen does not want it any more; what was not made yet is cancelled with it. */
export async function withdrawApplication(
  work: Work,
  id: string,
  { note }: { readonly note: string },
): Promise<store.Application> {
  const application = await holdApplicationOrThrow(work, id)
  refuseOnceOrdered(application)
  if (note.trim().length < 3) throw applicationProblem('application-needs-papers')
  const after = await transition(work, application, ['cancelled'], {}, { reason: 'withdrawn', note: note.trim() })
  await cancelOrderedCard(work, application, 'withdrawn')
  return after
}

async function cancelOrderedCard(
  work: Work,
  { cardId }: store.Application,
  code: 'withdrawn' | 'refused' | 'entered-twice',
): Promise<void> {
  if (cardId) await cards.cancelCard(work, cardId, { code })
}

export type RefusalProposal = { readonly reason: string; readonly note: string }

/** Proposes to refuse an application; another officer agrees. The note is what the citizen will read. */
export const proposeRefusal = (
  work: Work,
  id: string,
  { reason, note }: RefusalProposal,
): Promise<storeProposal.DecisionProposal> =>
  insertProposalOnce(work, id, { kind: 'refuse', reason, note, otherId: null })

/** Proposes to merge an application into another of the same person, of which it is a second capture. */
export async function proposeMerge(
  work: Work,
  id: string,
  otherId: string,
  note: string,
): Promise<storeProposal.DecisionProposal> {
  const [one, other] = [await holdApplicationOrThrow(work, id), await store.findApplication(work, otherId)]
  if (!other || other.personId !== one.personId || other.id === one.id) throw applicationProblem('merge-other-person')
  return insertProposalOnce(work, id, { kind: 'merge', reason: 'duplicate', note, otherId })
}

async function insertProposalOnce(
  work: Work,
  id: string,
  draft: Pick<storeProposal.DecisionProposal, 'kind' | 'reason' | 'otherId'> & { readonly note: string },
): Promise<storeProposal.DecisionProposal> {
  const application = await holdApplicationOrThrow(work, id)
  if (draft.note.trim().length < 3) throw applicationProblem('application-needs-papers')
  if (await storeProposal.findOpenProposal(work, application)) throw applicationProblem('proposal-open')
  const end: ApplicationState = draft.kind === 'refuse' ? 'refused' : 'cancelled'
  if (application.state === end)
    throw applicationProblem('application-move-refused', { state: application.state, to: end })
  const proposal: storeProposal.DecisionProposal = {
    ...draft,
    note: draft.note.trim(),
    id: newId<'proposal'>(work.now),
    personId: application.personId,
    applicationId: id,
    unitId: application.unitId,
    proposedBy: work.by.id,
    proposedAt: work.now,
  }
  await storeProposal.insertProposal(work, proposal)
  await audit.record(work, 'proposal.made', subjectOfApplication(application), {
    kind: draft.kind,
    reason: draft.reason,
  })
  return proposal
}

/** A second officer agrees or rejects; who proposed may only withdraw. Throws proposal-unknown, proposal-your-own. */
export async function decideProposal(
  work: Work,
  proposalId: string,
  answer: 'agreed' | 'rejected' | 'withdrawn',
): Promise<store.Application> {
  const proposal = await storeProposal.holdProposal(work, proposalId)
  if (!proposal) throw applicationProblem('proposal-unknown')
  const hand = { id: proposal.proposedBy, at: proposal.proposedAt }
  if (answer === 'withdrawn') {
    if (!(await staff.isSameHand(work, hand))) throw applicationProblem('proposal-unknown')
  } else await staff.refuseSameHand(work, 'application-ended', [hand], () => applicationProblem('proposal-your-own'))
  const application = await holdApplicationOrThrow(work, proposal.applicationId)
  if (answer === 'agreed') await refuseOwnCapture(work, application)
  await storeProposal.setProposalDecided(work, proposal, answer)
  await audit.record(work, `proposal.${answer}`, subjectOfApplication(application), {
    kind: proposal.kind,
    reason: proposal.reason,
  })
  if (answer !== 'agreed') return application
  return proposal.kind === 'refuse'
    ? carryOutRefusal(work, application, proposal)
    : carryOutMerge(work, application, proposal)
}

async function carryOutRefusal(
  work: Work,
  application: store.Application,
  { reason, note }: storeProposal.DecisionProposal,
): Promise<store.Application> {
  const after = await transition(
    work,
    application,
    ['refused'],
    { returnedReason: reason, returnedNote: note },
    { reason, note: note ?? undefined },
  )
  await cancelOrderedCard(work, application, 'refused')
  return after
}

async function carryOutMerge(
  work: Work,
  application: store.Application,
  { note, otherId }: storeProposal.DecisionProposal,
): Promise<store.Application> {
  refuseOnceOrdered(application)
  const after = await transition(
    work,
    application,
    ['cancelled'],
    { mergedInto: otherId },
    { reason: 'merged', note: note ?? undefined, facts: { into: otherId } },
  )
  const other = await holdApplicationOrThrow(work, otherId ?? '')
  // Of two captures that ask for one card, the one that stays keeps it.
  if (application.cardId && application.cardId !== other.cardId)
    await cancelOrderedCard(work, application, 'entered-twice')
  return after
}
