import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { countFollowUps, listFollowUps } from '../../../src/follow-ups/contract.ts'
import { followUpOwners } from '../../../src/follow-ups/follow-up.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import {
  asFollowUpQuery,
  type FollowUp,
  type FollowUpOwner,
  type FollowUpSearch,
  followUpsAt,
  followUpsPaperAt,
} from './follow-up.ts'
import { FollowUpChip } from './follow-up-chip.tsx'
import { FollowUpDialog } from './follow-up-dialog.tsx'

const pageOf = 200

/** What has to be put right, the soonest due first: of one's schools, and of one's ward at all schools. */
export function FollowUpsPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/ra-soat/viec' })
  const owner = useOwner(search)
  // Of messages the page speaks of messages, whoever acts.
  const about = search.loai === 'message' ? search.loai : owner
  const [opened, setOpened] = useState<FollowUp>()
  const { rows, total, error, waiting, retry, onSight } = useFollowUps({ ...search, ai: owner })
  const school = search.truong || search.danhsach ? rows.find(row => row)?.scope.name : undefined
  return (
    <Page
      title={say(about ? `follow-ups-title-${about}` : 'follow-ups-title')}
      standing={
        <>
          <p>{unit}</p>
          {about && <p>{say(`follow-ups-about-${about}`)}</p>}
        </>
      }
      strip={[unit, owner ? say(`follow-up-${owner}`) : say('follow-up-of-all')]}
      margin={<Who search={search} current={owner} school={school} />}
      foot={
        total > 0 && (
          <Go className="exit" to={followUpsPaperAt(search)}>
            {say('print-a4')}
          </Go>
        )
      }
      still={total > 0}
    >
      {error && <Failed error={error} retry={retry} />}
      {waiting && <Loading what={say('follow-ups-reading')} />}
      {!waiting && !error && total === 0 && (
        <State
          so={say('follow-ups-none')}
          todo={say('follow-ups-none-todo')}
          buttons={<Button href={at('/ra-soat')}>{say('rolls')}</Button>}
        />
      )}
      {total > 0 && <FollowUpTable rows={rows} owner={owner} onSight={onSight} onOpen={setOpened} />}
      {opened && <FollowUpDialog key={opened.id} followUp={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

/**
 * Police officers begin with what is theirs to look at; schools with theirs. A list of one roll or school begins with
 * all.
 */
export function useOwner({ ai, truong, danhsach }: FollowUpSearch): FollowUpOwner | undefined {
  const mayDecide = useMay('register.decide')
  if (ai || truong || danhsach) return ai
  return mayDecide ? 'ward' : 'school'
}

function useFollowUps(search: FollowUpSearch) {
  const query = asFollowUpQuery(search)
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [listFollowUps.path, listFollowUps.method, query],
    queryFn: ({ pageParam, signal }) =>
      call(listFollowUps, { query: { ...query, offset: pageParam, limit: pageOf }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * pageOf < last.total ? all.length * pageOf : undefined),
  })
  const total = data?.pages[0]?.total ?? 0
  const rows = useMemo(() => {
    const read = data?.pages.flatMap(page => page.followUps) ?? []
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
  search: FollowUpSearch
  current: FollowUpOwner | undefined
  school: string | undefined
}) {
  const say = useSay()
  const { loai, truong, danhsach } = search
  const of = asFollowUpQuery({ loai, truong, danhsach })
  const { data } = useAsk(countFollowUps, { query: of })
  const all = truong || danhsach ? ([undefined, ...followUpOwners] as const) : followUpOwners
  const countOf = (owner: FollowUpOwner | undefined) => {
    const counts = (data?.counts ?? []).filter(one => !owner || one.owner === owner)
    const late = counts.reduce((sum, { overdue }) => sum + overdue, 0)
    return { n: counts.reduce((sum, { overdue, today, later }) => sum + overdue + today + later, 0), late }
  }
  return (
    <section>
      <nav className="sections" aria-label={say('follow-ups-who')}>
        {all.map(owner => {
          const { n, late } = countOf(owner)
          return (
            <Go
              key={owner ?? 'all'}
              to={followUpsAt({ loai, truong, danhsach, ai: owner })}
              current={owner === current}
            >
              <span className="follow-up-who">
                <span>{say(owner ? `follow-up-${owner}` : 'follow-up-of-all')}</span>
                <span className="figures">{data && numberText(n)}</span>
                {late > 0 && (
                  <span className="small late-text">{say('follow-ups-overdue', { n: numberText(late) })}</span>
                )}
              </span>
            </Go>
          )
        })}
      </nav>
      {(truong || danhsach) && (
        <p className="small">
          {school && say('follow-ups-of-school', { school })}{' '}
          <Go to={followUpsAt({ loai, ai: current })}>{say('follow-ups-every-school')}</Go>
        </p>
      )}
    </section>
  )
}

type TableProps = {
  rows: readonly (FollowUp | undefined)[]
  owner: FollowUpOwner | undefined
  onSight: (first: number, last: number) => void
  onOpen: (followUp: FollowUp) => void
}

function FollowUpTable({ rows, owner, onSight, onOpen }: TableProps) {
  const { say, language } = useLanguage()
  const narrow = useNarrow()
  const isOfMessages = rows.some(row => row?.kind === 'message')
  const columns = useMemo(
    (): readonly Column<FollowUp>[] => [
      {
        id: 'due',
        head: say('follow-up-due'),
        width: narrow ? '118px' : '140px',
        onPhone: true,
        show: followUp => <FollowUpChip {...followUp} />,
      },
      {
        id: 'name',
        head: say('full-name'),
        width: 'minmax(150px, 1.4fr)',
        onPhone: true,
        show: followUp => (
          <button type="button" className="linklike" tabIndex={-1} onClick={() => onOpen(followUp)}>
            <span>
              <Name name={followUp.name} />
            </span>
            {narrow && <span className="small">{followUp.what[language]}</span>}
          </button>
        ),
      },
      {
        id: 'what',
        head: say(isOfMessages ? 'follow-up-what-happened' : 'follow-up-what'),
        width: 'minmax(130px, 1.3fr)',
        show: ({ what }) => what[language],
      },
      {
        id: 'where',
        head: say(isOfMessages ? 'follow-up-unit' : 'follow-up-where'),
        width: 'minmax(150px, 1.4fr)',
        show: ({ scope, part }) => [scope.name, part].filter(Boolean).join(', '),
      },
      owner
        ? {
            id: 'why',
            head: say('follow-up-why'),
            width: 'minmax(180px, 2fr)',
            show: ({ why }) => <span className="quiet">{why[language]}</span>,
          }
        : {
            id: 'who',
            head: say('follow-ups-who'),
            width: 'minmax(120px, 1fr)',
            show: one => say(`follow-up-${one.owner}`),
          },
    ],
    [say, language, owner, onOpen, narrow, isOfMessages],
  )
  return (
    <Table
      label={say('follow-ups')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onSight={onSight}
      onOpen={onOpen}
    />
  )
}
