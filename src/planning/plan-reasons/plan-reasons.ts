/**
 * Why a plan is as it is. In: an instance and a plan that keeps its rules, whoever made it (standing-plan.ts). Decided,
 * by trying: what it would be with a session in any other slot (move-session.ts), which limit binds, whom it leaves
 * late by which limit, and what would change that (remedies.ts). Out: people, minutes, kilometres (reason.ts). Pure.
 */

export { lateReasonsOf } from './late-reasons.ts'
export { type RemedyOptions, remediesOf, type UsualOrders } from './remedies.ts'
export { reasonsOf } from './session-reasons.ts'
export { type HeldAt, StandingPlan } from './standing-plan.ts'
