import {
  birthAgrees,
  birthContradicts,
  type Comparison,
  compare,
  type FieldLevel,
  fields,
  nameAgrees,
  nameContradicts,
  numberIsClose,
  numberIsTheirs,
  parentAgrees,
} from '../comparing/comparing.ts'
import { areTwoGivenNames, type Frequencies } from '../comparing/frequencies.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import {
  type Bands,
  bandsOf,
  type LinkageModel,
  totalWeight,
  type Weights,
  weighComparison,
} from '../comparing/weights.ts'
import type { LinkRecord } from '../person-record.ts'

/**
 * A pair that was compared. `weight` in bits; `probability` that the two are one person, as if there were no other
 * candidate.
 */
export type Scored = {
  readonly candidate: LinkRecord
  readonly comparison: Comparison
  readonly weights: Weights
  readonly weight: number
  readonly probability: number
  /** The given names are two names, however near: with the same date and parents they are twins. */
  readonly twoGivenNames: boolean
}

/**
 * A candidate among its rivals: the probabilities of a row's candidates sum to less than 1; the rest is that it is
 * nobody of the register.
 */
export type Ranked = Scored & { readonly posterior: number }

export type MatchOutcome = 'matched' | 'review' | 'not-found'

/** `holder` bears the row's number, whoever is best; `margin` in bits over the runner-up. */
export type MatchDecision = {
  readonly outcome: MatchOutcome
  readonly probability: number
  readonly margin: number
  readonly best?: Ranked
  readonly runnerUp?: Ranked
  readonly holder?: Ranked
  readonly candidates: readonly Ranked[]
}

/** A pair less likely than this is nobody's work. */
const doubt = 0.02

/** Odds that the two are one person, were every person of the register and "nobody's" equally likely beforehand. */
const oddsOf = (weight: number, total: number) => 2 ** weight / total

export function scorePair(record: LinkRecord, candidate: LinkRecord, model: LinkageModel, f: Frequencies): Scored {
  const comparison = compare(record, candidate)
  const weights = weighComparison(comparison, record, candidate, model, f)
  const weight = totalWeight(weights, f)
  const odds = oddsOf(weight, f.total)
  const twoGivenNames = !!record.name && !!candidate.name && areTwoGivenNames(record.name, candidate.name, f)
  return { candidate, comparison, weights, weight, probability: odds / (1 + odds), twoGivenNames }
}

/**
 * Whether a candidate can have any part in a decision: all others together are less likely than the doubt below which
 * nobody looks.
 */
export const isWorthKeeping = ({ comparison, weight }: Scored, f: Frequencies) =>
  numberIsTheirs(comparison.number) || weight > Math.log2(f.total) - 18

/**
 * Who the row is: in order,
 * 1. a number which is theirs, with a name or a date that agrees, decides, unless somebody else has name and date both
 *    and the holder has not;
 * 2. a number whose holder has neither name nor date was copied from somebody (a brother's, a neighbour's line): it
 *    speaks neither for the
 *    holder nor against others, and never links by itself;
 * 3. the best by weight is matched when the risk is within the band of what the row gives, and its own name and date do
 *    not contradict;
 * 4. what is left with some likelihood, and every row whose number has a holder, is for a person to look at.
 */
export function bestMatch(
  scored: readonly Scored[],
  hasNumber: boolean,
  f: Frequencies,
  {
    coverage = typicalCoverage,
    bands = bandsOf(typicalModel),
  }: { readonly coverage?: RegisterCoverage; readonly bands?: Bands } = {},
): MatchDecision {
  const holder = numberHolder(scored)
  const isProven = holder !== undefined && provesItself(holder, scored)
  const isContested =
    holder !== undefined && isProven && scored.some(rival => rival !== holder && outdoes(rival, holder, f))
  const ranked = rankCandidates(
    isProven || !hasNumber ? scored : scored.map(one => withoutNumberProof(one, f)),
    f,
    isProven ? 'proven' : coverageClassOf(hasNumber),
    coverage,
  )
  const rankedHolder = ranked.find(({ candidate }) => candidate === holder?.candidate)
  const best = isProven ? rankedHolder : ranked[0]
  if (!best) return { outcome: 'not-found', probability: 0, margin: 0, candidates: [] }

  const runnerUp = ranked.find(other => other !== best)
  const outcome = outcomeOf(best, { isProven, isContested, hasHolder: holder !== undefined, hasNumber, bands })
  return {
    outcome,
    probability: best.posterior,
    margin: best.weight - (runnerUp?.weight ?? best.weight - Math.log2(f.total)),
    best,
    runnerUp,
    holder: rankedHolder,
    candidates: ranked.every(isWorthShowing) ? ranked : ranked.filter(isWorthShowing),
  }
}

