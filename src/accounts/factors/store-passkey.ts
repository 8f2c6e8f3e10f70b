import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { HolderRef } from '../holder.ts'

export type Passkey = HolderRef & {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: string[]
  readonly backedUp: boolean
  readonly name: string
  readonly addedAt: Date
  readonly usedAt: Date | null
}

const passkeyColumns = sql.raw(`person_id as "personId", account_id as "accountId", credential_id as "credentialId",
      public_key as "publicKey", counter, transports,
  backed_up as "backedUp", name, added_at as "addedAt", used_at as "usedAt"`)

export async function findPasskeys({ tx }: Work, { personId, accountId }: HolderRef): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`
    select ${passkeyColumns} from accounts.passkey where person_id = ${personId} and account_id = ${accountId}
    order by added_at`.execute(tx)
  return rows
}

/** The passkey, locked, so that of two answers by one key the second sees the counter of the first. */
export async function holdPasskey({ tx }: Work, credentialId: string): Promise<Passkey | undefined> {
  const { rows } = await sql<Passkey>`
    select ${passkeyColumns} from accounts.passkey k
    where k.person_id = (select l.person_id from accounts.passkey_lookup l where l.credential_id = ${credentialId})
      and k.credential_id = ${credentialId}
    for update`.execute(tx)
  return rows[0]
}

type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'backedUp' | 'name'>

/** False if the key is registered already, for this person or another. */
export async function insertPasskey(
  { tx, now }: Work,
  { personId, accountId }: HolderRef,
  key: NewPasskey,
): Promise<boolean> {
  const { rows } = await sql`
    with fresh as (
      insert into accounts.passkey_lookup (credential_id, person_id) values (${key.credentialId}, ${personId})
      on conflict do nothing returning credential_id
    )
    insert into accounts.passkey
      (person_id, account_id, credential_id, public_key, counter, transports, backed_up, name, added_at)
    select ${personId}, ${accountId}, credential_id, ${key.publicKey}, ${key.counter}, ${key.transports}::text[],
      ${key.backedUp}, ${key.name}, ${now} from fresh
    returning 1`.execute(tx)
  return rows.length > 0
}

export async function updatePasskeyUse(
  { tx, now }: Work,
  { personId, credentialId }: Passkey,
  counter: number,
): Promise<void> {
  await sql`
    update accounts.passkey set counter = ${counter}, used_at = ${now}
    where person_id = ${personId} and credential_id = ${credentialId}`.execute(tx)
}

export async function dropPasskey(
  { tx }: Work,
  { personId, accountId }: HolderRef,
  credentialId: string,
): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      delete from accounts.passkey
      where person_id = ${personId} and account_id = ${accountId} and credential_id = ${credentialId}
      returning credential_id
    )
    delete from accounts.passkey_lookup l using gone where l.credential_id = gone.credential_id returning 1`.execute(tx)
  return rows.length > 0
}

export async function addChallenge({ tx }: Work, hash: Buffer, endsAt: Date): Promise<void> {
  await sql`insert into accounts.passkey_challenge (hash, ends_at) values (${hash}, ${endsAt})`.execute(tx)
}

/** Takes a challenge; of two simultaneous answers one gets it. */
export async function takeChallenge({ tx, now }: Work, hash: Buffer): Promise<boolean> {
  const { rows } =
    await sql`delete from accounts.passkey_challenge where hash = ${hash} and ends_at > ${now} returning 1`.execute(tx)
  return rows.length > 0
}

export async function dropOldChallenges({ tx, now }: Work): Promise<void> {
  await sql`
    delete from accounts.passkey_challenge where hash in (
      select hash from accounts.passkey_challenge where ends_at <= ${now} order by hash limit 100
        for update skip locked)`.execute(tx)
}
