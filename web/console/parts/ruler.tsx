import { numberText } from '../../parts/formats.ts'
import type { WordKey } from '../base/language.tsx'
import { Said, useSay } from '../base/language.tsx'

export type RulerProps = {
  readonly done: number
  readonly target: number
  /** What should be done by today. */
  readonly plan?: number
  /** The band that the forecast gives for the due day. */
  readonly forecast?: readonly [low: number, high: number]
  /** The due day, dd/MM. */
  readonly due?: string
  readonly small?: boolean
  /** What `done` and `target` are called here. */
  readonly said?: { readonly done: WordKey; readonly target: WordKey }
}

const usual = { done: 'ruler-done', target: 'ruler-target' } as const

/** Done, plan, forecast and target, everywhere the same. Above 100 % the scale goes on past the end stroke. */
export function Ruler({ done, target, plan, forecast, due, small, said = usual }: RulerProps) {
  const say = useSay()
  const whole = Math.max(target, done, forecast?.[1] ?? 0, 1)
  const at = (value: number) => `${Math.min(100, Math.max(0, (value / whole) * 100))}%`
  const told = [
    say(said.done, { n: numberText(done) }),
    ...(plan === undefined ? [] : [say('ruler-plan', { n: numberText(plan) })]),
    ...(forecast
      ? [say('ruler-forecast', { due: due ?? '', low: numberText(forecast[0]), high: numberText(forecast[1]) })]
      : []),
    say(said.target, { n: numberText(target) }),
  ].join('; ')
  return (
    <div className={small ? 'ruler small-ruler' : 'ruler'}>
      <div className="track" role="img" aria-label={told}>
        <div className="done" style={{ width: at(done) }} />
        {forecast && !small && (
          <div
            className="forecast"
            style={{ left: at(forecast[0]), width: `calc(${at(forecast[1])} - ${at(forecast[0])})` }}
          />
        )}
        {plan !== undefined && <div className="plan" style={{ left: at(plan) }} />}
        {/* In a row the target is the end of the track, but where the figure goes past it. */}
        {(!small || done > target) && <div className="target" style={{ left: `calc(${at(target)} - 2px)` }} />}
      </div>
      {!small && (
        <RulerLabels
          done={done}
          target={target}
          {...(plan !== undefined && { plan })}
          {...(forecast && { forecast })}
          due={due ?? ''}
          said={said}
        />
      )}
    </div>
  )
}

function RulerLabels({ done, target, plan, forecast, due, said = usual }: RulerProps) {
  const n = (value: number) => <strong>{numberText(value)}</strong>
  return (
    <div className="labels" aria-hidden>
      <span>
        <Said of={said.done} parts={{ n: n(done) }} />
      </span>
      {plan !== undefined && (
        <span>
          <Said of="ruler-plan" parts={{ n: n(plan) }} />
        </span>
      )}
      {forecast && (
        <span>
          <Said of="ruler-forecast" parts={{ due, low: n(forecast[0]), high: n(forecast[1]) }} />
        </span>
      )}
      <span>
        <Said of={said.target} parts={{ n: n(target) }} />
      </span>
    </div>
  )
}
