import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'

export async function isAccepted({ tx }: Work, id: RollId): Promise<boolean> {
  const row = await tx.selectFrom('rolls.roll').select('accepted_by').where('id', '=', id).executeTakeFirst()
  return (row?.accepted_by ?? null) !== null
}

export async function setHeld({ tx }: Work, id: RollId, strangers: number): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ state: 'held', progress: 0, held_for: 'strangers', strangers })
    .where('id', '=', id)
    .execute()
}

export async function setAccepted({ tx, by, today }: Work, id: RollId): Promise<void> {
  await tx.updateTable('rolls.roll').set({ accepted_by: by.id, accepted_on: today }).where('id', '=', id).execute()
}
