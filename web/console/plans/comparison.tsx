import { useSearch } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { showPlanWeek } from '../../../src/planning/plan-calendar/contract.ts'
import { numberText, signed } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { goInstead } from '../base/router-handle.ts'
import { listed } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Go } from '../parts/place-link.tsx'
import { choiceText } from './plan-choice.ts'
import { isSought, type PlanFigures, type PlanRow, type PlanWeek, planAt } from './search.ts'

/** So many plans stand beside one. */
export const mostBeside = 2

type ComparisonProps = { readonly plan: PlanRow; readonly plans: readonly PlanRow[]; readonly week: PlanWeek }

/** Rows of the comparison: what it is, of a plan, and whether more of it is better. */
const compared = [
  ['compare-in-time', ({ people, latePeople }: PlanFigures) => people - latePeople, 'more'],
  ['compare-overtime', ({ overtimeMinutes }: PlanFigures) => Math.round(overtimeMinutes / 60), 'less'],
  ['compare-km', ({ km }: PlanFigures) => Math.round(km), 'less'],
  ['compare-moved', ({ movedSessions }: PlanFigures) => movedSessions, 'less'],
  ['compare-price', ({ total }: PlanFigures) => total, 'less'],
] as const

/** This plan beside others, or beside itself after an event: people in time, overtime, ways, what was planned. */
export function Comparison({ plan, plans, week }: ComparisonProps) {
  const say = useSay()
  const { canh } = useSearch({ from: '/lich-luu-dong/phuong-an' })
  const ids = listed(canh)
    .filter(id => id !== plan.id && plans.some(one => one.id === id))
    .slice(0, mostBeside)
  const first = useBeside(ids[0], plans)
  const second = useBeside(ids[1], plans)
  const beside = [first, second].filter(one => one !== undefined)
  const headOf = usePlanHead(week)
  if (beside.length === 0 || !week.figures) return null
  const own = week.figures
  const without = (id: string) =>
    goInstead(planAt({ pa: plan.id, tuan: week.monday, canh: ids.filter(one => one !== id).join() || undefined }))
  return (
    <section className="plan-comparison">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say('compare-if')}</th>
            <th scope="col" className="number">
              {say('compare-this')}
            </th>
            {beside.map(({ row }) => (
              <th key={row.id} scope="col" className="number" colSpan={2}>
                <Go to={planAt({ pa: row.id, canh: plan.id })} className="exit">
                  {headOf(row)}
                </Go>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={say('compare-off', { what: headOf(row) })}
                  onClick={() => without(row.id)}
                >
                  <X size={14} aria-hidden />
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compared.map(([label, amountOf, better]) => (
            <tr key={label}>
              <th scope="row">{say(label)}</th>
              <td className="number figures">
                <b>{numberText(amountOf(own))}</b>
              </td>
              {beside.map(one => (
                <Beside key={one.row.id} beside={one} own={amountOf(own)} amountOf={amountOf} better={better} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type BesidePlan = { readonly row: PlanRow; readonly figures?: PlanFigures | undefined; readonly isSought: boolean }

function useBeside(id: string | undefined, plans: readonly PlanRow[]): BesidePlan | undefined {
  const row = plans.find(one => one.id === id)
  const sought = row !== undefined && isSought(row)
  const { data } = useAsk(showPlanWeek, { params: { id: id ?? '' }, query: {} }, { when: row !== undefined && !sought })
  return row && { row, figures: data?.figures, isSought: sought }
}

type BesideProps = {
  readonly beside: BesidePlan
  readonly own: number
  readonly amountOf: (figures: PlanFigures) => number
  readonly better: 'more' | 'less'
}

/** The sign says it as the colour does. */
function Beside({ beside: { figures, isSought: sought }, own, amountOf, better }: BesideProps) {
  const say = useSay()
  if (!figures)
    return (
      <td className="quiet number" colSpan={2}>
        {sought ? say('compare-seeking') : ''}
      </td>
    )
  const amount = amountOf(figures)
  const difference = amount - own
  const isBetter = better === 'more' ? difference > 0 : difference < 0
  return (
    <>
      <td className="number figures">{numberText(amount)}</td>
      <td className={`number figures ${difference === 0 ? 'quiet' : isBetter ? 'better' : 'worse'}`}>
        {difference === 0 ? '' : signed(difference)}
      </td>
    </>
  )
}

/** What stands at the head of a plan: its events, where it was made again after some; else its days. */
export function usePlanHead(week: Pick<PlanWeek, 'kits' | 'teams'>) {
  const { say } = useLanguage()
  const nameOf = (id: string) => [...week.kits, ...week.teams].find(one => one.id === id)?.name ?? ''
  return (row: PlanRow): string => {
    if (row.events.length === 0) return choiceText(say, row)
    return row.events
      .map(event => {
        const who = 'kit' in event ? nameOf(event.kit) : 'team' in event ? nameOf(event.team) : ''
        return say('event-said', { what: say(`event-${event.what}`), who }).trim()
      })
      .join(', ')
  }
}
