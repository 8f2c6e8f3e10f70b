import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, Button as Press } from 'react-aria-components'
import { endAppointment, endOfficerSessions, letGo, listOfficers } from '../../../src/staff/contract.ts'
import { listProposals, proposeFactorReset, proposeReset } from '../../../src/staff/proposals/contract.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import type { Appointment, Officer } from './officer.ts'
import { Appoint, ChangeContact, StandIn } from './officer-forms.tsx'
import { Proposed } from './proposed.tsx'

type Asked =
  | { readonly deed: 'appoint' | 'contact' | 'reset' | 'factor-reset' | 'sign-out' | 'let-go' }
  | { readonly deed: 'end' | 'stand-in'; readonly appointment: Appointment }

/** What can be done about an officer, in one menu; each deed asks once. */
export function OfficerDeeds({ officer, others }: { officer: Officer; others: readonly Officer[] }) {
  const say = useSay()
  const { language } = useLanguage()
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  if (officer.left) return null
  const told = ({ roleName, unitName, schoolName }: Appointment) => `${roleName[language]}, ${schoolName ?? unitName}`
  return (
    <>
      <MenuTrigger>
        <Press className="button row" aria-label={`${officer.name}: ${say('appoint')}`}>
          <MoreHorizontal size={16} aria-hidden />
        </Press>
        <Popover className="menu" placement="bottom end">
          <Menu>
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'appoint' })}>
              {say('appoint')}
            </MenuItem>
            {officer.appointments.map(appointment => (
              <MenuItem
                key={`s${appointment.id}`}
                className="entry"
                onAction={() => setAsked({ deed: 'stand-in', appointment })}
              >
                {say('name-stand-in')}: {told(appointment)}
              </MenuItem>
            ))}
            {officer.appointments.map(appointment => (
              <MenuItem key={appointment.id} className="entry" onAction={() => setAsked({ deed: 'end', appointment })}>
                {say('end-appointment')}: {told(appointment)}
              </MenuItem>
            ))}
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'contact' })}>
              {say('change-contact')}
            </MenuItem>
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'reset' })}>
              {say('reset-password')}
            </MenuItem>
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'factor-reset' })}>
              {say('reset-factors')}
            </MenuItem>
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'sign-out' })}>
              {say('sign-out-officer')}
            </MenuItem>
            <MenuItem className="entry" onAction={() => setAsked({ deed: 'let-go' })}>
              {say('let-go')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {asked?.deed === 'appoint' && <Appoint officer={officer} onClose={close} />}
      {asked?.deed === 'contact' && <ChangeContact officer={officer} onClose={close} />}
      {asked?.deed === 'stand-in' && (
        <StandIn officer={officer} appointment={asked.appointment} others={others} onClose={close} />
      )}
      {asked?.deed === 'end' && <EndAppointment officer={officer} appointment={asked.appointment} onClose={close} />}
      {asked?.deed === 'reset' && <ResetPassword officer={officer} onClose={close} />}
      {asked?.deed === 'factor-reset' && <ResetFactors officer={officer} onClose={close} />}
      {asked?.deed === 'sign-out' && <SignOut officer={officer} onClose={close} />}
      {asked?.deed === 'let-go' && <LetGo officer={officer} onClose={close} />}
    </>
  )
}

function EndAppointment({
  officer,
  appointment,
  onClose,
}: {
  officer: Officer
  appointment: Appointment
  onClose: () => void
}) {
  const say = useSay()
  const { language } = useLanguage()
  const end = useDo(endAppointment, [listOfficers])
  const { roleName, unitName, schoolName, id } = appointment
  return (
    <DeedDialog
      open
      title={say('end-asks', { name: officer.name, role: roleName[language], unit: schoolName ?? unitName })}
      deed={say('end-appointment')}
      busy={end.isPending}
      onClose={onClose}
      onDo={() => end.mutate({ params: { id }, body: {} }, { onSuccess: onClose })}
    >
      <p>{say('end-means')}</p>
      <RefusedNote error={end.error} />
    </DeedDialog>
  )
}

function LetGo({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const go = useDo(letGo, [listOfficers])
  return (
    <DeedDialog
      open
      title={say('let-go-asks', { name: officer.name })}
      deed={say('let-go')}
      busy={go.isPending}
      onClose={onClose}
      onDo={() => go.mutate({ params: { id: officer.id } }, { onSuccess: onClose })}
    >
      <p>{say('let-go-means')}</p>
      <RefusedNote error={go.error} />
    </DeedDialog>
  )
}

function ResetPassword({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const reset = useDo(proposeReset, [listProposals])
  if (reset.data) return <Proposed expiresAt={reset.data.expiresAt} onClose={onClose} />
  return (
    <DeedDialog
      open
      title={say('reset-asks', { name: officer.name })}
      deed={say('reset-password')}
      busy={reset.isPending}
      onClose={onClose}
      onDo={() => reset.mutate({ params: { id: officer.id }, body: {} })}
    >
      <p>{say('reset-means')}</p>
      <RefusedNote error={reset.error} />
    </DeedDialog>
  )
}

function ResetFactors({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const reset = useDo(proposeFactorReset, [listProposals])
  if (reset.data) return <Proposed expiresAt={reset.data.expiresAt} onClose={onClose} />
  return (
    <DeedDialog
      open
      title={say('reset-factors-asks', { name: officer.name })}
      deed={say('reset-factors')}
      busy={reset.isPending}
      onClose={onClose}
      onDo={() => reset.mutate({ params: { id: officer.id }, body: {} })}
    >
      <p>{say('reset-factors-means')}</p>
      <RefusedNote error={reset.error} />
    </DeedDialog>
  )
}

function SignOut({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const say = useSay()
  const end = useDo(endOfficerSessions, [listOfficers])
  return (
    <DeedDialog
      open
      title={say('sign-out-officer-asks', { name: officer.name })}
      deed={say('sign-out-officer')}
      busy={end.isPending}
      onClose={onClose}
      onDo={() => end.mutate({ params: { id: officer.id } }, { onSuccess: onClose })}
    >
      <p>{say('sign-out-officer-means')}</p>
      <RefusedNote error={end.error} />
    </DeedDialog>
  )
}
