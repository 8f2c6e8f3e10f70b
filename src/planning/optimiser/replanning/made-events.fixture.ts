import type { PlanInstance } from '../instance.ts'
import { planDice } from '../made-parts.fixture.ts'
import type { Plan } from '../plan.ts'
import { type PlanEvent, type PlanEventName, planEventNames } from '../plan-event.ts'

/** Seeded events of every kind that an instance allows, mostly of what its plan makes use of. */

export function madeEvents(instance: PlanInstance, plan: Plan, seed: number, count: number): PlanEvent[] {
  const dice = planDice(seed)
  const kinds = planEventNames.filter(what => canHappen(instance, what))
  return Array.from({ length: count }, (_, at): PlanEvent => {
    const what = kinds[(at + seed) % kinds.length] as PlanEventName
    const route = plan.routes.length > 0 ? dice.oneOf(plan.routes) : undefined
    const begin = Math.max(
      0,
      instance.days.findIndex(({ day }) => day === (route?.day ?? instance.from)),
    )
    const last = Math.min(instance.days.length - 1, begin + dice.whole(0, 2))
    const days = { from: instance.days[begin]?.day ?? instance.from, to: instance.days[last]?.day ?? instance.to }
    const session = route && dice.oneOf(route.sessions)
    const team = route?.team ?? instance.teams[0]?.id ?? ''
    const anyKit = () => (route && route.kits.length > 0 ? dice.oneOf(route.kits) : dice.oneOf(instance.kits).id)
    const made: { readonly [What in PlanEventName]: () => Extract<PlanEvent, { what: What }> } = {
      'kit-out': () => ({ what: 'kit-out', kit: anyKit(), ...days }),
      'kit-more': () => ({
        what: 'kit-more',
        kit: `more-${at}`,
        store: instance.teams.find(({ id }) => id === team)?.base ?? '',
        ...days,
      }),
      'team-away': () => ({ what: 'team-away', team, ...days }),
      'officer-away': () => ({
        what: 'officer-away',
        officer: route?.officers[0] ?? instance.teams[0]?.officers[0]?.id ?? '',
        ...days,
      }),
      'site-closed': () => ({
        what: 'site-closed',
        site: session?.site ?? instance.sites[0]?.id ?? '',
        ...days,
        ...(dice.chance(0.5) && { hours: ['07:00', '11:30'] as [string, string] }),
      }),
      'boats-off': () => ({ what: 'boats-off', ...days }),
      'overtime-ordered': () => ({ what: 'overtime-ordered', ...days, minutes: 240, hours: ['06:30', '21:00'] }),
      'overtime-withdrawn': () => ({ what: 'overtime-withdrawn', ...days }),
    }
    return made[what]()
  })
}

function canHappen({ kits, crossings, days }: PlanInstance, what: PlanEventName): boolean {
  if (what === 'kit-out') return kits.length > 0
  if (what === 'boats-off') return crossings.length > 0
  if (what === 'overtime-withdrawn') return days.some(({ overtime }) => overtime)
  return true
}
