import { QrCode } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type CardReading, readCardQr } from '../../../src/names/card-qr.ts'
import { oldPapersHold } from '../../../src/names/law.ts'
import { readName } from '../../../src/names/names.ts'
import { findContradictions, parseNumber } from '../../../src/names/numbers/numbers.ts'
import type { Day } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { dayText } from '../../parts/formats.ts'
import { typedDay } from '../../parts/typed-day.ts'
import { TakeQr } from '../capture-steps/capture-components.ts'
import { latestBirth, withoutNumberReasons } from '../draft/eligibility.ts'
import type { OpenRoster } from '../keep/rosters.ts'
import type { Entry, WalkIn } from '../keep/session-queue.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { State } from '../parts/state.tsx'
import { type Say, useSay } from '../words/language.tsx'
import { findAlike } from './people.ts'
import { emptyForm, formFaults, undeclaredOf, WithoutNumberFields } from './without-number.tsx'

/** Someone who is on no list: by the line of their card, or by what their papers say. */

type Typed = {
  readonly number: string
  readonly fullName: string
  readonly birth: string
  readonly sex: '' | 'M' | 'F'
}

/** What is certain of a card's line; a line that is none may be a number or a name that was looked for in vain. */
function fromLine(line: string): Typed {
  const reading = readCardQr(line)
  const card = reading.kind === 'card' ? reading : reading.kind === 'garbled' ? reading.repaired : {}
  const isNumber = /^[\d\s.]+$/.test(line)
  return {
    number: card.number ?? (isNumber ? line.replace(/\D/g, '') : ''),
    fullName: card.name ?? (reading.kind === 'other' && !isNumber && line.length < 60 ? line.trim() : ''),
    birth: card.birth ? dayText(card.birth) : '',
    sex: card.sex ?? '',
  }
}

function numberFault({ number, sex, birth }: Typed, today: Day, say: Say): string | undefined {
  const reading = parseNumber(number)
  if (reading.kind === 'old-number') return oldPapersHold(today, builtInLaw) ? undefined : say('number-old-over')
  if (reading.kind !== 'number') return say('number-wrong', { n: number.replace(/\D/g, '').length })
  const year = Number(typedDay(birth)?.slice(0, 4))
  const against = findContradictions(number, { ...(sex && { sex }), ...(year && { birthYear: year }) })
  if (against.includes('sex')) return say('number-sex', { sex: say(reading.sex === 'M' ? 'male' : 'female') })
  return against.includes('birth-year') ? say('number-year', { year: reading.yearOfBirth }) : undefined
}

function faultsOf(
  typed: Typed,
  { today, isNumbered }: { readonly today: Day; readonly isNumbered: boolean },
  say: Say,
): Partial<Record<keyof Typed, string>> {
  const day = typedDay(typed.birth)
  const born = day && latestBirth(day)
  const number = isNumbered ? numberFault(typed, today, say) : undefined
  return {
    ...(number && { number }),
    ...(!readName(typed.fullName).plausible && { fullName: say('name-needed') }),
    ...((!born || day > today) && { birth: say('birth-wrong') }),
    ...(!typed.sex && { sex: say('sex-choose') }),
  }
}

type WalkInProps = {
  readonly line: string
  readonly roster: OpenRoster
  readonly entries: readonly Entry[]
  readonly today: Day
  readonly onJoin: (walkIn: WalkIn) => Promise<void>
  /** Somebody of the queue came again. */
  readonly onThere: (entry: Entry) => void
  readonly onClose: () => void
}

