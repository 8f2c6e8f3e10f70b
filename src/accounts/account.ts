import { asDay, parseDay } from '../platform/day.ts'

export type AccountState = 'requested' | 'approved' | 'activated' | 'locked' | 'cancelled'

export const accountStates: readonly AccountState[] = ['requested', 'approved', 'activated', 'locked', 'cancelled']

export type Account = {
  readonly id: string
  readonly personId: string
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approvedAt?: Date
  readonly activatedAt?: Date
}

const withoutZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/
const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

/** Reads an instant of an extract: a day alone, or a time without zone, is the province's. Empty is null; undefined where it is none. */
export function readInstant(text: string): string | null | undefined {
  if (text === '') return null
  if (parseDay(text)) return `${text}T00:00:00+07:00`
  if (!parseDay(text.slice(0, 10))) return undefined
  const local = withoutZone.exec(text)
  if (local?.[1]) return `${asDay(local[1])}T${local[2]}+07:00`
  return withZone.test(text) ? text.replace(' ', 'T') : undefined
}
