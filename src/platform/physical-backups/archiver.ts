import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chown, open, rename, stat } from 'node:fs/promises'
import { systemCodeOf } from '../archive/age-file.ts'
import { whileLocked } from '../data-folder/lock.ts'
import { dataFolderProblem } from '../data-folder/problems.ts'
import { newId } from '../ids.ts'
import { clusterIn } from '../postgres/cluster.ts'
import { markOfFolder } from '../postgres/server.ts'
import { type Archiver, readArchiver } from './archiver-file.ts'
import { archiverFile } from './archiving-settings.ts'
import { basesIn, makeFolder, walIn } from './backup-folder.ts'
import { certifyArchiveKey } from './segment.ts'

/**
 * Sets up the archiving of the embedded server's log. In: the setting physicalBackups, the installation's key and the
 * recipients of its backups. Out: what the server is started with, and the file that its account archives by.
 */

/** The archive of a data folder; undefined where it has none, or the file came with a copy of another folder. */
export async function findArchiver(dataDir: string): Promise<Archiver | undefined> {
  const found = await readArchiver(archiverFile(dataDir)).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  })
  return found?.of === markOfFolder(dataDir) ? found : undefined
}

type Wanted = {
  readonly dataDir: string
  readonly folder: string
  readonly house: string
  readonly houseKey: KeyObject
  readonly recipients: readonly string[]
}

function archiverFor({ dataDir, folder, house, houseKey, recipients }: Wanted, found: Archiver | undefined): Archiver {
  const archive = found?.archive ?? newId<'archive'>()
  const privateKey =
    found?.privateKey ?? generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    archive,
    wal: walIn(folder, archive),
    of: markOfFolder(dataDir),
    recipients,
    privateKey,
    certificate: certifyArchiveKey({ archive, house, archiveKey: createPrivateKey(privateKey) }, houseKey),
  }
}

/** Writes for the account of the server alone. */
async function writeArchiver(dataDir: string, archiver: Archiver): Promise<void> {
  const file = archiverFile(dataDir)
  const draft = `${file}.${process.pid}`
  const handle = await open(draft, 'w', 0o600)
  await handle
    .writeFile(`${JSON.stringify(archiver, null, 2)}\n`)
    .then(() => handle.sync())
    .finally(() => handle.close())
  await giveToServer(dataDir, draft)
  await rename(draft, file)
}

/** Root makes it, and the account of the server works with it. */
async function giveToServer(dataDir: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(clusterIn(dataDir))
  await chown(path, uid, gid)
}

/** How long a process waits, in ms, for another that makes the same ready. */
const patience = 20_000

/**
 * Makes ready what the server's account archives by: its folder, and its file. The cluster must be there. The folder
 * of an archive that was begun is not made again: the disk that it is on may only not be there.
 */
export async function readyArchiver(wanted: Wanted): Promise<Archiver> {
  const held = await whileLocked(wanted.dataDir, 'archiver', patience, () => readyUnderLock(wanted))
  if (!held) throw dataFolderProblem('data-folder-busy', { folder: wanted.dataDir })
  return held.result
}

async function readyUnderLock(wanted: Wanted): Promise<Archiver> {
  const { dataDir, folder } = wanted
  const known = await findArchiver(dataDir)
  const found = known && known.wal === walIn(folder, known.archive) ? known : undefined
  const archiver = archiverFor(wanted, found)
  if (!found) {
    await makeFolder(basesIn(folder, archiver.archive))
    await makeFolder(archiver.wal)
    await giveToServer(dataDir, archiver.wal)
  }
  const isSame = JSON.stringify(found) === JSON.stringify(archiver)
  if (!isSame) await writeArchiver(dataDir, archiver)
  return archiver
}
