import { type FormEvent, useState } from 'react'
import { addOfficer, listOfficers, listRoles } from '../../../src/staff/contract.ts'
import {
  listProposals,
  proposeAppointment,
  proposeContact,
  proposeStandIn,
} from '../../../src/staff/proposals/contract.ts'
import { listSchools, listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useSession, useToday } from '../shell/session.tsx'
import type { Appointment, Officer } from './officer.ts'
import { Proposed } from './proposed.tsx'

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

const nobody = { name: '', login: '', unitId: '', phone: '', email: '' }

type ContactFieldsProps = {
  readonly phone: string
  readonly email: string
  readonly onChange: (changed: { phone?: string; email?: string }) => void
}

/** Where links to a password go. */
function ContactFields({ phone, email, onChange }: ContactFieldsProps) {
  const say = useSay()
  return (
    <>
      <Field
        label={`${say('officer-phone')} ${say('optional')}`}
        value={phone}
        onChange={typed => onChange({ phone: typed })}
        hint={say('officer-phone-hint')}
        type="tel"
        maxLength={30}
      />
      <Field
        label={`${say('officer-email')} ${say('optional')}`}
        value={email}
        onChange={typed => onChange({ email: typed })}
        maxLength={254}
      />
    </>
  )
}

export function NewOfficer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay()
  const units = useUnitChoices()
  const add = useDo(addOfficer, [listOfficers])
  const [filled, setFilled] = useState(nobody)
  const done = () => {
    add.reset()
    setFilled(nobody)
    onClose()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (filled.name.trim() && filled.login && filled.unitId) add.mutate({ body: filled }, { onSuccess: done })
  }
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
        <ContactFields {...filled} onChange={changed => setFilled({ ...filled, ...changed })} />
        <p className="quiet">{say('add-officer-means')}</p>
        <RefusedNote error={add.error} />
        <Foot deed={say('add-officer')} busy={add.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}

export function Appoint({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const { language } = useLanguage()
  const units = useUnitChoices()
  const roles = useAsk(listRoles, {})
  const send = useDo(proposeAppointment, [listProposals])
  const [filled, setFilled] = useState({
    role: '',
    unitId: officer.unitId as string,
    schoolId: '',
    fromOn: '',
    lastOn: '',
  })
  const ofSchool = roles.data?.roles.find(({ role }) => role === filled.role)?.ofSchool === true
  const schools = useAsk(
    listSchools,
    { params: { id: filled.unitId }, query: {} },
    { when: ofSchool && !!filled.unitId },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { role, unitId, schoolId, fromOn, lastOn } = filled
    if (role && unitId && (schoolId || !ofSchool))
      send.mutate({
        params: { id: officer.id },
        body: { role, unitId, ...(ofSchool && { schoolId }), ...(fromOn && { fromOn }), ...(lastOn && { lastOn }) },
      })
  }
  if (send.data) return <Proposed expiresAt={send.data.expiresAt} onClose={onClose} />
  return (
    <Dialog open title={say('appoint-title', { name: officer.name })} onClose={onClose}>
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
          onChange={unitId => setFilled({ ...filled, unitId, schoolId: '' })}
          choices={units}
        />
        {ofSchool && (
          <Field
            label={say('post-school')}
            value={filled.schoolId}
            onChange={schoolId => setFilled({ ...filled, schoolId })}
            choices={[['', ''], ...(schools.data?.schools ?? []).map(({ id, name }) => [id, name] as const)]}
          />
        )}
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
  const send = useDo(proposeStandIn, [listProposals])
  const today = useToday()
  const [filled, setFilled] = useState({ officerId: '', fromOn: String(today), lastOn: String(today) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (filled.officerId) send.mutate({ params: { id: appointment.id }, body: filled })
  }
  const choices = others
    .filter(({ id, left }) => id !== officer.id && !left)
    .map(({ id, name, unitName }) => [id, `${name}, ${unitName}`] as const)
  if (send.data) return <Proposed expiresAt={send.data.expiresAt} onClose={onClose} />
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

/** Another phone and e-mail address: both are written anew, since the present ones are not shown whole. */
export function ChangeContact({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const send = useDo(proposeContact, [listProposals])
  const [filled, setFilled] = useState({ phone: '', email: '' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate({ params: { id: officer.id }, body: filled })
  }
  if (send.data) return <Proposed expiresAt={send.data.expiresAt} onClose={onClose} />
  const now = [officer.contact.phone, officer.contact.email].filter(Boolean).join(', ')
  return (
    <Dialog open title={say('contact-title', { name: officer.name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <p className="quiet">{say('officer-reached', { contact: now || say('officer-not-reached') })}</p>
        <ContactFields {...filled} onChange={changed => setFilled({ ...filled, ...changed })} />
        <p className="quiet">{say('contact-means')}</p>
        <RefusedNote error={send.error} />
        <Foot deed={say('change-contact')} busy={send.isPending} onClose={onClose} />
      </form>
    </Dialog>
  )
}
