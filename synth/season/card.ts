import { wait } from './chance.ts'
import { firstDay, type SeasonWorld, type Slow, workingAfter } from './world.ts'

/**
 * When the centre approves what was captured on a day. A file with a bad photo or bad prints comes back, is taken
 * again, and goes up once more.
 */
export function approvedFrom(
  captured: number,
  world: SeasonWorld,
  slow: Slow,
): { approved: number; isReturned: boolean; recaptured?: number } {
  const { random, parameters } = world
  const { median, spread, returned, recapture } = parameters.approval
  const look = (from: number) => workingAfter(from, wait(random, median * slow.approval, spread), world)
  const looked = look(captured)
  if (!random.chance(returned)) return { approved: looked, isReturned: false }
  const recaptured = workingAfter(looked, wait(random, recapture.median, recapture.spread), world)
  return { approved: look(recaptured), isReturned: true, recaptured }
}

/** The centre makes cards for the whole country: when everyone sends at once, all wait. */
export function producedFrom(approved: number, world: SeasonWorld): number {
  const { random, parameters } = world
  const { median, spread, backlog } = parameters.production
  const queue = backlog.peak * Math.exp(-(((approved - backlog.on) / backlog.width) ** 2) / 2)
  return workingAfter(approved, wait(random, median, spread) + queue * (0.75 + 0.5 * random.next()), world)
}

/** The days on which a district's bag leaves the centre, and on which it arrives. */
export function deliveriesOf(world: SeasonWorld, slow: Slow): number[] {
  const { random, parameters, calendar } = world
  const { every, median, spread } = parameters.delivery
  const arrivals: number[] = []
  for (
    let leaves = calendar.after(0, random.below(every)), last = 0;
    leaves < calendar.days;
    leaves = calendar.after(leaves + 1, every - 1)
  ) {
    last = Math.max(last, workingAfter(leaves, wait(random, median * slow.delivery, spread), world))
    arrivals[leaves] = last
  }
  return arrivals
}

/** A card goes with the first bag that leaves on its day or after it. */
export function atUnitFrom(produced: number, deliveries: readonly number[], world: SeasonWorld): number | undefined {
  for (let at = produced; at < world.calendar.days; at += 1) if (deliveries[at] !== undefined) return deliveries[at]
  return undefined
}

/**
 * When each of a school's pupils has the card: the school gathers a batch; who is missing that day comes to the
 * counter, and some never do.
 */
export function handOvers(
  atUnit: readonly (number | undefined)[],
  world: SeasonWorld,
  slow: Slow,
): (number | undefined)[] {
  const { random, parameters } = world
  const { atSchool, absent, counter, never } = parameters.handOver
  const collects = atUnit.map(() => !random.chance(never))
  const own = (from: number, i: number, chance: number) =>
    collects[i] ? firstDay(from, chance / slow.handOver, world, 'card') : undefined
  if (!random.chance(atSchool)) return atUnit.map((at, i) => (at === undefined ? undefined : own(at, i, 1.5 * counter)))

  const days = batchDays(atUnit, world, slow)
  return atUnit.map((at, i) => {
    const day = at === undefined ? undefined : days.find(batch => batch > at)
    if (day === undefined) return undefined
    return collects[i] && !random.chance(absent) ? day : own(day, i, counter)
  })
}

/** A school hands over when enough have come or the first has waited long enough, within three working days of it. */
function batchDays(
  atUnit: readonly (number | undefined)[],
  { random, parameters, calendar }: SeasonWorld,
  slow: Slow,
): number[] {
  const size = Math.max(2, Math.round(parameters.handOver.batch * slow.handOver))
  const patience = Math.max(1, Math.round(parameters.handOver.longest * slow.handOver))
  const arrivals = atUnit.filter(at => at !== undefined).sort((a, b) => a - b)
  const days: number[] = []
  for (let next = 0; next < arrivals.length; ) {
    const [oldest, full] = [arrivals[next]!, arrivals[next + size - 1] ?? Infinity]
    const day = calendar.after(Math.min(full, calendar.after(oldest + 1, patience - 1)) + 1, random.below(3))
    if (day >= calendar.days) break
    days.push(day)
    while (next < arrivals.length && arrivals[next]! < day) next += 1
  }
  return days
}
