import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Account, AccountState, RequestChannel } from './account.ts'
import type { LockReason } from './lock.ts'
import type { SupplementItem } from './refusal-code.ts'
import { queueCountAgain } from './store.ts'

/** What an officer sees of an account's request. */
export type RequestRow = {
  readonly personId: Id<'person'>
  readonly id: Id<'account'>
  readonly level: 1 | 2
  readonly state: AccountState
  readonly phone: string | null
  readonly origin: 'registered' | 'imported'
  readonly requestedAt: Date | null
  readonly requestedBy: string | null
  readonly askedVia: RequestChannel | null
  readonly unitId: Id<'unit'> | null
  readonly dueOn: Day | null
  readonly representativeId: Id<'person'> | null
  readonly approvedAt: Date | null
  readonly approvedBy: string | null
  readonly notifiedAt: Date | null
  readonly activateBy: Day | null
  readonly activatedAt: Date | null
  readonly lockedFor: LockReason | null
  readonly stateOn: Day
  readonly handedUpAt: Date | null
  readonly handedUpBy: string | null
  readonly returnedOn: Day | null
  readonly returnedCode: string | null
  readonly returnedNote: string | null
}

export type ApprovalNotice = {
  readonly by?: string | undefined
  readonly activateBy?: Day | undefined
  readonly isNotified: boolean
  readonly noticeId?: string | undefined
}

export type DatedRequest = {
  readonly personId: Id<'person'>
  readonly id: string
  /** For an account, or for level 2 of one. */
  readonly of: 'account' | 'raising'
  readonly level: 1 | 2
  readonly unitId: Id<'unit'> | null
  readonly askedOn: Day
  readonly dueOn: Day
}

/** The day on which what was missing was supplied last, from which the law counts; of the request alone that waits. */
const suppliedOn = (accountId: RawBuilder<unknown>, since: RawBuilder<unknown>) => sql`left join lateral (
  select max((s.supplied_at at time zone 'Asia/Ho_Chi_Minh')::date) as supplied_on from accounts.supplement s
  where s.account_id = ${accountId} and s.asked_at >= ${since}) s on true`

/** Requests that wait for a decision, with their last day by law. */
export async function findDatedRequests({ tx }: Work): Promise<DatedRequest[]> {
  const { rows } = await sql<DatedRequest>`
    select person_id as "personId", id, 'account' as of, level, unit_id as "unitId", state_on as "askedOn",
      due_on as "dueOn"
    from (
      select a.person_id, a.id, a.level, a.unit_id, coalesce(s.supplied_on, a.state_on) as state_on, a.due_on
      from accounts.account a ${suppliedOn(sql`a.id`, sql`a.requested_at`)}
      where a.state = 'requested' and a.due_on is not null) a
    union all select r.person_id, r.id, 'raising', 2, r.unit_id,
      coalesce(s.supplied_on, (r.asked_at at time zone 'Asia/Ho_Chi_Minh')::date), r.due_on
    from accounts.raising r ${suppliedOn(sql`r.account_id`, sql`r.asked_at`)}
    where r.decided_at is null order by id`.execute(tx)
  return rows
}

/** Writes other last days of requests. */
export async function setRequestDueDays(
  work: Work,
  dated: readonly Pick<DatedRequest, 'personId' | 'id' | 'dueOn'>[],
): Promise<void> {
  const { tx } = work
  const rows = sql`json_to_recordset(${JSON.stringify(dated)}::json) as d ("personId" uuid, id uuid, "dueOn" date)`
  await sql`update accounts.account a set due_on = d."dueOn" from ${rows}
    where a.person_id = d."personId" and a.id = d.id and a.state = 'requested'`.execute(tx)
  await sql`update accounts.raising a set due_on = d."dueOn" from ${rows}
    where a.person_id = d."personId" and a.id = d.id and a.decided_at is null`.execute(tx)
  await queueCountAgain(work, ...dated.map(({ personId }) => personId))
}

