/**
 * Clients of a party: engineers, or officers for them, register a piece of its software with addresses, keys and the
 * purposes of its scopes.
 * Decided: whether each setting is allowed (settings-check.ts), and by another officer than its author whether a live
 * client gets it. Each change is a version. A live client's version is reviewed while the old one stays in force; a
 * sandbox client's is in force at once.
 * Deeds: client.registered, .suspended, .resumed, .quota-set, client-version.written, .submitted, .withdrawn,
 * .approved, .refused.
 */

import * as audit from '../../audit/audit.ts'
import { newId } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import {
  type ClientRecord,
  type ClientSettings,
  isOpenVersion,
  type Version,
  type VersionState,
  versionTransitions,
} from '../client.ts'
import { maximumQuota } from '../law.ts'
import type { Party, PartyId } from '../party.ts'
import { partyProblem } from '../problems.ts'
import type { Quota, QuotaKind } from '../quota.ts'
import { getParty } from '../registry.ts'
import { type Fault, faultReplies } from '../words-fault.ts'
import type { CalledAddresses } from './address.ts'
import { findSettingsFaults, normalizedSettings } from './settings-check.ts'
import * as store from './store.ts'

export type ClientInput = {
  readonly name: string
  readonly sandbox: boolean
  readonly clientId?: string | undefined
  readonly settings: ClientSettings
}

const recordClient = (
  work: Work,
  name: string,
  { clientId, partyId }: Pick<ClientRecord, 'clientId' | 'partyId'>,
  facts: object = {},
) =>
  audit.record(
    work,
    name,
    { kind: 'party', id: partyId, ...(work.unitId && { unitId: work.unitId }) },
    { client: clientId, ...facts },
  )

function checkedSettings(
  settings: ClientSettings,
  party: Party,
  sandbox: boolean,
  called: CalledAddresses,
  furtherFaults: readonly Fault[] = [],
): ClientSettings {
  const faults = [
    ...furtherFaults,
    ...findSettingsFaults(settings, { ...called, sandbox, basis: party.basis !== undefined }),
  ]
  if (faults.length > 0) throw partyProblem('client-wrong', { wrong: faultReplies(faults) })
  return normalizedSettings(settings)
}

const isClientId = (text: string) => /^[a-z0-9][a-z0-9-]{2,63}$/.test(text)

function nameFaults({ name, clientId }: ClientInput): Fault[] {
  const faults: (Fault | false)[] = [
    !(name.trim().length > 0 && name.length <= 100) && { field: 'name', code: 'client-name-missing' },
    clientId !== undefined && !isClientId(clientId) && { field: 'clientId', code: 'client-id-wrong' },
  ]
  return faults.filter(fault => fault !== false)
}

/**
 * Registers a client of a party. A sandbox client is in force at once; a live one begins as a draft to submit. Throws
 * party-unknown, client-wrong (names every fault).
 */
export async function addClient(
  work: Work,
  partyId: PartyId,
  input: ClientInput,
  called: CalledAddresses,
): Promise<ClientRecord> {
  const party = await getParty(work, partyId)
  const { sandbox } = input
  const settings = checkedSettings(input.settings, party, sandbox, called, nameFaults(input))
  const clientId = input.clientId ?? `${sandbox ? 'sandbox-' : ''}${newId<'client'>(work.now)}`
  const client: ClientRecord = {
    clientId,
    partyId,
    name: input.name.trim(),
    sandbox,
    state: 'active',
    madeAt: work.now,
  }
  if (!(await store.insertClient(work, client)))
    throw partyProblem('client-wrong', { wrong: faultReplies([{ field: 'clientId', code: 'client-id-taken' }]) })
  await store.insertVersion(work, { clientId, number: 1, state: sandbox ? 'in-force' : 'draft', settings })
  await recordClient(work, 'client.registered', client, {
    sandbox,
    fapi: settings.fapi,
    scopes: settings.purposes.map(({ scope }) => scope),
  })
  return client
}

export async function getClient(work: Work, clientId: string): Promise<ClientRecord> {
  const client = await store.findClientRecord(work, clientId)
  if (!client) throw partyProblem('client-unknown')
  return client
}

/** The clients of some parties, and all versions of some clients, as far as the caller sees them. */
export const listClients = store.findClients
export const listVersions = store.findVersions

/** The ids of a party's clients, for any caller. */
export const clientIdsOf = (work: Work, partyId: PartyId): Promise<string[]> =>
  withHouseScope(work, async house => (await store.findClients(house, [partyId])).map(({ clientId }) => clientId))

async function holdClientAndVersions(
  work: Work,
  clientId: string,
): Promise<{ client: ClientRecord; versions: readonly Version[] }> {
  const client = await store.holdClient(work, clientId)
  if (!client) throw partyProblem('client-unknown')
  return { client, versions: await store.findVersions(work, [clientId]) }
}

/**
 * Writes the next version of a client. It replaces an open draft, but not a version in review. Throws client-unknown,
 * version-in-review, client-wrong.
 */
export async function writeVersion(
  work: Work,
  clientId: string,
  input: ClientSettings,
  called: CalledAddresses,
): Promise<Version> {
  const { client, versions } = await holdClientAndVersions(work, clientId)
  const open = versions.find(isOpenVersion)
  if (open?.state === 'submitted') throw partyProblem('version-in-review', { version: open.number })
  const settings = checkedSettings(input, await getParty(work, client.partyId), client.sandbox, called)
  const giving = client.sandbox ? versions.find(({ state }) => state === 'in-force') : open
  if (giving) await store.setVersionState(work, giving, client.sandbox ? 'former' : 'withdrawn')

  const number = (versions[0]?.number ?? 0) + 1
  await store.insertVersion(work, { clientId, number, state: client.sandbox ? 'in-force' : 'draft', settings })
  await recordClient(work, 'client-version.written', client, {
    version: number,
    scopes: settings.purposes.map(({ scope }) => scope),
  })
  return getVersion(work, clientId, number)
}

