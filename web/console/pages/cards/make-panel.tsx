import { useState } from 'react'
import { cardPipeline, listCards } from '../../../../src/cards/contract-pipeline.ts'
import { blankStock, listBatches, makeCard, showBatch } from '../../../../src/cards/contract-production.ts'
import { useDo } from '../../asking.ts'
import { dayText, numberText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { Button } from '../../parts/button.tsx'
import { Name } from '../../parts/name.tsx'
import { useToday } from '../../session.tsx'
import type { BatchLine } from './card-types.ts'
import { useRefusalWords } from './refusal-words.ts'
import { type Heard, ScanField } from './scan-field.tsx'

/** Cards are made one by one: who is next stands here, and the blank is scanned. */
export function MakePanel({ lines }: { lines: readonly BatchLine[] }) {
  const say = useSay()
  const today = useToday()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const make = useDo(makeCard, [showBatch, listBatches, blankStock, cardPipeline, listCards])
  const next = lines.find(({ cardId }) => !later.has(cardId)) ?? lines[0]
  const onScan = (serial: string) => {
    if (!next || make.isPending) return
    setHeard({ kind: 'busy', so: say('scan-working', { what: serial }) })
    make.mutate(
      { params: { id: next.cardId }, body: { serial } },
      {
        onSuccess: () => setHeard({ kind: 'good', so: say('make-done', { name: next.name, serial }) }),
        onError: error => setHeard({ kind: 'bad', ...toldOf(error) }),
      },
    )
  }
  if (!next)
    return (
      <section className="scan">
        {heard && (
          <p className="note" role="status">
            {heard.so}
          </p>
        )}
        <p className="quiet">{say('make-none')}</p>
      </section>
    )
  return (
    <>
      <section className="at-hand" aria-live="polite">
        <h2>
          {say('make-next')} <span className="aside">{say('make-left', { n: numberText(lines.length) })}</span>
        </h2>
        <p className="big-name">
          <Name name={next.name} />
        </p>
        <p className={next.dueOn < today ? 'late-text' : 'quiet'}>
          {say('card-due')} {dayText(next.dueOn)}
          {next.attempts ? `, ${say('make-attempt', { n: next.attempts + 1 })}` : ''}
        </p>
        {next.fault && <p className="late-text">{say('batch-row-again', { fault: next.fault })}</p>}
      </section>
      <ScanField label={say('make-scan')} hint={say('make-scan-hint')} onScan={onScan} heard={heard}>
        {lines.length > 1 && (
          <div className="buttons">
            <Button look="row" onPress={() => setLater(new Set([...later, next.cardId]))}>
              {say('make-skip')}
            </Button>
          </div>
        )}
      </ScanField>
    </>
  )
}
