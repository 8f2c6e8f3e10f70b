import { type FormEvent, useState } from 'react'
import { declareAbsence, endAbsence, listAbsences } from '../../../src/register/movements/contract.ts'
import { absenceDeclarers, absenceReasons, noticeWays } from '../../../src/register/movements/movement.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay, useSession } from '../shell/session.tsx'

type Absence = Answer<typeof listAbsences>['absences'][number]

/** The declared absences of a person, those that are over in grey; and the declaration of one. */
export function Absences({ id }: { id: string }) {
  const say = useSay()
  const mayRecord = useMay('register.residence')
  const { data } = useAsk(listAbsences, { params: { id } })
  const [isDeclaring, setDeclaring] = useState(false)
  return (
    <section id="tam-vang" className="part stack">
      <h2>{say('absences')}</h2>
      {data?.absences.length === 0 && <p className="quiet">{say('absences-none')}</p>}
      <dl className="particulars">
        {data?.absences.map(absence => (
          <OneAbsence key={absence.id} absence={absence} />
        ))}
      </dl>
      {mayRecord && (
        <div className="buttons screen-only">
          <Button onPress={() => setDeclaring(true)}>{say('absence-declare')}</Button>
        </div>
      )}
      {isDeclaring && <Declare id={id} onClose={() => setDeclaring(false)} />}
    </section>
  )
}

function OneAbsence({ absence }: { absence: Absence }) {
  const say = useSay()
  const { today } = useSession()
  const { id, from, to, reason, destination, duty, endedOn, endedHow } = absence
  const mayRecord = useMay('register.residence')
  const end = useDo(endAbsence, [listAbsences])
  const isOver = endedOn !== undefined || to < today
  return (
    <div className={isOver ? 'quiet' : undefined}>
      <dt>{say('absence-days', { from: dayText(from), to: dayText(to) })}</dt>
      <dd>
        {say(`absence-reason-${reason}`)}, {destination}
        {endedOn && endedHow && `, ${say(`absence-${endedHow}`, { day: dayText(endedOn) })}`}
      </dd>
      <dd className="small">
        {say(`absence-duty-${duty}`)}
        {mayRecord && !isOver && (
          <span className="buttons screen-only">
            {from < today && (
              <Button look="row" onPress={() => end.mutate({ params: { id }, body: { how: 'returned' } })}>
                {say('absence-is-back')}
              </Button>
            )}
            <Button look="row" onPress={() => end.mutate({ params: { id }, body: { how: 'mistaken' } })}>
              {say('absence-is-mistake')}
            </Button>
          </span>
        )}
        <RefusedNote error={end.error} />
      </dd>
    </div>
  )
}

const nothing = { from: '', to: '', reason: 'work', destination: '', by: 'self', way: 'counter' }
type Typed = typeof nothing

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

function Declare({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useSay()
  const [typed, setTyped] = useState<Typed>(nothing)
  const declare = useDo(declareAbsence, [listAbsences])
  const set = (key: keyof Typed) => (value: string) => setTyped({ ...typed, [key]: value })
  const isWhole = typed.from && typed.to && typed.destination.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    declare.mutate(
      {
        params: { id },
        body: {
          from: typed.from,
          to: typed.to,
          reason: among(absenceReasons, typed.reason),
          destination: typed.destination.trim(),
          declaredBy: among(absenceDeclarers, typed.by),
          way: among(noticeWays, typed.way),
        },
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog open title={say('absence-title')} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <DayField label={say('absence-from')} value={typed.from} onChange={set('from')} />
        <DayField label={say('absence-to')} value={typed.to} onChange={set('to')} />
        <Field
          label={say('absence-reason')}
          value={typed.reason}
          onChange={set('reason')}
          choices={absenceReasons.map(one => [one, say(`absence-reason-${one}`)] as const)}
        />
        <Field
          label={say('absence-destination')}
          value={typed.destination}
          onChange={set('destination')}
          maxLength={200}
        />
        <Field
          label={say('absence-by')}
          value={typed.by}
          onChange={set('by')}
          choices={absenceDeclarers.map(one => [one, say(`absence-by-${one}`)] as const)}
        />
        <Field
          label={say('notice-way')}
          value={typed.way}
          onChange={set('way')}
          choices={noticeWays.map(one => [one, say(`notice-way-${one}`)] as const)}
        />
        <RefusedNote error={declare.error} />
        <div className="buttons">
          <Button look="primary" submits {...((declare.isPending || !isWhole) && { disabled: true })}>
            {say('absence-do')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
