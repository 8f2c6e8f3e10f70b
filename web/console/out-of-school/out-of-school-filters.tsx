import { homeComparisons, homeKinds, moveKinds, outOfSchoolFigures } from '../../../src/out-of-school/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Choices } from '../needs/list-filters.tsx'
import { DayField } from '../parts/day-field.tsx'
import { type AttendanceSearch, asQuery, attendanceAt, caseOf, type Figures } from './search.ts'

/** Filters with counts: each count is the length of the list that the choice would give. */
export function OutOfSchoolFilters({ search, figures }: { search: AttendanceSearch; figures: Figures | undefined }) {
  const say = useSay()
  // Each group counts what it would give if its own choice alone were another.
  const ofYears = useAsk(outOfSchoolFigures, { query: asQuery(search, ['mat', 'sinh']) }, { keep: true }).data
  const ofCommunes = useAsk(outOfSchoolFigures, { query: asQuery(search, ['mat', 'xa']) }, { keep: true }).data
  const ofSexes = useAsk(outOfSchoolFigures, { query: asQuery(search, ['mat', 'gioi']) }, { keep: true }).data
  const one = caseOf(search)
  const choose = (key: keyof AttendanceSearch) => (value: string | undefined) =>
    goTo(attendanceAt({ ...search, [key]: value }))
  const years = (ofYears?.byBirthYear ?? []).flatMap(({ year, partial, counted }) =>
    year === null || counted.cases[one] === 0
      ? []
      : [
          {
            value: String(year),
            said: partial ? `${year} (${say('in-part')})` : String(year),
            count: counted.cases[one],
          },
        ],
  )
  const communes = (ofCommunes?.byUnit ?? [])
    .map(({ id, name, counted }) => ({ value: id, said: name, count: counted.cases[one] }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
  const sexes = (ofSexes?.bySex ?? []).flatMap(({ sex, counted }) =>
    sex ? [{ value: sex, said: say(sex === 'F' ? 'attendance-F' : 'attendance-M'), count: counted.cases[one] }] : [],
  )
  const isEnrolled = one === 'enrolled-here' || one === 'enrolled-elsewhere'
  return (
    <>
      <section className="stack">
        <Field
          label={say('attendance-home')}
          value={search.theo ?? 'any'}
          onChange={theo => goTo(attendanceAt({ ...search, theo: theo === 'any' ? undefined : theo }))}
          choices={homeKinds.map(home => [home, say(`home-${home}`)] as const)}
        />
        <DayField
          label={say('as-of-day')}
          value={search.ngay ?? figures?.of.day ?? ''}
          onChange={ngay => goTo(attendanceAt({ ...search, ngay: ngay || undefined }))}
        />
      </section>
      {figures && one === 'absent' && <Reported search={search} figures={figures} onChoose={choose('du')} />}
      <Choices head={say('birth-years')} choices={years} chosen={search.sinh} onChoose={choose('sinh')} />
      <Choices head={say('attendance-sex')} choices={sexes} chosen={search.gioi} onChoose={lastOf(choose('gioi'))} />
      {communes.length > 1 && (
        <Choices
          head={say('attendance-communes')}
          choices={communes}
          chosen={search.xa}
          onChoose={lastOf(choose('xa'))}
        />
      )}
      {figures && isEnrolled && <Compared search={search} onChoose={choose} />}
    </>
  )
}

/** Of two choices the last one counts. */
const lastOf = (choose: (value: string | undefined) => void) => (chosen: string | undefined) =>
  choose(chosen?.split(',').at(-1))

function Reported({
  search,
  figures,
  onChoose,
}: {
  search: AttendanceSearch
  figures: Figures
  onChoose: (value: string | undefined) => void
}) {
  const say = useSay()
  const { data = figures } = useAsk(outOfSchoolFigures, { query: asQuery(search, ['mat', 'du']) }, { keep: true })
  const { cases, unreported } = data.all
  if (unreported === 0) return null
  const choices = [
    { value: 'roi', said: say('unreported-no'), count: cases.absent - unreported },
    { value: 'chua', said: say('unreported-yes'), count: unreported },
  ]
  return <Choices head={say('attendance-rolls')} choices={choices} chosen={search.du} onChoose={lastOf(onChoose)} />
}

function Compared({
  search,
  onChoose,
}: {
  search: AttendanceSearch
  onChoose: (key: 'noi' | 'chuyen') => (value: string | undefined) => void
}) {
  const say = useSay()
  const { data } = useAsk(outOfSchoolFigures, { query: asQuery(search, ['noi', 'chuyen']) }, { keep: true })
  if (!data) return null
  const said = homeComparisons
    .filter(word => data.said[word] > 0)
    .map(word => ({ value: word, said: say(`said-${word}`), count: data.said[word] }))
  const moved = moveKinds
    .filter(move => data.moved[move] > 0)
    .map(move => ({ value: move, said: say(`moved-${move}`), count: data.moved[move] }))
  return (
    <>
      <Choices head={say('attendance-said')} choices={said} chosen={search.noi} onChoose={lastOf(onChoose('noi'))} />
      <Choices
        head={say('attendance-moved')}
        choices={moved}
        chosen={search.chuyen}
        onChoose={lastOf(onChoose('chuyen'))}
      />
    </>
  )
}
