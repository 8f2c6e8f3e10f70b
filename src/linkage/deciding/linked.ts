import type { Id } from '../../platform/ids.ts'
import type { LinkRecord } from '../person-record.ts'
import { leastOfNobody, type Ranked } from './decide.ts'
import type { ResolvedRow } from './one-to-one.ts'
import { type MatchFinding, reasonsFor, reasonsOf } from './reason.ts'

/**
 * Who a row may be, as it is shown beside the row. `weight` in bits; the probabilities of a row's candidates sum to
 * less than 1.
 */
export type LinkedCandidate = {
  readonly personId: Id<'person'>
  readonly probability: number
  readonly weight: number
  readonly reasons: readonly MatchFinding[]
}

/**
 * The stored link result of a row: plain values, which pass between threads. `personId` is set where the outcome is
 * matched or duplicate; `holderId` bears or bore the row's number, even if another person is best; `margin` is in bits
 * over the runner-up.
 */
export type LinkResult = {
  readonly outcome: ResolvedRow['outcome']
  readonly personId?: Id<'person'>
  readonly holderId?: Id<'person'>
  readonly probability: number
  readonly margin: number
  readonly reasons: readonly MatchFinding[]
  /** The likeliest first; candidates too unlikely to review are left out, except the number's holder. */
  readonly candidates: readonly LinkedCandidate[]
}

const leastShown = 0.01
const mostShown = 5

export const roundProbability = (probability: number) => Math.round(Math.min(1, Math.max(0, probability)) * 1e6) / 1e6
const aTenth = (bits: number) => Math.round(bits * 10) / 10

/** Rows are compared with records of the register, whose ids are those of persons. */
export const personOf = ({ candidate }: Pick<Ranked, 'candidate'>) => candidate.id as Id<'person'>

/** What is kept of a row's decision; the records themselves are not. */
export function toLinkResult({ row, decision, outcome }: ResolvedRow): LinkResult {
  const { best, candidates, holder, probability, margin } = decision
  const holderId = holderIdOf(row, candidates)
  const isFound = outcome === 'matched' || outcome === 'duplicate'
  const reasons = reasonsOf(row, decision)
  const least = outcome === 'not-found' ? leastOfNobody : leastShown
  const isShown = (one: Ranked, i: number) => i === 0 || one.posterior >= least || one.candidate.id === holderId
  const shown = candidates.length < 2 ? candidates : candidates.filter(isShown).slice(0, mostShown)
  return {
    outcome,
    personId: isFound && best ? personOf(best) : undefined,
    holderId,
    probability: roundProbability(probability),
    margin: aTenth(margin),
    reasons,
    candidates: shown.map(one => ({
      personId: personOf(one),
      probability: roundProbability(one.posterior),
      weight: aTenth(one.weight),
      reasons: one === best ? reasons : reasonsFor(row, one, holder),
    })),
  }
}

/** A number in force goes before one that was cancelled. */
function holderIdOf({ number }: LinkRecord, candidates: readonly Ranked[]): Id<'person'> | undefined {
  if (!number) return undefined
  const theirs = (level: 'exact' | 'was-cancelled') => {
    const holder = candidates.find(({ comparison }) => comparison.number === level)
    return holder && personOf(holder)
  }
  return theirs('exact') ?? theirs('was-cancelled')
}
