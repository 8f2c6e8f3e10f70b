import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Download, Printer } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import {
  type OutOfSchoolCase,
  outOfSchoolExport,
  outOfSchoolFigures,
  outOfSchoolList,
  pupilCases,
  residentChildCases,
} from '../../../src/out-of-school/contract.ts'
import { Button, Cap } from '../../parts/button.tsx'
import { call, save } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { listed } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { FilterToken } from '../parts/filter-token.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { ActionBar, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { useAttendanceColumns } from './columns.tsx'
import { Coverage } from './coverage.tsx'
import { FigureTables } from './figure-tables.tsx'
import { OutOfSchoolFilters } from './out-of-school-filters.tsx'
import { type AttendanceSearch, asQuery, attendanceAt, type Child, caseOf, type Figures, narrowings } from './search.ts'

/**
 * Which children of school age are on nobody's roll: every case as a count that filters, with what the counts rest on.
 */
export function OutOfSchoolPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/danh-sach/pho-cap' })
  const { data, error, refetch } = useAsk(outOfSchoolFigures, { query: asQuery(search, ['mat']) }, { keep: true })
  const mayList = useMay('rolls.attendance')
  const day = data
    ? `${say('as-of', { day: dayText(data.of.day) })}, ${say('school-year', { year: data.of.schoolYear })}`
    : ''
  return (
    <Page
      title={say('attendance-title')}
      standing={data && <Standing figures={data} />}
      strip={[data?.of.unit.name ?? unit, day]}
      margin={<OutOfSchoolFilters search={search} figures={data} />}
      still={mayList}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('attendance-reading')} />}
      {data && <Coverage figures={data} />}
      {data && <Counts figures={data} search={search} />}
      {data && <Tokens figures={data} search={search} />}
      {data && (mayList ? <Rows figures={data} search={search} /> : <FigureTables figures={data} search={search} />)}
    </Page>
  )
}

function Standing({ figures: { of } }: { figures: Figures }) {
  const say = useSay()
  return (
    <>
      <p>{say('as-of', { day: dayText(of.day) })}</p>
      <p>{of.unit.name}</p>
      <p>{say('school-year', { year: of.schoolYear })}</p>
    </>
  )
}

function Counts({ figures, search }: { figures: Figures; search: AttendanceSearch }) {
  const say = useSay()
  const chosen = caseOf(search)
  const { cases } = figures.all
  const one = (name: OutOfSchoolCase) => (
    <Go
      key={name}
      to={attendanceAt({ ...search, mat: name, noi: undefined, chuyen: undefined, du: undefined })}
      current={chosen === name}
    >
      <span className={chosen === name ? 'count' : 'count open'}>{numberText(cases[name])}</span>
      {say(`case-${name}`)}
    </Go>
  )
  return (
    <nav className="counts" aria-label={say('attendance')}>
      {residentChildCases.map(one)}
      {pupilCases.map(one)}
    </nav>
  )
}

/** What narrows the list, in words. The commune has its name where the figures are there. */
export function useTokenWords(search: AttendanceSearch, figures: Figures | undefined) {
  const say = useSay()
  const commune = figures?.byUnit.find(({ id }) => id === search.xa)?.name
  const words: Readonly<Record<(typeof narrowings)[number], string | undefined>> = {
    xa: search.xa && (commune ?? say('attendance-communes')),
    sinh: search.sinh && say('token-born', { what: listed(search.sinh).join(', ') }),
    gioi: search.gioi && say(search.gioi === 'F' ? 'attendance-F' : 'attendance-M'),
    tuoi:
      search.tuoi &&
      say(search.tuoi === 'older' ? 'group-older' : search.tuoi === 'other' ? 'group-other' : 'group-compulsory'),
    noi: search.noi && say('attendance-said'),
    chuyen: search.chuyen && say('attendance-moved'),
    du: search.du && say(search.du === 'chua' ? 'unreported-yes' : 'unreported-no'),
  }
  return narrowings.flatMap(key => (words[key] ? [{ key, said: words[key] }] : []))
}

