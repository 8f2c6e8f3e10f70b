import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Figure } from '../parts/figure.tsx'
import { stageAt } from './addresses.ts'
import type { Pipeline } from './card-types.ts'
import { usePlaces } from './place-names.ts'

type Late = Pipeline['late'][number]

/** So many lines are read at a glance; the rest is in the list of all that is late. */
const most = 12

/** What should be at its unit and is not: at which stage, with whom, since when. The oldest first. */
export function LateTable({ pipeline: { late } }: { pipeline: Pipeline }) {
  const say = useSay()
  const { nameOf } = usePlaces()
  const whoOf = ({ unitId, maker }: Late) =>
    [nameOf(unitId) ?? say('cards-who-centre'), maker && say(`cards-maker-${maker}`)].filter(Boolean).join(', ')
  const left = late.slice(most).reduce((all, { cards }) => all + cards, 0)
  return (
    <section className="part">
      <h2>{say('cards-late-by')}</h2>
      {late.length === 0 ? (
        <p className="quiet">{say('cards-late-none')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say('cards-stage')}</th>
              <th scope="col">{say('cards-late-who')}</th>
              <th scope="col" className="end">
                {say('cards-count')}
              </th>
              <th scope="col" className="end">
                {say('cards-late-since')}
              </th>
            </tr>
          </thead>
          <tbody>
            {late.slice(0, most).map(line => (
              <tr key={`${line.stage}${line.unitId}${line.maker}`}>
                <td>{say(`stage-${line.stage}`)}</td>
                <td className="own-figures">{whoOf(line)}</td>
                <td className="end">
                  <Figure
                    value={line.cards}
                    to={stageAt({ buoc: line.stage, tre: '1', o: line.unitId })}
                    label={`${say(`stage-${line.stage}`)}, ${whoOf(line)}`}
                  />
                </td>
                <td className="end">{dayText(line.dueOn)}</td>
              </tr>
            ))}
            {left > 0 && (
              <tr>
                <td>{say('cards-late-rest')}</td>
                <td />
                <td className="end">
                  <Figure
                    value={late.reduce((all, { cards }) => all + cards, 0)}
                    to={stageAt({ buoc: 'coming', tre: '1' })}
                    label={say('cards-late-rest')}
                  />
                </td>
                <td />
              </tr>
            )}
          </tbody>
        </table>
      )}
    </section>
  )
}
