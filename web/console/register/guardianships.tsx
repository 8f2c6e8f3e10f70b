import { type FormEvent, useState } from 'react'
import { type Day, yearsBetween } from '../../../src/platform/day.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import {
  acceptGuardianship,
  endGuardianship,
  listGuardianships,
  recordGuardianship,
} from '../../../src/register/guardianships/contract.ts'
import {
  type GuardianshipEnd,
  guardianRelations,
  guardianshipEnds,
  guardianshipGrounds,
  guardianshipPapers,
} from '../../../src/register/guardianships/guardianship.ts'
import { fullCapacityAge } from '../../../src/register/law.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { DeedDialog, Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { NumberEntry } from '../parts/person-number.tsx'
import { useMay, useSession } from '../shell/session.tsx'

type Guardianship = Answer<typeof listGuardianships>['guardianships'][number]

/** Who acts for a grown person, by which decision; recorded by one officer and accepted by another. */
export function Guardianships({ id, birthDate }: { id: string; birthDate: string }) {
  const say = useSay()
  const { today } = useSession()
  const mayRecord = useMay('register.propose')
  const isGrown = birthDate.length < 10 || yearsBetween(birthDate as Day, today as Day) >= inForceToday(fullCapacityAge)
  const { data } = useAsk(listGuardianships, { params: { id } }, { when: isGrown })
  const [isRecording, setRecording] = useState(false)
  if (!isGrown || !data) return null
  const isOpen = data.guardianships.some(({ endedOn }) => endedOn === undefined)
  return (
    <section id="giam-ho" className="part stack">
      <h2>{say('guardianship')}</h2>
      {data.guardianships.length === 0 && <p className="quiet">{say('guardianship-none')}</p>}
      <dl className="particulars">
        {data.guardianships.map(one => (
          <OneGuardianship key={one.id} one={one} />
        ))}
      </dl>
      {mayRecord && !isOpen && (
        <div className="buttons screen-only">
          <Button onPress={() => setRecording(true)}>{say('guardianship-record')}</Button>
        </div>
      )}
      {isRecording && <Record id={id} onClose={() => setRecording(false)} />}
    </section>
  )
}

function OneGuardianship({ one }: { one: Guardianship }) {
  const say = useSay()
  const mayDecide = useMay('register.decide')
  const accept = useDo(acceptGuardianship, [listGuardianships])
  const [isEnding, setEnding] = useState(false)
  const { id, guardian, relation, ground, paperKind, paper, paperOn, from, to, mine, accepted, endedOn } = one
  const state =
    endedOn && one.endedReason
      ? say('guardianship-ended', { day: dayText(endedOn), why: say(`guardianship-end-${one.endedReason}`) })
      : say(accepted ? 'guardianship-in-force' : 'guardianship-waits')
  return (
    <div className={endedOn ? 'quiet' : undefined}>
      <dt>{say(`guardianship-relation-${relation}`)}</dt>
      <dd>
        <Name name={guardian.name} />, {say(`guardianship-ground-${ground}`).toLowerCase()}.{' '}
        {say(`guardianship-paper-${paperKind}`)} {paper}, {dayText(paperOn)}
      </dd>
      <dd className="small">
        {state}
        {!endedOn && `, ${say('since', { day: dayText(from) })}`}
        {!endedOn && to && ` ${say('until', { day: dayText(to) })}`}
        {mayDecide && !endedOn && (
          <span className="buttons screen-only">
            {!accepted && !mine && (
              <Button look="row" onPress={() => accept.mutate({ params: { id } })}>
                {say('guardianship-accept')}
              </Button>
            )}
            <Button look="row" onPress={() => setEnding(true)}>
              {say('guardianship-end')}
            </Button>
          </span>
        )}
        <RefusedNote error={accept.error} />
      </dd>
      {isEnding && <End one={one} onClose={() => setEnding(false)} />}
    </div>
  )
}

function End({ one: { id, guardian }, onClose }: { one: Guardianship; onClose: () => void }) {
  const say = useSay()
  const [reason, setReason] = useState<GuardianshipEnd>('court')
  const end = useDo(endGuardianship, [listGuardianships])
  return (
    <DeedDialog
      open
      title={say('guardianship-end-title', { name: guardian.name })}
      deed={say('guardianship-end')}
      onDo={() => end.mutate({ params: { id }, body: { reason } }, { onSuccess: onClose })}
      onClose={onClose}
      busy={end.isPending}
    >
      <p>{say('guardianship-end-so')}</p>
      <Field
        label={say('guardianship-end-reason')}
        value={reason}
        onChange={value => setReason(guardianshipEnds.find(one => one === value) ?? 'court')}
        choices={guardianshipEnds.map(one => [one, say(`guardianship-end-${one}`)] as const)}
      />
      <RefusedNote error={end.error} />
    </DeedDialog>
  )
}

const nothing = {
  number: '',
  relation: 'spouse',
  ground: 'lost-capacity',
  paperKind: 'court-decision',
  paper: '',
  paperOn: '',
  from: '',
  to: '',
}
type Typed = typeof nothing

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

function Record({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useSay()
  const [typed, setTyped] = useState<Typed>(nothing)
  const record = useDo(recordGuardianship, [listGuardianships])
  const set = (key: keyof Typed) => (value: string) => setTyped({ ...typed, [key]: value })
  const isWhole = typed.number && typed.paper.trim() && typed.paperOn && typed.from
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    record.mutate(
      {
        params: { id },
        body: {
          guardianNumber: typed.number,
          relation: among(guardianRelations, typed.relation),
          ground: among(guardianshipGrounds, typed.ground),
          paperKind: among(guardianshipPapers, typed.paperKind),
          paper: typed.paper.trim(),
          paperOn: typed.paperOn,
          from: typed.from,
          ...(typed.to && { to: typed.to }),
        },
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog open title={say('guardianship-record')} onClose={onClose}>
      <p className="quiet">{say('guardianship-about')}</p>
      <form className="form" onSubmit={submit}>
        <NumberEntry label={say('guardianship-number')} value={typed.number} onChange={set('number')} />
        <Field
          label={say('guardianship-relation')}
          value={typed.relation}
          onChange={set('relation')}
          choices={guardianRelations.map(one => [one, say(`guardianship-relation-${one}`)] as const)}
        />
        <Field
          label={say('guardianship-ground')}
          value={typed.ground}
          onChange={set('ground')}
          choices={guardianshipGrounds.map(one => [one, say(`guardianship-ground-${one}`)] as const)}
        />
        <Field
          label={say('guardianship-paper-kind')}
          value={typed.paperKind}
          onChange={set('paperKind')}
          choices={guardianshipPapers.map(one => [one, say(`guardianship-paper-${one}`)] as const)}
        />
        <Field label={say('guardianship-paper')} value={typed.paper} onChange={set('paper')} maxLength={200} />
        <DayField label={say('guardianship-paper-on')} value={typed.paperOn} onChange={set('paperOn')} />
        <DayField label={say('guardianship-from')} value={typed.from} onChange={set('from')} />
        <DayField label={say('guardianship-to')} value={typed.to} onChange={set('to')} />
        <RefusedNote error={record.error} />
        <div className="buttons">
          <Button look="primary" submits {...((record.isPending || !isWhole) && { disabled: true })}>
            {say('guardianship-do')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
