import { sql } from 'kysely'
import type { MadePasskey } from '../../platform/second-factor/passkey.ts'
import type { Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import type { FactorId, OfficerId, SignInId } from '../officer.ts'
import type { Role } from '../role.ts'

/** Second factors: row-level security shows them to steps that opened the credentials alone. */

export type OfficerFactorKind = 'passkey' | 'totp'

export type OfficerFactor = {
  readonly id: FactorId
  readonly kind: OfficerFactorKind
  readonly name: string
  readonly addedAt: Date
  readonly usedAt: Date | null
  /** Until when it opens nothing, where it was added by a code by mail alone and that time is not over. */
  readonly restsUntil: Date | null
}

/** Of a factor that opens what a second factor opens. One added by a code by mail alone rests first. */
const opens = ({ now }: Work) => sql`coalesce(rests_until <= ${now}, true)`

/** All of an officer's factors, also those that rest. */
export async function factorsOf({ tx, now }: Work, officerId: OfficerId): Promise<OfficerFactor[]> {
  const { rows } = await sql<OfficerFactor>`
    select id, kind, name, added_at as "addedAt", used_at as "usedAt",
      case when rests_until > ${now} then rests_until end as "restsUntil" from staff.factor
    where officer_id = ${officerId} order by added_at, id`.execute(tx)
  return rows
}

/** Of some officers, those who have a factor that opens something. */
export async function selectOfficersWithFactor(work: Work, officerIds: readonly OfficerId[]): Promise<OfficerId[]> {
  const { rows } = await sql<{ id: OfficerId }>`
    select distinct officer_id as id from staff.factor
    where officer_id = any (${officerIds}::uuid[]) and ${opens(work)}`.execute(work.tx)
  return rows.map(({ id }) => id)
}

/** An app, with its secret as it is sealed. */
export type App = { readonly id: FactorId; readonly sealed: Buffer }

/** The apps of an officer that do not rest. */
export async function appsOf(work: Work, officerId: OfficerId): Promise<App[]> {
  const { rows } = await sql<App>`
    select id, sealed from staff.factor where officer_id = ${officerId} and kind = 'totp' and ${opens(work)}
    order by added_at`.execute(work.tx)
  return rows
}

/** Uses a time step of an app up; false where it or a later one was used before. */
export async function spendStep({ tx, now }: Work, id: FactorId, step: number): Promise<boolean> {
  const { rows } = await sql`
    update staff.factor set last_step = ${step}, used_at = ${now} where id = ${id} and last_step < ${step}
    returning 1`.execute(tx)
  return rows.length > 0
}

/** What is kept of every factor that is added. */
type AddedRow = { readonly name: string; readonly restsUntil: Date | undefined }

export async function insertAppRow(
  { tx, now }: Work,
  officerId: OfficerId,
  { id, name, sealed, step, restsUntil }: App & AddedRow & { readonly step: number },
): Promise<void> {
  await sql`
    insert into staff.factor (id, officer_id, kind, name, sealed, last_step, added_at, used_at, rests_until)
    values (${id}, ${officerId}, 'totp', ${name}, ${sealed}, ${step}, ${now}, ${now}, ${restsUntil ?? null})`.execute(
    tx,
  )
}

export type OfficerPasskey = Omit<MadePasskey, 'backedUp'> & { readonly id: FactorId }

const passkeyColumns = sql.raw('id, credential_id as "credentialId", public_key as "publicKey", counter, transports')

/** The passkeys of an officer, also those that rest: each authenticator makes one of them. */
export async function everyPasskeyOf({ tx }: Work, officerId: OfficerId): Promise<OfficerPasskey[]> {
  const { rows } = await sql<OfficerPasskey>`
    select ${passkeyColumns} from staff.factor where officer_id = ${officerId} and kind = 'passkey'
    order by added_at`.execute(tx)
  return rows
}

/** The passkeys of an officer that do not rest. */
export async function passkeysOf(work: Work, officerId: OfficerId): Promise<OfficerPasskey[]> {
  const { rows } = await sql<OfficerPasskey>`
    select ${passkeyColumns} from staff.factor where officer_id = ${officerId} and kind = 'passkey' and ${opens(work)}
    order by added_at`.execute(work.tx)
  return rows
}

/**
 * A passkey of an officer that does not rest, locked, so that of two answers by one key the second sees the counter of
 * the first.
 */
export async function holdPasskey(
  work: Work,
  officerId: OfficerId,
  credentialId: string,
): Promise<OfficerPasskey | undefined> {
  const { rows } = await sql<OfficerPasskey>`
    select ${passkeyColumns} from staff.factor
    where officer_id = ${officerId} and credential_id = ${credentialId} and ${opens(work)} for update`.execute(work.tx)
  return rows[0]
}

export async function updatePasskeyUse({ tx, now }: Work, id: FactorId, counter: number): Promise<void> {
  await sql`update staff.factor set counter = ${counter}, used_at = ${now} where id = ${id}`.execute(tx)
}

/** False where the key is somebody's already. */
export async function insertPasskey(
  { tx, now }: Work,
  officerId: OfficerId,
  key: MadePasskey & AddedRow & { readonly id: FactorId },
): Promise<boolean> {
  const { rows } = await sql`
    insert into staff.factor
      (id, officer_id, kind, name, credential_id, public_key, counter, transports, backed_up, added_at,
        rests_until)
    values (${key.id}, ${officerId}, 'passkey', ${key.name}, ${key.credentialId}, ${key.publicKey}, ${key.counter},
      ${key.transports}::text[], ${key.backedUp}, ${now}, ${key.restsUntil ?? null})
    on conflict (credential_id) do nothing returning 1`.execute(tx)
  return rows.length > 0
}

/** Removes a factor of an officer. Gives which kind it was. */
export async function deleteFactor(
  { tx }: Work,
  officerId: OfficerId,
  id: FactorId,
): Promise<OfficerFactorKind | undefined> {
  const { rows } = await sql<{ kind: OfficerFactorKind }>`
    delete from staff.factor where officer_id = ${officerId} and id = ${id} returning kind`.execute(tx)
  return rows[0]?.kind
}

/** Locks an officer's credential, so that of two who add or remove factors at once the second sees the first's. */
export async function holdCredential(
  { tx }: Work,
  officerId: OfficerId,
): Promise<{ readonly mayEnrol: boolean } | undefined> {
  const { rows } = await sql<{ mayEnrol: boolean }>`
    select may_enrol as "mayEnrol" from staff.credential where officer_id = ${officerId} for update`.execute(tx)
  return rows[0]
}

/** Whether the password alone leads to adding a first factor from now on. */
export async function setMayEnrol({ tx }: Work, officerId: OfficerId, mayEnrol: boolean): Promise<void> {
  await sql`update staff.credential set may_enrol = ${mayEnrol} where officer_id = ${officerId}`.execute(tx)
}

/** The secret that an officer's app was offered and may still take. */
export async function findOffer({ tx, now }: Work, officerId: OfficerId): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from staff.factor_offer where officer_id = ${officerId} and ends_at > ${now}`.execute(tx)
  return rows[0]?.sealed
}

export async function setOffer({ tx }: Work, officerId: OfficerId, sealed: Buffer, endsAt: Date): Promise<void> {
  await sql`
    insert into staff.factor_offer (officer_id, sealed, ends_at) values (${officerId}, ${sealed}, ${endsAt})
    on conflict (officer_id) do update set sealed = excluded.sealed, ends_at = excluded.ends_at`.execute(tx)
}

/** Takes an offer away. Of two who take it at once, one does. */
export async function takeOffer({ tx }: Work, officerId: OfficerId): Promise<boolean> {
  const { rows } = await sql`delete from staff.factor_offer where officer_id = ${officerId} returning 1`.execute(tx)
  return rows.length > 0
}

export async function insertChallenge(
  { tx, now }: Work,
  officerId: OfficerId,
  hash: Buffer,
  endsAt: Date,
): Promise<void> {
  await sql`delete from staff.factor_challenge where ends_at <= ${now}`.execute(tx)
  await sql`
    insert into staff.factor_challenge (hash, officer_id, ends_at) values (${hash}, ${officerId}, ${endsAt})`.execute(
    tx,
  )
}

/** Takes a challenge of an officer; of two simultaneous answers one gets it. */
export async function takeChallenge({ tx, now }: Work, officerId: OfficerId, hash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    delete from staff.factor_challenge where hash = ${hash} and officer_id = ${officerId} and ends_at > ${now}
    returning 1`.execute(tx)
  return rows.length > 0
}

