import { addDays, type Day } from '../../../src/platform/day.ts'
import { dayText, phoneText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import type { Proposal } from './officer.ts'

/** Phone and address as they are read out. */
export const contactText = ({ phone, email }: { phone?: string; email?: string }) =>
  [phone && phoneText(phone), email].filter(Boolean).join(', ')

/** What is proposed, in a line, and why. */
export function What({ proposal }: { proposal: Proposal }) {
  const { language, say } = useLanguage()
  const { kind, roleName, unitName, schoolName, standsInFor = '', contact, note } = proposal
  return (
    <>
      {kind === 'appointment' &&
        say('staff-proposal-appointment', { role: roleName?.[language] ?? '', unit: schoolName ?? unitName })}
      {kind === 'stand-in' && say('staff-proposal-stand-in', { name: standsInFor, unit: unitName })}
      {kind === 'reset' && say('staff-proposal-reset')}
      {kind === 'factor-reset' && say('staff-proposal-factor-reset')}
      {kind === 'contact' &&
        say('staff-proposal-contact', { contact: (contact && contactText(contact)) || say('is-not-so') })}
      <Days {...proposal} />
      {note && <p className="small">{say('staff-proposal-note', { note })}</p>}
    </>
  )
}

/** `toOn` is the first day on which it no longer holds; people are told the last day. */
function Days({ fromOn, toOn }: { fromOn?: string; toOn?: string }) {
  const say = useSay()
  const [from, to] = [fromOn && dayText(fromOn), toOn && dayText(addDays(toOn as Day, -1))]
  if (from && to) return <p className="small">{say('from-to', { from, to })}</p>
  if (from) return <p className="small">{say('from-on', { from })}</p>
  return to ? <p className="small">{say('until-on', { to })}</p> : null
}
