import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import { type Batches, coalesce } from '../../platform/coalesce.ts'
import { type Counted, findCaller } from '../../platform/limits/caller.ts'
import type { LaneId } from '../../platform/limits/limits.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { SignInSubject } from '../artifact.ts'
import * as consents from '../consents/consents.ts'
import type { CitizenSession } from '../session.ts'
import * as sessions from '../sessions/sessions.ts'
import * as store from '../store.ts'
import { findCurrentExchange } from './exchange.ts'
import { readInLane, togetherAtProvider } from './shared-reads.ts'

/*
 * Which queries the provider's requests ask, each put for all simultaneous requests in one statement; nothing is kept.
 * In which work a statement runs is decided in shared-reads.ts.
 */

/** How the provider's simultaneous requests share statements: one batch at a time, another beside it after 20 ms. */
export const batchesOfProvider: Batches = {
  most: 64,
  abreast: 4,
  patience: 20,
  who: () => findCaller()?.key ?? '',
}

function openReads(openWork: OpenWork, counted: Counted) {
  const reading = <Key, Value>(
    step: (work: Parameters<Parameters<typeof readInLane>[2]>[0], keys: readonly Key[]) => Promise<readonly Value[]>,
  ) => coalesce<Key, Value>(keys => readInLane(openWork, 'many', work => step(work, keys), counted), batchesOfProvider)
  return {
    artifact: reading<store.ArtifactKey, store.FoundArtifact | undefined>(store.findArtifacts),
    given: reading<store.ArtifactKey, store.GrantedArtifact>(store.findGrantedArtifacts),
    session: reading<string | undefined, CitizenSession | undefined>(sessions.findSessions),
    consent: reading<{ readonly subject: SignInSubject; readonly clientId: string }, consents.Consent | undefined>(
      consents.findConsentsInForce,
    ),
    accounts: reading<register.PersonId, readonly accounts.Account[]>(async (work, personIds) => {
      const found = await accounts.accountsOf(work, [...new Set(personIds)])
      return personIds.map(personId => found.get(personId) ?? [])
    }),
    person: reading<register.PersonId, register.PersonSummary | undefined>(async (work, ids) => {
      const found = await register.listSummaries(work, [...new Set(ids)])
      return ids.map(id => found.find(one => one.id === id))
    }),
    isSandboxPerson: reading<register.PersonId, boolean>(async (work, personIds) => {
      const found = await parties.sandboxPeople(work, [...new Set(personIds)])
      return personIds.map(personId => found.has(personId))
    }),
    client: reading<string, parties.Client | undefined>(async (work, clientIds) => {
      const found = new Map<string, parties.Client | undefined>()
      for (const clientId of new Set(clientIds)) found.set(clientId, await parties.findClient(work, clientId))
      return clientIds.map(clientId => found.get(clientId))
    }),
  }
}

type Reads = ReturnType<typeof openReads>
const readsOfHouse = new WeakMap<OpenWork, Map<LaneId, Reads>>()

/** The reads that the present request shares with others of its lane. */
export function coalescedReads(openWork: OpenWork): Reads {
  const { lane } = findCurrentExchange()?.counted ?? togetherAtProvider
  const made = readsOfHouse.get(openWork) ?? new Map<LaneId, Reads>()
  readsOfHouse.set(openWork, made)
  const reads = made.get(lane) ?? openReads(openWork, { lane, key: togetherAtProvider.key })
  made.set(lane, reads)
  return reads
}
