import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { HeldState } from './contract.ts'
import type { HeldDecision } from './decision.ts'

const columns = sql.raw(`
  id, batch_id as "batchId", kind, subject_kind as "subjectKind", subject_id as "subjectId", person_id as "personId",
  unit_id as "unitId", input, decided_by as "decidedBy", decided_at as "decidedAt", acts_in_id as "actsInId", authority,
  takes_effect_at as "takesEffectAt", state, ended_at as "endedAt", ended_by as "endedBy", problem`)

type NewHeldDecision = Omit<HeldDecision, 'state' | 'endedAt' | 'endedBy' | 'problem'>

/** False where the same subject is decided already and that decision is held. */
export async function insertHeld({ tx }: Work, one: NewHeldDecision): Promise<boolean> {
  const { rows } = await sql`
    insert into decisions.held_decision (unit_id, id, batch_id, kind, subject_kind, subject_id, person_id, input,
      decided_by, decided_at, acts_in_id, authority, takes_effect_at)
    values (${one.unitId}, ${one.id}, ${one.batchId}, ${one.kind}, ${one.subjectKind}, ${one.subjectId},
      ${one.personId}, ${JSON.stringify(one.input)}::jsonb, ${one.decidedBy}, ${one.decidedAt}, ${one.actsInId},
      ${JSON.stringify(one.authority)}::jsonb, ${one.takesEffectAt})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** The decision on a subject that is held, or the latest. */
export async function findLatestOn({ tx }: Work, subjectId: string): Promise<HeldDecision | undefined> {
  const { rows } = await sql<HeldDecision>`
    select ${columns} from decisions.held_decision where subject_id = ${subjectId}
    order by state = 'held' desc, decided_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

/** An officer's decisions that are held, or could not be carried out since an instant; the latest first. */
export async function findOpenOf({ tx, by }: Work, since: Date, limit: number): Promise<HeldDecision[]> {
  const { rows } = await sql<HeldDecision>`
    select ${columns} from decisions.held_decision
    where decided_by = ${by.id} and decided_at >= ${since} and state in ('held', 'not-carried-out')
    order by decided_at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** All of one press, held, in one order, so that undoing and carrying out meet at the first row. */
export async function holdBatch({ tx }: Work, batchId: string): Promise<HeldDecision[]> {
  const { rows } = await sql<HeldDecision>`
    select ${columns} from decisions.held_decision where batch_id = ${batchId} order by id for update`.execute(tx)
  return rows
}

export async function holdOne({ tx }: Work, id: string): Promise<HeldDecision | undefined> {
  const { rows } = await sql<HeldDecision>`
    select ${columns} from decisions.held_decision where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** What is due, the earliest first. */
export async function findDue({ tx, now }: Work, limit: number): Promise<HeldDecision[]> {
  const { rows } = await sql<HeldDecision>`
    select ${columns} from decisions.held_decision
    where state = 'held' and takes_effect_at <= ${now} order by takes_effect_at, id limit ${limit}`.execute(tx)
  return rows
}

/** A decision ends: what was given with it, and under which authority, is needed no more. */
export async function setEnded(
  { tx, now }: Work,
  { unitId, id }: HeldDecision,
  {
    state,
    by,
    problem,
  }: { readonly state: Exclude<HeldState, 'held'>; readonly by: string; readonly problem?: string },
): Promise<void> {
  await sql`
    update decisions.held_decision
    set state = ${state}, ended_at = ${now}, ended_by = ${by}, problem = ${problem ?? null},
      input = null, authority = null
    where unit_id = ${unitId} and id = ${id}`.execute(tx)
}
