import { useEffect, useRef, useState } from 'react'
import { listBoxes, putInBox, sealBox, showBox } from '../../../src/cards/shipping/contract.ts'
import { cardPipeline, listCards } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo, useStale } from '../base/use-endpoint.ts'
import type { Box } from '../cards/card-types.ts'
import { type Heard, ScanField } from '../cards/scan-field.tsx'
import { useInTurn } from '../cards/scans-in-turn.ts'
import { useRefusalWords } from '../cards/use-refusal-words.ts'
import { RefusedNote } from '../parts/page-state.tsx'

/** Cards are scanned in one after another; then the box is sealed by number. */
export function BoxPacking({ box, taken }: { box: Box; taken: string | undefined }) {
  const say = useSay()
  const toldOf = useRefusalWords()
  const stale = useStale()
  const inTurn = useInTurn()
  const [heard, setHeard] = useState<Heard>()
  /** Put in since the page was opened: scans come faster than the box is read anew. */
  const put = useRef(0)
  useEffect(() => {
    if (taken) setHeard({ kind: 'good', so: say('box-took-out', { serial: taken }) })
  }, [taken, say])
  const onScan = (serial: string) => {
    setHeard({ kind: 'busy', so: say('scan-working', { what: serial }) })
    inTurn(async () => {
      try {
        await call(putInBox, { params: { id: box.id }, body: { serial } })
        put.current += 1
        setHeard({ kind: 'good', so: say('box-put-done', { serial, n: numberText(put.current) }) })
        stale([showBox, listBoxes, cardPipeline, listCards])
      } catch (error) {
        const { so, todo } = toldOf(error)
        setHeard({ kind: 'bad', so: `${serial}: ${so}`, todo })
      }
    })
  }
  return (
    <>
      <ScanField label={say('box-put-in')} hint={say('box-put-hint')} onScan={onScan} heard={heard} />
      {box.cards > 0 && <Seal box={box} />}
    </>
  )
}

function Seal({ box: { id, cards } }: { box: Box }) {
  const say = useSay()
  const [number, setNumber] = useState('')
  const seal = useDo(sealBox, [showBox, listBoxes])
  return (
    <form
      className="at-hand stack"
      onSubmit={event => {
        event.preventDefault()
        if (number.trim()) seal.mutate({ params: { id }, body: { seal: number.trim() } })
      }}
    >
      <h2>{say('box-seal-title')}</h2>
      <Field
        label={say('box-seal-number')}
        hint={say('box-seal-hint')}
        value={number}
        onChange={setNumber}
        maxLength={60}
      />
      <RefusedNote error={seal.error} />
      <div className="buttons">
        <Button look="primary" submits {...((number.trim() === '' || seal.isPending) && { disabled: true })}>
          {say('box-seal-deed', { n: numberText(cards) })}
        </Button>
      </div>
    </form>
  )
}
