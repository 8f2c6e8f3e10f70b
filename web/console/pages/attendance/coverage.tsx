import { useSay } from '../../language.tsx'
import type { Figures } from './search.ts'

/** What the figures rest on: whose rolls have come, and by name whose have not. */
export function Coverage({ figures: { coverage, of } }: { figures: Figures }) {
  const say = useSay()
  const { partial, schools, reported, missing, stages } = coverage
  if (!partial) return <p className="quiet">{say('attendance-whole')}</p>
  const silent = schools - reported
  const said =
    silent > 0
      ? say('attendance-partial', { n: silent, all: schools, year: of.schoolYear })
      : say('attendance-partial-around', { year: of.schoolYear })
  return (
    <details className="note waiting">
      <summary>{said}</summary>
      <ul>
        {stages.map(({ stage, schools: all, reported: sent }) => (
          <li key={stage}>{say('attendance-stage', { stage: say(`stage-${stage}`), n: sent, all })}</li>
        ))}
      </ul>
      {missing.length > 0 && (
        <>
          <p>
            <strong>{say('attendance-missing')}</strong>
          </p>
          <ul>
            {missing.map(({ id, name, unit }) => (
              <li key={id}>
                {name}, {unit}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  )
}
