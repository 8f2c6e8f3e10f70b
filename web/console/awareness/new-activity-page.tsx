import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import {
  activityKinds,
  activityList,
  activityPlaces,
  activityRecord,
  audiences,
  tellers,
} from '../../../src/awareness/contract.ts'
import { foldMarks } from '../../../src/names/name.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useDraftState } from '../base/drafts.ts'
import { type Say, useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { among } from '../campaign/search.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { activityAt, awarenessAt } from './activity.ts'

type Typed = {
  readonly kind: string
  readonly audiences: readonly string[]
  readonly heldOn: string
  readonly people: string
  readonly counted: string
  readonly doneBy: readonly string[]
  readonly content: string
  readonly where: 'communes' | 'schools'
  readonly places: readonly string[]
}

type Place = { readonly id: string; readonly name: string; readonly unit?: string }
type Known = { readonly communes: readonly Place[]; readonly schools: readonly Place[] }

/** Of one place there is nothing to choose. */
const blank = (today: string, { communes, schools }: Known): Typed => {
  const where = communes.length > 0 ? 'communes' : 'schools'
  const [only, another] = where === 'communes' ? communes : schools
  return {
    kind: 'assembly',
    audiences: [],
    heldOn: today,
    people: '',
    counted: 'counted',
    doneBy: [],
    content: '',
    where,
    places: only && !another ? [only.id] : [],
  }
}

/** To enter what was done to tell people. */
export function NewActivityPage() {
  const say = useSay()
  const unit = useUnitName()
  const { cd } = useSearch({ from: '/tuyen-truyen/ghi' })
  const known = useAsk(activityPlaces, {})
  const ledger = useAsk(activityList, { query: { limit: 1, ...(cd && { campaign: cd as never }) } })
  const error = known.error ?? ledger.error
  return (
    <Page
      title={say('awareness-record-title')}
      standing={<p>{[unit, ledger.data?.campaign.title].filter(Boolean).join('. ')}</p>}
      strip={[unit, say('awareness-title')]}
    >
      {error && <Failed error={error} />}
      {(!known.data || !ledger.data) && !error && <Loading what={say('awareness-reading')} />}
      {known.data && ledger.data && <ActivityForm campaign={ledger.data.campaign.id} known={known.data} />}
    </Page>
  )
}

const readCount = (text: string): number | undefined => {
  const digits = text.replace(/[.,\s]/g, '')
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined
}

const missingFrom = (typed: Typed, say: Say) =>
  [
    typed.audiences.length === 0 && say('awareness-audience'),
    !typed.heldOn && say('awareness-day'),
    readCount(typed.people) === undefined && say('awareness-people'),
    typed.doneBy.length === 0 && say('awareness-done-by'),
    typed.places.length === 0 && say('awareness-place'),
  ].filter(part => part !== false)

function ActivityForm({ campaign, known }: { campaign: string; known: Known }) {
  const say = useSay()
  const today = useToday()
  const [typed, setTyped] = useDraftState<Typed>(`awareness ${campaign}`, () => blank(today, known))
  const [tried, setTried] = useState(false)
  const record = useDo(activityRecord, [activityList])
  const set = (change: Partial<Typed>) => setTyped({ ...typed, ...change })
  const missing = missingFrom(typed, say)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const people = readCount(typed.people)
    if (missing.length > 0 || people === undefined) return
    const content = typed.content.trim()
    record.mutate(
      {
        body: {
          campaign: campaign as never,
          kind: among(activityKinds, typed.kind) ?? 'other',
          audiences: audiences.filter(one => typed.audiences.includes(one)),
          heldOn: typed.heldOn,
          people,
          counted: typed.counted === 'counted',
          doneBy: tellers.filter(one => typed.doneBy.includes(one)),
          ...(content && { content }),
          ...(typed.where === 'communes' ? { units: typed.places as never } : { schools: typed.places as never }),
        },
      },
      { onSuccess: ({ id }) => goTo(activityAt(id)) },
    )
  }
  return (
    <form className="form order-form" onSubmit={submit}>
      <div className="fields">
        <Field
          label={say('awareness-kind')}
          value={typed.kind}
          onChange={kind => set({ kind })}
          choices={activityKinds.map(one => [one, say(`activity-${one}`)] as const)}
        />
        <DayField label={say('awareness-day')} value={typed.heldOn} onChange={heldOn => set({ heldOn })} />
      </div>
      <Ticks
        label={say('awareness-audience')}
        choices={audiences.map(one => ({ id: one, name: say(`audience-${one}`) }))}
        chosen={typed.audiences}
        onChange={next => set({ audiences: next })}
      />
      <Places typed={typed} known={known} onChange={setTyped} />
      <div className="fields">
        <Field
          label={say('awareness-people')}
          value={typed.people}
          onChange={people => set({ people })}
          inputMode="numeric"
          maxLength={10}
        />
        <Field
          label={say('awareness-how-counted')}
          value={typed.counted}
          onChange={counted => set({ counted })}
          choices={[
            ['counted', say('awareness-counted')],
            ['estimated', say('awareness-estimated')],
          ]}
        />
      </div>
      <Ticks
        label={say('awareness-done-by')}
        choices={tellers.map(one => ({ id: one, name: say(`teller-${one}`) }))}
        chosen={typed.doneBy}
        onChange={next => set({ doneBy: next })}
      />
      <Field
        label={say('awareness-content')}
        value={typed.content}
        onChange={content => set({ content })}
        hint={say('awareness-content-hint')}
        rows={3}
        maxLength={500}
      />
      {tried && missing.length > 0 && (
        <p className="note late">{say('order-incomplete', { what: missing.join(', ') })}</p>
      )}
      <RefusedNote error={record.error} />
      <div className="buttons">
        <Button look="primary" submits {...(record.isPending && { disabled: true })}>
          {say('awareness-enter')}
        </Button>
        <Button href={awarenessAt({ cd: campaign })}>{say('order-leave')}</Button>
      </div>
    </form>
  )
}

