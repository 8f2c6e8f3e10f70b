import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import type { SupplementItem } from '../refusal-code.ts'
import type { Raising, Supplement } from '../store-request.ts'

export type NewRaising = Pick<Raising, 'proof' | 'askedVia' | 'dueOn'> & {
  readonly cardId?: Id<'card'> | undefined
  readonly askedBy?: string | undefined
  readonly unitId?: Id<'unit'> | undefined
}

export async function insertRaising({ tx, now }: Work, { id, personId }: Account, raising: NewRaising): Promise<void> {
  const { proof, cardId, askedBy, askedVia, unitId, dueOn } = raising
  await sql`
    insert into accounts.raising
      (person_id, id, account_id, proof, card_id, asked_by, asked_via, unit_id, asked_at, due_on)
    values (${personId}, ${newId<'raising'>(now)}, ${id}, ${proof}, ${cardId ?? null}, ${askedBy ?? null}, ${askedVia},
        ${unitId ?? null}, ${now}, ${dueOn})`.execute(tx)
}

export async function setRaisingDecided(
  { tx, now, by }: Work,
  { id, personId }: Raising,
  outcome: 'granted' | 'refused',
): Promise<void> {
  await sql`
    update accounts.raising set decided_at = ${now}, decided_by = ${by.id}, outcome = ${outcome}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The living accounts of other adults with a phone, seen with the house's own scope. */
export async function findAdultHoldersOfPhone(
  { tx, today }: Work,
  phone: string,
  exceptPersonId: string,
  grownFrom: number,
): Promise<Id<'account'>[]> {
  const { rows } = await sql<{ id: Id<'account'> }>`
    select a.id from accounts.account a join register.published_birth b on b.person_id = a.person_id
    where a.phone = ${phone} and a.state <> 'cancelled' and a.person_id <> ${exceptPersonId}
      and a.representative_id is distinct from ${exceptPersonId}
      and make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)) <=
        (${today}::date - make_interval(years => ${grownFrom}))::date
    order by a.id`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function insertSupplement(
  { tx, now, by }: Work,
  { id: accountId, personId }: Account,
  {
    id,
    items,
    note,
    supplyBy,
  }: {
    readonly id: Id<'supplement'>
    readonly items: readonly SupplementItem[]
    readonly note: string | undefined
    readonly supplyBy: Day
  },
): Promise<void> {
  await sql`
    insert into accounts.supplement (person_id, id, account_id, items, note, asked_by, asked_at, supply_by)
    values (${personId}, ${id}, ${accountId}, ${[...items]}::text[], ${note ?? null}, ${by.id}, ${now},
        ${supplyBy})`.execute(tx)
}

export async function setSupplied(
  { tx, now, by }: Work,
  { id, personId }: Pick<Supplement, 'id' | 'personId'>,
): Promise<void> {
  await sql`
    update accounts.supplement set supplied_at = ${now}, supplied_by = ${by.id}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}
