import { useState } from 'react'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { approveSlip, liftHold, refuseSlip } from '../../../src/accounts/slips/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { Account } from './search.ts'

type Slip = Account['slips'][number]

const readAnew = [showAccount, listAccounts] as const
const momentText = (instant: string) => `${instantText(instant).day} ${instantText(instant).time}`

/** Slips for an account that was opened before: who printed each, which other officer decided, what followed. */
export function Slips({ account }: { account: Account }) {
  const say = useSay()
  if (account.slips.length === 0) return null
  return (
    <section className="part">
      <h2>{say('desk-slips')}</h2>
      {account.slips.map(slip => (
        <OneSlip key={slip.id} accountId={account.id} slip={slip} />
      ))}
    </section>
  )
}

function OneSlip({ accountId, slip }: { accountId: string; slip: Slip }) {
  const say = useSay()
  const { printedAt, printedBy, lastOn, outcome, decidedBy, usedAt, heldUntil, liftedBy, stoppedAt } = slip
  return (
    <div className="demand">
      <p>
        <b>{say('desk-slip-printed', { day: momentText(printedAt), who: printedBy })}</b>{' '}
        {say('desk-slip-good-until', { day: dayText(lastOn) })}
      </p>
      <p className="quiet">
        {outcome && `${say(`desk-slip-${outcome}`, { who: decidedBy ?? '' })} `}
        {usedAt && `${say(slip.ownFactor ? 'desk-slip-used-own' : 'desk-slip-used', { day: momentText(usedAt) })} `}
        {heldUntil && `${say('desk-slip-held', { day: momentText(heldUntil) })} `}
        {liftedBy && `${say('desk-slip-lifted', { who: liftedBy })} `}
        {stoppedAt && say('desk-slip-stopped', { day: momentText(stoppedAt) })}
      </p>
      {slip.mine && (slip.toDecide || heldUntil) && <p className="note">{say('desk-slip-mine')}</p>}
      {slip.toDecide && !slip.mine && <Deciding accountId={accountId} slip={slip} />}
      {heldUntil && !slip.mine && <Lifting accountId={accountId} />}
    </div>
  )
}

/** Another officer than the printer, who knows that the holder was there. */
function Deciding({ accountId, slip }: { accountId: string; slip: Slip }) {
  const say = useSay()
  const may = useMay('accounts.approve')
  const approve = useDo(approveSlip, readAnew)
  const refuse = useDo(refuseSlip, readAnew)
  if (!may) return <p className="quiet">{say('desk-slip-waits')}</p>
  const sent = { params: { id: accountId }, body: { slip: slip.id } }
  const isBusy = approve.isPending || refuse.isPending
  return (
    <>
      <p className="small means">{say('desk-slip-approve-means')}</p>
      <div className="buttons">
        <Button look="primary" onPress={() => approve.mutate(sent)} {...(isBusy && { disabled: true })}>
          {say('desk-slip-do-approve')}
        </Button>
        <Button onPress={() => refuse.mutate(sent)} {...(isBusy && { disabled: true })}>
          {say('desk-slip-do-refuse')}
        </Button>
      </div>
      <RefusedNote error={approve.error ?? refuse.error} />
    </>
  )
}

function Lifting({ accountId }: { accountId: string }) {
  const say = useSay()
  const may = useMay('accounts.approve')
  const [isAsked, setAsked] = useState(false)
  if (!may) return null
  return (
    <>
      <div className="buttons">
        <Button onPress={() => setAsked(true)}>{say('desk-slip-do-lift')}</Button>
      </div>
      {isAsked && <LiftDialog accountId={accountId} onClose={() => setAsked(false)} />}
    </>
  )
}

/** The card that the holder brought is scanned, and the officer says that the face before them is the one on it. */
function LiftDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const say = useSay()
  const lift = useDo(liftHold, readAnew)
  const [serial, setSerial] = useState('')
  const [face, setFace] = useState('')
  const isLacking = serial.trim() === '' || face !== 'compared'
  return (
    <Dialog open title={`${say('desk-slip-do-lift')}?`} onClose={onClose}>
      <p className="quiet">{say('desk-slip-lift-means')}</p>
      <Field label={say('desk-slip-serial')} value={serial} onChange={setSerial} maxLength={40} autoFocus />
      <Field
        label={say('desk-slip-face')}
        value={face}
        onChange={setFace}
        choices={[
          ['', say('desk-slip-face-no')],
          ['compared', say('desk-slip-face-yes')],
        ]}
      />
      <RefusedNote error={lift.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={() =>
            void lift
              .mutateAsync({ params: { id: accountId }, body: { serial: serial.trim(), face: 'compared' } })
              .then(onClose, () => undefined)
          }
          {...((lift.isPending || isLacking) && { disabled: true })}
        >
          {say('desk-slip-do-lift')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
