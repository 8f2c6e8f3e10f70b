import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { showPerson } from '../../../src/register/contract.ts'
import { askNewNumber, listCollections } from '../../../src/register/establishing/contract.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Page } from '../shell/page.tsx'

const form = () => inForceToday(formsOfPages).newNumber

/** Asks that a number be cancelled and made anew; a second officer decides. */
export function NewNumberPage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id/lap-lai-so' })
  const person = useAsk(showPerson, { params: { id } })
  const ask = useDo(askNewNumber, [listCollections])
  const [filled, setFilled] = useDraftState(`new number of ${id}`, { reason: '', papers: '' })
  const [tried, setTried] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (filled.reason.trim() && filled.papers.trim()) ask.mutate({ params: { id }, body: { ...filled, form: form() } })
  }
  return (
    <Page
      title={say('ask-new-number')}
      standing={
        <p>
          {person.data?.fullName} {person.data?.number && <PersonNumber number={person.data.number} />}
        </p>
      }
    >
      {ask.data ? (
        <State
          so={say('collection-sent')}
          todo={say('collection-sent-todo')}
          buttons={
            <Button look="primary" href={at('/dan-cu/lap-so')}>
              {say('collections-open')}
            </Button>
          }
        />
      ) : (
        <form className="form" onSubmit={send}>
          <Field
            label={say('reason')}
            value={filled.reason}
            onChange={reason => setFilled({ ...filled, reason })}
            rows={3}
            maxLength={2000}
            hint={say('reason-hint')}
            error={tried && !filled.reason.trim() ? say('field-needed') : undefined}
          />
          <Field
            label={say('papers')}
            value={filled.papers}
            onChange={papers => setFilled({ ...filled, papers })}
            rows={3}
            maxLength={2000}
            hint={say('papers-hint')}
            error={tried && !filled.papers.trim() ? say('papers-needed') : undefined}
          />
          <RefusedNote error={ask.error} />
          <div className="buttons">
            <Button look="primary" submits {...(ask.isPending && { disabled: true })}>
              {say('ask-new-number')}
            </Button>
            <Button href={at(`/dan-cu/nguoi/${id}`)}>{say('leave-it')}</Button>
          </div>
        </form>
      )}
    </Page>
  )
}
