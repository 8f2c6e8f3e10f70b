/**
 * Proposals: nobody gives a post, a stand-in, a new password, new second factors or another address to an officer
 * alone. One officer, or the command line, proposes; another accepts, who is neither the proposer nor the one
 * concerned, nor stands in for either. Decided: whether a proposal can be made and still be accepted, by whom, and how
 * the link to a password reaches its officer. What nobody accepts expires.
 * Deeds: appointment.proposed, stand-in.proposed, reset.proposed, factor-reset.proposed, contact.proposed;
 * staff-proposal.refused, .withdrawn, .expired; officer.appointed, stand-in.named, password.reset, contact.changed.
 */

import { randomBytes } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { type Day, dayAfter } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { hashSecret } from '../../platform/sealing/secret-hash.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import {
  checkAppointment,
  checkStandIn,
  endOf,
  getOfficer,
  giveAppointment,
  giveStandIn,
  isSelf,
  refuseHigher,
  type WantedAppointment,
} from '../appointments.ts'
import { type Contact, contactIn, readContact } from '../contact.ts'
import { proposalDays } from '../law.ts'
import { grantLink, type LinkDelivery } from '../links/links.ts'
import type { AppointmentId, OfficerId, ProposalId } from '../officer.ts'
import { staffProblem } from '../problems.ts'
import { mayDo } from '../role.ts'
import { type Hand, refuseSameHand, type SeparatedDuty } from '../separation.ts'
import { endSessionsOf, postsOf } from '../session.ts'
import { contactsOf, findOfficer, setContact } from '../store.ts'
import { officersWithPassword, setPassword, withCredentials } from '../store-session.ts'
import type { NewProposal, Proposal, ProposalKind } from './store.ts'
import * as store from './store.ts'

export type { Proposal } from './store.ts'

const aDay = 24 * 3_600_000

/** Why something is proposed, in the words of who does. */
export type Reason = { readonly note?: string | undefined }

const deeds = {
  appointment: 'appointment.proposed',
  'stand-in': 'stand-in.proposed',
  reset: 'reset.proposed',
  'factor-reset': 'factor-reset.proposed',
  contact: 'contact.proposed',
} as const satisfies Record<ProposalKind, string>

/** What a deed says of a proposal; phone and address stand in the proposal alone. */
const factsOf = ({
  id,
  kind,
  role,
  schoolId,
  appointmentId,
  fromOn,
  toOn,
  batchId,
}: Omit<NewProposal, 'expiresAt'>) => ({
  proposal: id,
  kind,
  ...(role && { role }),
  ...(schoolId && { schoolId }),
  ...(appointmentId && { appointment: appointmentId }),
  ...(fromOn && { fromOn }),
  ...(toOn && { toOn }),
  ...(batchId && { batch: batchId }),
})

const subjectOf = ({ officerId, unitId }: Pick<Proposal, 'officerId' | 'unitId'>) => ({
  kind: 'officer',
  id: officerId,
  unitId,
})

async function propose(
  work: Work,
  { note, ...wanted }: Omit<NewProposal, 'id' | 'expiresAt' | 'note'> & Reason,
): Promise<Proposal> {
  for (const { id, unitId } of await store.expireOf(work, wanted.officerId))
    await audit.record(work, 'staff-proposal.expired', { kind: 'staff-proposal', id, unitId })
  const days = ruleOn(proposalDays, work.today, work)
  const proposal: NewProposal = {
    ...wanted,
    id: newId<'staff-proposal'>(work.now),
    note: note?.normalize('NFC').trim() || null,
    expiresAt: new Date(work.now.getTime() + days * aDay),
  }
  if (!(await store.insertProposal(work, proposal))) throw staffProblem('staff-proposal-pending')
  await audit.record(work, deeds[proposal.kind], subjectOf(proposal), factsOf(proposal))
  return holdOrThrow(work, proposal.id)
}

/** Proposes a post. Throws what `checkAppointment` throws, and staff-proposal-pending. */
export async function proposeAppointment(
  work: Work,
  {
    lastOn,
    note,
    batchId,
    ...wanted
  }: Omit<WantedAppointment, 'toOn'> & {
    readonly lastOn?: Day | undefined
    /** The file in which it stands with others. */
    readonly batchId?: string
  } & Reason,
): Promise<Proposal> {
  const toOn = endOf(lastOn)
  await checkAppointment(work, { ...wanted, toOn })
  return propose(work, {
    kind: 'appointment',
    ...wanted,
    schoolId: wanted.schoolId ?? null,
    fromOn: wanted.fromOn ?? null,
    toOn: toOn ?? null,
    note,
    ...(batchId && { batchId }),
  })
}

