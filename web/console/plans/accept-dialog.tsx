import { useEffect, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { showCalendar } from '../../../src/planning/contract.ts'
import { showPlanWeek } from '../../../src/planning/plan-calendar/contract.ts'
import { acceptPlan, listPlans } from '../../../src/planning/plans/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Asked, Refusal } from '../../parts/call.ts'
import { dayInYearText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useDo, useStale } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { PlanRow, PlanWeek } from './search.ts'

type Warning = NonNullable<Asked<typeof acceptPlan>['body']['confirm']>[number]

type AcceptProps = {
  readonly plan: PlanRow
  readonly week: PlanWeek
  /** Where the plan no longer fits: to make it again. */
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** A commander accepts the plan, which is the order for its overtime too; asked once, with what it does. */
export function AcceptDialog({ plan, week, onAgain, onClose }: AcceptProps) {
  const say = useSay()
  const accept = useDo(acceptPlan, [listPlans, showPlanWeek, showCalendar])
  const [confirm, setConfirm] = useState<readonly Warning[]>([])
  const refusal = accept.error instanceof Refusal ? accept.error : undefined
  const warnings = refusal?.code === 'plan-needs-confirmation' ? warningsIn(refusal) : []
  const isStale = refusal?.code === 'plan-stale'
  const { data } = accept
  const stale = useStale()
  // Somebody has changed it meanwhile: what is so now is read before it is accepted.
  useEffect(() => {
    if (refusal?.code === 'plan-changed') stale([listPlans, showPlanWeek])
  }, [refusal, stale])
  const hours = Math.round((week.figures?.overtimeMinutes ?? 0) / 60)
  if (data)
    return (
      <Dialog open title={say('accept-title')} onClose={onClose}>
        <p role="status">
          {say('accept-done', {
            ...{ created: numberText(data.created), kept: numberText(data.kept) },
            ...{ moved: numberText(data.moved), cancelled: numberText(data.cancelled) },
          })}
        </p>
        <div className="buttons">
          <Button look="primary" onPress={onClose} autoFocus>
            {say('accept-close')}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog open title={say('accept-title')} onClose={onClose} grave>
      <p>{say('accept-about', { from: dayInYearText(plan.from), to: dayInYearText(plan.to) })}</p>
      <p>{hours > 0 ? say('accept-overtime', { n: numberText(hours) }) : say('accept-no-overtime')}</p>
      {isStale && refusal && <Stale refusal={refusal} />}
      {warnings.length > 0 && <Confirm warnings={warnings} confirm={confirm} onConfirm={setConfirm} />}
      {!isStale && warnings.length === 0 && <RefusedNote error={accept.error} />}
      <div className="buttons">
        {isStale ? (
          <Button
            look="primary"
            onPress={() => {
              onClose()
              onAgain()
            }}
          >
            {say('plan-again')}
          </Button>
        ) : (
          <Button
            look="grave"
            onPress={() =>
              accept.mutate({ params: { id: plan.id }, body: { version: plan.version, confirm: [...confirm] } })
            }
            {...((accept.isPending || warnings.some(([code]) => !confirm.includes(code))) && { disabled: true })}
          >
            {say('accept-deed')}
          </Button>
        )}
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

/** Which warnings there are, and of how many sessions each. */
function warningsIn({ facts }: Refusal): readonly (readonly [Warning, number])[] {
  const sessions = (facts['sessions'] ?? []) as readonly { readonly warnings: readonly { readonly code: Warning }[] }[]
  const counts = new Map<Warning, number>()
  for (const { warnings } of sessions)
    for (const code of new Set(warnings.map(one => one.code))) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
}

type ConfirmProps = {
  readonly warnings: readonly (readonly [Warning, number])[]
  readonly confirm: readonly Warning[]
  readonly onConfirm: (codes: readonly Warning[]) => void
}

function Confirm({ warnings, confirm, onConfirm }: ConfirmProps) {
  const { say, isWord } = useLanguage()
  const toggle = (code: Warning) =>
    onConfirm(confirm.includes(code) ? confirm.filter(one => one !== code) : [...confirm, code])
  const textOf = (code: Warning) => {
    const key = `plan-warning-${code}`
    return isWord(key) ? say(key) : code
  }
  return (
    <fieldset className="note waiting choices">
      <legend>{say('accept-confirm')}</legend>
      <div className="stack" role="alert">
        {warnings.map(([code, n]) => (
          <Checkbox key={code} className="tick" isSelected={confirm.includes(code)} onChange={() => toggle(code)}>
            <span className="box" aria-hidden />
            <span>{say('accept-confirm-tick', { warning: textOf(code), n: numberText(n) })}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}

type StaleChange = { readonly what: string; readonly day: string; readonly name?: string }

/** So many changes are told; of more, how many. */
const mostChanges = 6

/** What has changed since the plan was made. */
function Stale({ refusal }: { refusal: Refusal }) {
  const { say, isWord } = useLanguage()
  const changes = (refusal.facts['changed'] ?? []) as readonly StaleChange[]
  const textOf = ({ what, day, name = '' }: StaleChange) => {
    const key = `stale-${what}`
    return isWord(key) ? say(key, { day: dayInYearText(day), name }) : what
  }
  const said = [...new Set(changes.map(textOf))]
  return (
    <div className="note waiting" role="alert">
      <div>
        <p>
          <b>{say('stale-title')}.</b>
        </p>
        <ul>
          {said.slice(0, mostChanges).map(text => (
            <li key={text}>{text}</li>
          ))}
          {said.length > mostChanges && <li>{say('stale-more', { n: numberText(said.length - mostChanges) })}</li>}
        </ul>
      </div>
    </div>
  )
}
