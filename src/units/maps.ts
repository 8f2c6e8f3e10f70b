import { readFileSync } from 'node:fs'
import { asDay, type Day, dayBefore } from '../platform/day.ts'
import { fromRoot } from '../platform/root.ts'

/** A reform's map of units, named by its year: the next reform is a line of db/reference/maps.csv. */
export type UnitMap = {
  readonly map: string
  /** Its first day; empty where it holds since ever. */
  readonly from: Day | ''
  /** The day on which whoever leafs through the maps is shown it. */
  readonly shownFrom: Day
  readonly vi: string
  readonly en: string
}

let known: readonly UnitMap[] | undefined

/** The maps that the province has had, the oldest first. No value in the file holds a comma. */
export const maps = (): readonly UnitMap[] => {
  known ??= readFileSync(fromRoot('db/reference/maps.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(','))
    .map(([map = '', from = '', shownFrom = '', vi = '', en = '']) => ({
      map,
      from: from === '' ? '' : asDay(from),
      shownFrom: asDay(shownFrom),
      vi,
      en,
    }))
  return known
}

/** The map that holds on a day. */
export const mapOn = (day: Day): string => maps().findLast(({ from }) => from <= day)?.map ?? maps()[0]?.map ?? ''

/**
 * The day on which a map's figures are shown: its last, and its first where no other has followed; none of an unknown.
 */
export function figureDayOf(map: string): Day | undefined {
  const at = maps().findIndex(one => one.map === map)
  const [one, next] = [maps()[at], maps()[at + 1]]
  if (!one) return undefined
  return next?.from ? dayBefore(next.from) : one.from || one.shownFrom
}
