import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { AccountOf } from '../contract.ts'
import { type NameOf, optional, placeOf } from '../shown.ts'
import * as kept from './store.ts'

/** Locks and demands of an account as officers see them. */

type LocksAndDemands = {
  /** Officers who locked, unlocked, received or decided. */
  readonly officers: readonly (string | null)[]
  shown(nameOf: NameOf): Promise<Pick<AccountOf, 'locks' | 'demands'>>
}

/** All locks and demands of an account. The view is made once the officers' names are known. */
export async function locksAndDemandsOf(
  work: Work,
  account: { readonly id: string; readonly personId: Id<'person'> },
): Promise<LocksAndDemands> {
  const [locks, demands] = [await kept.locksOf(work, account), await kept.demandsOf(work, account)]
  return {
    officers: [
      ...locks.flatMap(({ byId, endedBy }) => [byId, endedBy]),
      ...demands.flatMap(({ receivedBy, decidedBy }) => [receivedBy, decidedBy]),
    ],
    shown: async nameOf => ({
      locks: locks.map(one => shownLock(one, nameOf)),
      demands: await Promise.all(demands.map(one => shownDemand(work, one, nameOf))),
    }),
  }
}

const shownLock = (lock: kept.Lock, nameOf: NameOf): AccountOf['locks'][number] => ({
  reason: lock.reason,
  onDay: lock.onDay,
  at: lock.at.toISOString(),
  by: nameOf(lock.byId) ?? lock.byKind,
  ...optional({
    note: lock.note ?? undefined,
    endedAt: lock.endedAt?.toISOString(),
    endedBy: nameOf(lock.endedBy),
    endedFor: lock.endedFor ?? undefined,
  }),
})

const shownDemand = async (work: Work, one: kept.Demand, nameOf: NameOf): Promise<AccountOf['demands'][number]> => ({
  id: one.id,
  kind: one.kind,
  askedBy: one.askedBy,
  reason: one.reason,
  unit: await placeOf(work, one.unitId),
  receivedOn: one.receivedOn,
  receivedBy: nameOf(one.receivedBy) ?? '',
  mine: one.receivedBy === work.by.id,
  decideBy: one.decideBy,
  ...optional({
    agency: one.agency ?? undefined,
    document: one.document ?? undefined,
    forwardBy: one.forwardBy ?? undefined,
    forwardedAt: one.forwardedAt?.toISOString(),
    decidedOn: one.decidedOn ?? undefined,
    decidedBy: nameOf(one.decidedBy),
    answer: one.answer ?? undefined,
  }),
  ...(one.outcome && { outcome: one.outcome }),
})