export function WalkInPane({ line, roster, entries, today, onJoin, onThere, onClose }: WalkInProps) {
  const say = useSay()
  const [card, setCard] = useState(line.includes('|') ? line : '')
  const [typed, setTyped] = useState(() => fromLine(line))
  const [asked, setAsked] = useState(false)
  const [scanning, setScanning] = useState(false)
  const [isNumbered, setNumbered] = useState(true)
  const [form, setForm] = useState(emptyForm)
  const [turnedAway, setTurnedAway] = useState('')
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  useKeys({ Escape: onClose })

  const rule = { today, isNumbered }
  const faults = asked ? faultsOf(typed, rule, say) : {}
  const why = withoutNumberReasons.find(reason => reason === turnedAway)
  const bare = isNumbered ? typed.number.replace(/\D/g, '') : ''
  const known = bare ? roster.roster.people.find(({ number }) => number === bare) : undefined
  const there = bare ? entries.find(({ walkIn }) => walkIn?.number === bare) : undefined
  const alike = isNumbered
    ? []
    : findAlike({ fullName: typed.fullName, birthDate: typedDay(typed.birth) ?? '' }, roster.roster, entries)
  const set = (changes: Partial<Typed>) => setTyped(before => ({ ...before, ...changes }))
  const readLine = (text: string) => {
    setCard(text)
    if (readCardQr(text).kind !== 'other') setTyped(fromLine(text))
  }
  const scanned = (text: string) => {
    readLine(text)
    setScanning(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    const birthDate = typedDay(typed.birth)
    if (known || there || !birthDate || !typed.sex || Object.keys(faultsOf(typed, rule, say)).length > 0) return
    const who = { number: bare, fullName: readName(typed.fullName).name, birthDate, sex: typed.sex }
    if (isNumbered) return void onJoin(who)
    if (why) return void onJoin({ ...who, turnedAway: why })
    if (Object.keys(formFaults(form, say)).length === 0) void onJoin({ ...who, undeclared: undeclaredOf(form) })
  }
  return (
    <form className="walk-in narrow" onSubmit={submit} noValidate>
      <h1>{say('walkin-title')}</h1>
      <p className="quiet">{say('walkin-about')}</p>
      <div className="buttons">
        {[true, false].map(has => (
          <Button key={String(has)} pressed={isNumbered === has} onPress={() => setNumbered(has)}>
            {say(has ? 'has-number' : 'no-number')}
          </Button>
        ))}
      </div>
      {!isNumbered && <p className="quiet">{say('no-number-about')}</p>}
      {scanning && <TakeQr onLine={scanned} onClose={() => setScanning(false)} />}
      {isNumbered && (
        <>
          <Field
            label={say('card-line')}
            value={card}
            onChange={readLine}
            hint={cardHint(card, say)}
            inputRef={first}
            input={{ maxLength: 1000, spellCheck: false }}
          />
          {!scanning && (
            <Button icon={QrCode} onPress={() => setScanning(true)}>
              {say('scan-camera')}
            </Button>
          )}
        </>
      )}
      <div className="fields">
        {isNumbered && (
          <Field
            label={say('number')}
            value={typed.number}
            onChange={number => set({ number })}
            hint={say('number-hint')}
            error={faults.number}
            input={{ inputMode: 'numeric', maxLength: 20 }}
          />
        )}
        <Field
          label={say('full-name')}
          value={typed.fullName}
          onChange={fullName => set({ fullName })}
          error={faults.fullName}
          input={{ maxLength: 120, spellCheck: false }}
        />
        <Field
          label={say('birth-date')}
          value={typed.birth}
          onChange={birth => set({ birth })}
          hint={say('birth-hint')}
          error={faults.birth}
          input={{ inputMode: 'numeric', maxLength: 10 }}
        />
        <Field
          label={say('sex')}
          value={typed.sex}
          onChange={sex => set({ sex: sex as Typed['sex'] })}
          error={faults.sex}
          choices={[
            ['', say('sex-choose')],
            ['M', say('male')],
            ['F', say('female')],
          ]}
        />
      </div>
      {!isNumbered && (
        <>
          {!why && (
            <WithoutNumberFields
              form={form}
              faults={asked ? formFaults(form, say) : {}}
              communes={roster.roster.communes ?? []}
              onChange={changes => setForm(before => ({ ...before, ...changes }))}
            />
          )}
          {!why && !roster.roster.communes && <State so={say('no-number-old-list')} />}
          <Field
            label={say('turn-away-why')}
            value={turnedAway}
            onChange={setTurnedAway}
            choices={[
              ['', say('turn-away-not')],
              ...withoutNumberReasons.map(reason => [reason, say(`turn-away-${reason}`)] as const),
            ]}
          />
          {alike.map(({ fullName, birthDate }) => (
            <State
              key={`${fullName} ${birthDate}`}
              so={say('alike-here', { name: fullName, born: dayText(birthDate) })}
            />
          ))}
        </>
      )}
      {known && <State so={say('on-roster', { name: known.fullName })} />}
      {there && (
        <State
          so={say('already-here', { n: there.place })}
          buttons={<Button onPress={() => onThere(there)}>{say('open-there')}</Button>}
        />
      )}
      <div className="buttons">
        <Button look="primary" submits>
          {say(!isNumbered && why ? 'turn-away' : 'to-queue')}
        </Button>
        <Button cap="Esc" onPress={onClose}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  )
}

function cardHint(card: string, say: Say): string {
  if (!card.trim()) return say('card-line-hint')
  const hints: Record<CardReading['kind'], string> = {
    card: say('card-line-read'),
    garbled: say('card-line-garbled'),
    other: say('card-line-other'),
  }
  return hints[readCardQr(card).kind]
}
