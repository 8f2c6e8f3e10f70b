import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { AccountReply } from '../contract.ts'
import { type OfficerNames, presentValues } from '../view-parts.ts'
import * as kept from './store.ts'

/** Locks and demands of an account as officers see them. */

type LocksAndDemandsView = {
  /** Officers who locked, unlocked, received or decided. */
  readonly officers: readonly (string | null)[]
  view(nameOf: OfficerNames): Promise<Pick<AccountReply, 'locks' | 'demands'>>
}

/** All locks and demands of an account. The view is made once the officers' names are known. */
export async function getLocksAndDemands(
  work: Work,
  account: { readonly id: Id<'account'>; readonly personId: Id<'person'> },
): Promise<LocksAndDemandsView> {
  const [locks, demands] = [await kept.findLocks(work, account), await kept.findDemands(work, account)]
  return {
    officers: [
      ...locks.flatMap(({ byId, endedBy }) => [byId, endedBy]),
      ...demands.flatMap(({ receivedBy, decidedBy }) => [receivedBy, decidedBy]),
    ],
    view: async nameOf => ({
      locks: locks.map(one => lockView(one, nameOf)),
      demands: await Promise.all(demands.map(one => demandView(work, one, nameOf))),
    }),
  }
}

const lockView = (lock: kept.Lock, nameOf: OfficerNames): AccountReply['locks'][number] => ({
  reason: lock.reason,
  onDay: lock.onDay,
  at: lock.at.toISOString(),
  by: nameOf(lock.byId) ?? lock.byKind,
  ...presentValues({
    note: lock.note ?? undefined,
    endedAt: lock.endedAt?.toISOString(),
    endedBy: nameOf(lock.endedBy),
    endedFor: lock.endedFor ?? undefined,
  }),
})

const demandView = async (
  work: Work,
  demand: kept.Demand,
  nameOf: OfficerNames,
): Promise<AccountReply['demands'][number]> => ({
  id: demand.id,
  kind: demand.kind,
  askedBy: demand.askedBy,
  reason: demand.reason,
  unit: await units.unitReference(work, demand.unitId),
  receivedOn: demand.receivedOn,
  receivedBy: nameOf(demand.receivedBy) ?? '',
  mine: demand.receivedBy === work.by.id,
  decideBy: demand.decideBy,
  ...presentValues({
    agency: demand.agency ?? undefined,
    document: demand.document ?? undefined,
    forwardBy: demand.forwardBy ?? undefined,
    forwardedAt: demand.forwardedAt?.toISOString(),
    decidedOn: demand.decidedOn ?? undefined,
    decidedBy: nameOf(demand.decidedBy),
    answer: demand.answer ?? undefined,
  }),
  ...(demand.outcome && { outcome: demand.outcome }),
})
