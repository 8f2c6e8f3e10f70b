/**
 * A child of whom neither face nor fingers are taken gets a card that father, mother or guardian asks for, on line or
 * at a counter (LCC Art. 23(2)(a)). In: the child, who applies, where the card is received. Decided: whether the law of
 * the day gives a card at this age without a capture, whether the child has a number and no card, whether whoever asks
 * represents the child, by the register or by a paper. Out: an application that is complete, with its card, in the
 * queue of the unit where the child lives; what was sent back can be asked again. Deeds: those of an application.
 */

import * as cards from '../../cards/cards.ts'
import { latestDay } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { isOpenState } from '../application.ts'
import { feeFor } from '../fee.ts'
import { isCaptured } from '../law.ts'
import { dueDateFor, transition } from '../lifecycle.ts'
import { duplicateFinding } from '../packets/similar-people.ts'
import { applicationProblem } from '../problems.ts'
import * as store from '../store-application.ts'
import { setFee } from '../store-fee.ts'
import * as storeFinding from '../store-finding.ts'
import type { CardDelivery, ChildCardStatus, ChildRepresentative } from './child-card.ts'

export type ChildCardRequest = {
  readonly delivery: CardDelivery
  readonly address?: string | undefined
}

type Asked = {
  readonly source: 'online' | 'counter'
  readonly signer: store.CaptureSigner
  readonly takenBy?: string | undefined
} & ChildCardRequest

const endedCards: readonly cards.CardState[] = ['revoked', 'cancelled']

/** Whether a child's card can be asked for without a capture, as far as the work sees the child. */
export async function findChildCardStatus(work: Work, childId: register.PersonId): Promise<ChildCardStatus> {
  const { birthDate, number, lifeStatus } = await register.getSummary(work, childId)
  const bornOn = latestDay(birthDate)
  if (lifeStatus === 'dead' || cards.mayApplyFrom(birthDate, work.today, work) > work.today) return 'no-law'
  const open = (await store.findApplicationsOf(work, childId)).find(({ state }) => isOpenState(state))
  if (open?.state === 'returned' && open.capture === 'not-needed') return 'returned'
  if (open) return 'under-way'
  const theirs = (await cards.cardsOf(work, [childId])).get(childId) ?? []
  if (theirs.some(({ state }) => !endedCards.includes(state))) return 'has-card'
  if (isCaptured(bornOn, work.today, work)) return 'capture-needed'
  return number ? 'possible' : 'number-needed'
}

function refuseUnless(status: ChildCardStatus, work: Work, birthDate: register.PersonSummary['birthDate']): void {
  if (status === 'possible' || status === 'returned') return
  if (status === 'no-law')
    throw applicationProblem('child-card-no-law', { from: cards.mayApplyFrom(birthDate, work.today, work) })
  if (status === 'capture-needed') throw applicationProblem('child-card-needs-capture')
  if (status === 'number-needed') throw applicationProblem('child-card-number-needed')
  throw applicationProblem('child-card-not-needed', { status })
}

/** Where the child lives: the unit that checks the application. */
async function homeUnitOf(work: Work, childId: register.PersonId): Promise<Id<'unit'>> {
  const { residences } = await register.getPerson(work, childId)
  const home = residences.find(({ to }) => to === undefined)
  if (!home) throw applicationProblem('child-card-home-unknown')
  return home.unitId
}

async function enter(work: Work, childId: register.PersonId, { source, signer, takenBy, delivery, address }: Asked) {
  await store.lockPerson(work, childId)
  const { birthDate } = await register.getSummary(work, childId)
  refuseUnless(await findChildCardStatus(work, childId), work, birthDate)
  const deliveryAddress = address?.trim() || null
  if (delivery === 'post' && !deliveryAddress) throw applicationProblem('child-card-address-needed')
  const change = {
    signer,
    signedAt: work.now,
    delivery,
    deliveryAddress: delivery === 'post' ? deliveryAddress : null,
    capturedBy: takenBy ?? null,
    returnedReason: null,
    returnedNote: null,
    actsUnitId: null,
    actBy: null,
    submittedOn: work.today,
  }
  const before = (await store.findApplicationsOf(work, childId)).find(({ state }) => state === 'returned')
  if (before)
    return transition(work, before, ['data-check', 'submitted'], { ...change, dueOn: await dueDateFor(work, before) })

  const unitId = await homeUnitOf(work, childId)
  const form = ruleOn(register.formsOfPages, work.today, work).correction
  const card = await cards.applyForCard(work, childId, { unitId })
  const application: store.Application = {
    ...store.asBegun,
    id: newId<'application'>(work.now),
    personId: childId,
    kind: 'first-issue',
    reason: 'first',
    formCode: form.code,
    formVersion: form.version,
    state: 'draft',
    unitId,
    sessionId: null,
    source,
    cardId: card.id,
    begunOn: work.today,
  }
  await store.insertApplication(work, application)
  await setFee(work, application, feeFor({ kind: 'first-issue', reason: 'first', birthDate }, work.today, work))
  await storeFinding.writeFindings(work, application, [await duplicateFinding(work, childId)])
  return transition(
    work,
    application,
    ['data-check', 'submitted'],
    { ...change, capture: 'not-needed', dueOn: await dueDateFor(work, application) },
    { facts: { source, delivery } },
  )
}

/**
 * A parent or guardian asks on line, signed in with an account of level 2 and by two factors; the caller has seen to
 * that. Who they are to the child is the register's. Throws child-card-representative-refused, child-card-no-law,
 * child-card-needs-capture, child-card-number-needed, child-card-not-needed, child-card-address-needed,
 * child-card-home-unknown, and what `cards.applyForCard` throws.
 */
export async function askForChildCard(
  work: Work,
  childId: register.PersonId,
  { representativeId, ...request }: ChildCardRequest & { readonly representativeId: register.PersonId },
): Promise<store.Application> {
  const kin = (await register.kinOf(work, childId)).find(({ personId }) => personId === representativeId)
  if (!kin || kin.relation === 'spouse') throw applicationProblem('child-card-representative-refused')
  const { fullName, number } = await register.getSummary(work, representativeId)
  return enter(work, childId, {
    ...request,
    source: 'online',
    signer: {
      kind: 'representative',
      personId: representativeId,
      name: fullName,
      relation: kin.relation,
      ...(number && { number }),
    },
  })
}

export type RepresentativeAtCounter = {
  readonly name: string
  readonly relation: ChildRepresentative
  readonly number?: string | undefined
  /** Which paper shows it, where the register does not. */
  readonly evidence?: string | undefined
}

/**
 * The same at a counter, where the officer sees who asks. Whom the register does not have as this relative of the child
 * shows it by a paper: birth certificate, decision on guardianship. Throws child-card-papers-needed and what is thrown
 * on line.
 */
export async function takeChildCard(
  work: Work,
  childId: register.PersonId,
  { representative, ...request }: ChildCardRequest & { readonly representative: RepresentativeAtCounter },
): Promise<store.Application> {
  const { name, relation, number, evidence } = representative
  const digits = number?.replace(/\D/g, '')
  const known = (await register.kinOf(work, childId)).some(
    kin => kin.relation === relation && digits !== undefined && digits !== '' && kin.number === digits,
  )
  if (!known && !evidence?.trim()) throw applicationProblem('child-card-papers-needed')
  return enter(work, childId, {
    ...request,
    source: 'counter',
    takenBy: work.by.id,
    signer: {
      kind: 'representative',
      name: name.trim(),
      relation,
      ...(digits && { number: digits }),
      ...(evidence?.trim() && { evidence: evidence.trim() }),
    },
  })
}
