import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { reviewRows, reviewRowsOfUnit } from '../../../src/rolls/review/contract.ts'
import { type Answer, call } from '../../parts/call.ts'
import { instantText, roundedText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { addressOf, type Queue } from './queue.ts'

export type Part = 'left' | 'later' | 'referred' | 'decided' | 'held' | 'risk'
type Row = Answer<typeof reviewRows>['rows'][number]

/**
 * What a group of the address lists; the risky rows, and those referred to here, are also gone through, by addresses
 * of their own.
 */
const partOf: Readonly<Record<string, Part>> = {
  left: 'left',
  later: 'later',
  away: 'referred',
  decided: 'decided',
  held: 'held',
  'risk-list': 'risk',
}
export const groupOf = (part: Part): string => Object.entries(partOf).find(([, one]) => one === part)?.[0] ?? part
export const listedPart = (nhom: string | undefined): Part | undefined => (nhom ? partOf[nhom] : undefined)

const pageOf = 500

/** Each opens in the queue that it belongs to. */
const openedIn = (part: Part, rollId: string | undefined): Queue => ({
  of: part === 'risk' ? 'risk' : 'review',
  rollId,
})

/** The rows that a figure counts; as sure as the machine is, or who looks at them. */
export function RowsBehindFigure({ part, rollId }: { part: Part; rollId?: string }) {
  const say = useSay()
  const door = rollId === undefined ? reviewRowsOfUnit : reviewRows
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [door.path, door.method, rollId, part],
    queryFn: ({ pageParam, signal }) => {
      const query = { part, offset: pageParam, limit: pageOf }
      return rollId === undefined
        ? call(reviewRowsOfUnit, { query, signal })
        : call(reviewRows, { params: { id: rollId }, query, signal })
    },
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageOf < last.total ? all.length * pageOf : undefined),
  })
  const total = data?.pages[0]?.total ?? 0
  const rows = useMemo(() => {
    const read = data?.pages.flatMap(page => page.rows) ?? []
    return [...read, ...new Array<undefined>(Math.max(0, total - read.length)).fill(undefined)]
  }, [data, total])
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && last >= (data?.pages.length ?? 0) * pageOf - 100) void fetchNextPage()
    },
    [hasNextPage, isFetching, data, fetchNextPage],
  )
  const queue = useMemo(() => openedIn(part, rollId), [part, rollId])
  const columns = useColumns(queue)
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  return (
    <div className="rows-pane">
      <h2>{say(`part-${part}`)}</h2>
      {total === 0 ? (
        <State so={say('part-none')} />
      ) : (
        <Table
          label={say(`part-${part}`)}
          rows={rows}
          columns={columns}
          idOf={row => `${row.rollId} ${row.place}`}
          onSight={onSight}
          onOpen={row => goTo(addressOf(queue, row))}
        />
      )}
    </div>
  )
}

function useColumns(queue: Queue): readonly Column<Row>[] {
  const say = useSay()
  return useMemo(() => {
    const school: Column<Row> = {
      id: 'school',
      head: say('part-school'),
      width: 'minmax(140px, 1.5fr)',
      show: row => row.school.name,
    }
    return [
      ...(queue.rollId === undefined ? [school] : []),
      {
        id: 'row',
        head: say('row-sheet'),
        width: '110px',
        show: ({ sheet, row }) => <span className="quiet">{[sheet, row].filter(Boolean).join(', ')}</span>,
      },
      { id: 'class', head: say('class'), width: '70px', ownFigures: true, show: row => row.class ?? '' },
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(160px, 1.5fr)',
        onPhone: true,
        show: row => (
          <Go to={addressOf(queue, row)} quietly>
            <Name name={row.name} />
          </Go>
        ),
      },
      {
        id: 'sure',
        head: say('part-sure'),
        width: '80px',
        end: true,
        onPhone: true,
        show: ({ probability }) => (probability === undefined ? '' : `${sure(probability)}%`),
      },
      {
        id: 'state',
        head: say('part-state'),
        width: 'minmax(140px, 1fr)',
        show: ({ heldBy, until, decision }) => {
          if (heldBy !== undefined && until)
            return (
              `${say('review-held-short', { name: heldBy || say('review-held-nobody') })}, ` +
              `${instantText(until).time}`
            )
          return decision ? say(`review-decided-${decision}`) : ''
        },
      },
    ]
  }, [say, queue])
}

/** Where nearly all are above 99 %, the decimals tell them apart; nobody is sure. */
const sure = (probability: number) =>
  probability >= 0.9999 ? `>${roundedText(99.99, 2)}` : roundedText(Math.floor(probability * 10_000) / 100, 2)
