import type { Compiled } from '../solving/compile.ts'
import { type Frame, settleRoute, type TimedSession } from '../solving/route.ts'
import type { Route, Schedule } from '../solving/schedule.ts'

/**
 * Hours that were announced are given back to sessions that stay, where that costs nobody anything: who was told of
 * them is not told again, and who has booked one keeps it.
 */

const minuteOfText = (hour: string): number => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))

type ToldHours = { readonly from: number; readonly to: number; readonly count: number }

/** By site, day and shift: from the first to the last minute that was announced there. */
export function toldHours({ announced, instance }: Compiled): ReadonlyMap<string, ToldHours> {
  const told = new Map<string, ToldHours>()
  for (const [at, { site, day, shift }] of announced.entries()) {
    const key = `${site}/${day}/${shift}`
    const [from, to] = [
      minuteOfText(instance.announced[at]?.from ?? ''),
      minuteOfText(instance.announced[at]?.to ?? ''),
    ]
    const known = told.get(key)
    told.set(key, {
      from: Math.min(from, known?.from ?? from),
      to: Math.max(to, known?.to ?? to),
      count: (known?.count ?? 0) + 1,
    })
  }
  return told
}

function frameOfRoute({ days, teams }: Compiled, { day, team, store, overtime }: Route): Frame | undefined {
  const today = days[day]
  const hours = overtime > 0 ? today?.order : today?.ordinary
  return hours && { day, base: teams[team]?.base ?? 0, store, earliest: hours.from, latest: hours.to, overtime }
}

type Part = { readonly sessions: TimedSession[]; readonly withKits: boolean[] }

/** The route with some of its sessions, which stand one after another, replaced. */
function replacedIn(
  given: Compiled,
  route: Route,
  [first, last]: readonly [number, number],
  part: Part,
): Route | undefined {
  const frame = frameOfRoute(given, route)
  const sessions = route.sessions.toSpliced(first, last - first + 1, ...part.sessions)
  const isInOrder = sessions.every(({ from, to }, at) => from < to && from >= (sessions[at - 1]?.to ?? 0))
  const timed = frame && isInOrder ? settleRoute(given, frame, sessions) : undefined
  if (!timed || timed.overtime > route.overtime || timed.travel > route.travel) return undefined
  return { ...route, ...timed, withKits: route.withKits.toSpliced(first, last - first + 1, ...part.withKits) }
}

/** The stretches of a route at one site in one shift: first and last session. */
function stretchesOf({ sessions }: Route): (readonly [number, number])[] {
  const stretches: [number, number][] = []
  for (const [at, { site, shift }] of sessions.entries()) {
    const before = sessions[at - 1]
    const open = stretches.at(-1)
    if (open && before?.site === site && before.shift === shift) open[1] = at
    else stretches.push([at, at])
  }
  return stretches
}

/** One session of the hours that were told, else as many as there are, from the first to the last told minute. */
function partsFor(route: Route, [first, last]: readonly [number, number], { from, to, count }: ToldHours): Part[] {
  const sessions = route.sessions.slice(first, last + 1)
  const withKits = route.withKits.slice(first, last + 1)
  const [begin, end] = [sessions[0], sessions.at(-1)]
  if (!begin || !end) return []
  const whole: Part = { sessions: [{ ...begin, from, to }], withKits: [withKits.includes(true)] }
  const wide = sessions.map((one, at) => ({
    ...one,
    ...(at === 0 && { from }),
    ...(at === sessions.length - 1 && { to }),
  }))
  return [...(count === 1 ? [whole] : []), { sessions: wide, withKits }]
}

/** Sets sessions of changed routes back to their announced hours wherever the value of the plan does not fall. */
export function keepToldHours(schedule: Schedule, changed: readonly Route[]): void {
  const { given } = schedule
  const told = toldHours(given)
  for (const { team, day } of changed)
    for (let at = 0; at < (schedule.routeOf(team, day)?.sessions.length ?? 0); at++) {
      const route = schedule.routeOf(team, day) as Route
      const stretch = stretchesOf(route)[at]
      const { site, shift } = route.sessions[stretch?.[0] ?? -1] ?? {}
      const hours = told.get(`${site}/${day}/${shift}`)
      if (!stretch || !hours) continue
      const [begin, end] = [route.sessions[stretch[0]], route.sessions[stretch[1]]]
      if (begin?.from === hours.from && end?.to === hours.to && stretch[0] === stretch[1]) continue
      for (const part of partsFor(route, stretch, hours)) {
        const other = replacedIn(given, route, stretch, part)
        if (!other) continue
        const before = schedule.value
        schedule.take(route)
        schedule.put(other)
        if (schedule.value >= before - 1e-6) break
        schedule.take(other)
        schedule.put(route)
      }
    }
}
