import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import * as audit from '../../audit/audit.ts'
import { auditProblem } from '../../audit/problems.ts'
import { asOperator, type House } from '../../open-house.ts'
import { readAgeFile, writeAgeFile } from '../../platform/archive/age-file.ts'
import { knownIdentities, readIdentities } from '../../platform/archive/backup-key.ts'
import { giveToFolderOwner } from '../../platform/data-folder/owner.ts'
import { recipientsOf } from '../backup.ts'

/** Where archives of months lie, unless an operator moved them. */
export const archiveFolder = (folder: string) => join(folder, 'archive')

const nameOf = (month: string) => `readings-${month}.age`

/**
 * Writes the readings of a month to a file that is encrypted as a backup is, and removes them: both, or neither. Throws
 * archive-exists, and what a removal throws.
 */
export async function archiveAndDrop(
  house: House,
  month: string,
  recipients: string | undefined,
): Promise<{ file: string; readings: number }> {
  const to = await recipientsOf(house, recipients)
  const folder = archiveFolder(house.folder)
  const file = join(folder, nameOf(month))
  if (existsSync(file)) throw auditProblem('archive-exists', { file })
  const signer = { house: house.record().id, key: house.signingKey() }
  try {
    const { readings } = await house.openWork(asOperator('audit', 'maintenance'), async work => {
      // Before a folder is made for a month that is none.
      await audit.assertMayDrop(work, month)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await giveToFolderOwner(folder)
      let written: audit.ArchiveWritten | undefined
      await writeAgeFile(
        file,
        to,
        audit.archiveOf(work, month, signer, found => {
          written = found
        }),
      )
      await giveToFolderOwner(file)
      if (!written) throw new Error('an archive was written to its end, and not told of')
      return audit.dropReadings(work, month, signer, { file: basename(file), ...written })
    })
    return { file, readings }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

/** The archives in a folder, or the one file that is named. */
async function archivesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path)
  return names
    .filter(name => /^readings-\d{4}-\d{2}\.age$/.test(name))
    .sort()
    .map(name => join(path, name))
}

export type VerifiedArchive = audit.ArchiveReport & { readonly file: string }

/** Verifies archives, those that are named or those of the data folder, against the entries in the database. */
export async function verifyArchives(
  house: House,
  keys: readonly string[],
  { paths, identity, month }: { paths: readonly string[]; identity: string | undefined; month: string | undefined },
): Promise<VerifiedArchive[]> {
  const own = archiveFolder(house.folder)
  const given = paths.length > 0 ? paths.map(path => resolve(path)) : existsSync(own) ? [own] : []
  const files = (await Promise.all(given.map(archivesAt))).flat()
  const asked = month === undefined ? files : files.filter(file => paths.length > 0 || basename(file) === nameOf(month))
  if (asked.length === 0) return []
  const identities = identity ? await readIdentities(identity) : await knownIdentities(house.folder)
  const reports: VerifiedArchive[] = []
  for (const file of asked) {
    const report = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
      audit.verifyArchive(work, readAgeFile(file, identities), keys),
    )
    reports.push({ file, ...report })
  }
  return reports
}
