import type { Static } from 'typebox'
import { type FaultList, shownValue } from './file-faults.ts'
import type { PlanInstance } from './instance.ts'
import type { EntryOf, HeadShape, ListName } from './instance-shape.ts'

/** What was read of an instance before its rules are checked, and what several rules say. */

/** An entry and its path in the file. */
export type Found<Entry> = { readonly at: string; readonly entry: Entry }

/** What was read so far: of each list the entries that have their shape, undefined where the list has none. */
export type InstanceDraft = { readonly [Name in ListName]: readonly Found<EntryOf<Name>>[] | undefined } & {
  readonly head: Static<typeof HeadShape> | undefined
  readonly travel: PlanInstance['travel'] | undefined
  /** Ids of all entries, of those with faults too. */
  readonly ids: Readonly<Partial<Record<ListName, ReadonlySet<string> | undefined>>>
}

export type InstanceRule = (draft: InstanceDraft, faults: FaultList) => void

const nouns = {
  shifts: 'shift',
  places: 'place',
  sites: 'site',
  teams: 'team',
  kits: 'kit',
} as const satisfies Partial<Record<ListName, string>>

/** Adds a fault where an id is of nothing. */
export function addUnknown(
  { ids }: InstanceDraft,
  faults: FaultList,
  list: keyof typeof nouns,
  { at, id }: { readonly at: string; readonly id: string },
): void {
  if (ids[list]?.has(id) === false) faults.add(() => `${at} is ${shownValue(id)}: no ${nouns[list]} has this id`)
}

export type PlacedSpan = { readonly at: string; readonly from: string; readonly to: string }

/** Adds a fault where a stretch is empty or reversed; hours compare as their texts do, 24:00 too. */
export function isReversed(faults: FaultList, { at, from, to }: PlacedSpan): boolean {
  if (from < to) return false
  faults.add(() => `${at} is from ${from} to ${to}: it must end after it begins`)
  return true
}
