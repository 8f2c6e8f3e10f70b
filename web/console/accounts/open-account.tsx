import { useState } from 'react'
import { listAccounts } from '../../../src/accounts/contract.ts'
import { showRepresentatives } from '../../../src/accounts/representatives/contract.ts'
import { requestAccount } from '../../../src/accounts/requests/contract.ts'
import { personNeeds } from '../../../src/campaign/contract.ts'
import { lookUpPerson } from '../../../src/register/contract.ts'
import { listOpenConsents } from '../../../src/register/counter/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo, useStale } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { type Chosen, isChosen, Representatives } from './representatives.tsx'
import { accountAt } from './search.ts'

type Whose = { readonly id: string; readonly name: string }
type DialogProps = { readonly person: Whose; readonly onClose: () => void }

/** Asks for an account for a person who stands at the desk; for a child with whoever represents them. */
export function OpenAccountDialog({ person, onClose }: DialogProps) {
  const say = useSay()
  const { data, error, refetch } = useAsk(showRepresentatives, { params: { id: person.id } })
  return (
    <Dialog open title={say('open-account-for', { name: person.name })} onClose={onClose}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('desk-reading')} />}
      {data?.acts === 'none' && <p className="note late">{say('open-account-none')}</p>}
      {data && data.acts !== 'none' && <Asking person={person} admitted={data} onClose={onClose} />}
    </Dialog>
  )
}

function Asking({ person, admitted, onClose }: DialogProps & { admitted: Answer<typeof showRepresentatives> }) {
  const say = useSay()
  const isChild = admitted.acts === 'representative'
  const highest = admitted.level ?? 1
  const [level, setLevel] = useState(highest)
  const [phone, setPhone] = useState('')
  const [chosen, setChosen] = useState<Chosen>({})
  const isServed = useIsServed(person.id)
  const asked = useDo(requestAccount, [listAccounts, personNeeds])
  const body = { personId: person.id, level, ...(isChild ? chosen : phone.trim() && { phone }) }
  const run = () =>
    void asked.mutateAsync({ body }).then(
      ({ id }) => !isServed && goTo(accountAt(id)),
      () => undefined,
    )
  if (asked.data && isServed) return <Taken />
  return (
    <>
      <p className="quiet">{say(isChild ? 'open-account-child-means' : 'open-account-means')}</p>
      {highest === 2 && (
        <Field
          label={say('open-account-level')}
          value={String(level)}
          onChange={value => setLevel(value === '1' ? 1 : 2)}
          choices={([2, 1] as const).map(n => [String(n), say('account-level', { n })] as const)}
        />
      )}
      {isChild ? (
        <Representatives kin={admitted.representatives} chosen={chosen} onChange={setChosen} />
      ) : (
        <Field label={say('open-account-phone')} type="tel" value={phone} onChange={setPhone} maxLength={20} />
      )}
      <RefusedNote error={asked.error} />
      <div className="buttons">
        <Button
          look="primary"
          onPress={run}
          {...((asked.isPending || (isChild && !isChosen(chosen))) && { disabled: true })}
        >
          {say('open-account')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </>
  )
}

/** Whether the person of another unit consented to this work: with it their record is shut. */
function useIsServed(personId: string): boolean {
  const mayServe = useMay('register.serve')
  const { data } = useAsk(listOpenConsents, {}, { when: mayServe })
  const [seen, setSeen] = useState(false)
  const isOpen =
    data?.consents.some(one => one.personId === personId && one.opened && one.service === 'account') ?? false
  if (isOpen && !seen) setSeen(true)
  return seen || isOpen
}

/** The consent ended with the request, so the account's own page no longer opens here. */
function Taken() {
  const say = useSay()
  const stale = useStale()
  const next = () => {
    stale([listOpenConsents])
    goTo(at('/dan-cu'))
  }
  return (
    <>
      <p role="status">{say('open-account-taken')}</p>
      <div className="buttons">
        <Button look="primary" onPress={next}>
          {say('open-account-next')}
        </Button>
      </div>
    </>
  )
}

/** On a person's page, where they have no account: the deed with its dialog. */
export function OpenAccount({ person }: { person: Whose }) {
  const say = useSay()
  const mayRequest = useMay('accounts.request')
  const [isOpen, setOpen] = useState(false)
  if (!mayRequest) return null
  return (
    <>
      <Button onPress={() => setOpen(true)}>{say('open-account')}</Button>
      {isOpen && <OpenAccountDialog person={person} onClose={() => setOpen(false)} />}
    </>
  )
}

/** In the margin of the accounts: whoever stands there says their number, or the child's. */
export function OpenByNumber() {
  const say = useSay()
  const [mayRequest, mayLookUp] = [useMay('accounts.request'), useMay('register.look-up')]
  const [number, setNumber] = useState('')
  const [isOpen, setOpen] = useState(false)
  const found = useDo(lookUpPerson)
  if (!mayRequest || !mayLookUp) return null
  const one = found.data
  return (
    <section className="stack">
      <form
        onSubmit={event => {
          event.preventDefault()
          found.mutate({ body: { number } }, { onSuccess: () => setOpen(true) })
        }}
      >
        <Field
          label={say('open-account-number')}
          value={number}
          onChange={setNumber}
          inputMode="numeric"
          maxLength={20}
        />
        <Button submits look="wide" {...((number.trim() === '' || found.isPending) && { disabled: true })}>
          {say('open-account')}
        </Button>
      </form>
      <RefusedNote error={found.error} />
      {one && !one.inScope && <p className="note late">{say('open-account-outside')}</p>}
      {isOpen && one?.inScope && (
        <OpenAccountDialog person={{ id: one.person.id, name: one.person.fullName }} onClose={() => setOpen(false)} />
      )}
    </section>
  )
}
