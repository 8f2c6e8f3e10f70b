import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import { gapKinds } from '../../../src/enrolment/gaps/gap.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Elsewhere } from '../enrolment/queue-nav.tsx'
import { type GapSearch, gapKindOf, gapsAt } from '../enrolment/search.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { GapTable } from './gap-table.tsx'

type Answered = Answer<typeof listGaps>

/** All that is stuck of a kind, by pages of the house's own size; the most urgent first. */
function useGaps(search: GapSearch) {
  const kind = gapKindOf(search)
  return useInfiniteQuery({
    queryKey: [listGaps.path, listGaps.method, kind],
    queryFn: ({ pageParam, signal }) => call(listGaps, { query: { ...(kind && { kind }), from: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.more ? all.reduce((sum, page) => sum + page.gaps.length, 0) : undefined),
  })
}

/** What is stuck between two hands: whose turn it is, since when, until when; each row leads to its thing. */
export function GapsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const search = useSearch({ from: '/thu-nhan/khoang-trong' })
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useGaps(search)
  const first = data?.pages[0]
  const all = data?.pages.flatMap(page => page.gaps) ?? []
  const gaps = search.han ? all.filter(({ overdue }) => overdue) : all
  // They come by their last days: after the first that is not overdue, none is.
  const isMore = hasNextPage && (!search.han || gaps.length === all.length)
  return (
    <Page
      title={say('gaps-title')}
      standing={
        <>
          <p>{unit}</p>
          <p>{say('as-of', { day: dayText(today) })}</p>
        </>
      }
      strip={[say('gaps-short'), unit]}
      margin={
        <>
          {first && <Kinds answered={first} search={search} />}
          <Elsewhere current="gaps" />
        </>
      }
      foot={
        <button type="button" className="exit" onClick={() => print()}>
          <Printer size={14} aria-hidden />
          {say('print-a4')}
        </button>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('gaps-reading')} />}
      {data && gaps.length === 0 && <State so={say('gaps-none')} todo={say('gaps-none-todo')} />}
      {gaps.length > 0 && (
        <>
          {isMore && (
            <p className="paper-notice">
              {say('print-left-out', {
                n: numberText(gaps.length),
                all: numberText(first ? countOf(first, search) : gaps.length),
              })}
            </p>
          )}
          <GapTable gaps={gaps} />
          {isMore && (
            <div className="buttons more-rows">
              <Button onPress={() => void fetchNextPage()} {...(isFetching && { disabled: true })}>
                {say('gaps-more')}
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  )
}

/** How many the list has in all. */
function countOf({ counts, overdue }: Answered, search: GapSearch): number {
  const kind = gapKindOf(search)
  if (search.han) return overdue
  return kind ? counts[kind] : gapKinds.reduce((sum, one) => sum + counts[one], 0)
}

/** Counts by kind, each the way to its rows; kinds of which there is none are left out. */
function Kinds({ answered: { counts, overdue }, search }: { answered: Answered; search: GapSearch }) {
  const say = useSay()
  const all = gapKinds.reduce((sum, kind) => sum + counts[kind], 0)
  const links = [
    ['gaps-all', gapsAt(), all, !search.loai && !search.han],
    ['gaps-overdue', gapsAt({ han: 'qua' }), overdue, !!search.han],
    ...gapKinds
      .filter(kind => counts[kind] > 0)
      .map(kind => [`gap-${kind}`, gapsAt({ loai: kind }), counts[kind], search.loai === kind] as const),
  ] as const
  return (
    <section>
      <nav className="sections" aria-label={say('gap-kind')}>
        {links.map(([word, to, count, current]) => (
          <Go key={word} to={to} current={current}>
            <span className="follow-up-who">
              <span>{say(word)}</span>
              <span className={word === 'gaps-overdue' && count > 0 ? 'figures late-text beside-word' : 'figures'}>
                {numberText(count)}
              </span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}
