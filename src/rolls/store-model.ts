import { sql } from 'kysely'
import type { LinkageModel } from '../linkage/comparing/weights.ts'
import type { Work } from '../platform/work.ts'

export type KeptModel = {
  readonly hash: string
  readonly name: string
  readonly model: LinkageModel
  readonly rows: number
  readonly learntOn: string
  readonly inUse: boolean
}

const modelColumns = sql`hash, name, model, rows_seen as rows, learnt_on as "learntOn", in_use as "inUse"`

export async function findModelInUse({ tx }: Work): Promise<KeptModel | undefined> {
  const { rows } = await sql<KeptModel>`select ${modelColumns} from rolls.error_model where in_use`.execute(tx)
  return rows[0]
}

/** The latest first. */
export async function listModels({ tx }: Work): Promise<KeptModel[]> {
  const { rows } = await sql<KeptModel>`
    select ${modelColumns} from rolls.error_model order by learnt_at desc, hash`.execute(tx)
  return rows
}

/** Keeps a model, and compares by it from now on. */
export async function saveModelInUse(
  { tx, now, today }: Work,
  { hash, name, model, rows }: Omit<KeptModel, 'learntOn' | 'inUse'>,
): Promise<void> {
  await sql`update rolls.error_model set in_use = false where in_use and hash <> ${hash}`.execute(tx)
  await sql`
    insert into rolls.error_model (hash, name, model, rows_seen, learnt_at, learnt_on, in_use)
    values (${hash}, ${name}, ${JSON.stringify(model)}::jsonb, ${rows}, ${now}::timestamptz, ${today}::date, true)
    on conflict (hash) do update set in_use = true`.execute(tx)
}
