import { useRef, useState } from 'react'
import { blankStock, listBatches, makeCard, showBatch } from '../../../src/cards/production/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useStale } from '../base/use-endpoint.ts'
import type { BatchLine } from '../cards/card-types.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { useInTurn } from '../cards/scans-in-turn.ts'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { Name } from '../parts/person-name.tsx'
import { useToday } from '../shell/session.tsx'

/** One making of a card: rejected, it comes back to be made once more. */
const keyOf = ({ cardId, attempts = 0 }: BatchLine) => `${cardId}/${attempts}`

/** Cards are made one by one: who is next stands here, and the blank is scanned. */
export function MakePanel({ lines }: { lines: readonly BatchLine[] }) {
  const say = useSay()
  const today = useToday()
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const stale = useStale()
  const inTurn = useInTurn()
  /** Made since the page was opened: scans come faster than the batch is read anew. */
  const made = useRef(new Set<string>())
  const nextOf = () => {
    const those = lines.filter(line => !made.current.has(keyOf(line)))
    return those.find(({ cardId }) => !later.has(cardId)) ?? those[0]
  }
  const next = nextOf()
  const latest = useRef(nextOf)
  latest.current = nextOf
  const onScan = (serial: string) => {
    setHeard({ kind: 'busy', so: say('scan-working', { what: serial }) })
    inTurn(async () => {
      const card = latest.current()
      if (!card) return setHeard({ kind: 'bad', so: say('make-none') })
      made.current.add(keyOf(card))
      try {
        await call(makeCard, { params: { id: card.cardId }, body: { serial } })
        setHeard({ kind: 'good', so: say('make-done', { name: card.name, serial }) })
        stale([showBatch, listBatches, blankStock, cardPipeline, listCards])
      } catch (error) {
        made.current.delete(keyOf(card))
        setHeard({ kind: 'bad', ...toldOf(error) })
      }
    })
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
