import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import {
  directiveIssue,
  directiveList,
  directiveOpen,
  directiveReminders,
  directiveRevise,
} from '../../../src/campaign/directives/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { type Say, useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useRoleName, useSession, useToday, useUnitName } from '../shell/session.tsx'
import { asMetric, directiveAt, directivesAt, metrics, type WholeDirective } from './directive.ts'
import { addressed, empty, fromVersion, type Typed, type UnitBelow } from './order.ts'
import { OrderUnits } from './order-units.tsx'

/** To order something, or to issue a later version of what was ordered. */
export function OrderPage() {
  const say = useSay()
  const unit = useUnitName()
  const { post } = useSession()
  const { sua } = useSearch({ from: '/chien-dich/chi-dao/moi' })
  const units = useAsk(listUnits, { query: { day: useToday(), ...(post && { below: post.unitId }) } })
  const known = useAsk(directiveOpen, { params: { id: sua ?? '' }, query: {} }, { when: sua !== undefined })
  const below = (units.data?.units ?? []).filter(({ id }) => id !== post?.unitId)
  const error = units.error ?? known.error
  const ready = units.data && (sua === undefined || known.data)
  const number = known.data ? `${known.data.number}/${known.data.year}` : ''
  return (
    <Page
      title={sua ? say('order-title-anew', { number }) : say('order-title')}
      standing={<p>{say(sua ? 'order-anew-about' : 'order-about')}</p>}
      strip={[unit, say('directives')]}
    >
      {error && <Failed error={error} />}
      {!ready && !error && <Loading what={say('directives-reading')} />}
      {ready && <OrderForm key={sua ?? 'new'} below={below} known={known.data} />}
    </Page>
  )
}

const campaignChoices = (none: string, campaigns: readonly { id: string; title: string }[]) => [
  ['', none] as const,
  ...campaigns.map(({ id, title }) => [id, title] as const),
]

function useSend(known: WholeDirective | undefined) {
  const { post } = useSession()
  const then = [directiveList, directiveOpen, directiveReminders] as const
  const issue = useDo(directiveIssue, then)
  const revise = useDo(directiveRevise, then)
  const send = (typed: Typed, below: readonly UnitBelow[]) => {
    const metric = asMetric(typed.metric)
    const label = typed.question.trim()
    const body = {
      title: typed.title.trim(),
      body: typed.body.trim(),
      dueOn: typed.dueOn,
      issuedBy: typed.issuedBy.trim(),
      ...(label && { question: { label, ...(typed.campaign && metric && { metric }) } }),
      ...addressed(typed, { below, own: post?.unitId }),
    }
    const onSuccess = ({ id }: { id: string }) => goTo(directiveAt(id))
    if (known) revise.mutate({ params: { id: known.id }, body }, { onSuccess })
    else issue.mutate({ body: { ...body, ...(typed.campaign && { campaign: typed.campaign }) } }, { onSuccess })
  }
  return { send, busy: issue.isPending || revise.isPending, error: issue.error ?? revise.error }
}

function OrderForm({ below, known }: { below: readonly UnitBelow[]; known: WholeDirective | undefined }) {
  const say = useSay()
  const { post, name } = useSession()
  const role = useRoleName()
  const current = known?.versions[0]
  const [typed, setTyped] = useDraftState<Typed>(`order ${known?.id ?? 'new'}`, () =>
    known && current
      ? fromVersion(known, current, { below, own: post?.unitId })
      : empty(post ? `communes:${post.unitId}` : 'chosen', [name, role].filter(Boolean).join(', ')),
  )
  const [tried, setTried] = useState(false)
  const { send, busy, error } = useSend(known)
  const missing = missingFrom(typed, say)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (missing.length === 0) send(typed, below)
  }
  return (
    <form className="form order-form" onSubmit={submit}>
      <OrderText typed={typed} onChange={setTyped} />
      <OrderUnits typed={typed} below={below} onChange={setTyped} />
      <OrderQuestion typed={typed} onChange={setTyped} fixed={known !== undefined} />
      {tried && missing.length > 0 && (
        <p className="note late">{say('order-incomplete', { what: missing.join(', ') })}</p>
      )}
      <RefusedNote error={error} />
      <div className="buttons">
        <Button look="primary" submits {...(busy && { disabled: true })}>
          {say(known ? 'directive-revise' : 'directive-issue')}
        </Button>
        <Button href={known ? directiveAt(known.id) : directivesAt()}>{say('order-leave')}</Button>
      </div>
    </form>
  )
}

/** What an order cannot do without, by the name of its field. */
const missingFrom = (typed: Typed, say: Say) =>
  [
    !typed.title.trim() && say('order-name'),
    !typed.body.trim() && say('order-body'),
    !typed.dueOn && say('directive-due'),
    !typed.issuedBy.trim() && say('order-issued-by'),
    typed.to === 'chosen' && typed.units.length === 0 && typed.also === 'none' && say('order-to'),
  ].filter(part => part !== false)

/** What is ordered, by when, and who answers for it. */
function OrderText({ typed, onChange }: { typed: Typed; onChange: (typed: Typed) => void }) {
  const say = useSay()
  return (
    <>
      <Field
        label={say('order-name')}
        value={typed.title}
        onChange={title => onChange({ ...typed, title })}
        maxLength={200}
        autoFocus
      />
      <Field
        label={say('order-body')}
        value={typed.body}
        onChange={body => onChange({ ...typed, body })}
        rows={7}
        maxLength={10_000}
      />
      <div className="fields">
        <DayField label={say('directive-due')} value={typed.dueOn} onChange={dueOn => onChange({ ...typed, dueOn })} />
        <Field
          label={say('order-issued-by')}
          value={typed.issuedBy}
          onChange={issuedBy => onChange({ ...typed, issuedBy })}
          hint={say('order-issued-by-hint')}
          maxLength={200}
        />
      </div>
    </>
  )
}

/** A figure that is asked for, and which of our own stands beside the answers: ours are of a campaign. */
function OrderQuestion({ typed, onChange, fixed }: { typed: Typed; onChange: (typed: Typed) => void; fixed: boolean }) {
  const say = useSay()
  const { data } = useAsk(campaignList, {})
  const campaigns = data?.campaigns ?? []
  const counted = campaigns.find(({ id }) => id === typed.campaign)?.metrics ?? metrics
  return (
    <>
      {!fixed && campaigns.length > 0 && (
        <Field
          label={say('directive-campaign')}
          value={typed.campaign}
          onChange={campaign => onChange({ ...typed, campaign, metric: '' })}
          choices={campaignChoices(say('directive-campaign-none'), campaigns)}
        />
      )}
      <Field
        label={say('order-asks')}
        value={typed.question}
        onChange={question => onChange({ ...typed, question })}
        hint={say('order-question-hint')}
        maxLength={200}
      />
      {typed.campaign !== '' && typed.question.trim() !== '' && (
        <Field
          label={say('order-metric')}
          value={typed.metric}
          onChange={metric => onChange({ ...typed, metric })}
          choices={[
            ['', say('order-metric-none')],
            ...counted.map(metric => [metric, say(`metric-${metric}`)] as const),
          ]}
        />
      )}
    </>
  )
}
