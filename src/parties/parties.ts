import { seeingHouse, type Work } from '../platform/work.ts'
import { type Client, served } from './client.ts'
import { type QuotaKind, type Spent, usualQuota } from './quota.ts'
import * as serving from './store-serving.ts'

export { authMethods, type Client, grants, type Purpose, signingAlgorithms } from './client.ts'
export { clientIdsOf } from './clients/clients.ts'
export { makeDemonstration } from './demonstration.ts'
export type { FlightCheck } from './flight-recorder/check.ts'
export { noteFlight, noteFlights } from './flight-recorder/flight-recorder.ts'
export type { FlightNote } from './flight-recorder/note.ts'
export { importSandboxPeople, isSandboxPerson, sandboxColumns, sandboxPeople } from './sandbox/sandbox.ts'
export {
  isOpenTo,
  isPersonScope,
  type PersonClaim,
  type PersonScope,
  partyScopes,
  personScopes,
  type Scope,
  scopeKinds,
} from './scope.ts'

import type { PartyId } from './party.ts'

export type { QuotaKind, Spent } from './quota.ts'
export type { PartyId }

/**
 * A client in force by its client_id; undefined if there is none or none of its versions was approved. One statement,
 * in a work of any scope.
 */
export async function findClient(work: Work, clientId: string): Promise<Client | undefined> {
  const found = await serving.clientInForce(work, clientId)
  return found && served(found)
}

/**
 * Counts what a client uses of its quota: all of `count`, or nothing if that is more than is left of the minute or of
 * the province's day. It counts when the work commits. Two thousand simultaneous counts do not wait for each other, and
 * may exceed a quota by as many as are under way.
 */
export async function spend(work: Work, clientId: string, what: QuotaKind, count = 1): Promise<Spent> {
  const { allowed, remaining, resetsAt } = await serving.spend(work, clientId, what, count, usualQuota[what])
  return !allowed && resetsAt ? { over: true, resetsAt } : { left: remaining }
}

/** The names of some parties for any caller. A party's name is public, because people meet it. */
export const namesOf = (work: Work, ids: readonly string[]): Promise<serving.PartyName[]> =>
  ids.length === 0 ? Promise.resolve([]) : seeingHouse(work, house => serving.namesOf(house, [...new Set(ids)]))
