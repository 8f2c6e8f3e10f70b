/**
 * The channel to the national centre, which gives numbers and approves accounts unless it has delegated that. In: what
 * a deed asks. Out: signed envelopes to the centre; its answers, each once. docs/exchange.md has the format.
 */
export {
  cardOf,
  type DecidedThing,
  delegationLaw,
  delegationOf,
  findCentre,
  getCentre,
  isDecidedHere,
  joinCentre,
  leaveCentre,
} from './centre/centre.ts'
export { type ExchangeKeys, exchangeKeys, nextSigningKey, replaceSigningKey } from './envelope/keys.ts'
export { inboxOf } from './jobs.ts'
export { bundleForFile, bundleFromFile, exchangeOnce, lineState } from './line/line.ts'
export { askLookUp, lookUpAnswers } from './look-up/look-up.ts'
export { announceKey, recordKeyRotation } from './outbox/announce-key.ts'
export { ask, type OurSide } from './outbox/outbox.ts'
export { countWaiting, overviewOf, readLookUps, settleQuarantined } from './overview/overview.ts'
export { AnswerFault, type CentreQuestion, type QuestionKinds, type ReportFault, type TurnedBack } from './question.ts'
export { oldestOpenQuestion } from './store-question.ts'
