import { TriangleAlert } from 'lucide-react'
import { useSay } from '../base/language.tsx'
import type { Figures } from './search.ts'

/** What the figures rest on: whose rolls have come, and by name whose have not. */
export function Coverage({ figures: { coverage, of } }: { figures: Figures }) {
  const say = useSay()
  const { partial, schools, reported, missing, stages } = coverage
  if (!partial) return <p className="quiet coverage">{say('attendance-whole')}</p>
  const silent = schools - reported
  const said =
    silent > 0
      ? say('attendance-partial', { n: silent, all: schools, year: of.schoolYear })
      : say('attendance-partial-around', { year: of.schoolYear })
  return (
    <div className="note waiting coverage">
      <TriangleAlert size={16} aria-hidden />
      <details>
        <summary>{said}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too */}
        <section aria-label={say('attendance-missing')} tabIndex={0}>
          <ul>
            {stages.map(({ stage, schools: all, reported: sent }) => (
              <li key={stage}>{say('attendance-stage', { stage: say(`stage-${stage}`), n: sent, all })}</li>
            ))}
          </ul>
          {missing.length > 0 && (
            <>
              <strong>{say('attendance-missing')}</strong>
              <ul>
                {missing.map(({ id, name, unit }) => (
                  <li key={id}>
                    {name}, {unit}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </details>
    </div>
  )
}
