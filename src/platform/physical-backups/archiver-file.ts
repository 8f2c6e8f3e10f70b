import { readFile } from 'node:fs/promises'
import type { ArchiveKeyCertificate } from './segment.ts'

/** What whoever archives segments must know, in `wal-archiver.json` of the data folder, readable by its account. */
export type Archiver = {
  /** The archive's name, and the folder of its segments. */
  readonly archive: string
  readonly wal: string
  /** The data folder that it is of, as no copy of it is. */
  readonly of: string
  readonly recipients: readonly string[]
  /** The archive's own key (PKCS 8, PEM), and what the installation says of it. */
  readonly privateKey: string
  readonly certificate: ArchiveKeyCertificate
}

export const readArchiver = async (file: string): Promise<Archiver> =>
  JSON.parse(await readFile(file, 'utf8')) as Archiver
