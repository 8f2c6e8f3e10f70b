import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

const leastReason = 3

export type ReasonDialogProps = {
  readonly title: string
  readonly means?: string
  readonly deed: string
  readonly error: unknown
  readonly busy: boolean
  readonly onDo: (reason: string) => void
  readonly onClose: () => void
}

/** A refusal or a stop, with the reason that the party's engineers read. */
export function ReasonDialog({ title, means, deed, error, busy, onDo, onClose }: ReasonDialogProps) {
  const say = useSay()
  const [reason, setReason] = useState('')
  return (
    <Dialog open title={title} onClose={onClose} grave>
      {means && <p className="quiet">{means}</p>}
      <NoteField
        draft={`party ${location.pathname} ${title}`}
        label={say('party-why')}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={500}
        autoFocus
      />
      <RefusedNote error={error} />
      <div className="buttons">
        <Button
          look="grave"
          {...((busy || reason.trim().length < leastReason) && { disabled: true })}
          onPress={() => onDo(reason.trim())}
        >
          {deed}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
