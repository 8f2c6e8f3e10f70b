import type { Id } from '../platform/ids.ts'

/** A request of a person about their own data: what may be asked, and how it goes on. Pure. */

/** What the law lets a person ask (Law 91/2025 Art. 4; NĐ13/2023 Art. 9). */
export const requestKinds = ['see', 'copy', 'correct', 'erase', 'restrict', 'object', 'withdraw', 'complain'] as const
export type RequestKind = (typeof requestKinds)[number]

/** The law gives kinds a clock together: handing over and correcting, erasing, stopping, complaints. */
export const clocks = ['provide', 'erase', 'stop', 'complaint'] as const
export type RequestClock = (typeof clocks)[number]
export const clockOf: Readonly<Record<RequestKind, RequestClock>> = {
  see: 'provide',
  copy: 'provide',
  correct: 'provide',
  erase: 'erase',
  restrict: 'stop',
  object: 'stop',
  withdraw: 'stop',
  complain: 'complaint',
}

export const dataRequestStates = ['received', 'under-way', 'answered', 'withdrawn'] as const
export type DataRequestState = (typeof dataRequestStates)[number]

/** From each state, those to which a request may go. What was answered stays answered: who disagrees complains. */
const transitions: Readonly<Record<DataRequestState, readonly DataRequestState[]>> = {
  received: ['under-way', 'answered', 'withdrawn'],
  'under-way': ['answered', 'withdrawn'],
  answered: [],
  withdrawn: [],
}
export const mayBecome = (from: DataRequestState, to: DataRequestState): boolean => transitions[from].includes(to)
export const isOpen = (state: DataRequestState): boolean => transitions[state].length > 0

export const requestOutcomes = ['granted', 'partly', 'refused'] as const
export type RequestOutcome = (typeof requestOutcomes)[number]

/** On what ground of law a request is not wholly granted; which there are on a day: `refusalGrounds` of law.ts. */
export const groundCodes = [
  'register-of-population',
  'public-duty',
  'kept-by-law',
  'others-harmed',
  'secret',
  'not-held',
  'identity-unproved',
] as const
export type RefusalGround = (typeof groundCodes)[number]

export const requestWays = ['own-page', 'counter'] as const
export type RequestWay = (typeof requestWays)[number]

export type DataRequestId = Id<'data-request'>
