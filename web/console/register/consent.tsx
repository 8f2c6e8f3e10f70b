import { type FormEvent, useState } from 'react'
import { lookUpPerson } from '../../../src/register/contract.ts'
import { type CounterService, counterServices } from '../../../src/register/counter/consent.ts'
import {
  acceptConsentPaper,
  askConsent,
  endConsent,
  giveConsentCode,
  listConsents,
  listOpenConsents,
} from '../../../src/register/counter/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { instantText } from '../../parts/formats.ts'
import { useActor } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Failed, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { useMay } from '../shell/session.tsx'

type Open = Answer<typeof listOpenConsents>['consents'][number]
type Listed = Answer<typeof listConsents>['consents'][number]
type Asked = Answer<typeof askConsent>

/** For a person of another unit who stands at the counter: their code, or a paper that they sign. */
export function AskConsent({ number, personId }: { number: string; personId: string }) {
  const say = useSay()
  const mayServe = useMay('register.serve')
  const [service, setService] = useState<CounterService>('account')
  const [paper, setPaper] = useState('')
  const asked = useDo(askConsent, [listOpenConsents])
  if (!mayServe) return null
  const ask = (more: { paper?: string }) => asked.mutate({ body: { number, service, ...more } })
  return (
    <section className="part stack">
      <h2>{say('counter-serve')}</h2>
      <p className="quiet prose">{say('counter-means')}</p>
      <Field
        label={say('counter-service')}
        value={service}
        onChange={value => setService(counterServices.find(one => one === value) ?? 'account')}
        choices={counterServices.map(one => [one, say(`counter-service-${one}`)] as const)}
      />
      <div className="buttons">
        <Button look="primary" onPress={() => ask({})} {...(asked.isPending && { disabled: true })}>
          {say('counter-send-code')}
        </Button>
      </div>
      {asked.data?.phoneEnd && <GiveCode asked={asked.data} personId={personId} />}
      {asked.data && !asked.data.phoneEnd && (
        <p className="note waiting" role="status">
          {say('counter-paper-waits')}
        </p>
      )}
      <RefusedNote error={asked.error} />
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (paper.trim()) ask({ paper })
        }}
      >
        <Field
          label={say('counter-paper')}
          value={paper}
          onChange={setPaper}
          maxLength={200}
          hint={say('counter-paper-hint')}
        />
        <div className="buttons">
          <Button submits {...((paper.trim() === '' || asked.isPending) && { disabled: true })}>
            {say('counter-send-paper')}
          </Button>
        </div>
      </form>
    </section>
  )
}

