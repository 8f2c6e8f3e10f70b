import { useState } from 'react'
import type { AttachedCaseKind } from '../../../src/attachments/attachment.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { type AttachedFile, caseDoors } from './case-doors.ts'

type RemoveDialogProps = {
  readonly kind: AttachedCaseKind
  readonly one: AttachedFile
  readonly name: string
  readonly onClose: () => void
}

export function RemoveDialog({ kind, one, name, onClose }: RemoveDialogProps) {
  const say = useSay()
  const { remove, list, ofCase } = caseDoors[kind]
  const [reason, setReason] = useState('')
  const takeAway = useDo(remove, [list, ...ofCase])
  return (
    <Dialog open title={say('paper-remove-asks', { paper: name })} onClose={onClose}>
      <p>{say('paper-remove-means')}</p>
      <NoteField
        draft={`paper ${one.id} removal`}
        label={say('paper-remove-why')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={500}
        autoFocus
      />
      <RefusedNote error={takeAway.error} />
      <div className="buttons">
        <Button
          look="grave"
          onPress={() => takeAway.mutate({ params: { id: one.id }, body: { reason } }, { onSuccess: onClose })}
          {...((!reason.trim() || takeAway.isPending) && { disabled: true })}
        >
          {say('paper-remove')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
