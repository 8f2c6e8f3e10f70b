import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { needList } from '../../../src/campaign/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { PersonNumber } from '../parts/person-number.tsx'
import { Go } from '../parts/place-link.tsx'
import { WideNumberedTable } from '../shell/numbered-table.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
import { useToday } from '../shell/session.tsx'
import { asQuery, type ListSearch, listAt, withExamYears } from './filter.ts'
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

/** The list as it will stand on A4: heads repeat, rows never split, who printed it when. */
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
        `${of.unit.name}. ${say('as-of', { day: dayText(of.day) })}, ${say('basis')} ${say(`basis-${of.basis}`)}`,
        say('counted-once', { n: numberText(data.people.length) }),
      ]
    : []
  return (
    <Page
      title={say('paper-page')}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={<Exits search={search} ready={!!of} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('paper-reading')} />}
      {data && !of && <State so={say('paper-too-long', { n: numberText(most) })} />}
      {of && <PrintedBy title={say('paper-page')} lines={lines} />}
      {of && <PaperTable people={data.people} />}
    </Page>
  )
}

function Exits({ search, ready }: { search: ListSearch; ready: boolean }) {
  const say = useSay()
  return (
    <>
      {ready && (
        <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
          {say('print-a4')}
        </Button>
      )}
      <Go className="exit" to={listAt(search)}>
        {say('back-to-list')}
      </Go>
    </>
  )
}

function PaperTable({ people }: { people: readonly ListedOnPaper[] }) {
  const say = useSay()
  return (
    <WideNumberedTable
      label={say('paper-page')}
      rows={people}
      keyOf={({ id }) => id}
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
