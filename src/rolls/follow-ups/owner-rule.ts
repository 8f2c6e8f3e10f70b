import type { FollowUpOwner } from '../../follow-ups/follow-ups.ts'
import type { RollDefect } from '../roll.ts'
import type { BlockedStep, FollowUpEvidence } from './evidence-code.ts'

type OwnerRule = {
  /** What it blocks. */
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
  readonly papers?: FollowUpOwner | undefined
}

const allSteps: readonly BlockedStep[] = ['card', 'account', 'exam']
const examOnly: readonly BlockedStep[] = ['exam']
const noSteps: readonly BlockedStep[] = []

/** The roll alone can be wrong, so the school acts whatever the evidence says. */
const rollIsWrong: OwnerRule = {
  stops: examOnly,
  silent: 'school',
  forRoll: 'school',
  forRegister: 'school',
  nobody: 'school',
  numberless: 'school',
}
/** The roll's number is wrong, unless papers say so too. */
const numberIsWrong: OwnerRule = { ...rollIsWrong, papers: 'ward' }
/** Either side may be wrong. */
const valuesDiffer: OwnerRule = { ...rollIsWrong, stops: allSteps, forRoll: 'ward', papers: 'ward' }
/** The register itself looks wrong, so the ward acts whatever the evidence says. */
const registerLooksWrong: OwnerRule = { ...valuesDiffer, silent: 'ward', forRegister: 'ward' }

/**
 * The owner of each defect, by the side that the evidence supports. Without evidence the school comes first: it has the
 * pupil and the papers at hand, and the register is the older record. The ward comes first where the register
 * contradicts itself (domain.md 1.5), and where the papers have been seen: data are corrected there before a card is
 * issued (2E, 2.10). The family comes first where the school has no paper at all (6.1).
 */
export const ownerRules: Record<RollDefect, OwnerRule> = {
  // Trailing comments cite domain.md.
  'number-missing': { ...rollIsWrong, numberless: 'family' }, // 6.1, 6.2
  'number-malformed': rollIsWrong, // 1.9, 6.5
  'number-cut': rollIsWrong, // 1.9
  'number-lost-zero': rollIsWrong, // 1.9
  'number-differs': numberIsWrong, // 1.6, 6.5
  'number-of-another-person': numberIsWrong, // 6.5
  'number-cancelled': numberIsWrong, // 1.5
  'number-contradicts-record': registerLooksWrong, // 1.5, 1.6
  'name-differs': valuesDiffer, // 6.4, 6.5
  'name-marks-differ': valuesDiffer, // 6.5, 9.4
  'birth-day-month-swapped': valuesDiffer, // 6.5, 9.7
  'birth-date-partial': {
    ...valuesDiffer,
    stops: examOnly,
    silent: 'family',
    nobody: 'family',
    numberless: 'family',
  }, // 6.8, 9.7
  'birth-date-differs': valuesDiffer, // 6.4
  'sex-differs': valuesDiffer, // 6.4
  'residence-differs': { ...registerLooksWrong, stops: noSteps, papers: undefined }, // 6.10; Law on Residence Art. 26
  'text-legacy-encoded': rollIsWrong, // 9.5
  'text-too-long': rollIsWrong,
  'cells-broken': rollIsWrong,
  'status-unclear': rollIsWrong,
  deceased: registerLooksWrong, // 8
  'duplicate-in-roll': rollIsWrong, // 6.5
  'duplicate-across-schools': rollIsWrong, // 6.5
  'not-in-register': {
    stops: allSteps,
    silent: 'family',
    forRoll: 'family',
    forRegister: 'family',
    nobody: 'school',
    numberless: 'family',
    papers: 'family',
  }, // 2E.3a, 6.1
  // Personal numbers are of citizens: nobody has anything to put right.
  foreigner: { ...rollIsWrong, stops: noSteps },
}

/**
 * Whether somebody has to act on a defect: what blocks a step, and a residence that differs, which blocks none but is
 * registered, referred, or left as it is.
 */
export const opensFollowUp = (defect: RollDefect) =>
  ownerRules[defect].stops.length > 0 || defect === 'residence-differs'

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
