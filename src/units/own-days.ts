import { type Day, parseDay } from '../platform/day.ts'
import { type Confidence, confidences, type LawLine } from '../platform/law.ts'
import { unitProblem } from './problems.ts'

/**
 * Days off and make-up days that an installation adds to the built-in table, or changes in it: they are announced late
 * in the year before, and a province may be given a day of its own. Time limits are counted in many places that know no
 * work; a process serves one house, so its days are set here once, where it opens.
 */

const kinds = ['holiday', 'workday'] as const

export type OwnDay = {
  readonly day: Day
  /** A day off, or one that is worked though it is a Saturday, a Sunday or a built-in holiday. */
  readonly kind: (typeof kinds)[number]
  readonly name: string
  /** The announcement that says so. */
  readonly source: string
  readonly confidence?: Confidence
}

function readDay(values: LawLine['values']): OwnDay | string {
  const day = parseDay(values['date'] ?? '')
  if (!day) return 'date is the day, YYYY-MM-DD'
  const kind = kinds.find(one => one === values['kind'])
  if (!kind) return `kind is one of ${kinds.join(', ')}: a day off, or a day that is worked for another`
  const [name = '', source = ''] = [values['name'], values['source']]
  if (!name) return 'name is missing: say what the day is called'
  if (!source) return 'source is missing: name the announcement that says so'
  const stated = values['confidence'] ?? ''
  const confidence = confidences.find(one => one === stated)
  if (stated !== '' && !confidence) return `confidence is one of ${confidences.join(', ')}, or empty`
  return { day, kind, name, source, ...(confidence && { confidence }) }
}

/** The rows of an installation's holidays.csv. Throws own-days-refused, which names each line that is wrong. */
export function ownDaysOf(lines: readonly LawLine[]): OwnDay[] {
  const found = new Map<string, OwnDay>()
  const wrong: { readonly line: number; readonly should: string }[] = []
  for (const { line, values } of lines) {
    const read = readDay(values)
    if (typeof read === 'string') wrong.push({ line, should: read })
    else if (found.has(read.day)) wrong.push({ line, should: `${read.day} has two rows: keep one` })
    else found.set(read.day, read)
  }
  if (wrong.length > 0) throw unitProblem('own-days-refused', { wrong })
  return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

let ofHouse: ReadonlyMap<string, OwnDay> = new Map()

/** Sets whose days time limits are counted by from now on. */
export function setOwnDays(days: readonly OwnDay[]): void {
  ofHouse = new Map(days.map(own => [own.day, own]))
}

/** What the installation says of a day; undefined where the built-in table answers. */
export const ownDayOn = (day: Day): OwnDay | undefined => ofHouse.get(day)

/** All that the installation says of days. */
export const ownDays = (): readonly OwnDay[] => [...ofHouse.values()]

/** Counts by other days meanwhile, for whoever asks what they would change. Nothing else runs in the process. */
export function countedBy<T>(days: readonly OwnDay[], verb: () => T): T {
  const before = ofHouse
  setOwnDays(days)
  try {
    return verb()
  } finally {
    ofHouse = before
  }
}
