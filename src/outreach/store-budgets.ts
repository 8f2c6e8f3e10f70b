import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { MessageId } from './message.ts'

/** What pays for messages: a kind and an id, so that this context knows none of them. */
export type BudgetRef = { readonly kind: string; readonly id: string }

export type Budget = BudgetRef & {
  readonly unitId: Id<'unit'>
  /** In đồng. */
  readonly cap: number
  readonly spent: number
  /** Messages that wait for it. */
  readonly held: number
}

/** Whether, and for how much, a budget still pays; held until the work ends. Undefined where there is none. */
export async function holdBudget(
  { tx }: Work,
  { kind, id }: BudgetRef,
): Promise<{ cap: number; spent: number; unitId: Id<'unit'> } | undefined> {
  const { rows } = await sql<{ cap: number; spent: number; unitId: Id<'unit'> }>`
    select cap::float8 as cap, spent::float8 as spent, unit_id as "unitId" from outreach.budget
    where kind = ${kind} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** Sets money aside, or gives it back. */
export async function addSpent({ tx }: Work, { kind, id }: BudgetRef, sum: number): Promise<void> {
  await sql`
    update outreach.budget set spent = greatest(0, spent + ${sum}) where kind = ${kind} and id = ${id}`.execute(tx)
}

export async function setCap({ tx, now }: Work, { kind, id }: BudgetRef, unitId: Id<'unit'>, cap: number) {
  await sql`
    insert into outreach.budget (kind, id, unit_id, cap, set_at) values (${kind}, ${id}, ${unitId}, ${cap}, ${now})
    on conflict (kind, id) do update set cap = excluded.cap, set_at = excluded.set_at`.execute(tx)
}

export async function listBudgets({ tx }: Work): Promise<Budget[]> {
  const { rows } = await sql<Budget>`
    select b.kind, b.id, b.unit_id as "unitId", b.cap::float8 as cap, b.spent::float8 as spent,
      (select count(*)::integer from outreach.message m
        where m.state = 'held' and m.budget_kind = b.kind and m.budget_id = b.id) as held
    from outreach.budget b order by b.set_at desc limit 200`.execute(tx)
  return rows
}

/** Messages wait for their budget. */
export async function holdForBudget({ tx }: Work, ids: readonly MessageId[]): Promise<void> {
  await sql`
    update outreach.message set state = 'held', code = 'budget', next_at = null
    where id = any (${[...ids]}::uuid[])`.execute(tx)
}

/** Messages that waited for a budget go on; gives how many. */
export async function releaseHeld({ tx, now }: Work, { kind, id }: BudgetRef): Promise<number> {
  const { rows } = await sql`
    update outreach.message set state = 'queued', code = null, next_at = ${now}
    where state = 'held' and budget_kind = ${kind} and budget_id = ${id} returning id`.execute(tx)
  return rows.length
}
