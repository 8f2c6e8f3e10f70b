import type { Linked, LinkedCandidate } from '../../linkage/deciding/linked.ts'
import type { Finding } from '../../linkage/deciding/reason.ts'
import type { Id } from '../../platform/ids.ts'
import type { Outcome } from '../roll.ts'
import type { Standing } from '../store-found.ts'

/** What a comparison found of a row, its last decision, and the persons whom officers refused for it. */
export type Case = {
  /** Among all candidates. */
  readonly linked: Linked
  /** Among the persons who were not refused; the same where none was. */
  readonly open: Linked
  readonly standing: Pick<Standing, 'decision' | 'personId' | 'withheldId' | 'contested' | 'found'> | undefined
  readonly refused: ReadonlySet<string>
  /** Why the one who was chosen was thought to be the pupil, and why not, when that was last looked at. */
  readonly reasonsThen: readonly Finding[] | undefined
}

export type Verdict = {
  outcome: Outcome
  personId: Id<'person'> | undefined
  /**
   * Whom the machine finds, while another row has that person's place in the school year: so it stays until
   * placement-conflict.ts releases it.
   */
  readonly withheldId?: Id<'person'> | undefined
  readonly contested: boolean
  /** The decision is fulfilled: it stays in the entry's history, and binds no more. */
  readonly wordIsOver: boolean
}

/**
 * Who a row is. An officer's decision holds: the machine never matches a refused pair, and never leaves a chosen one.
 * Where a later change contradicts the decision, it is contested, and an officer decides again.
 */
export function verdictOf(one: Case): Verdict {
  const { decision, personId } = one.standing ?? {}
  if (decision === 'same' && personId)
    return { outcome: 'matched', personId, contested: speaksAgainst(one, personId), wordIsOver: false }

  const { outcome, personId: found } = one.open
  const isWithheld = isMatched(one.open) && found !== undefined && found === one.standing?.withheldId
  if (isWithheld)
    return { outcome: 'review', personId: undefined, withheldId: found, contested: false, wordIsOver: false }
  const free = { outcome, personId: found, contested: false }
  if (decision !== 'different') return { ...free, wordIsOver: decision === 'later' && outcome !== 'review' }
  // A person whom no officer refused: the child was entered in the register, or the school corrected the line.
  if (isMatched(one.open)) return { ...free, wordIsOver: true }
  return { outcome: 'not-found', personId: undefined, contested: isWorthAnotherLook(one), wordIsOver: false }
}

const isMatched = ({ outcome }: Linked) => outcome === 'matched' || outcome === 'duplicate'

/** A contested decision stays so until the machine finds the same person, or an officer decides. */
function speaksAgainst({ linked, standing, reasonsThen }: Case, chosen: string): boolean {
  if (isMatched(linked))
    return linked.personId !== chosen && (standing?.contested || machineBefore(standing) !== linked.personId)
  if (standing?.contested) return true
  const now = linked.candidates.find(({ personId }) => personId === chosen)
  if (!reasonsThen?.length) return false
  return !now || contradictions(now.reasons).some(field => !contradictions(reasonsThen).includes(field))
}

/** The machine's former finding beside the decision, also where it had to wait. */
const machineBefore = (standing: Case['standing']) =>
  standing?.found?.personId ?? standing?.found?.withheldId ?? undefined

/** What says of two records that they are two people, by field. */
const contradicting: Readonly<Record<string, readonly string[]>> = {
  name: ['name-given', 'name-family', 'name-different'],
  birth: ['birth-year-month', 'birth-year', 'birth-different'],
  sex: ['sex-different'],
}
const contradictions = (reasons: readonly Finding[]) =>
  reasons.flatMap(({ field, code }) => (contradicting[field]?.includes(code) ? [field] : []))

/** A refused person would be matched by now, or another one is more likely than not. */
function isWorthAnotherLook({ linked, open, standing, refused }: Case): boolean {
  const wouldBe =
    isMatched(linked) && linked.personId !== undefined && refused.has(linked.personId) ? linked.personId : undefined
  if (wouldBe !== undefined && (standing?.contested || machineBefore(standing) !== wouldBe)) return true
  return open.candidates.some(({ personId, probability }) => probability >= 0.5 && !refused.has(personId))
}

/** The candidates to show: those who were not refused first, and always the chosen one. */
export function shownCandidates({ linked, open, standing }: Case): readonly LinkedCandidate[] {
  const chosen = standing?.decision === 'same' ? standing.personId : undefined
  const shown = new Map([...open.candidates, ...linked.candidates].reverse().map(one => [one.personId, one]))
  const inOrder = [...new Set([...open.candidates, ...linked.candidates].map(({ personId }) => personId))].flatMap(
    id => shown.get(id) ?? [],
  )
  if (!chosen || shown.has(chosen)) return inOrder
  return [...inOrder, { personId: chosen, probability: 0, weight: 0, reasons: [] }]
}
