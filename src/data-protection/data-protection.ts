/**
 * The front door of data protection: what people ask about their own data (requests), breaches, how long data is kept
 * (retention), and the impact assessment. docs/privacy.md says what is kept and why.
 */

export {
  type Assessment,
  assess,
  assessmentMarkdown,
} from './assessment/assessment.ts'
export { keptTables } from './assessment/kept-tables.ts'
export { countUnnotified, notifyAuthority, recordBreach, type UnnotifiedBreaches } from './breaches/breaches.ts'
export { basisText, legalBasisOf } from './legal-basis.ts'
export { type DataRequestId, isOpen, type RequestKind, requestKinds } from './request.ts'
export {
  answerByCopy,
  answerRequest,
  countRequests,
  type DataRequest,
  dueStateOf,
  fileRequest,
  followWithReminders,
  listRequestsOf,
  requestsWithPapers,
  takeUpRequest,
  termReferenceOf,
  withdrawRequest,
} from './requests/requests.ts'
export { sayOfRequests } from './requests/words.ts'
export {
  type EndedDataOf,
  type RetentionLine,
  removeEndedData,
  retentionOn,
} from './retention/retention.ts'
