import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Account, AccountState, Way } from './account.ts'
import type { LockReason } from './lock.ts'

/** What the desk keeps of an account beside its state. */
export type DeskRow = {
  readonly personId: string
  readonly id: string
  readonly level: 1 | 2
  readonly state: AccountState
  readonly phone: string | null
  readonly origin: 'registered' | 'imported'
  readonly requestedAt: Date | null
  readonly requestedBy: string | null
  readonly askedVia: Way | null
  readonly unitId: string | null
  readonly dueOn: Day | null
  readonly representativeId: string | null
  readonly approvedAt: Date | null
  readonly approvedBy: string | null
  readonly notifiedAt: Date | null
  readonly activateBy: Day | null
  readonly activatedAt: Date | null
  readonly lockedFor: LockReason | null
  readonly stateOn: Day
}

export type Announced = {
  readonly by?: string | undefined
  readonly activateBy?: Day | undefined
  readonly told: boolean
  readonly noticeId?: string | undefined
}

export async function deskRow({ tx }: Work, id: string): Promise<DeskRow | undefined> {
  const { rows } = await sql<DeskRow>`
    select person_id as "personId", id, level, state, phone, origin, requested_at as "requestedAt", requested_by as "requestedBy", asked_via as "askedVia", unit_id as "unitId",
           due_on as "dueOn", representative_id as "representativeId", approved_at as "approvedAt", approved_by as "approvedBy", notified_at as "notifiedAt",
           activate_by as "activateBy", activated_at as "activatedAt", locked_for as "lockedFor", state_on as "stateOn"
    from accounts.account where id = ${id}`.execute(tx)
  return rows[0]
}

export async function moveList({ tx }: Work, { id, personId }: Pick<Account, 'id' | 'personId'>) {
  const { rows } = await sql<{ state: AccountState; level: 1 | 2; onDay: Day; at: Date }>`
    select state, level, on_day as "onDay", at from accounts.move where person_id = ${personId} and account_id = ${id}
    order by at, level, array_position(array['requested', 'approved', 'activated', 'locked', 'cancelled'], state), id`.execute(tx)
  return rows
}

/** By whom, and until when the holder may activate by themselves; `told` where a message is on its way: `noticeId`, where the days rest on it. */
export async function setApproved(
  { tx, now }: Work,
  { id, personId }: Account,
  { by, activateBy, told, noticeId }: Announced,
): Promise<void> {
  await sql`
    update accounts.account set approved_by = coalesce(${by ?? null}, approved_by), activate_by = ${activateBy ?? null}, notified_at = ${told ? now : null}, lapse_told_at = null,
           notice_id = ${noticeId ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** The phone as it is known from today: no extract of this day or before puts the former one back. */
export async function setPhone({ tx, today }: Work, { id, personId }: Account, phone: string | undefined): Promise<void> {
  await sql`update accounts.account set phone = ${phone ?? null}, phone_on = ${today} where person_id = ${personId} and id = ${id}`.execute(
    tx,
  )
}

/** The living accounts of children whom somebody represents, within the work's sight. */
export async function representedBy(
  { tx }: Work,
  representativeId: string,
): Promise<{ readonly id: string; readonly phone: string | null }[]> {
  const { rows } = await sql<{ id: string; phone: string | null }>`
    select id, phone from accounts.account where representative_id = ${representativeId} and state <> 'cancelled' order by id`.execute(tx)
  return rows
}

export async function setRepresentative({ tx }: Work, { id, personId }: Account, representativeId: string | undefined): Promise<void> {
  await sql`update accounts.account set representative_id = ${representativeId ?? null} where person_id = ${personId} and id = ${id}`.execute(
    tx,
  )
}

export type PhoneProof = 'card' | 'face-known' | 'given-up' | 'representative'

export async function insertPhoneChange(
  { tx, now, by }: Work,
  { id, personId }: Account,
  { before, after, proof }: { readonly before: string | undefined; readonly after: string | undefined; readonly proof: PhoneProof },
): Promise<void> {
  await sql`
    insert into accounts.phone_change (person_id, id, account_id, old_phone, new_phone, proof, at, by_id)
    values (${personId}, ${newId<'phone-change'>(now)}, ${id}, ${before ?? null}, ${after ?? null}, ${proof}, ${now}, ${by.id})`.execute(tx)
}

/** The living accounts of other grown people that have a phone; asked within the house's own sight. */
export async function grownHolders({ tx, today }: Work, phone: string, exceptPersonId: string, grownFrom: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from accounts.account a join register.published_birth b on b.person_id = a.person_id
    where a.phone = ${phone} and a.state <> 'cancelled' and a.person_id <> ${exceptPersonId}
      and make_date(b.birth_y, coalesce(b.birth_m, 1), coalesce(b.birth_d, 1)) <= (${today}::date - make_interval(years => ${grownFrom}))::date
    order by a.id`.execute(tx)
  return rows.map(({ id }) => id)
}

