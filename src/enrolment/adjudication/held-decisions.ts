import * as decisions from '../../decisions/decisions.ts'
import type { Work } from '../../platform/work.ts'
import { applicationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as store from '../store-application.ts'
import * as storeProposal from '../store-proposal.ts'
import { approveApplication, decideProposal, type ReturnToUnit, returnToUnit } from './adjudication.ts'

/**
 * What officers decide of applications at the doors, and may undo for a while: until then no card is ordered and the
 * citizen is told nothing.
 */

type StationKeysReader = () => Promise<StationKeys>
type ApplicationDecision<Input> = decisions.DecisionKind<store.Application, Input>

const purpose = 'application'

const approveKind = (keys: StationKeysReader): ApplicationDecision<object> => ({
  name: 'approve-application',
  right: 'enrolment.approve',
  purpose,
  carryOut: async (work, id) => approveApplication(work, await keys(), id),
})

const returnKind: ApplicationDecision<ReturnToUnit> = {
  name: 'return-application',
  right: 'enrolment.return',
  purpose,
  carryOut: (work, id, input) => returnToUnit(work, id, input),
}

const agreeKind: ApplicationDecision<{ readonly proposal: string }> = {
  name: 'agree-to-proposal',
  right: 'enrolment.check',
  purpose,
  carryOut: (work, _id, { proposal }) => decideProposal(work, proposal, 'agreed'),
}

export const applicationDecisions = (keys: StationKeysReader): decisions.DecisionKinds => [
  approveKind(keys),
  returnKind,
  agreeKind,
]

/** Throws application-unknown. */
async function decideOn<Input>(work: Work, kind: ApplicationDecision<Input>, id: string, input: Input) {
  const application = await store.findApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  const { personId, unitId, state } = application
  const decided = await decisions.decide(work, kind, { kind: 'application', id, personId, unitId }, input)
  if (decided.outcome === 'done') return { id, state: decided.result.state }
  return { id, state, held: decisions.undoOf(work, decided.held) }
}

/** Throws decision-held, and what `approveApplication` throws. */
export const decideApplication = (work: Work, keys: StationKeysReader, id: string) =>
  decideOn(work, approveKind(keys), id, {})

/** Throws decision-held, and what `returnToUnit` throws. */
export const decideReturn = (work: Work, id: string, input: ReturnToUnit) => decideOn(work, returnKind, id, input)

/** Agrees to a proposal. Throws decision-held, and what `decideProposal` throws. */
export async function agreeToProposal(work: Work, proposal: string) {
  const found = await storeProposal.holdProposal(work, proposal)
  if (!found) throw applicationProblem('proposal-unknown')
  return decideOn(work, agreeKind, found.applicationId, { proposal })
}
