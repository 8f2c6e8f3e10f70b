import type { PlanInstance } from './instance.ts'
import { type MadeSize, madeInstance } from './made-instance.fixture.ts'

/** Instances that are small enough for their optimum to be found exactly, each with something of its own. */
const sizes: readonly MadeSize[] = [
  { seed: 1, sites: 2, teams: 1, days: 2 },
  { seed: 2, sites: 2, teams: 1, days: 2, islands: 1, people: 200 },
  { seed: 3, sites: 3, teams: 1, days: 2, announced: 1, people: 150, width: 50 },
  { seed: 4, sites: 2, teams: 2, days: 1, people: 100 },
  { seed: 5, sites: 3, teams: 1, days: 2, width: 60, from: '2026-10-09' },
  { seed: 6, sites: 2, teams: 1, days: 3, caps: { monthMinutes: 300 } },
  { seed: 7, sites: 4, teams: 1, days: 2, width: 60, people: 300 },
  { seed: 8, sites: 3, teams: 2, days: 1, width: 50 },
  { seed: 19, sites: 8, teams: 1, days: 1, width: 120, people: 400 },
  { seed: 10, sites: 6, teams: 1, days: 2, width: 110, people: 600 },
  { seed: 11, sites: 2, teams: 2, days: 2, people: 300, from: '2026-10-09' },
  { seed: 13, sites: 2, days: 2, people: 60, islands: 1 },
]

export const tinyInstances: readonly PlanInstance[] = sizes.map(size => madeInstance({ ...size, minutesEach: 5 }))

/**
 * What the best plan of each comes to, by its place in the list, as `exactOptimum` finds it (exact.fixture.ts). Some
 * take minutes, so a test finds only the quick ones again.
 */
export const tinyOptima: ReadonlyMap<number, { readonly total: number }> = new Map(
  [13_640, 14_220, 6630, 9900, 7260, 11_860, 31_660, 21_220, 59_140, 91_460, 375, 1600].map((total, at) => [
    at,
    { total },
  ]),
)
