import type { Day } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import { personsAnHour } from '../law.ts'
import type { SessionKind } from '../session.ts'

export type CapacityInput = {
  readonly kind: SessionKind
  readonly minutes: number
  /** What each machine takes an hour, where it differs from the usual. */
  readonly kits: readonly (number | undefined)[]
  readonly officers: number
}

export const needsKit = (kind: SessionKind): boolean => kind === 'card-and-account' || kind === 'raise-level'

/** How many people fit; a session that needs a machine and has none yet takes nobody. */
export function capacityOf({ kind, minutes, kits, officers }: CapacityInput, day: Day, work: Asking): number {
  const usual: Readonly<Record<SessionKind, number>> = ruleOn(personsAnHour, day, work)
  const perHour = needsKit(kind)
    ? kits.reduce<number>((sum, own) => sum + (own ?? usual[kind]), 0)
    : officers * usual[kind]
  return Math.floor((perHour * minutes) / 60)
}

/** How many machines, or officers, work side by side. */
export const placesOf = ({ kind, kits, officers }: Pick<CapacityInput, 'kind' | 'kits' | 'officers'>): number =>
  needsKit(kind) ? kits.length : officers
