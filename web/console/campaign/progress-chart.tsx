import { useState } from 'react'
import { figureCourse } from '../../../src/statistics/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { type Say, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { CourseChart } from '../parts/charts/course-chart.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { asQuery, type Campaign, type CampaignSearch, type QuickSheet } from './search.ts'

type Course = Answer<typeof figureCourse>

/** Progress against the target over time, or the same numbers as a table. */
export function ProgressChart({
  search,
  campaign,
  sheet,
}: {
  search: CampaignSearch
  campaign: Campaign
  sheet: QuickSheet
}) {
  const say = useSay()
  const [asTable, setAsTable] = useState(false)
  const { data, error, refetch } = useAsk(
    figureCourse,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  useKeys([{ key: 't', said: say(asTable ? 'course-chart' : 'course-table'), run: () => setAsTable(!asTable) }])
  return (
    <section className="picture" aria-label={say('course-title')}>
      <div className="picture-head">
        <h2>{say('course-title')}</h2>
        {data && <span className="small figures">{calibrationText(data, say)}</span>}
        <Button look={['row', 'text']} cap="T" onPress={() => setAsTable(!asTable)}>
          {say(asTable ? 'course-chart' : 'course-table')}
        </Button>
      </div>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('campaign-reading')} />}
      {data && data.days.length === 0 && <p className="quiet">{say('course-empty')}</p>}
      {data &&
        data.days.length > 0 &&
        (asTable ? <CourseTable course={data} /> : <Drawn course={data} sheet={sheet} />)}
    </section>
  )
}

function Drawn({ course, sheet }: { course: Course; sheet: QuickSheet }) {
  const say = useSay()
  const { days, plan, target, dueOn, forecast } = course
  const now = days.at(-1)!
  const done = { done: numberText(now.total), day: dayText(now.day) }
  const told =
    target !== null && dueOn !== null && forecast
      ? say('course-told', {
          ...done,
          target: numberText(target),
          due: dayText(dueOn),
          low: numberText(forecast.low),
          high: numberText(forecast.high),
        })
      : say('course-told-short', done)
  return (
    <CourseChart
      days={days}
      plan={plan}
      target={target}
      dueOn={dueOn}
      forecast={forecast}
      neededPerDay={forecast?.neededPerWorkingDay ?? sheet.whole.neededPerWorkingDay}
      told={told}
    />
  )
}

function calibrationText(course: Course, say: Say): string {
  const cappedAt = course.forecast?.cappedAt
  const capped = cappedAt === undefined ? '' : say('course-capped', { n: numberText(cappedAt) })
  return [capped, pastText(course, say)].filter(Boolean).join('; ')
}

function pastText({ forecast, days }: Course, say: Say): string {
  const past = forecast?.calibration
  if (!past || past.made === 0) return forecast ? say('course-no-calibration') : ''
  const total = days.at(-1)?.total ?? 0
  const share =
    total > 0 ? `${Math.round((Math.abs(past.meanError) * 100) / total)}%` : numberText(Math.abs(past.meanError))
  return say('course-calibration', { error: share, inside: past.inside, made: past.made })
}

/** Day by day, the latest first, with the plan where a batch is due. */
function CourseTable({ course: { days, plan } }: { course: Course }) {
  const say = useSay()
  const planned = new Map(plan.map(({ day, total }) => [day, total]))
  const gains = days.map((one, at) => ({
    ...one,
    gain: one.total - (days[at - 1]?.total ?? 0),
    planned: planned.get(one.day),
  }))
  const ahead = plan.filter(({ day }) => day > (days.at(-1)?.day ?? ''))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
    <section className="course-table" aria-label={say('course-table')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('course-day')}</th>
            <th scope="col" className="end">
              {say('course-gain')}
            </th>
            <th scope="col" className="end">
              {say('course-total')}
            </th>
            <th scope="col" className="end">
              {say('course-planned')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ahead.toReversed().map(({ day, total }) => (
            <tr key={day}>
              <th scope="row">{dayText(day)}</th>
              <td />
              <td />
              <td className="end">{numberText(total)}</td>
            </tr>
          ))}
          {gains.toReversed().map(({ day, gain, total, planned: due, isWorkingDay }) => (
            <tr key={day}>
              <th scope="row">
                {dayText(day)} {!isWorkingDay && <span className="small">{say('course-off')}</span>}
              </th>
              <td className="end">{numberText(gain)}</td>
              <td className="end">{numberText(total)}</td>
              <td className="end">{due === undefined ? '' : numberText(due)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
