import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { FilterToken } from '../parts/filter-token.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { ActionBar, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useSession, useToday, useUnitName } from '../shell/session.tsx'
import { useApplicationColumns } from './application-columns.tsx'
import { FeesToday } from './fees-today.tsx'
import { useQueue, useQueueOf } from './queue.ts'
import { Elsewhere, Queues } from './queue-nav.tsx'
import { applicationAt, applicationsAt, type QueueSearch, type Row } from './search.ts'

/** Applications of one's units by what they wait for, the most urgent first. */
export function ApplicationsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const search = useSearch({ from: '/thu-nhan' })
  const { queue, rows, total, readOn, error, refetch, isRead } = useQueue(search)
  return (
    <Page
      title={say('applications-title')}
      standing={
        <>
          <p>{unit}</p>
          <p>{say('as-of', { day: dayText(today) })}</p>
        </>
      }
      strip={[say(`application-queue-${queue}`), unit]}
      margin={<Margin search={search} />}
      still={rows.length > 0}
    >
      {error && !isRead && <Failed error={error} retry={() => void refetch()} />}
      {!isRead && !error && <Loading what={say('applications-reading')} />}
      {isRead && rows.length === 0 && <Empty search={search} />}
      {rows.length > 0 && <Rows search={{ ...search, hang: queue }} rows={rows} total={total} readOn={readOn} />}
    </Page>
  )
}

function Margin({ search }: { search: QueueSearch }) {
  const queue = useQueueOf(search)
  return (
    <>
      <Queues search={search} current={queue} />
      <Filters search={search} />
      <FeesToday search={search} />
      <Elsewhere />
    </>
  )
}

/** Of which unit below one's own, and of which session where a link led here. */
function Filters({ search }: { search: QueueSearch }) {
  const say = useSay()
  const { post } = useSession()
  const below = useAsk(listUnits, { query: { below: post?.unitId ?? '', level: 'commune' } }, { when: !!post })
  const others = (below.data?.units ?? []).filter(({ id }) => id !== post?.unitId)
  if (others.length === 0 && !search.buoi) return null
  return (
    <section className="stack">
      {others.length > 0 && (
        <Field
          label={say('unit')}
          value={search.donvi ?? ''}
          onChange={donvi => goTo(applicationsAt({ ...search, donvi: donvi || undefined }))}
          choices={[['', say('applications-unit-all')], ...others.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      {search.buoi && (
        <FilterToken
          said={say('applications-of-session')}
          onTakeOff={() => goTo(applicationsAt({ ...search, buoi: undefined }))}
        />
      )}
    </section>
  )
}

function Empty({ search }: { search: QueueSearch }) {
  const say = useSay()
  const isFiltered = !!search.donvi || !!search.buoi
  return (
    <State
      so={say('applications-empty')}
      todo={say(isFiltered ? 'applications-empty-filtered' : 'applications-empty-todo')}
      buttons={isFiltered && <Button href={applicationsAt({ hang: search.hang })}>{say('no-filter')}</Button>}
    />
  )
}

type RowsProps = {
  readonly search: QueueSearch
  readonly rows: readonly Row[]
  readonly total: number
  readonly readOn: (last: number) => void
}

function Rows({ search, rows, total, readOn }: RowsProps) {
  const say = useSay()
  const columns = useApplicationColumns(search)
  const shown = useMemo(
    () => [...rows, ...new Array<undefined>(Math.max(0, total - rows.length)).fill(undefined)],
    [rows, total],
  )
  const onSight = useMemo(() => (_first: number, last: number) => readOn(last), [readOn])
  const first = rows[0]
  const start = () => first && goTo(applicationAt(first.id, search))
  useKeys([{ key: '1', said: say('key-start'), run: start }])
  return (
    <div className="applications">
      <Table
        label={say('applications-title')}
        rows={shown}
        columns={columns}
        idOf={({ id }) => id}
        onSight={onSight}
        onOpen={({ id }) => goTo(applicationAt(id, search))}
      />
      <ActionBar
        count={0}
        end={
          <>
            <span>{say('applications-both-clocks')}</span>
            <Button look="primary" onPress={start} cap="1">
              {say('applications-start')}
            </Button>
          </>
        }
      />
    </div>
  )
}
