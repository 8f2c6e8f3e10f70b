import { type ReactNode, useState } from 'react'
import { refusalReasons, returnReasons } from '../../../src/enrolment/adjudication/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Deciding } from './decide-application.ts'
import type { Application } from './search.ts'

type Shared = { readonly deciding: Deciding; readonly onClose: () => void }

type NoteProps = Shared & {
  readonly title: string
  readonly means?: string
  readonly deed: string
  readonly label: string
  readonly hint: string
  readonly grave?: boolean
  /** What is asked beside the words; `tried`: somebody has pressed the button already. */
  readonly asks?: (tried: boolean) => ReactNode
  /** It is not answered yet. */
  readonly lacks?: boolean
  readonly onDo: (note: string) => void
}

const leastLetters = 3

/** Words that stay with the deed, and the deed; Enter alone never does it, since words come before. */
export function NoteDialog({
  deciding,
  onClose,
  title,
  means,
  deed,
  label,
  hint,
  grave,
  asks,
  lacks,
  onDo,
}: NoteProps) {
  const say = useSay()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = note.trim().length < leastLetters
  const act = () => {
    setTried(true)
    if (!isShort && !lacks) onDo(note.trim())
  }
  return (
    <Dialog open title={title} onClose={onClose}>
      {means && <p className="quiet">{means}</p>}
      {asks?.(tried)}
      <NoteField
        draft={`application ${location.pathname} ${title}`}
        label={label}
        value={note}
        onChange={setNote}
        rows={3}
        maxLength={500}
        hint={hint}
        error={tried && isShort ? say('note-too-short') : undefined}
        autoFocus={!asks}
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

/** The reasons of each; none is chosen beforehand, since the citizen is told it. */
const reasons: readonly Reason[] = [
  ...returnReasons.map(code => ({ of: 'return' as const, code })),
  ...refusalReasons.map(code => ({ of: 'refuse' as const, code })),
]

type ReturnProps = Shared & { readonly of: Reason['of']; readonly onDo: (reason: Reason, note: string) => void }

/** Sending back and refusing: the reason, and the words that the citizen reads. */
export function ReturnDialog({ deciding, onClose, of, onDo }: ReturnProps) {
  const say = useSay()
  const [code, setCode] = useState('')
  const open = reasons.filter(reason => reason.of === of)
  const chosen = open.find(reason => reason.code === code)
  return (
    <NoteDialog
      deciding={deciding}
      onClose={onClose}
      title={say(of === 'return' ? 'return-asks' : 'refuse-application-asks')}
      means={say(of === 'return' ? 'return-means' : 'refuse-means')}
      deed={say(`deed-${of}`)}
      label={say('note-for-citizen')}
      hint={say('note-for-citizen-hint')}
      lacks={!chosen}
      onDo={note => chosen && onDo(chosen, note)}
      asks={tried => (
        <Field
          label={say('reason')}
          value={code}
          onChange={setCode}
          choices={[['', say('reason-choose')], ...open.map(one => [one.code, say(`because-${one.code}`)] as const)]}
          error={tried && !chosen ? say('reason-not-chosen') : undefined}
          autoFocus
        />
      )}
    />
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
      asks={() => (
        <Field
          label={say('merge-into')}
          value={other}
          onChange={setOther}
          choices={others.map(
            ({ id, begunOn, state }) =>
              [id, `${say('other-begun', { day: dayText(begunOn) })}, ${say(`is-${state}`)}`] as const,
          )}
          autoFocus
        />
      )}
    />
  )
}
