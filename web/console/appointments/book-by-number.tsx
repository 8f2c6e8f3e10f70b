import { useState } from 'react'
import { lookUpPerson } from '../../../src/register/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { NumberEntry } from '../parts/person-number.tsx'
import { useMay } from '../shell/session.tsx'
import { BookDialog } from './book-dialog.tsx'

const digits = 12

/** Somebody calls: their number, then the hour. Whoever gives no number is found in the register first. */
export function BookByNumber({ place }: { readonly place: string }) {
  const say = useSay()
  const [serves, looksUp] = [useMay('planning.serve'), useMay('register.look-up')]
  const [number, setNumber] = useState('')
  const look = useDo(lookUpPerson)
  const [isOpen, setOpen] = useState(false)
  if (!serves || !looksUp) return null
  const found = look.data
  const person = found?.inScope ? { id: found.person.id, name: found.person.fullName } : undefined
  return (
    <details className="counter-settings">
      <summary>{say('bookhour-by-number')}</summary>
      <form
        onSubmit={event => {
          event.preventDefault()
          look.mutate({ body: { number } }, { onSuccess: () => setOpen(true) })
        }}
      >
        <NumberEntry label={say('bookhour-number')} value={number} onChange={setNumber} />
        <div className="buttons">
          <Button submits look="primary" disabled={number.length !== digits || look.isPending}>
            {say('bookhour-find')}
          </Button>
        </div>
      </form>
      {found && !found.inScope && <p className="note late">{say('bookhour-outside')}</p>}
      <RefusedNote error={look.error} />
      {isOpen && person && (
        <BookDialog
          person={person}
          place={place}
          onClose={() => {
            setOpen(false)
            setNumber('')
            look.reset()
          }}
        />
      )}
    </details>
  )
}
