import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'

/** Numbers that are given and cancelled. */

export async function cancelNumber(
  { tx, today }: Work,
  personId: PersonId,
  supersededBy: string,
  reason: string,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('register.number')
    .set({ state: 'cancelled', to_on: today, superseded_by: supersededBy, reason })
    .where('person_id', '=', personId)
    .where('state', '=', 'in-force')
    .returning('number')
    .executeTakeFirst()
  return row?.number
}

/** False where the number is or was a person's: no number is given twice. */
export async function takeNumber({ tx }: Work, personId: PersonId, number: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('register.number_lookup')
    .values({ number, person_id: personId })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function insertNumber({ tx, today }: Work, personId: PersonId, number: string): Promise<void> {
  await tx
    .insertInto('register.number')
    .values({ person_id: personId, number, state: 'in-force', from_on: today })
    .execute()
}
