import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { importStationKey, readStatement, thumbprintOf } from '../../../src/enrolment/seal-packet.ts'
import {
  GrantStatement,
  type PublicKeyJwk,
  type registerStation,
  type takeGrant,
} from '../../../src/enrolment/stations/contract.ts'
import type { Answer } from '../../parts/call.ts'
import type { Keep, OfficerRow, StationRow } from './database.ts'
import { makeVault, openVault, type Unlocked } from './officer-secret.ts'
import { agreeWith, daysAheadOf } from './trusted-clock.ts'

/** The station itself, the house that it trusts, and the officers who may work here. */

export type Registered = StationRow & Required<Pick<StationRow, 'code' | 'name' | 'centre' | 'house' | 'origin'>>
export const isRegistered = (row: StationRow | undefined): row is Registered =>
  row?.code !== undefined && row.centre !== undefined

/** Why what the house gave is not taken. */
export class NotTrusted extends Error {
  readonly code: 'house-key-changed' | 'grant-wrong' | 'roster-of-another-officer'
  constructor(code: NotTrusted['code']) {
    super(code)
    this.code = code
  }
}

/** The station's key pair, made here once; its private half never leaves the browser. */
export async function ownKeys({ db, alone }: Keep): Promise<StationRow> {
  return alone('own-keys', async () => {
    const there = await db.station.get(1)
    if (there) return there
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
    const row: StationRow = {
      one: 1,
      id: crypto.randomUUID(),
      keys: { sign: pair.privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } },
    }
    await db.station.add(row)
    return row
  })
}

type Trust = Pick<
  Answer<typeof takeGrant>,
  'centre' | 'house' | 'now' | 'origin' | 'today' | 'demonstration' | 'rehearsal' | 'station'
>

/** The house's key is pinned when the station is registered; a different one is not believed, whoever sends it. */
async function trusted(row: StationRow | undefined, house: PublicKeyJwk): Promise<void> {
  if (row?.house && (await thumbprintOf(row.house)) !== (await thumbprintOf(house)))
    throw new NotTrusted('house-key-changed')
}

const trustOf = ({ centre, house, origin, demonstration, rehearsal, station, today, now }: Trust) => ({
  centre,
  house,
  origin,
  demonstration,
  rehearsal,
  daysAhead: demonstration || rehearsal ? daysAheadOf(today, now) : 0,
  code: station.code,
  name: station.name,
  unit: station.unit.name,
})

export async function keepRegistration(keep: Keep, answer: Answer<typeof registerStation>): Promise<void> {
  const row = await ownKeys(keep)
  await trusted(row, answer.house)
  await keep.db.station.put({ ...row, ...trustOf(answer) })
  await agreeWith(keep, answer.now)
}

/**
 * Keeps what an officer may do here, as the house signed it. Throws NotTrusted where the signature or what it says is
 * not right.
 */
export async function keepGrant(keep: Keep, answer: Answer<typeof takeGrant>): Promise<OfficerRow> {
  const row = await ownKeys(keep)
  await trusted(row, answer.house)
  const statement = await readStatement('dinhdanh-grant', answer.grant, await importStationKey(answer.house))
  if (!Value.Check(GrantStatement, statement)) throw new NotTrusted('grant-wrong')
  const { officer, station, until }: Static<typeof GrantStatement> = statement
  if (officer !== answer.officer.id || station !== row.id) throw new NotTrusted('grant-wrong')
  await keep.db.station.put({ ...row, ...trustOf(answer) })
  await agreeWith(keep, answer.now)
  const before = await keep.db.officers.get(officer)
  const kept: OfficerRow = { ...before, id: officer, name: answer.officer.name, grant: answer.grant, until }
  await keep.db.officers.put(kept)
  return kept
}

/** Whether the officer may begin a capture here now. */
export const mayCapture = ({ until }: Pick<OfficerRow, 'until'>, at: Date) => Date.parse(until) > at.getTime()

/** Enters an officer's secret; undefined where it is wrong. */
export async function enterSecret({ db }: Keep, officer: string, secret: string): Promise<Unlocked | undefined> {
  const vault = (await db.officers.get(officer))?.vault
  return vault && openVault(officer, vault, secret)
}

/** Sets an officer's secret. What was closed for the one before cannot be opened by this officer any more. */
export async function chooseSecret({ db }: Keep, officer: string, secret: string): Promise<void> {
  const vault = await makeVault(secret)
  await db.transaction('rw', db.officers, db.rosters, async () => {
    await db.officers.update(officer, { vault })
    await db.rosters.toCollection().modify(row => {
      const keys = row.keys.map(key => ({
        ...key,
        for: Object.fromEntries(Object.entries(key.for).filter(([id]) => id !== officer)),
      }))
      Object.assign(row, { keys })
    })
  })
}
