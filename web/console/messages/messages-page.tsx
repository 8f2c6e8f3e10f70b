import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { budgetList, budgetSet, messageList } from '../../../src/outreach/contract.ts'
import { messageStates } from '../../../src/outreach/message.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { followUpsAt } from '../follow-ups/follow-up.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { lettersPath, type MessageSearch, messageAt, messagesAt } from './search.ts'

type Reply = Answer<typeof messageList>
type Listed = Reply['messages'][number]

/** What was sent to people, by what became of it; without names, addresses and words. */
export function MessagesPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/chien-dich/tin' })
  const { trangthai, sau } = search
  const query = { ...(trangthai && { state: trangthai }), ...(sau && { after: sau }) }
  const { data, error, refetch } = useAsk(messageList, { query }, { keep: true })
  const { unknown = 0, undeliverable = 0, held = 0 } = data?.figures ?? {}
  return (
    <Page
      title={say('messages-title')}
      standing={
        data && (
          <p>
            {say('messages-counts', {
              unknown: numberText(unknown),
              undeliverable: numberText(undeliverable),
              held: numberText(held),
            })}
          </p>
        )
      }
      strip={[unit, say('messages')]}
      margin={data && <Margin figures={data.figures} search={search} />}
      foot={
        data?.next && (
          <Go className="exit" to={messagesAt({ trangthai, sau: data.next })}>
            {say('messages-more')}
          </Go>
        )
      }
      still={!!data?.messages.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data &&
        (data.messages.length > 0 ? (
          <Messages rows={data.messages} />
        ) : (
          <State so={say('messages-none')} todo={say('messages-none-todo')} />
        ))}
    </Page>
  )
}

/** States that wait for somebody, which stand first. */
const waits = new Set<string>(['unknown', 'undeliverable', 'given-up', 'held', 'to-print'])
const order = [...messageStates].toSorted((a, b) => Number(waits.has(b)) - Number(waits.has(a)))

function Margin({ figures, search }: { figures: Reply['figures']; search: MessageSearch }) {
  const say = useSay()
  const mayPrint = useMay('outreach.retry')
  const letters = figures['to-print']
  return (
    <>
      <section>
        <nav className="sections" aria-label={say('messages')}>
          <Go to={messagesAt()} current={!search.trangthai}>
            {say('messages-all')}
          </Go>
          {order
            .filter(state => figures[state] > 0 || state === search.trangthai)
            .map(state => (
              <Go key={state} to={messagesAt({ trangthai: state })} current={state === search.trangthai}>
                <span className="follow-up-who">
                  <span>{say(`message-state-${state}`)}</span>
                  <span className="figures">{numberText(figures[state])}</span>
                </span>
              </Go>
            ))}
        </nav>
        <p>
          <Go to={followUpsAt({ loai: 'message' })}>{say('messages-follow-ups')}</Go>
        </p>
        {mayPrint && letters > 0 && (
          <p>
            <Go to={lettersPath} className="exit">
              {say('messages-print', { n: letters })}
            </Go>
          </p>
        )}
      </section>
      <Budget />
    </>
  )
}

const unitsOwn = 'unit'
const nothingTyped = { cap: '', from: '', until: '', order: '' }
/** Orders in which gateways of phones are tried. */
const orders = ['zalo,smpp,http', 'smpp,http,zalo', 'http,smpp,zalo'] as const

/** 08:00 of 480 minutes. */
const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const minuteOf = (clock: string) => {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)$/.exec(clock.trim()) ?? []
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute)
}

/** What was typed as a change of the terms; undefined where something is no number or no hour, or nothing was typed. */
function changeOf({ cap, from, until, order }: typeof nothingTyped) {
  if (cap !== '' && !/^\d{1,12}$/.test(cap)) return undefined
  const [fromMinute, untilMinute] = [minuteOf(from), minuteOf(until)]
  const hasHours = from !== '' || until !== ''
  if (hasHours && (fromMinute === undefined || untilMinute === undefined)) return undefined
  if (cap === '' && !hasHours && order === '') return undefined
  return {
    ...(cap !== '' && { cap: Number(cap) }),
    ...(fromMinute !== undefined && untilMinute !== undefined && { hours: { fromMinute, untilMinute } }),
    ...(order !== '' && { channels: order.split(',') as ('zalo' | 'smpp' | 'http')[] }),
  }
}

type Payer = { readonly kind: 'unit' | 'campaign'; readonly id: string }

