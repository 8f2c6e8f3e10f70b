import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { countFollowUps, listFollowUps } from '../../../src/rolls/errands/contract.ts'
import { followUpOwners } from '../../../src/rolls/errands/errand-word.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useAsk } from '../base/asking.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow.ts'
import { at } from '../base/places.ts'
import { Go } from '../parts/go.tsx'
import { Name } from '../parts/name.tsx'
import { Failed, Loading, State } from '../parts/state.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { type Errand, type ErrandOwner, type ErrandSearch, errandsAt } from './errand.ts'
import { ErrandChip } from './errand-chip.tsx'
import { ErrandDialog } from './errand-dialog.tsx'

const pageOf = 200

/** What has to be put right, the soonest due first: of one's schools, and of one's ward at all schools. */
export function ErrandsPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/ra-soat/viec' })
  const owner = useOwner(search)
  const [opened, setOpened] = useState<Errand>()
  const { rows, total, error, waiting, retry, onSight } = useErrands({ ...search, ai: owner })
  const school = search.truong || search.danhsach ? rows.find(row => row)?.school.name : undefined
  return (
    <Page
      title={say(owner ? `errands-title-${owner}` : 'errands-title')}
      standing={
        <>
          <p>{unit}</p>
          {owner && <p>{say(`errands-about-${owner}`)}</p>}
        </>
      }
      strip={[unit, owner ? say(`errand-${owner}`) : say('errand-of-all')]}
      margin={<Who search={search} current={owner} school={school} />}
      still={total > 0}
    >
      {error && <Failed error={error} retry={retry} />}
      {waiting && <Loading what={say('errands-reading')} />}
      {!waiting && !error && total === 0 && (
        <State
          so={say('errands-none')}
          todo={say('errands-none-todo')}
          buttons={<Button href={at('/ra-soat')}>{say('rolls')}</Button>}
        />
      )}
      {total > 0 && <ErrandTable rows={rows} owner={owner} onSight={onSight} onOpen={setOpened} />}
      {opened && <ErrandDialog key={opened.id} errand={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

/**
 * Police officers begin with what is theirs to look at; schools with theirs. A list of one roll or school begins with
 * all.
 */
function useOwner({ ai, truong, danhsach }: ErrandSearch): ErrandOwner | undefined {
  const mayDecide = useMay('register.decide')
  if (ai || truong || danhsach) return ai
  return mayDecide ? 'ward' : 'school'
}

function useErrands({ ai, truong, danhsach }: ErrandSearch) {
  const query = { ...(ai && { owner: ai }), ...(truong && { schoolId: truong }), ...(danhsach && { rollId: danhsach }) }
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [listFollowUps.path, listFollowUps.method, query],
    queryFn: ({ pageParam, signal }) =>
      call(listFollowUps, { query: { ...query, offset: pageParam, limit: pageOf }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageOf < last.total ? all.length * pageOf : undefined),
  })
  const total = data?.pages[0]?.total ?? 0
  const rows = useMemo(() => {
    const read = data?.pages.flatMap(page => page.errands) ?? []
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

/** Who acts, each with the count of the very list that it opens. */
function Who({
  search,
  current,
  school,
}: {
  search: ErrandSearch
  current: ErrandOwner | undefined
  school: string | undefined
}) {
  const say = useSay()
  const { truong, danhsach } = search
  const of = { ...(truong && { schoolId: truong }), ...(danhsach && { rollId: danhsach }) }
  const { data } = useAsk(countFollowUps, { query: of })
  const all = truong || danhsach ? ([undefined, ...followUpOwners] as const) : followUpOwners
  const countOf = (owner: ErrandOwner | undefined) => {
    const counts = (data?.counts ?? []).filter(one => !owner || one.owner === owner)
    const late = counts.reduce((sum, { overdue }) => sum + overdue, 0)
    return { n: counts.reduce((sum, { overdue, today, later }) => sum + overdue + today + later, 0), late }
  }
  return (
    <section>
      <nav className="sections" aria-label={say('errands-who')}>
        {all.map(owner => {
          const { n, late } = countOf(owner)
          return (
            <Go key={owner ?? 'all'} to={errandsAt({ truong, danhsach, ai: owner })} current={owner === current}>
              <span className="errand-who">
                <span>{say(owner ? `errand-${owner}` : 'errand-of-all')}</span>
                <span className="figures">{data && numberText(n)}</span>
                {late > 0 && <span className="small late-text">{say('errands-overdue', { n: numberText(late) })}</span>}
              </span>
            </Go>
          )
        })}
      </nav>
      {(truong || danhsach) && (
        <p className="small">
          {school && say('errands-of-school', { school })}{' '}
          <Go to={errandsAt({ ai: current })}>{say('errands-every-school')}</Go>
        </p>
      )}
    </section>
  )
}

type TableProps = {
  rows: readonly (Errand | undefined)[]
  owner: ErrandOwner | undefined
  onSight: (first: number, last: number) => void
  onOpen: (errand: Errand) => void
}

function ErrandTable({ rows, owner, onSight, onOpen }: TableProps) {
  const { say, language } = useLanguage()
  const narrow = useNarrow()
  const columns = useMemo(
    (): readonly Column<Errand>[] => [
      {
        id: 'due',
        head: say('errand-due'),
        width: narrow ? '118px' : '140px',
        onPhone: true,
        show: errand => <ErrandChip {...errand} />,
      },
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(150px, 1.4fr)',
        onPhone: true,
        show: errand => (
          <button type="button" className="linklike" tabIndex={-1} onClick={() => onOpen(errand)}>
            <span>
              <Name name={errand.name} />
            </span>
            {narrow && <span className="small">{errand.what[language]}</span>}
          </button>
        ),
      },
      {
        id: 'what',
        head: say('errand-what'),
        width: 'minmax(130px, 1.3fr)',
        show: ({ what }) => what[language],
      },
      {
        id: 'where',
        head: say('errand-where'),
        width: 'minmax(150px, 1.4fr)',
        show: ({ school, class: inside }) => [school.name, inside].filter(Boolean).join(', '),
      },
      owner
        ? {
            id: 'why',
            head: say('errand-why'),
            width: 'minmax(180px, 2fr)',
            show: ({ why }) => <span className="quiet">{why[language]}</span>,
          }
        : { id: 'who', head: say('errands-who'), width: 'minmax(120px, 1fr)', show: one => say(`errand-${one.owner}`) },
    ],
    [say, language, owner, onOpen, narrow],
  )
  return (
    <Table
      label={say('errands')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onSight={onSight}
      onOpen={onOpen}
    />
  )
}
