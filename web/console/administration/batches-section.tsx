import { useState } from 'react'
import { listOfficers } from '../../../src/staff/contract.ts'
import { acceptBatch, listBatches, listProposals } from '../../../src/staff/proposals/contract.ts'
import { Button } from '../../parts/button.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

type BatchId = { readonly id: string; readonly waiting: number }

/** Tables of posts that wait: another officer than who proposed one accepts it by one decision. */
export function BatchesSection() {
  const { say, language } = useLanguage()
  const { data } = useAsk(listBatches, {})
  const [accepting, setAccepting] = useState<BatchId>()
  const accept = useDo(acceptBatch, [listBatches, listProposals, listOfficers])
  if (!data?.batches.length && !accept.data) return null
  return (
    <section className="part">
      <h2>{say('post-batch-title')}</h2>
      {data?.batches.map(({ id, waiting, proposedBy, proposedAt, mayAccept }) => (
        <p key={id} className="batch">
          {say('post-batch-of', { n: numberText(waiting), who: proposedBy, day: instantText(proposedAt).day })}{' '}
          {mayAccept ? (
            <Button look="row" onPress={() => setAccepting({ id, waiting })}>
              {say('post-batch-accept')}
            </Button>
          ) : (
            <span className="small">{say('post-batch-own')}</span>
          )}
        </p>
      ))}
      {accept.data && (
        <p role="status">
          {say('post-batch-accepted', {
            n: numberText(accept.data.accepted),
            paper: numberText(accept.data.onPaper),
            refused: numberText(accept.data.refused.length),
          })}
        </p>
      )}
      {accept.data?.refused.map(({ proposalId, title }) => (
        <p key={proposalId} className="small">
          {title[language]}
        </p>
      ))}
      <RefusedNote error={accept.error} />
      {accepting && (
        <AcceptBatch
          batch={accepting}
          onClose={() => setAccepting(undefined)}
          onDo={() => {
            accept.mutate({ params: { id: accepting.id }, body: { delivery: 'email' } })
            setAccepting(undefined)
          }}
        />
      )}
    </section>
  )
}

function AcceptBatch({ batch, onClose, onDo }: { batch: BatchId; onClose: () => void; onDo: () => void }) {
  const say = useSay()
  return (
    <DeedDialog
      open
      title={say('post-batch-accept-asks', { n: numberText(batch.waiting) })}
      deed={say('post-batch-accept')}
      onClose={onClose}
      onDo={onDo}
    >
      <p className="quiet">{say('post-batch-accept-means')}</p>
    </DeedDialog>
  )
}
