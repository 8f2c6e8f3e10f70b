import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { announcedRules } from './announced-rules.ts'
import { addShapeFaults, FaultList, shownValue } from './file-faults.ts'
import { instanceFormat, type PlanInstance } from './instance.ts'
import type { Found, InstanceDraft } from './instance-draft.ts'
import { instanceRules } from './instance-rules.ts'
import { entryShapes, HeadShape, type ListName, mostEntries } from './instance-shape.ts'
import { planFileProblem } from './problems.ts'
import { readTravel } from './read-travel.ts'

/**
 * A parsed JSON file comes in; an instance goes out, of which everything that a solver relies on holds. Else it is
 * refused with a sentence for each fault. Time and memory grow with the file and no faster, whoever wrote it.
 */

type Given = Readonly<Record<string, unknown>>
const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The entries of a list that have their shape; undefined where it is no list or has too many. */
function readList<Shape extends TSchema>(
  faults: FaultList,
  given: Given,
  name: ListName,
  shape: Shape,
): readonly Found<Static<Shape>>[] | undefined {
  const value = given[name]
  if (!Array.isArray(value)) {
    if (value !== undefined) faults.add(() => `${name} is ${shownValue(value)}: it must be a list`)
    return undefined
  }
  const list: readonly unknown[] = value
  const most = mostEntries[name]
  if (list.length > most) {
    faults.add(() => `${name} has ${list.length} entries: the most are ${most}`)
    return undefined
  }
  const validator = Compile(shape)
  const found: Found<Static<Shape>>[] = []
  for (const [i, entry] of list.entries())
    if (validator.Check(entry)) found.push({ at: `${name}[${i}]`, entry })
    else addShapeFaults(faults, shape, entry, `${name}[${i}]`)
  return found
}

/** The ids of a list, of entries with faults too: what names them is not wrong for that. */
function idsOf(value: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(value)) return undefined
  return new Set(
    value.flatMap((entry: unknown) => (isGiven(entry) && typeof entry['id'] === 'string' ? entry['id'] : [])),
  )
}

const listNames = Object.keys(entryShapes) as readonly ListName[]
const memberNames: readonly string[] = [...Object.keys(HeadShape.properties), ...listNames, 'travel']

function addMemberFaults(faults: FaultList, given: Given): void {
  for (const name of [...listNames, 'travel']) if (given[name] === undefined) faults.add(() => `${name} is missing`)
  for (const name of Object.keys(given))
    if (!memberNames.includes(name)) faults.add(() => `${shownValue(name)} is not known: nothing reads it`)
}

function readDraft(faults: FaultList, given: Given): InstanceDraft {
  addMemberFaults(faults, given)
  const head = Compile(HeadShape).Check(given) ? given : undefined
  if (!head) addShapeFaults(faults, HeadShape, given, '')
  const lists = {
    shifts: readList(faults, given, 'shifts', entryShapes.shifts),
    days: readList(faults, given, 'days', entryShapes.days),
    places: readList(faults, given, 'places', entryShapes.places),
    crossings: readList(faults, given, 'crossings', entryShapes.crossings),
    sites: readList(faults, given, 'sites', entryShapes.sites),
    teams: readList(faults, given, 'teams', entryShapes.teams),
    kits: readList(faults, given, 'kits', entryShapes.kits),
    demands: readList(faults, given, 'demands', entryShapes.demands),
    announced: readList(faults, given, 'announced', entryShapes.announced),
  }
  const places = Array.isArray(given['places']) && lists.places ? given['places'].length : undefined
  const travel = given['travel'] === undefined ? undefined : readTravel(given['travel'], places, faults)
  const ids = Object.fromEntries(listNames.map(name => [name, lists[name] && idsOf(given[name])]))
  return { head, ids, travel, ...lists }
}

const entriesOf = <Entry>(found: readonly Found<Entry>[] = []): readonly Entry[] => found.map(({ entry }) => entry)

const malformed = (faults: readonly string[]) => planFileProblem('plan-instance-malformed', { faults })

/** Reads a parsed JSON file; throws plan-instance-malformed with all its faults, the first fifty in words. */
export function readInstance(value: unknown): PlanInstance {
  if (!isGiven(value)) throw malformed([`the file is ${shownValue(value)}: it must be an object`])
  const faults = new FaultList()
  // Of another file than an instance, that is all there is to say.
  if (typeof value['format'] === 'string' && value['format'] !== instanceFormat)
    throw malformed([`format is ${shownValue(value['format'])}: it must be ${instanceFormat}`])
  const draft = readDraft(faults, value)
  for (const addFaults of [...instanceRules, ...announcedRules]) addFaults(draft, faults)
  const { head, travel } = draft
  if (!faults.isEmpty || !head || !travel) throw malformed(faults.sentences())
  const { format, name, from, to, prices, caps, leastOfficers } = head
  return {
    ...{ format, name, from, to, prices, caps, leastOfficers, travel },
    shifts: entriesOf(draft.shifts),
    days: entriesOf(draft.days),
    places: entriesOf(draft.places),
    crossings: entriesOf(draft.crossings),
    sites: entriesOf(draft.sites),
    teams: entriesOf(draft.teams),
    kits: entriesOf(draft.kits),
    demands: entriesOf(draft.demands),
    announced: entriesOf(draft.announced),
  }
}
