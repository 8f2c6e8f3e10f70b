import { besideStages, pathStages } from '../../../src/cards/tracking/stage.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Figure } from '../parts/figure.tsx'
import { stageAt } from './addresses.ts'
import type { Pipeline } from './card-types.ts'

type Counted = Pipeline['stages'][number]

/**
 * The way of the cards as bars from one edge: what lies at each stage now, and what of it is late. What is handed over
 * is told, not drawn: it would dwarf the rest.
 */
export function StageBars({ pipeline: { stages } }: { pipeline: Pipeline }) {
  const say = useSay()
  const of = (stage: string) => stages.find(one => one.stage === stage)
  const beside = besideStages.map(of).filter(one => one !== undefined && one.cards > 0)
  const longest = Math.max(1, ...stages.map(({ stage, cards }) => (stage === 'handed-over' ? 0 : cards)))
  return (
    <section className="part" aria-label={say('cards-by-stage')}>
      <h2>{say('cards-by-stage')}</h2>
      <ol className="stage-bars">
        {pathStages.map(stage => {
          const counted = of(stage)
          return counted && <Bar key={stage} counted={counted} longest={longest} />
        })}
      </ol>
      {beside.length > 0 && (
        <>
          <h3>{say('cards-beside')}</h3>
          <ol className="stage-bars">
            {beside.map(counted => counted && <Bar key={counted.stage} counted={counted} longest={longest} />)}
          </ol>
        </>
      )}
    </section>
  )
}

function Bar({ counted: { stage, cards, late }, longest }: { counted: Counted; longest: number }) {
  const say = useSay()
  const name = say(`stage-${stage}`)
  const width = (n: number) => ({ width: `${(n / longest) * 100}%` })
  return (
    <li>
      <span>{name}</span>
      <span className="track" aria-hidden>
        {stage !== 'handed-over' && (
          <>
            <span className="late" style={width(late)} />
            <span className="fill" style={width(cards - late)} />
          </>
        )}
      </span>
      <span className="end">
        {cards > 0 ? <Figure value={cards} to={stageAt({ buoc: stage })} label={name} /> : numberText(0)}
      </span>
      <span className="late-text">
        {late > 0 && (
          <>
            <Figure value={late} to={stageAt({ buoc: stage, tre: '1' })} label={`${name}, ${say('cards-late')}`} />{' '}
            {say('cards-late')}
          </>
        )}
      </span>
    </li>
  )
}
