import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { outOfSchoolList, outOfSchoolPrint } from '../../../src/out-of-school/contract.ts'
import { call } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { WideNumberedTable } from '../papers/numbered-table.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { homeText, saidText, schoolText } from './columns.tsx'
import { useTokenWords } from './out-of-school-page.tsx'
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
  const narrowed = useTokenWords(search, undefined).map(({ said }) => said)
  const lines = of
    ? [
        `${of.unit.name}. ${say('as-of', { day: dayText(of.day) })}, ` +
          `${say('school-year', { year: of.schoolYear }).toLowerCase()}, ${say(`home-${of.home}`).toLowerCase()}`,
        narrowed.length ? say('paper-filter', { what: narrowed.join('; ') }) : say('paper-filter-none'),
        say('paper-count', { n: numberText(data.people.length) }),
      ]
    : []
  return (
    <PaperPage
      title={title}
      lines={lines}
      back={{ to: attendanceAt(search), text: say('back-to-list') }}
      error={error}
      retry={() => void refetch()}
      reading={data ? undefined : say('paper-reading')}
      instead={data && !of && <State so={say('paper-too-long', { n: numberText(most) })} />}
      record={() => call(outOfSchoolPrint, { body: asQuery(search) })}
    >
      {of && <PaperTable people={data.people} label={title} />}
    </PaperPage>
  )
}

function PaperTable({ people, label }: { people: readonly Child[]; label: string }) {
  const say = useSay()
  return (
    <WideNumberedTable
      label={label}
      rows={people}
      keyOf={({ id }) => id}
      ticked
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
