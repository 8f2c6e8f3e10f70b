import { type ApplicationState, mayTransition } from '../../../src/enrolment/application.ts'
import type { Application } from './search.ts'

/**
 * What may be done with an application: by its state, by right, and never by whoever captured it where it goes forward.
 */

export type Forward = 'complete' | 'send-on' | 'approve'
export type Back = 'return' | 'recapture' | 'recheck' | 'refuse' | 'merge' | 'withdraw'
export type Deed = Forward | Back

type Rule = {
  readonly right: string
  readonly to: ApplicationState
  readonly from?: readonly ApplicationState[]
  readonly notOwn?: true
}

const rules: Readonly<Record<Deed, Rule>> = {
  complete: { right: 'enrolment.check', to: 'submitted', from: ['data-check'], notOwn: true },
  'send-on': { right: 'enrolment.check', to: 'sent-to-centre', notOwn: true },
  approve: { right: 'enrolment.approve', to: 'approved', notOwn: true },
  return: { right: 'enrolment.return', to: 'returned' },
  recapture: { right: 'enrolment.capture', to: 'recapture' },
  recheck: { right: 'enrolment.capture', to: 'data-check', from: ['returned'] },
  refuse: { right: 'enrolment.check', to: 'refused' },
  merge: { right: 'enrolment.check', to: 'cancelled' },
  withdraw: { right: 'enrolment.check', to: 'cancelled' },
}

const forward = ['complete', 'send-on', 'approve'] as const

type Asked = Pick<Application, 'state' | 'capturedByMe' | 'capture' | 'capturedAt' | 'others' | 'openProposal'>

const opens = (deed: Deed, { state, capturedAt, others, openProposal }: Asked, rights: readonly string[]): boolean => {
  const { right, to, from } = rules[deed]
  if (!rights.includes(right) || openProposal || !(from ? from.includes(state) : mayTransition(state, to))) return false
  if (deed === 'complete') return capturedAt !== undefined
  // Before it has come to the centre, whoever checks sends it back.
  if (deed === 'return') return state === 'sent-to-centre' || rights.includes('enrolment.check')
  return deed !== 'merge' || others.length > 0
}

/**
 * What this officer may do now. `own`: what would be theirs, had they not captured it; `elsewhere`: approving what was
 * not captured here.
 */
export function deedsOf(application: Asked, rights: readonly string[]) {
  const open = (Object.keys(rules) as Deed[]).filter(deed => opens(deed, application, rights))
  const ahead = forward.find(deed => open.includes(deed))
  const own = ahead !== undefined && application.capturedByMe
  const elsewhere = ahead === 'approve' && application.capture !== 'here'
  return {
    forward: own || elsewhere ? undefined : ahead,
    back: open.filter((deed): deed is Back => !forward.some(one => one === deed)),
    own,
    elsewhere,
  }
}

/** Checks that hinder it until an officer has said why they are good enough. */
export const unsettled = ({ findings }: Pick<Application, 'findings'>) =>
  findings.filter(({ verdict, settledBy }) => (verdict === 'doubtful' || verdict === 'bad') && !settledBy)

/** What hinders a deed is named before anybody tries: only the data check goes on all the same. */
export const isHindered = (deed: Forward | undefined, application: Pick<Application, 'findings'>): boolean =>
  (deed === 'send-on' || deed === 'approve') && unsettled(application).length > 0
