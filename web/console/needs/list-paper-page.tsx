import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { needList, needPrint } from '../../../src/campaign/contract.ts'
import { needs } from '../../../src/campaign/need-codes.ts'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { listed } from '../base/search.ts'
import { WideNumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { useToday } from '../shell/session.tsx'
import { allYears, asQuery, type ListSearch, listAt, withExamYears } from './filter.ts'
import { AwayNote } from './list-columns.tsx'
import type { ListedOnPaper } from './listed.ts'

/** More than this is no list for a hand but a file. */
const most = 3000

async function everyone(search: ListSearch, signal: AbortSignal) {
  const people: ListedOnPaper[] = []
  for (let after = ''; people.length <= most; ) {
    const page = await call(needList, { query: { ...asQuery(search), limit: 1000, ...(after && { after }) }, signal })
    people.push(...page.people)
    if (!page.next) return { of: page.of, people }
    after = page.next
  }
  return { of: undefined, people }
}

/** What narrows the list, in words: years of birth, schools as the rows name them, classes. */
function filterText(say: Say, search: ListSearch, people: readonly ListedOnPaper[]): string {
  const schools = listed(search.truong).length
  const names = [...new Set(people.flatMap(({ school }) => school?.name ?? []))]
  const parts = [
    search.sinh && search.sinh !== allYears && say('token-born', { what: listed(search.sinh).join(', ') }),
    schools > 0 && (names.length === schools ? names.join(', ') : say('token-schools', { n: schools })),
    search.lop && say('token-classes', { what: listed(search.lop).join(', ') }),
  ].filter(part => typeof part === 'string')
  return parts.length ? say('paper-filter', { what: parts.join('; ') }) : say('paper-filter-none')
}

/** What is lacking, where the list is of one need; else that something is. */
function titleOf(say: Say, { can }: ListSearch): string {
  const [need, ...more] = listed(can)
  const one = needs.find(name => name === need)
  return one && !more.length ? say('paper-page-of', { need: say(`need-${one}`).toLowerCase() }) : say('paper-page')
}

/** The list as it will stand on A4: titled once, all rows, a box to tick; printing it is recorded. */
export function ListPaperPage() {
  const say = useSay()
  const today = useToday()
  const search = withExamYears(useSearch({ from: '/danh-sach/in' }), today)
  const { data, error, refetch } = useQuery({
    queryKey: [needList.path, 'paper', search],
    queryFn: ({ signal }) => everyone(search, signal),
  })
  const of = data?.of
  const lines = of
    ? [
        `${of.unit.name}. ${say('as-of', { day: dayText(of.day) })}, ` +
          `${say('basis').toLowerCase()} ${say(`basis-${of.basis}`)}`,
        filterText(say, search, data.people),
        say('paper-count', { n: numberText(data.people.length) }),
      ]
    : []
  return (
    <PaperPage
      title={titleOf(say, search)}
      lines={lines}
      back={{ to: listAt(search), text: say('back-to-list') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('paper-reading')}
      instead={data && !of && <State so={say('paper-too-long', { n: numberText(most) })} />}
      record={() => call(needPrint, { body: asQuery(search) })}
    >
      {of && <PaperTable people={data.people} />}
    </PaperPage>
  )
}

function PaperTable({ people }: { people: readonly ListedOnPaper[] }) {
  const say = useSay()
  return (
    <WideNumberedTable
      label={say('paper-page')}
      rows={people}
      keyOf={({ id }) => id}
      ticked
      columns={[
        { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
        { head: say('born'), cell: ({ born }) => dayText(born) },
        { head: say('number'), cell: ({ number }) => (number ? <PersonNumber number={number} /> : '') },
        { head: say('class'), cell: person => person.class ?? '', isFigures: true },
        { head: say('school'), cell: ({ school }) => school?.name ?? '' },
        {
          head: say('lacks'),
          cell: ({ needs, away }) => (
            <>
              {needs.map(need => say(`lacks-${need}`)).join(', ')}
              {away && <AwayNote away={away} />}
            </>
          ),
        },
      ]}
    />
  )
}
