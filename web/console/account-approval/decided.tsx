import { Undo2 } from 'lucide-react'
import { showDecisionOn, undoDecisions } from '../../../src/decisions/contract.ts'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo, useStale } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { minutesText, secondsNow, useTick } from '../shell/held-bar.tsx'

/** The decision on something that is held: in place of the verdicts stands who decided, when, and until when. */

type HeldDecision = NonNullable<Answer<typeof showDecisionOn>['decision']> & { readonly readAt: number }

/** Read anew every ten seconds, so that what another officer decided is seen. */
export function useDecisionOn(id: string): HeldDecision | undefined {
  const { data, dataUpdatedAt } = useAsk(showDecisionOn, { params: { id } }, { every: 10_000 })
  const decision = data?.decision
  useTick(decision?.state === 'held')
  if (decision?.state !== 'held' || secondsNow(decision.seconds, dataUpdatedAt) === 0) return undefined
  return { ...decision, readAt: dataUpdatedAt }
}

/** A decision that came to nothing: why, so that whoever decides again knows. */
export function NotCarriedOut({ id }: { id: string }) {
  const say = useSay()
  const codes = useCodes()
  const { data } = useAsk(showDecisionOn, { params: { id } }, { every: 10_000 })
  const decision = data?.decision
  if (decision?.state !== 'not-carried-out' || !decision.why) return null
  return (
    <p className="note late" role="status">
      {say('decided-not-carried-out', {
        who: decision.by,
        what: codes('held', decision.kind),
        day: instantText(decision.decidedAt).day,
        time: instantText(decision.decidedAt).time,
        why: decision.why,
      })}
    </p>
  )
}

/** `then`: the doors that are read anew after an undo. The officer's own undo has its key in the bar of the shell. */
export function Decided({ decision, then }: { decision: HeldDecision; then: readonly Endpoint[] }) {
  const say = useSay()
  const codes = useCodes()
  const stale = useStale()
  const undo = useDo(undoDecisions, [showDecisionOn])
  const takeBack = () =>
    void undo.mutateAsync({ params: { id: decision.id } }).then(
      () => stale(then),
      () => undefined,
    )
  return (
    <>
      <p className="note">
        {say('decided-held', {
          who: decision.by,
          what: codes('held', decision.kind),
          time: instantText(decision.decidedAt).time,
          until: instantText(decision.until).time,
        })}
      </p>
      {decision.mayUndo && !decision.mine && (
        <Button icon={Undo2} onPress={takeBack} {...(undo.isPending && { disabled: true })}>
          {say('decided-undo', { left: minutesText(secondsNow(decision.seconds, decision.readAt)) })}
        </Button>
      )}
      <RefusedNote error={undo.error} />
    </>
  )
}
