import { useSearch } from '@tanstack/react-router'
import { FileSpreadsheet, KeyRound, Printer, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import {
  countDefects,
  downloadReview,
  listRolls,
  printReview,
  reconcileRoll,
  showRoll,
} from '../../../src/rolls/contract.ts'
import { rowOutcomes } from '../../../src/rolls/roll.ts'
import { addressOf, call, save } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Figure } from '../parts/figure.tsx'
import { Failed, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { ReviewProgress } from '../review/progress.tsx'
import { ReviewPane } from '../review/review-pane.tsx'
import { type Roll, rollAt } from '../review/roll.ts'
import { listedPart, RowsBehindFigure } from '../review/rows-behind-figure.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/session.tsx'
import { OutcomeBar } from './outcome-bar.tsx'
import { releasesAt } from './releases.ts'
import { NeighbouringRolls } from './replacement.tsx'
import { RollFollowUps } from './roll-follow-ups.tsx'
import { RollProgress } from './roll-progress.tsx'
import { RowsPane } from './rows-pane.tsx'

/** What somebody has to do something about comes first. */
function firstGroup({ counts }: Roll, mayReview: boolean): string {
  if (mayReview && counts.review > 0) return 'review'
  return counts['not-found'] > 0 ? 'not-found' : 'all'
}

/** Four outcomes that sum to the rows read; what to tell the school, by count; one question about one row. */
export function ResultPage({ roll }: { roll: Roll }) {
  const say = useSay()
  const mayReview = useMay('rolls.review')
  const search = useSearch({ from: '/ra-soat/$id' })
  // Chosen when the page opens: the last row decided does not turn the page over.
  const [first] = useState(() => firstGroup(roll, mayReview))
  const group = search.nhom ?? (search.loi ? undefined : first)
  const part = listedPart(group)
  const step = roll.counts.review > 0 ? 3 : 4
  return (
    <Page
      title={say('roll-title', { school: roll.school.name })}
      strip={[roll.school.name, roll.schoolYear]}
      margin={
        <>
          <RollProgress roll={roll} step={step} />
          {mayReview && <ReviewProgress rollId={roll.id} />}
        </>
      }
      foot={<Exits roll={roll} />}
    >
      <NeighbouringRolls roll={roll} />
      <OutcomeBar roll={roll} />
      <Outcomes roll={roll} current={search.loi ? undefined : group} />
      <div className="split narrow-left">
        <div>
          <RollFollowUps roll={roll} />
          <Defects roll={roll} current={search.loi} />
        </div>
        <div>
          {mayReview && (group === 'review' || group === 'risk') ? (
            <ReviewPane
              queue={{ of: group, rollId: roll.id }}
              spot={search.dong ? { rollId: roll.id, place: Number(search.dong) } : undefined}
            />
          ) : part && mayReview ? (
            <RowsBehindFigure part={part} rollId={roll.id} />
          ) : (
            <RowsPane roll={roll} outcome={search.loi ? undefined : group} defect={search.loi} />
          )}
        </div>
      </div>
    </Page>
  )
}

function Outcomes({ roll, current }: { roll: Roll; current: string | undefined }) {
  const say = useSay()
  return (
    <nav className="counts outcome-counts" aria-label={say('roll-state')}>
      {rowOutcomes.map(outcome => (
        <Go key={outcome} to={rollAt(roll.id, { nhom: outcome })} current={current === outcome}>
          <span className="outcome-line">
            <span className={`swatch outcome-${outcome}`} aria-hidden />
            <span className="count">{numberText(roll.counts[outcome])}</span>
            {say(`outcome-${outcome}`)}
          </span>
          <span className="small">{say(`outcome-${outcome}-about`)}</span>
        </Go>
      ))}
      <Go to={rollAt(roll.id, { nhom: 'all' })} className="end" current={current === 'all'}>
        <span className="outcome-line">
          <span className="count">{numberText(roll.rows)}</span>
          {say('outcome-rows')}
        </span>
        <span className="small">{say('outcome-sum')}</span>
      </Go>
    </nav>
  )
}

function Defects({ roll, current }: { roll: Roll; current: string | undefined }) {
  const { say, language } = useLanguage()
  const { data, error } = useAsk(countDefects, { params: { id: roll.id }, query: {} })
  const most = Math.max(1, ...(data?.defects.map(({ count }) => count) ?? []))
  return (
    <section aria-label={say('defects-title')}>
      <h2>{say('defects-title')}</h2>
      {error && <Failed error={error} />}
      {data?.defects.length === 0 && <p className="quiet">{say('defects-none')}</p>}
      <ul className="defects">
        {data?.defects.map(({ defect, count, ...said }) => (
          <li key={defect} {...(defect === current && { 'aria-current': 'true' as const })}>
            <span>{said[language]}</span>
            <span className="length" style={{ width: `${(count / most) * 70}px` }} aria-hidden />
            <Figure value={count} to={rollAt(roll.id, { loi: defect })} label={said[language]} />
          </li>
        ))}
      </ul>
      {!!data?.defects.length && <p className="small">{say('defects-about')}</p>}
    </section>
  )
}

function Exits({ roll }: { roll: Roll }) {
  const say = useSay()
  const mayImport = useMay('rolls.import')
  const mayGive = useMay('rolls.review')
  const [error, setError] = useState<unknown>()
  const again = useDo(reconcileRoll, [showRoll, listRolls])
  const params = { id: roll.id }
  return (
    <>
      <RefusedNote error={error ?? again.error} />
      <button type="button" className="exit" onClick={() => call(downloadReview, { params }).then(save, setError)}>
        <FileSpreadsheet size={14} aria-hidden />
        {say('take-review')}
      </button>
      <a className="exit" href={addressOf(printReview, { params })} target="_blank" rel="noreferrer">
        <Printer size={14} aria-hidden />
        {say('print-defects')}
      </a>
      <Go className="exit" to={releasesAt(roll.id)}>
        <KeyRound size={14} aria-hidden />
        {say(mayGive ? 'releases-exit' : 'releases-exit-school')}
      </Go>
      {mayImport && (
        <button type="button" className="exit" onClick={() => again.mutate({ params })}>
          <RefreshCw size={14} aria-hidden />
          {say('compare-anew')}
        </button>
      )}
    </>
  )
}
