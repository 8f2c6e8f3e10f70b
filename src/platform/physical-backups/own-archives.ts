import type { BaseFile } from './backup-folder.ts'
import { type BaseKeys, readBaseHeader } from './base-file.ts'

/**
 * Which archives of a folder are the installation's: another one may archive into the same folder. Names do not tell,
 * so the newest base backup of each archive is opened.
 */

/** The archives that these keys do not open, and why. */
export async function refusedArchives(
  bases: readonly BaseFile[],
  keys: BaseKeys,
): Promise<ReadonlyMap<string, unknown>> {
  const refused = new Map<string, unknown>()
  for (const [archive, list] of Map.groupBy(bases, base => base.archive))
    await readBaseHeader(list.at(-1)?.path ?? '', keys).catch((error: unknown) => refused.set(archive, error))
  return refused
}

/** Whether a refusal says that the archive is of other keys, rather than damaged. */
export const isOfOtherKeys = (error: unknown): boolean =>
  ['backup-signed-by-another', 'backup-not-opened'].includes((error as { code?: string } | undefined)?.code ?? '')
