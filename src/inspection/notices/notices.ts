/**
 * Notices: what came back to an officer, and what came to their unit, since they last looked. In: the deeds of others,
 * as the officer's scope sees them. Decided: which of them concern the officer (kinds.ts). Out: a kind, a thing and a
 * moment, never a name; the thing is opened by its own door. Deeds: `notices.seen`.
 */

import * as audit from '../../audit/audit.ts'
import { addDays } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import { noticeDays } from '../law.ts'
import { asking, beginningDeeds, bringsBack, returningDeeds } from './kinds.ts'
import * as store from './store.ts'

/** So many are shown; older ones are found in their own lists. */
const most = 100

type Notices = {
  readonly seenUntil?: Date | undefined
  /** When this was read: what is marked as seen goes no further. */
  readonly readAt: Date
  readonly returned: readonly (store.ReturnedDeed & { readonly isNew: boolean })[]
  readonly asked: readonly store.AskedDeed[]
  /** How many of both are new. */
  readonly count: number
}

const noticeSpan = (work: Work) => ({
  from: addDays(work.today, -ruleOn(noticeDays, work.today, work)),
  to: work.today,
})

/** What concerns the officer who asks; of the work that others ask for, what came since they last looked. */
export async function listNotices(work: Work, may: (right: string) => boolean): Promise<Notices> {
  const own = work.by.id
  const seenUntil = await withHouseScope(work, house => store.findSeenUntil(house, own))
  const found = await store.findReturned(
    work,
    own,
    noticeSpan(work),
    { began: beginningDeeds, back: returningDeeds },
    most,
  )
  const returned = found
    .filter(({ began, deed }) => bringsBack(began, deed))
    .map(one => ({ ...one, isNew: seenUntil === undefined || one.at > seenUntil }))
  const deeds = Object.entries(asking).flatMap(([deed, right]) => (may(right) ? [deed] : []))
  const asked =
    deeds.length > 0 && seenUntil
      ? await store.countAsked(work, own, { ...noticeSpan(work), since: seenUntil }, deeds)
      : []
  const count = returned.filter(({ isNew }) => isNew).length + asked.reduce((sum, one) => sum + one.count, 0)
  return { ...(seenUntil && { seenUntil }), readAt: work.now, returned, asked, count }
}

/** Marks what came up to a moment as seen by the officer who asks; never beyond now, and never back. */
export async function markSeen(work: Work, until: Date): Promise<void> {
  const [id, upTo] = [work.by.id, until > work.now ? work.now : until]
  const isFurther = await withHouseScope(work, house => store.setSeenUntil(house, id, upTo))
  if (isFurther) await audit.record(work, 'notices.seen', { kind: 'officer', id })
}
