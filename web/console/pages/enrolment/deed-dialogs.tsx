import { type ReactNode, useState } from 'react'
import { refusalReasons, returnReasons } from '../../../../src/enrolment/contract-application.ts'
import { dayText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { RefusedNote } from '../../parts/state.tsx'
import type { Deciding } from './deciding.ts'
import type { Application } from './search.ts'

type Shared = { readonly deciding: Deciding; readonly onClose: () => void }

type NoteProps = Shared & {
  readonly title: string
  readonly means?: string
  readonly deed: string
  readonly label: string
  readonly hint: string
  readonly grave?: boolean
  /** What is asked beside the words. */
  readonly children?: ReactNode
  readonly onDo: (note: string) => void
}

const leastLetters = 3

/** Words that stay with the deed, and the deed; Enter alone never does it, since words come before. */
export function NoteDialog({ deciding, onClose, title, means, deed, label, hint, grave, children, onDo }: NoteProps) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = note.trim().length < leastLetters
  const act = () => {
    setTried(true)
    if (!isShort) onDo(note.trim())
  }
  return (
    <Dialog open title={title} onClose={onClose}>
      {means && <p className="quiet">{means}</p>}
      {children}
      <Field
        label={label}
        value={note}
        onChange={setNote}
        rows={3}
        maxLength={500}
        hint={hint}
        error={tried && isShort ? say('note-too-short') : undefined}
        autoFocus={!children}
      />
      <RefusedNote error={deciding.error} />
      <div className="buttons">
        <Button look={grave ? 'grave' : 'primary'} onPress={act} {...(deciding.busy && { disabled: true })}>
          {deed}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

type Reason =
  | { readonly of: 'return'; readonly code: (typeof returnReasons)[number] }
  | { readonly of: 'refuse'; readonly code: (typeof refusalReasons)[number] }

type ReturnProps = Shared & { readonly of: Reason['of']; readonly onDo: (reason: Reason, note: string) => void }

/** Sending back and refusing: the reason of the law's list, and the words that the citizen reads. */
export function ReturnDialog({ deciding, onClose, of, onDo }: ReturnProps) {
  const say = useSay()
  const codes: readonly string[] = of === 'return' ? returnReasons : refusalReasons
  const [code, setCode] = useState(codes[0] ?? 'other')
  const reasonOf = (): Reason =>
    of === 'return'
      ? { of, code: returnReasons.find(one => one === code) ?? 'other' }
      : { of, code: refusalReasons.find(one => one === code) ?? 'other' }
  return (
    <NoteDialog
      deciding={deciding}
      onClose={onClose}
      title={say(of === 'return' ? 'return-asks' : 'refuse-application-asks')}
      means={say(of === 'return' ? 'return-means' : 'refuse-means')}
      deed={say(`deed-${of}`)}
      label={say('note-for-citizen')}
      hint={say('note-for-citizen-hint')}
      onDo={note => onDo(reasonOf(), note)}
    >
      <Field
        label={say('reason')}
        value={code}
        onChange={setCode}
        choices={(of === 'return' ? returnReasons : refusalReasons).map(one => [one, say(`because-${one}`)] as const)}
        autoFocus
      />
    </NoteDialog>
  )
}

type MergeProps = Shared & { readonly application: Application; readonly onDo: (otherId: string, note: string) => void }

export function MergeDialog({ deciding, onClose, application: { others }, onDo }: MergeProps) {
  const say = useSay()
  const [other, setOther] = useState(others[0]?.id ?? '')
  return (
    <NoteDialog
      deciding={deciding}
      onClose={onClose}
      title={say('merge-asks')}
      means={say('merge-means')}
      deed={say('deed-merge')}
      label={say('note-plain')}
      hint={say('note-too-short')}
      onDo={note => onDo(other, note)}
    >
      <Field
        label={say('merge-into')}
        value={other}
        onChange={setOther}
        choices={others.map(
          ({ id, begunOn, state }) => [id, `${say('other-begun', { day: dayText(begunOn) })}, ${say(`is-${state}`)}`] as const,
        )}
        autoFocus
      />
    </NoteDialog>
  )
}
