import type { ChangedSession, PlanDifference, SessionOfPlan } from '../difference-shape.ts'
import type { PlanInstance } from '../instance.ts'
import type { Plan } from '../plan.ts'
import { announcedByPlan } from './apply-events.ts'

/** What one plan has beside another: figures of both, and each session that is not as it was. */

export type PlanOfInstance = { readonly instance: PlanInstance; readonly plan: Plan }

/** No id has a line break. */
const keyText = (parts: readonly string[]) => parts.join('\n')

type Figures = PlanDifference['before']

function countFigures({ instance, plan: { objective, routes } }: PlanOfInstance): Figures {
  const people = instance.demands.reduce((sum, demand) => sum + demand.people, 0)
  const { latePeople, unservedPeople, overtimeMinutes, travelMinutes, km } = objective
  return {
    ...{ people, inTime: people - latePeople, late: latePeople, unserved: unservedPeople },
    ...{ overtimeMinutes, travelMinutes, km },
    sessions: routes.reduce((sum, { sessions }) => sum + sessions.length, 0),
  }
}

/** Sessions of one team at a site in a shift count as one, whether its kits are packed up in between or not. */
function sessionsOfPlan({ instance, plan }: PlanOfInstance): SessionOfPlan[] {
  const ids = new Map(
    announcedByPlan(instance, plan).map(one => [keyText([one.team, one.day, one.site, one.shift, one.from]), one.id]),
  )
  const names = new Map(instance.sites.map(({ id, name }) => [id, name]))
  const found = new Map<string, SessionOfPlan>()
  for (const { team, day, officers, sessions } of plan.routes)
    for (const { id, site, shift, from, to, kits, serves } of sessions) {
      const key = keyText([team, day, site, shift])
      const known = found.get(key)
      const people = serves.reduce((sum, one) => sum + one.people, known?.people ?? 0)
      found.set(key, {
        id: known?.id ?? ids.get(keyText([team, day, site, shift, from])) ?? id,
        ...{ site, siteName: names.get(site) ?? '', day, shift, team, people },
        from: known && known.from < from ? known.from : from,
        to: known && known.to > to ? known.to : to,
        officers: officers.toSorted(),
        kits: [...new Set([...(known?.kits ?? []), ...kits])].sort(),
      })
    }
  return [...found.values()]
}

type Pair = { readonly before?: SessionOfPlan; readonly after?: SessionOfPlan }

/** Takes the pairs that some key tells out of both lists. */
function pairsBy(
  [before, after]: readonly [SessionOfPlan[], SessionOfPlan[]],
  keyOf: (one: SessionOfPlan) => string,
): Pair[] {
  const free = Map.groupBy(after, keyOf)
  const pairs = before.flatMap((one): Pair[] => {
    const other = free.get(keyOf(one))?.shift()
    return other ? [{ before: one, after: other }] : []
  })
  const taken = new Set(pairs.flatMap(pair => [pair.before, pair.after]))
  for (const list of [before, after]) list.splice(0, list.length, ...list.filter(one => !taken.has(one)))
  return pairs
}

function changeOf({ before, after }: Pair): ChangedSession['change'] | undefined {
  if (!before) return 'new'
  if (!after) return 'gone'
  if (before.day !== after.day || before.shift !== after.shift) return 'moved'
  if (before.from !== after.from || before.to !== after.to) return 'hours'
  const crewOf = ({ team, officers, kits }: SessionOfPlan) => keyText([team, ...officers, '', ...kits])
  return crewOf(before) === crewOf(after) ? undefined : 'crew'
}

/** `impossible`: ids of announced sessions that an event took from their own team. */
export function differenceOf(
  before: PlanOfInstance,
  after: PlanOfInstance,
  impossible: ReadonlySet<string> = new Set(),
): PlanDifference {
  const lists: [SessionOfPlan[], SessionOfPlan[]] = [sessionsOfPlan(before), sessionsOfPlan(after)]
  const pairs: Pair[] = [
    ...pairsBy(lists, ({ site, day, shift, team }) => keyText([site, day, shift, team])),
    ...pairsBy(lists, ({ site, day, shift }) => keyText([site, day, shift])),
    ...pairsBy(lists, ({ id }) => id),
    ...pairsBy(lists, ({ site }) => site),
    ...lists[0].map(one => ({ before: one })),
    ...lists[1].map(one => ({ after: one })),
  ]
  const locked = new Set(before.instance.announced.filter(one => one.locked).map(({ id }) => id))
  const sessions = pairs.flatMap((pair): ChangedSession[] => {
    const change = changeOf(pair)
    const id = pair.before?.id ?? ''
    return change ? [{ change, ...pair, isByEvent: impossible.has(id), isLocked: locked.has(id) }] : []
  })
  const held = new Set(
    after.plan.routes.flatMap(({ day, sessions: own }) => own.map(({ site, shift }) => keyText([site, day, shift]))),
  )
  const moved = after.instance.announced.filter(({ site, day, shift }) => !held.has(keyText([site, day, shift])))
  return {
    before: countFigures(before),
    after: countFigures(after),
    announced: {
      all: after.instance.announced.length,
      moved: moved.length,
      byEvent: moved.filter(({ id }) => impossible.has(id)).length,
    },
    sessions: sessions.toSorted((a, b) => (dayOfChange(a) < dayOfChange(b) ? -1 : 1)),
  }
}

const dayOfChange = ({ before, after }: ChangedSession): string => before?.day ?? after?.day ?? ''
