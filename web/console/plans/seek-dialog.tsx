import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { lastDayOfCalendar } from '../../../src/planning/law.ts'
import { beginPlan, listPlans } from '../../../src/planning/plans/contract.ts'
import { addDays, type Day, daysFrom, parseDay, weekday } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayInYearText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { useToday } from '../shell/session.tsx'
import { type PlanRow, planAt } from './search.ts'

/** For how long a plan is sought: what is chosen from, in seconds. */
const offeredSeconds = [30, 60, 180, 600] as const

type SeekProps = {
  /** The plan that is made again: its campaign and days stand in the form. */
  readonly before: PlanRow | undefined
  readonly onClose: () => void
}

type Order = { readonly days: readonly Day[]; readonly evenings: boolean }

/** What a plan is sought for: campaign, days, what overtime is ordered, how long. */
export function SeekDialog({ before, onClose }: SeekProps) {
  const say = useSay()
  const today = useToday()
  const { data } = useAsk(campaignList, {})
  const tomorrow = addDays(today, 1)
  const [chosen, setCampaign] = useState<string | undefined>(before?.campaignId)
  const [from, setFrom] = useState<string>(before && before.from > today ? before.from : tomorrow)
  const [to, setTo] = useState<string>(before && before.to > today ? before.to : addDays(tomorrow, 13))
  const [order, setOrder] = useState<Order>({ days: [], evenings: false })
  const [seconds, setSeconds] = useState<string>('60')
  const begin = useDo(beginPlan, [listPlans])
  const campaigns = data?.campaigns ?? []
  const campaignId = chosen ?? data?.first ?? campaigns[0]?.id ?? ''
  const [first, last] = [parseDay(from), parseDay(to)]
  const isWhole = first && last && first >= today && first <= last && last <= lastDayOfCalendar(first)
  const free = isWhole ? daysFrom(first, last).filter(day => weekday(day) > 5) : []
  const send = () => {
    const overtime = { days: order.days.filter(day => free.includes(day)), evenings: order.evenings }
    begin.mutate(
      {
        body: {
          ...{ campaignId: campaignId as never, from, to, seconds: Number(seconds) },
          ...(before?.state === 'draft' && { locksOf: before.id }),
          ...((overtime.days.length > 0 || overtime.evenings) && { overtime }),
        },
      },
      {
        onSuccess: ({ id }) => {
          onClose()
          goTo(planAt({ pa: id }))
        },
      },
    )
  }
  return (
    <Dialog open title={say('plan-new')} onClose={onClose}>
      {!data && <Loading what={say('plans-reading')} />}
      {data && campaigns.length === 0 && <State so={say('plan-no-campaign')} todo={say('plan-no-campaign-todo')} />}
      {data && campaigns.length > 0 && (
        <form
          className="plan-form"
          onSubmit={event => {
            event.preventDefault()
            send()
          }}
        >
          <Field
            label={say('plan-campaign')}
            value={campaignId}
            onChange={setCampaign}
            choices={campaigns.map(one => [one.id, one.title] as const)}
          />
          <div className="plan-times">
            <DayField label={say('plan-from')} value={from} onChange={setFrom} />
            <DayField label={say('plan-to')} value={to} onChange={setTo} />
          </div>
          {!isWhole && <p className="note waiting">{say('plan-days-wrong')}</p>}
          <OvertimeChoice free={free} order={order} onOrder={setOrder} />
          <Field
            label={say('plan-seconds')}
            value={seconds}
            onChange={setSeconds}
            choices={offeredSeconds.map(n =>
              n < 60
                ? ([String(n), say('plan-seconds-choice', { n })] as const)
                : ([String(n), say('plan-minutes-choice', { n: n / 60 })] as const),
            )}
          />
          <RefusedNote error={begin.error} />
          <div className="buttons">
            <Button look="primary" submits {...((!isWhole || begin.isPending) && { disabled: true })}>
              {say('plan-begin')}
            </Button>
            <Button onPress={onClose}>{say('leave-it')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}

type OvertimeProps = {
  readonly free: readonly Day[]
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

/** Days off on which overtime is ordered, and the evenings of working days. */
function OvertimeChoice({ free, order, onOrder }: OvertimeProps) {
  const say = useSay()
  const toggle = (day: Day) =>
    onOrder({
      ...order,
      days: order.days.includes(day) ? order.days.filter(one => one !== day) : [...order.days, day],
    })
  return (
    <fieldset className="choices">
      <legend>{say('plan-overtime-days')}</legend>
      {free.length === 0 && <p className="quiet">{say('plan-overtime-none')}</p>}
      <div className="plan-days-off">
        {free.map(day => (
          <Checkbox key={day} className="tick" isSelected={order.days.includes(day)} onChange={() => toggle(day)}>
            <span className="box" aria-hidden />
            <span>
              {say(`weekday-${weekday(day) as 6}`)} {dayInYearText(day)}
            </span>
          </Checkbox>
        ))}
      </div>
      <Checkbox className="tick" isSelected={order.evenings} onChange={evenings => onOrder({ ...order, evenings })}>
        <span className="box" aria-hidden />
        <span>{say('plan-evenings')}</span>
      </Checkbox>
    </fieldset>
  )
}
