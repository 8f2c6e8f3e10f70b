import type { SessionKind } from '../session.ts'

/**
 * Persons an hour: of one machine, where cards and levels are captured; of one officer, where people activate on their
 * own phones. Photo and fingers take two to three minutes and an account three to five (domain.md 7.2), with the papers
 * around them.
 */
const usual: Readonly<Record<SessionKind, number>> = {
  'card-and-account': 15,
  'raise-level': 12,
  activation: 6,
  counter: 0,
}

export type CapacityInput = {
  readonly kind: SessionKind
  readonly minutes: number
  /** What each machine takes an hour, where it differs from the usual. */
  readonly kits: readonly (number | undefined)[]
  readonly officers: number
}

export const needsKit = (kind: SessionKind): boolean => kind === 'card-and-account' || kind === 'raise-level'

/** How many people fit; a session that needs a machine and has none yet takes nobody. */
export function capacityOf({ kind, minutes, kits, officers }: CapacityInput): number {
  const perHour = needsKit(kind)
    ? kits.reduce<number>((sum, own) => sum + (own ?? usual[kind]), 0)
    : officers * usual[kind]
  return Math.floor((perHour * minutes) / 60)
}

/** How many machines, or officers, work side by side. */
export const placesOf = ({ kind, kits, officers }: Pick<CapacityInput, 'kind' | 'kits' | 'officers'>): number =>
  needsKit(kind) ? kits.length : officers
