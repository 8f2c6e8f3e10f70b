// Duplicates across rolls: gathers the rows of one person, has the rule (duplicate-rule.ts) say which of them gets the
// place in a school year, and notes which schools share the person and which entry follows which from year to year.

import { isBackedByFindings } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { adjacentSchoolYear } from '../roll.ts'
import { placementsOf, writePlacements } from './duplicate-rule.ts'
import { findRowsInForce, holdShared, type SharedNotice, type SharedRow, setSharedNotices } from './store-duplicate.ts'
import { findWrittenRows, type WrittenRow } from './store-placement.ts'

/**
 * Reassigns shared persons across rolls. Works that share pupils wait here for each other, a moment before they end, so
 * that the last one sees the changes of the others.
 */
export async function reassignDuplicatesAcrossRolls(work: Work, personIds: readonly Id<'person'>[]): Promise<void> {
  if (personIds.length === 0) return
  await holdShared(work)
  const found = await findRowsInForce(work, personIds)
  const byPerson = Map.groupBy(found, ({ personId }) => personId)
  const clashing = [...Map.groupBy(found, placementKey).values()]
    .filter(rows => rows.length > 1 || rows.some(({ isWithheld }) => isWithheld))
    .flat()
  const lines = await findWrittenRows(work, clashing)
  const claimants = clashing.flatMap((row, i) => (lines[i] ? [claimantOf(row, lines[i])] : []))
  const placings = [...Map.groupBy(claimants, placementKey).values()].flatMap(placementsOf)
  await writePlacements(work, placings)
  const isPlaced = new Set(placings.map(({ seen }) => seen.id))
  await setSharedNotices(
    work,
    [...byPerson.values()].flatMap(theirs => sharedNoticesOf(theirs, isPlaced)),
  )
}

/** A person has one place in a year on rolls of a kind. */
const placementKey = ({ personId, schoolYear, kind }: SharedRow) => `${personId} ${schoolYear} ${kind}`

const claimantOf = (row: SharedRow, { reasons, ...line }: WrittenRow) => ({
  ...row,
  ...line,
  isBacked: isBackedByFindings(reasons),
})

/** The entry of the same person a year before or after on a class roll: of the same school, where there are two. */
function neighbouringEntryOf(
  theirs: readonly SharedRow[],
  { schoolId, schoolYear }: SharedRow,
  years: number,
): string | undefined {
  const then = theirs.filter(
    one => one.kind === 'pupils' && !one.isWithheld && one.schoolYear === adjacentSchoolYear(schoolYear, years),
  )
  return (then.find(one => one.schoolId === schoolId) ?? then[0])?.id
}

/** The rows whose notices change; a row that was placed has lost its notices. */
function sharedNoticesOf(theirs: readonly SharedRow[], isPlaced: ReadonlySet<string>): SharedNotice[] {
  return theirs.flatMap(row => {
    const beside = theirs.filter(({ schoolYear, kind }) => schoolYear === row.schoolYear && kind === row.kind)
    const shared = new Set(beside.map(({ schoolId }) => schoolId)).size > 1
    const inRoll = beside.some(({ rollId, place }) => rollId === row.rollId && place !== row.place)
    // An entry that a line was followed to, before anyone was found, keeps it.
    const from = neighbouringEntryOf(theirs, row, -1) ?? row.followedFrom
    const by = row.kind === 'pupils' ? (neighbouringEntryOf(theirs, row, 1) ?? row.followedBy) : null
    const isTold =
      shared === row.told && inRoll === row.toldInRoll && from === row.followedFrom && by === row.followedBy
    return isTold && !isPlaced.has(row.id)
      ? []
      : [{ rollId: row.rollId, place: row.place, personId: row.personId, shared, inRoll, from, by }]
  })
}
