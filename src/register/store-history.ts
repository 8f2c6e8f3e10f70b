import { sql } from 'kysely'
import { newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { PersonId } from './person.ts'

/** What every change of a person also writes: the old value, and the words for the search by name. */

export type PastValue = { readonly field: string; readonly old?: string | undefined; readonly new?: string | undefined }

/** Every past value is kept (Law 26/2023 Art. 8(6)). */
export async function insertHistory(
  work: Work,
  personId: PersonId,
  values: readonly PastValue[],
  why: string,
  deed: string,
): Promise<void> {
  if (values.length === 0) return
  await work.tx
    .insertInto('register.history')
    .values(
      values.map(value => ({
        person_id: personId,
        id: newId<'history'>(work.now),
        field: value.field,
        old: value.old ?? null,
        new: value.new ?? null,
        why,
        at: work.now,
        on_day: work.today,
        by_kind: work.by.kind,
        by_id: work.by.id,
        deed,
      })),
    )
    .execute()
}

/** The words by which a person is searched, written anew from the name and the year as they are now. */
export async function rewriteNameWords({ tx }: Work, personId: PersonId): Promise<void> {
  await tx.deleteFrom('register.name_word').where('person_id', '=', personId).execute()
  await sql`
    insert into register.name_word (person_id, word, birth_year)
    select distinct p.person_id, word, p.birth_y from register.person p cross
    join string_to_table(p.name_ascii, ' ') as word
    where p.person_id = ${personId}`.execute(tx)
}
