import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayInYearText, dayText, instantText } from '../../parts/formats.ts'
import { useActor, useCodes, useFieldValue } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Figure } from '../parts/figure.tsx'
import { Go } from '../parts/place-link.tsx'
import type { Person } from './person.ts'

type Correction = Person['corrections'][number]

const dueKinds = { overdue: 'late', today: 'waiting', later: 'waiting', closed: 'done' } as const satisfies Record<
  Correction['due'],
  ChipKind
>

export function CorrectionChip({ due, dueOn, state }: Pick<Correction, 'due' | 'dueOn' | 'state'>) {
  const say = useSay()
  const codes = useCodes()
  if (due === 'closed') return <Chip kind={state === 'approved' ? 'done' : 'not-begun'}>{codes('state', state)}</Chip>
  return <Chip kind={dueKinds[due]}>{say(`due-${due}`, { day: dayInYearText(dueOn) })}</Chip>
}

/** What changed and why; old values are struck, not hidden. Corrections that still wait stand on top. */
export function History({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const actor = useActor()
  const shown = useFieldValue()
  const open = person.corrections.filter(({ due }) => due !== 'closed')
  return (
    <section id="lich-su" className="part">
      <h2>{say('history')}</h2>
      {open.length === 0 && person.history.length === 0 && <p className="quiet">{say('history-none')}</p>}
      <ol className="events">
        {open.map(correction => (
          <li key={correction.id}>
            <span className="when">{dayText(correction.proposedOn)}</span>
            <div>
              <Go to={at(`/dan-cu/dinh-chinh/${correction.id}`)}>
                {say('correction-of', { n: correction.changes.length })}
              </Go>{' '}
              {correction.changes.map(({ field }) => codes('field', field)).join(', ')}
              <p className="small">{correction.evidence}</p>
              <CorrectionChip {...correction} />
            </div>
          </li>
        ))}
        {person.history.map(({ at: moment, day, field, old, new: value, why, by }) => (
          <li key={`${moment}-${field}`}>
            <span className="when">
              {dayText(day)}
              <br />
              <span className="small">{instantText(moment).time}</span>
            </span>
            <div>
              <b>{codes('field', field)}</b>: {old && <del>{shown(field, old)}</del>} {old && say('changed-to')}{' '}
              <b>{shown(field, value) ?? say('left-empty')}</b>
              <p className="small">
                {why} · {actor(by)}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Who opened this record, and what for: trust is one question with what changed. */
export function Readers({ person }: { person: Person }) {
  const say = useSay()
  const codes = useCodes()
  const actor = useActor()
  return (
    <section id="ai-da-xem" className="part">
      <h2>
        {say('readers')}{' '}
        {person.readers.length > 0 && (
          <Figure value={person.readers.length} to={at(`/dan-cu/nguoi/${person.id}#ai-da-xem`)} />
        )}
      </h2>
      {person.readers.length === 0 && <p className="quiet">{say('readers-none')}</p>}
      <ul className="events readers">
        {person.readers.map(reader => {
          const { dayInYear, time } = instantText(reader.at)
          return (
            <li key={`${reader.at}-${reader.by.id}-${reader.fields}`}>
              <span className="when">
                {dayInYear} {time}
              </span>
              <span>{actor(reader.by)}</span>
              <span className="quiet">{codes('purpose', reader.purpose)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
