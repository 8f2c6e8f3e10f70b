/**
 * A session that was, or is announced: of another system, or of a simulated season. A site is a school's code, or a
 * commune's where it has no school.
 */
export type PastSession = {
  readonly id: string
  readonly day: string
  /** HH:MM. */
  readonly start: string
  readonly end: string
  readonly school: string
  readonly commune: string
  readonly kind: 'card-and-account' | 'raise-level' | 'activation'
  readonly state: 'closed' | 'planned'
  /** The code of the district, a dash, the team's own. */
  readonly team: string
  readonly officers: readonly string[]
  readonly kits: readonly string[]
}

export type PastSeat = {
  readonly session: string
  readonly number: string
  readonly outcome: 'served' | 'absent' | ''
  readonly reason: string
  readonly walkIn: boolean
}
