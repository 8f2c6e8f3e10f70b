import type { LinkedCandidate, LinkResult } from '../../linkage/deciding/linked.ts'
import type { MatchFinding } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { RowOutcome } from '../roll.ts'
import type { RowStatus } from '../store-outcome.ts'

/** What a comparison found of a row, its last decision, and the persons whom officers refused for it. */
export type RowComparison = {
  /** Among all candidates. */
  readonly linked: LinkResult
  /** Among the persons who were not refused; the same where none was. */
  readonly open: LinkResult
  readonly standing: Pick<RowStatus, 'decision' | 'personId' | 'withheldId' | 'contested' | 'found'> | undefined
  readonly refused: ReadonlySet<string>
  /** Why the one who was chosen was thought to be the pupil, and why not, when that was last looked at. */
  readonly reasonsThen: readonly MatchFinding[] | undefined
}

export type DecidedOutcome = {
  outcome: RowOutcome
  personId: Id<'person'> | undefined
  /**
   * Whom the machine finds, while another row has that person's place in the school year: so it stays until
   * duplicate-rule.ts releases it.
   */
  readonly withheldId?: Id<'person'> | undefined
  readonly contested: boolean
  /** The decision is fulfilled: it stays in the entry's history, and binds no more. */
  readonly decisionIsOver: boolean
}

/**
 * Who a row is. An officer's decision holds: the machine never matches a refused pair, and never leaves a chosen one.
 * Where a later change contradicts the decision, it is contested, and an officer decides again.
 */
export function decideRow(comparison: RowComparison): DecidedOutcome {
  const { decision, personId } = comparison.standing ?? {}
  if (decision === 'same' && personId)
    return { outcome: 'matched', personId, contested: contradictsDecision(comparison, personId), decisionIsOver: false }

  const { outcome, personId: found } = comparison.open
  const isWithheld = isMatched(comparison.open) && found !== undefined && found === comparison.standing?.withheldId
  if (isWithheld)
    return { outcome: 'review', personId: undefined, withheldId: found, contested: false, decisionIsOver: false }
  const free = { outcome, personId: found, contested: false }
  if (decision !== 'different') return { ...free, decisionIsOver: decision === 'later' && outcome !== 'review' }
  // A person whom no officer refused: the child was entered in the register, or the school corrected the line.
  if (isMatched(comparison.open)) return { ...free, decisionIsOver: true }
  return { outcome: 'not-found', personId: undefined, contested: needsAnotherLook(comparison), decisionIsOver: false }
}

const isMatched = ({ outcome }: LinkResult) => outcome === 'matched' || outcome === 'duplicate'

/** A contested decision stays so until the machine finds the same person, or an officer decides. */
function contradictsDecision({ linked, standing, reasonsThen }: RowComparison, chosen: string): boolean {
  if (isMatched(linked))
    return linked.personId !== chosen && (standing?.contested || machineFoundBefore(standing) !== linked.personId)
  if (standing?.contested) return true
  const now = linked.candidates.find(({ personId }) => personId === chosen)
  if (!reasonsThen?.length) return false
  return !now || contradictions(now.reasons).some(field => !contradictions(reasonsThen).includes(field))
}

/** The machine's former finding beside the decision, also where it had to wait. */
const machineFoundBefore = (standing: RowComparison['standing']) =>
  standing?.found?.personId ?? standing?.found?.withheldId ?? undefined

/** What says of two records that they are two people, by field. */
const contradicting: Readonly<Record<string, readonly string[]>> = {
  name: ['name-given', 'name-family', 'name-different'],
  birth: ['birth-year-month', 'birth-year', 'birth-different'],
  sex: ['sex-different'],
}
const contradictions = (reasons: readonly MatchFinding[]) =>
  reasons.flatMap(({ field, code }) => (contradicting[field]?.includes(code) ? [field] : []))

/** A refused person would be matched by now, or another one is more likely than not. */
function needsAnotherLook({ linked, open, standing, refused }: RowComparison): boolean {
  const wouldBe =
    isMatched(linked) && linked.personId !== undefined && refused.has(linked.personId) ? linked.personId : undefined
  if (wouldBe !== undefined && (standing?.contested || machineFoundBefore(standing) !== wouldBe)) return true
  return open.candidates.some(({ personId, probability }) => probability >= 0.5 && !refused.has(personId))
}

/** The candidates to show: those who were not refused first, and always the chosen one. */
export function candidatesToShow({ linked, open, standing }: RowComparison): readonly LinkedCandidate[] {
  const chosen = standing?.decision === 'same' ? standing.personId : undefined
  const shown = new Map([...open.candidates, ...linked.candidates].reverse().map(one => [one.personId, one]))
  const inOrder = [...new Set([...open.candidates, ...linked.candidates].map(({ personId }) => personId))].flatMap(
    id => shown.get(id) ?? [],
  )
  if (!chosen || shown.has(chosen)) return inOrder
  return [...inOrder, { personId: chosen, probability: 0, weight: 0, reasons: [] }]
}
