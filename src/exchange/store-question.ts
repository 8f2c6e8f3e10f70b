import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { CentreOutcome, CentreQuestion, QuestionKind } from './question.ts'

const columns = sql.raw(`
  person_id as "personId", id, kind, subject_id as "subjectId", unit_id as "unitId", body, state, asked_at as "askedAt",
  asked_on as "askedOn", asked_by as "askedBy", due_on as "dueOn", acknowledged_at as "acknowledgedAt",
  answered_at as "answeredAt", answer, code, note`)

export type NewQuestion = Pick<CentreQuestion, 'id' | 'personId' | 'kind' | 'subjectId' | 'unitId' | 'body' | 'dueOn'>

/** False where the same is asked already and not answered yet. */
export async function insertQuestion({ tx, now, today, by }: Work, question: NewQuestion): Promise<boolean> {
  const { id, personId, kind, subjectId, unitId, body, dueOn } = question
  const { rows } = await sql`
    insert into exchange.question (person_id, id, kind, subject_id, unit_id, body, asked_at, asked_on, asked_by, due_on)
    values (${personId}, ${id}, ${kind}, ${subjectId}, ${unitId}, ${JSON.stringify(body)}::jsonb, ${now}, ${today},
      ${by.id}, ${dueOn})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/**
 * The oldest that were never put into an envelope and of which no piece is still to be signed, held; what another
 * process holds is left to it.
 */
export async function holdUnsent({ tx }: Work, limit: number): Promise<CentreQuestion[]> {
  const { rows } = await sql<CentreQuestion>`
    select ${columns} from exchange.question q where state = 'waiting'
      and not exists (select from exchange.piece p where p.question_id = q.id)
    order by asked_at, id limit ${limit} for update skip locked`.execute(tx)
  return rows
}

export async function holdQuestion({ tx }: Work, id: string): Promise<CentreQuestion | undefined> {
  const { rows } = await sql<CentreQuestion>`
    select ${columns} from exchange.question where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function setQuestionSent({ tx }: Work, { id, personId }: CentreQuestion): Promise<void> {
  await sql`update exchange.question set state = 'sent' where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The centre has them; answered ones stay so. */
export async function setQuestionsAcknowledged({ tx, now }: Work, ids: readonly string[]): Promise<void> {
  await sql`
    update exchange.question set acknowledged_at = ${now},
      state = case state when 'sent' then 'acknowledged' else state end
    where id = any (${[...ids]}::uuid[]) and acknowledged_at is null`.execute(tx)
}

export async function setQuestionAnswered(
  { tx, now }: Work,
  { id, personId }: CentreQuestion,
  said: {
    readonly outcome: CentreOutcome
    readonly answer?: Readonly<Record<string, unknown>> | undefined
    readonly code?: string | undefined
    readonly note?: string | undefined
  },
): Promise<void> {
  const answer = said.answer ? JSON.stringify(said.answer) : null
  await sql`
    update exchange.question
    set state = ${said.outcome}, answered_at = ${now}, answer = ${answer}::jsonb, code = ${said.code ?? null},
      note = ${said.note ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The centre reported on a part of it, or was asked to. */
export async function setReported({ tx, now }: Work, { id, personId }: CentreQuestion): Promise<void> {
  await sql`
    update exchange.question set reported_at = ${now} where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Batches of cards that the centre has and of which it has said nothing for so many hours, held. */
export async function holdSilent({ tx, now }: Work, hours: number): Promise<CentreQuestion[]> {
  const { rows } = await sql<CentreQuestion>`
    select ${columns} from exchange.question where kind = 'card.order' and state = 'acknowledged'
      and greatest(acknowledged_at, reported_at) <= ${now}::timestamptz - make_interval(hours => ${hours})
    order by asked_at, id for update skip locked`.execute(tx)
  return rows
}

export type QuestionCount = {
  readonly kind: QuestionKind
  readonly state: CentreQuestion['state']
  readonly count: number
  readonly overdue: number
  readonly oldestAt: Date
}

/** How many questions of the scope stand in each state; those that are past their day. */
export async function countQuestions({ tx, today }: Work): Promise<QuestionCount[]> {
  const { rows } = await sql<QuestionCount>`
    select kind, state, count(*)::integer as count,
      count(*) filter (where answered_at is null and due_on < ${today}::date)::integer as overdue,
      min(asked_at) as "oldestAt"
    from exchange.question group by kind, state order by kind, state`.execute(tx)
  return rows
}

/** Those that wait, the oldest first; or those that were answered, the latest first. */
export async function findQuestions(
  { tx }: Work,
  { open, limit }: { readonly open: boolean; readonly limit: number },
): Promise<CentreQuestion[]> {
  const { rows } = await (open
    ? sql<CentreQuestion>`
        select ${columns} from exchange.question where answered_at is null order by due_on, asked_at, id limit ${limit}`
    : sql<CentreQuestion>`
        select ${columns} from exchange.question where answered_at is not null
        order by answered_at desc, id limit ${limit}`
  ).execute(tx)
  return rows
}

/** Since when the oldest of them waits. */
export async function oldestOpenQuestion({
  tx,
  today,
}: Work): Promise<{ readonly count: number; readonly overdue: number; readonly oldest: Day | null }> {
  const { rows } = await sql<{ count: number; overdue: number; oldest: Day | null }>`
    select count(*)::integer as count, count(*) filter (where due_on < ${today}::date)::integer as overdue,
      min(asked_on) as oldest
    from exchange.question where answered_at is null`.execute(tx)
  return rows[0] ?? { count: 0, overdue: 0, oldest: null }
}
