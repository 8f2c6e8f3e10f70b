import { dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Life } from './card-types.ts'

type Has = { readonly life: Life }

/** The states that it went through, with the day of each. */
export function Path({ life: { steps } }: Has) {
  const say = useSay()
  const codes = useCodes()
  return (
    <section className="part">
      <h2>{say('life-path')}</h2>
      <ol className="events">
        {steps.map(({ state, day, at }, n) => (
          <li key={at + state}>
            <span className="when">{dayText(day)}</span>
            <span>{n === steps.length - 1 ? <b>{codes('card', state)}</b> : codes('card', state)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function Attempts({ life: { attempts } }: Has) {
  const say = useSay()
  if (attempts.length === 0) return null
  return (
    <section className="part">
      <h2>{say('life-attempts')}</h2>
      <ol className="events">
        {attempts.map(({ id, attempt, serial, madeOn, quality, fault = '' }) => (
          <li key={id}>
            <span className="when">{dayText(madeOn)}</span>
            <span>
              {say('life-attempt', { n: attempt })}
              {serial && <span className="figures"> {serial}</span>},{' '}
              <span
                className={quality === 'rejected' ? 'late-text' : quality === 'passed' ? 'done-text' : 'waiting-text'}
              >
                {say(`life-attempt-${quality ?? 'open'}`, { fault })}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Into whose hands it went, who keeps it, how it ended, and what was taken in for it. */
export function Ends({ life: { handOver, withholdings, ending, takenIn } }: Has) {
  const say = useSay()
  const codes = useCodes()
  if (!handOver && !ending && withholdings.length === 0 && takenIn.length === 0) return null
  return (
    <dl className="particulars part">
      {handOver && (
        <div>
          <dt>{say('life-handed')}</dt>
          <dd>
            <span className="figures">{dayText(handOver.day)}</span>,{' '}
            {say(`life-to-${handOver.toKind}`, {
              relation: handOver.relation ?? '',
              evidence: handOver.evidence ?? '',
            })}
            , {say(handOver.chipProvedBy ? 'life-chip-read' : 'life-chip-not-read')}
          </dd>
        </div>
      )}
      {withholdings.map(({ code, authority, from, to }) => (
        <div key={from + code}>
          <dt>{say('life-withheld')}</dt>
          <dd>
            {say(to ? 'life-withheld-until' : 'life-withheld-line', {
              why: codes('reason', code),
              authority,
              from: dayText(from),
              to: to ? dayText(to) : '',
            })}
          </dd>
        </div>
      ))}
      {ending && (
        <div>
          <dt>{say('life-ending')}</dt>
          <dd>
            <span className="figures">{dayText(ending.day)}</span>, {codes('reason', ending.code)}
            {ending.note && <p className="small">{ending.note}</p>}
          </dd>
        </div>
      )}
      {takenIn.length > 0 && (
        <div>
          <dt>{say('life-taken-in')}</dt>
          <dd>
            {takenIn
              .map(
                ({ kind, day, destroyed }) =>
                  `${codes('old-kind', kind)}, ${dayText(day)}, ${say(destroyed ? 'life-destroyed' : 'life-kept')}`,
              )
              .join('; ')}
          </dd>
        </div>
      )}
    </dl>
  )
}

/** Who did what with it, the latest first. */
export function Deeds({ life: { deeds } }: Has) {
  const say = useSay()
  const codes = useCodes()
  const byOf = (by: string) => codes('by', by)
  return (
    <section className="part">
      <h2>{say('life-deeds')}</h2>
      <ol className="events">
        {deeds.map(({ deed, at, by }) => {
          const { day, time } = instantText(at)
          return (
            <li key={at + deed}>
              <span className="when">
                {day}
                <br />
                <span className="small">{time}</span>
              </span>
              <span>
                {codes('card-deed', deed.replace(/^card\./, ''))}
                <span className="small"> · {byOf(by)}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
