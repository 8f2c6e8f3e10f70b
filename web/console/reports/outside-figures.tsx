import { outsideFigures } from '../../../src/statistics/reports/contract.ts'
import { dayText, numberText, signed } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { asQuery, type Campaign, type CampaignSearch } from '../campaign/search.ts'
import { Failed } from '../parts/page-state.tsx'

/** Figures that others report beside ours of the same day, with the difference; never mixed in. */
export function OutsideFigures({ search, campaign }: { search: CampaignSearch; campaign: Campaign }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(
    outsideFigures,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  const heads = ['outside-theirs', 'outside-ours', 'outside-difference'] as const
  return (
    <section>
      <h2 className="head">{say('outside-title')}</h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && data.figures.length === 0 && <p className="quiet">{say('outside-none')}</p>}
      {data && data.figures.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must do so by keyboard too */}
          <section className="sideways" aria-label={say('outside-title')} tabIndex={0}>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">{say('outside-source')}</th>
                  <th scope="col">{say('sheet-unit')}</th>
                  <th scope="col">{say('course-day')}</th>
                  {heads.map(head => (
                    <th scope="col" className="end" key={head}>
                      {say(head)}
                    </th>
                  ))}
                  <th scope="col">{say('outside-note')}</th>
                </tr>
              </thead>
              <tbody>
                {data.figures.map(({ unit, day, metric, source, value, ours, difference, note }) => (
                  <tr key={`${unit.id} ${day} ${metric} ${source}`}>
                    <th scope="row">{source}</th>
                    <td>{unit.name}</td>
                    <td>{dayText(day)}</td>
                    <td className="end">{numberText(value)}</td>
                    <td className="end">{ours === null ? '–' : numberText(ours)}</td>
                    <td className="end">
                      <b>{difference === null ? '–' : signed(difference)}</b>
                    </td>
                    <td>{note ?? ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p className="small">{say('outside-apart')}</p>
        </>
      )}
    </section>
  )
}
