import { residentChildCases } from '../../../src/out-of-school/contract.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { type AttendanceSearch, attendanceAt, type Figures } from './search.ts'

type Row = { readonly key: string; readonly name: string; readonly to: string; readonly counted: Figures['all'] }

/** For those who may see figures and no names: the same counts by year of birth and by commune. */
export function FigureTables({ figures, search }: { figures: Figures; search: AttendanceSearch }) {
  const say = useSay()
  const years = figures.byBirthYear.flatMap(({ year, group, partial, counted }): Row[] =>
    year === null || group === 'other'
      ? []
      : [
          {
            key: String(year),
            name: partial ? `${year} (${say('in-part')})` : String(year),
            to: attendanceAt({ ...search, sinh: String(year) }),
            counted,
          },
        ],
  )
  const communes = figures.byUnit.map(
    ({ id, name, counted }): Row => ({ key: id, name, to: attendanceAt({ ...search, xa: id }), counted }),
  )
  return (
    <div className="stack">
      <p className="quiet">{say('attendance-counts-only')}</p>
      <CaseTable head={say('by-age')} rows={years} />
      <CaseTable head={say('by-commune')} rows={communes} />
    </div>
  )
}

function CaseTable({ head, rows }: { head: string; rows: readonly Row[] }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={head} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className="end">
              {say('all-people')}
            </th>
            {residentChildCases.map(one => (
              <th scope="col" className="end" key={one}>
                {say(`case-${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, to, counted }) => (
            <tr key={key}>
              <th scope="row">
                <Go to={to}>{name}</Go>
              </th>
              <td className="end">{numberText(counted.children)}</td>
              {residentChildCases.map(one => (
                <td className="end" key={one}>
                  {numberText(counted.cases[one])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
