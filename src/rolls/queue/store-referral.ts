import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { RowRef } from '../row.ts'

export type Referral = RowRef & {
  readonly id: string
  readonly rowId: string
  readonly schoolId: Id<'school'>
  readonly fromOfficer: string
  readonly fromUnitId: Id<'unit'> | null
  readonly toUnitId: Id<'unit'>
  readonly toOfficer: string | null
  readonly note: string
  readonly referredAt: Date
  readonly settled: ReferralEnd | null
  readonly settledBy: string | null
  readonly settledAt: Date | null
  readonly answer: string
}

/** How a referral ended. */
export type ReferralEnd = 'decided' | 'handed-back' | 'taken-back' | 'handed-on' | 'overtaken'

const referralColumns = sql.raw(`h.id, h.roll_id as "rollId", h.place, h.row_id as "rowId", h.school_id as "schoolId",
      h.from_officer as "fromOfficer",
  h.from_unit_id as "fromUnitId", h.to_unit_id as "toUnitId", h.to_officer as "toOfficer", h.note,
    h.referred_at as "referredAt", h.settled,
  h.settled_by as "settledBy", h.settled_at as "settledAt", h.answer`)

/** Whether a referral lies with the actor: it is their unit's, and no other officer's of it. */
export const liesWithActorSql = ({ unitId, by }: Work) =>
  sql<boolean>`coalesce(h.to_unit_id = ${unitId ?? null}::uuid
        and (h.to_officer is null or h.to_officer = ${by.id}), false)`

/** The open referral of a row, and the last one that ended. */
export async function findReferralsOf(
  { tx }: Work,
  { rollId, place }: RowRef,
): Promise<{ open: Referral | undefined; last: Referral | undefined }> {
  const { rows } = await sql<Referral>`
    select ${referralColumns} from rolls.referral h where h.roll_id = ${rollId} and h.place = ${place}
    order by h.settled_at desc nulls first, h.referred_at desc limit 2`.execute(tx)
  const open = rows.find(({ settledAt }) => settledAt === null)
  return { open, last: rows.find(one => one !== open) }
}

export async function insertReferral(
  { tx }: Work,
  one: Omit<Referral, 'settled' | 'settledBy' | 'settledAt' | 'answer'>,
): Promise<void> {
  await tx
    .insertInto('rolls.referral')
    .values({
      id: one.id,
      roll_id: one.rollId,
      place: one.place,
      row_id: one.rowId,
      school_id: one.schoolId,
      from_officer: one.fromOfficer,
      from_unit_id: one.fromUnitId,
      to_unit_id: one.toUnitId,
      to_officer: one.toOfficer,
      note: one.note,
      referred_at: one.referredAt,
    })
    .execute()
}

export async function setReferralEnded(
  { tx, by, now }: Work,
  id: string,
  settled: ReferralEnd,
  answer = '',
): Promise<void> {
  await tx
    .updateTable('rolls.referral')
    .set({ settled, settled_by: by.id, settled_at: now, answer })
    .where('id', '=', id)
    .execute()
}

/** The receiver's decision was undone: the row lies with them again. */
export async function setReferralOpen({ tx }: Work, id: string): Promise<void> {
  await tx
    .updateTable('rolls.referral')
    .set({ settled: null, settled_by: null, settled_at: null, answer: '' })
    .where('id', '=', id)
    .execute()
}

/** Open referrals to the actor, or by the actor; the oldest first. */
export async function findOpenReferrals(work: Work, which: 'to-me' | 'by-me'): Promise<Referral[]> {
  const whose = which === 'to-me' ? liesWithActorSql(work) : sql<boolean>`h.from_officer = ${work.by.id}`
  const { rows } = await sql<Referral>`
    select ${referralColumns} from rolls.referral h where h.settled_at is null and ${whose} order by h.referred_at, h.id
    limit 1000`.execute(work.tx)
  return rows
}

/**
 * After a new comparison of a roll: moves the referrals of its school and year to the same pupils' rows. Gives those
 * whose row is not in review any more.
 */
export async function moveReferralsOver({ tx }: Work, rollId: RollId): Promise<Referral[]> {
  const ofTheYear = sql`h.settled_at is null and h.roll_id in (
    select o.id from rolls.roll r
      join rolls.roll o on o.school_id = r.school_id and o.school_year = r.school_year and o.kind = r.kind
      where r.id = ${rollId})`
  await sql`
    update rolls.referral h set roll_id = w.roll_id, place = w.place
    from rolls.row w where ${ofTheYear} and w.roll_id = ${rollId} and w.id = h.row_id
      and (w.outcome = 'review' or w.contested)`.execute(tx)
  const { rows } = await sql<Referral>`
    select ${referralColumns} from rolls.referral h where ${ofTheYear}
      and not exists (select from rolls.row w
        where w.roll_id = ${rollId} and w.place = h.place and h.roll_id = ${rollId}
          and (w.outcome = 'review' or w.contested))`.execute(tx)
  return rows
}

/** The open referrals of a roll. */
export async function findOpenReferralsOn({ tx }: Work, rollId: RollId): Promise<Referral[]> {
  const { rows } = await sql<Referral>`select ${referralColumns} from rolls.referral h
      where h.roll_id = ${rollId} and h.settled_at is null`.execute(tx)
  return rows
}
