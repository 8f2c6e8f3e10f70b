// Whether chances of card and account in time hold: twenty simulated seasons, each with parameters of its own,
// predicted on four days from what was known then. What was believed beforehand (Learning, Doubt) was found on seeds
// 1–30; told are seeds 101–120, on which nothing was tried. node bench/risk.ts [FIRST_SEED [SEASONS]]
import { measureLeadTimes } from '../src/statistics/risk/lead-time.ts'
import { openRisks } from '../src/statistics/risk/risk.ts'
import { simulateSeason } from '../synth/season/simulation.ts'
import { brier, knownOn, lineOf, type Predicted, predictSeason, workingDaysBefore } from './statistics/risk-season.ts'

const [first, count] = [Number(process.argv[2] ?? 101), Number(process.argv[3] ?? 20)]
const daysBefore = [40, 30, 20, 10]
const seeds = Array.from({ length: count }, (_, i) => first + i)

const predicted = seeds.flatMap(seed => predictSeason(simulateSeason({ seed }), { seed, daysBefore }))
const of = (what: Predicted['what']) => predicted.filter(one => one.what === what)
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`)

console.log(
  `Seeds ${first} to ${first + count - 1}, ${daysBefore.join(', ')} working days before the card's deadline\n`,
)
row(['called 75 % to 85 %', 'predictions', 'mean said', 'made it', 'Brier score of all'])
row(['---', '---:', '---:', '---:', '---:'])
for (const [name, list] of [
  ['card', of('card')],
  ['account', of('account')],
  ['both', of('both')],
  ['all three', predicted],
] as const) {
  const line = lineOf(list, 0.75, 0.85)
  row([name, line.called, percent(line.chance), percent(line.came), brier(list).toFixed(3)])
}

console.log()
row(['called', 'card: n', 'said', 'made it', 'account: n', 'said', 'made it', 'both: n', 'said', 'made it'])
row(['---', ...Array.from({ length: 9 }, () => '---:')])
for (let tenth = 0; tenth < 10; tenth += 1) {
  const cells = (['card', 'account', 'both'] as const).flatMap(what => {
    const line = lineOf(of(what), tenth / 10, tenth === 9 ? 1.01 : (tenth + 1) / 10)
    return [line.called, percent(line.chance), percent(line.came)]
  })
  row([`${tenth * 10} to ${tenth * 10 + 10} %`, ...cells])
}

console.log()
row(['called 75 % to 85 %, so many working days before', 'predictions', 'made it'])
row(['---', '---:', '---:'])
for (const day of daysBefore) {
  const line = lineOf(
    predicted.filter(one => one.day === day),
    0.75,
    0.85,
  )
  row([day, line.called, percent(line.came)])
}

const bySeason = seeds
  .map(
    seed =>
      lineOf(
        predicted.filter(one => one.seed === seed),
        0.75,
        0.85,
      ).came,
  )
  .sort((a, b) => a - b)
console.log(
  `\nBy season, made it of those called 75 % to 85 %: ${bySeason.map(share => (100 * share).toFixed(0)).join(', ')} %`,
)

const season = simulateSeason({ seed: first, pupils: 60_000, schoolSize: [150, 350] })
const { spells, states, question } = knownOn(season, workingDaysBefore(season, 20))
const began = performance.now()
const leadTimes = measureLeadTimes(spells, question)
const measured = performance.now()
const risks = openRisks(leadTimes, question)
for (const state of states) risks.of(state)
const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2)
const groups = new Set(states.map(({ group }) => group)).size
console.log(
  `\n${states.length} pupils in ${groups} schools: lead times of ${spells.length} spells ` +
    `${seconds(began, measured)} s, risks ${seconds(measured, performance.now())} s`,
)
