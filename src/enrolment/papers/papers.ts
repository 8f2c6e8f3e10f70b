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
import { subjectOfApplication } from '../lifecycle.ts'
import { applicationProblem } from '../problems.ts'
import * as store from '../store-application.ts'
import type { PaperKind } from './contract.ts'
import { type FiledApplication, loadFiledApplication, type PaperHouse } from './filed-application.ts'
import { getFormPaper, getReceiptPaper, getRefusalPaper } from './fill-papers.ts'
import { formPaper } from './form-pdf.ts'
import { receiptPaper } from './receipt-pdf.ts'
import { refusalPaper } from './refusal-pdf.ts'

export const paperNames: Record<PaperKind, string> = {
  form: 'phieu-thu-nhan',
  receipt: 'giay-hen',
  refusal: 'thong-bao',
}

const endedStates: readonly ApplicationState[] = ['handed-over', 'refused', 'cancelled']

/** Which applications have the paper. */
const isPaperFor: Record<PaperKind, (application: store.Application) => boolean> = {
  form: ({ capture }) => capture === 'here',
  receipt: ({ capture, state }) => capture === 'here' && !endedStates.includes(state),
  refusal: ({ state }) => state === 'refused',
}

const drawPaper: Record<PaperKind, (work: Work, filed: FiledApplication) => Promise<Buffer>> = {
  form: async (work, filed) => formPaper(await getFormPaper(work, filed)),
  receipt: async (work, filed) => receiptPaper(await getReceiptPaper(work, filed)),
  refusal: async (work, filed) => refusalPaper(getRefusalPaper(work, filed)),
}

/**
 * Draws a paper of an application, A4 or A5. Throws application-unknown, paper-not-for-this, paper-text-unprintable,
 * paper-text-too-long.
 */
export async function getPaper(work: Work, house: PaperHouse, id: string, paper: PaperKind): Promise<Buffer> {
  const application = await store.findApplication(work, id)
  if (!application) throw applicationProblem('application-unknown')
  if (!isPaperFor[paper](application))
    throw applicationProblem('paper-not-for-this', { paper, state: application.state, capture: application.capture })
  const bytes = await drawPaper[paper](work, await loadFiledApplication(work, house, application))
  await audit.noteReading(
    work,
    [application.personId],
    ['identity', 'application', ...(paper === 'form' ? ['portrait'] : [])],
    {
      kind: 'application',
      id: application.id,
    },
  )
  await audit.record(work, 'application.paper-printed', subjectOfApplication(application), { paper })
  return bytes
}
