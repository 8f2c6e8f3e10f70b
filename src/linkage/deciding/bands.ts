import type { Selector } from '../blocking/blocking.ts'
import { compareParents, isBacked, nameLevelOf, parentAgrees } from '../comparing/comparing.ts'
import type { NameCounts } from '../comparing/frequencies.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { type Bands, bandsOf, type LinkageModel } from '../comparing/weights.ts'
import { estimate } from '../learning/estimate.ts'
import { evenSample, learningPairsOf, mostRows } from '../learning/pairs.ts'
import type { LinkRecord } from '../person-record.ts'
import { bandOf, bestMatch, type Ranked, scorePair } from './decide.ts'
import { type Linker, makeLinker } from './deciding.ts'

/**
 * The stated risk: the share of children who are not in the register and may be linked to a person who is. All else
 * follows from the rolls.
 */
export const statedRisk = { ofStrangers: 0.0015 } as const

/** A pair may never carry more than this, however safe the others are. */
const worst: Required<Bands> = { risk: 0.02, alike: 0.05, bare: 0.002 }
const fewestStrangers = 500

/** How likely the best partner seemed, and for how many such pairs it stands. */
type ApparentMatch = { readonly probability: number; readonly counts: number }
/**
 * By band, likeliest first: of rows whose person was there, and was found; and of rows whose person had been left out.
 */
type ApparentMatches = Record<keyof Bands, ApparentMatch[]>
const noApparentMatches = (): ApparentMatches => ({ risk: [], alike: [], bare: [] })

/**
 * How many of the register's people, of the years in which the rows' pupils were born, stand on some roll that is
 * compared.
 */
export type ExpectedCoverage = { readonly share: number; readonly from: number; readonly to: number }
const nobodyCovered: ExpectedCoverage = { share: 0, from: 0, to: 0 }

/**
 * Who has a row of their own keeps their place: a stranger beside whose name and date nothing stands is not linked to
 * them (rolls/reconciling/duplicate-rule.ts).
 */
const linkedAnyway = ({ candidate, comparison }: Ranked, { share, from, to }: ExpectedCoverage) =>
  !isBacked(comparison) && candidate.birth && candidate.birth.y >= from && candidate.birth.y <= to ? 1 - share : 1

/**
 * How sure a link must be, learnt without labels from strangers that are made: a row whose number proves who it is
 * loses the number, and its person is left out of the register. Whoever is then found would be a false link; how likely
 * each seemed tells where a band has to end. Of all ways to share out what is stated, the one that links most rows by
 * itself. Brothers and sisters are left out with their own: a family is in the register or is not.
 */
export function bandsFrom(
  rows: readonly LinkRecord[],
  people: Pick<Selector, 'ownerOf' | 'candidatesOf'>,
  { model, frequencies }: Linker,
  covered: ExpectedCoverage = nobodyCovered,
): Bands {
  const [rightly, falsely] = [noApparentMatches(), noApparentMatches()]
  let strangers = 0
  for (const row of evenSample(rows, mostRows)) {
    const owner = people.ownerOf(row)
    if (!owner || owner.number !== row.number) continue
    const { number: _number, ...nameless } = row
    const scored = people.candidatesOf(nameless).map(other => scorePair(nameless, other, model, frequencies))
    const { best } = bestMatch(scored, false, frequencies)
    const band = best && bandOf(best)
    if (band && best.candidate.id === owner.id) rightly[band].push({ probability: best.posterior, counts: 1 })

    if (nameLevelOf(row.name, owner.name) !== 'exact') continue
    strangers++
    const others = scored.filter(({ candidate }) => candidate.id !== owner.id && !areOneFamily(owner, candidate))
    const { best: wrong } = bestMatch(others, false, frequencies)
    const wrongBand = wrong && bandOf(wrong)
    if (wrongBand) falsely[wrongBand].push({ probability: wrong.posterior, counts: linkedAnyway(wrong, covered) })
  }
  if (strangers < fewestStrangers) return bandsOf(model)
  for (const seemed of [rightly, falsely])
    for (const band of [seemed.risk, seemed.alike, seemed.bare]) band.sort((a, b) => b.probability - a.probability)
  return splitRisk(rightly, falsely, Math.floor(strangers * statedRisk.ofStrangers))
}

const areOneFamily = (a: LinkRecord, b: LinkRecord) =>
  (a.household !== undefined && a.household === b.household) ||
  (parentAgrees(compareParents(a.father, b.father)) && parentAgrees(compareParents(a.mother, b.mother)))

/**
 * The bands that link most rows while no more false ones are let in than are allowed; pairs beside whose date nothing
 * stands get a third at most.
 */
function splitRisk(rightly: ApparentMatches, falsely: ApparentMatches, allowed: number): Bands {
  const riskOf = (band: keyof Bands, falseOnes: number) => {
    let [first, letIn] = [0, 0]
    for (const { probability, counts } of falsely[band]) {
      letIn += counts
      if (letIn <= falseOnes) continue
      first = probability
      break
    }
    return Math.max(1e-6, Math.min(worst[band], 1 - first))
  }
  const within = (all: readonly ApparentMatch[], risk: number) =>
    all.reduce((sum, { probability, counts }) => (probability > 1 - risk ? sum + counts : sum), 0)
  const bare = riskOf('bare', Math.floor(allowed / 3))
  const left = Math.max(0, Math.floor(allowed - within(falsely.bare, bare)))
  const ways = Array.from({ length: left + 1 }, (_, ofAlike) => ({
    risk: riskOf('risk', left - ofAlike),
    alike: riskOf('alike', ofAlike),
    bare,
  }))
  const linked = ({ risk, alike }: Bands) => within(rightly.risk, risk) + within(rightly.alike, alike)
  return ways.reduce((best, other) => (linked(other) > linked(best) ? other : best))
}

/**
 * A model of these rolls' own errors, and of how sure a link must be; what too few pairs show keeps its typical rate.
 */
export function learnFrom(
  rows: readonly LinkRecord[],
  people: Parameters<typeof learningPairsOf>[1],
  {
    size,
    counts,
    name,
    covered,
  }: {
    readonly size: number
    readonly counts: NameCounts
    readonly name: string
    readonly covered?: ExpectedCoverage | undefined
  },
): LinkageModel {
  const model = estimate(learningPairsOf(rows, people, size), name, typicalModel)
  return { ...model, bands: bandsFrom(rows, people, makeLinker(counts, model), covered) }
}