/** New terms of one payer; what is left empty stays as it was. */
function TermsForm({ payer }: { payer: Payer }) {
  const say = useSay()
  const set = useDo(budgetSet, [budgetList, messageList])
  const [typed, setTyped] = useDraftState(`terms of ${payer.id}`, nothingTyped)
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        const change = changeOf(typed)
        if (change) set.mutate({ params: payer, body: change }, { onSuccess: () => setTyped(nothingTyped) })
      }}
    >
      <Field label={say('budget-cap')} value={typed.cap} onChange={cap => setTyped({ ...typed, cap })} maxLength={12} />
      <Field
        label={say('budget-from')}
        value={typed.from}
        onChange={from => setTyped({ ...typed, from })}
        maxLength={5}
      />
      <Field
        label={say('budget-until')}
        value={typed.until}
        onChange={until => setTyped({ ...typed, until })}
        maxLength={5}
      />
      <Field
        label={say('budget-order')}
        value={typed.order}
        onChange={order => setTyped({ ...typed, order })}
        choices={[['', say('budget-order-kept')], ...orders.map(one => [one, one] as const)]}
      />
      <RefusedNote error={set.error} />
      <Button submits disabled={!changeOf(typed) || set.isPending}>
        {say('budget-set')}
      </Button>
    </form>
  )
}

/** What reminders and invitations may cost: of a campaign, or of the unit for what no campaign pays. */
function Budget() {
  const say = useSay()
  const maySet = useMay('campaign.manage')
  const { post } = useSession()
  const unitId = post?.unitId
  const { data } = useAsk(budgetList, {})
  const campaigns = useAsk(campaignList, {})
  const [of, setOf] = useState(unitsOwn)
  if (!data || !unitId) return null
  const open = campaigns.data?.campaigns.filter(({ state }) => state === 'open') ?? []
  const payer = of === unitsOwn ? ({ kind: 'unit', id: unitId } as const) : ({ kind: 'campaign', id: of } as const)
  const budget = data.budgets.find(one => one.kind === payer.kind && one.id === payer.id)
  return (
    <section className="part">
      <h2 className="head">{say('budget-title')}</h2>
      {maySet && open.length > 0 && (
        <Field
          label={say('budget-of')}
          value={of}
          onChange={setOf}
          choices={[
            [unitsOwn, say('budget-of-unit')] as const,
            ...open.map(({ id, title }) => [id as string, title] as const),
          ]}
        />
      )}
      <p>
        {budget?.cap !== undefined
          ? say('budget-spent', { spent: numberText(budget.spent), cap: numberText(budget.cap) })
          : say('budget-none')}
      </p>
      {budget?.hours && (
        <p>
          {say('budget-hours', { from: clockOf(budget.hours.fromMinute), until: clockOf(budget.hours.untilMinute) })}
        </p>
      )}
      {budget && budget.channels.length > 0 && <p>{say('budget-order-is', { order: budget.channels.join(', ') })}</p>}
      {budget && budget.held > 0 && <p>{say('budget-held', { n: budget.held })}</p>}
      {maySet && <TermsForm key={payer.id} payer={payer} />}
    </section>
  )
}

function Messages({ rows }: { rows: readonly Listed[] }) {
  const say = useSay()
  const codes = useCodes()
  const columns: readonly Column<Listed>[] = [
    {
      id: 'what',
      head: say('message-what'),
      width: 'minmax(160px, 2fr)',
      onPhone: true,
      show: ({ id, template }) => (
        <Go to={messageAt(id)} quietly>
          {codes('message-template', template)}
        </Go>
      ),
    },
    { id: 'to', head: say('message-to'), width: '136px', show: ({ to }) => say(`message-to-${to}`) },
    {
      id: 'unit',
      head: say('unit'),
      width: 'minmax(140px, 1fr)',
      show: ({ unit }) => <span className="quiet">{unit?.name}</span>,
    },
    {
      id: 'when',
      head: say('message-when'),
      width: '112px',
      isDay: true,
      show: ({ queuedOn }) => dayText(queuedOn),
      sortBy: ({ queuedAt }) => queuedAt,
    },
    {
      id: 'state',
      head: say('message-result'),
      width: 'minmax(150px, 1fr)',
      end: true,
      onPhone: true,
      show: ({ state }) => say(`message-state-${state}`),
    },
  ]
  return (
    <Table
      label={say('messages')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(messageAt(id))}
    />
  )
}
