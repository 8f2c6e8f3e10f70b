import type { ApplicationState } from '../application.ts'
import type * as store from '../store-application.ts'

/** The steps that a receipt lists, in their order, and the states in which an application has come to each. */
const stepStates = {
  received: ['submitted', 'data-check', 'correction-pending'],
  checked: ['sent-to-centre'],
  approved: ['approved'],
  printed: ['printed'],
  'at-unit': ['at-unit', 'dispatched'],
  'handed-over': ['handed-over'],
} as const

export type ReceiptStep = keyof typeof stepStates

export const stepNames = Object.keys(stepStates) as ReceiptStep[]

export const receiptStepsOf = (moves: readonly store.RecordedTransition[]) =>
  stepNames.map(step => ({
    step,
    on: moves.find(({ to }) => (stepStates[step] as readonly string[]).includes(to))?.onDay,
  }))

/** Who must act in a state; undefined after the end. */
export function actorInState(state: ApplicationState): 'unit' | 'centre' | 'maker' | 'you' | undefined {
  if (['returned', 'recapture', 'at-unit', 'dispatched'].includes(state)) return 'you'
  if (['data-check', 'correction-pending', 'submitted', 'captured', 'signed', 'draft'].includes(state)) return 'unit'
  if (state === 'sent-to-centre') return 'centre'
  return ['handed-over', 'refused', 'cancelled'].includes(state) ? undefined : 'maker'
}
