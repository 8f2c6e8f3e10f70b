import { dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import type { Account } from './search.ts'

type Has = { readonly account: Account }

const ofState: Readonly<Record<string, string>> = {
  sent: 'done-text',
  undeliverable: 'late-text',
  'given-up': 'late-text',
  failed: 'waiting-text',
}

/** What the holder was told, when, and whether it went out. */
export function Notices({ account: { notices, phone } }: Has) {
  const say = useSay()
  const codes = useCodes()
  return (
    <section className="part">
      <h2>{say('desk-told')}</h2>
      {notices.length === 0 && <p className="quiet">{say(phone ? 'desk-told-nothing' : 'desk-told-no-phone')}</p>}
      <ol className="events">
        {notices.map(({ id, template, queuedAt, onDay, state, endedAt }) => {
          const { time } = instantText(endedAt ?? queuedAt)
          return (
            <li key={id}>
              <span className="when">
                {dayText(onDay)} {time}
              </span>
              <span>
                {codes('desk-told', template)},{' '}
                <span className={ofState[state] ?? 'quiet'}>{codes('desk-sent', state)}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What was done with it, by whom; the latest first. */
export function History({ account: { deeds } }: Has) {
  const say = useSay()
  const codes = useCodes()
  return (
    <section className="part">
      <h2>{say('desk-history')}</h2>
      <ol className="events">
        {deeds.map(({ deed, at, by }) => {
          const { day, time } = instantText(at)
          return (
            <li key={at + deed}>
              <span className="when">
                {day} {time}
              </span>
              <span>
                {codes('desk-deed', deed)}, <span className="quiet">{codes('desk-by', by)}</span>
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
