import { asId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { type ApplicationState, mayTransition } from '../application.ts'
import { transition } from '../lifecycle.ts'
import * as store from '../store-application.ts'
import { cardStates, pathTo } from './path-of-states.ts'
import * as carried from './store.ts'

/**
 * Following: an application follows what happens outside of enrolment.
 * Input: deeds of cards (here) and of corrections (apply-correction.ts), and captures of another system
 * (external-capture.ts).
 * Decided: the shortest path of states from the application's to its card's. From its approval it follows its card.
 * Output: the application in its new state, or ended with its card.
 * Deeds: the application's transitions alone (lifecycle.ts).
 */

/** A consequence of a card's deed: its application advances to the card's state. */
export const advanceWithCard =
  (to: ApplicationState) =>
  async (work: Work, { subject, facts }: Deed): Promise<void> => {
    for (const application of await store.findApplicationsBy(work, 'card_id', subject.id)) {
      const way = pathTo(application.state, to)
      if (!way || way.length === 0) continue
      await transition(
        work,
        application,
        way,
        {},
        { facts: { card: subject.id, ...('box' in facts && { box: facts['box'] }) } },
      )
    }
  }

/**
 * A card ended before it reached its holder. If it is ordered again, the application waits for that
 * (`returnForReprint`), as lost if the card was lost on its way; otherwise it ends with the card, and its person may
 * apply again.
 */
export async function endWithCard(work: Work, { subject, facts }: Deed): Promise<void> {
  const isLost = facts['code'] === 'lost-in-transit'
  if (facts['again'] === true && !isLost) return
  const to = facts['again'] === true ? 'lost-in-transit' : 'cancelled'
  for (const application of await store.findApplicationsBy(work, 'card_id', subject.id))
    if (mayTransition(application.state, to))
      await transition(
        work,
        application,
        [to],
        {},
        { reason: String(facts['code'] ?? 'card'), facts: { card: subject.id } },
      )
}

/** A card that was lost on its way or misprinted is made again, and the application continues with the new one. */
export async function returnForReprint(work: Work, { subject, facts }: Deed): Promise<void> {
  const of = typeof facts['of'] === 'string' ? facts['of'] : ''
  for (const application of await store.findApplicationsBy(work, 'card_id', of)) {
    const way = pathTo(application.state, 'reprint')
    if (way)
      await transition(
        work,
        application,
        way,
        { cardId: asId<'card'>(subject.id) },
        { facts: { card: subject.id, of } },
      )
  }
}

async function advanceAlongPath(
  work: Work,
  application: store.Application,
  to: ApplicationState,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const way = pathTo(application.state, to)
  if (way && way.length > 0) await transition(work, application, way, {}, { facts })
}

/** A box was sent: cards for a unit are on their way, cards for a school are given out there. */
export async function advanceBoxApplications(work: Work, { subject }: Deed): Promise<void> {
  for (const { application, toSchool } of await carried.findApplicationsInBox(work, subject.id))
    await advanceAlongPath(work, application, toSchool ? 'dispatched' : 'shipped', { box: subject.id })
}

/** Cards went out with a teacher and a list. */
export async function advanceListApplications(work: Work, { subject }: Deed): Promise<void> {
  for (const application of await carried.findApplicationsOnList(work, subject.id))
    await advanceAlongPath(work, application, 'dispatched', { list: subject.id })
}

const mostAtOnce = 500

/**
 * After files that change many cards at once, advances every application that is behind its card. Gives how many; call
 * again until it gives none.
 */
export async function advanceLeftBehind(work: Work): Promise<number> {
  const behind = await carried.findApplicationsBehindCards(work, mostAtOnce)
  for (const { application, cardState } of behind) {
    const to = cardStates[cardState]
    if (to) await advanceAlongPath(work, application, to, { card: application.cardId })
    // An extract ended the card before it reached its holder.
    if (!to && mayTransition(application.state, 'cancelled'))
      await transition(
        work,
        application,
        ['cancelled'],
        {},
        { reason: 'card-ended', facts: { card: application.cardId, state: cardState } },
      )
  }
  return behind.length
}

/** A consequence of such files: a job does it later. */
export const queueAdvancing = (work: Work): Promise<void> => queueJob(work, 'follow-cards', {}, { key: 'follow-cards' })
