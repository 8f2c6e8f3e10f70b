import type { ReactNode } from 'react'
import { Button } from '../../../parts/button.tsx'
import { useCaptureSay } from '../base/language.tsx'
import { Measured } from '../base/measure-and-hint.tsx'
import { type Fingerprints, resultOf, settledCount, standingOf, triesBeforeDespite } from './fingerprint-work.ts'
import type { Finger, Slap } from './fingers.ts'

const hands = [
  ['left-little', 'left-ring', 'left-middle', 'left-index', 'left-thumb'],
  ['right-little', 'right-ring', 'right-middle', 'right-index', 'right-thumb'],
] as const satisfies readonly (readonly Finger[])[]

type HandsProps = {
  readonly work: Fingerprints
  readonly slap: Slap | undefined
  readonly minimum: number
  readonly asking: boolean
  readonly onCannot: (finger: Finger) => void
  readonly onCan: (finger: Finger) => void
}

/** Both hands side by side, each finger with its quality; what is to be laid on the glass now is marked. */
export function Hands({ work, slap, minimum, asking, onCannot, onCan }: HandsProps) {
  const say = useCaptureSay()
  const isNow = (finger: Finger) => (slap?.fingers as readonly Finger[] | undefined)?.includes(finger) ?? false
  return (
    <>
      <div className="hands">
        {hands.map(hand => (
          <ul key={hand[0]} className="measures">
            {hand.map(finger => (
              <FingerRow key={finger} finger={finger} work={work} minimum={minimum} now={isNow(finger)}>
                {!asking && resultOf(work, finger)?.kind === 'missing' && (
                  <Button look={['text', 'row']} onPress={() => onCan(finger)}>
                    {say('finger-can')}
                    <span className="unseen"> {say(finger)}</span>
                  </Button>
                )}
                {!asking && isNow(finger) && ['waiting', 'poor'].includes(standingOf(work, finger, minimum)) && (
                  <Button look={['text', 'row']} onPress={() => onCannot(finger)}>
                    {say('finger-cannot')}
                    <span className="unseen"> {say(finger)}</span>
                  </Button>
                )}
              </FingerRow>
            ))}
          </ul>
        ))}
      </div>
      <p className="small">
        {say('tick-is-minimum')}{' '}
        <span className="figures">{say('fingers-done', { n: settledCount(work, minimum) })}</span>
      </p>
    </>
  )
}

type FingerRowProps = {
  readonly finger: Finger
  readonly work: Fingerprints
  readonly minimum: number
  readonly now: boolean
  readonly children: ReactNode
}

function FingerRow({ finger, work, minimum, now, children }: FingerRowProps) {
  const say = useCaptureSay()
  const result = resultOf(work, finger)
  const standing = standingOf(work, finger, minimum)
  const score = result?.kind === 'taken' ? Math.round(result.biometric.qualityScore) : undefined
  const slapTries = Object.entries(work.tries).find(([name]) => name === slapNameOf(finger))?.[1] ?? 0
  const chip =
    standing === 'poor'
      ? say('finger-poor', { n: Math.min(triesBeforeDespite, slapTries), all: triesBeforeDespite })
      : say(`finger-${standing}`)
  const said =
    score === undefined
      ? `${say(finger)}: ${chip}`
      : say('finger-quality', { finger: say(finger), score, tick: minimum })
  const verdict = standing === 'good' ? 'good' : standing === 'waiting' || standing === 'missing' ? 'not-done' : 'poor'
  return (
    <Measured label={say(finger)} score={score} minimum={minimum} verdict={verdict} chip={chip} said={said} now={now}>
      {children}
    </Measured>
  )
}

const slapNameOf = (finger: Finger): Slap['name'] =>
  finger.endsWith('thumb') ? 'thumbs' : finger.startsWith('left') ? 'left-four' : 'right-four'
