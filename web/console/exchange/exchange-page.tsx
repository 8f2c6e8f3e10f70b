import { exchangeOverview } from '../../../src/exchange/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Term } from '../help/term.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { Quarantine } from './quarantine.tsx'

type Overview = Answer<typeof exchangeOverview>
type Question = Overview['waiting'][number]

/** What waits for the national centre, what it answered, what cannot be used, and what each day came to. */
export function ExchangePage() {
  const say = useSay()
  const unit = useUnitName()
  const mayLookUp = useMay('exchange.look-up')
  const { data, error, refetch } = useAsk(exchangeOverview, { query: {} })
  return (
    <Page
      title={say('exchange-title')}
      standing={data && <Line overview={data} />}
      strip={[unit, say('exchange-place')]}
      foot={
        mayLookUp && (
          <Go className="exit" to={at('/trao-doi/tra-cuu')}>
            {say('look-up-go')}
          </Go>
        )
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && (
        <>
          <Questions title={say('exchange-waiting')} none={say('exchange-waiting-none')} questions={data.waiting} />
          <Quarantine messages={data.quarantined} />
          <Questions title={say('exchange-answered')} none={say('exchange-answered-none')} questions={data.answered} />
          <Days days={data.days} />
        </>
      )}
    </Page>
  )
}

/** Who decides, and how the line to the centre does. */
function Line({ overview: { centre, decided, line } }: { overview: Overview }) {
  const say = useSay()
  const codes = useCodes()
  const known = centre ? say('exchange-joined', { centre: centre.id }) : say('exchange-not-joined')
  const answered = line.okAt && instantText(line.okAt)
  return (
    <>
      <p>
        {known}{' '}
        {(['numbers', 'accounts'] as const)
          .map(what => say(`exchange-${what}-${decided[what].here ? 'here' : 'centre'}`))
          .join(' ')}
      </p>
      {centre && answered && (
        <p className="small">{say('exchange-answered-at', { time: answered.time, day: answered.day })}</p>
      )}
      {line.fault && (
        <p className="late-text">
          {say('exchange-silent', { n: line.failures, fault: codes('exchange-fault', line.fault) })}
        </p>
      )}
      {line.isClockOff && <p className="late-text">{say('exchange-clock', { n: line.clockOff ?? 0 })}</p>}
      {line.holes > 0 && <p className="small">{say('exchange-holes', { n: line.holes })}</p>}
    </>
  )
}

type QuestionsProps = { readonly title: string; readonly none: string; readonly questions: readonly Question[] }

function Questions({ title, none, questions }: QuestionsProps) {
  const say = useSay()
  return (
    <section className="part">
      <h2>
        {title} <span className="figures">{numberText(questions.length)}</span>
      </h2>
      {questions.length === 0 && <p className="quiet">{none}</p>}
      {questions.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too
        <section className="sideways" aria-label={title} tabIndex={0}>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{say('exchange-kind')}</th>
                <th scope="col">{say('unit')}</th>
                <th scope="col">{say('exchange-asked-on')}</th>
                <th scope="col">{say('exchange-state')}</th>
                <th scope="col">{say('exchange-said')}</th>
              </tr>
            </thead>
            <tbody>
              {questions.map(question => (
                <tr key={question.id}>
                  <td>{say(`exchange-kind-${question.kind}`)}</td>
                  <td>{question.unit.name}</td>
                  <td>{instantText(question.askedAt).day}</td>
                  <td>
                    <StateChip question={question} />
                  </td>
                  <td>
                    <Said question={question} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}

function StateChip({ question: { state, due } }: { question: Question }) {
  const say = useSay()
  const word = say(`exchange-state-${state}`)
  if (state === 'granted') return <Chip kind="done">{word}</Chip>
  if (state === 'returned' || state === 'rejected') return <Chip kind="late">{word}</Chip>
  return <Chip kind={due === 'overdue' ? 'late' : 'waiting'}>{word}</Chip>
}

/** Until when an answer is expected, or the centre's reason in its words. */
function Said({ question: { due, dueOn, code, note } }: { question: Question }) {
  const say = useSay()
  const codes = useCodes()
  if (code) return [codes('centre-code', code), note].filter(Boolean).join(': ')
  if (due === 'none') return null
  return say(due === 'overdue' ? 'exchange-overdue' : 'exchange-due', { day: dayText(dueOn) })
}

function Days({ days }: { days: Overview['days'] }) {
  const say = useSay()
  return (
    <section className="part">
      <h2>
        <Term of="exchange-days" />
      </h2>
      {days.length === 0 && <p className="quiet">{say('exchange-days-none')}</p>}
      <ul className="cases">
        {days.map(({ day, sent, received, answeredAt, missing = 0, differing = 0, notReceived = 0 }) => (
          <li key={day}>
            <p>
              <b>{dayText(day)}</b>: {say('exchange-day-counts', { sent, received })}{' '}
              {!answeredAt && <Chip kind="waiting">{say('exchange-day-waits')}</Chip>}
              {answeredAt && missing + differing + notReceived === 0 && (
                <Chip kind="done">{say('exchange-day-agrees')}</Chip>
              )}
              {answeredAt && missing + differing + notReceived > 0 && (
                <Chip kind="late">{say('exchange-day-differs', { missing, differing, lost: notReceived })}</Chip>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
