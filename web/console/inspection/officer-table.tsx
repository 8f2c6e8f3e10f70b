import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Figure } from '../parts/figure.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { HourBars, HourScale } from './hour-bars.tsx'
import { type InspectionSearch, inspectionAt, type OfficerRow, type Overview, trailAt } from './inspection.ts'
import { PatternChip } from './pattern-chip.tsx'

type Props = {
  readonly rows: readonly OfficerRow[]
  readonly current: OfficerRow | undefined
  readonly search: InspectionSearch
  readonly night: Overview['night']
}

export const keyOf = ({ officer, unit }: OfficerRow) => `${officer.id}.${unit.id}`

/** Officers: who stands out first, then who read most untied. A row opens beside the table. */
export function OfficerTable({ rows, current, search, night }: Props) {
  const say = useSay()
  const { tu, den } = search
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too
    <section className="sideways" aria-label={say('inspection-officers')} tabIndex={0}>
      <table className="plain-table inspected">
        <thead>
          <tr>
            <th scope="col">{say('inspection-officer')}</th>
            <th scope="col" className="end">
              {say('inspection-readings')}
            </th>
            <th scope="col" className="end">
              {say('inspection-untied')}
            </th>
            <th scope="col" className="end">
              {say('inspection-off')}
            </th>
            <th scope="col" className="bars">
              {say('inspection-hours')}
              <HourScale />
            </th>
            <th scope="col" className="end">
              {say('inspection-unusual')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => {
            const { officer, unit } = row
            const to = (loai: string) => trailAt({ cb: officer.id, loai, tu, den })
            return (
              <tr key={keyOf(row)} className={row === current ? 'under-cursor' : undefined}>
                <th scope="row">
                  <Go to={inspectionAt({ ...search, cb: keyOf(row), nep: undefined })} current={row === current}>
                    <Name name={officer.name} />
                  </Go>
                  <span className="small">{unit.name}</span>
                </th>
                <td className="end">
                  <Figure value={row.readings} to={to('luot')} label={say('inspection-readings')} />
                </td>
                <td className="end">
                  {row.untied > 0 ? (
                    <Figure value={row.untied} to={to('khong-gan')} label={say('inspection-untied')} />
                  ) : (
                    numberText(0)
                  )}
                </td>
                <td className="end">
                  {row.offHours > 0 ? (
                    <Figure value={row.offHours} to={to('ngoai-gio')} label={say('inspection-off')} />
                  ) : (
                    numberText(0)
                  )}
                </td>
                <td className="bars">
                  <HourBars hours={row.hours} night={night} />
                </td>
                <td className="end">
                  <PatternChip patterns={row.patterns} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
