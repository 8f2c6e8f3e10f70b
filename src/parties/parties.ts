import { type Work, withHouseScope } from '../platform/work.ts'
import { type Client, clientServed } from './client.ts'
import type { Quota, QuotaKind, QuotaLimits, QuotaResult } from './quota.ts'
import * as serving from './store-serving.ts'

export {
  endEveryEngineerSession,
  suspendClientAgain,
  suspendClientOfReplacedKeys,
  suspendPartyAgain,
  suspendSandboxOfReplacedKeys,
} from './after-restore.ts'
export {
  authMethods,
  type Client,
  type ClientMetadata,
  countedOf,
  grantTypes,
  type Purpose,
  signingAlgorithms,
} from './client.ts'
export { type CalledAddresses, isOpenToSandbox } from './clients/address.ts'
export { clientIdsOf } from './clients/clients.ts'
export { makeDemonstrationParties } from './demonstration.ts'
export { endedSessions } from './developers/developers.ts'
export type { FlightCheck } from './flight-recorder/check-texts.ts'
export { recordFlight, recordFlights } from './flight-recorder/flight-recorder.ts'
export type { FlightNote } from './flight-recorder/note.ts'
export { importSandboxPeople, isSandboxPerson, sandboxColumns, sandboxPeople } from './sandbox/sandbox.ts'
export {
  isOpenTo,
  isPersonScope,
  type PartyScope,
  type PersonClaim,
  type PersonScope,
  partyScopes,
  personScopes,
  scopeRules,
} from './scope-claims.ts'

import { usualQuota } from './law.ts'
import type { PartyId } from './party.ts'

export type { QuotaKind, QuotaResult } from './quota.ts'
export type { PartyId }

/**
 * A client in force by its client_id; undefined if there is none or none of its versions was approved. One statement,
 * in a work of any scope.
 */
export async function findClient(work: Work, clientId: string): Promise<Client | undefined> {
  const found = await serving.findClientInForce(work, clientId)
  return found && clientServed(found)
}

/** The client of a row of parties.client_in_force that another statement gave; undefined as of `findClient`. */
export const clientOfRow = (row: serving.ServingRow): Client | undefined => clientServed(serving.clientInForce(row))
export type { ServingRow as ClientRow } from './store-serving.ts'

const limitsOf = ({ perMinute, perDay }: Quota) => [perMinute, perDay]

/** The quota of a client for which no other was set. */
export const usualLimits = (kind: QuotaKind): QuotaLimits => ({
  live: limitsOf(usualQuota[kind].live),
  sandbox: limitsOf(usualQuota[kind].sandbox),
})

/**
 * Counts what a client uses of its quota: all of `count`, or nothing if that is more than is left of the minute or of
 * the province's day. It counts when the work commits. Two thousand simultaneous counts do not wait for each other, and
 * may exceed a quota by as many as are under way.
 */
export async function spendQuota(work: Work, clientId: string, kind: QuotaKind, count = 1): Promise<QuotaResult> {
  const { allowed, remaining, resetsAt } = await serving.countSpending(work, clientId, kind, count, usualLimits(kind))
  return !allowed && resetsAt ? { over: true, resetsAt } : { left: remaining }
}

/** The names of some parties for any caller. A party's name is public, because people meet it. */
export const getPartyNames = (work: Work, ids: readonly string[]): Promise<serving.PartyName[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : withHouseScope(work, house => serving.findPartyNames(house, [...new Set(ids)]))
