import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { searchLimits } from '../law.ts'
import type { PersonSummary } from '../person.ts'
import { type PersonRow, summaryColumns, summaryOf } from '../store.ts'

/**
 * The best `most` of the persons that the statement after FROM finds as `p`: those that agree in marks first, then by
 * name.
 */
export async function rankMatches(
  { tx }: Work,
  where: RawBuilder<unknown>,
  { tone }: FoldedQuery,
  most: number,
): Promise<PersonSummary[]> {
  const { rows } = await sql<PersonRow>`
    with found as materialized (
      select p.person_id, p.name_tone <> ${tone} as unlike, p.sort_key, p.birth_y, p.birth_m, p.birth_d from ${where}
      limit ${searchLimits.found}
    ), best as materialized (
      select person_id, row_number() over (order by unlike, sort_key, birth_y, birth_m, birth_d, person_id) as place
      from found order by place limit ${most}
    )
    select ${summaryColumns} from best join register.published_person p on p.person_id = best.person_id
    order by best.place`.execute(tx)
  return rows.map(summaryOf)
}

/** A name as asked for, folded; `ascii` without marks, `words` of it without doubles. */
export type FoldedQuery = { readonly ascii: string; readonly tone: string; readonly words: readonly string[] }
