import { showEntry } from '../../../src/rolls/ledger/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { dayText, instantText } from '../../parts/formats.ts'
import { useActor, useCodes, useFieldValue } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { fieldNames } from '../follow-ups/follow-up.ts'
import type { Entry } from '../ledger/ledger.ts'
import { Standing } from '../ledger/ledger-table.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { rollAt } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'

type History = Answer<typeof showEntry>

/** One pupil's entry: how it stands, what became of it, and what changed since somebody decided. */
export function EntryDialog({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const say = useSay()
  const maySee = useMay('register.read')
  const { data, error, refetch } = useAsk(showEntry, { params: { id: entry.id } })
  return (
    <Dialog open title={entry.name} onClose={onClose}>
      <p className="quiet">
        {[entry.school.name, entry.class, entry.birthDate && dayText(entry.birthDate)].filter(Boolean).join(', ')}
      </p>
      <p>
        <Standing entry={entry} />
      </p>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('ledger-reading')} />}
      {data && <Since since={data.sinceDecision} />}
      {data && <Events events={data.events} />}
      <nav className="sections" aria-label={say('ledger')}>
        {entry.state !== 'left-school' && (
          <Go to={rollAt(entry.rollId, { dong: String(entry.place) })}>{say('ledger-open-roll')}</Go>
        )}
        {maySee && entry.personId && <Go to={at(`/dan-cu/nguoi/${entry.personId}`)}>{say('ledger-open-person')}</Go>}
      </nav>
    </Dialog>
  )
}

/** What a roll gives, under the names that the register's fields have. */
const lineFields: Readonly<Record<string, string>> = { ...fieldNames, father: 'father_name', mother: 'mother_name' }

function Since({ since: { line, person } }: { since: History['sinceDecision'] }) {
  const say = useSay()
  const codes = useCodes()
  const shown = useFieldValue()
  if (line.length + person.length === 0) return null
  const told = (label: string, { field, before, after }: History['sinceDecision']['line'][number]) => {
    const name = lineFields[field] ?? field
    const known = name === 'number' ? say('number') : codes('field', name)
    return (
      <li key={`${label}-${field}`}>
        {label}, {known.toLocaleLowerCase('vi')}: {before && <del>{shown(name, before) ?? before}</del>}{' '}
        <b>{(after && (shown(name, after) ?? after)) || say('left-empty')}</b>
      </li>
    )
  }
  return (
    <section className="note">
      <h3>{say('ledger-since')}</h3>
      <ul>
        {line.map(one => told(say('ledger-since-line'), one))}
        {person.map(one => told(say('ledger-since-person'), one))}
      </ul>
    </section>
  )
}

function Events({ events }: { events: History['events'] }) {
  const say = useSay()
  const actor = useActor()
  return (
    <section>
      <h3>{say('ledger-history')}</h3>
      <ol className="events">
        {events.map(event => (
          <li key={`${event.at}-${event.why}`}>
            <span className="when">
              {dayText(event.day)}
              <br />
              <span className="small">{instantText(event.at).time}</span>
            </span>
            <div>
              <b>{say(`ledger-why-${event.why}`)}</b>:{' '}
              {event.before && event.before !== event.after
                ? say('ledger-became', { before: say(`ledger-${event.before}`), after: say(`ledger-${event.after}`) })
                : say(`ledger-${event.after}`)}
              {event.contested && `, ${say('ledger-contested').toLocaleLowerCase('vi')}`}
              <p className="small">{actor(event.by)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
