import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

type Piece = {
  readonly id: string
  readonly questionId: string
  readonly ordinal: number
  readonly unitId: Id<'unit'>
  readonly body: string
}

/** Whoever asks may leave a piece here and cannot read it: nothing is returned. */
export async function insertPiece({ tx }: Work, { id, questionId, ordinal, unitId, body }: Piece): Promise<void> {
  await sql`
    insert into exchange.piece (id, question_id, ordinal, unit_id, body)
    values (${id}, ${questionId}, ${ordinal}, ${unitId}, ${body})`.execute(tx)
}

/** The oldest pieces, taken out to be signed: of two processes that ask at once each gets others. */
export async function takePieces(
  { tx }: Work,
  limit: number,
): Promise<Pick<Piece, 'id' | 'questionId' | 'ordinal' | 'body'>[]> {
  const { rows } = await sql<Pick<Piece, 'id' | 'questionId' | 'ordinal' | 'body'>>`
    delete from exchange.piece where id in (
      select id from exchange.piece order by question_id, ordinal limit ${limit})
    returning id, question_id as "questionId", ordinal, body`.execute(tx)
  return rows.sort((a, b) => a.questionId.localeCompare(b.questionId) || a.ordinal - b.ordinal)
}
