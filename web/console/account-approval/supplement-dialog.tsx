import { useState } from 'react'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { askAccountSupplement, supplementItems, supplyAccount } from '../../../src/accounts/requests/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import type { Account } from '../accounts/search.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

/** What is missing is asked for, item by item; whoever receives it ticks the same list. */

type Item = (typeof supplementItems)[number]
type Props = { readonly account: Account; readonly onClose: () => void }

function Items({
  of,
  chosen,
  onChange,
  legend,
}: {
  of: readonly Item[]
  chosen: readonly Item[]
  onChange: (items: Item[]) => void
  legend: string
}) {
  const say = useSay()
  return (
    <fieldset className="choices ticks">
      <legend>{legend}</legend>
      {of.map(item => (
        <label key={item}>
          <input
            type="checkbox"
            checked={chosen.includes(item)}
            onChange={() => onChange(chosen.includes(item) ? chosen.filter(one => one !== item) : [...chosen, item])}
          />{' '}
          {say(`missing-${item}`)}
        </label>
      ))}
    </fieldset>
  )
}

export function AskSupplementDialog({ account, onHeld, onClose }: Props & { readonly onHeld: () => void }) {
  const say = useSay()
  const ask = useDo(askAccountSupplement, [showAccount, listAccounts])
  const [items, setItems] = useState<Item[]>([])
  const [note, setNote] = useState('')
  const said = note.trim()
  // What else is missing is said in the note alone.
  const lacks = items.length === 0 || (items.includes('other') && said === '')
  const send = () =>
    void ask.mutateAsync({ params: { id: account.id }, body: { items, ...(said && { note: said }) } }).then(
      ({ held }) => {
        onClose()
        if (held) onHeld()
      },
      () => undefined,
    )
  return (
    <Dialog open title={`${say('desk-do-supplement')}?`} onClose={onClose}>
      <p className="quiet">{say('desk-means-supplement')}</p>
      <Items of={supplementItems} chosen={items} onChange={setItems} legend={say('supplement-missing')} />
      <NoteField
        draft={`supplement ${account.id}`}
        label={say('desk-field-note')}
        hint={say('desk-hint-note')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={200}
      />
      <RefusedNote error={ask.error} />
      <div className="buttons">
        <Button look="primary" onPress={send} {...((lacks || ask.isPending) && { disabled: true })}>
          {say('desk-do-supplement')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

export function SupplyDialog({ account, onClose }: Props) {
  const say = useSay()
  const supply = useDo(supplyAccount, [showAccount, listAccounts])
  const [items, setItems] = useState<Item[]>([])
  const asked = account.supplement?.items ?? []
  const lacks = asked.some(item => !items.includes(item))
  const send = () =>
    void supply.mutateAsync({ params: { id: account.id }, body: { items } }).then(onClose, () => undefined)
  return (
    <Dialog open title={`${say('desk-do-supply')}?`} onClose={onClose}>
      <p className="quiet">{say('desk-means-supply')}</p>
      <Items of={asked} chosen={items} onChange={setItems} legend={say('supplement-received')} />
      {account.supplement?.note && <p className="note">{account.supplement.note}</p>}
      <RefusedNote error={supply.error} />
      <div className="buttons">
        <Button look="primary" onPress={send} {...((lacks || supply.isPending) && { disabled: true })}>
          {say('desk-do-supply')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

/** What is awaited, since when, from whom; or that it was supplied. */
export function SupplementPart({ account: { supplement } }: { account: Account }) {
  const say = useSay()
  if (!supplement) return null
  const { state, items, note, by, askedBy, suppliedBy } = supplement
  return (
    <section className="part" aria-label={say('supplement-title')}>
      <h2>{say('supplement-title')}</h2>
      <p className={state === 'over' ? 'late-text' : undefined}>
        {say(`supplement-${state}`, {
          day: dayText(by),
          who: state === 'supplied' ? (suppliedBy ?? '') : (askedBy ?? ''),
        })}
      </p>
      <ul>
        {items.map(item => (
          <li key={item}>{say(`missing-${item}`)}</li>
        ))}
      </ul>
      {note && <p className="quiet">{note}</p>}
    </section>
  )
}
