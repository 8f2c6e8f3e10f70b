import fc from 'fast-check'
import type { MadeSize } from './made-instance.fixture.ts'

/** Sizes of made instances in which every rule occurs: islands, kits elsewhere, caps that bind, what was announced. */
export const madeSizes: fc.Arbitrary<MadeSize> = fc.record({
  seed: fc.nat(1_000_000),
  sites: fc.integer({ min: 1, max: 9 }),
  teams: fc.integer({ min: 1, max: 4 }),
  officers: fc.integer({ min: 1, max: 3 }),
  kits: fc.integer({ min: 0, max: 3 }),
  days: fc.integer({ min: 1, max: 9 }),
  islands: fc.integer({ min: 0, max: 2 }),
  announced: fc.integer({ min: 0, max: 2 }),
  caps: fc.constantFrom({}, { monthMinutes: 400 }, { yearMinutes: 200 }, { restDaysAMonth: 1 }),
  from: fc.constantFrom('2026-10-08', '2026-10-29', '2026-12-28'),
})
