import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import type { OfficerId, PasswordLinkId, ProposalId } from '../officer.ts'

/** Links by which passwords are chosen: row-level security shows them to steps that opened the credentials alone. */

export type LinkDelivery = 'phone' | 'email' | 'paper'

/** Of a secret as it is typed: in any case, with or without its hyphens. */
export const hashOf = (secret: string): Buffer =>
  createHash('sha256')
    .update(secret.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest()

export type NewPasswordLink = {
  readonly id: PasswordLinkId
  readonly officerId: OfficerId
  readonly proposalId: ProposalId | undefined
  readonly delivery: LinkDelivery
  readonly expiresAt: Date
  /** Whether its use removes the officer's second factors, so that they add new ones. */
  readonly dropsFactors: boolean
}

export async function insertLink({ tx, now, by }: Work, link: NewPasswordLink): Promise<void> {
  await sql`
    insert into staff.password_link (id, officer_id, proposal_id, delivery, drops_factors, granted_by, granted_at,
      expires_at)
    values (${link.id}, ${link.officerId}, ${link.proposalId ?? null}, ${link.delivery}, ${link.dropsFactors}, ${by.id},
      ${now}, ${link.expiresAt})`.execute(tx)
}

export async function setOpenLinkEnded({ tx, now }: Work, officerId: OfficerId): Promise<PasswordLinkId | undefined> {
  const { rows } = await sql<{ id: PasswordLinkId }>`
    update staff.password_link set ended_at = ${now}
    where officer_id = ${officerId} and used_at is null and ended_at is null returning id`.execute(tx)
  return rows[0]?.id
}

export type GrantedLink = {
  readonly id: PasswordLinkId
  readonly officerId: OfficerId
  readonly delivery: LinkDelivery
  readonly expiresAt: Date
}
const granted = sql.raw('id, officer_id as "officerId", delivery, expires_at as "expiresAt"')

/** Keeps the secret of a link that is sent: drawn once, since a second message would be another link. */
export async function setSecretToSend(
  { tx, now }: Work,
  id: PasswordLinkId,
  hash: Buffer,
): Promise<GrantedLink | undefined> {
  const { rows } = await sql<GrantedLink>`
    update staff.password_link set token_hash = ${hash}
    where id = ${id} and delivery <> 'paper' and token_hash is null and used_at is null and ended_at is null
      and expires_at > ${now}
    returning ${granted}`.execute(tx)
  return rows[0]
}

/** Keeps the secret of a paper: printed by who accepted the proposal; what they printed before opens nothing. */
export async function setSecretOnPaper(
  { tx, now, by }: Work,
  proposalId: ProposalId,
  hash: Buffer,
): Promise<GrantedLink | undefined> {
  const { rows } = await sql<GrantedLink>`
    update staff.password_link set token_hash = ${hash}
    where proposal_id = ${proposalId} and delivery = 'paper' and granted_by = ${by.id} and used_at is null
      and ended_at is null and expires_at > ${now}
    returning ${granted}`.execute(tx)
  return rows[0]
}

/** Keeps the secret of a paper that stands on no proposal: of one of the first two officers. */
export async function setSecretOfFounding(
  { tx, now, by }: Work,
  id: PasswordLinkId,
  hash: Buffer,
): Promise<GrantedLink | undefined> {
  const { rows } = await sql<GrantedLink>`
    update staff.password_link set token_hash = ${hash}
    where id = ${id} and proposal_id is null and delivery = 'paper' and granted_by = ${by.id} and used_at is null
      and ended_at is null and expires_at > ${now}
    returning ${granted}`.execute(tx)
  return rows[0]
}

export type OpenLink = GrantedLink & { readonly login: string; readonly unitId: UnitId }

/** The link of a secret, with its officer, where it opens: neither used nor over, of nobody who left. */
export async function findOpenLink({ tx, now }: Work, hash: Buffer): Promise<OpenLink | undefined> {
  const { rows } = await sql<OpenLink>`
    select l.id, l.officer_id as "officerId", l.delivery, l.expires_at as "expiresAt", o.login, o.unit_id as "unitId"
    from staff.password_link l join staff.officer o on o.id = l.officer_id and o.left_at is null
    where l.token_hash = ${hash} and l.used_at is null and l.ended_at is null and l.expires_at > ${now}`.execute(tx)
  return rows[0]
}

export async function countTry({ tx }: Work, id: PasswordLinkId): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    update staff.password_link set tries = tries + 1 where id = ${id} returning tries`.execute(tx)
  return rows[0]?.tries ?? 0
}

export type SpentLink = OpenLink & Pick<NewPasswordLink, 'dropsFactors'>

/** Uses a link up; of two at once, one does. */
export async function spendLink({ tx, now }: Work, hash: Buffer, login: string): Promise<SpentLink | undefined> {
  const { rows } = await sql<SpentLink>`
    update staff.password_link l set used_at = ${now}
    from staff.officer o
    where o.id = l.officer_id and o.left_at is null and o.login = ${login}
      and l.token_hash = ${hash} and l.used_at is null and l.ended_at is null and l.expires_at > ${now}
    returning l.id, l.officer_id as "officerId", l.delivery, l.expires_at as "expiresAt", o.login,
      o.unit_id as "unitId", l.drops_factors as "dropsFactors"`.execute(tx)
  return rows[0]
}

export type LinkOfProposal = {
  readonly proposalId: ProposalId
  readonly delivery: LinkDelivery
  readonly state: 'open' | 'used' | 'over'
  readonly grantedBy: string
  readonly isDrawn: boolean
}

/** What became of the links of proposals; nothing that opens one. */
export async function linksOf({ tx, now }: Work, proposalIds: readonly ProposalId[]): Promise<LinkOfProposal[]> {
  const { rows } = await sql<LinkOfProposal>`
    select proposal_id as "proposalId", delivery, granted_by as "grantedBy", token_hash is not null as "isDrawn",
      case when used_at is not null then 'used' when ended_at is not null or expires_at <= ${now} then 'over'
        else 'open' end as state
    from staff.password_link where proposal_id = any (${proposalIds}::uuid[])`.execute(tx)
  return rows
}
