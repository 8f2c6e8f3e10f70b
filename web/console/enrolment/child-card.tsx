import { type FormEvent, useState } from 'react'
import { captureAge } from '../../../src/enrolment/law.ts'
import { cardDeliveries, childRepresentatives } from '../../../src/enrolment/without-capture/child-card.ts'
import { showChildCard, takeChildCard } from '../../../src/enrolment/without-capture/contract.ts'
import { type Day, yearsBetween } from '../../../src/platform/day.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay, useSession } from '../shell/session.tsx'

type Props = { readonly id: string; readonly birthDate: string }

/** On a child's record: the card of which nothing is captured, where the law of the day gives one. */
export function ChildCard({ id, birthDate }: Props) {
  const say = useSay()
  const { today } = useSession()
  const mayCapture = useMay('enrolment.capture')
  const isYoung = birthDate.length === 10 && yearsBetween(birthDate as Day, today as Day) < inForceToday(captureAge)
  const { data } = useAsk(showChildCard, { params: { id } }, { when: mayCapture && isYoung })
  const [isAsking, setAsking] = useState(false)
  if (data?.status !== 'possible' && data?.status !== 'returned') return null
  return (
    <>
      <Button look="wide" onPress={() => setAsking(true)}>
        {say('child-card-take')}
      </Button>
      {isAsking && <TakeChildCard id={id} onClose={() => setAsking(false)} />}
    </>
  )
}

const nothing = { name: '', relation: 'mother', number: '', evidence: '', delivery: 'unit', address: '' }
type Typed = typeof nothing

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

function TakeChildCard({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useSay()
  const [typed, setTyped] = useState<Typed>(nothing)
  const take = useDo(takeChildCard, [showChildCard])
  const set = (key: keyof Typed) => (value: string) => setTyped({ ...typed, [key]: value })
  const isWhole = typed.name.trim() && (typed.delivery !== 'post' || typed.address.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    const { name, number, evidence, address } = typed
    take.mutate({
      params: { id },
      body: {
        representative: {
          name: name.trim(),
          relation: among(childRepresentatives, typed.relation),
          ...(number.trim() && { number }),
          ...(evidence.trim() && { evidence: evidence.trim() }),
        },
        delivery: among(cardDeliveries, typed.delivery),
        ...(address.trim() && { address: address.trim() }),
      },
    })
  }
  if (take.data)
    return (
      <Dialog open title={say('child-card-taken')} onClose={onClose}>
        {take.data.dueOn && <p>{say('child-card-due', { day: dayText(take.data.dueOn) })}</p>}
        <div className="buttons">
          <Go to={at(`/thu-nhan/${take.data.id}`)}>{say('child-card-open')}</Go>
          <Button onPress={onClose}>{say('close')}</Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog open title={say('child-card-take')} onClose={onClose}>
      <p className="quiet">{say('child-card-about')}</p>
      <form className="form" onSubmit={submit}>
        <Field label={say('child-card-who')} value={typed.name} onChange={set('name')} maxLength={120} />
        <Field
          label={say('child-card-relation')}
          value={typed.relation}
          onChange={set('relation')}
          choices={childRepresentatives.map(one => [one, say(`child-card-${one}`)] as const)}
        />
        <Field
          label={say('child-card-number')}
          value={typed.number}
          onChange={set('number')}
          inputMode="numeric"
          maxLength={20}
        />
        <Field
          label={say('child-card-evidence')}
          value={typed.evidence}
          onChange={set('evidence')}
          maxLength={300}
          hint={say('child-card-evidence-hint')}
        />
        <Field
          label={say('application-delivery')}
          value={typed.delivery}
          onChange={set('delivery')}
          choices={cardDeliveries.map(one => [one, say(`delivery-${one}`)] as const)}
        />
        {typed.delivery === 'post' && (
          <Field label={say('child-card-address')} value={typed.address} onChange={set('address')} maxLength={300} />
        )}
        <RefusedNote error={take.error} />
        <div className="buttons">
          <Button look="primary" submits {...((take.isPending || !isWhole) && { disabled: true })}>
            {say('child-card-do')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
