import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { outOfSchoolList } from '../../../src/out-of-school/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { WideNumberedTable } from '../shell/numbered-table.tsx'
import { Page } from '../shell/page.tsx'
import { PrintedBy } from '../shell/printed-by.tsx'
import { homeText, saidText, schoolText } from './columns.tsx'
import { type AttendanceSearch, asQuery, attendanceAt, type Child, caseOf } from './search.ts'

/** More than this is no list for a hand but a file. */
const most = 3000

async function everyone(search: AttendanceSearch, signal: AbortSignal) {
  const people: Child[] = []
  for (let offset = 0; people.length <= most; ) {
    const page = await call(outOfSchoolList, { query: { ...asQuery(search), limit: 1000, offset }, signal })
    people.push(...page.people)
    if (page.next === null) return { of: page.of, people }
    offset = page.next
  }
  return { of: undefined, people }
}

/** The list as it will stand on A4; it carries no numbers: who knocks at a door needs a name and an address. */
export function OutOfSchoolPaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/danh-sach/pho-cap/in' })
  const { data, error, refetch } = useQuery({
    queryKey: [outOfSchoolList.path, 'paper', search],
    queryFn: ({ signal }) => everyone(search, signal),
  })
  const of = data?.of
  const title = `${say('attendance')}: ${say(`case-${caseOf(search)}`)}`
  const lines = of
    ? [
        `${of.unit.name}. ${say('as-of', { day: dayText(of.day) })}, ` +
          `${say('school-year', { year: of.schoolYear })}, ${say(`home-${of.home}`)}`,
        say('rows-of', { shown: numberText(data.people.length), all: numberText(data.people.length) }),
      ]
    : []
  return (
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          {of && (
            <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
              {say('print-a4')}
            </Button>
          )}
          <Go className="exit" to={attendanceAt(search)}>
            {say('back-to-list')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('paper-reading')} />}
      {data && !of && <State so={say('paper-too-long', { n: numberText(most) })} />}
      {of && <PrintedBy title={title} lines={lines} />}
      {of && <PaperTable people={data.people} label={title} />}
    </Page>
  )
}

function PaperTable({ people, label }: { people: readonly Child[]; label: string }) {
  const say = useSay()
  return (
    <WideNumberedTable
      label={label}
      rows={people}
      keyOf={({ id }) => id}
      columns={[
        { head: say('full-name'), cell: ({ name }) => <Name name={name} /> },
        { head: say('born'), cell: ({ born }) => dayText(born) },
        { head: say('lives-at'), cell: child => homeText(child, say) },
        { head: say('at-school'), cell: child => schoolText(child, say), isFigures: true },
        { head: say('attendance-said'), cell: child => saidText(child, say) },
      ]}
    />
  )
}
