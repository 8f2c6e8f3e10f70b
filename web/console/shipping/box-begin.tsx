import { useState } from 'react'
import { listBoxes, openBox } from '../../../src/cards/shipping/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { boxAt } from '../cards/addresses.ts'
import { usePlaces } from '../cards/place-names.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

/** Begins a box from one's own unit to another, or to a school. */
export function BeginBox({ onClose }: { onClose: () => void }) {
  const say = useSay()
  const { unitChoices, schoolChoices } = usePlaces()
  const [unit, setUnit] = useState('')
  const [school, setSchool] = useState('')
  const begin = useDo(openBox, [listBoxes])
  const id = school || unit
  const to = { kind: school ? 'school' : 'unit', id } as const
  return (
    <Dialog open title={say('box-begin')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (id) begin.mutate({ body: { to } }, { onSuccess: box => goTo(boxAt(box.id)) })
        }}
      >
        <Field
          label={say('box-to-unit')}
          value={unit}
          onChange={chosen => {
            setUnit(chosen)
            setSchool('')
          }}
          choices={[['', ''], ...unitChoices]}
          autoFocus
        />
        <Field
          label={say('box-to-school')}
          value={school}
          onChange={chosen => {
            setSchool(chosen)
            setUnit('')
          }}
          choices={[['', ''], ...schoolChoices]}
        />
        <RefusedNote error={begin.error} />
        <div className="buttons">
          <Button look="primary" submits {...((id === '' || begin.isPending) && { disabled: true })}>
            {say('box-begin-deed')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
