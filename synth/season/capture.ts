import type { Random } from '../random.ts'
import type { Calendar } from './calendar.ts'
import { from } from './chance.ts'
import { chanceOn, type SeasonWorld, type Slow } from './world.ts'

/** A session at a school. That it is not held is told on its day, and with it the day that it is put off to. */
export type PlannedSession = { readonly day: number; readonly announcedOn: number; readonly held: boolean }

/** A school's turn, put off now and then, and for some another turn for who was missing. */
export function planSessions(world: SeasonWorld, slow: Slow): PlannedSession[] {
  const { random, parameters, calendar } = world
  const { window, secondTurn } = parameters.sessions
  const first = hold(Math.round(5 + from(random, 0, window) * Math.min(1.3, slow.sessions)), world)
  const second = random.chance(secondTurn) ? hold(first.at(-1)!.day + random.between(6, 30), world) : []
  return [...first, ...second].filter(({ announcedOn }) => announcedOn < calendar.days)
}

/** A desk for activation that comes to a school, where one does. */
export function planDesk(world: SeasonWorld): PlannedSession[] {
  const { random, parameters, due, calendar } = world
  if (!random.chance(parameters.activation.desks)) return []
  return hold(random.between(30, Math.max(31, due.account)), world).filter(
    ({ announcedOn }) => announcedOn < calendar.days,
  )
}

/** Announced, put off now and then, and held in the end. */
function hold(wanted: number, world: SeasonWorld): PlannedSession[] {
  const { random, parameters } = world
  const { notice, postponed } = parameters.sessions
  const sessions: PlannedSession[] = []
  let [day, announcedOn] = [sessionDay(wanted, world), wanted - random.between(notice[0], notice[1])]
  while (random.chance(postponed)) {
    sessions.push({ day, announcedOn, held: false })
    announcedOn = day
    day = sessionDay(day + random.between(3, 15), world)
  }
  sessions.push({ day, announcedOn, held: true })
  return sessions
}

const sessionDay = (
  wanted: number,
  { random, parameters, calendar }: Pick<SeasonWorld, 'random' | 'parameters' | 'calendar'>,
): number =>
  calendar.isWorking(wanted) || mayBeDayOff(random, parameters.sessions.weekendShare)
    ? wanted
    : nextWorking(calendar, wanted)
const mayBeDayOff = (random: Random, share: number) => random.chance(share)
const nextWorking = (calendar: Calendar, at: number) => calendar.after(at, 0)

/**
 * On which day each of a school's pupils was captured: at a session that was held, or at the counter on a way of their
 * own.
 */
export function capturesOf(
  size: number,
  sessions: readonly PlannedSession[],
  world: SeasonWorld,
  slow: Slow,
): (number | undefined)[] {
  const { random, parameters, calendar } = world
  const { absent, counterBefore, counterAfter } = parameters.sessions
  const missing = Math.min(0.4, absent * Math.exp(from(random, -0.4, 0.4)))
  const held = sessions.filter(session => session.held)
  const first = held[0]?.day ?? Infinity
  return Array.from({ length: size }, () => {
    for (let at = 0; at < calendar.days; at += 1) {
      if (held.some(({ day }) => day === at) && !random.chance(missing)) return at
      const counter = (at > first ? counterAfter : counterBefore) / slow.sessions
      if (random.next() < chanceOn(at, counter, world, 'card')) return at
    }
    return undefined
  })
}
