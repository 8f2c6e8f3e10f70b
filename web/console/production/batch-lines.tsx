import { useState } from 'react'
import { listBatches, releaseFromBatch, showBatch } from '../../../src/cards/production/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { type BatchPart, lifeAt } from '../cards/addresses.ts'
import type { Batch, BatchLine } from '../cards/card-types.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, type Column, Table } from '../parts/table.tsx'
import { useMay, useToday } from '../shell/session.tsx'

const waitsForCheck = ({ state, attemptId, quality }: BatchLine) =>
  state === 'waiting' && attemptId !== undefined && quality === undefined

/** The parts of a batch; every line is in one of them. */
export function isIn(line: BatchLine, part: BatchPart | undefined): boolean {
  if (part === undefined) return true
  if (part === 'to-check') return waitsForCheck(line)
  if (part === 'to-make') return line.state === 'waiting' && !waitsForCheck(line)
  return part === 'done' ? line.state === 'made' : line.state === 'rejected' || line.state === 'released'
}

/** How a line stands, in words. */
function useSaidLine() {
  const say = useSay()
  return (line: BatchLine): readonly [text: string, look: string] => {
    if (line.state === 'made') return [say('batch-done'), 'done-text']
    if (line.state === 'released') return [say('batch-row-released'), 'quiet']
    if (line.state === 'rejected') return [say('batch-row-rejected', { reason: line.reason ?? '' }), 'late-text']
    if (waitsForCheck(line)) return [say('batch-to-check'), 'waiting-text']
    return line.fault ? [say('batch-row-again', { fault: line.fault }), 'late-text'] : [say('batch-to-make'), 'quiet']
  }
}

/** The cards of a batch by deadline. Those that wait can be taken out. */
export function BatchLines({ batch, lines }: { batch: Batch; lines: readonly BatchLine[] }) {
  const say = useSay()
  const narrow = useNarrow()
  const today = useToday()
  const saidLine = useSaidLine()
  const mayProduce = useMay('cards.produce')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [releasing, setReleasing] = useState(false)
  const waiting = lines.filter(({ cardId, state }) => state === 'waiting' && selected.has(cardId))
  const columns: readonly Column<BatchLine>[] = [
    {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(170px, 1.6fr)',
      onPhone: true,
      show: line => (
        <Go to={lifeAt(line.cardId)} quietly>
          <TwoLines second={narrow && saidLine(line)[0]}>
            <Name name={line.name} />
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'serial',
      head: say('card-serial'),
      width: '96px',
      show: ({ serial }) => serial ?? <span className="quiet">–</span>,
    },
    {
      id: 'due',
      head: say('card-due'),
      width: narrow ? '104px' : '92px',
      end: true,
      onPhone: true,
      sortBy: ({ dueOn }) => dueOn,
      show: ({ dueOn, state }) => (
        <span className={state === 'waiting' && dueOn < today ? 'late-text' : 'quiet'}>{dayText(dueOn)}</span>
      ),
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: 'minmax(120px, 1.2fr)',
      show: line => {
        const [text, look] = saidLine(line)
        return (
          <span className={look} title={text}>
            {text}
          </span>
        )
      },
    },
  ]
  if (lines.length === 0) return <p className="quiet">{say('batch-none-shown')}</p>
  return (
    <div className="bounded-table tall">
      <Table
        label={say('batch-title', { code: batch.code })}
        rows={lines}
        columns={columns}
        idOf={({ cardId }) => cardId}
        onOpen={({ cardId }) => goTo(lifeAt(cardId))}
        {...(mayProduce && { selected, onSelect: setSelected })}
      />
      {waiting.length > 0 && (
        <ActionBar count={selected.size}>
          <Button onPress={() => setReleasing(true)}>{say('release-deed', { n: numberText(waiting.length) })}</Button>
        </ActionBar>
      )}
      {releasing && (
        <Release
          lines={waiting}
          onClose={() => {
            setReleasing(false)
            setSelected(new Set())
          }}
        />
      )}
    </div>
  )
}

function Release({ lines, onClose }: { lines: readonly BatchLine[]; onClose: () => void }) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const release = useDo(releaseFromBatch, [showBatch, listBatches, cardPipeline, listCards])
  const releaseAll = async () => {
    for (const { cardId } of lines) await release.mutateAsync({ body: { cardId, reason: reason.trim() } })
    onClose()
  }
  const n = numberText(lines.length)
  return (
    <Dialog open title={say('release-title', { n })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          void releaseAll().catch(() => undefined)
        }}
      >
        <p>{say('release-means')}</p>
        <Field label={say('card-reason')} value={reason} onChange={setReason} maxLength={200} autoFocus />
        <RefusedNote error={release.error} />
        <div className="buttons">
          <Button look="primary" submits {...((reason.trim() === '' || release.isPending) && { disabled: true })}>
            {say('release-deed', { n })}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
