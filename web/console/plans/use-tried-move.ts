import { useEffect, useState } from 'react'
import { tryPlanChange } from '../../../src/planning/plan-calendar/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { isSameSlot, type Slot } from './lanes.ts'
import type { TriedChange, WeekSession } from './search.ts'

export type TriedMove = { readonly data?: TriedChange | undefined; readonly isTrying: boolean; readonly error: unknown }

/** A hand that only passes over a place asks nothing there. */
const restsFor = 120

/**
 * What a session would cost at a place, and what it would break there, as soon as the hand rests on it. A plan that was
 * changed is asked anew.
 */
export function useTriedMove(
  planId: string,
  version: number,
  session: WeekSession | undefined,
  target: Slot | undefined,
): TriedMove {
  const [rested, setRested] = useState<Slot>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(target), restsFor)
    return () => clearTimeout(timer)
  }, [target])
  const slot = target && rested && isSameSlot(target, rested) ? rested : undefined
  const isElsewhere = slot !== undefined && session !== undefined && !isSameSlot(session, slot)
  const change = { kind: 'move' as const, session: session?.id ?? '', team: '', day: '', shift: '', ...slot }
  const asked = { params: { id: planId }, body: { change }, seen: String(version) }
  const { data, error } = useAsk(tryPlanChange, asked, { when: isElsewhere })
  const isAway = target !== undefined && session !== undefined && !isSameSlot(session, target)
  return {
    ...(isElsewhere && data && { data }),
    isTrying: isAway && !(isElsewhere && (data || error)),
    error: isElsewhere ? error : undefined,
  }
}
