/**
 * What a person asks about their own data. In: the form of their page. Decided: nothing but that it is theirs, or their
 * child's; the clock and the answer are of src/data-protection. Out: their requests with clock and answer. Deeds are
 * recorded there.
 */

import * as dataProtection from '../../data-protection/data-protection.ts'
import { isId } from '../../platform/ids.ts'
import type { LawReference } from '../../platform/law.ts'
import type { OpenWork } from '../../platform/work.ts'
import { citizenProblem } from '../problems.ts'
import { asChanging, asSubject, type Self } from '../self.ts'

export type OwnRequest = dataProtection.DataRequest & {
  readonly due: ReturnType<typeof dataProtection.dueStateOf>
  readonly law: LawReference
}

/** The requests about the one whom the page is about, the latest first. */
export const readOwnRequests = (openWork: OpenWork, self: Self): Promise<OwnRequest[]> =>
  openWork(asSubject(self), async work =>
    (await dataProtection.listRequestsOf(work, self.subjectId)).map(one => ({
      ...one,
      due: dataProtection.dueStateOf(work, one),
      law: dataProtection.termReferenceOf(one.receivedOn, work),
    })),
  )

/** Throws data-request-many-open, data-request-answer-short. */
export const fileOwnRequest = (
  openWork: OpenWork,
  self: Self,
  { kind, words }: { readonly kind: dataProtection.RequestKind; readonly words: string },
) =>
  openWork(asChanging(self), work =>
    dataProtection.fileRequest(work, { personId: self.subjectId, kind, words, way: 'own-page' }),
  )

/** Throws own-thing-unknown where it is no id, and what `dataProtection.withdrawRequest` throws. */
export const takeBackOwnRequest = (openWork: OpenWork, self: Self, id: string | undefined): Promise<void> => {
  if (!id || !isId(id)) throw citizenProblem('own-thing-unknown')
  return openWork(asChanging(self), work =>
    dataProtection.withdrawRequest(work, self.subjectId, id as dataProtection.DataRequestId),
  )
}
