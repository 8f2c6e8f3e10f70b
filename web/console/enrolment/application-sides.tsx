import { dayInYearText, dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { type ComparedField, Comparison } from '../parts/comparison.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Application, applicationAt } from './search.ts'
import { StateChip } from './state-chip.tsx'

type Of = { readonly application: Application }

const kinds = { 'birth-date': 'day', number: 'number' } as const satisfies Record<string, ComparedField['kind']>

/** The register beside what was told at the capture; only differing letters are marked. */
export function Sides({ application: { sides } }: Of) {
  const say = useSay()
  const codes = useCodes()
  const shown = (field: string, value: string) =>
    field === 'birth-date' ? dayText(value) : field === 'sex' && value ? codes('sex', value) : value
  const said = sides.filter(({ evidence }) => evidence)
  return (
    <section className="part">
      <h2 className="unseen">{say('sides-title')}</h2>
      {sides.length === 0 && <p className="quiet">{say('sides-none')}</p>}
      {sides.length > 0 && (
        <Comparison
          caption={say('sides-title')}
          sources={[say('sides-register'), say('sides-told')]}
          fields={sides.map(({ field, register, said: told }) => ({
            label: codes('side', field),
            left: shown(field, register),
            right: shown(field, told),
            ...(field in kinds && { kind: kinds[field as keyof typeof kinds] }),
          }))}
        />
      )}
      {said.map(({ field, evidence }) => (
        <p key={field} className="note waiting">
          {say('sides-said', { what: codes('side', field) })}. {evidence}
        </p>
      ))}
    </section>
  )
}

/** Whoever else may be the same human being, each beside this one. */
export function Alike({ application: { alike, name, born } }: Of) {
  const say = useSay()
  if (alike.length === 0) return null
  const likeliest = alike.toSorted((one, other) => other.probability - one.probability)
  return (
    <section className="part">
      <h2>{say('alike-title')}</h2>
      {likeliest.map((other, place) => (
        <div key={other.personId}>
          <Comparison
            caption={say('alike-one', { n: place + 1, name: other.name })}
            sources={[say('alike-this'), say('alike-other', { p: Math.floor(other.probability * 100) })]}
            fields={[
              { label: say('side-full-name'), left: name, right: other.name },
              { label: say('side-birth-date'), left: dayText(born), right: dayText(other.born), kind: 'day' },
            ]}
          />
          <p className="small">
            {other.unit && say('alike-lives', { unit: other.unit })}{' '}
            <Go to={at(`/dan-cu/nguoi/${other.personId}`)}>{say('open-person')}</Go>
          </p>
        </div>
      ))}
    </section>
  )
}

export function Others({ application: { others } }: Of) {
  const say = useSay()
  const codes = useCodes()
  if (others.length === 0) return null
  return (
    <section className="part">
      <h2>{say('others-title')}</h2>
      <ul className="rows">
        {others.map(({ id, state, begunOn, capture }) => (
          <li key={id}>
            <Go to={applicationAt(id)}>
              {say('other-begun', { day: dayText(begunOn) })}, {codes('capture', capture)}
            </Go>
            <StateChip state={state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What officers are called has a space in it; ids of the house's own workers have none. */
const isName = (by: string) => /\s/.test(by)

/** The moves as a history, the latest first. */
export function Moves({ application: { transitions } }: Of) {
  const say = useSay()
  const codes = useCodes()
  if (transitions.length === 0) return null
  return (
    <section className="part">
      <h2>{say('moves-title')}</h2>
      <ol className="events">
        {transitions.toReversed().map(({ from, to, onDay, at: moment, by, reason, note }) => (
          <li key={`${moment} ${from} ${to}`}>
            <span className="when">
              {dayInYearText(onDay)}
              <br />
              <span className="small">{instantText(moment).time}</span>
            </span>
            <div>
              <b>{say(`is-${to}`)}</b>
              {reason && <>: {codes('because', reason)}</>}
              {note && <p>“{note}”</p>}
              <p className="small">{isName(by) ? by : say('by-the-house')}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
