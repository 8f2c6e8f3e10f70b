import { useState } from 'react'
import { answerQuestion, myQuestions } from '../../../src/inspection/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'

type Question = Answer<typeof myQuestions>['questions'][number]

/** What auditors ask the officer who is signed in; each is answered in writing, once. */
export function QuestionsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { data, error, refetch } = useAsk(myQuestions, {})
  return (
    <Page
      title={say('questions-title')}
      standing={<p>{say('questions-about')}</p>}
      strip={[unit, say('questions-title')]}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data?.questions.length === 0 && (
        <State
          so={say('questions-none')}
          todo={say('questions-none-todo')}
          buttons={<Button href={at('/hom-nay')}>{say('today')}</Button>}
        />
      )}
      <ul className="cases">
        {data?.questions.map(question => (
          <OneQuestion key={question.id} question={question} />
        ))}
      </ul>
    </Page>
  )
}

function OneQuestion({ question }: { question: Question }) {
  const say = useSay()
  const send = useDo(answerQuestion, [myQuestions])
  const [text, setText] = useState('')
  const { id, rule, fromOn, toOn, askedBy, askedAt, dueOn, due, answer, answeredAt } = question
  const days =
    fromOn === toOn
      ? say('inspection-on-day', { day: dayText(toOn) })
      : say('inspection-in-days', { from: dayText(fromOn), to: dayText(toOn) })
  return (
    <li>
      <p>
        <b>{say(`rule-${rule}`)}</b>, {days}{' '}
        {answer ? (
          <Chip kind="done">{say('question-answered')}</Chip>
        ) : (
          <Chip kind={due === 'overdue' ? 'late' : 'waiting'}>
            {say(due === 'overdue' ? 'question-late' : 'question-waits', { day: dayText(dueOn) })}
          </Chip>
        )}
      </p>
      <p className="prose">{question.text}</p>
      <p className="small">
        {askedBy}, {instantText(askedAt).day}
      </p>
      {answer ? (
        <>
          <p className="small">{say('questions-yours', { day: answeredAt ? instantText(answeredAt).day : '' })}</p>
          <p className="prose">{answer}</p>
        </>
      ) : (
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault()
            send.mutate({ params: { id }, body: { answer: text } })
          }}
        >
          <NoteField
            draft={`question ${question.id} answer`}
            label={say('questions-answer')}
            value={text}
            onChange={setText}
            rows={3}
            maxLength={1000}
          />
          <RefusedNote error={send.error} />
          <div className="buttons">
            <Button look="primary" submits {...(send.isPending && { disabled: true })}>
              {say('questions-answer-do')}
            </Button>
          </div>
        </form>
      )}
    </li>
  )
}
