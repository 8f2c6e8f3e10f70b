/**
 * Papers: the form to check and sign, the receipt with its appointment, and the notice of refusal, as PDFs.
 * Input: an application and the kind of paper.
 * Decided: whether the application has such a paper, and by the law of its day which form, fee and articles it shows.
 * Output: a PDF, filled from the capture, the register and the decisions.
 * Deed: application.paper-printed; readings of personal data are recorded beside it.
 */

import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import type { ApplicationState } from '../application.ts'
import { subjectOf } from '../lifecycle.ts'
import { applicationProblem } from '../problems.ts'
import * as store from '../store.ts'
import type { PaperKind } from './contract.ts'
import { type Filed, filedOf, type PaperHouse } from './filed.ts'
import { formPaper } from './form.ts'
import { receiptPaper } from './receipt.ts'
import { refusalPaper } from './refusal.ts'
import { formOf, receiptOf, refusalOf } from './values.ts'

export const paperNames: Record<PaperKind, string> = {
  form: 'phieu-thu-nhan',
  receipt: 'giay-hen',
  refusal: 'thong-bao',
}

const over: readonly ApplicationState[] = ['handed-over', 'refused', 'cancelled']

/** Which applications have the paper. */
const isFor: Record<PaperKind, (application: store.Application) => boolean> = {
  form: ({ capture }) => capture === 'here',
  receipt: ({ capture, state }) => capture === 'here' && !over.includes(state),
  refusal: ({ state }) => state === 'refused',
}

const drawn: Record<PaperKind, (work: Work, filed: Filed) => Promise<Buffer>> = {
  form: async (work, filed) => formPaper(await formOf(work, filed)),
  receipt: async (work, filed) => receiptPaper(await receiptOf(work, filed)),
  refusal: async (work, filed) => refusalPaper(refusalOf(work, filed)),
}

/**
 * Draws a paper of an application, A4 or A5. Throws application-unknown, paper-not-for-this, paper-text-unprintable,
 * paper-text-too-long.
 */
export async function paperOf(work: Work, house: PaperHouse, id: string, paper: PaperKind): Promise<Buffer> {
  const application = await store.findApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  if (!isFor[paper](application))
    throw applicationProblem('paper-not-for-this', { paper, state: application.state, capture: application.capture })
  const bytes = await drawn[paper](work, await filedOf(work, house, application))
  await audit.noteReading(
    work,
    [application.personId],
    ['identity', 'application', ...(paper === 'form' ? ['portrait'] : [])],
    {
      kind: 'application',
      id: application.id,
    },
  )
  await audit.record(work, 'application.paper-printed', subjectOf(application), { paper })
  return bytes
}
