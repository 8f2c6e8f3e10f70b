import { sql } from 'kysely'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { HolderRef } from '../holder.ts'
import { endedCodeKeptMilliseconds, sentCode } from '../law.ts'

/**
 * Row-level security hides factors unless the work sets this. A literal, as in platform/work.ts; the outermost call
 * ends it.
 */
export async function withFactorSetting<T>({ tx }: Work, step: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ open: boolean }>`select accounts.signing_in() as open`.execute(tx)
  if (rows[0]?.open) return step()
  const shut = () => sql`set local dinhdanh.holder_signing_in = ''`.execute(tx)
  await sql`set local dinhdanh.holder_signing_in = 'yes'`.execute(tx)
  try {
    const result = await step()
    await shut()
    return result
  } catch (error) {
    // A failed transaction sees nothing any more; a refusal may continue.
    await shut().catch(() => undefined)
    throw error
  }
}

export async function findPasscodeHash({ tx }: Work, { personId, accountId }: HolderRef): Promise<string | undefined> {
  const { rows } = await sql<{ hash: string }>`
    select hash from accounts.passcode where person_id = ${personId} and account_id = ${accountId}`.execute(tx)
  return rows[0]?.hash
}

export async function setPasscode({ tx, now }: Work, { personId, accountId }: HolderRef, hash: string): Promise<void> {
  await sql`
    insert into accounts.passcode (person_id, account_id, hash, set_at)
    values (${personId}, ${accountId}, ${hash}, ${now})
    on conflict (person_id, account_id) do update set hash = excluded.hash, set_at = excluded.set_at`.execute(tx)
}

/**
 * Puts a former passcode in the place of one that was chosen until a moment; without a former one, none is left. False
 * where another was chosen since.
 */
export async function restorePasscode(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  former: string | undefined,
  chosenUntil: Date,
): Promise<boolean> {
  const of = sql`person_id = ${personId} and account_id = ${accountId} and set_at <= ${chosenUntil}`
  const { numAffectedRows = 0n } = former
    ? await sql`update accounts.passcode set hash = ${former}, set_at = ${now} where ${of}`.execute(tx)
    : await sql`delete from accounts.passcode where ${of}`.execute(tx)
  return numAffectedRows > 0n
}

/** Deletes passcode, recovery codes, sent codes and open attempts. Gives which factors there were. */
export async function dropSecrets(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
): Promise<('passcode' | 'recovery-codes')[]> {
  const of = sql`person_id = ${personId} and account_id = ${accountId}`
  await sql`delete from accounts.one_time_code where ${of}`.execute(tx)
  await sql`update accounts.activation set ends_at = ${now} where ${of} and ends_at > ${now}`.execute(tx)
  const passcode = await sql`delete from accounts.passcode where ${of}`.execute(tx)
  const codes = await sql`delete from accounts.recovery_code where ${of}`.execute(tx)
  return [
    ...((passcode.numAffectedRows ?? 0n) > 0n ? (['passcode'] as const) : []),
    ...((codes.numAffectedRows ?? 0n) > 0n ? (['recovery-codes'] as const) : []),
  ]
}

export type CodePurpose =
  | 'sign-in'
  | 'activation'
  | 'step-up'
  | 'new-device'
  | 'passcode'
  | 'slip-stop'
  | 'mailbox'
  | 'device-shown'

/** Which code: of a purpose, asked for by an attempt or a browser. */
export type CodeKey = { readonly purpose: CodePurpose; readonly askedBy: Buffer }

/** The latest code of whoever asked. It replaces a former one of theirs; what is long over goes. */
export async function setCode(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  { purpose, askedBy, hash, endsAt }: CodeKey & { readonly hash: Buffer; readonly endsAt: Date },
): Promise<void> {
  await sql`
    delete from accounts.one_time_code
    where person_id = ${personId} and account_id = ${accountId} and asked_by <> ${askedBy}
      and ends_at < ${new Date(now.getTime() - endedCodeKeptMilliseconds)}`.execute(tx)
  await sql`
    insert into accounts.one_time_code (person_id, account_id, purpose, asked_by, hash, sent_at, ends_at)
    values (${personId}, ${accountId}, ${purpose}, ${askedBy}, ${hash}, ${now}, ${endsAt})
    on conflict (person_id, account_id, purpose, asked_by)
    do update set hash = excluded.hash, sent_at = excluded.sent_at, ends_at = excluded.ends_at, tries = 0,
      used_at = null`.execute(tx)
}

