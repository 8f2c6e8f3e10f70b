import { useEffect, useRef } from 'react'
import { claimRow, releaseRow, reviewRow } from '../../../src/rolls/review/contract.ts'
import { addressOf, call } from '../../parts/call.ts'
import { useStale } from '../base/use-endpoint.ts'
import type { Review, Spot } from './queue.ts'

const renewMilliseconds = 60_000
const paramsOf = ({ rollId, place }: Spot) => ({ id: rollId, place })

/** Leaves a row also while the page is being closed, when nothing waits for an answer any more. */
const leave = (spot: Spot) =>
  void fetch(addressOf(releaseRow, { params: paramsOf(spot) }), {
    method: releaseRow.method,
    credentials: 'same-origin',
    keepalive: true,
  }).catch(() => undefined)

/**
 * Holds the row that is shown while the page is open and in sight: claims it, renews the claim, and leaves it when the
 * page goes. The next row that is claimed frees the one before.
 */
export function useClaim(review: Review | undefined) {
  const stale = useStale()
  const held = useRef<Spot>(undefined)
  const rollId = review?.roll.id
  const place = review?.row.place
  const isFree =
    review !== undefined && (!review.holding || review.holding.mine) && (!review.lying || review.lying.here)

  useEffect(() => {
    if (!rollId || place === undefined || !isFree) return
    const spot = { rollId, place }
    const renew = () => {
      if (document.visibilityState !== 'visible') return
      // Somebody else was faster: the row is read again, and says who.
      call(claimRow, { params: paramsOf(spot) }).then(
        () => {
          held.current = spot
        },
        () => stale([reviewRow]),
      )
    }
    renew()
    const timer = setInterval(renew, renewMilliseconds)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [rollId, place, isFree, stale])

  useEffect(() => {
    const go = () => {
      if (held.current) leave(held.current)
      held.current = undefined
    }
    window.addEventListener('pagehide', go)
    return () => {
      window.removeEventListener('pagehide', go)
      go()
    }
  }, [])
}
