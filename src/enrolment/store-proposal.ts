import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Application } from './store-application.ts'

export type DecisionProposal = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly applicationId: string
  readonly kind: 'refuse' | 'merge'
  readonly reason: string
  readonly note: string | null
  readonly otherId: string | null
  readonly unitId: Id<'unit'>
  readonly proposedBy: string
  readonly proposedAt: Date
}

const proposalColumns =
  sql.raw(`p.id, p.person_id as "personId", p.application_id as "applicationId", p.kind, p.reason, p.note,
      p.other_id as "otherId", p.unit_id as "unitId",
  p.proposed_by as "proposedBy", p.proposed_at as "proposedAt"`)

export async function insertProposal({ tx }: Work, p: DecisionProposal): Promise<void> {
  await sql`
    insert into enrolment.proposal
      (person_id, id, application_id, kind, reason, note, other_id, unit_id, proposed_by, proposed_at, state)
    values (${p.personId}, ${p.id}, ${p.applicationId}, ${p.kind}, ${p.reason}, ${p.note}, ${p.otherId}, ${p.unitId},
        ${p.proposedBy}, ${p.proposedAt}, 'open')`.execute(tx)
}

export async function findOpenProposal(
  { tx }: Work,
  { personId, id }: Pick<Application, 'personId' | 'id'>,
): Promise<DecisionProposal | undefined> {
  const { rows } = await sql<DecisionProposal>`
    select ${proposalColumns} from enrolment.proposal p
    where p.person_id = ${personId} and p.application_id = ${id} and p.state = 'open'`.execute(tx)
  return rows[0]
}

export async function holdProposal({ tx }: Work, id: string): Promise<DecisionProposal | undefined> {
  const { rows } = await sql<DecisionProposal>`select ${proposalColumns} from enrolment.proposal p
      where p.id = ${id} and p.state = 'open' for update`.execute(tx)
  return rows[0]
}

export async function setProposalDecided(
  { tx, now, by }: Work,
  { personId, id }: DecisionProposal,
  state: 'agreed' | 'rejected' | 'withdrawn',
): Promise<void> {
  await sql`
    update enrolment.proposal set state = ${state}, decided_by = ${by.id}, decided_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}
