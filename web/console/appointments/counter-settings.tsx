import { Checkbox } from 'react-aria-components'
import { listCounters, setCounter, slotsEach } from '../../../src/planning/appointments/contract.ts'
import { newCounter } from '../../../src/planning/law.ts'
import { showCounterDay } from '../../../src/planning/queue/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import type { CounterDay } from './counter-day.ts'

type Counter = CounterDay['counter']
type Service = 'A' | 'B' | 'C'
const services = ['A', 'B', 'C'] as const

type Given = Pick<Counter, 'id' | 'name'> & Partial<Counter>

const numberOf = (text: string) => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined)

/** Which desks a counter has, what each does, how long it takes, and what is kept for walk-ins. */
export function CounterSettings({ counter, label }: { readonly counter: Given; readonly label?: string }) {
  const say = useSay()
  const minutesOf = counter.minutes ?? newCounter.minutes
  const [form, setForm] = useDraftState(`counter ${counter.id}`, {
    slot: String(counter.slotMinutes ?? newCounter.slotMinutes),
    walkIn: String(counter.walkInPercent ?? newCounter.walkInPercent),
    A: String(minutesOf.A ?? ''),
    B: String(minutesOf.B ?? ''),
    C: String(minutesOf.C ?? ''),
  })
  const [desks, setDesks] = useDraftState<Counter['desks']>(
    `counter ${counter.id} desks`,
    () => counter.desks ?? [{ number: 1, services: [...services], isOpen: true }],
  )
  const save = useDo(setCounter, [listCounters, showCounterDay])
  const minutes = Object.fromEntries(
    services.flatMap(one => {
      const read = numberOf(form[one])
      return read === undefined ? [] : [[one, read]]
    }),
  )
  const [slotMinutes, walkInPercent] = [numberOf(form.slot), numberOf(form.walkIn)]
  const change = (number: number, changed: Partial<Counter['desks'][number]>) =>
    setDesks(desks.map(desk => (desk.number === number ? { ...desk, ...changed } : desk)))
  const toggle = ({ number, services: those }: Counter['desks'][number], service: Service) =>
    change(number, { services: services.filter(one => (one === service) !== those.includes(one)) })
  const send = () =>
    save.mutate({
      params: { id: counter.id },
      body: {
        desks,
        minutes,
        ...(slotMinutes !== undefined && { slotMinutes }),
        ...(walkInPercent !== undefined && { walkInPercent }),
      },
    })
  return (
    <details className="counter-settings">
      <summary>{label ?? say('counter-settings')}</summary>
      <div className="setup-form">
        {services.map(one => (
          <Field
            key={one}
            label={say('setting-minutes', { service: say(`service-${one}`) })}
            hint={say('setting-minutes-hint')}
            inputMode="numeric"
            value={form[one]}
            onChange={value => setForm({ ...form, [one]: value })}
            maxLength={3}
          />
        ))}
        <Field
          label={say('setting-slot')}
          inputMode="numeric"
          value={form.slot}
          onChange={slot => setForm({ ...form, slot })}
          maxLength={3}
        />
        <Field
          label={say('setting-walk-in')}
          inputMode="numeric"
          value={form.walkIn}
          onChange={walkIn => setForm({ ...form, walkIn })}
          maxLength={2}
        />
      </div>
      {desks.map(desk => (
        <fieldset key={desk.number} className="choices desk-setting">
          <legend>{say('setting-desk-services', { desk: desk.number })}</legend>
          {services.map(one => (
            <Checkbox
              key={one}
              className="tick"
              isSelected={desk.services.includes(one)}
              onChange={() => toggle(desk, one)}
            >
              <span className="box" aria-hidden />
              <span>{say(`service-${one}`)}</span>
            </Checkbox>
          ))}
          <Checkbox className="tick" isSelected={desk.isOpen} onChange={isOpen => change(desk.number, { isOpen })}>
            <span className="box" aria-hidden />
            <span>{say('setting-desk-open', { desk: desk.number })}</span>
          </Checkbox>
        </fieldset>
      ))}
      <Consequences
        services={services.flatMap(one => {
          const each = minutes[one]
          const open = desks.filter(desk => desk.isOpen && desk.services.includes(one)).length
          if (each === undefined || slotMinutes === undefined || walkInPercent === undefined) return []
          return [{ service: one, open, each, slots: slotsEach(each, open, { slotMinutes, walkInPercent }) }]
        })}
      />
      <div className="buttons">
        <Button
          onPress={() =>
            setDesks([
              ...desks,
              { number: Math.max(0, ...desks.map(({ number }) => number)) + 1, services: [...services], isOpen: true },
            ])
          }
        >
          {say('setting-desk-add')}
        </Button>
        <Button look="primary" disabled={save.isPending} onPress={send}>
          {say('setting-save')}
        </Button>
      </div>
      {save.data && (
        <p className="note" role="status">
          {say('setting-saved')}
        </p>
      )}
      <RefusedNote error={save.error} />
    </details>
  )
}

type Consequence = {
  readonly service: Service
  readonly open: number
  readonly each: number
  readonly slots: number | undefined
}

/** What the minutes and desks mean for who books, before they are saved: nothing is offered without a word. */
function Consequences({ services: those }: { readonly services: readonly Consequence[] }) {
  const say = useSay()
  const said = those.flatMap(({ service, open, each, slots }) => {
    const name = say(`service-${service}`)
    if (open === 0) return [{ service, text: say('setting-no-desk', { service: name }), isWrong: false }]
    if (slots === undefined) return [{ service, text: say('setting-too-short', { service: name }), isWrong: true }]
    return slots > 1
      ? [{ service, text: say('setting-joined', { service: name, n: slots, minutes: each }), isWrong: false }]
      : []
  })
  if (said.length === 0) return null
  return (
    <ul className="lines" aria-live="polite">
      {said.map(({ service, text, isWrong }) => (
        <li key={service} className={isWrong ? 'late-text' : undefined}>
          {text}
        </li>
      ))}
    </ul>
  )
}
