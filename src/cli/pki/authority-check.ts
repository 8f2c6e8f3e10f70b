import { asOperator } from '../../open-house.ts'
import * as pki from '../../pki/pki.ts'
import { dayAt } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { DoctorCheck, LookedAtHouse } from '../doctor/check.ts'

/** Whether the custodians of the authority are needed: a signer, a list or the authority's key ends soon, or has. */
export async function checkAuthorityOf(work: Work): Promise<DoctorCheck> {
  const what = 'authority of the cards'
  const { certificates } = await pki.getWholeAuthority(work)
  if (certificates.length === 0) return { what, ok: true, found: 'none: cards are signed elsewhere' }
  const due = await pki.whatIsDue(work)
  const lost = pki
    .lostAuthorities(certificates)
    .map(
      ({ serial }) => `no link leads from the authority ${serial}, whose key was lost: readers need both certificates`,
    )
  const found = due.map(({ what: step, by, isOverdue }) => `${step} ${isOverdue ? 'since' : 'by'} ${dayAt(by)}`)
  return {
    what,
    ok: due.length === 0,
    found: [found.join(', ') || 'no ceremony is due', ...lost].join('; '),
    todo: 'bring the custodians together: docs/operations.md, The authority of the cards',
    ...(!due.some(({ isOverdue }) => isOverdue) && { advice: true }),
  }
}

export const checkAuthorityOfCards = (house: LookedAtHouse): Promise<DoctorCheck> =>
  house.openWork(asOperator('none'), checkAuthorityOf)
