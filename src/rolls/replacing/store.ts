import { sql } from 'kysely'
import type { PartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'

type PresentLine = {
  readonly name: string
  readonly number?: string | undefined
  readonly birth?: PartialDay | undefined
}

/** The lines of a roll whose pupils have not left. */
export async function findPresentLines({ tx }: Work, id: RollId): Promise<PresentLine[]> {
  const { rows } = await sql<{
    readonly name: string
    readonly number: string | null
    readonly y: number | null
    readonly m: number | null
    readonly d: number | null
  }>`
    select name, number, birth_y as y, birth_m as m, birth_d as d from rolls.row
    where roll_id = ${id} and left_on is null order by place`.execute(tx)
  return rows.map(({ name, number, y, m, d }) => ({
    name,
    ...(number !== null && { number }),
    ...(y !== null && { birth: { y, ...(m !== null && { m }), ...(d !== null && { d }) } }),
  }))
}

export async function countPresentLines({ tx }: Work, id: RollId): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from rolls.row where roll_id = ${id} and left_on is null`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Whether an officer confirmed the roll, or made it of the file of a former one. */
export async function isConfirmed({ tx }: Work, id: RollId): Promise<boolean> {
  const row = await tx
    .selectFrom('rolls.roll')
    .select(['confirmed_by', 'restores_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  return Boolean(row?.confirmed_by ?? row?.restores_id)
}

export async function setHeldAsUnlike(
  { tx }: Work,
  id: RollId,
  { leaving, unknown }: { readonly leaving: number; readonly unknown: number },
): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ state: 'held', progress: 0, held_for: 'unlike', leaving_rows: leaving, unknown_rows: unknown })
    .where('id', '=', id)
    .execute()
}

export async function setConfirmed({ tx, by, today }: Work, id: RollId): Promise<void> {
  await tx.updateTable('rolls.roll').set({ confirmed_by: by.id, confirmed_on: today }).where('id', '=', id).execute()
}

export async function setRestores({ tx }: Work, id: RollId, formerId: RollId): Promise<void> {
  await tx.updateTable('rolls.roll').set({ restores_id: formerId }).where('id', '=', id).execute()
}

/** The former roll is kept, and says which one took its place. */
export async function setReplaced({ tx, now }: Work, id: RollId, by: RollId): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ in_force: false, replaced_by_id: by, replaced_at: now })
    .where('id', '=', id)
    .execute()
}
