import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { SchoolId, UnitId } from '../../units/units.ts'
import type { Contact } from '../contact.ts'
import type { AppointmentId, OfficerId, ProposalId } from '../officer.ts'
import type { Role } from '../role.ts'

export const proposalKinds = ['appointment', 'stand-in', 'reset', 'factor-reset', 'contact'] as const
export type ProposalKind = (typeof proposalKinds)[number]

export type ProposalState = 'pending' | 'accepted' | 'refused' | 'withdrawn' | 'expired'

export type Proposal = {
  readonly id: ProposalId
  readonly kind: ProposalKind
  /** Whom it concerns: who gets the post, the password, the address. */
  readonly officerId: OfficerId
  readonly unitId: UnitId
  readonly role: Role | null
  /** Of an appointment to a school's staff. */
  readonly schoolId: SchoolId | null
  readonly appointmentId: AppointmentId | null
  readonly fromOn: Day | null
  readonly toOn: Day | null
  readonly phone: string | null
  readonly email: string | null
  readonly note: string | null
  readonly state: ProposalState
  readonly proposedByKind: 'officer' | 'operator'
  readonly proposedBy: string
  readonly proposedFor: string | null
  readonly proposedAt: Date
  readonly expiresAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  /** The file in which it was proposed with others. */
  readonly batchId: string | null
}

/** A pending proposal whose time is over is expired, whoever asks. */
const columns = ({ now }: Work) => sql`
  id, kind, officer_id as "officerId", unit_id as "unitId", role, school_id as "schoolId",
  appointment_id as "appointmentId",
  from_on as "fromOn", to_on as "toOn", phone, email, note,
  case when state = 'pending' and expires_at <= ${now} then 'expired' else state end as state,
  proposed_by_kind as "proposedByKind", proposed_by as "proposedBy", proposed_for as "proposedFor",
  proposed_at as "proposedAt", expires_at as "expiresAt", decided_by as "decidedBy", decided_at as "decidedAt",
  batch_id as "batchId"`

export type NewProposal = Pick<Proposal, 'id' | 'kind' | 'officerId' | 'unitId' | 'expiresAt'> &
  Partial<
    Pick<Proposal, 'role' | 'schoolId' | 'appointmentId' | 'fromOn' | 'toOn' | 'phone' | 'email' | 'note' | 'batchId'>
  >

/** Marks what nobody accepted in time, about one officer. Gives which. */
export async function expireOf({ tx, now }: Work, officerId: OfficerId): Promise<{ id: ProposalId; unitId: UnitId }[]> {
  const { rows } = await sql<{ id: ProposalId; unitId: UnitId }>`
    update staff.proposal set state = 'expired'
    where officer_id = ${officerId} and state = 'pending' and expires_at <= ${now}
    returning id, unit_id as "unitId"`.execute(tx)
  return rows
}

/** Adds a proposal; false where the same waits already. */
export async function insertProposal({ tx, now, by }: Work, one: NewProposal): Promise<boolean> {
  const { rows } = await sql`
    insert into staff.proposal (id, kind, officer_id, unit_id, role, school_id, appointment_id, from_on, to_on, phone,
      email, note, proposed_by_kind, proposed_by, proposed_for, proposed_at, expires_at, batch_id)
    values (${one.id}, ${one.kind}, ${one.officerId}, ${one.unitId}, ${one.role ?? null}, ${one.schoolId ?? null},
      ${one.appointmentId ?? null}, ${one.fromOn ?? null}, ${one.toOn ?? null}, ${one.phone ?? null},
      ${one.email ?? null}, ${one.note ?? null},
      ${by.kind}, ${by.id}, ${by.onBehalfOf ?? null}, ${now}, ${one.expiresAt}, ${one.batchId ?? null})
    on conflict do nothing returning 1`.execute(tx)
  return rows.length > 0
}

export async function holdProposal(work: Work, id: ProposalId): Promise<Proposal | undefined> {
  const { rows } = await sql<Proposal>`
    select ${columns(work)} from staff.proposal where id = ${id} for update`.execute(work.tx)
  return rows[0]
}

/** Proposals in sight that wait, and those decided or over lately, the latest first. */
export async function selectProposals(work: Work, lately: Date): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`
    select ${columns(work)} from staff.proposal
    where (state = 'pending' and expires_at > ${work.now}) or greatest(expires_at, decided_at) > ${lately}
    order by state <> 'pending' or expires_at <= ${work.now}, proposed_at desc, id limit 200`.execute(work.tx)
  return rows
}

export async function setDecided(
  { tx, now, by }: Work,
  id: ProposalId,
  state: 'accepted' | 'refused' | 'withdrawn',
  { phone, email }: Contact = {},
): Promise<void> {
  await sql`
    update staff.proposal set state = ${state}, decided_by = ${by.id}, decided_for = ${by.onBehalfOf ?? null},
      decided_at = ${now}, former_phone = ${phone ?? null}, former_email = ${email ?? null}
    where id = ${id}`.execute(tx)
}

/** Phone and e-mail address that an accepted proposal replaced. */
export async function formerContact(
  { tx }: Work,
  id: ProposalId,
): Promise<{ readonly phone: string | null; readonly email: string | null } | undefined> {
  const { rows } = await sql<{ phone: string | null; email: string | null }>`
    select former_phone as phone, former_email as email from staff.proposal
    where id = ${id} and kind = 'contact' and state = 'accepted'`.execute(tx)
  return rows[0]
}

/** What of a batch waits and is in sight. */
export async function holdBatch(work: Work, batchId: string): Promise<Pick<Proposal, 'id' | 'officerId'>[]> {
  const { rows } = await sql<Pick<Proposal, 'id' | 'officerId'>>`
    select id, officer_id as "officerId" from staff.proposal
    where batch_id = ${batchId} and state = 'pending' and expires_at > ${work.now}
    order by id for update`.execute(work.tx)
  return rows
}

export type BatchOfProposals = {
  readonly id: string
  readonly proposedBy: string
  readonly proposedFor: string | null
  readonly proposedAt: Date
  readonly rows: number
  readonly waiting: number
  readonly accepted: number
}

/** Batches in sight of which something waits, the latest first. */
export async function selectBatches(work: Work): Promise<BatchOfProposals[]> {
  const { rows } = await sql<BatchOfProposals>`
    select batch_id as id, min(proposed_by) as "proposedBy", min(proposed_for::text) as "proposedFor",
      min(proposed_at) as "proposedAt", count(*)::int as rows,
      (count(*) filter (where state = 'pending' and expires_at > ${work.now}))::int as waiting,
      (count(*) filter (where state = 'accepted'))::int as accepted
    from staff.proposal where batch_id is not null
    group by batch_id having count(*) filter (where state = 'pending' and expires_at > ${work.now}) > 0
    order by min(proposed_at) desc, batch_id limit 50`.execute(work.tx)
  return rows
}
