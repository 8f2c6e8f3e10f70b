import type { FollowUpOwner } from '../../follow-ups/follow-ups.ts'
import type { RollDefect } from '../roll.ts'
import type { BlockedStep, FollowUpEvidence } from './evidence-code.ts'

type OwnerRule = {
  /** What it blocks; a defect that blocks nothing is reported, and has no owner. */
  readonly stops: readonly BlockedStep[]
  /** No evidence supports either side. */
  readonly silent: FollowUpOwner
  /** Evidence is for the roll, so the register is likelier wrong. */
  readonly forRoll: FollowUpOwner
  /** Evidence is for the register. */
  readonly forRegister: FollowUpOwner
  /** The row is nobody of the register: with something in the place of the number, or with nothing. */
  readonly nobody: FollowUpOwner
  readonly numberless: FollowUpOwner
  /** The school has seen papers that confirm the roll; absent where papers decide nothing. */
  readonly papers?: FollowUpOwner
}

const allSteps: readonly BlockedStep[] = ['card', 'account', 'exam']
const examOnly: readonly BlockedStep[] = ['exam']
const noSteps: readonly BlockedStep[] = []

/**
 * The owner of each defect, by the side that the evidence supports. Without evidence the school comes first: it has the
 * pupil and the papers at hand, and the register is the older record. The ward comes first where the register
 * contradicts itself (domain.md 1.5), and where the papers have been seen: data are corrected there before a card is
 * issued (2E, 2.10). The family comes first where the school has no paper at all (6.1).
 */
export const ownerRules: Record<RollDefect, OwnerRule> = {
  // Trailing comments cite domain.md.
  'number-missing': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'family',
  }, // 6.1, 6.2
  'number-malformed': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 1.9, 6.5
  'number-lost-zero': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 1.9
  'number-differs': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.6, 6.5
  'number-of-another-person': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5
  'number-cancelled': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.5
  'number-contradicts-record': {
    stops: allSteps,
    silent: 'ward',
    forRoll: 'ward',
    forRegister: 'ward',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 1.5, 1.6
  'name-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4, 6.5
  'name-marks-differ': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5, 9.4
  'birth-day-month-swapped': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.5, 9.7
  'birth-date-partial': {
    stops: examOnly,
    silent: 'family',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'family',
    numberless: 'family',
    papers: 'ward',
  }, // 6.8, 9.7
  'birth-date-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4
  'sex-differs': {
    stops: allSteps,
    silent: 'school',
    forRoll: 'ward',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 6.4
  'residence-differs': {
    stops: noSteps,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.10: compared by attendance
  'text-legacy-encoded': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 9.5
  deceased: {
    stops: allSteps,
    silent: 'ward',
    forRoll: 'ward',
    forRegister: 'ward',
    nobody: 'school',
    numberless: 'school',
    papers: 'ward',
  }, // 8
  'duplicate-in-roll': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.5
  'duplicate-across-schools': {
    stops: examOnly,
    silent: 'school',
    forRoll: 'school',
    forRegister: 'school',
    nobody: 'school',
    numberless: 'school',
  }, // 6.5
  'not-in-register': {
    stops: allSteps,
    silent: 'family',
    forRoll: 'family',
    forRegister: 'family',
    nobody: 'school',
    numberless: 'family',
    papers: 'family',
  }, // 2E.3a, 6.1
}

export const blocksSomeStep = (defect: RollDefect) => ownerRules[defect].stops.length > 0

/** Which column of the table a piece of evidence stands for. */
const columnOf: Record<
  Exclude<FollowUpEvidence, 'papers' | 'register'>,
  'silent' | 'forRoll' | 'forRegister' | 'nobody' | 'numberless'
> = {
  silent: 'silent',
  'roll-alone': 'silent',
  'register-against-itself': 'silent',
  'register-consistent': 'forRegister',
  'digits-for-roll': 'forRoll',
  'roll-gives-more': 'forRoll',
  'another-roll-agrees': 'forRoll',
  'digits-for-register': 'forRegister',
  'register-gives-more': 'forRegister',
  nobody: 'nobody',
  numberless: 'numberless',
}

/** The owner of a defect by its evidence. A value that the police have confirmed goes back to the school. */
export function followUpOwnerOf(defect: RollDefect, evidence: FollowUpEvidence): FollowUpOwner {
  const rule = ownerRules[defect]
  if (evidence === 'register') return 'school'
  if (evidence === 'papers') return rule.papers ?? rule.silent
  return rule[columnOf[evidence]]
}

/** Whether papers decide it, so that the school can answer that they show what it wrote. */
export const papersDecide = (defect: RollDefect) => ownerRules[defect].papers !== undefined