export type WaitingSignIn = {
  readonly id: SignInId
  readonly officerId: OfficerId
  readonly login: string
  readonly fullName: string
  readonly unitId: UnitId
  readonly mustChange: boolean
  readonly mayEnrol: boolean
  readonly deviceHash: Buffer
  readonly mailCodeHash: Buffer | null
}

const waitingSignIn = ({ now }: Work, where: ReturnType<typeof sql>) => sql<WaitingSignIn>`
  select s.id, s.officer_id as "officerId", o.login, o.full_name as "fullName", o.unit_id as "unitId",
    c.must_change as "mustChange", c.may_enrol as "mayEnrol", s.device_hash as "deviceHash",
    s.mail_code_hash as "mailCodeHash"
  from staff.sign_in s
  join staff.officer o on o.id = s.officer_id and o.left_at is null
  join staff.credential c on c.officer_id = s.officer_id and c.set_at <= s.began_at
  where ${where} and s.ends_at > ${now}`

/** The sign-in of a token, while it waits for its second factor; none where the password was changed since. */
export async function selectSignIn(work: Work, tokenHash: Buffer): Promise<WaitingSignIn | undefined> {
  const { rows } = await waitingSignIn(work, sql`s.token_hash = ${tokenHash}`).execute(work.tx)
  return rows[0]
}

