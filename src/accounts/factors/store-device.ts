import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { HolderRef } from '../holder.ts'

export type DeviceId = Id<'device'>

export type Device = {
  readonly id: DeviceId
  readonly browser: string
  readonly knownAt: Date
  readonly seenAt: Date
  readonly endedAt: Date | null
  readonly why: string | null
}

/** Two browsers that are registered at once wait for each other here. */
export async function holdAccountOfDevice({ tx }: Work, { personId, accountId }: HolderRef): Promise<void> {
  await sql`select from accounts.account where person_id = ${personId} and id = ${accountId} for update`.execute(tx)
}

export async function isCurrentDevice(
  { tx }: Work,
  { personId, accountId }: HolderRef,
  deviceHash: Buffer,
): Promise<boolean> {
  const { rows } = await sql`
    select from accounts.device
    where person_id = ${personId} and account_id = ${accountId} and device_hash = ${deviceHash}
      and ended_at is null`.execute(tx)
  return rows.length > 0
}

export async function markDeviceSeen({ tx, now }: Work, { personId, accountId }: HolderRef): Promise<void> {
  await sql`
    update accounts.device set seen_at = ${now}
    where person_id = ${personId} and account_id = ${accountId} and ended_at is null`.execute(tx)
}

export async function endCurrentDevice(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  reason: string,
): Promise<DeviceId | undefined> {
  const { rows } = await sql<{ id: DeviceId }>`
    update accounts.device set ended_at = ${now}, why = ${reason}
    where person_id = ${personId} and account_id = ${accountId} and ended_at is null returning id`.execute(tx)
  return rows[0]?.id
}

export async function insertDevice(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  { id, deviceHash, browser }: { readonly id: DeviceId; readonly deviceHash: Buffer; readonly browser: string },
): Promise<void> {
  await sql`
    insert into accounts.device (person_id, id, account_id, device_hash, browser, known_at, seen_at)
    values (${personId}, ${id}, ${accountId}, ${deviceHash}, ${browser}, ${now}, ${now})`.execute(tx)
}

export async function findDevices({ tx }: Work, { personId, accountId }: HolderRef): Promise<Device[]> {
  const { rows } = await sql<Device>`
    select id, browser, known_at as "knownAt", seen_at as "seenAt", ended_at as "endedAt", why from accounts.device
    where person_id = ${personId} and account_id = ${accountId} order by id desc`.execute(tx)
  return rows
}

export async function findCurrentDeviceId(
  { tx }: Work,
  { personId, accountId }: HolderRef,
): Promise<DeviceId | undefined> {
  const { rows } = await sql<{ id: DeviceId }>`
    select id from accounts.device
    where person_id = ${personId} and account_id = ${accountId} and ended_at is null`.execute(tx)
  return rows[0]?.id
}

/** A former device is the account's again. False where there is no such device. */
export async function reopenDevice({ tx }: Work, { personId, accountId }: HolderRef, id: string): Promise<boolean> {
  const { rows } = await sql`
    update accounts.device set ended_at = null, why = null
    where person_id = ${personId} and account_id = ${accountId} and id = ${id} returning 1`.execute(tx)
  return rows.length > 0
}
