import { useState } from 'react'
import { exportSearch } from '../../../src/inspection/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Asked, save } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

type Props = {
  readonly asked: Omit<Asked<typeof exportSearch>['body'], 'reason'>
  readonly onClose: () => void
}

/** The result of the search as a signed file, with a reason; the officer's second factor is asked for again. */
export function ExportDialog({ asked, onClose }: Props) {
  const say = useSay()
  const write = useDo(exportSearch)
  const [reason, setReason] = useState('')
  const send = () =>
    write.mutate(
      { body: { ...asked, reason } },
      {
        onSuccess: file => {
          save(file)
          onClose()
        },
      },
    )
  return (
    <Dialog open title={say('export-title')} onClose={onClose}>
      <p>{say('export-about')}</p>
      <NoteField
        draft={`inspection export`}
        label={say('inspection-reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={1000}
        hint={say('inspection-reason-hint')}
        autoFocus
      />
      <RefusedNote error={write.error} />
      <div className="buttons">
        <Button look="primary" onPress={send} {...(write.isPending && { disabled: true })}>
          {say('export-do')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
