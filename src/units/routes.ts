import { asDay } from '../platform/day.ts'
import type { Doors } from '../platform/http/serve-endpoint.ts'
import { serve } from '../platform/http/serve-endpoint.ts'
import type { Work } from '../platform/work.ts'
import { listMaps, listSchools, listUnits, showUnit } from './contract.ts'
import type { Succession, UnitId } from './unit.ts'
import * as units from './units.ts'

const dayOf = (work: Work, day: string | undefined) => (day ? asDay(day) : work.today)

/** The other unit of each succession, as it stood nearest to the day of the change. */
const successionViews = (work: Work, successions: readonly Succession[], which: 'oldId' | 'newId') =>
  Promise.all(
    successions.map(async ({ effectiveOn, extent, source, ...ids }) => {
      const [unit] = await units.unitPath(work, ids[which], effectiveOn)
      if (!unit) throw new Error(`a succession names the unit ${ids[which]}, which is not there`)
      return { unit, effectiveOn, extent, source }
    }),
  )

export function routes(doors: Doors): void {
  serve(doors, listUnits, async (work, { query }) => {
    const day = dayOf(work, query.day)
    const found = query.search
      ? await units.searchUnits(work, query.search, day, { level: query.level })
      : await units.unitsOn(work, day)
    const below = query.below && new Set((await units.subtreeOn(work, query.below, day)).map(({ id }) => id))
    return {
      day,
      units: found.filter(({ id, level }) => (!below || below.has(id)) && (!query.level || level === query.level)),
    }
  })

  serve(doors, showUnit, async (work, { params, query }) => {
    const day = dayOf(work, query.day)
    const id: UnitId = params.id
    await units.getUnit(work, id)
    const path = await units.unitPath(work, id, day)
    const police = await units.policeFor(work, id, day)
    return {
      day,
      unit: path[0]!,
      path,
      ...(police && { police }),
      predecessors: await successionViews(work, await units.predecessorsOf(work, id), 'oldId'),
      successors: await successionViews(work, await units.successorsOf(work, id), 'newId'),
    }
  })

  serve(doors, listMaps, async () => ({
    maps: units.maps().map(({ map, shownFrom, vi, en }) => ({ map, day: shownFrom, name: { vi, en } })),
  }))

  serve(doors, listSchools, async (work, { params, query }) => {
    const day = dayOf(work, query.day)
    const id: UnitId = params.id
    await units.getUnit(work, id)
    const subtree = await units.subtreeOn(work, id, day)
    return {
      day,
      schools: await units.schoolsIn(
        work,
        subtree.map(unit => unit.id),
        day,
      ),
    }
  })
}
