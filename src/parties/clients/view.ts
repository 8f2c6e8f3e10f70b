import type { ReplyOf } from '../../platform/endpoint.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { ClientRecord, Version } from '../client.ts'
import type { partyList, partyOne } from '../contract.ts'
import { usualQuota } from '../law.ts'
import type { Party, PartyId } from '../party.ts'
import { type QuotaKind, quotaKinds } from '../quota.ts'
import { getParty, handsOfParty, listParties } from '../registry.ts'
import { handsOfVersion } from './clients.ts'
import * as store from './store.ts'

/** Views of parties and clients for the wire. */

type HandNames = ReadonlyMap<string, string>
const instantText = (at: Date) => at.toISOString()

/** Names of officers; engineers and the house have none here. */
const loadHandNames = (work: Work, hands: readonly { kind: string; id: string }[]): Promise<HandNames> =>
  staff.namesOf(work, [...new Set(hands.filter(({ kind }) => kind === 'officer').map(({ id }) => id))])

const partyHeadView = (party: Party, names: HandNames, isOwn: staff.IsSameHand) => ({
  id: party.id,
  nameVi: party.nameVi,
  nameEn: party.nameEn,
  kind: party.kind,
  ...(party.basis && { basis: party.basis }),
  state: party.state,
  registeredAt: instantText(party.registeredAt),
  registeredBy: names.get(party.registeredBy.id) ?? '',
  ...(party.submittedAt && { submittedAt: instantText(party.submittedAt) }),
  ...(party.decidedAt && { decidedAt: instantText(party.decidedAt) }),
  ...(party.reason !== undefined && { reason: party.reason }),
  own: isOwn(...handsOfParty(party)),
})

const versionView = (version: Version, names: HandNames, isOwn: staff.IsSameHand) => ({
  number: version.number,
  state: version.state,
  settings: plainSettings(version.settings),
  madeAt: instantText(version.madeAt),
  madeBy: names.get(version.madeBy.id) ?? '',
  ...(version.submittedAt && { submittedAt: instantText(version.submittedAt) }),
  ...(version.decidedAt && { decidedAt: instantText(version.decidedAt) }),
  ...(version.reason !== undefined && { reason: version.reason }),
  own: isOwn(...handsOfVersion(version)),
})

/** Mutable lists, as the wire's shapes require. */
const plainSettings = ({
  redirectUris,
  postLogoutRedirectUris,
  grants,
  purposes,
  jwks,
  ...rest
}: Version['settings']) => ({
  ...rest,
  redirectUris: [...redirectUris],
  postLogoutRedirectUris: [...postLogoutRedirectUris],
  grants: [...grants],
  purposes: purposes.map(purpose => ({ ...purpose })),
  ...(jwks && { jwks: { keys: jwks.keys.map(key => ({ ...key })) } }),
})

type QuotaCounts = {
  readonly set: readonly store.StoredQuota[]
  readonly spent: readonly { clientId: string; what: QuotaKind; used: number }[]
}

const quotaViews = ({ clientId, sandbox }: ClientRecord, { set, spent }: QuotaCounts) =>
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
export async function getClientViews(work: Work, partyId: PartyId) {
  const clients = await store.findClients(work, [partyId])
  const ids = clients.map(({ clientId }) => clientId)
  const versions = await store.findVersions(work, ids)
  const counted = { set: await store.findQuotas(work, ids), spent: await store.findSpentToday(work, ids) }
  const names = await loadHandNames(
    work,
    versions.map(({ madeBy }) => madeBy),
  )
  const isOwn = await staff.sameHandTest(work, versions.flatMap(handsOfVersion))
  return clients.map(client => ({
    clientId: client.clientId,
    name: client.name,
    sandbox: client.sandbox,
    state: client.state,
    ...(client.reason !== undefined && { reason: client.reason }),
    madeAt: instantText(client.madeAt),
    versions: versions
      .filter(({ clientId }) => clientId === client.clientId)
      .map(version => versionView(version, names, isOwn)),
    quotas: quotaViews(client, counted),
  }))
}

export async function getPartyView(work: Work, id: PartyId): Promise<ReplyOf<typeof partyOne>> {
  const party = await getParty(work, id)
  const names = await loadHandNames(work, [party.registeredBy])
  const isOwn = await staff.sameHandTest(work, handsOfParty(party))
  return {
    ...partyHeadView(party, names, isOwn),
    contact: { ...party.contact },
    clients: await getClientViews(work, id),
  }
}

/** Who registered or submitted a party does not approve it: it is not counted for them. */
export async function countPartiesToApprove(work: Work): Promise<number> {
  const waiting = new Set(await store.findWaitingPartyIds(work))
  if (waiting.size === 0) return 0
  const parties = (await listParties(work)).filter(({ id }) => waiting.has(id))
  const isOwn = await staff.sameHandTest(work, parties.flatMap(handsOfParty))
  return parties.filter(party => !isOwn(...handsOfParty(party))).length
}

export async function getPartyViews(work: Work): Promise<ReplyOf<typeof partyList>> {
  const parties = await listParties(work)
  const clients = await store.findClients(
    work,
    parties.map(({ id }) => id),
  )
  const versions = await store.findVersions(
    work,
    clients.map(({ clientId }) => clientId),
  )
  const waiting = new Set(versions.filter(({ state }) => state === 'submitted').map(({ clientId }) => clientId))
  const names = await loadHandNames(
    work,
    parties.map(({ registeredBy }) => registeredBy),
  )
  const isOwn = await staff.sameHandTest(work, parties.flatMap(handsOfParty))
  return {
    parties: parties.map(party => {
      const own = clients.filter(({ partyId }) => partyId === party.id)
      return {
        ...partyHeadView(party, names, isOwn),
        live: own.filter(({ sandbox }) => !sandbox).length,
        sandbox: own.filter(({ sandbox }) => sandbox).length,
        waiting: own.filter(({ clientId }) => waiting.has(clientId)).length,
      }
    }),
  }
}