/** Proposes that an officer acts in another's appointment for some days. */
export async function proposeStandIn(
  work: Work,
  {
    lastOn,
    note,
    ...wanted
  }: {
    readonly appointmentId: AppointmentId
    readonly officerId: OfficerId
    readonly fromOn: Day
    readonly lastOn: Day
  } & Reason,
): Promise<Proposal> {
  const toOn = dayAfter(lastOn)
  const { unitId } = await checkStandIn(work, { ...wanted, toOn })
  return propose(work, { kind: 'stand-in', ...wanted, unitId, toOn, note })
}

/** An officer of the work's units who has not left and acts nowhere beyond them. */
async function getOfficerInHand(work: Work, officerId: OfficerId) {
  const officer = await getOfficer(work, officerId)
  if (officer.left) throw staffProblem('officer-unknown')
  await refuseHigher(work, officerId, officer.unitId)
  return officer
}

/** Proposes that an officer chooses a new password. Nothing ends before another officer accepts it. */
export async function proposeReset(work: Work, officerId: OfficerId, { note }: Reason = {}): Promise<Proposal> {
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  const { unitId } = await getOfficerInHand(work, officerId)
  return propose(work, { kind: 'reset', officerId, unitId, note })
}

/**
 * Proposes that an officer who lost their second factors chooses a new password and adds new factors, by one link. The
 * factors that they have hold until the link is used.
 */
export async function proposeFactorReset(work: Work, officerId: OfficerId, { note }: Reason = {}): Promise<Proposal> {
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  const { unitId } = await getOfficerInHand(work, officerId)
  return propose(work, { kind: 'factor-reset', officerId, unitId, note })
}

/** Proposes another phone and e-mail address of an officer: where links to a password go. */
export async function proposeContact(
  work: Work,
  officerId: OfficerId,
  { note, ...typed }: Contact & Reason,
): Promise<Proposal> {
  if (isSelf(work, officerId)) throw staffProblem('own-appointment')
  const { unitId } = await getOfficerInHand(work, officerId)
  const [now] = await contactsOf(work, [officerId])
  const { phone = null, email = null } = readContact(typed)
  if (now?.phone === phone && now.email === email) throw staffProblem('contact-same')
  return propose(work, { kind: 'contact', officerId, unitId, phone, email, note })
}

async function holdOrThrow(work: Work, id: ProposalId): Promise<Proposal> {
  const proposal = await store.holdProposal(work, id)
  if (!proposal) throw staffProblem('staff-proposal-unknown')
  return proposal
}

async function holdPending(work: Work, id: ProposalId): Promise<Proposal> {
  const proposal = await holdOrThrow(work, id)
  if (proposal.state !== 'pending') throw staffProblem('staff-proposal-closed', { state: proposal.state })
  return proposal
}

const pairs = {
  appointment: 'appointment-accepted',
  'stand-in': 'stand-in-accepted',
  reset: 'reset-accepted',
  'factor-reset': 'factor-reset-accepted',
  contact: 'contact-accepted',
} as const satisfies Record<ProposalKind, SeparatedDuty>

/**
 * Who proposed it may have left since, or lost the right in the unit or units above it: then one officer would do both
 * halves in effect. A right in another unit is another right.
 */
async function refuseWithoutProposer(work: Work, { proposedByKind, proposedBy, unitId }: Proposal): Promise<void> {
  if (proposedByKind === 'operator') return
  const officerId = proposedBy as OfficerId
  const officer = await findOfficer(work, officerId)
  // Whoever proposes from a higher unit is not in the sight of a lower one.
  if (officer?.left) throw staffProblem('proposer-without-right')
  if (!officer) return
  const above = (await units.unitPath(work, unitId, work.today)).map(({ id }) => id)
  const isIn = (id: units.UnitId) => id === unitId || above.includes(id)
  if (!(await postsOf(work, officerId)).some(post => mayDo(post.role, 'staff.manage') && isIn(post.unitId)))
    throw staffProblem('proposer-without-right')
}

/** Who proposed: the record says for whom. */
export const proposerOf = ({ proposedBy, proposedFor }: Proposal): Hand => ({ id: proposedBy, onBehalfOf: proposedFor })
/** Whom a proposal concerns. */
export const concernedBy = ({ officerId, proposedAt }: Proposal): Hand => ({ id: officerId, at: proposedAt })

async function refuseHand(work: Work, proposal: Proposal): Promise<void> {
  if (work.by.kind !== 'officer') throw staffProblem('two-officers-needed')
  await refuseSameHand(work, pairs[proposal.kind], [proposerOf(proposal)], () => staffProblem('second-officer-accepts'))
  await refuseSameHand(work, 'appointment-of-oneself', [concernedBy(proposal)], () => staffProblem('own-appointment'))
}

/** From now on the link alone leads to a password. */
async function resetPassword(work: Work, proposal: Proposal): Promise<void> {
  const { id, officerId } = proposal
  await getOfficerInHand(work, officerId)
  const nobodyKnows = await hashSecret(randomBytes(32).toString('base64url'))
  await withCredentials(work, () => setPassword(work, officerId, nobodyKnows, true))
  await audit.record(work, 'password.reset', subjectOf(proposal), { proposal: id })
  await endSessionsOf(work, officerId, 'password-reset')
}