function Tokens({ figures, search }: { figures: Figures; search: AttendanceSearch }) {
  const say = useSay()
  const mayList = useMay('rolls.attendance')
  const on = useTokenWords(search, figures)
  const { all, of, departed } = figures
  const { dead, missing } = all.cases
  return (
    <div className="tokens">
      {on.map(({ key, said }) => (
        <FilterToken key={key} said={said} onTakeOff={() => goTo(attendanceAt({ ...search, [key]: undefined }))} />
      ))}
      <span className="quiet">
        {say('attendance-children', { n: numberText(all.children), from: of.born.from, to: of.born.to })}.{' '}
        {dead + missing + departed > 0 && say('left-out', { dead, missing, departed })}
      </span>
      {mayList && <Exits search={search} />}
    </div>
  )
}

function Exits({ search }: { search: AttendanceSearch }) {
  const say = useSay()
  const [error, setError] = useState<unknown>()
  const take = () => {
    setError(undefined)
    call(outOfSchoolExport, { query: asQuery(search) }).then(save, setError)
  }
  return (
    <div className="end">
      <RefusedNote error={error} />
      <Button icon={Printer} href={attendanceAt(search, '/danh-sach/pho-cap/in')}>
        {say('print-a4')}
      </Button>
      <Button icon={Download} onPress={take}>
        {say('xlsx')}
      </Button>
    </div>
  )
}

/** Pages of the list as they come, each row in its place; what is still to come stands as an empty place. */
function useRows(search: AttendanceSearch, count: number) {
  const query = asQuery(search)
  const { data, hasNextPage, isFetching, fetchNextPage, error, refetch } = useInfiniteQuery({
    queryKey: [outOfSchoolList.path, 'pages', query],
    queryFn: ({ pageParam, signal }) =>
      call(outOfSchoolList, { query: { ...query, limit: 1000, offset: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: last => last.next ?? undefined,
  })
  const people = useMemo(() => data?.pages.flatMap(page => page.people) ?? [], [data])
  const rows = useMemo<readonly (Child | undefined)[]>(
    () =>
      hasNextPage ? [...people, ...new Array<undefined>(Math.max(0, count - people.length)).fill(undefined)] : people,
    [people, hasNextPage, count],
  )
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && last >= people.length - 100) void fetchNextPage()
    },
    [hasNextPage, isFetching, people.length, fetchNextPage],
  )
  return { data, error, refetch, rows, complete: !!data && !hasNextPage, onSight }
}

function Rows({ figures, search }: { figures: Figures; search: AttendanceSearch }) {
  const say = useSay()
  const one = caseOf(search)
  const count = figures.all.cases[one]
  const { rows, error, data, refetch, complete, onSight } = useRows(search, count)
  const columns = useAttendanceColumns(one, complete)
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  if (!rows.length) return <Empty figures={figures} />
  return (
    <>
      <Table
        label={say(`case-${one}`)}
        rows={rows}
        columns={columns}
        idOf={({ id }) => id}
        onOpen={({ id, isPerson, schools }) => {
          const [roll] = schools
          if (isPerson) goTo(at(`/dan-cu/nguoi/${id}`))
          else if (roll) goTo(at(`/ra-soat/${roll.rollId}`))
        }}
        onSight={onSight}
        paper={say('print-a4')}
      />
      <ActionBar
        count={0}
        end={
          <>
            {say('rows-of', { shown: numberText(rows.length), all: numberText(count) })} <Cap>↑</Cap> <Cap>↓</Cap>{' '}
            {say('moves')} <Cap>Enter</Cap> {say('opens')}
          </>
        }
      />
    </>
  )
}

function Empty({ figures: { all, coverage, of } }: { figures: Figures }) {
  const say = useSay()
  if (all.children === 0) return <State so={say('attendance-nobody')} todo={say('attendance-nobody-todo')} />
  if (coverage.reported === 0)
    return (
      <State
        so={say('attendance-none-reported', { year: of.schoolYear })}
        todo={say('attendance-none-reported-todo')}
        buttons={
          <Button look="primary" href={at('/ra-soat')}>
            {say('rolls')}
          </Button>
        }
      />
    )
  return <State so={say('attendance-empty')} todo={say('attendance-empty-todo')} />
}
