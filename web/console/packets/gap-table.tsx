import { Chip } from '../../parts/chip.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { accountAt } from '../accounts/search.ts'
import { useCodes } from '../base/labels.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { boxAt, lifeAt } from '../cards/addresses.ts'
import { applicationAt, type Gap, packetListAt, stationsAt } from '../enrolment/search.ts'
import { messageAt } from '../messages/search.ts'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What is stuck as an application tells the state in which it waits. */
const stateOf = ({ facts }: Gap) => text(facts['state'])

/** Where the thing itself is looked at: its application, its box or card, its packet, or the station that has it. */
function wayTo(gap: Gap): string {
  const { kind, subject, facts } = gap
  if (stateOf(gap)) return applicationAt(subject)
  const [tram, goi, application] = [text(facts['station']), text(facts['hash']), text(facts['application'])]
  const [box, card] = [text(facts['box']), text(facts['card'])]
  const [account, message] = [text(facts['account']), text(facts['message'])]
  if (account) return accountAt(account)
  if (message) return messageAt(message)
  if (box) return boxAt(box)
  if (card) return lifeAt(card)
  if (kind === 'held' || kind === 'refused-packet')
    return packetListAt(kind === 'held' ? 'held' : 'refused', { tram, goi })
  return kind === 'chain-broken' && application ? applicationAt(application) : stationsAt()
}

export function GapTable({ gaps }: { gaps: readonly Gap[] }) {
  const { say, language } = useLanguage()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('gaps-title')} tabIndex={0}>
      <table className="plain-table in-blocks">
        <thead>
          <tr>
            <th scope="col">{say('gap-subject')}</th>
            <th scope="col">{say('gap-kind')}</th>
            <th scope="col">{say('gap-task')}</th>
            <th scope="col">{say('gap-unit')}</th>
            <th scope="col">{say('gap-hand')}</th>
            <th scope="col">{say('gap-since')}</th>
            <th scope="col">{say('gap-due')}</th>
          </tr>
        </thead>
        <tbody>
          {gaps.map(gap => (
            <tr key={`${gap.kind} ${gap.subject}`}>
              <th scope="row">
                <Subject gap={gap} />
              </th>
              <td data-said={say('gap-kind')}>{say(`gap-${gap.kind}`)}</td>
              <td data-said={say('gap-task')}>{gap.task[language]}</td>
              <td data-said={say('gap-unit')}>{shortName(gap.unit.name)}</td>
              <td data-said={say('gap-hand')}>{say(`hand-${gap.hand}`)}</td>
              <td className="figures" data-said={say('gap-since')}>
                {dayText(gap.sinceOn)}
              </td>
              <td data-said={say('gap-due')}>
                {gap.overdue ? (
                  <Chip kind="late">{say('due-overdue', { day: dayText(gap.dueOn) })}</Chip>
                ) : (
                  dayText(gap.dueOn)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** How much of a packet is here, or how often it failed to become an application. */
function Far({ gap: { facts } }: { gap: Gap }) {
  const say = useSay()
  const { tries } = record(facts['landing'])
  const { here, bytes } = facts
  const kb = (value: number) => numberText(Math.ceil(value / 1000))
  if (typeof tries === 'number') return <p className="small">{say('gap-tries', { n: tries })}</p>
  if (typeof here === 'number' && typeof bytes === 'number')
    return <p className="small">{say('gap-here', { kb: kb(here), of: kb(bytes) })}</p>
  return null
}

/** A person by name where they may be seen; else the packet's number, or that it is an application. */
function Subject({ gap }: { gap: Gap }) {
  const say = useSay()
  const codes = useCodes()
  const { subject, name } = gap
  const state = stateOf(gap)
  return (
    <>
      <Go to={wayTo(gap)}>
        {name ? <Name name={name} /> : state ? say('gap-application') : <span className="figures">{subject}</span>}
      </Go>
      {state && <p className="small">{codes('is', state)}</p>}
      <Far gap={gap} />
    </>
  )
}
