import type { Linker } from '../../linkage/deciding/deciding.ts'
import type { LinkResult } from '../../linkage/deciding/linked.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { linkRecordOf, type RollRow, type SchoolPlaces } from '../row.ts'
import type { KeptRoll } from '../store.ts'
import { findRefusals } from '../store-decision.ts'
import { findPlacesSharing } from '../store-outcome.ts'
import { findRowsByPlace } from '../store-row.ts'
import { linkWithoutRefused, type PersonLookup } from './person-lookup.ts'

/** A row of a roll and its linkage: among all persons, and among those whom no officer refused. */
export type LinkedRollRow = {
  readonly line: RollRow
  readonly linked: LinkResult
  readonly open: LinkResult
  readonly refused: ReadonlySet<string>
}

const noRefusals: ReadonlySet<string> = new Set()

export type LinkingOptions = {
  readonly linker: Linker
  readonly lookup: PersonLookup
  /** Where the database has none of the rows yet, nobody was refused. */
  readonly unwritten?: readonly unknown[] | undefined
}

/**
 * Links some rows of a roll, or all. Rows of the same roll that hold a person found here are linked with them: two
 * pupils cannot be one person.
 */
export async function linkRows(
  work: Work,
  roll: KeptRoll,
  lines: readonly RollRow[],
  linking: LinkingOptions,
): Promise<LinkedRollRow[]> {
  if (lines.length === 0) return []
  const found = await linkRowsOnce(work, roll, lines, linking)
  const persons = new Set(found.flatMap(({ linked, open }) => [linked.personId ?? [], open.personId ?? []].flat()))
  const known = lines.map(({ place }) => place)
  const others = lines.length === roll.rows ? [] : await findPlacesSharing(work, roll.id, [...persons], known)
  if (others.length === 0) return found
  return linkRowsOnce(work, roll, await findRowsByPlace(work, roll.id, [...known, ...others]), linking)
}

async function linkRowsOnce(
  work: Work,
  roll: KeptRoll,
  lines: readonly RollRow[],
  { linker, lookup, unwritten }: LinkingOptions,
): Promise<LinkedRollRow[]> {
  const places = await schoolPlacesOf(work, roll.schoolId)
  const records = lines.map(row => linkRecordOf(row, places))
  const linked = await lookup.link(work, roll, records, linker)
  const refusals = unwritten ? new Map<number, ReadonlySet<string>>() : await findRefusals(work, roll.id)

  const some = records.filter((_, i) => refusals.has(lines[i]?.place ?? 0))
  const open = new Map(
    (some.length
      ? await linkWithoutRefused(
          work,
          roll,
          some,
          new Map([...refusals].map(([place, who]) => [String(place), who])),
          linker,
        )
      : []
    ).map((one, i) => [some[i]?.id, one]),
  )
  return lines.map((line, i) => ({
    line,
    linked: linked[i]!,
    open: open.get(records[i]?.id) ?? linked[i]!,
    refused: refusals.get(line.place) ?? noRefusals,
  }))
}

/** Where a school stands today: it stands in for a residence that is not given. */
export async function schoolPlacesOf(work: Work, schoolId: KeptRoll['schoolId']): Promise<SchoolPlaces> {
  const school = await units.getSchool(work, schoolId)
  const path = await units.unitPath(work, school.unitId, work.today)
  return { schoolCommune: school.unitId, schoolDistrict: path.find(({ level }) => level === 'district')?.id }
}
