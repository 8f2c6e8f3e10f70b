import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { ClientRecord, Version } from '../client.ts'
import type { partyList, partyOne } from '../contract.ts'
import { isOwnWork, type Party, type PartyId } from '../party.ts'
import { type QuotaKind, quotaKinds, usualQuota } from '../quota.ts'
import { getParty, listParties } from '../registry.ts'
import * as store from './store.ts'

/** Views of parties and clients for the wire. */

type Names = ReadonlyMap<string, string>
const iso = (at: Date) => at.toISOString()

/** Names of officers; engineers and the house have none here. */
const namesIn = (work: Work, hands: readonly { kind: string; id: string }[]): Promise<Names> =>
  staff.namesOf(work, [...new Set(hands.filter(({ kind }) => kind === 'officer').map(({ id }) => id))])

const headOf = ({ by }: Work, party: Party, names: Names) => ({
  id: party.id,
  nameVi: party.nameVi,
  nameEn: party.nameEn,
  kind: party.kind,
  ...(party.basis && { basis: party.basis }),
  state: party.state,
  registeredAt: iso(party.registeredAt),
  registeredBy: names.get(party.registeredBy.id) ?? '',
  ...(party.submittedAt && { submittedAt: iso(party.submittedAt) }),
  ...(party.decidedAt && { decidedAt: iso(party.decidedAt) }),
  ...(party.reason !== undefined && { reason: party.reason }),
  own: isOwnWork(by, party.registeredBy, party.submittedBy),
})

const versionOf = ({ by }: Work, version: Version, names: Names) => ({
  number: version.number,
  state: version.state,
  settings: plain(version.settings),
  madeAt: iso(version.madeAt),
  madeBy: names.get(version.madeBy.id) ?? '',
  ...(version.submittedAt && { submittedAt: iso(version.submittedAt) }),
  ...(version.decidedAt && { decidedAt: iso(version.decidedAt) }),
  ...(version.reason !== undefined && { reason: version.reason }),
  own: isOwnWork(by, version.madeBy, version.submittedBy),
})

/** Mutable lists, as the wire's shapes require. */
const plain = ({ redirectUris, postLogoutRedirectUris, grants, purposes, jwks, ...rest }: Version['settings']) => ({
  ...rest,
  redirectUris: [...redirectUris],
  postLogoutRedirectUris: [...postLogoutRedirectUris],
  grants: [...grants],
  purposes: purposes.map(purpose => ({ ...purpose })),
  ...(jwks && { jwks: { keys: jwks.keys.map(key => ({ ...key })) } }),
})

type Counted = {
  readonly set: readonly store.SetQuota[]
  readonly spent: readonly { clientId: string; what: QuotaKind; used: number }[]
}

const quotasOf = ({ clientId, sandbox }: ClientRecord, { set, spent }: Counted) =>
  quotaKinds.map(what => {
    const own = set.find(one => one.clientId === clientId && one.what === what)
    const { perMinute, perDay } = own ?? usualQuota[what][sandbox ? 'sandbox' : 'live']
    return {
      what,
      perMinute,
      perDay,
      usual: !own,
      usedToday: spent.find(one => one.clientId === clientId && one.what === what)?.used ?? 0,
    }
  })

/** The clients of a party with their versions and quotas. */
export async function clientsOf(work: Work, partyId: PartyId) {
  const clients = await store.clientsOf(work, [partyId])
  const ids = clients.map(({ clientId }) => clientId)
  const versions = await store.versionsOf(work, ids)
  const counted = { set: await store.quotasOf(work, ids), spent: await store.spentToday(work, ids) }
  const names = await namesIn(
    work,
    versions.map(({ madeBy }) => madeBy),
  )
  return clients.map(client => ({
    clientId: client.clientId,
    name: client.name,
    sandbox: client.sandbox,
    state: client.state,
    ...(client.reason !== undefined && { reason: client.reason }),
    madeAt: iso(client.madeAt),
    versions: versions
      .filter(({ clientId }) => clientId === client.clientId)
      .map(version => versionOf(work, version, names)),
    quotas: quotasOf(client, counted),
  }))
}

export async function shownParty(work: Work, id: PartyId): Promise<ReplyOf<typeof partyOne>> {
  const party = await getParty(work, id)
  const names = await namesIn(work, [party.registeredBy])
  return { ...headOf(work, party, names), contact: { ...party.contact }, clients: await clientsOf(work, id) }
}

export async function shownParties(work: Work): Promise<ReplyOf<typeof partyList>> {
  const parties = await listParties(work)
  const clients = await store.clientsOf(
    work,
    parties.map(({ id }) => id),
  )
  const versions = await store.versionsOf(
    work,
    clients.map(({ clientId }) => clientId),
  )
  const waiting = new Set(versions.filter(({ state }) => state === 'submitted').map(({ clientId }) => clientId))
  const names = await namesIn(
    work,
    parties.map(({ registeredBy }) => registeredBy),
  )
  return {
    parties: parties.map(party => {
      const own = clients.filter(({ partyId }) => partyId === party.id)
      return {
        ...headOf(work, party, names),
        live: own.filter(({ sandbox }) => !sandbox).length,
        sandbox: own.filter(({ sandbox }) => sandbox).length,
        waiting: own.filter(({ clientId }) => waiting.has(clientId)).length,
      }
    }),
  }
}
