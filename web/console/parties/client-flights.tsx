import { clientFlights } from '../../../src/parties/contract.ts'
import { instantText, numberText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Client, flightAt } from './party.ts'

const shownRequests = 5

/** Which checks fail how often, and how each is mended; the latest requests open by their code. */
export function ClientFlights({ client: { clientId, name } }: { client: Client }) {
  const { language, say } = useLanguage()
  const { data, error } = useAsk(clientFlights, { params: { clientId }, query: { hours: 24 } })
  if (error) return <Failed error={error} />
  if (!data) return null
  return (
    <>
      <h3>{say('flights-title')}</h3>
      {data.checks.length === 0 && <p className="quiet">{say('flights-none', { n: numberText(data.passed) })}</p>}
      {data.checks.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too */}
          <section className="sideways" aria-label={`${say('flights-title')}, ${name} ${clientId}`} tabIndex={0}>
            <table className="plain-table in-blocks">
              <thead>
                <tr>
                  <th scope="col">{say('flight-check')}</th>
                  <th scope="col" className="end">
                    {say('flight-times')}
                  </th>
                  <th scope="col">{say('flight-last-hour')}</th>
                  <th scope="col">{say('flight-mend')}</th>
                </tr>
              </thead>
              <tbody>
                {data.checks.map(({ check, count, hours, means, mend }) => {
                  const [latest] = hours
                  return (
                    <tr key={check}>
                      <th scope="row">
                        <b>{check}</b>
                        <br />
                        <span className="small">{means[language]}</span>
                      </th>
                      <td className="end" data-said={say('flight-times')}>
                        {numberText(count)}
                      </td>
                      <td className="figures" data-said={say('flight-last-hour')}>
                        {latest && `${instantText(latest.hour).day} ${instantText(latest.hour).time}`}
                      </td>
                      <td data-said={say('flight-mend')}>{mend[language]}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </section>
          <p className="quiet">{say('flights-passed', { n: numberText(data.passed) })}</p>
          <ul className="rows codes">
            {data.recent.slice(0, shownRequests).map(({ requestId, at, check }) => (
              <li key={`${requestId} ${at} ${check}`}>
                <Go to={flightAt(requestId)}>{requestId}</Go>
                <span className="figures">{` ${instantText(at).time} `}</span>
                {check}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
