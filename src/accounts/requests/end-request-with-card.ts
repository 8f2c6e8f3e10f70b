import type { Deed, Work } from '../../platform/work.ts'
import { hasCardOrApplication } from '../card-of-account.ts'
import { findLivingAccount, unitOfDeed } from '../lifecycle.ts'
import { lowerHeldAccount, refuse } from './decisions.ts'

/** Reasons after which the application continues anew, or was a duplicate. */
const continuingReasons: readonly unknown[] = ['wrong-content', 'entered-twice', 'died']

/**
 * Level 2 is based on a card or on the application made with it (NĐ59/2022 Art. 14). If the application fails and there
 * is no other card, a request is refused and an account is lowered to level 1; its holder may raise it again with a
 * card.
 */
export async function endRequestWithCard(work: Work, deed: Deed): Promise<void> {
  const { subject, facts } = deed
  if (continuingReasons.includes(facts['code'])) return
  const account = await findLivingAccount(work, subject.personId)
  if (account?.level !== 2 || account.state === 'locked' || (await hasCardOrApplication(work, account.personId))) return
  if (account.state === 'requested')
    await refuse({ ...work, by: { kind: 'system', id: 'house' } }, account.id, {
      code: 'card-missing',
      unitId: unitOfDeed(deed),
    })
  else await lowerHeldAccount(work, account, 'card-missing', {}, { unitId: unitOfDeed(deed) })
}
