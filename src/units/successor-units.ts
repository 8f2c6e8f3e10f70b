import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { Atlas } from './atlas.ts'
import * as store from './store.ts'
import type { UnitId } from './unit.ts'

/**
 * The units of a subtree on a day, with each unit written down before or after that stands for one of them: a commune
 * that was merged since counts as what it became, one that did not stand yet as the first of those it came of. So each
 * residence counts in one unit. By the unit as written.
 */
export async function homesIn(work: Work, atlas: Atlas, unitId: UnitId, day: Day): Promise<Map<UnitId, UnitId>> {
  const subtree = new Set((await store.subtreeOn(work, unitId, day)).map(({ id }) => id))
  if (subtree.size === 0) return new Map([[unitId, unitId]])
  const homes = new Map([...subtree].map(id => [id, id] as const))
  for (const id of await store.unitsInScope(work, unitId, day)) {
    const home = subtree.has(id) ? id : homeOn(atlas, id, day)
    if (home && subtree.has(home)) homes.set(id, home)
  }
  return homes
}

/** The unit that stands on a day for one that does not; of several the first, so that it is always the same. */
function homeOn(atlas: Atlas, unitId: UnitId, day: Day): UnitId | undefined {
  const seen = new Set<UnitId>()
  let at: readonly UnitId[] = [unitId]
  while (at.length > 0) {
    const standing: UnitId[] = []
    const next: UnitId[] = []
    for (const id of at) {
      if (seen.has(id)) continue
      seen.add(id)
      const unit = atlas.find(id)
      if (!unit) continue
      const isOver = unit.validTo !== undefined && unit.validTo <= day
      if (isOver) next.push(...atlas.successorsOf(id).map(({ newId }) => newId))
      else if (unit.validFrom && unit.validFrom > day) next.push(...atlas.predecessorsOf(id).map(({ oldId }) => oldId))
      else standing.push(id)
    }
    if (standing.length > 0) return standing.sort()[0]
    at = next
  }
  return undefined
}
