import { useSearch } from '@tanstack/react-router'
import { inspectionOverview, listPatterns } from '../../../src/inspection/contract.ts'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { PaperPage } from '../papers/paper-page.tsx'
import { inspectionAt, type Overview, type Pattern, spanQuery } from './inspection.ts'
import { Told } from './inspection-page.tsx'
import { PatternSaid } from './pattern-said.tsx'

/** The inspection book on A4: what was tested, what stood out, whom somebody asked, and what was answered. */
export function InspectionPaperPage() {
  const say = useSay()
  const search = useSearch({ from: '/kiem-toan/in' })
  const overview = useAsk(inspectionOverview, { query: spanQuery(search) })
  const patterns = useAsk(listPatterns, { query: { ...spanQuery(search), state: 'all', limit: 200 } })
  const title = say('book-title')
  const error = overview.error ?? patterns.error
  const span = overview.data
    ? say('inspection-span', { from: dayText(overview.data.from), to: dayText(overview.data.to) })
    : ''
  return (
    <PaperPage
      title={title}
      lines={[span]}
      back={{ to: inspectionAt(search), text: say('inspection-back') }}
      error={error}
      reading={overview.data && patterns.data ? undefined : say('inspection-reading')}
      signs={[say('book-signs-auditor'), say('book-signs-head')]}
    >
      {overview.data && patterns.data && (
        <div className="a4">
          <Told overview={overview.data} search={search} />
          <p className="small">{say('book-method')}</p>
          <SealsLine overview={overview.data} />
          <Patterns patterns={patterns.data.patterns} />
          <Tested overview={overview.data} />
        </div>
      )}
    </PaperPage>
  )
}

function SealsLine({ overview: { verification } }: { overview: Overview }) {
  const say = useSay()
  if (verification && !verification.holds) return null
  return (
    <p className="small">
      {verification
        ? say('book-seals-hold', {
            ...instantText(verification.at),
            deeds: numberText(verification.deeds),
            readings: numberText(verification.readings),
          })
        : say('book-seals-never')}
    </p>
  )
}

function Patterns({ patterns }: { patterns: readonly Pattern[] }) {
  const say = useSay()
  if (patterns.length === 0) return <p>{say('inspection-usual')}.</p>
  return (
    <table className="plain-table inspection-book">
      <thead>
        <tr>
          <th scope="col">{say('inspection-officer')}</th>
          <th scope="col">{say('book-evidence')}</th>
          <th scope="col">{say('book-state')}</th>
        </tr>
      </thead>
      <tbody>
        {patterns.map(pattern => (
          <tr key={pattern.id}>
            <th scope="row">
              {pattern.officers.map(({ name }) => name).join(', ')}
              <br />
              <span className="small">{pattern.unit.name}</span>
            </th>
            <td>
              <b>{say(`rule-${pattern.rule}`)}.</b> <PatternSaid pattern={pattern} />
            </td>
            <td>
              {say(`pattern-${pattern.state}`)}
              {pattern.questions.map(({ id, to, text, answer }) => (
                <p key={id} className="small">
                  {to.name}: {text} {answer && `→ ${answer}`}
                </p>
              ))}
              {pattern.reason && (
                <p className="small">
                  {pattern.reason} ({pattern.settledBy})
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What was tested, and from where on, also where it found nothing. */
function Tested({ overview }: { overview: Overview }) {
  const say = useSay()
  return (
    <p className="small">
      {say('book-tested')}:{' '}
      {overview.rules
        .map(({ rule, least, patterns }) => `${say(`rule-${rule}`)} (≥ ${numberText(least)}): ${numberText(patterns)}`)
        .join('; ')}
      .
    </p>
  )
}
