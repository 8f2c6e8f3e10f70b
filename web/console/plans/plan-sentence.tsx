import { decimalText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { Sentence } from '../parts/figure.tsx'
import type { PlanFigures } from './search.ts'

/** Where whoever is late is listed, below on the page. */
export const lateAnchor = 'ai-tre'

/** A gap to the tenth of a per cent, and never better than it is: 0.0004 is 0,1%. */
export const gapText = (gap: number): string => `${decimalText(Math.ceil(gap * 1000 - 1e-9) / 10, 1)}%`

/**
 * How good the plan is: who is in time, who is late and cannot be helped, what it costs, and what is proved of that.
 * Where nothing is proved it says so.
 */
export function PlanSentence({ figures }: { figures: PlanFigures }) {
  const say = useSay()
  const { people, latePeople, total, bound, gap = 0 } = figures
  const late = (
    <a
      href={`#${lateAnchor}`}
      className="figure figures"
      aria-label={`${numberText(latePeople)} ${say('plan-late-of')}`}
    >
      {numberText(latePeople)}
    </a>
  )
  const bold = (n: number) => <b className="figures">{numberText(n)}</b>
  const isProved = bound !== undefined && bound.total > 0
  return (
    <Sentence>
      {latePeople > 0 ? (
        <Said of="plan-sentence" parts={{ inTime: bold(people - latePeople), people: bold(people), late }} />
      ) : (
        <Said of="plan-sentence-none-late" parts={{ people: bold(people) }} />
      )}{' '}
      {latePeople > 0 && (
        <>
          {bound && bound.latePeople > 0 ? (
            <Said of="plan-sentence-unavoidable" parts={{ n: bold(Math.min(bound.latePeople, latePeople)) }} />
          ) : (
            say('plan-sentence-late-unproved')
          )}{' '}
        </>
      )}
      {!isProved && total > 0 && <Said of="plan-sentence-unproved" parts={{ total: bold(total) }} />}
      {(total === 0 || (isProved && gap === 0)) && <Said of="plan-sentence-best" parts={{ total: bold(total) }} />}
      {isProved && gap > 0 && (
        <Said
          of="plan-sentence-bound"
          parts={{ total: bold(total), bound: bold(bound.total), gap: <b className="figures">{gapText(gap)}</b> }}
        />
      )}
    </Sentence>
  )
}
