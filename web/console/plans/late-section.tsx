import { useState } from 'react'
import { explainLate, seekRemedies } from '../../../src/planning/plan-explanations/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayInYearText, numberText, signed } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { lateAnchor } from './plan-sentence.tsx'
import type { PlanFigures } from './search.ts'
import { useCostText } from './use-cost-text.ts'

type Late = Answer<typeof explainLate>

/** So many sites are shown before somebody asks for all. */
const fewSites = 10

/** Whom the plan leaves late, by the limit that keeps them and by site, and what would change it. */
export function LateSection({ planId, figures }: { planId: string; figures: PlanFigures }) {
  const say = useSay()
  const [isTrying, setTrying] = useState(false)
  const hasLate = figures.latePeople > 0
  const { data } = useAsk(
    explainLate,
    { params: { id: planId } },
    { when: hasLate, keep: true, every: isTrying ? 1500 : false },
  )
  if (!hasLate) return null
  const limits = data
    ? data.byLimit.map(({ limit, late }) => [say(`late-limit-${limit}`), late] as const)
    : figures.lateBy.map(({ why, people }) => [say(`late-${why}`), people] as const)
  return (
    <section className="plan-late" id={lateAnchor} aria-labelledby={`${lateAnchor}-title`}>
      <h2 id={`${lateAnchor}-title`} className="small-head">
        {say('late-title')}
      </h2>
      <ul className="rows plan-limits">
        {limits.map(([text, people]) => (
          <li key={text}>
            <span>{text}</span>
            <b className="figures">{say('late-by', { n: numberText(people) })}</b>
          </li>
        ))}
      </ul>
      {data && <Sites bySite={data.bySite} />}
      {data && <Remedies planId={planId} remedies={data.remedies} onTrying={setTrying} />}
    </section>
  )
}

function Sites({ bySite }: { bySite: Late['bySite'] }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('session-site')}</th>
            <th scope="col">{say('late-need')}</th>
            <th scope="col">{say('late-limit')}</th>
            <th scope="col" className="number">
              {say('late-people')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(isOpen ? bySite : bySite.slice(0, fewSites)).map(one => (
            <tr key={one.demand}>
              <th scope="row">{one.siteName}</th>
              <td>{say('late-need-by', { kind: say(`demand-${one.kind}`), day: dayInYearText(one.lastDay) })}</td>
              <td>{say(`late-limit-${one.limit}`)}</td>
              <td className="number figures">{numberText(one.late)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!isOpen && bySite.length > fewSites && (
        <button type="button" className="exit" onClick={() => setOpen(true)}>
          {say('late-all', { n: numberText(bySite.length) })}
        </button>
      )}
    </>
  )
}

type RemediesProps = {
  readonly planId: string
  readonly remedies: Late['remedies']
  readonly onTrying: (isTrying: boolean) => void
}

/** What would serve more people in time, each tried by a search of its own. */
function Remedies({ planId, remedies, onTrying }: RemediesProps) {
  const say = useSay()
  const costText = useCostText()
  const mayManage = useMay('planning.manage')
  const seek = useDo(seekRemedies, [explainLate])
  const isRunning = remedies.state === 'waiting' || remedies.state === 'running'
  return (
    <>
      <h3 className="small-head">{say('remedies-title')}</h3>
      {remedies.state === 'none' && mayManage && (
        <Button
          onPress={() => seek.mutate({ params: { id: planId } }, { onSuccess: () => onTrying(true) })}
          {...(seek.isPending && { disabled: true })}
        >
          {say('remedies-seek')}
        </Button>
      )}
      <RefusedNote error={seek.error} />
      {isRunning && <p role="status">{say('remedies-running', { n: Math.round(remedies.share * 100) })}</p>}
      {remedies.state === 'failed' && <p>{say('remedies-failed')}</p>}
      {remedies.state === 'done' && remedies.found.length === 0 && <p>{say('remedies-none')}</p>}
      <ul className="rows plan-limits">
        {remedies.found.map(({ change, inTimeMore, overtimeMore, kmMore }) => (
          <li key={`${change.kind} ${change.days.join()} ${change.store ?? change.team ?? change.site ?? ''}`}>
            <span>
              {say(`remedy-${change.kind}`, {
                at: change.store ?? change.team ?? change.site ?? '',
                days: change.days.slice(0, 4).map(dayInYearText).join(', '),
              })}
              <span className="small">
                {' '}
                {costText({
                  ...{ latePeople: 0, movedSessions: 0, travelMinutes: 0 },
                  ...{ overtimeMinutes: overtimeMore, km: kmMore },
                })}
              </span>
            </span>
            <b className="figures">{say('remedy-in-time', { n: signed(inTimeMore) })}</b>
          </li>
        ))}
      </ul>
    </>
  )
}
