/**
 * Following: an application follows what happens outside of enrolment.
 * Input: deeds of cards (here) and of corrections (correction.ts), and captures of another system
 * (external-capture.ts).
 * Decided: the shortest path of states from the application's to its card's. From its approval it follows its card.
 * Output: the application in its new state, or ended with its card.
 * Deeds: the application's transitions alone (lifecycle.ts).
 */

import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { type ApplicationState, mayMove } from '../application.ts'
import { go } from '../lifecycle.ts'
import * as store from '../store.ts'
import * as carried from './store.ts'

/** States on the way to a card's state; the path is the shortest that the table of transitions allows. */
const along: readonly ApplicationState[] = [
  'sent-to-centre',
  'approved',
  'reprint',
  'printed',
  'shipped',
  'at-unit',
  'dispatched',
  'lost-in-transit',
  'handed-over',
]

/** States that an application only reaches by a report of them, never on the way to another. */
const accidents: readonly ApplicationState[] = ['lost-in-transit', 'reprint']

export function wayTo(from: ApplicationState, to: ApplicationState): ApplicationState[] | undefined {
  const ways: ApplicationState[][] = [[]]
  const seen = new Set<ApplicationState>([from])
  for (const way of ways) {
    const at = way.at(-1) ?? from
    if (at === to) return way
    for (const next of along)
      if (mayMove(at, next) && !seen.has(next) && (next === to || !accidents.includes(next))) {
        seen.add(next)
        ways.push([...way, next])
      }
  }
  return undefined
}

/** A consequence of a card's deed: its application advances to the card's state. */
export const followCardTo =
  (to: ApplicationState) =>
  async (work: Work, { subject, facts }: Deed): Promise<void> => {
    for (const application of await store.applicationsBy(work, 'card_id', subject.id)) {
      const way = wayTo(application.state, to)
      if (!way || way.length === 0) continue
      await go(
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
export async function followEnd(work: Work, { subject, facts }: Deed): Promise<void> {
  const isLost = facts['code'] === 'lost-in-transit'
  if (facts['again'] === true && !isLost) return
  const to = facts['again'] === true ? 'lost-in-transit' : 'cancelled'
  for (const application of await store.applicationsBy(work, 'card_id', subject.id))
    if (mayMove(application.state, to))
      await go(work, application, [to], {}, { reason: String(facts['code'] ?? 'card'), facts: { card: subject.id } })
}

/** A card that was lost on its way or misprinted is made again, and the application continues with the new one. */
export async function followReprint(work: Work, { subject, facts }: Deed): Promise<void> {
  const of = typeof facts['of'] === 'string' ? facts['of'] : ''
  for (const application of await store.applicationsBy(work, 'card_id', of)) {
    const way = wayTo(application.state, 'reprint')
    if (way) await go(work, application, way, { cardId: subject.id }, { facts: { card: subject.id, of } })
  }
}

async function goAlong(
  work: Work,
  application: store.Application,
  to: ApplicationState,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const way = wayTo(application.state, to)
  if (way && way.length > 0) await go(work, application, way, {}, { facts })
}

/** A box was sent: cards for a unit are on their way, cards for a school are given out there. */
export async function followBox(work: Work, { subject }: Deed): Promise<void> {
  for (const { application, toSchool } of await carried.inBox(work, subject.id))
    await goAlong(work, application, toSchool ? 'dispatched' : 'shipped', { box: subject.id })
}

/** Cards went out with a teacher and a list. */
export async function followList(work: Work, { subject }: Deed): Promise<void> {
  for (const application of await carried.onList(work, subject.id))
    await goAlong(work, application, 'dispatched', { list: subject.id })
}

const cardStates: Readonly<Record<string, ApplicationState>> = {
  produced: 'printed',
  'at-unit': 'at-unit',
  'handed-over': 'handed-over',
}
const mostAtOnce = 500

/**
 * After files that change many cards at once, advances every application that is behind its card. Gives how many; call
 * again until it gives none.
 */
export async function followCards(work: Work): Promise<number> {
  const behind = await carried.leftBehind(work, mostAtOnce)
  for (const { application, cardState } of behind) {
    const to = cardStates[cardState]
    if (to) await goAlong(work, application, to, { card: application.cardId })
    // An extract ended the card before it reached its holder.
    if (!to && mayMove(application.state, 'cancelled'))
      await go(
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
export const queueFollowing = (work: Work): Promise<void> => queueJob(work, 'follow-cards', {}, { key: 'follow-cards' })
