import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listPlans } from '../../../src/planning/plans/contract.ts'
import { replanPlan } from '../../../src/planning/plans/contract-replan.ts'
import { Button } from '../../parts/button.tsx'
import type { Asked } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { goInstead } from '../base/router-handle.ts'
import { listed } from '../base/search.ts'
import { useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { mostBeside, usePlanHead } from './comparison.tsx'
import { isSought, type PlanRow, type PlanWeek, planAt } from './search.ts'

type PlanEvent = Asked<typeof replanPlan>['body']['events'][number]

type CompareProps = {
  readonly plan: PlanRow
  readonly plans: readonly PlanRow[]
  readonly week: PlanWeek
  readonly onClose: () => void
}

/** Chooses what stands beside a plan: another one, or the same after an event. */
export function CompareDialog({ plan, plans, week, onClose }: CompareProps) {
  const say = useSay()
  const { canh } = useSearch({ from: '/lich-luu-dong/phuong-an' })
  const mayManage = useMay('planning.manage')
  const headOf = usePlanHead(week)
  const others = plans.filter(one => one.id !== plan.id && one.state !== 'dropped' && one.solving !== 'failed')
  const [other, setOther] = useState(others.find(one => one.campaignId === plan.campaignId)?.id ?? '')
  const put = (id: string) => {
    const ids = [id, ...listed(canh).filter(one => one !== id)].slice(0, mostBeside)
    goInstead(planAt({ pa: plan.id, tuan: week.monday, canh: ids.join() }))
    onClose()
  }
  return (
    <Dialog open title={say('compare-title')} onClose={onClose}>
      <div className="stack plan-form">
        {others.length > 0 && (
          <>
            <Field
              label={say('compare-with')}
              value={other}
              onChange={setOther}
              choices={[['', say('compare-choose')], ...others.map(one => [one.id, headOf(one)] as const)]}
            />
            <div className="buttons">
              <Button look="primary" onPress={() => put(other)} {...(other === '' && { disabled: true })}>
                {say('compare-add')}
              </Button>
            </div>
          </>
        )}
        {mayManage && <EventForm plan={plan} week={week} isSeeking={plans.some(isSought)} onBegun={put} />}
        <div className="buttons">
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </div>
    </Dialog>
  )
}

const offeredEvents = ['kit-out', 'overtime-ordered', 'team-away', 'boats-off'] as const
type Offered = (typeof offeredEvents)[number]

function EventForm({
  plan,
  week,
  isSeeking,
  onBegun,
}: Pick<CompareProps, 'plan' | 'week'> & { readonly isSeeking: boolean; readonly onBegun: (id: string) => void }) {
  const say = useSay()
  const [what, setWhat] = useState<Offered>('kit-out')
  const [kit, setKit] = useState(week.kits[0]?.id ?? '')
  const [team, setTeam] = useState(week.teams[0]?.id ?? '')
  const [from, setFrom] = useState<string>(plan.from)
  const [to, setTo] = useState<string>(plan.to)
  const again = useDo(replanPlan, [listPlans])
  const event: PlanEvent =
    what === 'kit-out' ? { what, kit, from, to } : what === 'team-away' ? { what, team, from, to } : { what, from, to }
  return (
    <fieldset className="choices">
      <legend>{say('compare-event')}</legend>
      <Field
        label={say('event-what')}
        value={what}
        onChange={value => setWhat(value as Offered)}
        choices={offeredEvents.map(one => [one, say(`event-${one}`)] as const)}
      />
      {what === 'kit-out' && (
        <Field
          label={say('event-kit')}
          value={kit}
          onChange={setKit}
          choices={week.kits.map(({ id, name, store }) => [id, `${name}, ${store}`] as const)}
        />
      )}
      {what === 'team-away' && (
        <Field
          label={say('event-team')}
          value={team}
          onChange={setTeam}
          choices={week.teams.map(({ id, name, base }) => [id, `${name}, ${base}`] as const)}
        />
      )}
      <div className="plan-times">
        <DayField label={say('plan-from')} value={from} onChange={setFrom} />
        <DayField label={say('plan-to')} value={to} onChange={setTo} />
      </div>
      <RefusedNote error={again.error} />
      <div className="buttons">
        <Button
          onPress={() =>
            again.mutate({ params: { id: plan.id }, body: { events: [event] } }, { onSuccess: ({ id }) => onBegun(id) })
          }
          {...((again.isPending || isSeeking || from > to) && { disabled: true })}
        >
          {say('compare-try')}
        </Button>
      </div>
    </fieldset>
  )
}
