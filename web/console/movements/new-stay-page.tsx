import { type FormEvent, useState } from 'react'
import { asDay } from '../../../src/platform/day.ts'
import { ruleOn } from '../../../src/platform/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { stayNotices, staysKept } from '../../../src/register/law.ts'
import { listMovements, notifyStay } from '../../../src/register/movements/contract.ts'
import { noticeWays, stayLodgings, stayNotifiers, stayReasons } from '../../../src/register/movements/movement.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { typedDay } from '../../parts/typed-day.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useSession, useUnitName } from '../shell/session.tsx'

const nothing = {
  unit: '',
  name: '',
  born: '',
  number: '',
  from: '',
  to: '',
  address: '',
  lodging: 'household',
  host: '',
  reason: 'visit',
  by: 'household',
  way: 'counter',
}
type Typed = typeof nothing

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

/** The notice of a stay, as a household or a lodging gives it. */
export function NewStayPage() {
  const say = useSay()
  const unitName = useUnitName()
  const { today, post } = useSession()
  const { data } = useAsk(listUnits, { query: { day: today, ...(post && { below: post.unitId }) } })
  const communes = (data?.units ?? []).filter(({ level }) => level === 'commune')
  const [typed, setTyped] = useState<Typed>(nothing)
  const notify = useDo(notifyStay, [listMovements])
  const set = (key: keyof Typed) => (value: string) => setTyped({ ...typed, [key]: value })
  const unit = typed.unit || (communes.length === 1 ? (communes[0]?.id ?? '') : '')
  const born = typedDay(typed.born)
  const isWhole = unit && typed.name.trim() && typed.from && typed.to && typed.address.trim()
  const rule = ruleOn(stayNotices, asDay(today), {})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    notify.mutate(
      {
        body: {
          unit,
          name: typed.name,
          from: typed.from,
          to: typed.to,
          address: typed.address,
          lodging: among(stayLodgings, typed.lodging),
          reason: among(stayReasons, typed.reason),
          notifiedBy: among(stayNotifiers, typed.by),
          way: among(noticeWays, typed.way),
          ...(born && { born }),
          ...(typed.number.trim() && { number: typed.number }),
          ...(typed.host.trim() && { host: typed.host.trim() }),
        },
      },
      {
        onSuccess: () =>
          setTyped({ ...nothing, unit, address: typed.address, host: typed.host, lodging: typed.lodging }),
      },
    )
  }
  return (
    <Page
      title={say('stay-title')}
      standing={
        <>
          <p>{say('stay-about', { n: rule.shorterThan })}</p>
          <p>{say('stay-kept', { n: inForceToday(staysKept) })}</p>
        </>
      }
      strip={[unitName, say('stay-title')]}
      foot={
        <Go className="exit" to={at('/dan-cu/bien-dong')}>
          {say('movements-back')}
        </Go>
      }
    >
      <form className="form" onSubmit={submit}>
        {communes.length !== 1 && (
          <Field
            label={say('stay-unit')}
            value={unit}
            onChange={set('unit')}
            choices={[['', ''], ...communes.map(({ id, name }) => [id, name] as const)]}
          />
        )}
        <Field
          label={`${say('stay-guest')}: ${say('full-name').toLowerCase()}`}
          value={typed.name}
          onChange={set('name')}
          maxLength={120}
        />
        <Field
          label={say('born')}
          value={typed.born}
          onChange={set('born')}
          hint={say(rule.parts.includes('birth-date') ? 'born-hint-needed' : 'born-hint')}
          error={typed.born.length >= 8 && !born ? say('born-unreadable') : undefined}
        />
        <Field
          label={say('stay-number')}
          value={typed.number}
          onChange={set('number')}
          inputMode="numeric"
          maxLength={20}
          hint={say('stay-number-hint')}
        />
        <DayField label={say('stay-from')} value={typed.from} onChange={set('from')} />
        <DayField label={say('stay-to')} value={typed.to} onChange={set('to')} />
        <Field label={say('stay-address')} value={typed.address} onChange={set('address')} maxLength={200} />
        <Field
          label={say('stay-lodging')}
          value={typed.lodging}
          onChange={set('lodging')}
          choices={stayLodgings.map(one => [one, say(`stay-lodging-${one}`)] as const)}
        />
        <Field label={say('stay-host')} value={typed.host} onChange={set('host')} maxLength={120} />
        <Field
          label={say('stay-reason')}
          value={typed.reason}
          onChange={set('reason')}
          choices={stayReasons.map(one => [one, say(`stay-reason-${one}`)] as const)}
        />
        <Field
          label={say('stay-by')}
          value={typed.by}
          onChange={set('by')}
          choices={stayNotifiers.filter(one => rule.by.includes(one)).map(one => [one, say(`stay-by-${one}`)] as const)}
        />
        <Field
          label={say('notice-way')}
          value={typed.way}
          onChange={set('way')}
          choices={noticeWays.map(one => [one, say(`notice-way-${one}`)] as const)}
        />
        <RefusedNote error={notify.error} />
        {notify.data && (
          <p className="note done" role="status">
            {say(notify.data.known ? 'stay-done-known' : 'stay-done-unknown')}
          </p>
        )}
        <div className="buttons">
          <Button look="primary" submits {...((notify.isPending || !isWhole) && { disabled: true })}>
            {say('stay-do')}
          </Button>
        </div>
      </form>
    </Page>
  )
}