export async function findRequestRow({ tx }: Work, id: string): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`
    select person_id as "personId", id, level, state, phone, origin, requested_at as "requestedAt",
      requested_by as "requestedBy", asked_via as "askedVia", unit_id as "unitId",
           due_on as "dueOn", representative_id as "representativeId", approved_at as "approvedAt",
             approved_by as "approvedBy", notified_at as "notifiedAt",
           activate_by as "activateBy", activated_at as "activatedAt", locked_for as "lockedFor", state_on as "stateOn",
           handed_up_at as "handedUpAt", handed_up_by as "handedUpBy", returned_on as "returnedOn",
             returned_code as "returnedCode", returned_note as "returnedNote"
    from accounts.account where id = ${id}`.execute(tx)
  return rows[0]
}

/**
 * Who approved, and until when the holder may activate alone. `told`: a message is on its way; `noticeId`: the message
 * with which the days stand or fall.
 */
export async function setApproved(
  work: Work,
  { id, personId }: Account,
  { by, activateBy, isNotified: told, noticeId }: ApprovalNotice,
): Promise<void> {
  const { tx, now } = work
  await sql`
    update accounts.account
    set approved_by = coalesce(${by ?? null}, approved_by), activate_by = ${activateBy ?? null},
      notified_at = ${told ? now : null}, lapse_notified_at = null,
           notice_id = ${noticeId ?? null}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await queueCountAgain(work, personId)
}

/** The phone known from today. No extract of this day or before restores the former one. */
export async function setPhone(work: Work, { id, personId }: Account, phone: string | undefined): Promise<void> {
  const { tx, today } = work
  await sql`update accounts.account set phone = ${phone ?? null}, phone_on = ${today}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await queueCountAgain(work, personId)
}

export type PhoneProof = 'card' | 'face-known' | 'given-up' | 'representative'

export async function insertPhoneChange(
  { tx, now, by }: Work,
  { id, personId }: Account,
  {
    before,
    after,
    proof,
  }: { readonly before: string | undefined; readonly after: string | undefined; readonly proof: PhoneProof },
): Promise<void> {
  await sql`
    insert into accounts.phone_change (person_id, id, account_id, old_phone, new_phone, proof, at, by_id)
    values (${personId}, ${newId<'phone-change'>(now)}, ${id}, ${before ?? null}, ${after ?? null}, ${proof}, ${now},
        ${by.id})`.execute(tx)
}

export type Raising = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly proof: 'card' | 'application'
  readonly cardId: Id<'card'> | null
  readonly askedBy: string | null
  readonly askedVia: Exclude<RequestChannel, 'self'>
  readonly unitId: Id<'unit'> | null
  readonly askedAt: Date
  readonly dueOn: Day
}

export async function findOpenRaising(
  { tx }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
): Promise<Raising | undefined> {
  const { rows } = await sql<Raising>`
    select id, person_id as "personId", account_id as "accountId", proof, card_id as "cardId", asked_by as "askedBy",
      asked_via as "askedVia", unit_id as "unitId",
           asked_at as "askedAt", due_on as "dueOn"
    from accounts.raising where person_id = ${personId} and account_id = ${id} and decided_at is null`.execute(tx)
  return rows[0]
}

/** Which account a request is of: the account itself, or one whose holder asked for level 2. */
export async function findAccountOfRequest(
  { tx }: Work,
  personId: Id<'person'>,
  requestId: string,
): Promise<Id<'account'> | undefined> {
  const { rows } = await sql<{ id: Id<'account'> }>`
    select id from accounts.account where person_id = ${personId} and id = ${requestId}
    union all select account_id from accounts.raising where person_id = ${personId} and id = ${requestId}`.execute(tx)
  return rows[0]?.id
}

