import * as cards from '../../cards/cards.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { withdrawApplication } from '../adjudication/adjudication.ts'
import { isEndState } from '../application.ts'
import { formsOn } from '../law.ts'
import { dueDateFor, transition } from '../lifecycle.ts'
import { applicationProblem } from '../problems.ts'
import * as store from '../store-application.ts'

/**
 * Applications whose face and fingers another system captured (the national system's machines). They are entered here
 * to be counted and followed on their way to the centre, and are never approved here.
 */

export type ExternalCapture = {
  readonly unitId: Id<'unit'>
  readonly sessionId?: string | undefined
  readonly walkIn: boolean
}

/**
 * Enters an application for a card that another system captured. Throws what `cards.applyForCard` throws, and
 * application-under-way.
 */
export async function enterExternalCapture(
  work: Work,
  personId: register.PersonId,
  { unitId, sessionId, walkIn }: ExternalCapture,
): Promise<store.Application> {
  await store.lockPerson(work, personId)
  const underWay = (await store.findApplicationsOf(work, personId)).find(
    ({ state }) => !['handed-over', 'refused', 'cancelled'].includes(state),
  )
  if (underWay) throw applicationProblem('application-under-way', { application: underWay.id, state: underWay.state })
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  const kind = theirs.some(({ state }) => state === 'blocked')
    ? 're-issue'
    : theirs.some(({ state }) => state !== 'revoked')
      ? 'exchange'
      : 'first-issue'
  const card = await cards.applyForCard(work, personId, { unitId, ...(sessionId && { sessionId }) })
  const form = formsOn(work.today, work).capture
  const application: store.Application = {
    ...store.asBegun,
    id: newId<'application'>(work.now),
    personId,
    kind,
    reason: kind === 'first-issue' ? 'first' : kind === 're-issue' ? 'lost' : 'renewal-age',
    formCode: form.code,
    formVersion: form.version,
    state: 'draft',
    unitId,
    sessionId: sessionId ?? null,
    source: sessionId ? (walkIn ? 'walk-in' : 'roster') : 'counter',
    cardId: card.id,
    begunOn: work.today,
  }
  await store.insertApplication(work, application)
  await register.openAccessCase(work, { personId, unitId, kind: 'application', caseId: application.id, grade: 'whole' })
  const captured = {
    capture: 'elsewhere' as const,
    capturedBy: work.by.id,
    capturedAt: work.now,
    submittedOn: work.today,
    dueOn: await dueDateFor(work, application),
  }
  return transition(work, application, ['data-check', 'captured', 'signed', 'submitted', 'sent-to-centre'], captured)
}

/**
 * An officer took back that a person was captured at a session: the application and its card end, as long as the card
 * is not ordered. Whether there was one. Throws what `withdrawApplication` throws.
 */
export async function takeBackExternalCapture(
  work: Work,
  personId: register.PersonId,
  sessionId: Id<'session'>,
  note: string,
): Promise<boolean> {
  await store.lockPerson(work, personId)
  const entered = (await store.findApplicationsOf(work, personId)).find(
    one => one.sessionId === sessionId && one.capture === 'elsewhere' && !isEndState(one.state),
  )
  if (entered) await withdrawApplication(work, entered.id, { note })
  return entered !== undefined
}

/** Links the account that was requested at the same visit. */
export async function linkAccount(work: Work, personId: register.PersonId, accountId: Id<'account'>): Promise<void> {
  const [latest] = await store.findApplicationsOf(work, personId)
  if (latest && !latest.accountId) await store.updateApplication(work, { ...latest, accountId })
}
