/**
 * Stations: the browsers at which people are captured, with or without a line.
 * In comes a browser's public key, an officer who wants to work at it, and a reason to revoke it.
 * Decided is which unit's station it is, its code, and for how many days an officer may capture without being seen.
 * Out go the station and a grant that the house signed, which every packet carries; what a station tells of itself is
 * noted here.
 * Deeds: station.registered, station.granted, station.revoked.
 */

import * as audit from '../../audit/audit.ts'
import { asId, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { grantDays } from '../law.ts'
import { stationProblem } from '../problems.ts'
import { importStationKey, signStatement, thumbprintOf } from '../seal-packet.ts'
import type { OfficerGrant, PublicKeyJwk } from './contract.ts'
import type { StationKeys } from './keys.ts'
import * as store from './store.ts'

export type { Station, StationCounts } from './store.ts'
export type StationId = string

/** The letters of a unit, as its sessions have them: the first of its last two words. */
const initialsOf = (unitName: string): string =>
  unitName
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'D')
    .split(/\s+/)
    .filter(Boolean)
    .slice(-2)
    .map(word => word.charAt(0).toUpperCase())
    .join('')

export const stationCode = (unitName: string, number: number): string =>
  `${initialsOf(unitName)}${String(number).padStart(2, '0')}`

/** Registers a browser as a station of the officer's unit. The same again changes nothing. Throws station-key-known. */
export async function registerStation(
  work: Work,
  { id, name, publicKey }: { readonly id: string; readonly name: string; readonly publicKey: PublicKeyJwk },
): Promise<store.Station> {
  const known = await store.findStationRow(work, id)
  const unitId = work.unitId
  if (!unitId) throw stationProblem('station-unknown')
  if (known) {
    if (known.publicKey.x !== publicKey.x || known.publicKey.y !== publicKey.y)
      throw stationProblem('station-key-known')
    return known
  }
  await importStationKey(publicKey).catch(() => {
    throw stationProblem('station-key-invalid')
  })
  const code = stationCode(await units.unitName(work, unitId), await store.findNextNumber(work, unitId))
  if (
    !(await store.insertStation(
      work,
      { id, unitId, code, name: name.trim(), publicKey },
      await thumbprintOf(publicKey),
    ))
  )
    throw stationProblem('station-key-known')
  await audit.record(work, 'station.registered', { kind: 'station', id, unitId }, { code })
  return getStation(work, id)
}

/** Throws station-unknown. */
export async function getStation(work: Work, id: StationId): Promise<store.Station> {
  const station = await store.findStationRow(work, id)
  if (!station) throw stationProblem('station-unknown')
  return station
}

/**
 * The same for who takes its packets in: undefined where none is registered, and held so that its packets are taken one
 * after another.
 */
export const findStation = store.findStationRow
export const holdStation = store.holdStationRow

/** How far a station says that it has counted, and how its clock goes; an older list does not set it back. */
export const noteChainHead = store.updateHead
export const countStations = store.countActiveStations

/** Those that may capture, and when each was seen last; those silent for longest first, and so many at most. */
export const lastSeenStations = store.findActiveStations

/** A station that may be used: known, and not revoked. */
export async function getActiveStation(work: Work, id: StationId): Promise<store.Station> {
  const station = await getStation(work, id)
  if (station.revokedAt) throw stationProblem('station-revoked')
  return station
}

/** What was announced before is taken as ever; all else waits for an officer, whenever it says that it was sealed. */
export async function revokeStation(work: Work, id: StationId, reason: string): Promise<store.Station> {
  const station = await getStation(work, id)
  if (station.revokedAt) return station
  await store.setStationRevoked(work, id, reason.trim())
  await audit.record(
    work,
    'station.revoked',
    { kind: 'station', id, unitId: station.unitId },
    { reason: reason.trim() },
  )
  return getStation(work, id)
}

export const listStations = store.findStations

export type GrantResult = {
  readonly grant: string
  readonly until: Date
  readonly officer: { readonly id: string; readonly name: string }
}

/**
 * Lets the officer at work capture at a station for some days; the house signs it, and knows it again in each packet.
 */
export async function grantOfficer(work: Work, id: StationId, { signing }: StationKeys): Promise<GrantResult> {
  const station = await getActiveStation(work, id)
  const unitId = work.unitId ?? station.unitId
  const officer = asId<'officer'>(work.by.id)
  const until = new Date(work.now.getTime() + ruleOn(grantDays, work.today, work) * 86_400_000)
  const statement: OfficerGrant = {
    grant: 1,
    id: newId<'grant'>(work.now),
    officer,
    unit: unitId,
    station: id,
    at: work.now.toISOString(),
    until: until.toISOString(),
  }
  await store.insertGrant(work, { id: statement.id, officerId: officer, unitId, stationId: id, until })
  await audit.record(
    work,
    'station.granted',
    { kind: 'station', id, unitId },
    { grant: statement.id, until: statement.until },
  )
  const name = (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''
  return { grant: await signStatement('dinhdanh-grant', statement, signing), until, officer: { id: work.by.id, name } }
}
