import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import { Atlas } from './atlas.ts'
import type { ImportRows, ReferenceImport } from './import.ts'
import { takeSchools } from './import-schools.ts'
import { rewritePolice, takeUnits } from './import-units.ts'
import { homeProvince } from './law.ts'
import { type Letterhead, letterheadFrom } from './letterhead.ts'
import { unitProblem } from './problems.ts'
import { readReferenceUnits, takePoliceRules, takeShippedSuccessions, takeSuccessions } from './reference.ts'
import type { School, SchoolId } from './school.ts'
import * as store from './store.ts'
import * as schools from './store-school.ts'
import { homesIn } from './successor-units.ts'
import type { PoliceUnit, Succession, Unit, UnitId, UnitLevel, UnitRecord } from './unit.ts'

export type { ImportRows, ReferenceImport } from './import.ts'
export { schoolColumns } from './import-schools.ts'
export { unitColumns } from './import-units.ts'
export { type Letterhead, letterheadLines, seatOf } from './letterhead.ts'
export { figureDayOf, mapOn, maps } from './maps.ts'
export { countedBy, type OwnDay, ownDaysOf, setOwnDays } from './own-days.ts'
export type { School, SchoolId } from './school.ts'
export type { PoliceUnit, Succession, Unit, UnitId, UnitLevel, UnitRecord } from './unit.ts'
export {
  holidayOn,
  holidaysKnownUntil,
  holidaysMissing,
  isMadeUp,
  isWorkingDay,
  workingDaysAfter,
  workingDaysBefore,
  workingDaysBetween,
} from './working-days.ts'

/** What this process read last, of which database's which edition. */
const kept = new WeakMap<object, { edition: number; atlas: Atlas }>()
/** By the deeds of a work, which are one object for every copy of it. */
const perWork = new WeakMap<Work['deeds'], Promise<Atlas>>()

/** All units and schools in memory, read anew when another edition is out. Within a work it is asked once. */
function atlasOf(work: Work): Promise<Atlas> {
  const asked = perWork.get(work.deeds)
  if (asked) return asked
  const answer = readAtlas(work)
  perWork.set(work.deeds, answer)
  return answer
}

async function readAtlas(work: Work): Promise<Atlas> {
  // One process may hold several houses, as the tests do: the dialect of a work's connection is its house's.
  const house = work.tx.getExecutor().adapter
  const edition = await store.edition(work)
  const known = kept.get(house)
  if (known?.edition === edition) return known.atlas
  const atlas = await buildAtlas(work)
  kept.set(house, { edition, atlas })
  return atlas
}

/**
 * After a change in this work: what it reads from now on is its own, and is kept for others only once they see the
 * edition.
 */
async function refreshAtlas(work: Work): Promise<void> {
  await store.nextEdition(work)
  perWork.set(work.deeds, Promise.resolve(await buildAtlas(work)))
}

const buildAtlas = async (work: Work) =>
  new Atlas(await store.allUnits(work), await store.allSuccessions(work), await schools.allSchools(work))

/** The unit that bears a code on a day. */
export const findUnitOn = async (work: Work, code: string, day: Day, level?: UnitLevel): Promise<Unit | undefined> =>
  (await atlasOf(work)).findOn(code, day, level)

/** All units that stand on a day, from provinces down, by code. */
export const unitsOn = async (work: Work, day: Day): Promise<readonly Unit[]> => (await atlasOf(work)).on(day)

/** The installation's own province, which an operator need not name; undefined where it does not stand that day. */
export const findHomeProvince = async (work: Work, day: Day): Promise<UnitId | undefined> =>
  (await findUnitOn(work, ruleOn(homeProvince, day, work), day, 'province'))?.id

export const findUnit = async (work: Work, unitId: UnitId): Promise<UnitRecord | undefined> =>
  (await atlasOf(work)).find(unitId)

export async function getUnit(work: Work, unitId: UnitId): Promise<UnitRecord> {
  const unit = await findUnit(work, unitId)
  if (!unit) throw unitProblem('unit-unknown')
  return unit
}

/** Full name with rank; empty for a unit that does not exist. */
export const unitName = async (work: Work, unitId: UnitId): Promise<string> =>
  (await findUnit(work, unitId))?.name ?? ''

/** A unit's id and name, as answers show it. */
export const unitReference = async (
  work: Work,
  unitId: UnitId,
): Promise<{ readonly id: UnitId; readonly name: string }> => ({ id: unitId, name: await unitName(work, unitId) })

/** A unit's id, code, name and level, as figures show it. */
export const codedUnitReference = ({
  id,
  code,
  name,
  level,
}: Pick<UnitRecord, 'id' | 'code' | 'name' | 'level'>): Pick<UnitRecord, 'id' | 'code' | 'name' | 'level'> => ({
  id,
  code,
  name,
  level,
})

/**
 * The unit and those above it on a day, from the unit up: commune, district, province. Of a unit that ended, its last
 * day's.
 */
export const unitPath = async (work: Work, unitId: UnitId, day: Day): Promise<Unit[]> =>
  (await atlasOf(work)).pathOf(unitId, day)

/** For pickers: by code, or by name with or without marks, on a day. */
export const searchUnits = async (
  work: Work,
  text: string,
  day: Day,
  options: { level?: UnitLevel | undefined; limit?: number | undefined } = {},
): Promise<Unit[]> => (await atlasOf(work)).search(text, day, options)

/** The unit and all below it on a day, itself first; nothing where it does not stand then. One read of one index. */
export const subtreeOn = store.subtreeOn

/**
 * Each unit as written down, by the unit of the subtree that stands for it on the day: merged communes count as what
 * they became.
 */