/**
 * Counts a try and spends a right code in one statement, so that of two simultaneous uses one finds it unused.
 * Undefined without a code to try.
 */
export async function spendCodeTry(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  { purpose, askedBy, hash, most }: CodeKey & { readonly hash: Buffer; readonly most: number },
): Promise<{ readonly isRight: boolean; readonly tries: number } | undefined> {
  const { rows } = await sql<{ isRight: boolean; tries: number }>`
    update accounts.one_time_code set tries = tries + 1, used_at = case when hash = ${hash} then ${now}::timestamptz end
    where person_id = ${personId} and account_id = ${accountId} and purpose = ${purpose}
      and asked_by = ${askedBy} and used_at is null and ends_at > ${now} and tries < ${most}
    returning used_at is not null as "isRight", tries`.execute(tx)
  return rows[0]
}

/** Whether the code was spent in the last minutes. Asking counts as a try. */
export async function wasCodeSpentJustNow(
  work: Work,
  { personId, accountId }: HolderRef,
  { purpose, askedBy, hash }: CodeKey & { readonly hash: Buffer },
): Promise<boolean> {
  const { tx, now, today } = work
  const { tries: most, knownAsUsedMinutes } = ruleOn(sentCode, today, work)
  const { rows } = await sql<{ same: boolean }>`
    update accounts.one_time_code set tries = tries + 1
    where person_id = ${personId} and account_id = ${accountId} and purpose = ${purpose}
      and asked_by = ${askedBy} and tries < ${most}
      and used_at > ${now}::timestamptz - make_interval(mins => ${knownAsUsedMinutes})
    returning hash = ${hash} as same`.execute(tx)
  return rows[0]?.same ?? false
}

/** The secret in use, and one that was offered to replace it. */
export type Totp = { readonly sealed: Buffer | null; readonly offered: Buffer | null }

export async function findTotp({ tx }: Work, { personId, accountId }: HolderRef): Promise<Totp | undefined> {
  const { rows } = await sql<Totp>`
    select sealed, offered from accounts.totp where person_id = ${personId} and account_id = ${accountId}`.execute(tx)
  return rows[0]
}

/** Stores an offered secret beside the one in use. */
export async function setOfferedTotp(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  sealed: Buffer,
): Promise<void> {
  await sql`
    insert into accounts.totp (person_id, account_id, offered, offered_at)
    values (${personId}, ${accountId}, ${sealed}, ${now})
    on conflict (person_id, account_id)
    do update set offered = excluded.offered, offered_at = excluded.offered_at`.execute(tx)
}

/** Puts the offered secret in use in place of the former one. False if there was none, or another one. */
export async function setConfirmedTotp(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  offered: Buffer,
  step: number,
): Promise<boolean> {
  const { rows } = await sql`
    update accounts.totp set sealed = offered, offered = null, confirmed_at = ${now}, last_step = ${step}
    where person_id = ${personId} and account_id = ${accountId} and offered = ${offered} returning 1`.execute(tx)
  return rows.length > 0
}

/** Spends a time step. False if it, or a later one, was used before. */
export async function spendTotpStep({ tx }: Work, { personId, accountId }: HolderRef, step: number): Promise<boolean> {
  const { rows } = await sql`
    update accounts.totp set last_step = ${step}
    where person_id = ${personId} and account_id = ${accountId} and last_step < ${step} returning 1`.execute(tx)
  return rows.length > 0
}

export async function dropTotp({ tx }: Work, { personId, accountId }: HolderRef): Promise<boolean> {
  const { rows } = await sql`
    delete from accounts.totp where person_id = ${personId} and account_id = ${accountId} returning 1`.execute(tx)
  return rows.length > 0
}

/** Replaces all former codes. Gives whether there were some. */
export async function setRecoveryCodes(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  hashes: readonly Buffer[],
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from accounts.recovery_code where person_id = ${personId} and account_id = ${accountId}`.execute(tx)
  await sql`
    insert into accounts.recovery_code (person_id, account_id, hash, made_at)
    select ${personId}, ${accountId}, hash, ${now} from unnest(${hashes}::bytea[]) as hash`.execute(tx)
  return numAffectedRows > 0n
}

export async function spendRecoveryCode(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  hash: Buffer,
): Promise<boolean> {
  const { rows } = await sql`
    update accounts.recovery_code set used_at = ${now}
    where person_id = ${personId} and account_id = ${accountId} and hash = ${hash} and used_at is null
    returning 1`.execute(tx)
  return rows.length > 0
}