/**
 * The least probability with which a candidate of a row without a match is kept. Among a million people so unlikely a
 * candidate is noise; among the children on no roll, some three hundred times fewer, it is a doubt.
 */
export const leastOfNobody = 0.0002
const isWorthShowing = ({ comparison, posterior }: Ranked, at: number) =>
  numberIsTheirs(comparison.number) || (at < 5 && posterior >= leastOfNobody)

type DecisionInput = {
  readonly isProven: boolean
  readonly isContested: boolean
  readonly hasHolder: boolean
  readonly hasNumber: boolean
  readonly bands: Bands
}

function outcomeOf(best: Ranked, { isProven, isContested, hasHolder, hasNumber, bands }: DecisionInput): MatchOutcome {
  if (isProven) return isContested ? 'review' : 'matched'
  const band = bandOf(best)
  // An unknown number, or another person's, is evidence against the row as a whole.
  const risk = band === undefined || (band === 'bare' && hasNumber) ? undefined : bands[band]
  if (risk !== undefined && best.posterior >= 1 - risk) return 'matched'
  return hasHolder || best.posterior >= doubt ? 'review' : 'not-found'
}

/** Which band's risk a pair may carry; undefined for pairs that only a person links. */
export function bandOf(scored: Scored): keyof Bands | undefined {
  const standing = evidenceOfPair(scored)
  if (standing === 'apart') return undefined
  return areAlike(scored.comparison) ? 'alike' : standing === 'backed' ? 'risk' : 'bare'
}

/** The same name and date to the letter. */
const areAlike = ({ name, birth }: Comparison) => name === 'exact' && birth === 'exact'

/** Two persons never bear one number; where the register has them all the same, the likelier one is meant. */
function numberHolder(scored: readonly Scored[]): Scored | undefined {
  let holder: Scored | undefined
  for (const one of scored)
    if (numberIsTheirs(one.comparison.number) && (!holder || one.weight > holder.weight)) holder = one
  return holder
}

/**
 * The date alone proves the number only where no twin can be meant: they share the date, the family name and the
 * number's first digits.
 */
function provesItself({ comparison, candidate }: Scored, scored: readonly Scored[]): boolean {
  if (nameAgrees(comparison.name)) return true
  if (!birthAgrees(comparison.birth)) return comparison.name === 'family-given' && !birthContradicts(comparison.birth)
  if (comparison.name === 'family-given' || comparison.name === 'given') return true
  return (
    comparison.sex !== 'different' &&
    !scored.some(
      other =>
        other.candidate !== candidate && nameAgrees(other.comparison.name) && birthAgrees(other.comparison.birth),
    )
  )
}

/**
 * Somebody else has name and date whole, while the holder's contradict in one: a namesake's number, or two people in
 * one line. Twins are near in both: there the name to the letter counts.
 */
const outdoes = (rival: Scored, holder: Scored, f: Frequencies) =>
  nameAgrees(rival.comparison.name) &&
  rival.comparison.birth === 'exact' &&
  (birthContradicts(holder.comparison.birth) || nameContradicts(holder.comparison.name) || isTwinTo(rival, holder)) &&
  withoutNumberProof(rival, f).weight > withoutNumberProof(holder, f).weight

const isTwinTo = (rival: Scored, holder: Scored) =>
  rival.comparison.name === 'exact' && holder.comparison.name !== 'exact' && holder.comparison.name !== 'marks-missing'

/**
 * The evidence that a name and a date without contradiction still need: a namesake of the same year counts as another
 * person until then, or until the match is as good as sure.
 */
const needs: Readonly<Record<FieldLevel<'birth'>, 'nothing' | 'place' | 'parent'>> = {
  exact: 'nothing',
  swapped: 'nothing',
  'year-off': 'place',
  'one-digit': 'parent',
  'partial-month': 'parent',
  'partial-year': 'parent',
  default: 'parent',
  'year-month': 'parent',
  year: 'parent',
  different: 'parent',
  missing: 'parent',
}

