import { shownValue } from '../file-faults.ts'
import type { PlanInstance } from '../instance.ts'
import type { PlanEvent } from '../plan-event.ts'

/** What no shape can say of an event: that the instance has whom it names, and the days on which it happens. */

type Named = { readonly list: 'kits' | 'teams' | 'sites' | 'places'; readonly noun: string; readonly id: string }

function namedBy(event: PlanEvent): readonly Named[] {
  if (event.what === 'kit-out') return [{ list: 'kits', noun: 'kit', id: event.kit }]
  if (event.what === 'kit-more') return [{ list: 'places', noun: 'place', id: event.store }]
  if (event.what === 'team-away') return [{ list: 'teams', noun: 'team', id: event.team }]
  if (event.what === 'site-closed') return [{ list: 'sites', noun: 'site', id: event.site }]
  if (event.what !== 'boats-off') return []
  return (event.between ?? []).map(id => ({ list: 'places', noun: 'place', id }))
}

function faultsOfOne(instance: PlanInstance, event: PlanEvent): string[] {
  const faults = namedBy(event)
    .filter(({ list, id }) => !instance[list].some(one => one.id === id))
    .map(({ noun, id }) => `no ${noun} has the id ${shownValue(id)}`)
  const { from, to } = event
  if (to < from) faults.push(`it is from ${from} to ${to}: it must not end before it begins`)
  else if (from < instance.from || to > instance.to)
    faults.push(`it is from ${from} to ${to}: the days are from ${instance.from} to ${instance.to}`)
  return [...faults, ...faultsOfKind(instance, event)]
}

function faultsOfKind(instance: PlanInstance, event: PlanEvent): string[] {
  if (event.what === 'kit-more') return faultsOfKit(instance, event)
  if (event.what === 'officer-away')
    return instance.teams.some(({ officers }) => officers.some(({ id }) => id === event.officer))
      ? []
      : [`no officer has the id ${shownValue(event.officer)}`]
  if (event.what === 'boats-off') return faultsOfBoats(instance, event)
  const hours = 'hours' in event ? event.hours : undefined
  if (hours && hours[0] >= hours[1]) return [`hours is from ${hours[0]} to ${hours[1]}: it must end after it begins`]
  const isAlone = event.what === 'overtime-ordered' && !instance.days.some(({ overtime }) => overtime)
  return isAlone && !(event.minutes && event.hours)
    ? ['it needs minutes and hours: no day of the instance has an order that they could be taken from']
    : []
}

function faultsOfKit({ kits, teams }: PlanInstance, event: Extract<PlanEvent, { what: 'kit-more' }>): string[] {
  if (kits.some(({ id }) => id === event.kit)) return [`kit ${shownValue(event.kit)} is there already`]
  const largest = Math.max(0, ...teams.map(({ officers }) => officers.length))
  const takes = event.officers ?? 0
  return takes > largest ? [`officers is ${takes}: no team has more than ${largest}`] : []
}

function faultsOfBoats({ crossings }: PlanInstance, { between }: Extract<PlanEvent, { what: 'boats-off' }>): string[] {
  if (!between) return crossings.length > 0 ? [] : ['no boat goes anywhere']
  const isBetween = crossings.some(({ from, to }) => between.includes(from) && between.includes(to))
  return isBetween ? [] : [`no boat goes between ${between.map(shownValue).join(' and ')}`]
}

/** What is wrong with events for an instance; none where they can be applied one after another. */
export function faultsOfEvents(instance: PlanInstance, events: readonly PlanEvent[]): readonly string[] {
  const more = new Set<string>()
  return events.flatMap((event, at) => {
    const faults = faultsOfOne(instance, event)
    if (event.what === 'kit-more') {
      if (more.has(event.kit)) faults.push(`kit ${shownValue(event.kit)} is there already`)
      more.add(event.kit)
    }
    return faults.map(fault => `events[${at}] (${event.what}): ${fault}`)
  })
}

/** Those events that say something of an instance: as far as they reach into its days, and it knows whom they name. */
export const withoutFaults = (instance: PlanInstance, events: readonly PlanEvent[]): PlanEvent[] =>
  events
    .filter(({ from, to }) => from <= instance.to && to >= instance.from)
    .map(event => {
      const [, from = event.from] = [event.from, instance.from].sort()
      const [to] = [event.to, instance.to].sort() as [string, string]
      return { ...event, from, to }
    })
    .filter(event => faultsOfEvents(instance, [event]).length === 0)
