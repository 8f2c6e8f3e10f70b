import * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Campaign } from './campaigns.ts'
import type { MemberException } from './exception-reason.ts'
import { definitionProblem } from './problems.ts'
import * as store from './store-member.ts'

/**
 * Adds a person to a campaign or excuses one from it, with the reason; a later word takes the place of an earlier one.
 * Throws person-unknown for whom the scope does not see.
 */
export async function recordException(work: Work, campaign: Campaign, exception: MemberException): Promise<void> {
  if (campaign.state === 'closed') throw definitionProblem('campaign-closed')
  const { personId, kind, reason, otherId, note } = exception
  await register.getSummary(work, personId)
  if (reason === 'duplicate' && (!otherId || otherId === personId)) throw definitionProblem('excuse-other-needed')
  if (otherId) await register.getSummary(work, otherId)
  if (kind === 'excused' && !(await store.isMember(work, campaign.id, personId)))
    throw definitionProblem('person-not-meant')
  await store.putException(work, campaign.id, exception)
  const subject = { kind: 'campaign', id: campaign.id, personId, ...(work.unitId && { unitId: work.unitId }) }
  await audit.record(work, 'exception.said', subject, { kind, reason, otherId, note })
}

/** Withdraws a person's exception: the rule holds again. */
export async function withdrawException(work: Work, campaign: Campaign, personId: Id<'person'>): Promise<void> {
  if (!(await store.dropException(work, campaign.id, personId))) throw definitionProblem('person-not-meant')
  await audit.record(work, 'exception.taken-back', {
    kind: 'campaign',
    id: campaign.id,
    personId,
    ...(work.unitId && { unitId: work.unitId }),
  })
}