type TicksProps = {
  readonly label: string
  readonly choices: readonly Place[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly hidesLabel?: boolean
}

function Ticks({ label, choices, chosen, onChange, hidesLabel }: TicksProps) {
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter(one => one !== id) : [...chosen, id])
  return (
    <fieldset className={choices.length > 8 ? 'unit-ticks' : 'ticks'}>
      <legend className={hidesLabel ? 'unseen' : ''}>{label}</legend>
      {choices.map(({ id, name, unit }) => (
        <Checkbox key={id} className="tick" isSelected={chosen.includes(id)} onChange={() => toggle(id)}>
          <span className="box" aria-hidden />
          <span>
            {name}
            {unit && <span className="aside">{unit}</span>}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  )
}

type PlacesProps = { readonly typed: Typed; readonly known: Known; readonly onChange: (typed: Typed) => void }

/** Either communes as a whole, or schools; looked for by a part of the name where there are many. */
function Places({ typed, known, onChange }: PlacesProps) {
  const say = useSay()
  const [part, setPart] = useState('')
  const all = known[typed.where]
  const wanted = foldMarks(part)
  const shown = all.filter(({ id, name }) => typed.places.includes(id) || foldMarks(name).includes(wanted))
  const both = known.communes.length > 0 && known.schools.length > 0
  return (
    <>
      {both && (
        <Field
          label={say('awareness-where')}
          value={typed.where}
          onChange={where => onChange({ ...typed, where: where === 'schools' ? 'schools' : 'communes', places: [] })}
          choices={[
            ['communes', say('awareness-where-communes')],
            ['schools', say('awareness-where-schools')],
          ]}
        />
      )}
      {all.length > 8 && (
        <Field
          label={say('order-find-unit')}
          value={part}
          onChange={setPart}
          type="search"
          hint={say('order-units-chosen', { n: numberText(typed.places.length) })}
        />
      )}
      <Ticks
        label={say('awareness-place')}
        choices={shown}
        chosen={typed.places}
        onChange={places => onChange({ ...typed, places })}
      />
    </>
  )
}