/** Ends a sign-in: of two who finish it at once, one does. */
export async function takeSignIn({ tx }: Work, id: SignInId): Promise<boolean> {
  const { rows } = await sql`delete from staff.sign_in where id = ${id} returning 1`.execute(tx)
  return rows.length > 0
}

/** Keeps the hash of the code that is sent by mail, while the sign-in waits. Gives whose it is. */
export async function setMailCode({ tx, now }: Work, id: SignInId, hash: Buffer): Promise<OfficerId | undefined> {
  const { rows } = await sql<{ id: OfficerId }>`
    update staff.sign_in set mail_code_hash = ${hash} where id = ${id} and ends_at > ${now}
    returning officer_id as id`.execute(tx)
  return rows[0]?.id
}

/** Uses the code of a sign-in up. */
export async function takeMailCode({ tx }: Work, id: SignInId, hash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    update staff.sign_in set mail_code_hash = null where id = ${id} and mail_code_hash = ${hash}
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function isKnownDevice({ tx }: Work, officerId: OfficerId, deviceHash: Buffer): Promise<boolean> {
  const { rows } = await sql`
    select from staff.device_officer where officer_id = ${officerId} and device_hash = ${deviceHash}`.execute(tx)
  return rows.length > 0
}

/** The posts of some roles, by role and unit, in which other officers act today who have a second factor. */
export async function postsOfOthersWithFactor(work: Work, officerId: OfficerId, roles: readonly Role[]) {
  const { rows } = await sql<{ role: Role; unitId: UnitId }>`
    select distinct a.role, a.unit_id as "unitId" from staff.officer o
    join staff.appointment a on a.officer_id = o.id and a.role = any (${roles}::text[])
      and a.valid @> ${work.today}::date
    where o.id <> ${officerId} and o.left_at is null
      and exists (select from staff.factor f where f.officer_id = o.id and ${opens(work)})`.execute(work.tx)
  return rows
}
