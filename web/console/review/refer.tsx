import { type FormEvent, useEffect, useState } from 'react'
import { listReceivers } from '../../../src/rolls/review/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { type Review, spotOf } from './queue.ts'
import type { Deciding } from './use-decision.ts'

type Receiver = Answer<typeof listReceivers>['receivers'][number]
type DialogProps = {
  readonly open: boolean
  readonly review: Review
  readonly deciding: Deciding
  readonly onClose: () => void
}

const noteLength = 1000

/** Who knows more: the police where a candidate lives, the unit above, a colleague. Chosen by arrows, sent by Enter. */
export function ReferDialog({ open, review, deciding, onClose }: DialogProps) {
  const say = useSay()
  return (
    <Dialog open={open} title={say('refer-title', { row: review.row.row })} onClose={onClose}>
      <ReferForm review={review} deciding={deciding} onClose={onClose} />
    </Dialog>
  )
}

function ReferForm({ review, deciding, onClose }: Omit<DialogProps, 'open'>) {
  const say = useSay()
  const { rollId, place } = spotOf(review)
  const { data, error } = useAsk(listReceivers, { params: { id: rollId, place } })
  const [at, setAt] = useState(0)
  const [note, setNote] = useState('')
  if (error) return <Failed error={error} />
  if (!data) return <Loading what={say('reading-roll')} />
  const to = data.receivers[at]
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!to) return
    const body = { unitId: to.unitId, ...(to.officerId && { officerId: to.officerId }), note }
    void deciding.handOn(review, body).then(isDone => isDone && onClose())
  }
  if (!to)
    return (
      <>
        <p>{say('refer-none')}</p>
        <div className="buttons">
          <Button onPress={onClose} autoFocus>
            {say('leave-it')}
          </Button>
        </div>
      </>
    )
  return (
    <form className="form" onSubmit={send}>
      <fieldset className="receivers">
        <legend className="unseen">{say('refer-title', { row: review.row.row })}</legend>
        {data.receivers.map((one, n) => (
          <label className="tick" key={`${one.unitId} ${one.officerId ?? ''}`}>
            {/* biome-ignore lint/a11y/noAutofocus: the dialog was opened by a key, and the next key chooses */}
            <input type="radio" name="receiver" checked={n === at} autoFocus={n === 0} onChange={() => setAt(n)} />
            <span>{sayReceiver(say, review, one)}</span>
          </label>
        ))}
      </fieldset>
      <NoteField
        draft={`row ${rollId} ${place} refer`}
        label={say('refer-note')}
        hint={say('refer-note-hint')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={noteLength}
      />
      <RefusedNote error={deciding.error} />
      <div className="buttons">
        <Button look="primary" submits {...(deciding.busy && { disabled: true })}>
          {say('refer-do')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}

function sayReceiver(
  say: ReturnType<typeof useSay>,
  { candidates }: Review,
  { kind, unitName, name, personIds }: Receiver,
): string {
  if (kind === 'colleague') return say('refer-colleague', { name: name ?? '' })
  if (kind === 'above') return say('refer-above', { unit: unitName })
  const who = candidates
    .map(({ personId, fields }, n) =>
      personIds.includes(personId) ? (fields[0]?.register ?? say('refer-lives', { n: n + 1 })) : '',
    )
    .filter(Boolean)
  return say('refer-residence', { unit: unitName, who: [...new Set(who)].join(', ') })
}

/** A row that came from elsewhere goes back, with a word why. */
export function ReturnDialog({ open, review, deciding, onClose }: DialogProps) {
  const say = useSay()
  const [note, setNote] = useState('')
  const { rollId, place } = spotOf(review)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row, another word
  useEffect(() => setNote(''), [rollId, place])
  const send = (event: FormEvent) => {
    event.preventDefault()
    void deciding.handBack(review, note).then(isDone => isDone && onClose())
  }
  return (
    <Dialog open={open} title={say('return-title', { row: review.row.row })} onClose={onClose}>
      <form className="form" onSubmit={send}>
        <NoteField
          draft={`row ${rollId} ${place} return`}
          label={say('return-note')}
          value={note}
          onChange={setNote}
          rows={2}
          maxLength={noteLength}
          autoFocus
        />
        <RefusedNote error={deciding.error} />
        <div className="buttons">
          <Button look="primary" submits {...(deciding.busy && { disabled: true })}>
            {say('review-return-do')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
