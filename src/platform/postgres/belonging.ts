import { sql } from 'kysely'
import type { Work } from '../work.ts'
import { postgresProblem } from './problems.ts'

/**
 * To which installation a database belongs, and by which sealing key what lies in it opens. In: the folder's own id and
 * keys. Decided: whether they are those of the database. Nothing is sealed, or signed, where they are not.
 */

/** The names of the sealing keys of a folder: the one of now, and one that is being replaced. */
type KeyNames = { readonly current: string; readonly former?: string }

type Row = { readonly id: string; readonly sealing_key: string }

const findOwner = async ({ tx }: Work): Promise<Row | undefined> =>
  (await sql<Row>`select id, sealing_key from platform.installation`.execute(tx)).rows[0]

type OwnFolder = {
  readonly installation: string
  readonly keys: KeyNames
  /** Where the sealing key lies. */
  readonly file: string
}

/**
 * Refuses a database of another installation, and one that is sealed under another key than the folder has; changes
 * nothing. Gives whether it belongs to somebody yet. A work of maintenance. Throws database-of-another-installation,
 * sealing-key-of-another.
 */
export async function refuseForeignDatabase(work: Work, own: OwnFolder): Promise<{ readonly isOwned: boolean }> {
  const found = await findOwner(work)
  if (!found) return { isOwned: false }
  if (found.id !== own.installation)
    throw postgresProblem('database-of-another-installation', { belongsTo: found.id, folderIs: own.installation })
  if (found.sealing_key !== own.keys.current && found.sealing_key !== own.keys.former)
    throw postgresProblem('sealing-key-of-another', { needs: found.sealing_key, has: own.keys.current, file: own.file })
  return { isOwned: true }
}

/** The same; one that belongs to nobody yet belongs to this one from now on. */
export async function assertOwnDatabase(work: Work, own: OwnFolder): Promise<void> {
  if ((await refuseForeignDatabase(work, own)).isOwned) return
  await sql`insert into platform.installation (id, sealing_key, noted_at)
    values (${own.installation}, ${own.keys.current}, ${work.now}) on conflict do nothing`.execute(work.tx)
}

/** Notes whose database this is, whatever stood there: after a restore, and where the sealing key was replaced. */
export const noteOwner = (work: Work, installation: string, keys: KeyNames) =>
  sql`insert into platform.installation (id, sealing_key, noted_at)
      values (${installation}, ${keys.current}, ${work.now})
      on conflict (only_one) do update
        set id = excluded.id, sealing_key = excluded.sealing_key, noted_at = excluded.noted_at`.execute(work.tx)
