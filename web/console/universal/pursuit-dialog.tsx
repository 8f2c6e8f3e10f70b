import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  assignPursuit,
  concludePursuit,
  pursuitOutcomes,
  universalChildren,
} from '../../../src/out-of-school/universal/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Child } from './universal.ts'

type Props = { readonly child: Child; readonly onClose: () => void }

/** Who goes after a child, until when, and what came of it. */
export function PursuitDialog({ child, onClose }: Props) {
  const say = useSay()
  const queries = useQueryClient()
  const done = () => {
    void queries.invalidateQueries({ queryKey: [universalChildren.path] })
    onClose()
  }
  return (
    <Dialog open title={say('universal-child-title', { name: child.name })} onClose={onClose}>
      <p className="quiet">{[dayText(child.born), child.address, child.commune].filter(Boolean).join(', ')}</p>
      <Assigning child={child} onDone={done} />
      {child.pursuit && <Concluding child={child} onDone={done} />}
      <div className="buttons">
        <Button look="text" onPress={onClose}>
          {say('leave-it')}
        </Button>
      </div>
    </Dialog>
  )
}

type PartProps = { readonly child: Child; readonly onDone: () => void }

function Assigning({ child, onDone }: PartProps) {
  const say = useSay()
  const assign = useDo(assignPursuit, [universalChildren])
  const [filled, setFilled] = useState<{ assignedTo: string; dueOn: string }>({
    assignedTo: child.pursuit?.assignedTo ?? child.school ?? '',
    dueOn: child.pursuit?.dueOn ?? '',
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { assignedTo, dueOn } = filled
    if (assignedTo.trim())
      assign.mutate(
        { params: { id: child.id }, body: { assignedTo: assignedTo.trim(), ...(dueOn && { dueOn }) } },
        { onSuccess: onDone },
      )
  }
  return (
    <form className="form" onSubmit={submit}>
      <Field
        label={say('universal-assigned-to')}
        value={filled.assignedTo}
        onChange={assignedTo => setFilled({ ...filled, assignedTo })}
        hint={say('universal-assigned-to-hint')}
        maxLength={200}
      />
      <DayField label={say('universal-due')} value={filled.dueOn} onChange={dueOn => setFilled({ ...filled, dueOn })} />
      <RefusedNote error={assign.error} />
      <div className="buttons">
        <Button look="primary" submits {...(assign.isPending && { disabled: true })}>
          {say('universal-assign')}
        </Button>
      </div>
    </form>
  )
}

function Concluding({ child, onDone }: PartProps) {
  const say = useSay()
  const conclude = useDo(concludePursuit, [universalChildren])
  const [note, setNote] = useState(child.pursuit?.note ?? '')
  const busy = conclude.isPending && { disabled: true }
  const send = (outcome?: (typeof pursuitOutcomes)[number]) =>
    conclude.mutate(
      { params: { id: child.id }, body: { ...(outcome && { outcome, ...(note.trim() && { note: note.trim() }) }) } },
      { onSuccess: onDone },
    )
  return (
    <>
      <h3>{say('universal-outcome')}</h3>
      <Field label={say('universal-note')} value={note} onChange={setNote} maxLength={300} />
      <RefusedNote error={conclude.error} />
      <div className="buttons outcomes-to-press">
        {pursuitOutcomes.map(outcome => (
          <Button
            key={outcome}
            look={outcome === child.pursuit?.outcome ? 'chosen' : []}
            onPress={() => send(outcome)}
            {...busy}
          >
            {say(`pursued-${outcome}`)}
          </Button>
        ))}
        {child.pursuit?.outcome && (
          <Button look="text" onPress={() => send()} {...busy}>
            {say('universal-reopen')}
          </Button>
        )}
      </div>
    </>
  )
}
