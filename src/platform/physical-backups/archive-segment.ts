/**
 * What PostgreSQL runs for each segment of its log that is full (`archive_command`), by the account of the server:
 *
 *     node archive-segment.ts SETTINGS.json PATH NAME
 *
 * It writes the segment encrypted into the archive, on the disk before it ends with 0. The same segment once more is
 * fine; another one of its name is refused. It asks no database and loads little, since it is run each minute.
 */

import { hash } from 'node:crypto'
import { mkdir, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readArchiver } from './archiver-file.ts'
import { findSegment, pathOfSegment } from './backup-folder.ts'
import { physicalBackupProblem } from './problems.ts'
import { readSigner, writeSegment } from './segment.ts'

/** What else PostgreSQL archives, and no restore asks for: notes of its own base backups, halves of a segment. */
const isOfNoUse = (name: string) => !/^([0-9A-F]{24}|[0-9A-F]{8}\.history)$/.test(name)

async function archiveSegment(settingsFile: string, path: string, name: string): Promise<void> {
  if (isOfNoUse(name)) return
  const { wal, recipients, privateKey, certificate } = await readArchiver(settingsFile)
  const [content, { mtime }] = [await readFile(path), await stat(path)]
  const sha256 = hash('sha256', content, 'hex')
  const there = await findSegment(wal, name)
  if (there && there.sha256 !== sha256) throw physicalBackupProblem('segment-differs', { segment: name })
  if (there) return
  const target = pathOfSegment(wal, { name, sha256 })
  // The folder itself is not made here: a disk that is not mounted would be filled in its place.
  const isNew = await mkdir(dirname(target), { mode: 0o700 }).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code !== 'EEXIST') throw error
      return false
    },
  )
  if (isNew) {
    const folder = await open(wal)
    await folder.sync().finally(() => folder.close())
  }
  await writeSegment(
    target,
    { name, content, writtenAt: mtime },
    { recipients, signer: readSigner(privateKey, certificate) },
  )
}

const [settingsFile = '', path = '', name = ''] = process.argv.slice(2)
try {
  await archiveSegment(settingsFile, path, name)
} catch (error) {
  // The server's log has this line, which says nothing of what is in the segment.
  process.stderr.write(`archiving ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
