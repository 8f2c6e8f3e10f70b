import { sql } from 'kysely'
import { type DatabaseRow, withoutNulls } from '../../platform/database-row.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { attemptMinutes } from '../law.ts'
import type { OwnFactor } from '../slip-reset.ts'
import { queueCountAgain } from '../store.ts'
import type { ActivationAttempt, AttemptStep, RecordedStep } from './attempt.ts'
import type { EndReason, StopReason } from './why-it-stops.ts'

type AttemptRow = DatabaseRow<ActivationAttempt>

const attemptOf = (row: AttemptRow): ActivationAttempt => withoutNulls(row)

const attemptColumns = sql.raw(
  'person_id as "personId", id, account_id as "accountId", purpose, way, step, why, slip_id as "slipId", ' +
    'own_factor as "ownFactor", ' +
    'shown, asked, asked_by as "askedBy"',
)

export async function addAttempt(work: Work, attempt: ActivationAttempt, tokenHash: Buffer): Promise<void> {
  const { tx, now } = work
  const { personId, id, accountId, purpose, way, step, why, slipId, shown, asked, askedBy } = attempt
  const minutes = ruleOn(attemptMinutes, work.today, work)
  await sql`
    insert into accounts.activation
      (person_id, id, account_id, purpose, way, token_hash, slip_id, step, why, shown, asked, asked_by, began_at, at,
        ends_at)
    values (${personId}, ${id}, ${accountId ?? null}, ${purpose}, ${way}, ${tokenHash}, ${slipId ?? null}, ${step},
        ${why ?? null}, ${shown ?? null}, ${asked ?? null}, ${askedBy ?? null},
            ${now}, ${now}, ${now}::timestamptz + make_interval(mins => ${minutes}))`.execute(tx)
}

export async function findAttempt({ tx, now }: Work, tokenHash: Buffer): Promise<ActivationAttempt | undefined> {
  const { rows } = await sql<AttemptRow>`
    select ${attemptColumns} from accounts.activation where token_hash = ${tokenHash} and ends_at > ${now}`.execute(tx)
  return rows[0] && attemptOf(rows[0])
}

/** The attempt, held until the work ends: two pages of one attempt come one after the other. */
export async function holdAttempt({ tx, now }: Work, tokenHash: Buffer): Promise<ActivationAttempt | undefined> {
  const { rows } = await sql<AttemptRow>`
    select ${attemptColumns} from accounts.activation where token_hash = ${tokenHash} and ends_at > ${now}
    for update`.execute(tx)
  return rows[0] && attemptOf(rows[0])
}

/** The attempt whose cookie this was before its number was right. */
export async function holdByFormer({ tx, now }: Work, tokenHash: Buffer): Promise<ActivationAttempt | undefined> {
  const { rows } = await sql<AttemptRow>`
    select ${attemptColumns} from accounts.activation
    where former_hash = ${tokenHash} and step = 'code-right' and ends_at > ${now} for update`.execute(tx)
  return rows[0] && attemptOf(rows[0])
}

export async function updateAttempt(
  work: Work,
  { personId, id }: ActivationAttempt,
  { step, why, tokenHash, formerHash }: { step: AttemptStep; why?: EndReason; tokenHash?: Buffer; formerHash?: Buffer },
): Promise<void> {
  const { tx, now } = work
  const minutes = ruleOn(attemptMinutes, work.today, work)
  await sql`
    update accounts.activation
    set step = ${step}, why = ${why ?? null}, at = ${now},
      ends_at = ${now}::timestamptz + make_interval(mins => ${minutes}),
        token_hash = coalesce(${tokenHash ?? null}, token_hash),
          former_hash = coalesce(${formerHash ?? null}, former_hash)
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** What was proved besides; the attempt goes on where it stands. */
export async function setOwnFactor(
  { tx, now }: Work,
  { personId, id }: ActivationAttempt,
  factor: OwnFactor,
): Promise<void> {
  await sql`
    update accounts.activation set own_factor = ${factor}, at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}

/** Whether a person represents the child whose account this is, as the account says. */
export async function isRepresentative({ tx }: Work, parentId: string, accountId: Id<'account'>): Promise<boolean> {
  const { rows } = await sql`
    select from accounts.account where id = ${accountId} and representative_id = ${parentId}`.execute(tx)
  return rows.length > 0
}

/** A step as the funnel tells of it; of attempts that are nobody's nothing is told. */
export async function addStep(
  { tx, now }: Work,
  { personId, id, accountId, purpose, way }: ActivationAttempt,
  step: RecordedStep,
  why?: StopReason,
): Promise<void> {
  if (accountId === undefined || purpose === 'slip-stop') return
  await sql`
    insert into accounts.activation_step (person_id, id, activation_id, account_id, purpose, way, step, at, why)
    values (${personId}, ${newId<'activation-step'>(now)}, ${id}, ${accountId}, ${purpose}, ${way}, ${step}, ${now},
        ${why ?? null})`.execute(tx)
}

/** What nobody's attempts left behind: a hundred at a time. */
export async function dropOldUnknownAttempts({ tx, now }: Work): Promise<void> {
  await sql`
    with gone as (
      delete from accounts.activation where (person_id, id) in (
        select person_id, id from accounts.activation where ends_at <= ${now} and account_id is null limit 100
          for update skip locked)
      returning id
    )
    delete from accounts.one_time_code c using gone where c.person_id = gone.id`.execute(tx)
}

/** Whether one person is another's father, mother or guardian. */
export async function isParent({ tx, today }: Work, parentId: string, childId: Id<'person'>): Promise<boolean> {
  const { rows } = await sql`
    select from register.published_kin
    where person_id = ${childId} and related_person_id = ${parentId} and relation in ('father', 'mother', 'guardian')
    union all
    select from register.published_guardianship
    where person_id = ${childId} and guardian_id = ${parentId} and from_on <= ${today}
      and (to_on is null or to_on >= ${today})`.execute(tx)
  return rows.length > 0
}

/** The message on which an account's days rest never arrived: they never began. Gives whether there are such days. */
export async function clearNotice(work: Work, accountId: Id<'account'>, noticeId: string): Promise<boolean> {
  const { rows } = await sql<{ personId: Id<'person'> }>`
    update accounts.account set notified_at = null, activate_by = null, notice_id = null
    where id = ${accountId} and notice_id = ${noticeId} and state = 'approved'
    returning person_id as "personId"`.execute(work.tx)
  await queueCountAgain(work, ...rows.map(({ personId }) => personId))
  return rows.length > 0
}

/**
 * Approved accounts whose days are over, and whose holder has a phone and has not been told so; told ones are marked in
 * the same statement.
 */
export async function takeLapsedAccounts(
  { tx, now, today }: Work,
  limit: number,
): Promise<{ readonly id: Id<'account'>; readonly personId: Id<'person'> }[]> {
  const { rows } = await sql<{ id: Id<'account'>; personId: Id<'person'> }>`
    update accounts.account a set lapse_notified_at = ${now}
    where (a.person_id, a.id) in (
      select person_id, id from accounts.account
      where state = 'approved' and activate_by < ${today} and lapse_notified_at is null and notified_at is not null
        and phone is not null
      order by activate_by, id limit ${limit} for update skip locked)
    returning a.id, a.person_id as "personId"`.execute(tx)
  return rows
}
