import { useRef, useState } from 'react'
import { listHeldDecisions, showDecisionOn } from '../../../src/decisions/contract.ts'
import {
  approve,
  completeData,
  decideProposal,
  listApplications,
  propose,
  sendBack,
  sendOn,
  settleFinding,
  showApplication,
  takeUp,
  withdraw,
} from '../../../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import { type Asked, call } from '../../parts/call.ts'
import { goTo } from '../base/router-handle.ts'
import { useStale } from '../base/use-endpoint.ts'
import type { Forward } from './deeds-offered.ts'
import { applicationAt, applicationsAt, type QueueSearch, type Row } from './search.ts'

/** All that a decision changes beside the application itself. */
const changed = [listApplications, listGaps, listHeldDecisions, showDecisionOn]

const ahead = { complete: completeData, 'send-on': sendOn, approve } as const

export type Neighbours = { readonly next: Row | undefined; readonly previous: Row | undefined }

/** Does one thing at a time with an application; where it leaves the queue, the next one of the queue opens. */
export function useDeciding(id: string, search: QueueSearch, { next }: Neighbours) {
  const stale = useStale()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const params = { id }

  /** A key that comes while something is being done does nothing: it was meant for the application before. */
  async function alone(deed: () => Promise<unknown>, then: 'go-on' | 'stay' = 'go-on') {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setError(undefined)
    try {
      await deed()
      const isLeft = then === 'go-on' && search.hang !== undefined
      stale([showApplication], isLeft ? 'when-shown' : 'now')
      if (isLeft) goTo(next ? applicationAt(next.id, search) : applicationsAt(search))
      stale(changed)
      return true
    } catch (refused) {
      setError(refused)
      stale([showApplication])
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  return {
    busy,
    error,
    forget: () => setError(undefined),
    /** Complete data are still to be checked by the same eyes: the application stays in sight. */
    goAhead: (deed: Forward) => alone(() => call(ahead[deed], { params }), deed === 'complete' ? 'stay' : 'go-on'),
    takeUp: (what: 'recapture' | 'data-check') => alone(() => call(takeUp, { params, body: { what } })),
    sendBack: (body: Asked<typeof sendBack>['body']) => alone(() => call(sendBack, { params, body })),
    propose: (body: Asked<typeof propose>['body']) => alone(() => call(propose, { params, body })),
    withdraw: (note: string) => alone(() => call(withdraw, { params, body: { note } })),
    settle: (kind: string, note: string) =>
      alone(() => call(settleFinding, { params: { id, kind }, body: { note } }), 'stay'),
    decide: (proposal: string, answer: 'agreed' | 'rejected' | 'withdrawn') =>
      alone(
        () => call(decideProposal, { params: { id: proposal }, body: { answer } }),
        answer === 'agreed' ? 'go-on' : 'stay',
      ),
  }
}
export type Deciding = ReturnType<typeof useDeciding>
