import { asDay, birthday, type Day, parseDay } from '../platform/day.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import { asksAloneAge, ownAccountAges } from './law.ts'
import type { Id } from '../platform/ids.ts'

export type AccountState = 'requested' | 'approved' | 'activated' | 'locked' | 'cancelled'

export const accountStates: readonly AccountState[] = ['requested', 'approved', 'activated', 'locked', 'cancelled']

export type Account = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approvedAt?: Date
  readonly activatedAt?: Date
  /** The officer who captured or entered the request. This officer never approves it. */
  readonly requestedBy?: string
  /** The last day on which the holder activates without the hotline; absent until the holder was notified. */
  readonly activateBy?: Day
}

/** How a request came in: at a counter, at a session, with a card application, or from the holder on the web. */
export const ways = ['desk', 'session', 'application', 'self'] as const
export type Way = (typeof ways)[number]

/** Whether an approved account passed its last day to activate. The hotline or a counter opens it again. */
export const needsHotline = ({ state, activateBy }: Pick<Account, 'state' | 'activateBy'>, day: Day): boolean =>
  state === 'approved' && activateBy !== undefined && activateBy < day

/**
 * From each state, the states to which officers may move an account. Raising the level is separate (`mayRaise`). An
 * unlocked account returns to the state it had before the lock.
 */
export const moves: Record<AccountState, readonly AccountState[]> = {
  requested: ['approved', 'cancelled'],
  approved: ['activated', 'locked', 'cancelled'],
  activated: ['locked', 'cancelled'],
  locked: ['approved', 'activated', 'cancelled'],
  cancelled: [],
}

export const mayMove = (from: AccountState, to: AccountState): boolean => moves[from].includes(to)

export const mayRaise = ({ level, state }: Pick<Account, 'level' | 'state'>): boolean =>
  level === 1 && (state === 'approved' || state === 'activated')

/** The minimum age for an account of one's own, by level. A younger child uses the account of a parent or guardian. */
// biome-ignore format: a table of law
const regimes: readonly { readonly from: Day | ''; readonly ages: Readonly<Record<1 | 2, number>>; readonly source: string }[] = [
  { from: '',                  ages: { 1: 14, 2: 14 }, source: 'NĐ59/2022 Art. 11' },
  { from: '2024-07-01' as Day, ages: { 1: 0,  2: 6 },  source: 'NĐ69/2024 Art. 7' },
]

export const ageForLevel = (level: 1 | 2, day: Day): number =>
  regimes.findLast(({ from }) => from <= day)?.ages[level] ?? 14

/**
 * Whether the law of a day gives children an account, which a representative requests (NĐ69/2024 Art. 7, 10). From the
 * age of fourteen everyone requests their own.
 */
export const givesToChildren = (day: Day, work: Asking): boolean =>
  ageForLevel(2, day, work) < ruleOn(asksAloneAge, day, work)

export const isOfAccountAge = (bornOn: Day, level: 1 | 2, day: Day, work: Asking): boolean =>
  birthday(bornOn, ageForLevel(level, day, work)) <= day

const withoutZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/
const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/**
 * Reads an instant of an extract. A day alone, or a time without a zone, is in the province's time zone. Empty text
 * gives null, invalid text undefined.
 */
export function readInstant(text: string): string | null | undefined {
  if (text === '') return null
  if (parseDay(text)) return `${text}T00:00:00+07:00`
  if (!parseDay(text.slice(0, 10))) return undefined
  const local = withoutZone.exec(text)
  if (local?.[1]) return `${asDay(local[1])}T${local[2]}+07:00`
  return withZone.test(text) ? text.replace(' ', 'T') : undefined
}
