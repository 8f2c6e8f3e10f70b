import * as accounts from '../../accounts/accounts.ts'
import * as parties from '../../parties/parties.ts'
import type { OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Subject } from '../artifact.ts'
import * as consents from '../consents/consents.ts'
import type { Session } from '../session.ts'
import * as sessions from '../sessions/sessions.ts'
import * as store from '../store.ts'
import { together } from './coalesce.ts'
import { read } from './reader.ts'

/** The queries of the provider's requests, each coalesced into one statement for simultaneous requests. No cache. */
function questions(openWork: OpenWork) {
  const reading = <Key, Value>(
    step: (work: Parameters<Parameters<typeof read>[2]>[0], keys: readonly Key[]) => Promise<readonly Value[]>,
  ) => together<Key, Value>(keys => read(openWork, 'many', work => step(work, keys)))
  return {
    artifact: reading<store.Place, store.Found | undefined>(store.findArtifacts),
    given: reading<store.Place, store.Given>(store.findGiven),
    session: reading<string | undefined, Session | undefined>(sessions.look),
    consent: reading<{ readonly subject: Subject; readonly clientId: string }, consents.Consent | undefined>(
      consents.standing,
    ),
    accounts: reading<register.PersonId, readonly accounts.Account[]>(async (work, personIds) => {
      const found = await accounts.accountsOf(work, [...new Set(personIds)])
      return personIds.map(personId => found.get(personId) ?? [])
    }),
    person: reading<register.PersonId, register.PersonSummary | undefined>(async (work, ids) => {
      const found = await register.summariesOf(work, [...new Set(ids)])
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

const asked = new WeakMap<OpenWork, ReturnType<typeof questions>>()

export function ask(openWork: OpenWork): ReturnType<typeof questions> {
  const made = asked.get(openWork) ?? questions(openWork)
  asked.set(openWork, made)
  return made
}