async function getVersion(work: Work, clientId: string, number: number): Promise<Version> {
  const version = (await store.findVersions(work, [clientId])).find(one => one.number === number)
  if (!version) throw partyProblem('version-unknown')
  return version
}

async function holdVersion(work: Work, clientId: string, number: number, state: VersionState) {
  const { client, versions } = await holdClientAndVersions(work, clientId)
  const version = versions.find(one => one.number === number)
  if (!version) throw partyProblem('version-unknown')
  if (!versionTransitions[version.state].includes(state))
    throw partyProblem('version-move-refused', { state: version.state, to: state })
  return { client, version, inForce: versions.find(({ state }) => state === 'in-force') }
}

export async function submitClientVersion(work: Work, clientId: string, number: number): Promise<Version> {
  const { client, version } = await holdVersion(work, clientId, number, 'submitted')
  await store.setVersionSubmitted(work, version)
  await recordClient(work, 'client-version.submitted', client, { version: number })
  return getVersion(work, clientId, number)
}

export async function withdrawVersion(work: Work, clientId: string, number: number): Promise<Version> {
  const { client, version } = await holdVersion(work, clientId, number, 'withdrawn')
  await store.setVersionState(work, version, 'withdrawn')
  await recordClient(work, 'client-version.withdrawn', client, { version: number })
  return getVersion(work, clientId, number)
}

/** Whoever made a version or submitted it. */
export const handsOfVersion = ({ madeBy, madeAt, submittedBy, submittedAt }: Version): staff.Hand[] => [
  { id: madeBy.id, at: madeAt },
  { id: submittedBy?.id, at: submittedAt },
]

/**
 * Puts a version in force; the one before becomes a former one. `scopes` are those whose purpose the officer reviewed:
 * all of the version's. Throws party-not-approved, party-own-work, version-scope-unreviewed, version-move-refused.
 */
export async function approveVersion(
  work: Work,
  clientId: string,
  number: number,
  { scopes }: { readonly scopes: readonly string[] },
): Promise<Version> {
  const { client, version, inForce } = await holdVersion(work, clientId, number, 'in-force')
  const party = await getParty(work, client.partyId)
  if (party.state !== 'approved') throw partyProblem('party-not-approved', { state: party.state })
  await staff.refuseSameHand(work, 'client-approved', handsOfVersion(version), () => partyProblem('party-own-work'))
  const unseen = version.settings.purposes.map(({ scope }) => scope).filter(scope => !scopes.includes(scope))
  if (unseen.length > 0) throw partyProblem('version-scope-unreviewed', { scopes: unseen })

  if (inForce) await store.setVersionState(work, inForce, 'former')
  await store.decideVersion(work, version, 'in-force')
  await recordClient(work, 'client-version.approved', client, {
    version: number,
    scopes: version.settings.purposes.map(({ scope }) => scope),
  })
  return getVersion(work, clientId, number)
}

const requireClientReason = (reason: string): string => {
  if (!reason.trim()) throw partyProblem('party-reason-needed')
  return reason.trim()
}

export async function refuseVersion(work: Work, clientId: string, number: number, reason: string): Promise<Version> {
  const { client, version } = await holdVersion(work, clientId, number, 'refused')
  await staff.refuseSameHand(work, 'client-approved', handsOfVersion(version), () => partyProblem('party-own-work'))
  await store.decideVersion(work, version, 'refused', requireClientReason(reason))
  await recordClient(work, 'client-version.refused', client, { version: number, reason: reason.trim() })
  return getVersion(work, clientId, number)
}

/** Suspends one client: nobody signs in to it and its calls are refused until it is resumed. */
export async function suspendClient(work: Work, clientId: string, reason: string): Promise<ClientRecord> {
  const { client } = await holdClientAndVersions(work, clientId)
  if (client.state === 'suspended') throw partyProblem('client-move-refused', { state: client.state })
  await store.setClientState(work, clientId, 'suspended', requireClientReason(reason))
  await recordClient(work, 'client.suspended', client, { reason: reason.trim() })
  return getClient(work, clientId)
}

export async function resumeClient(work: Work, clientId: string): Promise<ClientRecord> {
  const { client } = await holdClientAndVersions(work, clientId)
  if (client.state === 'active') throw partyProblem('client-move-refused', { state: client.state })
  await store.setClientState(work, clientId, 'active')
  await recordClient(work, 'client.resumed', client)
  return getClient(work, clientId)
}

const isAllowedCount = (count: number, most: number) => Number.isInteger(count) && count >= 0 && count <= most

export async function setClientQuota(
  work: Work,
  clientId: string,
  kind: QuotaKind,
  { perMinute, perDay }: Quota,
): Promise<void> {
  const client = await getClient(work, clientId)
  if (
    !isAllowedCount(perMinute, maximumQuota.perMinute) ||
    !isAllowedCount(perDay, maximumQuota.perDay) ||
    perDay < perMinute
  )
    throw partyProblem('quota-wrong')
  await store.upsertQuota(work, { clientId, what: kind, perMinute, perDay })
  await recordClient(work, 'client.quota-set', client, { what: kind, perMinute, perDay })
}
