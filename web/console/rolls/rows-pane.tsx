import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { countDefects, listRows } from '../../../src/rolls/contract.ts'
import { rollDefects, rowOutcomes } from '../../../src/rolls/roll.ts'
import { type Answer, call } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { type Roll, rollAt } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'

type Row = Answer<typeof listRows>['rows'][number]

const pageOf = 500

/** The rows of one outcome, or with one defect, each where it stands in the school's file. */
export function RowsPane({
  roll,
  outcome,
  defect,
}: {
  roll: Roll
  outcome: string | undefined
  defect: string | undefined
}) {
  const { say, language } = useLanguage()
  const query = {
    ...pick('outcome', rowOutcomes, outcome),
    ...pick('defect', rollDefects, defect),
  }
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [listRows.path, roll.id, query],
    queryFn: ({ pageParam, signal }) =>
      call(listRows, { params: { id: roll.id }, query: { ...query, offset: pageParam, limit: pageOf }, signal }),
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
  const names = useAsk(countDefects, { params: { id: roll.id }, query: {} })
  const said = useMemo(
    () => new Map((names.data?.defects ?? []).map(one => [one.defect, one[language]])),
    [names.data, language],
  )
  const columns = useColumns(roll, said)
  const mayRead = useMay('register.read')
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  if (!total) return <State so={say('rows-none')} />
  return (
    <div className="rows-pane">
      <Table
        label={say('all-rows')}
        rows={rows}
        columns={columns}
        idOf={({ place }) => String(place)}
        onSight={onSight}
        onOpen={row => {
          if (row.outcome === 'review') goTo(rollAt(roll.id, { nhom: 'review', dong: String(row.place) }))
          else if (row.personId && mayRead) goTo(at(`/dan-cu/nguoi/${row.personId}`))
        }}
      />
    </div>
  )
}

const pick = <Key extends string, Value extends string>(
  key: Key,
  values: readonly Value[],
  given: string | undefined,
) => {
  const value = values.find(one => one === given)
  return (value ? { [key]: value } : {}) as { [K in Key]?: Value }
}

/** What is wrong with a row; of a residence the record is corrected, or referred to where the person lives. */
function Defects({ row, said }: { row: Row; said: ReadonlyMap<string, string> }) {
  const say = useSay()
  const mayPropose = useMay('register.propose')
  return (
    <>
      {row.defects.map(defect => said.get(defect) ?? defect).join(', ')}
      {mayPropose && row.personId && row.defects.includes('residence-differs') && (
        <>
          {' · '}
          <Go to={at(`/dan-cu/nguoi/${row.personId}/cu-tru`)}>{say('residence-correct')}</Go>
        </>
      )}
    </>
  )
}

function useColumns(roll: Roll, said: ReadonlyMap<string, string>): readonly Column<Row>[] {
  const say = useSay()
  return useMemo(
    () => [
      {
        id: 'row',
        head: say('row-sheet'),
        width: '110px',
        show: ({ sheet, row }) => <span className="quiet">{[sheet, row].filter(Boolean).join(', ')}</span>,
      },
      { id: 'class', head: say('class'), width: '58px', ownFigures: true, show: row => row.class ?? '' },
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(160px, 1.5fr)',
        onPhone: true,
        show: ({ name, place, outcome }) =>
          outcome === 'review' ? (
            <Go to={rollAt(roll.id, { nhom: 'review', dong: String(place) })} quietly>
              <Name name={name} />
            </Go>
          ) : (
            <Name name={name} />
          ),
      },
      {
        id: 'born',
        head: say('born'),
        width: '88px',
        isDay: true,
        show: ({ birthDate }) => (birthDate ? dayText(birthDate) : ''),
      },
      { id: 'number', head: say('number'), width: '118px', show: ({ givenNumber }) => givenNumber ?? '' },
      {
        id: 'defects',
        head: say('row-defects'),
        width: 'minmax(160px, 2fr)',
        onPhone: true,
        show: row => <Defects row={row} said={said} />,
      },
    ],
    [say, roll.id, said],
  )
}
