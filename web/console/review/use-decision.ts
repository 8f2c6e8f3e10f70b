import { useRef, useState } from 'react'
import { countDefects, listRolls, listRows, showRoll } from '../../../src/rolls/contract.ts'
import {
  decideRow,
  handReferralBack,
  listReferredRows,
  nextReview,
  nextReviewOfUnit,
  ownReviewDeeds,
  referRow,
  reviewProgress,
  reviewProgressOfUnit,
  reviewRow,
  reviewRows,
  reviewRowsOfUnit,
  undoDecision,
} from '../../../src/rolls/review/contract.ts'
import { call } from '../../parts/call.ts'
import { addressNow, goInstead, goTo } from '../base/router-handle.ts'
import { useKeep, useStale } from '../base/use-endpoint.ts'
import { addressOf, type Candidate, type Queue, type Review, type Spot, spotOf } from './queue.ts'

/** All that a decision changes. */
const changed = [
  showRoll,
  listRolls,
  listRows,
  countDefects,
  reviewProgress,
  reviewProgressOfUnit,
  reviewRows,
  reviewRowsOfUnit,
  listReferredRows,
  ownReviewDeeds,
]

export type Decision = 'same' | 'different' | 'later'

const paramsOf = ({ rollId, place }: Spot) => ({ id: rollId, place })

/** How a row of a queue is asked for: with the rows that come after it there. */
export const askedFor = ({ of, rollId }: Queue, spot: Spot) => ({
  params: paramsOf(spot),
  query: { of, ...(!rollId && { all: true }) },
})

function takeNext({ of, rollId }: Queue, after: Spot | undefined) {
  if (rollId)
    return call(nextReview, {
      params: { id: rollId },
      query: { of, ...(after?.rollId === rollId && { after: after.place }) },
    })
  return call(nextReviewOfUnit, { query: { of, ...(after && { afterRoll: after.rollId, after: after.place }) } })
}

/** Pushes or replaces the address. */
type Go = (address: string) => void
type IfStillHere = (go: Go, address: string) => void

/** Takes the next row, decides the one at hand, hands it on, and takes back what was done last; one thing at a time. */
export function useDeciding(queue: Queue) {
  const [stale, keep] = [useStale(), useKeep()]
  const [error, setError] = useState<unknown>()
  const [nothingBack, setNothingBack] = useState(false)
  const [isOver, setOver] = useState(false)
  const running = useRef(false)
  const [busy, setBusy] = useState(false)

  /**
   * A key that comes while something is being done does nothing: it was meant for the row before. An officer who has
   * gone elsewhere before the house answers stays there: `ifStillHere` then goes nowhere. Whether it was done.
   */
  async function alone(deed: (ifStillHere: IfStillHere) => Promise<void>): Promise<boolean> {
    if (running.current) return false
    running.current = true
    const from = addressNow()
    setBusy(true)
    setError(undefined)
    setNothingBack(false)
    try {
      await deed((go, address) => {
        if (addressNow() === from) go(address)
      })
      return true
    } catch (refused) {
      setError(refused)
      stale([reviewRow])
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }

  async function goOn(after: Spot | undefined, ifStillHere: IfStillHere, go: Go = goTo) {
    const { review } = await takeNext(queue, after)
    setOver(!review)
    if (!review) return ifStillHere(goInstead, addressOf(queue))
    keep(reviewRow, askedFor(queue, spotOf(review)), review)
    ifStillHere(go, addressOf(queue, spotOf(review)))
  }

  async function done(spot: Spot, ifStillHere: IfStillHere) {
    // The row that is left is not read again; it is when somebody goes back to it.
    stale([reviewRow], 'when-shown')
    await goOn(spot, ifStillHere)
    stale(changed)
  }

  /** Before it is shown: a key pressed at once rests on the version that the row has now. */
  async function readAgain(spot: Spot) {
    const asked = askedFor(queue, spot)
    keep(reviewRow, asked, await call(reviewRow, asked))
  }

  return {
    busy,
    error,
    nothingBack,
    isOver,
    take: (after?: Spot, go?: Go) => alone(ifStillHere => goOn(after, ifStillHere, go)),
    decide(review: Review, decision: Decision, candidate: Candidate | undefined) {
      if (decision === 'same' && !candidate) return
      const body =
        decision === 'same' && candidate
          ? { decision, personId: candidate.personId }
          : { decision: decision === 'later' ? decision : ('different' as const) }
      void alone(async ifStillHere => {
        await call(decideRow, { params: paramsOf(spotOf(review)), body, seen: review.version })
        await done(spotOf(review), ifStillHere)
      })
    },
    handOn: (review: Review, body: { unitId: string; officerId?: string; note: string }) =>
      alone(async ifStillHere => {
        await call(referRow, { params: paramsOf(spotOf(review)), body, seen: review.version })
        await done(spotOf(review), ifStillHere)
      }),
    handBack: (review: Review, note: string) =>
      alone(async ifStillHere => {
        await call(handReferralBack, { params: paramsOf(spotOf(review)), body: { note }, seen: review.version })
        if (review.lying?.here) await done(spotOf(review), ifStillHere)
        else stale([...changed, reviewRow])
      }),
    /** What was done last in this shift, whatever is on the screen and also after the page was loaded anew. */
    takeBack: () =>
      alone(async ifStillHere => {
        const [last] = (await call(ownReviewDeeds, {})).deeds
        if (!last) return setNothingBack(true)
        const params = paramsOf(last)
        if (last.deed === 'referred') await call(handReferralBack, { params, body: {} })
        else await call(undoDecision, { params })
        setOver(false)
        stale([reviewRow], 'when-shown')
        await readAgain(last)
        stale(changed)
        ifStillHere(goTo, addressOf(queue, last))
      }),
    undoRow: (review: Review) =>
      alone(async () => {
        await call(undoDecision, { params: paramsOf(spotOf(review)), seen: review.version })
        await readAgain(spotOf(review))
        stale(changed)
      }),
  }
}
export type Deciding = ReturnType<typeof useDeciding>
