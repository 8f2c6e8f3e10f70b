import { Download } from 'lucide-react'
import { listBatches, orderFile, showBatch } from '../../../../src/cards/contract-production.ts'
import { save } from '../../../call.ts'
import { useDo } from '../../asking.ts'
import { instantText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { Button } from '../../parts/button.tsx'
import { Progress, RefusedNote } from '../../parts/state.tsx'
import type { Batch } from './card-types.ts'
import { Returns } from './returns.tsx'

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
        <Returns />
      </section>
    </>
  )
}
