import { birthContradicts, type Comparison, compare, nameContradicts, parentAgrees } from '../comparing/comparing.ts'
import type { Frequencies } from '../comparing/frequencies.ts'
import { type LinkageModel, totalWeight, weighComparison } from '../comparing/weights.ts'
import type { LinkRecord } from '../person-record.ts'
import type { MatchDecision, MatchOutcome } from './decide.ts'
import { onePlaceEach } from './one-place-each.ts'

/** A row of a roll and what was decided on it alone. */
export type DecidedRow = { readonly row: LinkRecord; readonly decision: MatchDecision }

/** `duplicateOf` is the id of the row that came first. */
export type ResolvedRow = DecidedRow & { readonly outcome: MatchOutcome | 'duplicate'; readonly duplicateOf?: string }

/**
 * One person has one place on a roll. Rows are in the order of the roll: of the rows of one person the first is
 * matched, later ones are its duplicates; a row that is plainly someone else than the best of them goes to review, for
 * two pupils cannot be one person.
 */
export function oneToOne(rows: readonly DecidedRow[], model: LinkageModel, f: Frequencies): ResolvedRow[] {
  const claims = new Map<string, DecidedRow[]>()
  for (const row of rows) {
    const person = row.decision.outcome === 'matched' ? row.decision.best?.candidate.id : undefined
    if (person === undefined) continue
    const others = claims.get(person)
    if (others) others.push(row)
    else claims.set(person, [row])
  }
  const settled = new Map<DecidedRow, ResolvedRow>()
  for (const [person, claimants] of claims)
    if (claimants.length > 1)
      for (const row of resolveClaims(person, claimants, model, f)) settled.set(row.source, row.resolved)
  return rows.map(row => settled.get(row) ?? { ...row, outcome: row.decision.outcome })
}

function resolveClaims(
  person: string,
  claimants: readonly DecidedRow[],
  model: LinkageModel,
  f: Frequencies,
): { source: DecidedRow; resolved: ResolvedRow }[] {
  const best = claimants.reduce((a, b) => (isBetter(b, a) ? b : a))
  const outcomeOf = onePlaceEach<DecidedRow>()
  return claimants.map(source => {
    if (source !== best && areTwoPeople(source, best, model, f))
      return { source, resolved: { ...source, outcome: 'review' } }
    const { outcome, first } = outcomeOf(person, source)
    return { source, resolved: { ...source, outcome, ...(first && { duplicateOf: first.row.id }) } }
  })
}

const decisionWeight = ({ decision }: DecidedRow) => decision.best?.weight ?? 0

const bearsAnother = ({ decision }: DecidedRow) => decision.best?.comparison.number === 'different'

const isBetter = (a: DecidedRow, b: DecidedRow) =>
  bearsAnother(a) === bearsAnother(b) ? decisionWeight(a) > decisionWeight(b) : bearsAnother(b)

/**
 * This row bears quite another number than the person, and the best does not: a namesake of the same day, unless both
 * tell of one home.
 */
function isNamesake(a: DecidedRow, best: DecidedRow, comparison: Comparison): boolean {
  return bearsAnother(a) && !bearsAnother(best) && !isSameHome(comparison)
}

function isSameHome({ father, mother, phone }: Comparison): boolean {
  if (father === 'different' || mother === 'different') return false
  return parentAgrees(father) || parentAgrees(mother) || phone === 'same'
}

const areOfTwoHomes = ({ number, father, mother }: Comparison) =>
  number !== 'exact' && father === 'different' && mother === 'different'

/** The rows differ from one another at least as much as one of them does from the person, and not by mere slips. */
function areTwoPeople(a: DecidedRow, b: DecidedRow, model: LinkageModel, f: Frequencies): boolean {
  const comparison = compare(a.row, b.row)
  if (isNamesake(a, b, comparison) || areOfTwoHomes(comparison)) return true
  const nearness = totalWeight(weighComparison(comparison, a.row, b.row, model, f), f)
  if (nearness > Math.min(decisionWeight(a), decisionWeight(b)) + 0.5) return false
  return nameContradicts(comparison.name) || (birthContradicts(comparison.birth) && comparison.number === 'different')
}
