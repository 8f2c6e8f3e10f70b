import { useState } from 'react'
import {
  askAboutPattern,
  explainPattern,
  inspectedOfficers,
  inspectionOverview,
  listPatterns,
  openNames,
  showPattern,
} from '../../../src/inspection/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Pattern, Reading } from './inspection.ts'
import { PatternSaid } from './pattern-said.tsx'

const stale = [listPatterns, showPattern, inspectedOfficers, inspectionOverview]

type Props = { readonly pattern: Pattern; readonly onClose: () => void }

/** A question to the officer, or to their superior, which waits under their Hôm nay. */
export function AskDialog({ pattern, onClose }: Props) {
  const say = useSay()
  const { data } = useAsk(showPattern, { params: { id: pattern.id } })
  const ask = useDo(askAboutPattern, stale)
  const [to, setTo] = useState('')
  const [text, setText] = useState('')
  const askable = data?.askable ?? []
  const whom = to || (askable[0]?.officer.id ?? '')
  const send = () => ask.mutate({ params: { id: pattern.id }, body: { to: whom, text } }, { onSuccess: onClose })
  return (
    <Dialog open title={say('inspection-ask-title')} onClose={onClose}>
      <PatternSaid pattern={pattern} />
      <Field
        label={say('inspection-ask-whom')}
        value={whom}
        onChange={setTo}
        choices={askable.map(({ officer, isSuperior, unitName }) => [
          officer.id,
          isSuperior ? say('inspection-superior', { name: officer.name, unit: unitName }) : officer.name,
        ])}
      />
      <NoteField
        draft={`pattern ${pattern.id} question`}
        label={say('inspection-ask-text')}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={1000}
        hint={say('inspection-ask-hint')}
        autoFocus
      />
      <RefusedNote error={ask.error} />
      <div className="buttons">
        <Button look="primary" onPress={send} {...((!whom || ask.isPending) && { disabled: true })}>
          {say('inspection-ask-do')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

type ReasonProps = {
  readonly about: string
  readonly reason: string
  readonly onChange: (reason: string) => void
  readonly error: unknown
}

/** Why, in the auditor's words, and why the house refused it. */
function ReasonField({ about, reason, onChange, error }: ReasonProps) {
  const say = useSay()
  return (
    <>
      <NoteField
        draft={`pattern ${about} reason`}
        label={say('inspection-reason')}
        value={reason}
        onChange={onChange}
        rows={3}
        maxLength={1000}
        hint={say('inspection-reason-hint')}
        autoFocus
      />
      <RefusedNote error={error} />
    </>
  )
}

type FootProps = {
  readonly deed: string
  readonly busy: boolean
  readonly onDo: () => void
  readonly onClose: () => void
}

function Foot({ deed, busy, onDo, onClose }: FootProps) {
  const say = useSay()
  return (
    <div className="buttons">
      <Button look="primary" onPress={onDo} {...(busy && { disabled: true })}>
        {deed}
      </Button>
      <Button onPress={onClose}>{say('leave-it')}</Button>
    </div>
  )
}

/** The reason that is known: it closes the pattern, in writing. */
export function ExplainDialog({ pattern, onClose }: Props) {
  const say = useSay()
  const explain = useDo(explainPattern, stale)
  const [reason, setReason] = useState('')
  const write = () => explain.mutate({ params: { id: pattern.id }, body: { reason } }, { onSuccess: onClose })
  return (
    <Dialog open title={say('inspection-explain-title')} onClose={onClose}>
      <PatternSaid pattern={pattern} />
      <ReasonField about={pattern.id} reason={reason} onChange={setReason} error={explain.error} />
      <Foot deed={say('inspection-explain-do')} busy={explain.isPending} onDo={write} onClose={onClose} />
    </Dialog>
  )
}

type OpenProps = {
  readonly officer: string
  readonly pattern?: string | undefined
  readonly readings: readonly Reading[]
  readonly onOpened: (names: ReadonlyMap<string, string>) => void
  readonly onClose: () => void
}

/** Names behind initials, with a reason: the reading of them is the auditor's. */
export function OpenNamesDialog({ officer, pattern, readings, onOpened, onClose }: OpenProps) {
  const say = useSay()
  const open = useDo(openNames)
  const [reason, setReason] = useState('')
  const ids = readings.map(({ id }) => id).slice(0, 50)
  const write = () =>
    open.mutate(
      { body: { officer, readings: ids, reason, ...(pattern && { patternId: pattern }) } },
      {
        onSuccess: ({ names }) => {
          onOpened(new Map(names.map(({ id, fullName }) => [id, fullName])))
          onClose()
        },
      },
    )
  return (
    <Dialog open title={say('inspection-open-title', { n: ids.length })} onClose={onClose}>
      <p>{say('inspection-open-text')}</p>
      <ReasonField about={`${officer} names`} reason={reason} onChange={setReason} error={open.error} />
      <Foot deed={say('inspection-open-do')} busy={open.isPending} onDo={write} onClose={onClose} />
    </Dialog>
  )
}
