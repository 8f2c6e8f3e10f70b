// What a season leaves behind, as plain rows. Days and states alone: no figure is counted here.
import type { Day } from '../../src/platform/day.ts'
import { hash32 } from '../random.ts'

export type SessionKind = 'card-and-account' | 'raise-level' | 'activation'
/**
 * `planned`: announced, and still to come on the last day told. `start` and `end` as 'HH:MM'. The place is a school's
 * code, or a commune's where it has no school.
 */
export type SessionFact = {
  readonly id: string
  readonly day: Day
  readonly start: string
  readonly end: string
  readonly school: string
  readonly commune: string
  readonly kind: SessionKind
  readonly state: 'closed' | 'planned'
  readonly team: string
  readonly officers: readonly string[]
  readonly kits: readonly string[]
}

export type Absence = 'ill' | 'moved' | 'no-paper'
/**
 * A line of a session's roster; a walk-in was on none and was served all the same. Without outcome: the session is
 * still to come.
 */
export type SeatFact = {
  readonly session: string
  readonly number: string
  readonly outcome: 'served' | 'absent' | ''
  readonly reason: Absence | ''
  readonly walkIn: boolean
}

export type MovedCardState = 'applied' | 'approved' | 'produced' | 'at-unit' | 'handed-over'
/** `serial` and the term once the card is made; `session` where it was applied for at one. */
export type CardMove = {
  readonly number: string
  readonly key: string
  readonly state: MovedCardState
  readonly day: Day
  readonly serial: string
  readonly issuedOn: Day | ''
  readonly expiresOn: Day | ''
  readonly session: string
}

export type MovedAccountState = 'requested' | 'approved' | 'activated'
/** `session` where it was asked for, or activated, at one. */
export type AccountMove = {
  readonly number: string
  readonly key: string
  readonly level: 1 | 2
  readonly state: MovedAccountState
  readonly day: Day
  readonly phone: string
  readonly session: string
}

/** A file that the centre sent back: it has no state of its own, its approval only comes late. */
export type ReturnedFile = {
  readonly key: string
  readonly reason: 'photo-blurred' | 'fingerprints-poor'
  readonly returnedOn: Day
  readonly recapturedOn: Day
}

/** Where rows go as they are made. */
export type SeasonSink = {
  session(row: SessionFact): void
  seat(row: SeatFact): void
  cardMove(row: CardMove): void
  accountMove(row: AccountMove): void
  returned(row: ReturnedFile): void
}

export const seasonColumns = {
  sessions: ['id', 'day', 'start', 'end', 'school', 'commune', 'kind', 'state', 'team', 'officers', 'kits'],
  roster: ['session', 'person_number', 'outcome', 'reason', 'walk_in'],
  cardMoves: ['person_number', 'card', 'state', 'day', 'serial', 'issued_on', 'expires_on', 'session'],
  accountMoves: ['person_number', 'account', 'level', 'state', 'day', 'phone', 'session'],
} as const

export const sessionRow = (row: SessionFact): string[] => [
  row.id,
  row.day,
  row.start,
  row.end,
  row.school,
  row.commune,
  row.kind,
  row.state,
  row.team,
  row.officers.join(';'),
  row.kits.join(';'),
]
export const seatRow = (row: SeatFact): string[] => [
  row.session,
  row.number,
  row.outcome,
  row.reason,
  row.walkIn ? 'yes' : 'no',
]
export const cardMoveRow = (row: CardMove): string[] => [
  row.number,
  row.key,
  row.state,
  row.day,
  row.serial,
  row.issuedOn,
  row.expiresOn,
  row.session,
]
export const accountMoveRow = (row: AccountMove): string[] => [
  row.number,
  row.key,
  String(row.level),
  row.state,
  row.day,
  row.phone,
  row.session,
]

const hex = (n: number) => n.toString(16).padStart(8, '0')

/** A key as text of a UUID (RFC 9562, version 8), the same for the same seed and names. */
export function keyFrom(seed: number, ...names: readonly (string | number)[]): string {
  const name = `${seed}/${names.join('/')}`
  const all = hex(hash32(name, 11)) + hex(hash32(name, 12)) + hex(hash32(name, 13)) + hex(hash32(name, 14))
  return `${all.slice(0, 8)}-${all.slice(8, 12)}-8${all.slice(13, 16)}-a${all.slice(17, 20)}-${all.slice(20)}`
}
