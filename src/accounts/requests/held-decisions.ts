import * as decisions from '../../decisions/decisions.ts'
import { asId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import { decisionsAtOnce } from '../law.ts'
import { type AccountId, findUnitFor } from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import * as desk from '../store-request.ts'
import {
  type AccountRefusal,
  type Approval,
  approve,
  type DecisionOutcome,
  refuse,
  singleDecisionOnly,
} from './decisions.ts'
import { askSupplement, type SupplementRequest } from './supplement.ts'

/**
 * What officers decide of requests at the doors: it may be undone for a while, and until then the request waits as it
 * is, and nobody is told.
 */

const approveKind: decisions.DecisionKind<Account, Approval> = {
  name: 'approve-account',
  right: 'accounts.approve',
  purpose: 'account',
  carryOut: (work, id, input) => approve(work, asId<'account'>(id), input),
}

const refuseKind: decisions.DecisionKind<Account, AccountRefusal> = {
  name: 'refuse-account',
  right: 'accounts.approve',
  purpose: 'account',
  carryOut: (work, id, input) => refuse(work, asId<'account'>(id), input),
}

const supplementKind: decisions.DecisionKind<Account, SupplementRequest> = {
  name: 'supplement-account',
  right: 'accounts.approve',
  purpose: 'account',
  carryOut: (work, id, input) => askSupplement(work, asId<'account'>(id), input),
}

export const accountDecisions: decisions.DecisionKinds = [approveKind, refuseKind, supplementKind]

/** The account as a subject of a decision, and as it is now. Throws account-unknown. */
async function subjectOfAccount(work: Work, id: AccountId) {
  const row = await desk.findRequestRow(work, id)
  const unitId = row && (row.unitId ?? (await findUnitFor(work, row.personId)))
  if (!row || !unitId) throw accountProblem('account-unknown')
  return { row, subject: { kind: 'account', id, personId: row.personId, unitId } as const }
}

/** What a door answers: the account as it is, and until when the decision may be undone. */
type DecidedAccount = Pick<Account, 'id' | 'state'> & { readonly held?: ReturnType<typeof decisions.undoOf> }

async function decideOn<Input>(
  work: Work,
  kind: decisions.DecisionKind<Account, Input>,
  id: AccountId,
  input: Input,
): Promise<DecidedAccount> {
  const { row, subject } = await subjectOfAccount(work, id)
  const decided = await decisions.decide(work, kind, subject, input)
  if (decided.outcome === 'done') return { id, state: decided.result.state }
  return { id, state: row.state, held: decisions.undoOf(work, decided.held) }
}

/** Throws decision-held, and what `approve` throws. */
export const decideApproval = (work: Work, id: AccountId, input: Approval): Promise<DecidedAccount> =>
  decideOn(work, approveKind, id, input)

/** Throws decision-held, and what `refuse` throws. */
export const decideRefusal = (work: Work, id: AccountId, input: AccountRefusal): Promise<DecidedAccount> =>
  decideOn(work, refuseKind, id, input)

/** Throws decision-held, and what `askSupplement` throws. */
export const decideSupplement = (work: Work, id: AccountId, input: SupplementRequest): Promise<DecidedAccount> =>
  decideOn(work, supplementKind, id, input)

/**
 * Approves several with one press and one undo. A refused one is reported with its code, and the others go on. Throws
 * account-too-many.
 */
export async function decideApprovals(work: Work, ids: readonly AccountId[]) {
  if (ids.length > decisionsAtOnce) throw accountProblem('account-too-many', { most: decisionsAtOnce })
  const press = decisions.newPress(work)
  const outcomes: DecisionOutcome[] = []
  let held: ReturnType<typeof decisions.undoOf> | undefined
  // Sorted, so that two officers who approve the same list cannot deadlock.
  for (const id of [...new Set(ids)].sort())
    try {
      const { subject } = await subjectOfAccount(work, id)
      const decided = await decisions.decide(work, approveKind, subject, {}, press)
      if (decided.outcome === 'held') held = decisions.undoOf(work, decided.held)
      outcomes.push({ id, outcome: decided.result.handedUpAt ? 'handed-up' : 'approved' })
    } catch (error) {
      if (!(error instanceof Problem) || ![...singleDecisionOnly, 'decision-held'].includes(error.code)) throw error
      outcomes.push({ id, outcome: 'refused', code: error.code })
    }
  return { outcomes, ...(held && { held }) }
}
