import { Download, Send } from 'lucide-react'
import { handUpBatch, listBatches, orderFile, showBatch } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Batch } from '../cards/card-types.ts'
import { Progress, RefusedNote } from '../parts/page-state.tsx'
import { ProductionResults } from './production-results.tsx'

/** A centre's batch: its orders go out as a file or by the exchange, and the answers come back the same way. */
export function BatchOrder({ batch: { id, state, orderedAt, handedUpAt } }: { batch: Batch }) {
  const say = useSay()
  const order = useDo(orderFile, [showBatch, listBatches])
  const handUp = useDo(handUpBatch, [showBatch, listBatches])
  return (
    <>
      {handedUpAt && (
        <section className="part">
          <p>{say('batch-handed-up-on', { day: instantText(handedUpAt).day })}</p>
        </section>
      )}
      {state !== 'closed' && !handedUpAt && (
        <section className="part stack">
          <p>{orderedAt ? say('batch-ordered-on', { day: instantText(orderedAt).day }) : say('batch-order-about')}</p>
          {order.isPending || handUp.isPending ? (
            <Progress what={say('batch-order-making')} />
          ) : (
            <div className="buttons">
              {!orderedAt && (
                <Button icon={Send} look="primary" onPress={() => handUp.mutate({ params: { id } })}>
                  {say('batch-hand-up')}
                </Button>
              )}
              <Button icon={Download} onPress={() => order.mutate({ params: { id } }, { onSuccess: save })}>
                {say('batch-order-file')}
              </Button>
            </div>
          )}
          <RefusedNote error={order.error ?? handUp.error} />
        </section>
      )}
      <section className="part">
        <ProductionResults />
      </section>
    </>
  )
}
