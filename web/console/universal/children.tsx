import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { universalChildren } from '../../../src/out-of-school/universal/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { PursuitDialog } from './pursuit-dialog.tsx'
import { asQuery, type Child, listOf, type UniversalSearch } from './universal.ts'

const pageOf = 200

/** The children of a list, fetched as they come in sight. */
export function Children({ search }: { search: UniversalSearch }) {
  const say = useSay()
  const narrow = useNarrow()
  const [opened, setOpened] = useState<Child>()
  const { rows, total, error, waiting, retry, onSight } = useChildren(search)
  return (
    <>
      {error && <Failed error={error} retry={retry} />}
      {waiting && <Loading what={say('universal-reading')} />}
      {!waiting && !error && total === 0 && <State so={say('universal-none')} todo={say('universal-none-todo')} />}
      {total > 0 && (
        <Table
          label={say(`universal-list-${listOf(search)}`)}
          rows={rows}
          columns={columnsOf(say, narrow, setOpened)}
          idOf={({ id }) => id}
          onOpen={setOpened}
          onSight={onSight}
        />
      )}
      {opened && <PursuitDialog key={opened.id} child={opened} onClose={() => setOpened(undefined)} />}
    </>
  )
}

function useChildren(search: UniversalSearch) {
  const asked = { params: { list: listOf(search) }, query: asQuery(search) }
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [universalChildren.path, universalChildren.method, asked],
    queryFn: ({ pageParam, signal }) =>
      call(universalChildren, { ...asked, query: { ...asked.query, offset: pageParam, limit: pageOf }, signal }),
    initialPageParam: 0,
    getNextPageParam: last => last.next,
  })
  const total = data?.pages[0]?.total ?? 0
  const rows = useMemo(() => {
    const read = data?.pages.flatMap(page => page.children) ?? []
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

const homeWord = (home: string) =>
  home === 'permanent' || home === 'temporary' ? (`universal-home-${home}` as const) : 'universal-home-current'

function schoolText(say: Say, { school, class: inClass, elsewhere }: Child) {
  if (school) return [school, inClass].filter(Boolean).join(', ')
  return elsewhere ? say('universal-elsewhere') : ''
}

/** Who goes after the child, or the button that says so. */
function Pursued({ child, onOpen }: { child: Child; onOpen: (child: Child) => void }) {
  const say = useSay()
  const { pursuit } = child
  if (pursuit?.outcome) return <Chip kind="done">{say(`pursued-${pursuit.outcome}`)}</Chip>
  if (pursuit?.overdue) return <Chip kind="late">{say('universal-overdue', { day: dayText(pursuit.dueOn) })}</Chip>
  if (pursuit)
    return <Chip kind="moving">{say('universal-until', { who: pursuit.assignedTo, day: dayText(pursuit.dueOn) })}</Chip>
  if (child.case === 'at-school') return null
  return (
    <Button look="row" onPress={() => onOpen(child)}>
      {say('universal-assign')}
    </Button>
  )
}

const columnsOf = (say: Say, narrow: boolean, onOpen: (child: Child) => void): readonly Column<Child>[] => [
  {
    id: 'name',
    head: say('full-name'),
    width: 'minmax(150px, 1.2fr)',
    onPhone: true,
    show: child => (
      <button type="button" className="linklike door" tabIndex={-1} onClick={() => onOpen(child)}>
        <span>
          <Name name={child.name} />
        </span>
        {narrow && (
          <span className="small">
            {dayText(child.born)}, {child.commune}
          </span>
        )}
      </button>
    ),
  },
  { id: 'born', head: say('universal-born'), width: '104px', isDay: true, show: ({ born }) => dayText(born) },
  {
    id: 'home',
    head: say('universal-home'),
    width: 'minmax(180px, 1.8fr)',
    show: ({ commune, address, home }) => (
      <span>
        {[address, commune].filter(Boolean).join(', ')} <span className="aside">{say(homeWord(home))}</span>
      </span>
    ),
  },
  { id: 'case', head: say('universal-case'), width: 'minmax(180px, 1fr)', show: one => say(`universal-${one.case}`) },
  {
    id: 'school',
    head: say('universal-school'),
    width: 'minmax(130px, 1.2fr)',
    show: child => <span className="quiet">{schoolText(say, child)}</span>,
  },
  {
    id: 'follow',
    head: say('universal-follow'),
    width: narrow ? '132px' : 'minmax(150px, 1fr)',
    end: true,
    onPhone: true,
    show: child => <Pursued child={child} onOpen={onOpen} />,
  },
]
