import type { Deed, Work } from '../../platform/work.ts'
import type { MergedRecords } from '../../register/register.ts'
import { isEndState, mayTransition } from '../application.ts'
import { holdApplicationOrThrow, transition } from '../lifecycle.ts'
import * as store from '../store-application.ts'

/**
 * Two records were merged, and both have an application under way: that of the record whose number stays goes on. A
 * consequence of `person.merged`, after that of cards, which ends applications with their cards.
 */
export async function followMergedRecords(work: Work, { facts }: Deed): Promise<void> {
  const { survivor, merged, numberOf } = facts as MergedRecords
  for (const id of [survivor, merged].toSorted()) await store.lockPerson(work, id)
  const loser = numberOf === survivor ? merged : survivor
  const goesOn = (await store.findApplicationsOf(work, numberOf)).some(({ state }) => !isEndState(state))
  if (!goesOn) return
  for (const { id, state } of await store.findApplicationsOf(work, loser))
    if (mayTransition(state, 'cancelled'))
      await transition(work, await holdApplicationOrThrow(work, id), ['cancelled'], {}, { reason: 'records-merged' })
}
