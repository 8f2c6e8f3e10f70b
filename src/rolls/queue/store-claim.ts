import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RowRef } from '../row.ts'

export type RowClaim = RowRef & { readonly heldBy: string; readonly since: Date; readonly until: Date }

const claimColumns = sql.raw('c.roll_id as "rollId", c.place, c.held_by as "heldBy", c.claimed_at as since, c.until')

/** Locks a row for the rest of the work, so that claims and decisions come one after the other. */
export async function holdRow(
  { tx }: Work,
  { rollId, place }: RowRef,
): Promise<{ readonly schoolId: Id<'school'> } | undefined> {
  const { rows } = await sql<{ schoolId: Id<'school'> }>`
    select school_id as "schoolId" from rolls.row where roll_id = ${rollId} and place = ${place} for update`.execute(tx)
  return rows[0]
}

/** The claim in force on a row, of any officer. */
export async function findClaim({ tx, now }: Work, { rollId, place }: RowRef): Promise<RowClaim | undefined> {
  const { rows } = await sql<RowClaim>`
    select ${claimColumns} from rolls.claim c
    where c.roll_id = ${rollId} and c.place = ${place} and c.until > ${now}`.execute(tx)
  return rows[0]
}

/** The claims in force on some rows of one roll or of several. */
export async function findClaims({ tx, now }: Work, rollIds: readonly Id<'roll'>[]): Promise<RowClaim[]> {
  const { rows } = await sql<RowClaim>`
    select ${claimColumns} from rolls.claim c
    where c.roll_id = any (${[...new Set(rollIds)]}::uuid[]) and c.until > ${now}`.execute(tx)
  return rows
}

/**
 * Claims a row, or renews the claim; false where another officer's claim is in force. The row must be held (`holdRow`).
 */
export async function insertClaim(
  work: Work,
  { rollId, place }: RowRef,
  schoolId: Id<'school'>,
  until: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into rolls.claim (roll_id, place, school_id, held_by, unit_id, claimed_at, until)
    values (${rollId}, ${place}, ${schoolId}, ${work.by.id}, ${work.unitId ?? null}, ${work.now}, ${until})
    on conflict (roll_id, place)
    do update set held_by = excluded.held_by, unit_id = excluded.unit_id, until = excluded.until,
      claimed_at = case when claim.held_by = excluded.held_by and claim.until > ${work.now} then claim.claimed_at
        else excluded.claimed_at end
    where claim.held_by = excluded.held_by or claim.until <= ${work.now}
    returning 1`.execute(work.tx)
  return rows.length > 0
}

/** Ends the actor's own claim on a row. */
export async function deleteClaim({ tx, by }: Work, { rollId, place }: RowRef): Promise<void> {
  await sql`delete from rolls.claim where roll_id = ${rollId} and place = ${place} and held_by = ${by.id}`.execute(tx)
}

/**
 * Ends all other claims of the actor; one that another of their pages is just renewing is left to it, so that two pages
 * never wait for one another.
 */
export async function deleteOtherClaims({ tx, by }: Work, { rollId, place }: RowRef): Promise<void> {
  await sql`
    delete from rolls.claim where (roll_id, place) in (
      select c.roll_id, c.place from rolls.claim c
      where c.held_by = ${by.id} and not (c.roll_id = ${rollId} and c.place = ${place})
      for update skip locked)`.execute(tx)
}
