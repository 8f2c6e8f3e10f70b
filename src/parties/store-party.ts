import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { Party, PartyId, PartyKind, PartyState, PersonReference } from './party.ts'

type PartyRow = {
  readonly id: PartyId
  readonly name_vi: string
  readonly name_en: string
  readonly kind: PartyKind
  readonly basis_text: string | null
  readonly basis_article: string | null
  readonly contact_name: string
  readonly contact_email: string
  readonly state: PartyState
  readonly registered_by_kind: string
  readonly registered_by_id: string
  readonly registered_at: Date
  readonly submitted_by_kind: string | null
  readonly submitted_by_id: string | null
  readonly submitted_at: Date | null
  readonly decided_at: Date | null
  readonly reason: string | null
}

const partyColumns = sql`id, name_vi, name_en, kind, basis_text, basis_article, contact_name, contact_email, state,
    registered_by_kind, registered_by_id,
  registered_at, submitted_by_kind, submitted_by_id, submitted_at, decided_at, reason`

const partyOfRow = (row: PartyRow): Party => ({
  id: row.id,
  nameVi: row.name_vi,
  nameEn: row.name_en,
  kind: row.kind,
  ...(row.basis_text !== null &&
    row.basis_article !== null && { basis: { text: row.basis_text, article: row.basis_article } }),
  contact: { name: row.contact_name, email: row.contact_email },
  state: row.state,
  registeredBy: { kind: row.registered_by_kind, id: row.registered_by_id },
  registeredAt: row.registered_at,
  ...(row.submitted_by_kind !== null &&
    row.submitted_by_id !== null && { submittedBy: { kind: row.submitted_by_kind, id: row.submitted_by_id } }),
  ...(row.submitted_at && { submittedAt: row.submitted_at }),
  ...(row.decided_at && { decidedAt: row.decided_at }),
  ...(row.reason !== null && { reason: row.reason }),
})

/** The visible parties: those waiting for a decision first, then by name. */
export async function findParties({ tx }: Work): Promise<Party[]> {
  const { rows } = await sql<PartyRow>`
    select ${partyColumns} from parties.party
    order by (state = 'submitted') desc, submitted_at, lower(name_vi), id`.execute(tx)
  return rows.map(partyOfRow)
}

export async function findParty({ tx }: Work, id: PartyId): Promise<Party | undefined> {
  const { rows } = await sql<PartyRow>`select ${partyColumns} from parties.party where id = ${id}`.execute(tx)
  return rows[0] && partyOfRow(rows[0])
}

export async function holdParty({ tx }: Work, id: PartyId): Promise<Party | undefined> {
  const { rows } = await sql<PartyRow>`select ${partyColumns} from parties.party where id = ${id} for update`.execute(
    tx,
  )
  return rows[0] && partyOfRow(rows[0])
}

export type PartyContent = Pick<Party, 'nameVi' | 'nameEn' | 'kind' | 'basis' | 'contact'>

export async function insertParty(
  { tx, now, by }: Work,
  id: PartyId,
  { nameVi, nameEn, kind, basis, contact }: PartyContent,
): Promise<void> {
  await sql`
    insert into parties.party (id, name_vi, name_en, kind, basis_text, basis_article, contact_name, contact_email,
        state,
                               registered_by_kind, registered_by_id, registered_at)
    values (${id}, ${nameVi}, ${nameEn}, ${kind}, ${basis?.text ?? null}, ${basis?.article ?? null}, ${contact.name},
        ${contact.email}, 'draft',
            ${by.kind}, ${by.id}, ${now})`.execute(tx)
}

export async function updateParty(
  { tx }: Work,
  id: PartyId,
  { nameVi, nameEn, kind, basis, contact }: PartyContent,
): Promise<void> {
  await sql`
    update parties.party
    set name_vi = ${nameVi}, name_en = ${nameEn}, kind = ${kind}, basis_text = ${basis?.text ?? null},
           basis_article = ${basis?.article ?? null}, contact_name = ${contact.name}, contact_email = ${contact.email}
    where id = ${id}`.execute(tx)
}

/** A new submission ends the earlier decision; its reason stays in the deeds. */
export async function setPartySubmitted(
  { tx, now }: Work,
  id: PartyId,
  { kind, id: hand }: PersonReference,
): Promise<void> {
  await sql`
    update parties.party
    set state = 'submitted', submitted_by_kind = ${kind}, submitted_by_id = ${hand}, submitted_at = ${now},
           decided_by_id = null, decided_at = null, reason = null
    where id = ${id}`.execute(tx)
}

/** Taken back before the decision. */
export async function setPartyDraft({ tx }: Work, id: PartyId): Promise<void> {
  await sql`
    update parties.party set state = 'draft', submitted_by_kind = null, submitted_by_id = null, submitted_at = null
    where id = ${id}`.execute(tx)
}

export async function setPartyDecided(
  { tx, now, by }: Work,
  id: PartyId,
  state: PartyState,
  reason?: string,
): Promise<void> {
  await sql`
    update parties.party set state = ${state}, decided_by_id = ${by.id}, decided_at = ${now}, reason = ${reason ?? null}
    where id = ${id}`.execute(tx)
}

export async function addMember({ tx, now }: Work, partyId: PartyId, engineerId: string): Promise<void> {
  await sql`
    insert into parties.member (party_id, engineer_id, added_at) values (${partyId}, ${engineerId}, ${now})
    on conflict do nothing`.execute(tx)
}
