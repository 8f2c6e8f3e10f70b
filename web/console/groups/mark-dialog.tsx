import { useState } from 'react'
import {
  groupList,
  groupOpen,
  visitListMark,
  visitListOpen,
  visitOutcomes,
} from '../../../src/campaign/groups/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useToday } from '../shell/session.tsx'
import { OutcomeButtons } from '../visits/outcome-buttons.tsx'
import type { Entry, ListHead } from './group.ts'

type Props = { readonly list: ListHead; readonly entry: Entry; readonly onClose: () => void }

/** What came of a call: one press an outcome, with the day and a note where there is one. */
export function MarkDialog({ list, entry, onClose }: Props) {
  const say = useSay()
  const today = useToday()
  const mark = useDo(visitListMark, [visitListOpen, groupOpen, groupList])
  const [onDay, setOnDay] = useState<string>(entry.onDay ?? today)
  const [note, setNote] = useState(entry.note ?? '')
  const params = { id: list.id, person: entry.person }
  const send = (outcome: (typeof visitOutcomes)[number]) =>
    mark.mutate(
      { params, body: { outcome, ...(onDay && { onDay }), ...(note.trim() && { note: note.trim() }) } },
      { onSuccess: onClose },
    )
  return (
    <Dialog open title={say('doors-mark-title', { name: entry.name ?? say('doors-gone') })} onClose={onClose}>
      <p className="quiet">
        {[entry.address, entry.lacking.map(need => say(`lacks-${need}`)).join(', ')].filter(Boolean).join(' · ')}
      </p>
      <DayField label={say('doors-mark-day')} value={onDay} onChange={setOnDay} />
      <Field label={say('doors-note')} value={note} onChange={setNote} hint={say('doors-note-hint')} maxLength={300} />
      <RefusedNote error={mark.error} />
      <OutcomeButtons
        outcomes={visitOutcomes}
        current={entry.outcome}
        labelOf={outcome => say(`doors-${outcome}`)}
        onChoose={send}
        onTakeBack={() => mark.mutate({ params, body: {} }, { onSuccess: onClose })}
        takeBack={say('doors-mark-back')}
        onClose={onClose}
        busy={mark.isPending}
      />
    </Dialog>
  )
}
