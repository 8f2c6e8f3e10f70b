import { type Day, dayBefore } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { Unit, UnitId } from '../../units/units.ts'
import * as units from '../../units/units.ts'
import type { KeptRoll } from '../store.ts'
import type { GivenResidence } from './pupil.ts'
import {
  addressHabitOf,
  findResidence,
  type Gazetteer,
  gazetteerOf,
  type ResidencePlace,
  type SchoolPlace,
} from './residence.ts'

/** A gazetteer of a day, and how the school stands in it. */
type GazetteerEdition = { readonly gazetteer: Gazetteer; readonly school: SchoolPlace }

/** Old names are used for years after a merger; more than this many changes ago nobody writes them. */
const maxEditions = 4

/**
 * Finds where pupils live, on a roll's day. An address that names no unit of that day may name one from before a
 * merger: it is then the unit that took over the whole old one. An old unit that was split gives nothing.
 */
export async function placeFinder(
  work: Work,
  roll: Pick<KeptRoll, 'schoolId' | 'asOf'>,
  all: readonly GivenResidence[],
): Promise<(given: GivenResidence) => Promise<ResidencePlace>> {
  const editions = await editionsOf(work, roll)
  const habits = editions.map(({ gazetteer, school }) => addressHabitOf(all, gazetteer, school))
  const known = new Map<string, ResidencePlace>()
  const heirs = new Map<string, Promise<UnitId | undefined>>()
  const heirOf = (id: UnitId) => {
    const heir = heirs.get(id) ?? successorOn(work, id, roll.asOf)
    heirs.set(id, heir)
    return heir
  }

  async function find(given: GivenResidence): Promise<ResidencePlace> {
    for (const [i, { gazetteer, school }] of editions.entries()) {
      const found = findResidence(given, gazetteer, school, habits[i])
      if (!found.communeId) continue
      return i === 0 ? found : { communeId: await heirOf(found.communeId as UnitId) }
    }
    return {}
  }
  return async given => {
    const key = JSON.stringify(given)
    const place = known.get(key) ?? (await find(given))
    known.set(key, place)
    return place
  }
}

/** The unit itself while it stands, or the one that took it in whole by the day. */
async function successorOn(work: Work, id: UnitId, day: Day): Promise<UnitId | undefined> {
  const unit = await units.findUnit(work, id)
  if (!unit?.validTo || unit.validTo > day) return id
  const next = (await units.successorsOf(work, id)).filter(({ effectiveOn }) => effectiveOn <= day)
  const [heir] = next
  return next.length === 1 && heir?.extent === 'whole' && heir.newId !== id
    ? successorOn(work, heir.newId, day)
    : undefined
}

/** The lists of the day, of the day before the last change, and so on. */
async function editionsOf(
  work: Work,
  { schoolId, asOf }: Pick<KeptRoll, 'schoolId' | 'asOf'>,
): Promise<GazetteerEdition[]> {
  const { unitId } = await units.getSchool(work, schoolId)
  const editions: GazetteerEdition[] = []
  for (let day: Day | undefined = asOf; day && editions.length < maxEditions; ) {
    const standing = await units.unitsOn(work, day)
    editions.push({ gazetteer: gazetteerFor(standing), school: await schoolPlace(work, unitId, day) })
    day = eveOf(standing)
  }
  return editions
}

const eveOf = (standing: readonly Unit[]): Day | undefined => {
  const last = standing.reduce<Day | undefined>(
    (max, { validFrom }) => (validFrom && (!max || validFrom > max) ? validFrom : max),
    undefined,
  )
  return last && dayBefore(last)
}

async function schoolPlace(work: Work, unitId: UnitId, day: Day): Promise<SchoolPlace> {
  const path = await units.unitPath(work, unitId, day)
  return {
    communeId: unitId,
    districtId: path.find(({ level }) => level === 'district')?.id,
    provinceId: path.find(({ level }) => level === 'province')?.id,
  }
}

const gazetteers = new WeakMap<object, Gazetteer>()

/** The list of a day is one object for as long as no unit changes. */
function gazetteerFor(standing: readonly Unit[]): Gazetteer {
  const known = gazetteers.get(standing)
  if (known) return known
  const gazetteer = gazetteerOf(standing)
  gazetteers.set(standing, gazetteer)
  return gazetteer
}