/**
 * A sibling has another name, though it may be near: twins are called Hùng and Hưng, or Thùy Linh and Khánh Linh; but
 * never Anh Dũng and Dũng Anh. Who has two other parents is a namesake, unless the number is nearly the same. Where
 * nothing stands beside a name and a date that agrees in part, the pair is bare.
 */
function evidenceOfPair({ comparison, twoGivenNames }: Scored): 'backed' | 'bare' | 'apart' {
  const { name, birth, number, unit, father, mother } = comparison
  const otherParents = father === 'different' && mother === 'different'
  const sameParent = parentAgrees(father) || parentAgrees(mother)
  const isSiblings = sameParent && ((twoGivenNames && name !== 'words-swapped') || name === 'family-given')
  // Other people's middle names go with a family and a given name as well.
  if (name === 'family-given' && !numberIsClose(number)) return 'apart'
  if (nameContradicts(name) || isSiblings || (otherParents && !numberIsClose(number))) return 'apart'
  const backed = numberIsClose(number) || (sameParent && father !== 'different' && mother !== 'different')
  if (backed) return 'backed'
  if (name === 'missing') return 'apart'
  const isNear = unit === 'same-commune' || unit === 'school-commune'
  return needs[birth] === 'nothing' || (needs[birth] === 'place' && isNear) ? 'backed' : 'bare'
}

const ofNumber = fields.indexOf('number')

/** A number that proves nothing is neither for nor against anyone, unless it is nearly the candidate's own. */
export function withoutNumberProof(scored: Scored, f: Frequencies): Scored {
  if (scored.weights[ofNumber] === 0 || numberIsClose(scored.comparison.number)) return scored
  const weights = scored.weights.with(ofNumber, 0)
  return { ...scored, weights, weight: totalWeight(weights, f) }
}

const coverageClassOf = (hasNumber: boolean): keyof RegisterCoverage => (hasNumber ? 'unproven' : 'numberless')

function rankCandidates(
  scored: readonly Scored[],
  f: Frequencies,
  standing: keyof RegisterCoverage,
  coverage: RegisterCoverage,
): Ranked[] {
  const prior = coverage[standing] / (1 - coverage[standing])
  let all = 1
  for (const { weight } of scored) all += oddsOf(weight, f.total) * prior
  const ranked = scored.map(one => ({ ...one, posterior: (oddsOf(one.weight, f.total) * prior) / all }))
  return ranked.length < 2 ? ranked : ranked.sort((a, b) => b.weight - a.weight)
}

/**
 * How many rows of a roll are of people in the register, by what their number proves. Strangers have no number of the
 * register's.
 */
export type RegisterCoverage = { readonly proven: number; readonly unproven: number; readonly numberless: number }
const typicalCoverage: RegisterCoverage = { proven: 0.99, unproven: 0.3, numberless: 0.8 }

/**
 * Learns the shares of a roll from its rows (empirical Bayes by EM): a class of foreigners' children is judged
 * otherwise than one of old residents. The typical share counts as ten rows, so that a short roll says little.
 */
export function coverageOf(
  rolls: readonly { scored: readonly Scored[]; hasNumber: boolean }[],
  f: Frequencies,
): RegisterCoverage {
  const likelihoods = { unproven: [] as number[], numberless: [] as number[] }
  for (const { scored, hasNumber } of rolls) {
    const holder = numberHolder(scored)
    if (holder && provesItself(holder, scored)) continue
    const judged = hasNumber ? scored.map(one => withoutNumberProof(one, f)) : scored
    likelihoods[hasNumber ? 'unproven' : 'numberless'].push(
      judged.reduce((sum, { weight }) => sum + oddsOf(weight, f.total), 0),
    )
  }
  return {
    ...typicalCoverage,
    unproven: shareOf(likelihoods.unproven, typicalCoverage.unproven),
    numberless: shareOf(likelihoods.numberless, typicalCoverage.numberless),
  }
}

function shareOf(likelihoods: readonly number[], typical: number): number {
  let share = typical
  for (let round = 0; round < 12; round++) {
    const prior = share / (1 - share)
    const found = likelihoods.reduce((sum, odds) => sum + (odds * prior) / (1 + odds * prior), 10 * typical)
    share = Math.min(0.97, Math.max(0.05, found / (likelihoods.length + 10)))
  }
  return share
}
