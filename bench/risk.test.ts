import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulateSeason } from '../synth/season/simulation.ts'
import { brier, knownOn, lineOf, predictSeason, workingDaysBefore } from './statistics/risk-season.ts'

const seeds = [201, 202, 203, 204]
const predicted = seeds.flatMap(seed =>
  predictSeason(simulateSeason({ seed, pupils: 1200 }), { seed, daysBefore: [30, 15] }),
)

test('predicted risk matches the observed share, over few seasons and many (bench/risk.ts)', () => {
  for (const [from, to] of [
    [0.7, 0.9],
    [0.4, 0.6],
    [0.9, 1.01],
  ] as const) {
    const line = lineOf(predicted, from, to)
    assert.ok(line.called > 300, JSON.stringify(line))
    assert.ok(Math.abs(line.came - line.chance) < 0.12, JSON.stringify({ from, ...line }))
  }
})

test('a forecast per pupil is better than one rate for all pupils', () => {
  for (const what of ['card', 'account', 'both'] as const) {
    const these = predicted.filter(one => one.what === what)
    const share = these.filter(({ came }) => came).length / these.length
    const most = what === 'account' ? 1 : 0.9
    assert.ok(brier(these) < most * share * (1 - share), `${what}: ${brier(these)} of ${share * (1 - share)}`)
  }
})

test('a forecast reads nothing from later days', () => {
  const season = simulateSeason({ seed: 205, pupils: 600 })
  const today = workingDaysBefore(season, 25)
  const { spells, states } = knownOn(season, today)
  const cut = <At extends object>(path: At) =>
    Object.fromEntries(
      Object.entries(path).filter(([key, value]) => !isDay(value) || key === 'school' || value <= today),
    )
  const past = {
    ...season,
    pupils: season.pupils.map(pupil => ({ district: pupil.district, school: pupil.school, ...cut(pupil) })),
    sessions: season.sessions.filter(({ announcedOn }) => announcedOn <= today),
  }
  const known = knownOn(past, today)
  assert.deepEqual(known.states, states)
  assert.equal(known.spells.length, spells.length)
})
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
