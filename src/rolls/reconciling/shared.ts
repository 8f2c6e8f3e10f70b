import { isFoundBacked } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { yearBeside } from '../roll.ts'
import { place, placingsOf } from './placement-conflict.ts'
import { type Line, linesAt } from './store-placement.ts'
import { holdShared, rowsInForce, type SharedRow, type Telling, tell } from './store-shared.ts'

/**
 * Reassigns shared persons across rolls: which row has a person's place in a school year, which schools share the
 * person, and which entry follows which from year to year. Works that share pupils wait here for each other, a moment
 * before they end, so that the last one sees the changes of the others.
 */
export async function settleAcrossRolls(work: Work, personIds: readonly Id<'person'>[]): Promise<void> {
  if (personIds.length === 0) return
  await holdShared(work)
  const found = await rowsInForce(work, personIds)
  const byPerson = Map.groupBy(found, ({ personId }) => personId)
  const clashing = [...Map.groupBy(found, placeInYear).values()]
    .filter(rows => rows.length > 1 || rows.some(({ isWithheld }) => isWithheld))
    .flat()
  const lines = await linesAt(work, clashing)
  const claimants = clashing.flatMap((row, i) => (lines[i] ? [claimantOf(row, lines[i])] : []))
  const placings = [...Map.groupBy(claimants, placeInYear).values()].flatMap(placingsOf)
  await place(work, placings)
  const isPlaced = new Set(placings.map(({ seen }) => seen.id))
  await tell(
    work,
    [...byPerson.values()].flatMap(theirs => tellingsOf(theirs, isPlaced)),
  )
}

/** A person has one place in a year on rolls of a kind. */
const placeInYear = ({ personId, schoolYear, kind }: SharedRow) => `${personId} ${schoolYear} ${kind}`

const claimantOf = (row: SharedRow, { reasons, ...line }: Line) => ({
  ...row,
  ...line,
  isBacked: isFoundBacked(reasons),
})

/** The entry of the same person a year before or after on a class roll: of the same school, where there are two. */
function entryOf(theirs: readonly SharedRow[], { schoolId, schoolYear }: SharedRow, years: number): string | undefined {
  const then = theirs.filter(
    one => one.kind === 'pupils' && !one.isWithheld && one.schoolYear === yearBeside(schoolYear, years),
  )
  return (then.find(one => one.schoolId === schoolId) ?? then[0])?.id
}

/** The rows whose notices change; a row that was placed has lost its notices. */
function tellingsOf(theirs: readonly SharedRow[], isPlaced: ReadonlySet<string>): Telling[] {
  return theirs.flatMap(row => {
    const beside = theirs.filter(({ schoolYear, kind }) => schoolYear === row.schoolYear && kind === row.kind)
    const shared = new Set(beside.map(({ schoolId }) => schoolId)).size > 1
    const inRoll = beside.some(({ rollId, place }) => rollId === row.rollId && place !== row.place)
    // An entry that a line was followed to, before anyone was found, keeps it.
    const from = entryOf(theirs, row, -1) ?? row.followedFrom
    const by = row.kind === 'pupils' ? (entryOf(theirs, row, 1) ?? row.followedBy) : null
    const isTold =
      shared === row.told && inRoll === row.toldInRoll && from === row.followedFrom && by === row.followedBy
    return isTold && !isPlaced.has(row.id)
      ? []
      : [{ rollId: row.rollId, place: row.place, personId: row.personId, shared, inRoll, from, by }]
  })
}
