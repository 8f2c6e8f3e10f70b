import * as decisions from '../decisions/decisions.ts'
import type { Work } from '../platform/work.ts'
import { announceCorrection, confirmByPapers, confirmRegister } from './answers.ts'
import type { FollowUpId, KeptKind } from './follow-up.ts'
import type { FollowUpKinds } from './kind.ts'
import { followUpProblem } from './problems.ts'
import * as store from './store.ts'

/** Answers of owners at the doors: they may be undone for a while, and until then nobody else has the follow-up. */

type Kinds = Pick<FollowUpKinds, KeptKind>
type FollowUpDecision<Input> = decisions.DecisionKind<void, Input>

const purpose = 'roll'

const papersKind = (kinds: Kinds): FollowUpDecision<{ readonly papers: string }> => ({
  name: 'answer-by-papers',
  right: 'rolls.import',
  purpose,
  carryOut: (work, id, input) => confirmByPapers(work, kinds, id as FollowUpId, input),
})

const announceKind: FollowUpDecision<object> = {
  name: 'announce-correction',
  right: 'rolls.import',
  purpose,
  carryOut: (work, id) => announceCorrection(work, id as FollowUpId),
}

const registerKind: FollowUpDecision<object> = {
  name: 'answer-by-register',
  right: 'register.decide',
  purpose,
  carryOut: (work, id) => confirmRegister(work, id as FollowUpId),
}

export const followUpDecisions = (kinds: Kinds): decisions.DecisionKinds => [
  papersKind(kinds),
  announceKind,
  registerKind,
]

/** Throws follow-up-unknown, decision-held, and what the answer throws. */
async function decideOn<Input>(work: Work, kind: FollowUpDecision<Input>, id: FollowUpId, input: Input) {
  const followUp = await store.holdFollowUp(work, id)
  if (!followUp) throw followUpProblem('follow-up-unknown')
  const { scopeId, ownerUnitId, personId } = followUp
  const subject = { kind: 'errand', id, unitId: ownerUnitId ?? scopeId, personId } as const
  const decided = await decisions.decide(work, kind, subject, input)
  return decided.outcome === 'held' ? { held: decisions.undoOf(work, decided.held) } : {}
}

export const decidePapers = (work: Work, kinds: Kinds, id: FollowUpId, input: { readonly papers: string }) =>
  decideOn(work, papersKind(kinds), id, input)
export const decideAnnouncement = (work: Work, id: FollowUpId) => decideOn(work, announceKind, id, {})
export const decideRegisterStands = (work: Work, id: FollowUpId) => decideOn(work, registerKind, id, {})
