import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { MessageId } from './message.ts'

/** What pays for messages: a kind and an id, so that this context knows none of them. */
export type BudgetRef = { readonly kind: string; readonly id: string }

/** What whoever pays has set; what is empty is as in the whole installation. */
export type BudgetTerms = {
  /** In đồng; null for as much as it takes. */
  readonly cap: number | null
  /** Minutes of the day between which what rings goes out; null for the hours of the installation. */
  readonly hours: { readonly fromMinute: number; readonly untilMinute: number } | null
  /** Gateways of phones in the order in which they are tried; those that are not named follow. */
  readonly channels: readonly string[]
}

export type Budget = BudgetRef &
  BudgetTerms & {
    readonly unitId: Id<'unit'>
    readonly spent: number
    /** Messages that wait for it. */
    readonly held: number
  }

const terms = sql`b.cap::float8 as cap, b.channels,
  case when b.from_minute is not null
    then jsonb_build_object('fromMinute', b.from_minute, 'untilMinute', b.until_minute) end as hours`

/** Whether, and for how much, a budget still pays; held until the work ends. Undefined where there is none. */
export async function holdBudget(
  { tx }: Work,
  { kind, id }: BudgetRef,
): Promise<(BudgetTerms & { readonly spent: number; readonly unitId: Id<'unit'> }) | undefined> {
  const { rows } = await sql<BudgetTerms & { spent: number; unitId: Id<'unit'> }>`
    select ${terms}, b.spent::float8 as spent, b.unit_id as "unitId" from outreach.budget b
    where b.kind = ${kind} and b.id = ${id} for update`.execute(tx)
  return rows[0]
}

/** The terms of some budgets, by kind and id; nothing of those that have none. */
export async function findTerms({ tx }: Work, refs: readonly BudgetRef[]): Promise<Map<string, BudgetTerms>> {
  if (refs.length === 0) return new Map()
  const { rows } = await sql<BudgetTerms & BudgetRef>`
    select b.kind, b.id, ${terms} from outreach.budget b
    join unnest(${refs.map(({ kind }) => kind)}::text[], ${refs.map(({ id }) => id)}::uuid[]) as r (kind, id)
      on r.kind = b.kind and r.id = b.id`.execute(tx)
  return new Map(rows.map(({ kind, id, ...found }) => [keyOfBudget({ kind, id }), found]))
}

export const keyOfBudget = ({ kind, id }: BudgetRef): string => `${kind} ${id}`

/** Sets money aside, or gives it back. */
export async function addSpent({ tx }: Work, { kind, id }: BudgetRef, sum: number): Promise<void> {
  await sql`
    update outreach.budget set spent = greatest(0, spent + ${sum}) where kind = ${kind} and id = ${id}`.execute(tx)
}

export async function setTerms(
  { tx, now }: Work,
  { kind, id }: BudgetRef,
  unitId: Id<'unit'>,
  { cap, hours, channels }: BudgetTerms,
): Promise<void> {
  await sql`
    insert into outreach.budget (kind, id, unit_id, cap, from_minute, until_minute, channels, set_at)
    values (${kind}, ${id}, ${unitId}, ${cap}, ${hours?.fromMinute ?? null}, ${hours?.untilMinute ?? null},
      ${[...channels]}::text[], ${now})
    on conflict (kind, id) do update set cap = excluded.cap, from_minute = excluded.from_minute,
      until_minute = excluded.until_minute, channels = excluded.channels, set_at = excluded.set_at`.execute(tx)
}

export async function listBudgets({ tx }: Work): Promise<Budget[]> {
  const { rows } = await sql<Budget>`
    select b.kind, b.id, b.unit_id as "unitId", ${terms}, b.spent::float8 as spent,
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
