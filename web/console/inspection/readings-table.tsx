import { instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { Name } from '../parts/person-name.tsx'
import type { Reading } from './inspection.ts'

type Props = {
  readonly readings: readonly Reading[]
  /** Names that were opened, by reading. */
  readonly names: ReadonlyMap<string, string>
  /** Who read stands in a column where several did. */
  readonly withOfficer?: boolean
  readonly withDay?: boolean
}

/** A commune's name without the word for its kind, where only communes stand beside it. */
const shortPlace = (name: string) => name.replace(/^(Phường|Xã|Thị trấn) (?=\p{Lu})/u, '')

/** Readings in the order of time; people by initials until their names were opened. */
export function ReadingsTable({ readings, names, withOfficer, withDay }: Props) {
  const say = useSay()
  const codes = useCodes()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too
    <section className="sideways" aria-label={say('inspection-readings')} tabIndex={0}>
      <table className="plain-table readings">
        <thead>
          <tr>
            <th scope="col">{say('reading-when')}</th>
            {withOfficer && <th scope="col">{say('reading-by')}</th>}
            <th scope="col">{say('reading-what')}</th>
            <th scope="col">{say('reading-whose')}</th>
            <th scope="col" className="end">
              {say('reading-why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {readings.map(({ id, at, officer, fields, initials, place, tie }) => {
            const { day, time } = instantText(at)
            const seconds = at.slice(17, 19)
            const name = names.get(id)
            return (
              <tr key={id}>
                <td>
                  {withDay && <span className="small">{day} </span>}
                  {time}:{seconds}
                </td>
                {withOfficer && <td>{officer.name}</td>}
                <td>{[...new Set(fields.map(field => codes('seen', field)))].slice(0, 3).join(', ')}</td>
                <td>
                  {name ? <Name name={name} /> : initials}
                  {place && `, ${shortPlace(place)}`}
                </td>
                <td className="end">
                  {tie ? codes('tie', tie) : <span className="quiet">{say('reading-none')}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
