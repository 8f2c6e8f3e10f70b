import { sql } from 'kysely'
import { type Day, dayAt } from '../platform/day.ts'
import { type Id, newId } from '../platform/ids.ts'
import type { Asking } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import type { Account, AccountState, RequestChannel } from './account.ts'
import { activationDeadline } from './law.ts'

export type AccountRow = {
  readonly person_id: Id<'person'>
  readonly id: Id<'account'>
  readonly level: 1 | 2
  readonly state: AccountState
  readonly approved_at: Date | null
  readonly activated_at: Date | null
  readonly requested_by: string | null
  readonly activate_by: Day | null
  readonly origin: 'registered' | 'imported'
  readonly held_until: Date | null
  readonly handed_up_at: Date | null
}

const columns = sql.raw(
  'person_id, id, level, state, approved_at, activated_at, requested_by, activate_by, origin, held_until, handed_up_at',
)

/**
 * Nobody knows when the holder of an imported account was notified; the day of its approval counts. A holder whom this
 * installation did not notify has unlimited time.
 */
const lastDay = ({ activate_by, approved_at, origin }: AccountRow, work: Asking): Day | undefined =>
  activate_by ?? (approved_at && origin === 'imported' ? activationDeadline(dayAt(approved_at), work) : undefined)

const lastDayOfRow = (row: AccountRow, work: Asking) => {
  const day = row.state === 'approved' ? lastDay(row, work) : undefined
  return day ? { activateBy: day } : {}
}

export const accountOf = (row: AccountRow, work: Asking): Account => ({
  id: row.id,
  personId: row.person_id,
  level: row.level,
  state: row.state,
  ...(row.approved_at && { approvedAt: row.approved_at }),
  ...(row.activated_at && { activatedAt: row.activated_at }),
  ...(row.requested_by && { requestedBy: row.requested_by }),
  ...lastDayOfRow(row, work),
  ...(row.held_until && { heldUntil: row.held_until }),
  ...(row.handed_up_at && { handedUpAt: row.handed_up_at }),
})

export async function findAccountRows({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    /* kept plan */ select ${columns} from accounts.account where person_id = any (${personIds}::uuid[])
    order by person_id, approved_at nulls last, id`.execute(tx)
  return rows
}

/**
 * Whether an account was opened before: it, or a former one of its holder, was activated once, wherever an extract or a
 * raising has put its state since.
 */
export const wasOpenedBefore = sql`(a.activated_at is not null
    or exists (select from accounts.transition t where t.person_id = a.person_id and t.state = 'activated'))`

export async function findPhoneOfPerson({ tx }: Work, personId: Id<'person'>): Promise<string | undefined> {
  const { rows } = await sql<{ phone: string }>`
    select phone from accounts.account
    where person_id = ${personId} and state <> 'cancelled' and phone is not null`.execute(tx)
  return rows[0]?.phone
}

/** The e-mail address that a person confirmed for their living account. */
export async function findEmailOfPerson({ tx }: Work, personId: Id<'person'>): Promise<string | undefined> {
  const { rows } = await sql<{ email: string }>`
    select email from accounts.account
    where person_id = ${personId} and state <> 'cancelled' and email is not null`.execute(tx)
  return rows[0]?.email
}

/** Two simultaneous requests for one person wait for each other here, so that the second sees the first's account. */
export async function holdPerson({ tx }: Work, personId: Id<'person'>): Promise<void> {
  await holdOffExtracts(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts ' || ${personId}, 0))`.execute(tx)
}

export async function holdAccountRow({ tx }: Work, id: Id<'account'>): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`
    select ${columns} from accounts.account where id = ${id} for update`.execute(tx)
  return rows[0]
}

/**
 * Whether another adult's account has the phone, also outside the scope. Two people who give one phone at once wait for
 * each other.
 */
export async function isPhoneTaken(
  { tx, today }: Work,
  phone: string,
  personId: Id<'person'>,
  grownFrom: number,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('accounts phone ' || ${phone}, 0))`.execute(tx)
  const { rows } = await sql<{ taken: boolean }>`
    select accounts.phone_taken(${phone}, ${personId},
        (${today}::date - make_interval(years => ${grownFrom}))::date) as taken`.execute(tx)
  return rows[0]?.taken ?? false
}

/** The same for the phone that an account has, without waiting; the request waited before. */
export async function isPhoneOfAnotherHolder(
  { tx, today }: Work,
  { id, personId }: Pick<Account, 'id' | 'personId'>,
  grownFrom: number,
): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select accounts.phone_taken(phone, person_id,
        (${today}::date - make_interval(years => ${grownFrom}))::date) as taken
    from accounts.account where person_id = ${personId} and id = ${id} and phone is not null
      and representative_id is null`.execute(tx)
  return rows[0]?.taken ?? false
}

/** Queues count the communes anew in which these people live or lived: what queues depend on changed. */
export async function queueCountAgain({ tx }: Work, ...personIds: readonly Id<'person'>[]): Promise<void> {
  await sql`select accounts.queue_count_again(id) from unnest(${[...personIds]}::uuid[]) p (id)`.execute(tx)
}

export type NewAccountDetails = {
  readonly phone?: string | undefined
  readonly via: RequestChannel
  readonly unitId?: Id<'unit'> | undefined
  readonly representativeId?: Id<'person'> | undefined
  readonly dueOn: Day
}

export async function insertAccount(
  work: Work,
  account: Account,
  { phone, via, unitId, representativeId, dueOn }: NewAccountDetails,
): Promise<void> {
  const { tx, today, now } = work
  const { personId, id, level, state, requestedBy } = account
  await sql`
    insert into accounts.account
      (person_id, id, level, state, phone, origin, state_on, changed_at, requested_at, requested_by, asked_via, unit_id,
        due_on, representative_id)
    values (${personId}, ${id}, ${level}, ${state}, ${phone ?? null}, 'registered', ${today}, ${now}, ${now},
        ${requestedBy ?? null}, ${via}, ${unitId ?? null}, ${dueOn},
            ${representativeId ?? null})`.execute(tx)
  await queueCountAgain(work, personId)
  await insertAccountTransition(work, account)
}

export async function updateAccountState(work: Work, account: Account): Promise<void> {
  const { tx, today, now } = work
  const { personId, id, level, state, approvedAt, activatedAt } = account
  await sql`
    update accounts.account
    set level = ${level}, state = ${state}, approved_at = ${approvedAt ?? null}, activated_at = ${activatedAt ?? null},
           state_on = ${today}, changed_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
  await queueCountAgain(work, personId)
  await insertAccountTransition(work, account)
}

/**
 * Writes an account's next transition. A work that waited for another's change of the account began before it, and
 * comes after it all the same.
 */
async function insertAccountTransition(
  { tx, today, now }: Work,
  { personId, id, state, level }: Account,
): Promise<void> {
  await sql`
    insert into accounts.transition (person_id, id, account_id, state, level, on_day, at)
    values (${personId}, ${newId<'move'>(now)}, ${id}, ${state}, ${level}, ${today},
      greatest(${now}, (select max(at) + interval '1 microsecond' from accounts.transition
        where person_id = ${personId} and account_id = ${id})))`.execute(tx)
}

/**
 * An import runs alone: officers' changes wait for it and it waits for theirs; otherwise both might give one person the
 * same thing.
 */
export const holdExtract = ({ tx }: Work) => sql`select pg_advisory_xact_lock(hashtext('accounts.extract'))`.execute(tx)
const holdOffExtracts = (tx: Work['tx']) =>
  sql`select pg_advisory_xact_lock_shared(hashtext('accounts.extract'))`.execute(tx)
