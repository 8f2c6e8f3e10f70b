import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { HolderRef } from '../holder.ts'
import type { OwnFactor, SlipReset } from '../slip-reset.ts'
import type { Slip } from './store.ts'

const resetColumns = sql.raw(`person_id as "personId", slip_id as "slipId", account_id as "accountId",
  printed_by as "printedBy", printed_at as "printedAt", last_on as "lastOn", decided_by as "decidedBy",
  decided_at as "decidedAt", outcome, used_at as "usedAt", own_factor as "ownFactor", held_until as "heldUntil",
  lifted_by as "liftedBy", lifted_at as "liftedAt", stopped_at as "stoppedAt", ended_at as "endedAt"`)

/** Notes that a slip is for an account that was opened before; once, whenever that is found out. */
export async function addReset({ tx }: Work, { personId, id }: Slip): Promise<void> {
  await sql`
    insert into accounts.slip_reset (person_id, slip_id, account_id, printed_by, unit_id, printed_at, last_on)
    select person_id, id, account_id, printed_by, unit_id, printed_at, last_on from accounts.slip
    where person_id = ${personId} and id = ${id}
    on conflict (person_id, slip_id) do nothing`.execute(tx)
}

/** The reset of a slip, held, as far as the work sees its person. */
export async function holdReset({ tx }: Work, slipId: string): Promise<SlipReset | undefined> {
  const { rows } = await sql<SlipReset>`
    select ${resetColumns} from accounts.slip_reset where slip_id = ${slipId} for update`.execute(tx)
  return rows[0]
}

/** The resets of an account, the latest first. */
export async function findResets({ tx }: Work, { personId, accountId }: HolderRef): Promise<SlipReset[]> {
  const { rows } = await sql<SlipReset>`
    select ${resetColumns} from accounts.slip_reset
    where person_id = ${personId} and account_id = ${accountId} order by printed_at desc, slip_id desc`.execute(tx)
  return rows
}

/** Used resets whose waiting time runs, the earliest first; held. */
export async function holdRunningResets(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
): Promise<(SlipReset & { readonly usedAt: Date })[]> {
  const { rows } = await sql<SlipReset & { usedAt: Date }>`
    select ${resetColumns} from accounts.slip_reset
    where person_id = ${personId} and account_id = ${accountId} and held_until > ${now} and lifted_at is null
      and stopped_at is null
    order by used_at for update`.execute(tx)
  return rows
}

export async function setResetDecided(
  { tx, now, by }: Work,
  { personId, slipId }: SlipReset,
  outcome: 'approved' | 'refused',
): Promise<void> {
  await sql`
    update accounts.slip_reset set decided_by = ${by.id}, decided_at = ${now}, outcome = ${outcome},
      ended_at = ${outcome === 'refused' ? now : null}
    where person_id = ${personId} and slip_id = ${slipId}`.execute(tx)
}

/** A passcode was chosen by a slip; the table refuses it where neither another officer nor the holder approved. */
export async function setResetUsed(
  { tx, now }: Work,
  { personId, id }: { readonly personId: string; readonly id: string },
  { ownFactor, heldUntil }: { readonly ownFactor: OwnFactor | undefined; readonly heldUntil: Date },
): Promise<void> {
  await sql`
    update accounts.slip_reset set used_at = ${now}, own_factor = ${ownFactor ?? null}, held_until = ${heldUntil}
    where person_id = ${personId} and slip_id = ${id}`.execute(tx)
}

export async function setResetLifted({ tx, now, by }: Work, { personId, slipId }: SlipReset): Promise<void> {
  await sql`
    update accounts.slip_reset set lifted_by = ${by.id}, lifted_at = ${now}
    where person_id = ${personId} and slip_id = ${slipId}`.execute(tx)
}

export async function setResetStopped(
  { tx, now }: Work,
  { personId, slipId }: SlipReset,
  how: 'code' | 'session',
): Promise<void> {
  await sql`
    update accounts.slip_reset set stopped_at = ${now}, stopped_how = ${how},
      ended_at = case when used_at is null then coalesce(ended_at, ${now}::timestamptz) end
    where person_id = ${personId} and slip_id = ${slipId}`.execute(tx)
}

/** What a slip replaced is kept beside it, where officers see nothing of it. */
export async function setFormerFactors(
  { tx }: Work,
  { personId, id }: { readonly personId: string; readonly id: string },
  { passcode, device }: { readonly passcode?: string | undefined; readonly device?: string | undefined },
): Promise<void> {
  await sql`
    update accounts.slip set former_passcode = ${passcode ?? null}, former_device = ${device ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

export async function findFormerFactors(
  { tx }: Work,
  { personId, slipId }: SlipReset,
): Promise<{ readonly passcode: string | null; readonly device: string | null } | undefined> {
  const { rows } = await sql<{ passcode: string | null; device: string | null }>`
    select former_passcode as passcode, former_device as device from accounts.slip
    where person_id = ${personId} and id = ${slipId}`.execute(tx)
  return rows[0]
}

/** Nobody goes back to them any more. */
export async function dropFormerFactors({ tx }: Work, { personId, accountId }: HolderRef): Promise<void> {
  await sql`
    update accounts.slip set former_passcode = null, former_device = null
    where person_id = ${personId} and account_id = ${accountId}
      and (former_passcode is not null or former_device is not null)`.execute(tx)
}
