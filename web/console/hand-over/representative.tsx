import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import type { Heard } from '../cards/scan-field.tsx'
import type { Receiver } from './handing-over.ts'

/** Who collects for the holder: name, relation, and the paper that shows it. All three are needed. */
export function Representative({
  onGive,
  busy,
  heard,
}: {
  onGive: (receiver: Receiver) => void
  busy: boolean
  heard: Heard | undefined
}) {
  const say = useSay()
  const [filled, setFilled] = useState<Receiver>({ name: '', relation: '', evidence: '' })
  const set = (more: Partial<Receiver>) => setFilled({ ...filled, ...more })
  const whole = Object.values(filled).every(text => text.trim() !== '')
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (whole)
          onGive({ name: filled.name.trim(), relation: filled.relation.trim(), evidence: filled.evidence.trim() })
      }}
    >
      <Field
        label={say('give-rep-name')}
        value={filled.name}
        onChange={name => set({ name })}
        maxLength={200}
        autoFocus
      />
      <Field
        label={say('give-rep-relation')}
        value={filled.relation}
        onChange={relation => set({ relation })}
        maxLength={100}
      />
      <Field
        label={say('give-rep-evidence')}
        value={filled.evidence}
        onChange={evidence => set({ evidence })}
        maxLength={200}
      />
      {heard?.kind === 'bad' && (
        <p className="note late" role="alert">
          {heard.so} {heard.todo}
        </p>
      )}
      <div className="buttons">
        <Button look={['primary', 'large']} submits {...((!whole || busy) && { disabled: true })}>
          {say('give-rep-deed')}
        </Button>
      </div>
    </form>
  )
}
