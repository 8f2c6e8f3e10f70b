import type { Day } from '../platform/day.ts'
import type { ApplicationKind } from './capture.ts'

/** How many working days the law gives, as a whole and step by step. From which day they count, and which days work, is the register's (working-day.ts). */

/** What a district is, as far as time limits go. */
export type PlaceKind = 'city' | 'remote' | 'elsewhere'

// biome-ignore format: a table of law
const wholes: readonly { readonly from: Day | ''; readonly days: Readonly<Record<PlaceKind, Readonly<Record<ApplicationKind, number>>>>; readonly source: string }[] = [
  {
    from: '',
    days: {
      city:      { 'first-issue': 7,  exchange: 7,  're-issue': 15 },
      remote:    { 'first-issue': 20, exchange: 20, 're-issue': 20 },
      elsewhere: { 'first-issue': 15, exchange: 15, 're-issue': 15 },
    },
    source: 'LCCCD Art. 25',
  },
  {
    from: '2024-07-01' as Day,
    days: {
      city:      { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      remote:    { 'first-issue': 7, exchange: 7, 're-issue': 7 },
      elsewhere: { 'first-issue': 7, exchange: 7, 're-issue': 7 },
    },
    source: 'LCC Art. 26',
  },
]

/** Working days from a complete application to the card, by the law of the day on which it was taken. */
export const workingDaysFor = (kind: ApplicationKind, place: PlaceKind, day: Day): number =>
  (wholes.findLast(({ from }) => from <= day) ?? wholes[0])?.days[place][kind] ?? 7

const urban = /^(thành phố|thị xã)\s/i

/** Districts that are highland, border or island ones (domain.md 5; from common knowledge, to be confirmed by the operator): codes of 2023. */
const remote: readonly string[] = ['194', '198', '199', '201', '202', '203', '207']

/** A city of the border is both; the longer limit is what the law allows there, the shorter what people expect: it is a city. */
export const placeKindOf = (district: { readonly code: string; readonly name: string } | undefined): PlaceKind => {
  if (!district) return 'elsewhere'
  if (urban.test(district.name)) return 'city'
  return remote.includes(district.code) ? 'remote' : 'elsewhere'
}
