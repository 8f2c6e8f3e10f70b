import { useState } from 'react'
import { type RequestKind, requestKinds } from '../../../src/data-protection/request.ts'
import { countDataRequests, fileDataRequest, listDataRequests } from '../../../src/data-protection/requests/contract.ts'
import { sayOfRequests } from '../../../src/data-protection/requests/words.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { UnsentPapers, useUnsentPapers } from '../attachments/unsent-papers.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'

type Person = { readonly id: string; readonly name: string }

/** What somebody at the counter asks about their own data, taken in for them. */
export function FileRequest({ id, name }: Person) {
  const say = useSay()
  const may = useMay('protection.receive')
  const [open, setOpen] = useState(false)
  if (!may) return null
  return (
    <>
      <Button look="wide" onPress={() => setOpen(true)}>
        {say('data-request-file')}
      </Button>
      {open && <FileDialog id={id} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}

function FileDialog({ id, name, onClose }: Person & { readonly onClose: () => void }) {
  const { say, language } = useLanguage()
  const words = sayOfRequests(language)
  const [kind, setKind] = useState<RequestKind>('see')
  const [text, setText] = useState('')
  const unsent = useUnsentPapers('data-request', id)
  const file = useDo(fileDataRequest, [listDataRequests, countDataRequests])
  return (
    <Dialog open title={say('data-request-file-title', { name })} onClose={onClose}>
      {file.data ? (
        <>
          <p role="status">{say('data-request-filed', { day: dayText(file.data.dueOn) })}</p>
          <div className="buttons">
            <Button look="primary" onPress={onClose} autoFocus>
              {say('data-request-close')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Field
            label={say('data-request-kind')}
            value={kind}
            onChange={value => setKind(requestKinds.find(one => one === value) ?? 'see')}
            choices={requestKinds.map(one => [one, words(`kind-${one}`)])}
          />
          <NoteField
            draft={`request of ${id}`}
            label={say('data-request-words')}
            value={text}
            onChange={setText}
            rows={4}
            maxLength={4000}
            autoFocus
          />
          <UnsentPapers unsent={unsent} paper="form" />
          <RefusedNote error={file.error} />
          <div className="buttons">
            <Button
              look="primary"
              onPress={() => file.mutate({ body: { personId: id, kind, words: text, attachments: unsent.ids } })}
              {...((!text.trim() || file.isPending || unsent.isBusy) && { disabled: true })}
            >
              {say('data-request-file-do')}
            </Button>
            <Button onPress={onClose}>{say('leave-it')}</Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
