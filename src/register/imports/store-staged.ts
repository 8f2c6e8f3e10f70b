import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/**
 * Finds whose each row of another context's extract is: `staged` of this work has the columns number, person_id and
 * reason. A row of a number that nobody has is refused. `indexes` are the columns by which its other rules look rows
 * up: a province's extract has half a million of them.
 */
export async function findStagedPersons({ tx }: Work, indexes: readonly (readonly string[])[]): Promise<void> {
  await sql`analyze staged`.execute(tx)
  await sql`update staged s set person_id = l.person_id from register.published_number_lookup l
    where l.number = s.number`.execute(tx)
  for (const columns of indexes)
    await sql`create index on staged (${sql.join(columns.map(column => sql.ref(column)))})`.execute(tx)
  await sql`analyze staged`.execute(tx)
  await sql`update staged set reason = 'number-unknown' where person_id is null`.execute(tx)
}
