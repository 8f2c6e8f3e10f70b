import type { Service } from '../appointments/slot.ts'

/**
 * Who is called next at a desk. Pure; the rule, in full:
 *
 * 1. A ticket that another desk sent on to this one comes first, the longest wait before the others.
 * 2. Booked people who came in time (not more than fifteen minutes after their hour) are called by their hour, once it
 *    has come.
 * 3. Walk-ins, and booked people who came late, stand in one line by when they came. After two booked people in a row
 *    the desk calls one of this line.
 * 4. Whoever is late waits for the booked people who stood there when they came; then it is as in 3.
 * 5. Booked people whose hour has not come are called early where nobody else waits.
 *
 * So nobody is passed over for ever: each line moves at least once in three calls, and an hour that was booked comes.
 */

export type WaitingTicket = {
  readonly service: Service
  readonly number: number
  readonly cameAt: Date
  /** The hour that was booked; empty for a walk-in. */
  readonly slotAt?: Date | null | undefined
  /** The desk to which it was sent on. */
  readonly forDesk?: number | null | undefined
}

export const callLines = ['booked', 'walk-in', 'sent-on'] as const
export type CallLine = (typeof callLines)[number]

export type CallingDesk = {
  readonly number: number
  readonly services: readonly Service[]
  /** How many booked people this desk called since it last called a walk-in, or one that came late. */
  readonly bookedInARow: number
}

export type QueueRules = { readonly lateMinutes: number; readonly bookedBetweenWalkIns: number }

export const isLate = ({ slotAt, cameAt }: WaitingTicket, { lateMinutes }: QueueRules): boolean =>
  !!slotAt && cameAt.getTime() > slotAt.getTime() + lateMinutes * 60_000

const byCame = (a: WaitingTicket, b: WaitingTicket) =>
  a.cameAt.getTime() - b.cameAt.getTime() || a.service.localeCompare(b.service) || a.number - b.number
const byHour = (a: WaitingTicket, b: WaitingTicket) =>
  (a.slotAt?.getTime() ?? 0) - (b.slotAt?.getTime() ?? 0) || byCame(a, b)

export function nextOf<T extends WaitingTicket>(
  waiting: readonly T[],
  desk: CallingDesk,
  now: Date,
  rules: QueueRules,
): { readonly ticket: T; readonly line: CallLine } | undefined {
  const [sentOn] = waiting.filter(one => one.forDesk === desk.number).toSorted(byCame)
  if (sentOn) return { ticket: sentOn, line: 'sent-on' }

  const mine = waiting.filter(one => !one.forDesk && desk.services.includes(one.service))
  const inTime = mine.filter(one => one.slotAt && !isLate(one, rules)).toSorted(byHour)
  const due = inTime.filter(one => (one.slotAt ?? now) <= now)
  const [other] = mine.filter(one => !one.slotAt || isLate(one, rules)).toSorted(byCame)
  const stoodBefore = (late: T) => due.some(one => one.cameAt <= late.cameAt && (one.slotAt ?? now) <= late.cameAt)
  const mayCallOther = other && !(other.slotAt && stoodBefore(other))

  if (other && mayCallOther && (!due[0] || desk.bookedInARow >= rules.bookedBetweenWalkIns))
    return { ticket: other, line: 'walk-in' }
  const booked = due[0] ?? inTime[0]
  return booked && { ticket: booked, line: 'booked' }
}

/** The order in which some tickets would be called by one desk that does everything: what a screen shows as next. */
export function nextOnes<T extends WaitingTicket>(
  waiting: readonly T[],
  { services, now, rules, count }: { services: readonly Service[]; now: Date; rules: QueueRules; count: number },
): T[] {
  const called: T[] = []
  let bookedInARow = 0
  while (called.length < count) {
    const left = waiting.filter(one => !called.includes(one))
    const next = nextOf(left, { number: 0, services, bookedInARow }, now, rules) ?? sentAway(left)
    if (!next) break
    bookedInARow = next.line === 'booked' ? bookedInARow + 1 : 0
    called.push(next.ticket)
  }
  return called
}

function sentAway<T extends WaitingTicket>(waiting: readonly T[]) {
  const [ticket] = waiting.filter(one => one.forDesk).toSorted(byCame)
  return ticket && { ticket, line: 'sent-on' as const }
}
