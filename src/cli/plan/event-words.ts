import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { addShapeFaults, FaultList } from '../../planning/optimiser/file-faults.ts'
import type { PlanInstance } from '../../planning/optimiser/instance.ts'
import {
  mostPlanEvents,
  type PlanEvent,
  type PlanEventName,
  planEventNames,
  planEventShapes,
} from '../../planning/optimiser/plan-event.ts'
import { planFileProblem } from '../../planning/optimiser/problems.ts'

/**
 * Events as a command takes them, one a line: `kit-out KIT DAY..DAY`, by id or name, or the JSON object that the API
 * takes (docs/interfaces.md, "Events of a plan").
 */

const daysPattern = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/
const hoursPattern = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/

type Words = { readonly name: string; readonly hours?: string[]; readonly number?: number }

const rightOf = (text: string, mark: string): readonly [string, string] => {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** The members of each event but its days. */
const membersOf: { readonly [What in PlanEventName]: (words: Words) => Readonly<Record<string, unknown>> } = {
  'kit-out': ({ name }) => ({ kit: name }),
  'kit-more': ({ name, number }) => {
    const [kit, store] = rightOf(name, ' at ')
    return { kit, store, ...(number !== undefined && { speedPercent: number }) }
  },
  'team-away': ({ name }) => ({ team: name }),
  'officer-away': ({ name }) => ({ officer: name }),
  'site-closed': ({ name, hours }) => ({ site: name, ...(hours && { hours }) }),
  'boats-off': ({ name }) => (name === '' ? {} : { between: rightOf(name, ' / ') }),
  'overtime-ordered': ({ hours, number }) => ({
    ...(number !== undefined && { minutes: number }),
    ...(hours && { hours }),
  }),
  'overtime-withdrawn': () => ({}),
}

const isEventName = (text: string): text is PlanEventName => (planEventNames as readonly string[]).includes(text)

function parsedEvent(line: string): unknown {
  if (line.startsWith('{')) {
    try {
      return JSON.parse(line)
    } catch {
      return line
    }
  }
  const [what = '', ...rest] = line.split(/\s+/)
  const at = rest.findIndex(word => daysPattern.test(word))
  const [, from, to = from] = daysPattern.exec(rest[at] ?? '') ?? []
  if (!isEventName(what) || from === undefined) return line
  const tail = rest.slice(at + 1)
  const [, begin, end] = tail.map(word => hoursPattern.exec(word)).find(found => found) ?? []
  const number = tail.find(word => /^\d{1,6}$/.test(word))
  if (tail.some(word => !hoursPattern.test(word) && word !== number)) return line
  const words: Words = {
    name: rest.slice(0, at).join(' '),
    ...(begin !== undefined && end !== undefined && { hours: [begin, end] }),
    ...(number !== undefined && { number: Number(number) }),
  }
  return { what, from, to, ...membersOf[what](words) }
}

/** Reads the lines of `--event`; throws plan-events-refused with what is wrong. */
export function readEventWords(said: string | boolean | undefined): PlanEvent[] {
  const lines = typeof said === 'string' ? said.split('\n').filter(line => line.trim() !== '') : []
  const faults = new FaultList()
  if (lines.length > mostPlanEvents) faults.add(() => `${lines.length} events: the most are ${mostPlanEvents}`)
  const events = lines.slice(0, mostPlanEvents).flatMap((line, at): PlanEvent[] => {
    const event = parsedEvent(line.trim())
    const what = (event as { readonly what?: unknown } | null)?.what
    if (typeof event !== 'object' || typeof what !== 'string' || !isEventName(what)) {
      faults.add(
        () => `events[${at}] is not known: it must be as "kit-out KIT DAY..DAY", of ${planEventNames.join(', ')}`,
      )
      return []
    }
    const shape: TSchema = planEventShapes[what]
    if (Compile(shape).Check(event)) return [event as PlanEvent]
    addShapeFaults(faults, shape, event, `events[${at}]`)
    return []
  })
  if (!faults.isEmpty) throw planFileProblem('plan-events-refused', { faults: faults.sentences() })
  return events
}

type NamedThing = { readonly id: string; readonly name: string }

/** The id of what has this id, or else alone has this name; as it is where nothing has. */
function idIn(list: readonly NamedThing[], said: string): string {
  if (list.some(({ id }) => id === said)) return said
  const named = list.filter(({ name }) => name.normalize('NFC') === said.normalize('NFC'))
  return named.length === 1 ? (named[0]?.id ?? said) : said
}

/** An event whose names are ids of the instance. */
export function withIds({ kits, teams, sites, places }: PlanInstance, event: PlanEvent): PlanEvent {
  if (event.what === 'kit-out') return { ...event, kit: idIn(kits, event.kit) }
  if (event.what === 'kit-more') return { ...event, store: idIn(places, event.store) }
  if (event.what === 'team-away') return { ...event, team: idIn(teams, event.team) }
  if (event.what === 'site-closed') return { ...event, site: idIn(sites, event.site) }
  if (event.what === 'officer-away') {
    const officers = teams.flatMap(team => team.officers)
    return { ...event, officer: idIn(officers, event.officer) }
  }
  if (event.what !== 'boats-off' || !event.between) return event
  const [one, other] = event.between
  return { ...event, between: [idIn(places, one), idIn(places, other)] }
}