export type Raising = {
  readonly id: string
  readonly personId: string
  readonly accountId: string
  readonly proof: 'card' | 'application'
  readonly cardId: string | null
  readonly askedBy: string | null
  readonly askedVia: Exclude<Way, 'self'>
  readonly unitId: string | null
  readonly askedAt: Date
  readonly dueOn: Day
}

export type NewRaising = Pick<Raising, 'proof' | 'askedVia' | 'dueOn'> & {
  readonly cardId?: string | undefined
  readonly askedBy?: string | undefined
  readonly unitId?: string | undefined
}

export async function openRaising({ tx }: Work, { id, personId }: Pick<Account, 'id' | 'personId'>): Promise<Raising | undefined> {
  const { rows } = await sql<Raising>`
    select id, person_id as "personId", account_id as "accountId", proof, card_id as "cardId", asked_by as "askedBy", asked_via as "askedVia", unit_id as "unitId",
           asked_at as "askedAt", due_on as "dueOn"
    from accounts.raising where person_id = ${personId} and account_id = ${id} and decided_at is null`.execute(tx)
  return rows[0]
}

export async function insertRaising({ tx, now }: Work, { id, personId }: Account, raising: NewRaising): Promise<void> {
  const { proof, cardId, askedBy, askedVia, unitId, dueOn } = raising
  await sql`
    insert into accounts.raising (person_id, id, account_id, proof, card_id, asked_by, asked_via, unit_id, asked_at, due_on)
    values (${personId}, ${newId<'raising'>(now)}, ${id}, ${proof}, ${cardId ?? null}, ${askedBy ?? null}, ${askedVia}, ${unitId ?? null}, ${now}, ${dueOn})`.execute(
    tx,
  )
}

export async function decideRaising({ tx, now, by }: Work, { id, personId }: Raising, outcome: 'granted' | 'refused'): Promise<void> {
  await sql`
    update accounts.raising set decided_at = ${now}, decided_by = ${by.id}, outcome = ${outcome} where person_id = ${personId} and id = ${id}`.execute(
    tx,
  )
}

/** Level 2 is asked for no longer: the account ended, was locked or was lowered meanwhile. */
export async function lapseRaising({ tx, now, by }: Work, { id, personId }: Pick<Account, 'id' | 'personId'>): Promise<void> {
  await sql`
    update accounts.raising set decided_at = ${now}, decided_by = ${by.id}, outcome = 'lapsed'
    where person_id = ${personId} and account_id = ${id} and decided_at is null`.execute(tx)
}

/** Requests that an extract told of have no last day yet: their state, level and day say it. */
export async function undatedRequests({ tx }: Work, limit: number) {
  const { rows } = await sql<{ personId: string; id: string; level: 1 | 2; stateOn: Day; carded: boolean }>`
    select a.person_id as "personId", a.id, a.level, a.state_on as "stateOn",
           exists (select from cards.published_card c where c.person_id = a.person_id and c.state = 'handed-over') as carded
    from accounts.account a where a.state = 'requested' and a.due_on is null order by a.id limit ${limit}`.execute(tx)
  return rows
}

export async function setDue(
  { tx }: Work,
  dated: readonly { readonly personId: string; readonly id: string; readonly dueOn: Day }[],
): Promise<void> {
  if (dated.length === 0) return
  await sql`
    update accounts.account a set due_on = d."dueOn" from json_to_recordset(${JSON.stringify(dated)}::json) as d ("personId" uuid, id uuid, "dueOn" date)
    where a.person_id = d."personId" and a.id = d.id`.execute(tx)
}
