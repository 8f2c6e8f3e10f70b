import { useParams } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { reportOne, reportPaper } from '../../../src/statistics/reports/contract.ts'
import { type Answer, call, save } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText, numberText, signed } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type CampaignSearch, peopleAt } from '../campaign/search.ts'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { exactText } from './quick-table.tsx'
import { reportsAt } from './search.ts'

type Report = Answer<typeof reportOne>

/** A published report as it was, beside the same day as known now, with every difference explained. */
export function ReportPage() {
  const say = useSay()
  const { id } = useParams({ from: '/bao-cao/$id' })
  const { data, error, refetch } = useAsk(reportOne, { params: { id } })
  const title = data ? say('report-title', { code: data.head.code }) : say('published-title')
  return (
    <Page
      title={title}
      standing={data && <Standing report={data} />}
      strip={data ? [data.head.unit.name, dayText(data.head.day)] : ['']}
      margin={data && <Genuine report={data} />}
      foot={<Foot id={id} report={data} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('report-reading')} />}
      {data && <Body report={data} />}
    </Page>
  )
}

const searchOf = ({ head }: Report): CampaignSearch => ({
  cd: head.campaign.id,
  dv: head.unit.id,
  cs: head.metric,
  ngay: head.day,
})

function Standing({ report: { head } }: { report: Report }) {
  const say = useSay()
  const when = instantText(head.publishedAt)
  return (
    <>
      <p>
        <b>{head.unit.name}</b>,{' '}
        {say('published-line', { unit: say(`metric-${head.metric}`), day: dayText(head.day), issue: head.issue })}
      </p>
      <p>{head.campaign.title}</p>
      <p>{say('published-by', { who: head.publishedBy, at: `${when.day} ${when.time}` })}</p>
    </>
  )
}

function Genuine({ report: { isGenuine, sha256, head, now } }: { report: Report }) {
  const say = useSay()
  const sum = sha256.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ')
  return (
    <section className="stack">
      <span className="signature">
        <Chip kind={isGenuine ? 'done' : 'late'}>{say(isGenuine ? 'report-genuine' : 'report-forged')}</Chip>
      </span>
      <p className="figures">{say('report-sum', { sum })}</p>
      <p>{say('report-edition', { was: head.edition, now: now.edition })}</p>
    </section>
  )
}

function Foot({ id, report }: { id: string; report: Report | undefined }) {
  const say = useSay()
  const [error, setError] = useState<unknown>()
  return (
    <>
      <button
        type="button"
        className="exit"
        onClick={() => void call(reportPaper, { params: { id } }).then(save, setError)}
      >
        <FileText size={16} aria-hidden />
        {say('report-paper')}
      </button>
      <RefusedNote error={error} />
      {report && (
        <Go className="exit" to={reportsAt(searchOf(report))}>
          {say('report-open-day')}
        </Go>
      )}
      <Go className="exit" to={at('/bao-cao')}>
        {say('report-back')}
      </Go>
    </>
  )
}

function Body({ report }: { report: Report }) {
  const say = useSay()
  const { differences } = report
  return (
    <div className="board">
      {differences.length === 0 ? <p className="sentence">{say('report-same')}</p> : <Differences report={report} />}
      <Beside report={report} />
    </div>
  )
}

/** The parts that made each figure another one; each opens the people behind it. */
function Differences({ report }: { report: Report }) {
  const say = useSay()
  const mayList = useMay('campaign.lists')
  const { differences, head } = report
  return (
    <section>
      <h2 className="head">{say('report-why')}</h2>
      <ul className="differences">
        {differences.map(({ unit, difference: { before, after, parts } }) => (
          <li key={unit.id}>
            <b>{unit.name}</b>
            <span className="figures">
              {say('why-title', { before: numberText(before), after: numberText(after) })}
            </span>
            <span className="parts-of figures">
              {parts.map(({ cause, gone, come }) => {
                const to = peopleAt({
                  ...searchOf(report),
                  dv: unit.id,
                  kieu: 'done',
                  'tu-ban': String(head.edition),
                  nn: cause,
                })
                return (
                  <span key={cause}>
                    {mayList ? <Go to={to}>{say(`cause-${cause}`)}</Go> : say(`cause-${cause}`)}{' '}
                    <b>{signed(come - gone)}</b>
                  </span>
                )
              })}
              <span className="quiet">{say('report-parts-sum', { n: signed(after - before) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Then and now, unit by unit. */
function Beside({ report: { published, now } }: { report: Report }) {
  const say = useSay()
  const nowOf = new Map([...now.below, now.whole].map(row => [row.unit.id, row]))
  const heads = [
    'sheet-target',
    'report-published',
    'sheet-rate',
    'report-now',
    'sheet-rate',
    'report-changed',
  ] as const
  const lines = [...published.below, published.whole]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('report-published')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('sheet-unit')}</th>
            {heads.map((head, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the heads of one table never change places
              <th scope="col" className="end" key={at}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((then, at) => {
            const later = nowOf.get(then.unit.id)
            const change = later ? later.cumulative - then.cumulative : 0
            return (
              <tr key={then.unit.id} className={at === lines.length - 1 ? 'whole' : ''}>
                <th scope="row">{then.unit.name}</th>
                <td className="end">{then.target === null ? '' : numberText(then.target)}</td>
                <td className="end">
                  <b>{numberText(then.cumulative)}</b>
                </td>
                <td className="end">{exactText(then.rate)}</td>
                <td className="end">{later ? numberText(later.cumulative) : ''}</td>
                <td className="end">{later ? exactText(later.rate) : ''}</td>
                <td className="end">{change === 0 ? '' : <b>{signed(change)}</b>}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
