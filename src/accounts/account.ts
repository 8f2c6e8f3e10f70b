import { asDay, birthday, type Day, parseDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import { asksAloneAge, ownAccountAges } from './law.ts'

export type AccountState = 'requested' | 'approved' | 'activated' | 'locked' | 'cancelled'

export const accountStates: readonly AccountState[] = ['requested', 'approved', 'activated', 'locked', 'cancelled']

export type Account = {
  readonly id: Id<'account'>
  readonly personId: Id<'person'>
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approvedAt?: Date
  readonly activatedAt?: Date
  /** The officer who captured or entered the request, who never approves it. */
  readonly requestedBy?: string
  /** Since when the national centre has the request, for the account or for level 2, to decide. */
  readonly handedUpAt?: Date
  /** The last day to activate it without the hotline; told accounts have one. */
  readonly activateBy?: Day
  /** Until when it takes no new factor and signs in with one factor alone, after a reset by slip. */
  readonly heldUntil?: Date
}

/**
 * How a request came: at a desk, at a session, together with an application for a card, or from the holder on the web.
 */
export const requestChannels = ['desk', 'session', 'application', 'self'] as const
export type RequestChannel = (typeof requestChannels)[number]

/** Approved, and the days to activate it are over: by the hotline or at a counter it is opened anew. */
export const needsHotline = ({ state, activateBy }: Pick<Account, 'state' | 'activateBy'>, day: Day): boolean =>
  state === 'approved' && activateBy !== undefined && activateBy < day

/**
 * From each state, the states to which officers may move an account; raising its level is apart (`mayRaise`). One that
 * was unlocked is what it was before.
 */
export const accountTransitions: Record<AccountState, readonly AccountState[]> = {
  requested: ['approved', 'cancelled'],
  approved: ['activated', 'locked', 'cancelled'],
  activated: ['locked', 'cancelled'],
  locked: ['approved', 'activated', 'cancelled'],
  cancelled: [],
}

export const mayTransition = (from: AccountState, to: AccountState): boolean => accountTransitions[from].includes(to)

export const mayRaise = ({ level, state }: Pick<Account, 'level' | 'state'>): boolean =>
  level === 1 && (state === 'approved' || state === 'activated')

export const ageForLevel = (level: 1 | 2, day: Day, work: Asking): number => ruleOn(ownAccountAges, day, work)[level]

/**
 * Whether the law of a day gives children an account, asked for by whoever represents them (NĐ69/2024 Art. 7, 10); from
 * fourteen on everyone asks themselves.
 */
export const grantsChildAccounts = (day: Day, work: Asking): boolean =>
  ageForLevel(2, day, work) < ruleOn(asksAloneAge, day, work)

export const isOfAccountAge = (bornOn: Day, level: 1 | 2, day: Day, work: Asking): boolean =>
  birthday(bornOn, ageForLevel(level, day, work)) <= day

const timeOfDay = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`
const withoutZone = new RegExp(String.raw`^(\d{4}-\d{2}-\d{2})[T ](${timeOfDay})$`)
const withZone = new RegExp(String.raw`^\d{4}-\d{2}-\d{2}[T ]${timeOfDay}(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$`)

/**
 * Reads an instant of an extract: a day alone, or a time without zone, is the province's. Empty is null; undefined
 * where it is none.
 */
export function readInstant(text: string): string | null | undefined {
  if (text === '') return null
  if (parseDay(text)) return `${text}T00:00:00+07:00`
  if (!parseDay(text.slice(0, 10))) return undefined
  const local = withoutZone.exec(text)
  if (local?.[1]) return `${asDay(local[1])}T${local[2]}+07:00`
  return withZone.test(text) ? text.replace(' ', 'T') : undefined
}
