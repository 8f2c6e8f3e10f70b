import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Jwk, jwkOf, makeKey, pemOf, readKey } from './envelopes.ts'

/** What the centre keeps, in one folder: its keys, the cards of installations, and one file of all else. */

export type Card = {
  readonly exchange: 1
  readonly party: string
  readonly address?: string
  readonly sign: Jwk
  readonly open: Jwk
}

/** What came from an installation, and whether it was answered. */
export type Received = {
  readonly hash: string
  readonly kind: string
  readonly at: string
  body: Readonly<Record<string, unknown>>
  /** At which turn it is answered. */
  answerAt: number
  isAnswered: boolean
}

export type Sent = {
  readonly id: string
  readonly hash: string
  readonly text: string
  readonly at: string
  acked: boolean
}

export type OfHouse = {
  turns: number
  seq: number
  prev: string | null
  readonly received: Record<string, Received>
  /** The key that an installation announced after that of its card, and that one while it still counts. */
  rotated?: { readonly card: string; readonly sign: Jwk; readonly former: Jwk; readonly formerUntil: string }
  /** The envelope in which the centre announced its own next key. */
  announced?: string
  readonly sent: Sent[]
}

export type Person = {
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: 'M' | 'F'
  readonly ward: string
}

/** What became of an ordered card. */
export type MadeCard = {
  readonly card: string
  readonly state: 'made'
  readonly serial: string
  readonly chipId: string
  readonly issuedOn: string
  readonly expiresOn?: string
}
type RejectedCard = {
  readonly card: string
  readonly state: 'rejected'
  readonly code: string
  readonly note: string
}
export type CardResult = MadeCard | RejectedCard

type State = {
  readonly numbers: Record<string, string>
  /** Numbers that an installation cancelled and the centre with it. */
  cancelled?: string[]
  accounts: number
  /** How many cards were made; each by its id; and those that were rejected, by order and id. */
  cards?: number
  made?: Record<string, CardResult>
  rejected?: Record<string, CardResult>
  readonly houses: Record<string, OfHouse>
}

export type CentreStore = {
  readonly name: string
  readonly sign: KeyObject
  /** The key that signs for whoever has acknowledged it. */
  readonly next: KeyObject | undefined
  readonly open: KeyObject
  readonly state: State
  /** People of other provinces, made up. */
  readonly persons: readonly Person[]
  card(address: string): Card
  cardOf(party: string): Card | undefined
  of(party: string): OfHouse
  /** Writes all of it; the file is whole at each moment. */
  keep(): void
}

const madeUp: readonly Person[] = [
  { number: '031207000101', fullName: 'Phạm Thu Hà', birthDate: '2007-04-11', sex: 'M', ward: 'Phường Đằng Giang' },
  { number: '031307000102', fullName: 'Đỗ Ngọc Mai', birthDate: '2007-09-02', sex: 'F', ward: 'Phường Lạch Tray' },
  { number: '030206000103', fullName: 'Vũ Đức Anh', birthDate: '2006-12-24', sex: 'M', ward: 'Phường Nhị Châu' },
]

export function openStore(folder: string, name: string, rotates: boolean): CentreStore {
  mkdirSync(join(folder, 'houses'), { recursive: true, mode: 0o700 })
  const key = (file: string) => {
    const path = join(folder, file)
    if (!existsSync(path)) writeFileSync(path, pemOf(makeKey()), { mode: 0o600 })
    return readKey(readFileSync(path, 'utf8'))
  }
  const [sign, open] = [key('sign.pem'), key('open.pem')]
  const next = rotates || existsSync(join(folder, 'sign-next.pem')) ? key('sign-next.pem') : undefined
  const file = join(folder, 'state.json')
  const state: State = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numbers: {}, accounts: 0, houses: {} }
  const people = join(folder, 'persons.json')
  if (!existsSync(people)) writeFileSync(people, JSON.stringify(madeUp, undefined, 2))
  return {
    name,
    sign,
    next,
    open,
    state,
    persons: JSON.parse(readFileSync(people, 'utf8')),
    card: address => ({ exchange: 1, party: name, ...(address && { address }), sign: jwkOf(sign), open: jwkOf(open) }),
    cardOf: party =>
      readdirSync(join(folder, 'houses'))
        .filter(one => one.endsWith('.json'))
        .map(one => JSON.parse(readFileSync(join(folder, 'houses', one), 'utf8')) as Card)
        .find(card => card.party === party),
    of: party => {
      state.houses[party] ??= { turns: 0, seq: 0, prev: null, received: {}, sent: [] }
      return state.houses[party]
    },
    keep: () => {
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
  }
}
