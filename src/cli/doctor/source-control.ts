import { accessSync, constants } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromRoot } from '../../platform/root.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

/**
 * Where the program runs from a checkout, its process can read what is kept beside the release: all former states,
 * branches, names of authors, and at times an address with a password in `.git/config`.
 */
const kept = ['.git', '.hg', '.svn', '.bzr', '.jj', '_darcs', 'CVS']

/** A folder and all that it lies in: programs of source control look upwards too. */
const withParents = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...withParents(dirname(folder))]

function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(String((error as { code?: string }).code))) return false
    throw error
  }
}

/** What of source control this process may read, in these folders and all that they lie in. */
export const readableSourceControl = (folders: readonly string[]): string[] => {
  const all = [...new Set(folders.flatMap(withParents))]
  return all.flatMap(folder => kept.map(name => join(folder, name))).filter(mayRead)
}

/** A demonstration may run from a checkout: nobody in it is real. */
export function checkSourceControl(house: LookedAtHouse): DoctorCheck {
  const found = readableSourceControl([fileURLToPath(fromRoot('')).replace(/\/$/, ''), house.folder])
  const isDemonstration = house.record()['demonstration'] !== undefined
  return {
    what: 'source control',
    ok: isDemonstration || found.length === 0,
    found: found.length === 0 ? 'none that this process may read' : `this process may read ${found.join(', ')}`,
    todo: 'run from a folder made by git archive: docs/operations.md, A release folder',
  }
}
