import { dayText, decimalText, instantText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import type { Pattern } from './inspection.ts'

const median = (value: number) => decimalText(value, Number.isInteger(value) ? 0 : 1)

/** When it was: the hours in question of one day, else the days. */
export function useWhen() {
  const say = useSay()
  return ({ fromOn, toOn, evidence: { between } }: Pick<Pattern, 'fromOn' | 'toOn' | 'evidence'>): string => {
    const [first, last] = (between ?? []).map(instantText)
    if (first && last && first.day === last.day && first.time !== last.time)
      return say('inspection-between', { day: first.day, from: first.time, to: last.time })
    return fromOn === toOn
      ? say('inspection-on-day', { day: dayText(toOn) })
      : say('inspection-in-days', { from: dayText(fromOn), to: dayText(toOn) })
  }
}

/** What a pattern counts, in a sentence. */
export function PatternSaid({ pattern }: { pattern: Pattern }) {
  const when = useWhen()
  const { rule, evidence, officers } = pattern
  const parts = {
    when: when(pattern),
    n: <b className="figures">{numberText(evidence.count)}</b>,
    officers: <b className="figures">{numberText(officers.length)}</b>,
    school: evidence.school?.name ?? '',
    ends: evidence.endsOn ? dayText(evidence.endsOn) : '',
  }
  return (
    <p className="said">
      <Said of={`said-${rule}`} parts={parts} />
    </p>
  )
}

/** The count on a line with the middle of peers and where nineteen of twenty of them end. */
export function PeerRuler({ evidence: { count, least, peers } }: { evidence: Pattern['evidence'] }) {
  const say = useSay()
  const whole = Math.max(count, peers.p95, least) * 1.15
  const at = (value: number) => `${(value / whole) * 100}%`
  return (
    <div className="peers">
      <div className="peers-track">
        <div className="peers-count" style={{ width: at(count) }} />
        {peers.among !== 'none' && <span className="peers-tick" style={{ left: at(peers.median) }} />}
        {peers.among !== 'none' && <span className="peers-tick" style={{ left: at(peers.p95) }} />}
      </div>
      <p className="small peers-said">
        {peers.among !== 'none' && <span>{say('peers-median', { n: median(peers.median) })}</span>}
        {peers.among !== 'none' && <span>{say('peers-p95', { n: median(peers.p95) })}</span>}
        <b className="figures">{numberText(count)}</b>
      </p>
      <p className="small">{say(`peers-${peers.among}`, { n: numberText(peers.count), least: numberText(least) })}</p>
    </div>
  )
}

/** What might explain it, from what is on record. */
export function ReasonNote({ reasons }: Pick<Pattern['evidence'], 'reasons'>) {
  const say = useSay()
  if (reasons.length === 0) return <p className="quiet">{say('reason-unknown')}</p>
  return (
    <div className="note waiting">
      <p>
        {say('reason-may')}{' '}
        {reasons
          .map(({ code, day, people = 0, deeds = 0, name = '' }) =>
            say(`reason-${code}`, {
              day: day ? dayText(day) : '',
              people: numberText(people),
              deeds: numberText(deeds),
              name,
            }),
          )
          .join(' ')}
      </p>
    </div>
  )
}
