import type { Compiled } from '../solving/compile.ts'
import { leastTravel } from '../solving/travel.ts'
import type { Limits } from './master.ts'
import type { BoundWeights } from './route-columns.ts'
import type { DayClass } from './team-day-classes.ts'

/** Of what a day is worth if all people are served in proportion. */
const shares: readonly number[] = [0.6, 1, 1.4]

/**
 * Prices to begin with: a minute at a site costs what makes a whole day there worth the same to the team that has the
 * shortest way to it, whichever the site. A minute of a kit costs the minute of the officer whom it takes. Some sets of
 * them, of which one is a better beginning than the others.
 */
export function firstPrices(
  given: Compiled,
  {
    dayClasses,
    limits,
    weights,
  }: { readonly dayClasses: readonly DayClass[]; readonly limits: Limits; readonly weights: BoundWeights },
): Float64Array[] {
  const { sites, teams, places, shifts, kits } = given
  const least = leastTravel(given)
  const dayClass = dayClasses
    .filter(({ day }) => given.days[day]?.ordinary)
    .reduce((one, other) => (other.days.length > one.days.length ? other : one), dayClasses[0] as DayClass)
  const hours = given.days[dayClass.day]?.ordinary
  const officersAKitMinute = Math.min(...kits.map(({ officers, speed }) => officers / speed), 1)
  const days = sites.map(({ place, setUp, pack }, site) => {
    let best: { readonly minutes: number; readonly travel: number } | undefined
    for (const { base, officers } of teams) {
      const [out, home] = [least[base * places + place] ?? 0, least[place * places + base] ?? 0]
      let minutes = 0
      for (let shift = 0; shift < shifts.length; shift++) {
        const at = site * shifts.length + shift
        const from = Math.max(dayClass.openFrom[at] as number, (hours?.from ?? 0) + out + setUp)
        const to = Math.min(dayClass.openTo[at] as number, (hours?.to ?? 0) - home - pack)
        minutes += Math.max(0, to - from)
      }
      const one = { minutes: Math.max(1, minutes) * officers.length, travel: (out + home) * officers.length }
      if (!best || one.minutes - one.travel > best.minutes - best.travel) best = one
    }
    return best ?? { minutes: 1, travel: 0 }
  })
  const { rows } = limits
  const periods = (rows.teamDays - rows.minutes) / (2 * sites.length)
  // What a minute would be worth if all people were served in proportion.
  let [saved, minutesOfPeople] = [0, 0]
  for (const { people, minutesEach, lastDay } of given.demands) {
    saved += people * (weights.unservedPerson + (lastDay >= 0 ? weights.latePerson : 0))
    minutesOfPeople += people * minutesEach
  }
  const usual = days.map(({ minutes }) => minutes).sort((a, b) => a - b)[days.length >> 1] ?? 0
  const worthOfDay = minutesOfPeople > 0 ? (usual * saved) / minutesOfPeople : 0
  return shares.map(share => {
    const prices = new Float64Array(rows.count)
    days.forEach(({ minutes, travel }, site) => {
      const each = (share * worthOfDay + weights.minute * travel) / minutes
      for (let period = 0; period < periods; period++) {
        prices[rows.minutes + period * 2 * sites.length + site] = each * officersAKitMinute
        prices[rows.minutes + (period * 2 + 1) * sites.length + site] = each
      }
    })
    return prices
  })
}
