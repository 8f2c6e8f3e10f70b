import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import type { FollowUp, FollowUpId, KeptKind } from './follow-up.ts'
import type { FollowUpKinds } from './kind.ts'
import { followUpProblem } from './problems.ts'
import * as store from './store.ts'

/** What owners answer. */

async function holdOpenFollowUp(work: Work, id: FollowUpId): Promise<FollowUp> {
  const followUp = await store.holdFollowUp(work, id)
  if (!followUp) throw followUpProblem('follow-up-unknown')
  await staff.refuseStale(work, id)
  if (followUp.state !== 'open') throw followUpProblem('follow-up-closed')
  return followUp
}

const recordAnswer = (work: Work, deed: string, { id, scopeId, personId, reason }: FollowUp) =>
  audit.record(work, deed, { kind: 'errand', id, unitId: scopeId, ...(personId && { personId }) }, { defect: reason })

/**
 * The school confirms its roll by papers: the ward checks the register (a family without a record: form DC01). Throws
 * follow-up-unknown, -closed, -of-another, -undisputed, -papers-needed.
 */
export async function confirmByPapers(
  work: Work,
  kinds: Pick<FollowUpKinds, KeptKind>,
  id: FollowUpId,
  { papers }: { readonly papers: string },
): Promise<void> {
  const followUp = await holdOpenFollowUp(work, id)
  if (followUp.owner !== 'school') throw followUpProblem('follow-up-of-another')
  if (!kinds[followUp.kind].papersDecide(followUp.reason)) throw followUpProblem('follow-up-undisputed')
  if (papers.trim() === '') throw followUpProblem('follow-up-papers-needed')
  await store.setAnswer(work, [id], 'papers', { papers: papers.trim() })
  await recordAnswer(work, 'errand.school-insisted', followUp)
}

/**
 * The school has corrected its own file: the follow-up waits for the next roll. Throws follow-up-unknown, -closed,
 * -of-another.
 */
export async function announceCorrection(work: Work, id: FollowUpId): Promise<void> {
  const followUp = await holdOpenFollowUp(work, id)
  if (followUp.owner !== 'school') throw followUpProblem('follow-up-of-another')
  await store.setAnnounced(work, id)
  await recordAnswer(work, 'errand.corrected', followUp)
}

/**
 * The ward confirms the register: the follow-up goes to the school. Throws follow-up-unknown, -closed, -of-another, and
 * -has-correction where a correction is open, which is to be refused instead.
 */
export async function confirmRegister(work: Work, id: FollowUpId): Promise<void> {
  const followUp = await holdOpenFollowUp(work, id)
  if (followUp.owner !== 'ward') throw followUpProblem('follow-up-of-another')
  if (followUp.correctionId) throw followUpProblem('follow-up-has-correction')
  await store.setAnswer(work, [id], 'register')
  await recordAnswer(work, 'errand.register-stood', followUp)
}
