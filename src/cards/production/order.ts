import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { type Day, latestDay, yearsBetween } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import type { GivenReason } from '../acts-with-reason.ts'
import { type Card, type CardState, isComing } from '../card.ts'
import type { CardContent } from '../content.ts'
import { portraitAge } from '../law.ts'
import { holdCardByRef, holdForTransition, refuseUnknownReason, transition } from '../lifecycle.ts'
import { cardProblem } from '../problems.ts'
import * as store from '../store.ts'
import { closeEmptyBatches } from './batches.ts'
import { spoilChip } from './chip-of-card.ts'
import * as batches from './store-batch.ts'
import * as orders from './store-order.ts'

/** `finger` as the capture names it, such as 'Left IndexFinger'; `type` a media type. */
export type CapturedFinger = { readonly finger: string; readonly type: string; readonly image: Buffer }

export type NewCardOrder = {
  /** A card that was applied for. */
  readonly cardId: Id<'card'>
  readonly applicationId: string
  readonly content: CardContent
  /** JPEG. A child under six has none (LCC Art. 23). */
  readonly portrait?: Buffer | undefined
  readonly signature?: Buffer | undefined
  /** The fingerprints that the chip is to hold, as they were captured. */
  readonly fingers?: readonly CapturedFinger[] | undefined
  /** The last day by law. */
  readonly dueOn: Day
  /** The unit that hands it over; it sees the person until it did. */
  readonly unitId: Id<'unit'>
  /** The school at which it was captured. */
  readonly schoolId?: Id<'school'> | undefined
  readonly capturedBy: string
  readonly capturedAt: Date | null
  /** Never who captured. */
  readonly approvedBy: string
}

export const sha256OfPicture = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const isJpegData = (bytes: Buffer) => bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

async function refuseOrder(work: Work, { personId }: Card, order: NewCardOrder): Promise<void> {
  const { content, portrait, applicationId, capturedBy, capturedAt, approvedBy } = order
  // The house may order what an officer approved; where the approver orders, those they stand in for count too.
  const by = approvedBy === work.by.id ? work.by : ({ kind: 'officer', id: approvedBy } as const)
  const hand = { id: capturedBy, at: capturedAt }
  await staff.refuseSameHand({ ...work, by }, 'card-ordered', [hand], () => cardProblem('order-own-capture'))
  const { number } = await register.getSummary(work, personId)
  if (number !== content.number) throw cardProblem('order-number-differs')
  const age = yearsBetween(latestDay(content.birthDate), work.today)
  if (portrait ? !isJpegData(portrait) : age >= ruleOn(portraitAge, work.today, work))
    throw cardProblem('order-portrait-needed')
  if (await orders.isOrdered(work, personId, applicationId)) throw cardProblem('order-exists')
}

/**
 * Orders a card once its application is approved, and freezes its content. Throws card-unknown, card-move-refused,
 * order-own-capture, order-number-differs, order-portrait-needed, order-exists.
 */
export async function orderCard(work: Work, newOrder: NewCardOrder): Promise<Card> {
  const card = await holdForTransition(work, { cardId: newOrder.cardId }, 'approved')
  await refuseOrder(work, card, newOrder)
  const {
    portrait,
    signature,
    fingers = [],
    applicationId,
    unitId,
    dueOn,
    approvedBy,
    capturedAt: _at,
    ...rest
  } = newOrder
  const kept = {
    ...rest,
    applicationId,
    unitId,
    dueOn,
    approvedBy,
    personId: card.personId,
    approvedOn: work.today,
    ...(portrait && { portraitSha256: sha256OfPicture(portrait) }),
    ...(signature && { signatureSha256: sha256OfPicture(signature) }),
  }
  await orders.insertOrder(work, kept, { portrait, signature })
  for (const finger of fingers)
    await orders.insertFinger(work, kept, { ...finger, sha256: sha256OfPicture(finger.image) })
  await register.openAccessCase(work, {
    personId: card.personId,
    unitId,
    kind: 'card',
    caseId: card.id,
    grade: 'whole',
  })
  return transition(work, card, 'approved', { unitId, facts: { application: applicationId, due: dueOn, approvedBy } })
}

