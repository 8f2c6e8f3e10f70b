import type { needFigures } from '../../../src/campaign/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { listAt } from '../needs/filter.ts'
import { Figure } from '../parts/figure.tsx'
import { Ruler } from '../parts/ruler.tsx'

/** The schools where most is lacking, each with its list; where there are none, the communes. */
export function SchoolsLackingMost({ figures }: { figures: Answer<typeof needFigures> }) {
  const say = useSay()
  const bySchool = figures.bySchool.map(({ id, name, counted }) => ({
    key: id,
    name,
    counted,
    to: listAt({ truong: id }),
  }))
  const byUnit = figures.byUnit.flatMap(({ id, name, counted }) =>
    id ? [{ key: id, name, counted, to: listAt({ donvi: id }) }] : [],
  )
  const rows = (bySchool.length ? bySchool : byUnit).toSorted((a, b) => b.counted.inNeed - a.counted.inNeed).slice(0, 8)
  if (!rows.length) return null
  return (
    <section>
      <h2 className="head">{say('lacking-most')}</h2>
      <ul className="ranking">
        {rows.map(({ key, name, counted, to }) => (
          <li key={key}>
            <span>{name}</span>
            <Ruler small done={counted.people - counted.inNeed} target={counted.people} />
            <Figure value={counted.inNeed} to={to} label={name} />
          </li>
        ))}
      </ul>
    </section>
  )
}
