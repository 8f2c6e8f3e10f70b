import { useSearch } from '@tanstack/react-router'
import { listDataRequests } from '../../../src/data-protection/requests/contract.ts'
import { sayOfRequests } from '../../../src/data-protection/requests/words.ts'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { requestAt, requestsAt, type Which, whichOf } from './search.ts'

export type Listed = Answer<typeof listDataRequests>['requests'][number]

/** What people ask about their own data, whose last day is the soonest first. */
export function DataRequestsPage() {
  const say = useSay()
  const unit = useUnitName()
  const { loai, sau } = useSearch({ from: '/dan-cu/yeu-cau' })
  const which = whichOf(loai)
  const { data, error, refetch } = useAsk(listDataRequests, { query: { which, ...(sau && { after: sau }) } })
  const { open = 0, overdue = 0 } = data?.counts ?? {}
  return (
    <Page
      title={say('data-requests-title')}
      standing={data && <p>{say('data-requests-counts', { open, overdue })}</p>}
      strip={[unit, say(`data-requests-${which}`)]}
      margin={<Kinds which={which} />}
      foot={
        data?.next && (
          <Go className="exit" to={requestsAt({ loai: which, sau: data.next })}>
            {say('data-requests-more')}
          </Go>
        )
      }
      still={!!data?.requests.length}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data &&
        (data.requests.length > 0 ? (
          <Requests rows={data.requests} />
        ) : (
          <State so={say('data-requests-none')} todo={say('data-requests-none-todo')} />
        ))}
    </Page>
  )
}

function Kinds({ which }: { which: Which }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('data-requests')}>
        {(['open', 'mine', 'ended'] as const).map(one => (
          <Go key={one} to={requestsAt({ loai: one })} current={one === which}>
            {say(`data-requests-${one}`)}
          </Go>
        ))}
        <Go to={at('/dan-cu')}>{say('register')}</Go>
      </nav>
    </section>
  )
}

function Requests({ rows }: { rows: readonly Listed[] }) {
  const { say, language } = useLanguage()
  const narrow = useNarrow()
  const words = sayOfRequests(language)
  const columns: readonly Column<Listed>[] = [
    {
      id: 'person',
      head: say('full-name'),
      width: 'minmax(160px, 2fr)',
      onPhone: true,
      show: ({ id, name, kind }) => (
        <Go to={requestAt(id)} quietly>
          <TwoLines second={narrow && words(`kind-${kind}`)}>
            {name ? <Name name={name} /> : say('data-request-hidden')}
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'kind',
      head: say('data-request-kind'),
      width: 'minmax(180px, 2fr)',
      show: ({ kind }) => words(`kind-${kind}`),
    },
    {
      id: 'unit',
      head: say('unit'),
      width: 'minmax(140px, 1fr)',
      show: ({ unit }) => <span className="quiet">{unit.name}</span>,
    },
    {
      id: 'received',
      head: say('data-request-received'),
      width: '104px',
      isDay: true,
      show: ({ receivedOn }) => dayText(receivedOn),
      sortBy: ({ receivedAt }) => receivedAt,
    },
    {
      id: 'by',
      head: say('data-request-by'),
      width: '128px',
      show: one => <By one={one} />,
      sortBy: ({ dueOn }) => dueOn,
    },
    {
      id: 'officer',
      head: say('data-request-officer'),
      width: 'minmax(120px, 1fr)',
      show: ({ assignedTo }) => assignedTo?.name ?? <span className="quiet">{say('data-request-nobody')}</span>,
    },
    {
      id: 'due',
      head: say('state'),
      width: narrow ? '132px' : '176px',
      end: true,
      onPhone: true,
      show: one => <RequestChip one={one} />,
    },
  ]
  return (
    <Table
      label={say('data-requests')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(requestAt(id))}
    />
  )
}

/** The last day, or the last moment where the law counts hours. */
export function By({ one: { dueOn, dueAt } }: { one: Pick<Listed, 'dueOn' | 'dueAt'> }) {
  const say = useSay()
  return dueAt ? say('data-request-hours', instantText(dueAt)) : dayText(dueOn)
}

const chips = { overdue: 'late', today: 'waiting', soon: 'waiting', later: 'moving' } as const

export function RequestChip({ one: { due, state, outcome } }: { one: Pick<Listed, 'due' | 'state' | 'outcome'> }) {
  const { say, language } = useLanguage()
  const words = sayOfRequests(language)
  if (due !== 'none') return <Chip kind={chips[due]}>{say(`data-request-due-${due}`)}</Chip>
  if (!outcome) return <Chip kind="not-begun">{words(`state-${state}`)}</Chip>
  return <Chip kind={outcome === 'refused' ? 'not-begun' : 'done'}>{words(`outcome-${outcome}`)}</Chip>
}