/**
 * The application comes to nothing before the card is made: refused, withdrawn, wrong. A card that waits to be made
 * waits no longer, and a batch whose last it was is over. Throws card-unknown, card-move-refused, card-reason-unknown.
 */
export async function cancelCard(work: Work, cardId: Id<'card'>, reason: GivenReason): Promise<Card> {
  const card = await holdForTransition(work, { cardId }, 'cancelled')
  refuseUnknownReason(work, 'cancel', reason)
  return cancelHeldCard(work, card, reason)
}

export async function cancelHeldCard(work: Work, card: Card, reason: GivenReason): Promise<Card> {
  const batchId = card.state === 'approved' ? await batches.releaseCard(work, card, reason.code) : undefined
  if (batchId) await spoilChip(work, card, 'released')
  // The officer who cancels may not see the batch, which can be a centre's.
  if (batchId) await withHouseScope(work, whole => closeEmptyBatches(whole, [batchId]))
  return transition(work, card, 'cancelled', { said: reason })
}

/**
 * Whether the content agrees with the register: after a change of the register the approved content is not printed
 * again.
 */
async function matchesRegister(work: Work, { personId, content }: store.CardOrder): Promise<boolean> {
  const { number, fullName, birthDate, sex, lifeStatus } = await register.getSummary(work, personId)
  const same = number === content.number && fullName === content.fullName && sex === content.sex
  return lifeStatus !== 'dead' && same && latestDay(birthDate) === latestDay(content.birthDate)
}

/**
 * The order to repeat; undefined where it cannot be repeated: the card was not ordered here, another is on its way, or
 * the approved content is right no longer.
 */
async function findOrderToRepeat(work: Work, card: Card): Promise<store.CardOrder | undefined> {
  const [found] = await store.findOrders(work, [card.id])
  const others = await store.findCardRows(work, [card.personId])
  if (!found || others.some(({ id, state }) => id !== card.id && isComing(state))) return undefined
  return (await matchesRegister(work, found)) ? found : undefined
}

/** Whether a card that was printed wrong can be made once more from its order; else it is to be applied for anew. */
export const canRepeat = async (work: Work, card: Card): Promise<boolean> =>
  (await findOrderToRepeat(work, card)) !== undefined

/**
 * Orders a card again that did not reach its holder, or was printed wrong, and was revoked for that: same content, same
 * application. The deadline is the same; where the holder already had the wrong card, as many days from today as there
 * were from the approval. Undefined where it cannot be repeated (`canRepeat`): the holder is then listed as owed a
 * card.
 */
export async function orderReprint(work: Work, cardId: Id<'card'>, before: CardState): Promise<Card | undefined> {
  const lost = await holdCardByRef(work, { cardId })
  const found = lost.state === 'revoked' ? await findOrderToRepeat(work, lost) : undefined
  if (!found) return undefined
  const card: Card = { id: newId<'card'>(work.now), personId: lost.personId, state: 'approved' }
  await orders.insertReprint(work, lost.personId, card.id)
  await orders.copyOrder(work, lost, card.id, isComing(before) ? 'same deadline' : 'from today')
  await orders.setApproved(work, lost.personId, card.id)
  await orders.copyFirstMoves(work, lost.personId, lost.id, card.id)
  await register.openAccessCase(work, {
    personId: lost.personId,
    unitId: found.unitId,
    kind: 'card',
    caseId: card.id,
    grade: 'whole',
  })
  const subject = { kind: 'card', id: card.id, personId: card.personId, unitId: found.unitId }
  await audit.record(work, 'card.reprinted', subject, { of: lost.id, application: found.applicationId })
  return card
}
