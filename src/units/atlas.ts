import { foldMarks, foldTone } from '../names/name.ts'
import { type Day, dayBefore } from '../platform/day.ts'
import type { School, SchoolId } from './school.ts'
import type { SchoolStanding } from './store-school.ts'
import { levels, type Succession, standsOn, type Unit, type UnitId, type UnitLevel, type UnitRecord } from './unit.ts'

/**
 * All units of all times in memory, and what became of them: some hundreds for a province, some twenty thousand for the
 * country; and all schools, some hundreds.
 */
export class Atlas {
  readonly #byId: ReadonlyMap<UnitId, UnitRecord>
  readonly #byCode: ReadonlyMap<string, readonly UnitRecord[]>
  readonly #heirs: ReadonlyMap<UnitId, readonly Succession[]>
  readonly #forebears: ReadonlyMap<UnitId, readonly Succession[]>
  /** The days on which anything changed, in order. */
  readonly #turns: readonly Day[]
  readonly #maps = new Map<string, readonly Unit[]>()
  readonly #schools: ReadonlyMap<SchoolId, readonly SchoolStanding[]>

  /** Successions in the order of their days; of each school the last standing first. */
  constructor(
    units: readonly UnitRecord[],
    successions: readonly Succession[] = [],
    schools: readonly SchoolStanding[] = [],
  ) {
    this.#schools = Map.groupBy(schools, ({ id }) => id)
    this.#byId = new Map(units.map(unit => [unit.id, unit]))
    this.#byCode = Map.groupBy(units, unit => unit.code)
    const turns = units.flatMap(({ validFrom, validTo }) => [validFrom, validTo]).filter(day => day !== undefined)
    this.#turns = [...new Set([...turns, ...successions.map(({ effectiveOn }) => effectiveOn)])].sort()
    this.#heirs = Map.groupBy(successions, ({ oldId }) => oldId)
    this.#forebears = Map.groupBy(successions, ({ newId }) => newId)
  }

  find(id: UnitId): UnitRecord | undefined {
    return this.#byId.get(id)
  }

  /** A school as on a day; where it did not stand then, as it stood last. */
  schoolOn(id: SchoolId, day: Day): School | undefined {
    const standings = this.#schools.get(id) ?? []
    const found =
      standings.find(({ validFrom, validTo }) => (!validFrom || validFrom <= day) && (!validTo || day < validTo)) ??
      standings[0]
    if (!found) return undefined
    const { validFrom: _from, validTo: _to, ...school } = found
    return school
  }

  successorsOf(id: UnitId): readonly Succession[] {
    return this.#heirs.get(id) ?? []
  }

  predecessorsOf(id: UnitId): readonly Succession[] {
    return this.#forebears.get(id) ?? []
  }

  /** The unit that bears the code on the day. */
  findOn(code: string, day: Day, level?: UnitLevel): Unit | undefined {
    const found = this.#byCode.get(code)?.find(unit => standsOn(unit, day) && (!level || unit.level === level))
    return found && this.#standing(found, day)
  }

  /** The map that holds on a day, by the day since which it does; empty before the first change. */
  mapOf(day: Day): Day | '' {
    return this.#turns.findLast(turn => turn <= day) ?? ''
  }

  on(day: Day): readonly Unit[] {
    const map = this.mapOf(day)
    const known = this.#maps.get(map)
    if (known) return known
    const units = [...this.#byId.values()].filter(unit => standsOn(unit, day)).map(unit => this.#standing(unit, day))
    units.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || (a.code < b.code ? -1 : 1))
    this.#maps.set(map, units)
    return units
  }

  /**
   * The unit and those above it, from the unit up; a unit that ended or has not begun is taken as on its nearest day.
   */
  pathOf(id: UnitId, day: Day): Unit[] {
    const unit = this.#byId.get(id)
    if (!unit) return []
    const nearest =
      unit.validTo && day >= unit.validTo
        ? dayBefore(unit.validTo)
        : unit.validFrom && day < unit.validFrom
          ? unit.validFrom
          : day
    const path = [this.#standing(unit, nearest)]
    for (let above = this.#above(unit, nearest); above; above = this.#above(above, nearest))
      path.push(this.#standing(above, nearest))
    return path
  }

  /** Units of a day whose code begins with the text or whose name has its words, marks or not; the best first. */
  search(
    text: string,
    day: Day,
    { level, limit = 20 }: { level?: UnitLevel | undefined; limit?: number | undefined } = {},
  ): Unit[] {
    const [exact, loose] = [foldTone(text), foldMarks(text)]
    if (!loose) return []
    const rankOf = ({ code, name }: Unit) => {
      if (code === text.trim()) return 0
      if (foldTone(name).endsWith(exact)) return 1
      if (foldTone(name).includes(exact)) return 2
      if (foldMarks(name).includes(loose)) return 3
      return code.startsWith(text.trim()) ? 4 : 9
    }
    return this.on(day)
      .filter(unit => !level || unit.level === level)
      .map(unit => ({ unit, rank: rankOf(unit) }))
      .filter(({ rank }) => rank < 9)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, limit)
      .map(({ unit }) => unit)
  }

  #above({ parentCode }: UnitRecord, day: Day): UnitRecord | undefined {
    return parentCode === undefined ? undefined : this.#byCode.get(parentCode)?.find(unit => standsOn(unit, day))
  }

  #standing(unit: UnitRecord, day: Day): Unit {
    const { parentCode: _code, ...rest } = unit
    const parentId = this.#above(unit, day)?.id
    return parentId ? { ...rest, parentId } : rest
  }
}
