import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { markOfFolder } from '../postgres/server.ts'
import type { Config } from '../settings/config.ts'

/** By what the embedded server archives its log. It is read by every command, so it loads little else. */

export type ArchivingSettings = Pick<Config, 'physicalBackups' | 'walEverySeconds'>

export const archiverFile = (dataDir: string) => join(dataDir, 'wal-archiver.json')

/** A word of the shell that the server hands a command to; `%` means something to the server itself. */
export const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`.replaceAll('%', '%%')

const script = fileURLToPath(new URL('archive-segment.ts', import.meta.url))

/** Whether the log of this folder goes into an archive, as who last served it has set. Of a copy it does not. */
function isArchived(dataDir: string): boolean {
  try {
    const { of } = JSON.parse(readFileSync(archiverFile(dataDir), 'utf8')) as { readonly of?: unknown }
    return of === markOfFolder(dataDir)
  } catch {
    return false
  }
}

/**
 * What PostgreSQL is started with. Nothing where no physical backups are set: but a command that lacks the setting, as
 * where the units of systemd alone have it, archives on, since a log without its changes would end the archive.
 */
export function archivingOf(
  dataDir: string,
  { physicalBackups, walEverySeconds }: ArchivingSettings,
  purpose: 'server' | 'worker' | 'command',
): Readonly<Record<string, string>> {
  const goesOn = purpose === 'command' && isArchived(dataDir)
  if (physicalBackups === '' && !goesOn) return {}
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', script, archiverFile(dataDir)]
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    archive_timeout: `${walEverySeconds}s`,
    archive_command: `${words.map(shellWord).join(' ')} "%p" "%f"`,
  }
}

/** Where physical backups are no longer set the archive ends: once they are set again another one begins. */
export const endArchive = (dataDir: string): Promise<void> => rm(archiverFile(dataDir), { force: true })