/** The national centre has the request to decide, or has it no more. */
export async function setAtCentre(
  work: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
  has: 'handed-up' | 'decided',
): Promise<void> {
  const { tx, now, by } = work
  const [at, hand] = has === 'handed-up' ? [now, by.id] : [null, null]
  await sql`
    update accounts.account set handed_up_at = ${at}, handed_up_by = ${hand}, returned_on = null, returned_code = null,
      returned_note = null
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await queueCountAgain(work, personId)
}

/** The centre gave it back with a reason. */
export async function setReturnedByCentre(
  work: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
  { code, note }: { readonly code: string; readonly note: string },
): Promise<void> {
  const { tx, today } = work
  await sql`
    update accounts.account set handed_up_at = null, handed_up_by = null, returned_on = ${today},
      returned_code = ${code}, returned_note = ${note}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await queueCountAgain(work, personId)
}

/** Ends an open level 2 request: the account ended, was locked or was lowered. */
export async function setRaisingLapsed(work: Work, { id, personId }: Pick<Account, 'id' | 'personId'>): Promise<void> {
  const { tx, now, by } = work
  const { numAffectedRows } = await sql`
    update accounts.raising set decided_at = ${now}, decided_by = ${by.id}, outcome = 'lapsed'
    where person_id = ${personId} and account_id = ${id} and decided_at is null`.execute(tx)
  await endSupplement(work, { id, personId })
  // What the centre still answers to it comes too late.
  if (numAffectedRows) await setAtCentre(work, { id, personId }, 'decided')
}

/** Ends all locks of an account that ends. */
export async function endAllLocks(
  { tx, now, by }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
  endedFor: 'cancelled',
): Promise<void> {
  await sql`
    update accounts.lock set ended_at = ${now}, ended_by = ${by.id}, ended_for = ${endedFor}
    where person_id = ${personId} and account_id = ${id} and ended_at is null`.execute(tx)
}

export type Supplement = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly items: readonly SupplementItem[]
  readonly note: string | null
  readonly askedBy: string
  readonly askedAt: Date
  readonly supplyBy: Day
  readonly suppliedAt: Date | null
  readonly suppliedBy: string | null
}

/** What was asked for of the request that waits now, for the account or for level 2; the latest first. */
export async function findSupplements(
  { tx }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
): Promise<Supplement[]> {
  const { rows } = await sql<Supplement>`
    select s.id, s.person_id as "personId", s.items, s.note, s.asked_by as "askedBy", s.asked_at as "askedAt",
      s.supply_by as "supplyBy", s.supplied_at as "suppliedAt", s.supplied_by as "suppliedBy"
    from accounts.supplement s
      join accounts.account a on a.person_id = s.person_id and a.id = s.account_id
      left join accounts.raising r on r.person_id = a.person_id and r.account_id = a.id and r.decided_at is null
    where s.person_id = ${personId} and s.account_id = ${id} and s.ended_at is null
      and s.asked_at >= coalesce(r.asked_at, a.requested_at)
    order by s.asked_at desc, s.id desc`.execute(tx)
  return rows
}

/** The officers who received what was missing: they took part of the request, and do not decide it. */
export const suppliersOf = (asked: readonly Supplement[]) =>
  asked.flatMap(({ suppliedBy, suppliedAt }) => (suppliedBy && suppliedAt ? [{ id: suppliedBy, at: suppliedAt }] : []))

/** What was asked for is awaited no more: the request ended, or another took its place. */
export async function endSupplement(
  { tx, now }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
): Promise<void> {
  await sql`
    update accounts.supplement set ended_at = ${now}
    where person_id = ${personId} and account_id = ${id} and supplied_at is null and ended_at is null`.execute(tx)
}

/** What the face engine says of the portrait that came with a request beside the card's, once it was compared. */
export async function findFaceVerdict(
  { tx }: Work,
  { id, personId }: { readonly id: string; readonly personId: Id<'person'> },
): Promise<'same' | 'unsure' | 'different' | 'not-done' | undefined> {
  const { rows } = await sql<{ verdict: 'same' | 'unsure' | 'different' | 'not-done' | null }>`
    select face ->> 'verdict' as verdict from accounts.portrait
    where person_id = ${personId} and account_id = ${id}`.execute(tx)
  return rows[0]?.verdict ?? undefined
}
