import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { listEntries } from '../../../src/rolls/ledger/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { askedBy, type Entry, type LedgerSearch, ledgerAt } from './ledger.ts'
import { stateKinds } from './state-chip.ts'

const pageOf = 200

function useEntries(search: LedgerSearch) {
  const query = { ...askedBy(search), ...(search.nhom && { list: search.nhom }) }
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [listEntries.path, listEntries.method, query],
    queryFn: ({ pageParam, signal }) =>
      call(listEntries, { query: { ...query, offset: pageParam, limit: pageOf }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageOf < last.total ? all.length * pageOf : undefined),
  })
  const total = data?.pages[0]?.total ?? 0
  const rows = useMemo(() => {
    const read = data?.pages.flatMap(page => page.entries) ?? []
    return [...read, ...new Array<undefined>(Math.max(0, total - read.length)).fill(undefined)]
  }, [data, total])
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetching && last >= (data?.pages.length ?? 0) * pageOf - 50) void fetchNextPage()
    },
    [hasNextPage, isFetching, data, fetchNextPage],
  )
  return { rows, total, error, waiting: !data && !error, retry: () => void refetch(), onSight }
}

/** The entries that a figure counts, by name. */
export function LedgerTable({ search, onOpen }: { search: LedgerSearch; onOpen: (entry: Entry) => void }) {
  const say = useSay()
  const { rows, total, error, waiting, retry, onSight } = useEntries(search)
  const columns = useColumns(search, onOpen)
  if (error) return <Failed error={error} retry={retry} />
  if (waiting) return <Loading what={say('ledger-reading')} />
  if (total === 0)
    return (
      <State
        so={say('ledger-list-none')}
        buttons={<Button href={ledgerAt({ ...search, nhom: undefined })}>{say('ledger-every')}</Button>}
      />
    )
  return (
    <Table
      label={say('ledger')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={onOpen}
      onSight={onSight}
    />
  )
}

function useColumns({ nhom, truong }: LedgerSearch, onOpen: (entry: Entry) => void): readonly Column<Entry>[] {
  const say = useSay()
  return useMemo(() => {
    const name: Column<Entry> = {
      id: 'name',
      head: say('full-name'),
      width: 'minmax(150px, 1.4fr)',
      onPhone: true,
      show: entry => (
        <button type="button" className="linklike" tabIndex={-1} onClick={() => onOpen(entry)}>
          <span>
            <Name name={entry.name} />
          </span>
        </button>
      ),
    }
    const birth: Column<Entry> = {
      id: 'birth',
      head: say('born'),
      width: '110px',
      isDay: true,
      show: ({ birthDate }) => birthDate && dayText(birthDate),
    }
    const inClass: Column<Entry> = {
      id: 'class',
      head: say('class'),
      width: '84px',
      ownFigures: true,
      show: one => one.class,
    }
    const school: Column<Entry> = {
      id: 'school',
      head: say('school'),
      width: 'minmax(150px, 1.2fr)',
      show: one => one.school.name,
    }
    const before: Column<Entry> = {
      id: 'before',
      head: say('ledger-class-before'),
      width: 'minmax(120px, 1fr)',
      ownFigures: true,
      show: one => <Before entry={one} />,
    }
    const alsoAt: Column<Entry> = {
      id: 'also-at',
      head: say('ledger-also-at'),
      width: 'minmax(150px, 1.2fr)',
      onPhone: true,
      show: one => one.alsoAt.map(other => other.name).join(', ') || say('ledger-elsewhere'),
    }
    const state: Column<Entry> = {
      id: 'state',
      head: say('ledger-state'),
      width: 'minmax(120px, 190px)',
      onPhone: true,
      show: one => <Standing entry={one} />,
    }
    return [
      name,
      birth,
      inClass,
      ...(truong ? [] : [school]),
      ...(nhom === 'moved-up' ? [before] : []),
      ...(nhom === 'on-two-rolls' ? [alsoAt] : []),
      state,
    ]
  }, [say, nhom, truong, onOpen])
}

export function Standing({ entry: { state, contested, leftOn } }: { entry: Entry }) {
  const say = useSay()
  if (contested) return <Chip kind="waiting">{say('ledger-contested')}</Chip>
  return (
    <Chip kind={stateKinds[state]}>
      {leftOn ? say('ledger-left-on', { day: dayText(leftOn) }) : say(`ledger-${state}`)}
    </Chip>
  )
}

function Before({ entry: { before, school } }: { entry: Entry }) {
  const say = useSay()
  if (!before) return <>{say('ledger-elsewhere')}</>
  return <>{[before.class, before.school.id !== school.id && before.school.name].filter(Boolean).join(', ')}</>
}
