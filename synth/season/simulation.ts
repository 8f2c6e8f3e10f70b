// A season of pupils alone, without names, for whoever wants to try a prediction: each pupil's days, and what was
// announced when.
import type { Day } from '../../src/platform/day.ts'
import { type Random, stream } from '../random.ts'
import { accountApprovedFrom, activations } from './account.ts'
import { openCalendar, seasonDays } from './calendar.ts'
import { capturesOf, planDesk, planSessions } from './capture.ts'
import { approvedFrom, atUnitFrom, deliveriesOf, handOvers, producedFrom } from './card.ts'
import { drawSeason, type SeasonParameters, slowness } from './parameters.ts'
import type { SeasonWorld, Slow } from './world.ts'

/** The day on which each thing came about; absent where it did not within the season. */
export type PupilPath = {
  readonly district: string
  readonly school: string
  readonly captured?: Day
  readonly approved?: Day
  readonly produced?: Day
  readonly atUnit?: Day
  readonly handedOver?: Day
  readonly accountApproved?: Day
  readonly activated?: Day
}

/**
 * `held` is known on the day itself. At a capture, who was already captured has no seat, and who is not afterwards was
 * missing; at a desk for activation the same goes for accounts that are approved.
 */
export type SchoolSession = {
  readonly school: string
  readonly kind: 'capture' | 'activation'
  readonly day: Day
  readonly announcedOn: Day
  readonly held: boolean
}

export type SimulatedSeason = {
  readonly parameters: SeasonParameters
  readonly from: Day
  readonly to: Day
  readonly deadlines: { readonly card: Day; readonly account: Day }
  readonly isWorkingDay: (day: Day) => boolean
  readonly pupils: readonly PupilPath[]
  readonly sessions: readonly SchoolSession[]
}

export type Simulate = {
  readonly seed: number
  readonly pupils?: number
  /** Least and most pupils of a school who lack something. */
  readonly schoolSize?: readonly [number, number]
}

/**
 * A season of about `pupils` pupils (3,000 unless given), all without card and account on the first day. The same seed
 * gives the same season.
 */
export function simulateSeason({ seed, pupils = 3000, schoolSize = [15, 90] }: Simulate): SimulatedSeason {
  const random = stream(seed, 'simulated-season')
  const parameters = drawSeason(random)
  const calendar = openCalendar(seasonDays.from, seasonDays.to)
  const due = random.between(72, 110)
  const world: SeasonWorld = {
    random,
    parameters,
    calendar,
    due: { card: due, account: Math.min(calendar.days - 3, due + random.between(0, 10)) },
  }

  const made: { pupils: PupilPath[]; sessions: SchoolSession[] } = { pupils: [], sessions: [] }
  const districts = random.between(4, 9)
  for (let district = 0; district < districts; district += 1) {
    const slow = slowOnes(random, parameters.districtSpread)
    const deliveries = deliveriesOf(world, slow)
    for (let left = pupils / districts, school = 1; left > 0; school += 1) {
      const size = Math.min(random.between(schoolSize[0], schoolSize[1]), Math.ceil(left))
      left -= size
      addSchool(made, { district: `${district}`, school: `${district}-${school}`, size }, slow, deliveries, world)
    }
  }
  const { dayAt, placeOf, isWorking } = calendar
  return {
    parameters,
    ...seasonDays,
    deadlines: { card: dayAt(world.due.card), account: dayAt(world.due.account) },
    isWorkingDay: day => isWorking(placeOf(day)),
    ...made,
  }
}

/** A district is slow in one thing and quick in another, and a little slow or quick in all. */
function slowOnes(random: Random, spread: number): Slow {
  const all = slowness(random, spread / 2)
  const own = () => all * slowness(random, spread)
  return {
    approval: slowness(random, spread / 3),
    delivery: own(),
    handOver: own(),
    activation: own(),
    sessions: own(),
  }
}

function addSchool(
  made: { pupils: PupilPath[]; sessions: SchoolSession[] },
  { district, school, size }: { district: string; school: string; size: number },
  slow: Slow,
  deliveries: readonly number[],
  world: SeasonWorld,
) {
  const { dayAt, days } = world.calendar
  const sessions = planSessions(world, slow)
  const captured = capturesOf(size, sessions, world, slow)
  const files = captured.map(on => (on === undefined ? undefined : { on, ...approvedFrom(on, world, slow) }))
  const produced = files.map(file => (file ? producedFrom(file.approved, world) : undefined))
  const atUnit = produced.map(on => (on === undefined ? undefined : atUnitFrom(on, deliveries, world)))
  const handedOver = handOvers(atUnit, world, slow)
  const approvals = files.map(file => (file ? accountApprovedFrom(file.on, file.isReturned, world, slow) : undefined))
  const desks = planDesk(world)
  const activated = activations(approvals, desks.findLast(({ held }) => held)?.day ?? Infinity, world, slow)

  const known = (at: number | undefined) => (at !== undefined && at < days ? dayAt(at) : undefined)
  for (const [kind, planned] of [
    ['capture', sessions],
    ['activation', desks],
  ] as const) {
    for (const { day, announcedOn, held } of planned) {
      made.sessions.push({ school, kind, day: dayAt(day), announcedOn: dayAt(announcedOn), held })
    }
  }
  for (let i = 0; i < size; i += 1) {
    const path = {
      captured: known(captured[i]),
      approved: known(files[i]?.approved),
      produced: known(produced[i]),
      atUnit: known(atUnit[i]),
      handedOver: known(handedOver[i]),
      accountApproved: known(approvals[i]),
      activated: known(activated[i]),
    }
    made.pupils.push({ district, school, ...Object.fromEntries(Object.entries(path).filter(([, day]) => day)) })
  }
}
