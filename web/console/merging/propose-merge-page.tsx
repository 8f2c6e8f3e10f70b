import { useParams, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { lookUpPerson, showPerson } from '../../../src/register/contract.ts'
import { listDuplicates, listMerges, proposeMerge } from '../../../src/register/merging/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { NumberEntry, PersonNumber } from '../parts/person-number.tsx'
import type { Person } from '../register/person.ts'
import { Page } from '../shell/page.tsx'

type Other = Pick<Person, 'id' | 'fullName' | 'birthDate'> & { readonly number?: string | undefined }

/** An officer says which other record is the same person's, why, and by which papers. */
export function ProposeMergePage() {
  const say = useSay()
  const { id } = useParams({ from: '/dan-cu/nguoi/$id/hop-nhat' })
  const { voi } = useSearch({ from: '/dan-cu/nguoi/$id/hop-nhat' })
  const { data, error, refetch } = useAsk(showPerson, { params: { id } })
  const given = useAsk(showPerson, { params: { id: String(voi) } }, { when: !!voi })
  const waits = !data || (!!voi && !given.data && !given.error)
  return (
    <Page
      title={data ? say('merge-propose-title', { name: data.fullName }) : say('merge-propose')}
      standing={<p>{say('merge-propose-about')}</p>}
    >
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : waits ? (
        <Loading what={say('reading-person')} />
      ) : (
        <ProposalForm person={data} given={given.data} />
      )}
    </Page>
  )
}

function ProposalForm({ person, given }: { person: Person; given: Other | undefined }) {
  const say = useSay()
  const lookUp = useDo(lookUpPerson)
  const propose = useDo(proposeMerge, [listMerges, listDuplicates])
  const [number, setNumber] = useState('')
  const [said, setSaid] = useDraftState(`merge of ${person.id}`, { reason: '', papers: '' })
  const [tried, setTried] = useState(false)
  const other: Other | undefined = given ?? lookUp.data?.person
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!other || !said.reason.trim() || !said.papers.trim()) return
    propose.mutate({ body: { personId: person.id, otherId: other.id, ...said } })
  }
  if (propose.data)
    return (
      <State
        so={say('merge-sent', { day: dayText(propose.data.dueOn) })}
        buttons={
          <Button look="primary" href={at(`/dan-cu/hop-nhat/${propose.data.id}`)}>
            {say('merge-open')}
          </Button>
        }
      />
    )
  return (
    <form className="form" onSubmit={send}>
      {!given && (
        <>
          <NumberEntry
            label={say('merge-other-number')}
            value={number}
            onChange={setNumber}
            error={tried && !other ? say('field-needed') : undefined}
          />
          <div className="buttons">
            <Button
              onPress={() => lookUp.mutate({ body: { number } })}
              {...((number.length < 12 || lookUp.isPending) && { disabled: true })}
            >
              {say('find-number')}
            </Button>
          </div>
          <RefusedNote error={lookUp.error} />
        </>
      )}
      {other && (
        <p className="prose">
          {say('merge-other-found')}: <b>{other.fullName}</b>, {dayText(other.birthDate)}
          {other.number && (
            <>
              {', '}
              <PersonNumber number={other.number} />
            </>
          )}
        </p>
      )}
      <Field
        label={say('merge-why')}
        value={said.reason}
        onChange={reason => setSaid({ ...said, reason })}
        rows={3}
        maxLength={1000}
        error={tried && !said.reason.trim() ? say('field-needed') : undefined}
      />
      <Field
        label={say('merge-papers')}
        value={said.papers}
        onChange={papers => setSaid({ ...said, papers })}
        rows={3}
        maxLength={1000}
        hint={say('merge-papers-hint')}
        error={tried && !said.papers.trim() ? say('field-needed') : undefined}
      />
      <RefusedNote error={propose.error} />
      <div className="buttons">
        <Button look="primary" submits {...(propose.isPending && { disabled: true })}>
          {say('merge-send')}
        </Button>
        <Button href={at(`/dan-cu/nguoi/${person.id}`)}>{say('leave-it')}</Button>
      </div>
    </form>
  )
}
