import { needs } from '../../../src/campaign/need-codes.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { type ListSearch, listAt } from './filter.ts'
import type { Figures } from './listed.ts'

/** For those who may see figures and no names: the same counts, by school and class, else by commune. */
export function CountTable({ figures, search }: { figures: Figures; search: ListSearch }) {
  const say = useSay()
  const bySchool = figures.bySchool.map(({ id, name, counted }) => ({
    key: id,
    name,
    counted,
    to: listAt({ ...search, truong: id }),
  }))
  const byUnit = figures.byUnit.map(({ id, name, counted }) => ({
    key: id ?? '',
    name,
    counted,
    to: id ? listAt({ ...search, donvi: id }) : undefined,
  }))
  const rows = figures.of.basis === 'school' ? bySchool : byUnit
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('lists-title')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say(figures.of.basis === 'school' ? 'school' : 'unit')}</th>
            <th scope="col" className="end">
              {say('all-people')}
            </th>
            {needs.map(need => (
              <th scope="col" className="end" key={need}>
                {say(`need-${need}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, counted, to }) => (
            <tr key={key}>
              <th scope="row">{to ? <Go to={to}>{name}</Go> : name || say('not-recorded')}</th>
              <td className="end">{numberText(counted.people)}</td>
              {needs.map(need => (
                <td className="end" key={need}>
                  {numberText(counted.needs[need])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
