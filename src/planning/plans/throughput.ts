import { addDays, type Day } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import { enoughMeasured, fewestForPace, personsAnHour } from '../law.ts'
import { type DemandKind, demandKinds } from '../optimiser/instance.ts'
import type { KitId, SessionKind, SiteKind } from '../session.ts'
import type { Kit } from '../sessions/site.ts'
import { findHeldSessions, type HeldSession } from './store-instance.ts'

/**
 * How long a person takes, and how fast a machine is. Assumed by `planning.persons-an-hour` and the machine's own
 * figure; from enough closed sessions on (`planning.enough-measured`), as it really was: minutes by kind of service and
 * of site, and of each machine what it did beside what was to be expected there. Where fewer people came than fit, a
 * session looks slower than it could have been.
 */

/** The kind of session at which a kind of demand is served. */
export const sessionKindOf = {
  capture: 'card-and-account',
  raising: 'raise-level',
  activation: 'activation',
} as const satisfies Record<DemandKind, SessionKind>

export type MeasuredMinutes = {
  readonly kind: DemandKind
  readonly siteKind: SiteKind
  readonly minutesEach: number
  readonly sessions: number
  readonly people: number
}
export type MeasuredKit = {
  readonly kit: KitId
  readonly speedPercent: number
  readonly sessions: number
  readonly people: number
}

export type Throughput = {
  /** Whole minutes of a machine, or of an officer (activation), for one person. */
  readonly minutesEach: (kind: DemandKind, siteKind: SiteKind) => number
  readonly speedPercent: (kit: Kit) => number
  /** What closed sessions say, where they are enough. */
  readonly measured: { readonly minutes: readonly MeasuredMinutes[]; readonly kits: readonly MeasuredKit[] }
  readonly heldSessions: number
}

const usualMinutes = (kind: DemandKind, day: Day, work: Asking): number =>
  Math.ceil(60 / ruleOn(personsAnHour, day, work)[sessionKindOf[kind]])

/** Machines of a session, or at an activation its officers: who works side by side. */
const handsOf = ({ kind, kits, officers }: HeldSession) => (kind === 'activation' ? officers : kits.length)

const totalOf = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0)

/** Judged from sessions that were held. Pure. */
export function judgeThroughput(held: readonly HeldSession[], day: Day, work: Asking): Throughput {
  const enough = ruleOn(enoughMeasured, day, work)
  const isEnough = (sessions: number, people: number) => sessions >= enough.sessions && people >= enough.people
  const counted = held.filter(one => one.people >= fewestForPace && one.minutes > 0 && handsOf(one) > 0)

  const minutes = demandKinds.flatMap(kind =>
    [...Map.groupBy(counted, one => one.siteKind)].flatMap(([siteKind, there]): MeasuredMinutes[] => {
      const theirs = there.filter(one => one.kind === sessionKindOf[kind])
      const people = totalOf(theirs, one => one.people)
      if (!isEnough(theirs.length, people)) return []
      const taken = totalOf(theirs, one => one.minutes * handsOf(one))
      return [{ kind, siteKind, minutesEach: Math.ceil(taken / people), sessions: theirs.length, people }]
    }),
  )
  const minutesEach = (kind: DemandKind, siteKind: SiteKind) =>
    minutes.find(one => one.kind === kind && one.siteKind === siteKind)?.minutesEach ?? usualMinutes(kind, day, work)

  const kits = [...new Set(counted.flatMap(one => one.kits))].flatMap((kit): MeasuredKit[] => {
    const theirs = counted.filter(one => one.kind !== 'activation' && one.kits.includes(kit))
    const share = (one: HeldSession) => one.people / one.kits.length
    const people = Math.round(totalOf(theirs, share))
    if (!isEnough(theirs.length, people)) return []
    const expected = totalOf(theirs, one => share(one) * minutesEach(demandKindOf(one.kind), one.siteKind))
    const speedPercent = Math.max(10, Math.round((100 * expected) / totalOf(theirs, one => one.minutes)))
    return [{ kit, speedPercent, sessions: theirs.length, people }]
  })
  const usual = ruleOn(personsAnHour, day, work)['card-and-account']
  return {
    minutesEach,
    speedPercent: ({ id, perHour }) =>
      kits.find(({ kit }) => kit === id)?.speedPercent ?? Math.round((100 * (perHour ?? usual)) / usual),
    measured: { minutes, kits },
    heldSessions: counted.length,
  }
}

const demandKindOf = (kind: SessionKind): DemandKind =>
  demandKinds.find(demand => sessionKindOf[demand] === kind) ?? 'capture'

/** The throughput in some units as of the work's day. */
export async function readThroughput(work: Work, unitIds: readonly UnitId[]): Promise<Throughput> {
  const since = addDays(work.today, -ruleOn(enoughMeasured, work.today, work).days)
  return judgeThroughput(await findHeldSessions(work, unitIds, since), work.today, work)
}
