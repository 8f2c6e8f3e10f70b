import { type Day, daysFrom } from '../../../platform/day.ts'
import type { InstanceDay, InstanceKit, InstanceTeam, PlanInstance } from '../instance.ts'
import type { PlanEvent } from '../plan-event.ts'

/** What each event changes of an instance but its announced sessions: who is there, what is open, what is ordered. */

type Change<What extends PlanEvent['what']> = (
  instance: PlanInstance,
  event: Extract<PlanEvent, { what: What }>,
) => PlanInstance

const daysOf = ({ from, to }: PlanEvent): readonly string[] => daysFrom(from as Day, to as Day)
const isDuring = ({ from, to }: PlanEvent, day: string) => from <= day && day <= to
const withDays = (away: readonly string[], more: readonly string[]) => [...new Set([...away, ...more])].sort()

const awayDuring = (event: PlanEvent, isMeant: (id: string) => boolean) => (team: InstanceTeam) => ({
  ...team,
  officers: team.officers.map(one => (isMeant(one.id) ? { ...one, away: withDays(one.away, daysOf(event)) } : one)),
})

const withoutOrder = ({ overtime: _, ...day }: InstanceDay): InstanceDay => day

function orderedDay(
  day: InstanceDay,
  { minutes, hours }: Extract<PlanEvent, { what: 'overtime-ordered' }>,
  usual: InstanceDay['overtime'],
): InstanceDay {
  const [from, to] = hours ?? [usual?.from ?? '00:00', usual?.to ?? '24:00']
  return { ...day, overtime: { minutes: minutes ?? usual?.minutes ?? 0, from, to } }
}

/** On all days of the instance but those of the event it is elsewhere. */
function addedKit(instance: PlanInstance, event: Extract<PlanEvent, { what: 'kit-more' }>): InstanceKit {
  const { kit, name = kit, store, speedPercent = 100, officers = instance.kits[0]?.officers ?? 1 } = event
  const away = instance.days.map(({ day }) => day).filter(day => !isDuring(event, day))
  return { id: kit, name, store, speedPercent, officers, away }
}

const changes: { readonly [What in PlanEvent['what']]: Change<What> } = {
  'kit-out': (instance, event) => ({
    ...instance,
    kits: instance.kits.map(kit => (kit.id === event.kit ? { ...kit, away: withDays(kit.away, daysOf(event)) } : kit)),
  }),
  'kit-more': (instance, event) => ({ ...instance, kits: [...instance.kits, addedKit(instance, event)] }),
  'team-away': (instance, event) => ({
    ...instance,
    teams: instance.teams.map(team => (team.id === event.team ? awayDuring(event, () => true)(team) : team)),
  }),
  'officer-away': (instance, event) => ({
    ...instance,
    teams: instance.teams.map(awayDuring(event, id => id === event.officer)),
  }),
  'site-closed': (instance, event) => ({
    ...instance,
    sites: instance.sites.map(site => {
      if (site.id !== event.site) return site
      const { from, to, hours, why = 'closed' } = event
      return { ...site, closed: [...site.closed, { from, to, ...(hours && { hours }), why }] }
    }),
  }),
  'boats-off': (instance, event) => ({
    ...instance,
    crossings: instance.crossings.map(one => {
      const isMeant = !event.between || (event.between.includes(one.from) && event.between.includes(one.to))
      return isMeant ? { ...one, days: one.days.filter(day => !isDuring(event, day)) } : one
    }),
  }),
  'overtime-ordered': (instance, event) => {
    const usual = instance.days.find(({ overtime }) => overtime)?.overtime
    return {
      ...instance,
      days: instance.days.map(day => (isDuring(event, day.day) ? orderedDay(day, event, day.overtime ?? usual) : day)),
    }
  },
  'overtime-withdrawn': (instance, event) => ({
    ...instance,
    days: instance.days.map(day => (isDuring(event, day.day) ? withoutOrder(day) : day)),
  }),
}

const changedBy = (instance: PlanInstance, event: PlanEvent): PlanInstance =>
  (changes[event.what] as Change<PlanEvent['what']>)(instance, event)

/** An instance after some events, its announced sessions as they were. */
export const changeInstance = (instance: PlanInstance, events: readonly PlanEvent[]): PlanInstance =>
  events.reduce(changedBy, instance)
