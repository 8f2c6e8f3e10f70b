import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Deed } from '../platform/work.ts'

export type NamedDeed = Pick<Deed, 'deed' | 'subject' | 'facts'> & { readonly id: string; readonly at: Date }

type Row = {
  readonly id: string
  readonly at: Date
  readonly deed: string
  readonly kind: string
  readonly subjectId: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** The deeds of some names behind a place in each chain, in the order in which they were done. */
export async function deedsBehind(tx: Tx, names: readonly string[], after: readonly number[]): Promise<NamedDeed[]> {
  const { rows } = await sql<Row>`
    select d.id, d.at, d.deed, d.subject_kind as kind, d.subject_id as "subjectId", d.facts
    from unnest(${after.map((_, chain) => chain)}::smallint[], ${after}::bigint[]) as known (chain, seq)
    join audit.deed d on d.chain = known.chain and d.seq > known.seq
    where d.deed = any (${names}::text[]) order by d.at, d.chain, d.seq`.execute(tx)
  return rows.map(({ kind, subjectId, ...row }) => ({ ...row, subject: { kind, id: subjectId } }))
}

/** Which of some deeds the database has. */
export async function knownDeeds(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select d.id from unnest(${ids}::uuid[]) as asked (id) join audit.deed d on d.id = asked.id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
