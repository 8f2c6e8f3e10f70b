import { type FormEvent, useState } from 'react'
import {
  directiveAcknowledge,
  directiveAnswer,
  directiveDuties,
  directiveList,
  directiveOpen,
} from '../../../src/campaign/directives/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession, useToday } from '../shell/session.tsx'
import type { Addressee, WholeDirective } from './directive.ts'
import { DirectiveChip } from './directive-chip.tsx'
import { useOwnFigures } from './own-figure.ts'

const readAnew = [directiveOpen, directiveList, directiveDuties] as const

/** What our own unit owes: to acknowledge, or to answer with a figure and words; and what it has said. */
export function MyAnswer({ directive }: { directive: WholeDirective }) {
  const say = useSay()
  const { post } = useSession()
  const [anew, setAnew] = useState(false)
  const mine = directive.addressees.find(({ unit }) => unit.id === post?.unitId) ?? directive.addressees[0]
  if (!directive.mayAnswer || !directive.mine || !mine) return null
  const asks = directive.question !== undefined
  return (
    <section className="part my-answer" aria-label={say('directive-mine')}>
      <h2>{say('directive-mine')}</h2>
      <p>
        <DirectiveChip {...directive.mine} dueOn={directive.dueOn} />
      </p>
      {mine.earlier !== undefined && !mine.acknowledged && (
        <p className="note">{say('directive-acknowledge-anew', { n: mine.earlier })}</p>
      )}
      {mine.answer && !anew && <Said answer={mine.answer} />}
      {!asks && !mine.acknowledged && <Acknowledge directive={directive} look="primary" />}
      {asks && (!mine.answer || anew) && <Answering directive={directive} mine={mine} onDone={() => setAnew(false)} />}
      {asks && mine.answer && !anew && <Button onPress={() => setAnew(true)}>{say('directive-answer-anew')}</Button>}
    </section>
  )
}

function Said({ answer: { figure, words, by, onDay, at } }: { answer: NonNullable<Addressee['answer']> }) {
  const say = useSay()
  return (
    <div className="said">
      {figure !== undefined && <p className="said-figure figures">{numberText(figure)}</p>}
      {words && <p>{words}</p>}
      <p className="small">
        {say('directive-answered-by', { who: by, day: dayText(onDay), time: instantText(at).time })}
      </p>
    </div>
  )
}

/** To say that it is understood: all that is asked, or for now, where a figure is still to come. */
function Acknowledge({ directive: { id, version }, look }: { directive: WholeDirective; look?: 'primary' }) {
  const say = useSay()
  const send = useDo(directiveAcknowledge, readAnew)
  return (
    <>
      <RefusedNote error={send.error} />
      <Button
        onPress={() => send.mutate({ params: { id }, body: { version } })}
        {...(look && { look })}
        {...(send.isPending && { disabled: true })}
      >
        {say('directive-acknowledge')}
      </Button>
    </>
  )
}

const figureIn = (text: string) =>
  /^\d{1,9}$/.test(text.replaceAll(/[.\s]/g, '')) ? Number(text.replaceAll(/[.\s]/g, '')) : undefined

/** Our own figure of what is asked, for whoever answers to compare with. */
function useOwnHint(directive: WholeDirective, { unit }: Addressee): string | undefined {
  const say = useSay()
  const { metric, day, of } = useOwnFigures(directive, useToday())
  const ours = of.get(unit.id)
  if (!metric || ours === undefined) return undefined
  const said = say('directive-own-figure-beside', {
    metric: say(`metric-${metric}`),
    day: dayText(day),
    n: numberText(ours),
  })
  return `${say('directive-own-figure')}: ${said}`
}

type AnsweringProps = { readonly directive: WholeDirective; readonly mine: Addressee; readonly onDone: () => void }

function Answering({ directive, mine, onDone }: AnsweringProps) {
  const say = useSay()
  const send = useDo(directiveAnswer, readAnew)
  const [typed, setTyped] = useState(mine.answer?.figure === undefined ? '' : String(mine.answer.figure))
  const [words, setWords] = useState(mine.answer?.words ?? '')
  const figure = figureIn(typed)
  const wrong = typed.trim() !== '' && figure === undefined
  const hint = useOwnHint(directive, mine)
  const { id, version, question } = directive
  const answer = (event: FormEvent) => {
    event.preventDefault()
    if (wrong || (figure === undefined && !words.trim())) return
    const body = { version, ...(figure !== undefined && { figure }), ...(words.trim() && { words: words.trim() }) }
    send.mutate({ params: { id }, body }, { onSuccess: onDone })
  }
  return (
    <form className="form" onSubmit={answer}>
      <NoteField
        draft={`directive ${id} figure`}
        label={question?.label ?? say('directive-figure')}
        value={typed}
        onChange={setTyped}
        inputMode="numeric"
        error={wrong ? say('directive-figure-unread') : undefined}
        maxLength={12}
        {...(hint && { hint })}
      />
      <NoteField
        draft={`directive ${id} words`}
        label={say('directive-words')}
        value={words}
        onChange={setWords}
        rows={3}
        maxLength={2000}
        hint={say('directive-words-hint')}
      />
      <RefusedNote error={send.error} />
      <div className="buttons">
        <Button look="primary" submits {...(send.isPending && { disabled: true })}>
          {say('directive-answer')}
        </Button>
        {!mine.acknowledged && <Acknowledge directive={directive} />}
        {mine.answer && <Button onPress={onDone}>{say('leave-it')}</Button>}
      </div>
    </form>
  )
}
