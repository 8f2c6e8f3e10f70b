import { Download } from 'lucide-react'
import { listBatches, orderFile, showBatch } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { save } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Batch } from '../cards/card-types.ts'
import { Progress, RefusedNote } from '../parts/page-state.tsx'
import { ProductionResults } from './production-results.tsx'

/** A centre's batch: its orders go out as a file, and the centre's answers come back as one. */
export function BatchOrder({ batch: { id, state, orderedAt } }: { batch: Batch }) {
  const say = useSay()
  const order = useDo(orderFile, [showBatch, listBatches])
  return (
    <>
      {state !== 'closed' && (
        <section className="part stack">
          <p>{orderedAt ? say('batch-ordered-on', { day: instantText(orderedAt).day }) : say('batch-order-about')}</p>
          {order.isPending ? (
            <Progress what={say('batch-order-making')} />
          ) : (
            <div className="buttons">
              <Button
                icon={Download}
                {...(!orderedAt && { look: 'primary' as const })}
                onPress={() => order.mutate({ params: { id } }, { onSuccess: save })}
              >
                {say('batch-order-file')}
              </Button>
            </div>
          )}
          <RefusedNote error={order.error} />
        </section>
      )}
      <section className="part">
        <ProductionResults />
      </section>
    </>
  )
}