/** Carries out what was proposed; each thing is checked anew, since days have passed. */
const carryOut: {
  readonly [Kind in ProposalKind]: (work: Work, proposal: Proposal) => Promise<void>
} = {
  async appointment(work, { id, officerId, unitId, role, schoolId, fromOn, toOn }) {
    if (role === null) throw new Error('a proposed appointment has a role')
    const days = { fromOn: fromOn ?? undefined, toOn: toOn ?? undefined }
    const wanted = { officerId, role, unitId, schoolId: schoolId ?? undefined, ...days }
    await checkAppointment(work, wanted)
    await giveAppointment(work, wanted, { kind: 'two-officers', proposalId: id })
  },
  async 'stand-in'(work, { id, officerId, appointmentId, fromOn, toOn }) {
    if (appointmentId === null || fromOn === null || toOn === null) throw new Error('a stand-in has its days')
    const wanted = { appointmentId, officerId, fromOn, toOn }
    await giveStandIn(work, await checkStandIn(work, wanted), wanted, { kind: 'two-officers', proposalId: id })
  },
  reset: resetPassword,
  'factor-reset': resetPassword,
  async contact(work, proposal) {
    const { id, officerId, phone, email } = proposal
    await getOfficerInHand(work, officerId)
    await setContact(work, officerId, contactIn({ phone, email }))
    await audit.record(work, 'contact.changed', subjectOf(proposal), { proposal: id })
  },
}

/** Whether accepting gives the officer a link: to a new password, or to their first with their first post. */
const needsLink = async (work: Work, { kind, officerId }: Proposal): Promise<boolean> =>
  kind === 'reset' ||
  kind === 'factor-reset' ||
  (kind === 'appointment' && (await withCredentials(work, () => officersWithPassword(work, [officerId]))).length === 0)

/**
 * Accepts a proposal, as another officer with the right. `delivery` is how a link to a password reaches its officer.
 * Throws staff-proposal-unknown, staff-proposal-closed, second-officer-accepts, own-appointment,
 * proposer-without-right, delivery-needed, contact-needed, contact-too-fresh, and what checking it anew throws.
 */
export async function acceptProposal(
  work: Work,
  id: ProposalId,
  { delivery }: { readonly delivery?: LinkDelivery | undefined } = {},
): Promise<Proposal> {
  const proposal = await holdPending(work, id)
  await refuseHand(work, proposal)
  await refuseWithoutProposer(work, proposal)
  const isToLink = await needsLink(work, proposal)
  if (isToLink && !delivery) throw staffProblem('delivery-needed')

  const [former] = proposal.kind === 'contact' ? await contactsOf(work, [proposal.officerId]) : []
  await store.setDecided(work, id, 'accepted', former && contactIn(former))
  await carryOut[proposal.kind](work, proposal)
  if (isToLink && delivery) {
    const dropsFactors = proposal.kind === 'factor-reset'
    await grantLink(work, { officerId: proposal.officerId, proposalId: id, delivery, dropsFactors })
  }
  return holdOrThrow(work, id)
}

async function close(work: Work, proposal: Proposal, state: 'refused' | 'withdrawn'): Promise<Proposal> {
  await store.setDecided(work, proposal.id, state)
  await audit.record(
    work,
    `staff-proposal.${state}`,
    { kind: 'staff-proposal', id: proposal.id, unitId: proposal.unitId },
    { kind: proposal.kind, officer: proposal.officerId },
  )
  return holdOrThrow(work, proposal.id)
}

/** Refuses a proposal; also the officer concerned may, who learns so that somebody asks for their password. */
export async function refuseProposal(work: Work, id: ProposalId): Promise<Proposal> {
  const proposal = await holdPending(work, id)
  return close(work, proposal, 'refused')
}

/** Who proposed it takes it back. */
export async function withdrawProposal(work: Work, id: ProposalId): Promise<Proposal> {
  const proposal = await holdPending(work, id)
  if (proposal.proposedBy !== work.by.id) throw staffProblem('not-your-proposal')
  return close(work, proposal, 'withdrawn')
}

/** Decided proposals and those that expired are listed for so long. */
const listedFor = 30 * aDay

/** Proposals that wait, and what became of those of a month. */
export const listProposals = (work: Work): Promise<Proposal[]> =>
  store.selectProposals(work, new Date(work.now.getTime() - listedFor))

/** Phone and e-mail address that an accepted proposal replaced: who is reached there learns of it. */
export async function formerContactOf(work: Work, id: ProposalId): Promise<Contact> {
  const former = await store.formerContact(work, id)
  return former ? contactIn(former) : {}
}
