import {
  birthContradicts,
  compareBirths,
  nameAgrees,
  nameContradicts,
  nameLevelOf,
} from '../../linkage/comparing/comparing.ts'
import { type LinkName, linkName } from '../../linkage/person-record.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { RollRow } from '../row.ts'

/** A line with its name folded once. */
type FoldedLine = { readonly row: RollRow; readonly name: LinkName | undefined; readonly birth: string }

/**
 * A way in which a line of the new roll is known for one of the old: what both have to the letter, and what may then
 * differ.
 */
type IdentityRule = {
  readonly key: (line: FoldedLine) => string | undefined
  readonly agrees: (fresh: FoldedLine, old: FoldedLine) => boolean
}

const joinKey = (...parts: readonly (string | undefined)[]) => (parts.every(Boolean) ? parts.join('|') : undefined)
const nameOf = ({ name }: FoldedLine) => name?.joined
const birthsAreNear = (a: FoldedLine, b: FoldedLine) => !birthContradicts(compareBirths(a.row.birth, b.row.birth))

/**
 * The rules in order. A number with another name may have stood on a sibling's line by mistake, so it comes late, with
 * the birth date. Last comes a namesake in the same class without other evidence: the day of birth was corrected.
 */
const identityRules: readonly IdentityRule[] = [
  { key: ({ row }) => row.number, agrees: (a, b) => !nameContradicts(nameLevelOf(a.name, b.name)) },
  { key: line => joinKey(nameOf(line), line.birth), agrees: () => true },
  { key: line => joinKey(nameOf(line), line.row.class), agrees: birthsAreNear },
  { key: line => joinKey(line.birth), agrees: (a, b) => nameAgrees(nameLevelOf(a.name, b.name)) },
  { key: line => joinKey(line.row.number, line.birth), agrees: () => true },
  { key: line => joinKey(nameOf(line), line.row.class), agrees: (a, b) => a.row.birth?.y === b.row.birth?.y },
]

const foldedLineOf = (row: RollRow): FoldedLine => ({
  row,
  name: linkName(row.name),
  birth: row.birth ? formatPartialDay(row.birth) : '',
})

/**
 * Which old line each line of a new roll continues, for those whose text is not the same: the pairs, each line at most
 * once on either side. Lines are compared with those alone that share a key with them. Of several, one of the same
 * class comes first, then the order of the old roll.
 */
export function identifyEntries(
  fresh: readonly RollRow[],
  old: readonly RollRow[],
): readonly (readonly [fresh: RollRow, old: RollRow])[] {
  const pairs: (readonly [RollRow, RollRow])[] = []
  let open = fresh.map(foldedLineOf)
  let left = old.map(foldedLineOf)
  for (const { key, agrees } of identityRules) {
    const byKey = Map.groupBy(left, key)
    const taken = new Set<FoldedLine>()
    open = open.filter(line => {
      const near =
        key(line) === undefined
          ? []
          : (byKey.get(key(line)) ?? []).filter(other => !taken.has(other) && agrees(line, other))
      const found = near.find(({ row }) => row.class === line.row.class) ?? near[0]
      if (!found) return true
      taken.add(found)
      pairs.push([line.row, found.row])
      return false
    })
    left = left.filter(line => !taken.has(line))
  }
  return pairs
}
