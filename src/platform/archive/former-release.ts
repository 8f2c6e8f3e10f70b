import { differsInComments } from '../postgres/former-checksums.ts'
import { type Migration, migrationName } from '../postgres/migrate.ts'
import { backupProblem } from './problems.ts'

/** What an archive says of the release that made it. */
export type MadeBy = {
  readonly release: string
  readonly migrations: readonly { readonly number: number; readonly checksum: string }[]
}

export type MigrationPlan = {
  /** What the archive's database had: by these its rows fit. */
  readonly had: readonly Migration[]
  /** What this release added since. */
  readonly lacks: readonly Migration[]
}

/**
 * By which migrations an archive comes in, and which follow. It may have fewer than this release, and must have its
 * first ones, to the byte or but for their comments. Throws backup-newer, backup-of-another-release.
 */
export function planMigrations(
  { release, migrations }: MadeBy,
  shipped: readonly Migration[],
  ourRelease: string,
): MigrationPlan {
  const facts = { release, migrations: migrations.length, ours: ourRelease, ourMigrations: shipped.length }
  for (const [index, { number, checksum }] of migrations.entries()) {
    const ours = shipped[index]
    if (number !== index + 1) throw backupProblem('backup-of-another-release', { ...facts, migration: number })
    if (!ours) throw backupProblem('backup-newer', facts)
    if (ours.checksum === checksum || differsInComments({ ...ours, checksum })) continue
    throw backupProblem('backup-of-another-release', { ...facts, migration: migrationName(ours) })
  }
  return { had: shipped.slice(0, migrations.length), lacks: shipped.slice(migrations.length) }
}
