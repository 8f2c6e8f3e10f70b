import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import type { TargetsOfUnit } from './target-table.tsx'

export type AbovePeople = { readonly unit: TargetsOfUnit['unit']; readonly value: number; readonly people: number }

/** Units whose target, over all batches, would be above the people who are meant there. */
export function abovePeople(
  targets: readonly TargetsOfUnit[],
  batch: string,
  amountOf: (unitId: string) => number | undefined,
): AbovePeople[] {
  return targets.flatMap(({ unit, batches, people }) => {
    const amount = amountOf(unit.id)
    if (amount === undefined || amount <= 0 || people === null) return []
    const others = batches.reduce((sum, one) => (one.batch === batch ? sum : sum + one.value), 0)
    return amount + others > people ? [{ unit, value: amount + others, people }] : []
  })
}

type AbovePeopleDialogProps = {
  readonly above: readonly AbovePeople[]
  /** Of which targets: the draft of the reason is named so. */
  readonly of: string
  readonly busy: boolean
  /** Why they were refused, when they were; the reason stays to be sent again. */
  readonly refusal: ReactNode
  readonly onIssue: (reason: string) => void
  readonly onClose: () => void
}

/** Both numbers of each unit; whoever issues such targets says why, and the receiver reads it. */
export function AbovePeopleDialog({ above, of, busy, refusal, onIssue, onClose }: AbovePeopleDialogProps) {
  const say = useSay()
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form below the dialog would be sent too.
    event.stopPropagation()
    if (reason.trim()) onIssue(reason.trim())
  }
  return (
    <Dialog open title={say('above-title', { n: numberText(above.length) })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p>{say('above-note')}</p>
        <section className="above-list">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say('unit')}</th>
                <th scope="col" className="end">
                  {say('targets-value')}
                </th>
                <th scope="col" className="end">
                  {say('targets-people')}
                </th>
                <th scope="col" className="end">
                  {say('targets-over')}
                </th>
              </tr>
            </thead>
            <tbody>
              {above.map(({ unit, value, people }) => (
                <tr key={unit.id}>
                  <th scope="row">{unit.name}</th>
                  <td className="end">{numberText(value)}</td>
                  <td className="end">{numberText(people)}</td>
                  <td className="end late-text">{numberText(value - people)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <NoteField
          draft={`targets ${of} above`}
          label={say('above-reason')}
          value={reason}
          onChange={setReason}
          rows={2}
          maxLength={500}
        />
        {refusal}
        <div className="buttons">
          <Button look="grave" submits disabled={busy || !reason.trim()}>
            {say('above-issue')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
