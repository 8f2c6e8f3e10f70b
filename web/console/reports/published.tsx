import { reportList } from '../../../src/statistics/reports/contract.ts'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import type { Campaign } from '../campaign/search.ts'
import { Failed } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'

/** What has been published, the latest first. */
export function Published({ campaign }: { campaign: Campaign }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(reportList, { query: { campaign: campaign.id } })
  return (
    <section>
      <h2 className="head">{say('published-title')}</h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data && data.reports.length === 0 && (
        <p className="quiet">
          {say('published-none')}. {say('published-none-todo')}
        </p>
      )}
      <ul className="published">
        {data?.reports.map(({ id, code, unit, day, issue, metric, cumulative, target, publishedAt, publishedBy }) => {
          const when = instantText(publishedAt)
          return (
            <li key={id}>
              <Go to={at(`/bao-cao/${id}`)}>{code}</Go>
              <span>
                {say('published-line', { unit: unit.name, day: dayText(day), issue })}
                <span className="small"> {say(`metric-${metric}`)}</span>
              </span>
              <span className="figures end">
                <b>{numberText(cumulative)}</b>
                {target !== null && ` / ${numberText(target)}`}
              </span>
              <span className="small">{say('published-by', { who: publishedBy, at: `${when.day} ${when.time}` })}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
