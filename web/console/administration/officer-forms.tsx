import { type FormEvent, useState } from 'react'
import { addOfficer, appoint, listOfficers, listRoles, nameStandIn } from '../../../src/staff/contract.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession, useToday } from '../shell/session.tsx'
import { FirstPassword } from './first-password.tsx'
import type { Appointment, Officer } from './officer.ts'

/** The units below the officer's own, as choices. */
function useUnitChoices() {
  const { post } = useSession()
  const { data } = useAsk(listUnits, { query: { day: useToday(), ...(post && { below: post.unitId }) } })
  const units = (data?.units ?? []).map(({ id, name }) => [id, name] as const)
  const own = post && !units.some(([id]) => id === post.unitId) ? [[post.unitId, post.unitName] as const] : []
  return [['', ''] as const, ...own, ...units]
}

function Foot({ deed, busy, onClose }: { deed: string; busy: boolean; onClose: () => void }) {
  const say = useSay()
  return (
    <div className="buttons">
      <Button look="primary" submits {...(busy && { disabled: true })}>
        {deed}
      </Button>
      <Button onPress={onClose}>{say('leave-it')}</Button>
    </div>
  )
}

export function NewOfficer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay()
  const units = useUnitChoices()
  const add = useDo(addOfficer, [listOfficers])
  const [filled, setFilled] = useState({ name: '', login: '', unitId: '' })
  const done = () => {
    add.reset()
    setFilled({ name: '', login: '', unitId: '' })
    onClose()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (filled.name.trim() && filled.login && filled.unitId) add.mutate({ body: filled })
  }
  if (add.data) return <FirstPassword password={add.data.password} onClose={done} />
  return (
    <Dialog open={open} title={say('add-officer')} onClose={onClose}>
      <form className="form" onSubmit={send}>
        <Field
          label={say('officer-name')}
          value={filled.name}
          onChange={name => setFilled({ ...filled, name })}
          maxLength={100}
          autoFocus
        />
        <Field
          label={say('login')}
          value={filled.login}
          onChange={login => setFilled({ ...filled, login })}
          hint={say('login-hint')}
          maxLength={40}
        />
        <Field
          label={say('unit')}
          value={filled.unitId}
          onChange={unitId => setFilled({ ...filled, unitId })}
          choices={units}
        />
        <RefusedNote error={add.error} />
        <Foot deed={say('add-officer')} busy={add.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

export function Appoint({ officer, open, onClose }: { officer: Officer; open: boolean; onClose: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const units = useUnitChoices()
  const roles = useAsk(listRoles, {}, { when: open })
  const send = useDo(appoint, [listOfficers])
  const [filled, setFilled] = useState({ role: '', unitId: officer.unitId as string, fromOn: '', lastOn: '' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { role, unitId, fromOn, lastOn } = filled
    if (role && unitId)
      send.mutate(
        { params: { id: officer.id }, body: { role, unitId, ...(fromOn && { fromOn }), ...(lastOn && { lastOn }) } },
        { onSuccess: onClose },
      )
  }
  return (
    <Dialog open={open} title={say('appoint-title', { name: officer.name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field
          label={say('role')}
          value={filled.role}
          onChange={role => setFilled({ ...filled, role })}
          choices={[['', ''], ...(roles.data?.roles ?? []).map(({ role, name }) => [role, name[language]] as const)]}
        />
        <Field
          label={say('unit')}
          value={filled.unitId}
          onChange={unitId => setFilled({ ...filled, unitId })}
          choices={units}
        />
        <DayField
          label={`${say('from-day')} ${say('optional')}`}
          value={filled.fromOn}
          onChange={fromOn => setFilled({ ...filled, fromOn })}
        />
        <DayField
          label={`${say('last-day')} ${say('optional')}`}
          value={filled.lastOn}
          onChange={lastOn => setFilled({ ...filled, lastOn })}
        />
        <RefusedNote error={send.error} />
        <Foot deed={say('appoint')} busy={send.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

type StandInProps = { officer: Officer; appointment: Appointment; others: readonly Officer[]; onClose: () => void }

export function StandIn({ officer, appointment, others, onClose }: StandInProps) {
  const say = useSay()
  const send = useDo(nameStandIn, [listOfficers])
  const today = useToday()
  const [filled, setFilled] = useState({ officerId: '', fromOn: String(today), lastOn: String(today) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (filled.officerId) send.mutate({ params: { id: appointment.id }, body: filled }, { onSuccess: onClose })
  }
  const choices = others
    .filter(({ id, left }) => id !== officer.id && !left)
    .map(({ id, name, unitName }) => [id, `${name}, ${unitName}`] as const)
  return (
    <Dialog open title={say('stand-in-title', { name: officer.name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field
          label={say('choose-officer')}
          value={filled.officerId}
          onChange={officerId => setFilled({ ...filled, officerId })}
          choices={[['', ''], ...choices]}
        />
        <DayField label={say('from-day')} value={filled.fromOn} onChange={fromOn => setFilled({ ...filled, fromOn })} />
        <DayField label={say('last-day')} value={filled.lastOn} onChange={lastOn => setFilled({ ...filled, lastOn })} />
        <RefusedNote error={send.error} />
        <Foot deed={say('name-stand-in')} busy={send.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