function GiveCode({ asked: { id, phoneEnd = '' }, personId }: { asked: Asked; personId: string }) {
  const say = useSay()
  const [code, setCode] = useState('')
  const given = useDo(giveConsentCode, [listOpenConsents, lookUpPerson])
  const give = (event: FormEvent) => {
    event.preventDefault()
    given.mutate(
      { params: { id }, body: { code } },
      { onSuccess: ({ outcome }) => outcome === 'opened' && goTo(at(`/dan-cu/nguoi/${personId}`)) },
    )
  }
  const outcome = given.data?.outcome
  return (
    <form onSubmit={give} className="stack">
      <p role="status">{say('counter-code-sent', { end: phoneEnd })}</p>
      <Field
        label={say('counter-code')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        maxLength={12}
        error={outcome === 'wrong' || outcome === 'over' ? say(`counter-code-${outcome}`) : undefined}
      />
      <RefusedNote error={given.error} />
      <div className="buttons">
        <Button look="primary" submits {...((code.trim() === '' || given.isPending) && { disabled: true })}>
          {say('counter-open')}
        </Button>
      </div>
    </form>
  )
}

/** In the margin: who is served now with their consent, and papers that wait for a second officer. */
export function Served() {
  const say = useSay()
  const mayServe = useMay('register.serve')
  const { data } = useAsk(listOpenConsents, {}, { when: mayServe })
  if (!mayServe) return null
  return (
    <section>
      <h2>{say('counter-served')}</h2>
      {data?.consents.length === 0 && <p className="quiet">{say('counter-served-none')}</p>}
      <ul className="rows">
        {data?.consents.map(consent => (
          <li key={consent.id}>
            <OneServed consent={consent} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OneServed({ consent }: { consent: Open }) {
  const say = useSay()
  const actor = useActor()
  const { id, personId, service, way, askedBy, mine, opened, paper = '' } = consent
  const accept = useDo(acceptConsentPaper, [listOpenConsents])
  const params = { id }
  return (
    <div className="stack">
      <span>{say('counter-by', { service: say(`counter-service-${service}`), name: actor(askedBy) })}</span>
      {personId && <Go to={at(`/dan-cu/nguoi/${personId}`)}>{say('open-record')}</Go>}
      {!opened && way === 'signed' && !mine && (
        <Button onPress={() => accept.mutate({ params })}>{say('counter-accept', { paper })}</Button>
      )}
      {opened && <EndConsent id={id} />}
      <RefusedNote error={accept.error} />
    </div>
  )
}

function EndConsent({ id }: { id: string }) {
  const say = useSay()
  const end = useDo(endConsent, [listOpenConsents])
  const run = () => end.mutate({ params: { id } }, { onSuccess: () => goTo(at('/dan-cu')) })
  return (
    <>
      <Button onPress={run} {...(end.isPending && { disabled: true })}>
        {say('counter-end')}
      </Button>
      <RefusedNote error={end.error} />
    </>
  )
}

/** On the page of a person who consented: when they leave the counter, the record is shut. */
export function EndServing({ personId }: { personId: string }) {
  const mayServe = useMay('register.serve')
  const { data } = useAsk(listOpenConsents, {}, { when: mayServe })
  const mine = data?.consents.find(one => one.personId === personId && one.opened)
  return mine ? <EndConsent id={mine.id} /> : null
}

/** For superiors: their people at any counter, and anybody at their own. */
export function ServedElsewhere() {
  const say = useSay()
  const actor = useActor()
  const { data, error, refetch } = useAsk(listConsents, {})
  const stateOf = ({ openedAt, ended }: Listed) =>
    say(`counter-state-${ended ?? (openedAt ? 'open' : 'waits')}` as const)
  const columns: readonly Column<Listed>[] = [
    {
      id: 'officer',
      head: say('counter-officer'),
      width: 'minmax(150px, 2fr)',
      onPhone: true,
      show: ({ officer }) => actor(officer),
    },
    { id: 'unit', head: say('counter-unit'), width: 'minmax(140px, 1fr)', show: ({ unit }) => unit.name },
    { id: 'home', head: say('counter-home'), width: 'minmax(140px, 1fr)', show: ({ home }) => home?.name ?? '' },
    {
      id: 'service',
      head: say('counter-service'),
      width: 'minmax(150px, 1fr)',
      show: ({ service }) => say(`counter-service-${service}`),
    },
    {
      id: 'asked',
      head: say('counter-asked'),
      width: '150px',
      show: ({ askedAt }) => `${instantText(askedAt).day} ${instantText(askedAt).time}`,
      sortBy: ({ askedAt }) => askedAt,
    },
    {
      id: 'state',
      head: say('counter-state'),
      width: '170px',
      onPhone: true,
      show: one => (one.read ? say('counter-read', { state: stateOf(one) }) : stateOf(one)),
    },
  ]
  return (
    <section className="part">
      <h2>{say('counter-list')}</h2>
      <p className="quiet">{say('counter-list-about')}</p>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data &&
        (data.consents.length ? (
          <Table label={say('counter-list')} rows={data.consents} columns={columns} idOf={({ id }) => id} />
        ) : (
          <p className="quiet">{say('counter-list-none')}</p>
        ))}
    </section>
  )
}
