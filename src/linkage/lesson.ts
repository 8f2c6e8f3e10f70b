import { compareNames } from './comparison.ts'
import { bandOf, bestMatch, score } from './decide.ts'
import { estimate, type LearningPairs, type Pair } from './estimate.ts'
import type { Counts } from './frequencies.ts'
import { type Linker, prepare } from './linkage.ts'
import type { LinkRecord } from './person-record.ts'
import type { Selector } from './select.ts'
import { type Bands, bandsOf, type LinkageModel, typicalModel } from './weights.ts'

/** So many rows teach as much as all do; below so few pairs of one number, EM has to stand in (see estimate). */
const mostRows = 20_000
const randomPairs = 20_000
const mostBlocked = 5000

/** Every so many of a list, spread over the whole of it. */
function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most)
  return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]).filter(one => one !== undefined)
}

/**
 * What rolls teach of the errors in them, without labels: rows and people of one number, for `m`; of one name and birth date, for how often numbers are
 * wrong; any row and anybody, for `u`. Whom a row is paired with at random follows from its place: the same rolls teach the same.
 */
export function lessonsOf(
  rows: readonly LinkRecord[],
  people: Pick<Selector, 'ownerOf' | 'alike' | 'person' | 'candidatesOf'>,
  size: number,
): LearningPairs {
  const some = spread(rows, mostRows)
  const equalNumber: Pair[] = []
  const equalNameAndBirth: Pair[] = []
  for (const row of some) {
    const owner = people.ownerOf(row)
    if (owner && owner.number === row.number) equalNumber.push([row, owner])
    const alike = people.alike(row)
    if (alike.length === 1 && alike[0]) equalNameAndBirth.push([row, alike[0]])
  }
  const random = Array.from({ length: size === 0 ? 0 : Math.min(randomPairs, some.length * 4) }, (_, i): Pair[] => {
    const row = some[i % Math.max(some.length, 1)]
    return row ? [[row, people.person((Math.imul(i + 1, 0x9e3779b1) >>> 0) % size)]] : []
  }).flat()
  return { equalNumber, equalNameAndBirth, random, blocked: blocked(some, people), persons: size }
}

/** Made only where it is read: each row with all whom it may be, though it had no number. */
function* blocked(rows: readonly LinkRecord[], people: Pick<Selector, 'candidatesOf'>): Generator<Pair> {
  for (const row of spread(rows, mostBlocked)) for (const candidate of people.candidatesOf(row)) yield [row, candidate]
}

/**
 * The risks that are stated: of a hundred thousand links made without a person's look, how many may be false; and of as many children who are not in the
 * register at all, how many may be taken for somebody who is. All else follows from them and from the rolls.
 */
export const statedRisk = { ofLinks: 0.0005, ofStrangers: 0.001 } as const

/** A pair may never carry more than this, however safe the others are. */
const worst: Required<Bands> = { risk: 0.05, alike: 0.1, bare: 0.002 }
const fewestStrangers = 500

/**
 * How sure a link must be, learnt without labels from strangers that are made: a row whose number proves who it is loses the number, and its person is left
 * out of the register. Whoever is then found would be a false link; how likely each seemed tells where the band has to end.
 */
export function bandsFrom(
  rows: readonly LinkRecord[],
  people: Pick<Selector, 'ownerOf' | 'candidatesOf'>,
  { model, frequencies }: Linker,
): Bands {
  const found: { readonly probability: number; readonly band: keyof Bands }[] = []
  let strangers = 0
  for (const row of spread(rows, mostRows)) {
    const owner = people.ownerOf(row)
    if (!owner || owner.number !== row.number || compareNames(row.name, owner.name) !== 'exact') continue
    strangers++
    const { number: _number, ...nameless } = row
    const others = people.candidatesOf(nameless).filter(({ id }) => id !== owner.id)
    const { best } = bestMatch(
      others.map(other => score(nameless, other, model, frequencies)),
      false,
      frequencies,
    )
    const band = best && bandOf(best)
    if (band) found.push({ probability: best.posterior, band })
  }
  if (strangers < fewestStrangers) return bandsOf(model)
  const allowed = Math.floor(strangers * statedRisk.ofStrangers)
  const kindOf = (band: keyof Bands) => found.flatMap(one => (one.band === band ? one.probability : [])).sort((a, b) => b - a)
  const riskFor = (band: keyof Bands, kind: readonly number[], falseOnes: number) => {
    const first = kind[Math.floor(falseOnes)]
    return Math.max(1e-6, Math.min(worst[band], first === undefined ? 1 : 1 - first))
  }
  const bares = kindOf('bare')
  const bare = riskFor('bare', bares, allowed / 3)
  // Half of what is then left for each of the others.
  const left = allowed - bares.filter(probability => probability >= 1 - bare).length
  return { risk: riskFor('risk', kindOf('risk'), left / 2), alike: riskFor('alike', kindOf('alike'), left / 2), bare }
}

/** A model of these rolls' own errors, and of how sure a link must be; what too few pairs show keeps its typical rate. */
export function learnFrom(
  rows: readonly LinkRecord[],
  people: Parameters<typeof lessonsOf>[1],
  { size, counts, name }: { readonly size: number; readonly counts: Counts; readonly name: string },
): LinkageModel {
  const model = estimate(lessonsOf(rows, people, size), name, typicalModel)
  return { ...model, bands: bandsFrom(rows, people, prepare(counts, model)) }
}
