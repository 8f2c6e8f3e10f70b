import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../settings/config.ts'

/** By what the embedded server archives its log. It is read by every command, so it loads nothing else. */

export type ArchivingSettings = Pick<Config, 'physicalBackups' | 'walEverySeconds'>

export const archiverFile = (dataDir: string) => join(dataDir, 'wal-archiver.json')

/** A word of the shell that the server hands a command to; `%` means something to the server itself. */
export const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`.replaceAll('%', '%%')

const script = fileURLToPath(new URL('archive-segment.ts', import.meta.url))

/** What the server is started with. Nothing where no physical backups are set. */
export function archivingOf(
  dataDir: string,
  { physicalBackups, walEverySeconds }: ArchivingSettings,
): Readonly<Record<string, string>> {
  if (physicalBackups === '') return {}
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', script, archiverFile(dataDir)]
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    archive_timeout: `${walEverySeconds}s`,
    archive_command: `${words.map(shellWord).join(' ')} "%p" "%f"`,
  }
}
