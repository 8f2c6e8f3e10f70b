import { reviewProgress, reviewProgressOfUnit } from '../../../src/rolls/review/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { numberText, roundedText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Figure } from '../parts/figure.tsx'
import { Go } from '../parts/place-link.tsx'
import { queueAt } from './queue.ts'
import { rollAt } from './roll.ts'
import { groupOf } from './rows-behind-figure.tsx'

type Progress = Answer<typeof reviewProgress>
type Part = 'left' | 'held' | 'later' | 'referred' | 'decided'

const again = 30_000
const parts: readonly Part[] = ['left', 'held', 'later', 'referred', 'decided']

/**
 * How far a roll is and what risk is left in what the machine matched; without a roll, all that the unit sees. Each
 * figure opens its list.
 */
export function ReviewProgress({ rollId }: { rollId?: string }) {
  const ofRoll = useAsk(reviewProgress, { params: { id: rollId ?? '' } }, { when: rollId !== undefined, every: again })
  const ofUnit = useAsk(reviewProgressOfUnit, {}, { when: rollId === undefined, every: again })
  const progress = rollId === undefined ? ofUnit.data : ofRoll.data
  const to = (nhom: string) => (rollId === undefined ? queueAt({ nhom }) : rollAt(rollId, { nhom }))
  if (!progress) return null
  return (
    <>
      <Counts progress={progress} to={to} ofUnit={rollId === undefined} />
      <Risk progress={progress} to={to} />
    </>
  )
}

type PartsProps = { readonly progress: Progress; readonly to: (nhom: string) => string }

function Counts({ progress, to, ofUnit }: PartsProps & { ofUnit: boolean }) {
  const say = useSay()
  return (
    <section aria-label={say('progress-title')}>
      <h2 className="head">{say('progress-title')}</h2>
      <ul className="rows progress-rows">
        {parts.map(part => (
          <li key={part} className={part}>
            {say(`progress-${part}`)}
            {progress[part] > 0 ? (
              <Figure value={progress[part]} to={to(groupOf(part))} label={say(`progress-${part}`)} />
            ) : (
              <span className="figures">0</span>
            )}
          </li>
        ))}
        {ofUnit && progress.toMe > 0 && (
          <li>
            {say('progress-to-me')}
            <Figure value={progress.toMe} to={to('to-me')} label={say('progress-to-me')} />
          </li>
        )}
      </ul>
      {progress.perHour !== undefined && (
        <p className="small">{say('progress-pace', { n: numberText(progress.perHour) })}</p>
      )}
    </section>
  )
}

/** One decimal below ten: 0,4 of a row is still a row in every third roll. */
const expected = (n: number) =>
  n < 0.05 && n > 0 ? `< ${roundedText(0.1, 1)}` : n < 10 ? roundedText(n, 1) : numberText(Math.round(n))

function Risk({ progress, to }: PartsProps) {
  const say = useSay()
  return (
    <section aria-label={say('risk-title')}>
      <h2 className="head">{say('risk-title')}</h2>
      {progress.risk === 0 ? (
        <p className="small">{say('risk-none')}</p>
      ) : (
        <>
          <p>
            <Said
              of="risk-sentence"
              parts={{
                rows: <Figure value={progress.risk} to={to(groupOf('risk'))} label={say('part-risk')} />,
                n: <b className="figures">{expected(progress.expectedFalse)}</b>,
              }}
            />
          </p>
          <p className="small">{say('risk-about')}</p>
          <p>
            <Go to={to('risk')}>{say('risk-go')}</Go>
          </p>
        </>
      )}
    </section>
  )
}
