import { useState } from 'react'
import { type BreachDataKind, breachDataKinds } from '../../../src/data-protection/breaches/breach.ts'
import { amendBreach, listBreaches, recordBreach } from '../../../src/data-protection/breaches/contract.ts'
import { sayOfBreaches } from '../../../src/data-protection/breaches/words.ts'
import { dayAt } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { instantText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Breach } from './breach.ts'

type Moment = { readonly day: string; readonly time: string }

const momentOf = (at: string | undefined): Moment =>
  at ? { day: dayAt(new Date(at)), time: instantText(at).time } : { day: '', time: '' }

/** The instant of a day and a time of the province; undefined while it is none. */
const instantOf = ({ day, time }: Moment): string | undefined =>
  day && /^([01]?\d|2[0-3]):[0-5]\d$/.test(time) ? `${day}T${time.padStart(5, '0')}:00+07:00` : undefined

function MomentFields({ label, value, onChange }: { label: string; value: Moment; onChange: (at: Moment) => void }) {
  const say = useSay()
  return (
    <div className="fields">
      <DayField label={label} value={value.day} onChange={day => onChange({ ...value, day })} />
      <Field
        label={say('breach-time')}
        value={value.time}
        onChange={time => onChange({ ...value, time })}
        hint={say('breach-time-hint')}
        maxLength={5}
      />
    </div>
  )
}

function Ticks({ chosen, onChange }: { chosen: readonly BreachDataKind[]; onChange: (all: BreachDataKind[]) => void }) {
  const { say, language } = useLanguage()
  const words = sayOfBreaches(language)
  return (
    <fieldset className="choices ticks">
      <legend>{say('breach-kinds')}</legend>
      {breachDataKinds.map(kind => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={chosen.includes(kind)}
            onChange={() => onChange(chosen.includes(kind) ? chosen.filter(one => one !== kind) : [...chosen, kind])}
          />{' '}
          {words(`data-${kind}`)}
        </label>
      ))}
    </fieldset>
  )
}

type Props = { readonly breach?: Breach; readonly onlyIfHarmful: boolean; readonly onClose: () => void }

/** What is known of a breach: recorded for the first time, or what is known since. */
export function BreachDialog({ breach, onlyIfHarmful, onClose }: Props) {
  const say = useSay()
  const draft = `breach ${breach?.id ?? 'new'}`
  const [what, setWhat] = useState(breach?.what ?? '')
  const [place, setPlace] = useState(breach?.place ?? '')
  const [happened, setHappened] = useState(momentOf(breach?.happenedAt))
  const [discovered, setDiscovered] = useState(momentOf(breach?.discoveredAt))
  const [dataKinds, setDataKinds] = useState<readonly BreachDataKind[]>(breach?.dataKinds ?? [])
  const [people, setPeople] = useState(breach ? String(breach.people) : '')
  const [peopleKnown, setPeopleKnown] = useState(breach?.peopleKnown ?? false)
  const [harm, setHarm] = useState(breach?.harm ?? '')
  const [measures, setMeasures] = useState(breach?.measures ?? '')
  const [whyNot, setWhyNot] = useState(breach?.whyNot ?? '')
  const record = useDo(recordBreach, [listBreaches])
  const amend = useDo(amendBreach, [listBreaches])
  const [happenedAt, discoveredAt] = [instantOf(happened), instantOf(discovered)]
  const isWhole =
    happenedAt &&
    discoveredAt &&
    dataKinds.length > 0 &&
    /^\d{1,9}$/.test(people) &&
    [what, place, harm, measures].every(text => text.trim())
  const send = () => {
    if (!happenedAt || !discoveredAt) return
    const body = {
      what,
      place,
      happenedAt,
      discoveredAt,
      dataKinds: [...dataKinds],
      people: Number(people),
      peopleKnown,
      harm,
      measures,
      ...(onlyIfHarmful && whyNot.trim() && { whyNot }),
    }
    if (breach) amend.mutate({ params: { id: breach.id }, body }, { onSuccess: onClose })
    else record.mutate({ body }, { onSuccess: onClose })
  }
  return (
    <Dialog open title={say(breach ? 'breach-amend' : 'breach-record')} onClose={onClose}>
      <NoteField
        draft={`${draft} what`}
        label={say('breach-what')}
        value={what}
        onChange={setWhat}
        rows={3}
        maxLength={4000}
        autoFocus
      />
      <NoteField
        draft={`${draft} place`}
        label={say('breach-place')}
        value={place}
        onChange={setPlace}
        maxLength={300}
      />
      <MomentFields label={say('breach-happened')} value={happened} onChange={setHappened} />
      <MomentFields label={say('breach-discovered')} value={discovered} onChange={setDiscovered} />
      <Ticks chosen={dataKinds} onChange={setDataKinds} />
      <Field label={say('breach-people')} value={people} onChange={setPeople} inputMode="numeric" maxLength={9} />
      <label className="one-tick">
        <input type="checkbox" checked={peopleKnown} onChange={() => setPeopleKnown(!peopleKnown)} />{' '}
        {say('breach-counted')}
      </label>
      <NoteField
        draft={`${draft} harm`}
        label={say('breach-harm')}
        value={harm}
        onChange={setHarm}
        rows={2}
        maxLength={4000}
      />
      <NoteField
        draft={`${draft} measures`}
        label={say('breach-measures')}
        value={measures}
        onChange={setMeasures}
        rows={2}
        maxLength={4000}
      />
      {onlyIfHarmful && (
        <NoteField
          draft={`${draft} why-not`}
          label={say('breach-why-not')}
          value={whyNot}
          onChange={setWhyNot}
          rows={2}
          maxLength={2000}
        />
      )}
      <RefusedNote error={record.error ?? amend.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={send}
          {...((!isWhole || record.isPending || amend.isPending) && { disabled: true })}
        >
          {say('breach-save')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
