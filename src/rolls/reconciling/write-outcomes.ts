import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { updateAccessCases } from '../access-cases.ts'
import { carryReferralsOver } from '../queue/referral.ts'
import type { EventReason, RowOutcome } from '../roll.ts'
import type { NewRow } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { insertRows } from '../store-new-row.ts'
import * as store from '../store-outcome.ts'
import { decideRows } from './decide-rows.ts'
import type { LinkedRollRow, LinkingOptions } from './link-rows.ts'

/** The outcomes of some rows, and the persons who may be on rolls of other schools and years. */
export type WrittenOutcomes = { readonly outcomes: readonly RowOutcome[]; readonly personIds: readonly Id<'person'>[] }

/**
 * Writes who some rows of a roll are, by linkage and officers' decisions, with candidates, cases and the entries'
 * history. The roll is held, so that no officer decides on it meanwhile.
 */
export async function writeOutcomes(
  work: Work,
  roll: KeptRoll,
  rows: readonly LinkedRollRow[],
  {
    linker,
    lookup,
    whyOf,
    unwritten,
  }: LinkingOptions & {
    readonly whyOf: (place: number) => EventReason
    readonly unwritten?: readonly NewRow[] | undefined
  },
): Promise<WrittenOutcomes> {
  const places = rows.map(({ line }) => line.place)
  const standing = unwritten ? statusOfNewRows(unwritten) : await store.findRowStatus(work, roll.id, places)
  const chosen = unwritten ? [] : await store.findChosenCandidates(work, roll.id)
  const judged = await decideRows(work, lookup, rows, { day: roll.asOf, standing, chosen })

  if (unwritten) await insertRows(work, unwritten, judged.found, linker.modelHash)
  else {
    await store.writeFoundRows(work, roll.id, judged.found, linker.modelHash)
    await store.deleteCandidates(work, roll.id, places)
  }
  await store.insertCandidates(work, roll, judged.candidates)
  await updateAccessCases(work, roll, standing, judged, place => whyOf(place) === 'came-back')
  await store.insertEntryEvents(
    work,
    roll.id,
    places.map(place => {
      const [why, before] = [whyOf(place), standing.get(place)]
      return {
        place,
        why,
        before: before?.outcome
          ? { ...before, ...(why === 'came-back' && { state: 'left-school' as const }) }
          : undefined,
      }
    }),
  )
  if (!unwritten) await carryReferralsOver(work, roll.id)
  const theirs = [...standing.values(), ...judged.found].flatMap(
    ({ personId, withheldId }) => personId ?? withheldId ?? [],
  )
  return {
    outcomes: judged.found.flatMap(({ outcome }) => outcome ?? []),
    personIds: [...new Set(theirs)],
  }
}

const statusOfNewRows = (rows: readonly NewRow[]): Map<number, store.RowStatus> =>
  new Map(
    rows.map(({ place, id }) => [
      place,
      {
        place,
        id,
        state: null,
        outcome: null,
        personId: null,
        withheldId: null,
        decision: null,
        contested: false,
        found: null,
      },
    ]),
  )
