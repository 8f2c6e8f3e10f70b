import { reopenActivation } from '../../../src/accounts/activation/contract.ts'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { askDemand, lockAccount, lockLostDevice } from '../../../src/accounts/locks/contract.ts'
import {
  cancelAccount,
  changePhone,
  lowerAccount,
  raiseAccount,
  refusalCodes,
  refuseAccount,
} from '../../../src/accounts/requests/contract.ts'
import { useDo } from '../base/use-endpoint.ts'
import type { FieldDeed } from './deeds-offered.ts'

type Filled = Readonly<Record<string, string>>

const readAnew = [showAccount, listAccounts] as const

/** One of some values; the first where nothing of them was chosen, which the dialog does not let through. */
const oneOf = <const Values extends readonly string[]>(values: Values, text: string | undefined): Values[number] =>
  values.find(one => one === text) ?? (values[0] as Values[number])

/** All that the deeds of the desk send; what is not asked for is left out. */
export function useAccountDeeds(id: string) {
  const refuse = useDo(refuseAccount, readAnew)
  const reopen = useDo(reopenActivation, readAnew)
  const raise = useDo(raiseAccount, readAnew)
  const phone = useDo(changePhone, readAnew)
  const lost = useDo(lockLostDevice, readAnew)
  const lock = useDo(lockAccount, readAnew)
  const ask = useDo(askDemand, readAnew)
  const lower = useDo(lowerAccount, readAnew)
  const cancel = useDo(cancelAccount, readAnew)
  const params = { id }

  const demand = (kind: 'lock' | 'unlock', { askedBy, agency, document, reason = '' }: Filled) =>
    ask.mutateAsync({
      params,
      body: {
        kind,
        askedBy: oneOf(['holder', 'agency', 'service'], askedBy),
        reason,
        ...(askedBy !== 'holder' && { agency: agency ?? '', document: document ?? '' }),
      },
    })

  const sends: Readonly<Record<FieldDeed, (filled: Filled) => Promise<unknown>>> = {
    refuse: ({ code, note }) =>
      refuse.mutateAsync({
        params,
        body: { code: oneOf(refusalCodes, code), ...(note?.trim() && { note: note.trim() }) },
      }),
    reopen: ({ how }) => reopen.mutateAsync({ params, body: { how: oneOf(['hotline', 'counter'], how) } }),
    raise: ({ serial = '', chipReading }) =>
      raise.mutateAsync({ params, body: { serial: serial.trim(), ...(chipReading && { chipReading }) } }),
    phone: ({ phone: typed = '', again = '', proof, owner }) =>
      phone.mutateAsync({
        params,
        body: {
          phone: typed,
          again,
          proof: oneOf(['card', 'face-known'], proof),
          ...(owner === 'yes' && { ownsNumber: true }),
        },
      }),
    'lost-device': ({ how, birthDate, phone: typed, cardIssuedOn }) =>
      lost.mutateAsync({
        params,
        body: {
          how: oneOf(['counter', 'hotline'], how),
          ...(birthDate && { birthDate }),
          ...(typed && { phone: typed }),
          ...(cardIssuedOn && { cardIssuedOn }),
        },
      }),
    lock: ({ for: why, reason = '' }) =>
      lock.mutateAsync({ params, body: { for: oneOf(['holder', 'terms'], why), reason } }),
    'ask-unlock': filled => demand('unlock', filled),
    'ask-lock': filled => demand('lock', filled),
    lower: ({ reason = '' }) => lower.mutateAsync({ params, body: { reason } }),
    cancel: ({ reason = '' }) => cancel.mutateAsync({ params, body: { reason } }),
  }
  const all = [refuse, reopen, raise, phone, lost, lock, ask, lower, cancel]
  return {
    busy: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error)?.error,
    run: (deed: FieldDeed, filled: Filled): Promise<boolean> =>
      sends[deed](filled).then(
        () => true,
        () => false,
      ),
  }
}
