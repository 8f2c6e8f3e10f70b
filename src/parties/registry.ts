import * as audit from '../audit/audit.ts'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import { mayEdit, mayTransition, type Party, type PartyId, type PartyState, partyKinds } from './party.ts'
import { partyProblem } from './problems.ts'
import * as store from './store-party.ts'
import { type Fault, faultReplies } from './words-fault.ts'

/** The registration, review and decision of parties. Engineers register their own; administrators register others. */

export type PartyInput = {
  readonly nameVi: string
  readonly nameEn: string
  readonly kind: string
  readonly basis?: { readonly text: string; readonly article: string } | undefined
  readonly contact: { readonly name: string; readonly email: string }
}

const isName = (text: string) => text.trim().length >= 3 && text.length <= 200 && !/\p{C}/u.test(text)

/** One mailbox at a host with a dot, to which outreach can deliver. */
export const isEmail = (text: string) =>
  text.length <= 254 && /^[a-z0-9._%+-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(text)

export const normalizedEmail = (text: string) => text.trim().toLowerCase()

function findPartyFaults({ nameVi, nameEn, kind, basis, contact }: PartyInput): Fault[] {
  const faults: (Fault | false)[] = [
    !isName(nameVi) && { field: 'nameVi', code: 'name-missing' },
    !isName(nameEn) && { field: 'nameEn', code: 'name-missing' },
    !partyKinds.some(one => one === kind) && { field: 'kind', code: 'kind-unknown' },
    basis !== undefined && !(basis.text.trim() && basis.article.trim()) && { field: 'basis', code: 'basis-halved' },
    !isName(contact.name) && { field: 'contactName', code: 'contact-missing' },
    !isEmail(normalizedEmail(contact.email)) && { field: 'contactEmail', code: 'email-wrong' },
  ]
  return faults.filter(fault => fault !== false)
}

function partyContentOf(input: PartyInput): store.PartyContent {
  const faults = findPartyFaults(input)
  const kind = partyKinds.find(one => one === input.kind)
  if (faults.length > 0 || !kind) throw partyProblem('party-wrong', { wrong: faultReplies(faults) })
  return {
    nameVi: input.nameVi.trim(),
    nameEn: input.nameEn.trim(),
    kind,
    ...(input.basis && { basis: { text: input.basis.text.trim(), article: input.basis.article.trim() } }),
    contact: { name: input.contact.name.trim(), email: normalizedEmail(input.contact.email) },
  }
}

const recordPartyDeed = (work: Work, name: string, id: PartyId, facts: Readonly<Record<string, unknown>> = {}) =>
  audit.record(work, name, { kind: 'party', id, ...(work.unitId && { unitId: work.unitId }) }, facts)

/**
 * Registers a party as a draft. The reader of the contact's email address may sign in for it; an engineer who registers
 * it may at once. Throws party-wrong.
 */
export async function registerParty(work: Work, input: PartyInput): Promise<Party> {
  const id: PartyId = newId<'party'>(work.now)
  const given = partyContentOf(input)
  await store.insertParty(work, id, given)
  if (work.by.kind === 'party') await store.addMember(work, id, work.by.id)
  await recordPartyDeed(work, 'party.registered', id, { kind: given.kind, basis: given.basis !== undefined })
  return getParty(work, id)
}

export const listParties = store.findParties

export async function getParty(work: Work, id: PartyId): Promise<Party> {
  const party = await store.findParty(work, id)
  if (!party) throw partyProblem('party-unknown')
  return party
}

async function holdPartyFor(work: Work, id: PartyId, to: PartyState): Promise<Party> {
  const party = await store.holdParty(work, id)
  if (!party) throw partyProblem('party-unknown')
  if (!mayTransition(party.state, to)) throw partyProblem('party-move-refused', { state: party.state, to })
  return party
}

/** Changes a party that is not approved yet. Throws party-unknown, party-move-refused, party-wrong. */
export async function editParty(work: Work, id: PartyId, input: PartyInput): Promise<Party> {
  const party = await store.holdParty(work, id)
  if (!party) throw partyProblem('party-unknown')
  if (!mayEdit(party.state)) throw partyProblem('party-move-refused', { state: party.state, to: 'draft' })
  const given = partyContentOf(input)
  await store.updateParty(work, id, given)
  await recordPartyDeed(work, 'party.changed', id, { kind: given.kind, basis: given.basis !== undefined })
  return getParty(work, id)
}

export async function submitPartyForReview(work: Work, id: PartyId): Promise<Party> {
  await holdPartyFor(work, id, 'submitted')
  await store.setPartySubmitted(work, id, { kind: work.by.kind, id: work.by.id })
  await recordPartyDeed(work, 'party.submitted', id)
  return getParty(work, id)
}

/** Takes a submitted party back before the decision. */
export async function returnPartyToDraft(work: Work, id: PartyId): Promise<Party> {
  const { state } = await holdPartyFor(work, id, 'draft')
  if (state !== 'submitted') throw partyProblem('party-move-refused', { state, to: 'draft' })
  await store.setPartyDraft(work, id)
  await recordPartyDeed(work, 'party.taken-back', id)
  return getParty(work, id)
}

const requirePartyReason = (reason: string): string => {
  if (!reason.trim()) throw partyProblem('party-reason-needed')
  return reason.trim()
}

/** Whoever registered a party or submitted it. */
export const handsOfParty = ({ registeredBy, registeredAt, submittedBy, submittedAt }: Party): staff.Hand[] => [
  { id: registeredBy.id, at: registeredAt },
  { id: submittedBy?.id, at: submittedAt },
]

/** Approves a party. Throws party-own-work if the officer, or the one they stand in for, registered or submitted it. */
export async function approveParty(work: Work, id: PartyId): Promise<Party> {
  const party = await holdPartyFor(work, id, 'approved')
  await staff.refuseSameHand(work, 'party-approved', handsOfParty(party), () => partyProblem('party-own-work'))
  await store.setPartyDecided(work, id, 'approved')
  await recordPartyDeed(work, party.state === 'suspended' ? 'party.resumed' : 'party.approved', id, {
    basis: party.basis !== undefined,
  })
  return getParty(work, id)
}

export async function refuseParty(work: Work, id: PartyId, reason: string): Promise<Party> {
  const party = await holdPartyFor(work, id, 'refused')
  await staff.refuseSameHand(work, 'party-approved', handsOfParty(party), () => partyProblem('party-own-work'))
  await store.setPartyDecided(work, id, 'refused', requirePartyReason(reason))
  await recordPartyDeed(work, 'party.refused', id, { reason: reason.trim() })
  return getParty(work, id)
}

/** Suspends all clients of a party at once, sandbox ones too. */
export async function suspendParty(work: Work, id: PartyId, reason: string): Promise<Party> {
  await holdPartyFor(work, id, 'suspended')
  await store.setPartyDecided(work, id, 'suspended', requirePartyReason(reason))
  await recordPartyDeed(work, 'party.suspended', id, { reason: reason.trim() })
  return getParty(work, id)
}
