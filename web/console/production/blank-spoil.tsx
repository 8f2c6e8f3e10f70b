import { useState } from 'react'
import { blankStock, spoilBlanks } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import type { Lot } from '../cards/card-types.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

/** The serials of a field, one a line. */
export const serialsIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]

/** Blanks of which no card can be made: scanned one by one, or so many of a lot that bears no serials. */
export function SpoilBlanks({ lots, onClose }: { lots: readonly Lot[]; onClose: () => void }) {
  const say = useSay()
  const [text, setText] = useState('')
  const [lotId, setLotId] = useState('')
  const [count, setCount] = useState('')
  const [reason, setReason] = useState('')
  const spoil = useDo(spoilBlanks, [blankStock])
  const serials = serialsIn(text)
  const n = lotId ? Number(count) : serials.length
  const unnumbered = lots.filter(({ numbered, inStock }) => !numbered && inStock > 0)
  const body = lotId ? { lotId, count: n, reason: reason.trim() } : { serials, reason: reason.trim() }
  return (
    <Dialog open title={say('blank-spoil')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (n > 0 && reason.trim()) spoil.mutate({ body })
        }}
      >
        {!lotId && (
          <NoteField
            draft={`spoiled serials`}
            label={say('blank-spoil-serials')}
            value={text}
            onChange={setText}
            rows={3}
            autoFocus
          />
        )}
        {unnumbered.length > 0 && (
          <Field
            label={say('blank-spoil-lot')}
            value={lotId}
            onChange={setLotId}
            choices={[['', ''], ...unnumbered.map(({ id, code }) => [id, code] as const)]}
          />
        )}
        {lotId && (
          <Field
            label={say('blank-count')}
            value={count}
            onChange={typed => setCount(typed.replace(/\D/g, ''))}
            inputMode="numeric"
            maxLength={5}
          />
        )}
        <Field label={say('blank-spoil-reason')} value={reason} onChange={setReason} maxLength={200} />
        <RefusedNote error={spoil.error} />
        {spoil.data && (
          <p className="note" role="status">
            {say('blank-spoiled-done', { n: numberText(spoil.data.spoiled) })}
          </p>
        )}
        <div className="buttons">
          {spoil.data ? (
            <Button look="primary" onPress={onClose}>
              {say('close')}
            </Button>
          ) : (
            <>
              <Button
                look="primary"
                submits
                {...((n < 1 || reason.trim() === '' || spoil.isPending) && { disabled: true })}
              >
                {say('blank-spoil-deed', { n: numberText(n) })}
              </Button>
              <Button onPress={onClose}>{say('leave-it')}</Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  )
}