export async function homesOn(work: Work, unitId: UnitId, day: Day): Promise<ReadonlyMap<UnitId, UnitId>> {
  const atlas = await atlasOf(work)
  const known = homesKept.get(atlas) ?? new Map<string, ReadonlyMap<UnitId, UnitId>>()
  homesKept.set(atlas, known)
  const key = `${unitId} ${atlas.mapOf(day)}`
  const homes = known.get(key) ?? (await homesIn(work, atlas, unitId, day))
  known.set(key, homes)
  return homes
}

const homesKept = new WeakMap<Atlas, Map<string, ReadonlyMap<UnitId, UnitId>>>()

/** What became of a unit, in the order of days; no question to the database. */
export const successorsOf = async (work: Work, unitId: UnitId): Promise<readonly Succession[]> =>
  (await atlasOf(work)).successorsOf(unitId)
export const predecessorsOf = async (work: Work, unitId: UnitId): Promise<readonly Succession[]> =>
  (await atlasOf(work)).predecessorsOf(unitId)

/** The police that serve a unit on a day: its own, or since 1 March 2025 for a district, those of the province. */
export const policeFor: (work: Work, unitId: UnitId, day: Day) => Promise<PoliceUnit | undefined> = store.policeFor

/** How a paper of a unit begins on a day: the police that serve it, those above, its town and its seat. */
export const letterheadOf = async (work: Work, unitId: UnitId, day: Day): Promise<Letterhead> =>
  letterheadFrom(work, await unitPath(work, unitId, day), day)

/**
 * What an officer of a unit may see on a day: the ids of its units (see store.unitsInScope), and apart those of the
 * schools standing there.
 */
export async function scopePartsOf(
  work: Work,
  unitId: UnitId,
  day: Day,
): Promise<{ units: UnitId[]; schools: SchoolId[] }> {
  const inScope = await store.unitsInScope(work, unitId, day)
  const standing = await schools.schoolsOfUnits(work, inScope, day)
  return { units: inScope, schools: standing.map(({ id }) => id) }
}

/** Both kinds of ids together, as row-level security takes them (house.md 9.1). */
export async function scopeOf(work: Work, unitId: UnitId, day: Day): Promise<(UnitId | SchoolId)[]> {
  const { units, schools } = await scopePartsOf(work, unitId, day)
  return [...units, ...schools]
}

export const findSchool = (work: Work, code: string, day: Day = work.today): Promise<School | undefined> =>
  schools.findSchoolByCode(work, code, day)

/** A school as on the work's day; where it does not stand then, as it stood last. No question to the database. */
export async function getSchool(work: Work, id: SchoolId): Promise<School> {
  const school = (await atlasOf(work)).schoolOn(id, work.today)
  if (!school) throw unitProblem('school-unknown')
  return school
}

export const schoolsIn = (work: Work, unitIds: readonly UnitId[], day: Day = work.today): Promise<School[]> =>
  schools.schoolsOfUnits(work, unitIds, day)

const importCounts = ({ read, added, changed, unchanged, rejected }: ReferenceImport) => ({
  read,
  added,
  changed,
  unchanged,
  rejected: rejected.length,
})

/**
 * Takes in rows of units.csv; give it `readCsv(file, { columns: unitColumns })`. `facts` may hold the file's hash, for
 * the deed.
 */
export async function importUnits(
  work: Work,
  rows: ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<ReferenceImport> {
  const imported = await takeUnits(work, rows)
  if (imported.added + imported.changed > 0) {
    await refreshAtlas(work)
    await audit.record(work, 'units.imported', { kind: 'units', id: work.id }, { ...facts, ...importCounts(imported) })
  }
  return imported
}

/** Columns of a file of what became of units, as the reform's resolution says it. */
export const successionColumns = ['old_code', 'new_code', 'scope', 'effective', 'source'] as const

/** Takes in rows of what became of units; the units themselves are imported before (`importUnits`). */
export async function importSuccessions(
  work: Work,
  rows: ImportRows,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<ReferenceImport> {
  await store.holdImports(work)
  const imported = await takeSuccessions(work, rows, await atlasOf(work))
  if (imported.added > 0) {
    await refreshAtlas(work)
    await audit.record(
      work,
      'units.imported',
      { kind: 'units', id: work.id },
      { ...facts, successions: true, ...importCounts(imported) },
    )
  }
  return imported
}

/** Takes in rows of schools.csv, whose unit codes are read as of a day. */
export async function importSchools(
  work: Work,
  rows: ImportRows,
  { asOf = work.today, facts = {} }: { asOf?: Day; facts?: Readonly<Record<string, unknown>> } = {},
): Promise<ReferenceImport> {
  await store.holdImports(work)
  const imported = await takeSchools(work, rows, asOf, await atlasOf(work))
  if (imported.added + imported.changed > 0) {
    await refreshAtlas(work)
    await audit.record(
      work,
      'schools.imported',
      { kind: 'schools', id: work.id },
      { ...facts, asOf, ...importCounts(imported) },
    )
  }
  return imported
}

/** The official tables of db/reference; where they are in already it changes nothing. */
export async function loadReference(work: Work): Promise<void> {
  const rules = await takePoliceRules(work)
  const { rejected } = await importUnits(work, readReferenceUnits(), { reference: true })
  const successions = await takeShippedSuccessions(work, await atlasOf(work))
  if (successions.added > 0) await refreshAtlas(work)
  const wrong = [...rejected, ...successions.rejected]
  if (wrong.length > 0)
    throw new Error(`db/reference does not fit together: ${wrong.map(({ reason }) => reason).join('; ')}`)
  if (rules > 0) await rewritePolice(work)
}
