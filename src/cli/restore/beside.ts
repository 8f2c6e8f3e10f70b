import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignedHeads } from '../../audit/chain-heads.ts'
import { daysFile, lawFile } from '../../laws.ts'
import type { House } from '../../open-house.ts'
import type { ArchiveHeader } from '../../platform/archive/archive.ts'
import type { HouseRecord } from '../../platform/data-folder/data-folder.ts'
import { type SealingKeyNames, sealingKeyNames } from '../../platform/sealing/sealing.ts'

/** What a backup holds beside the database, and a restore judges it by. */
export type Beside = {
  readonly house: HouseRecord
  readonly heads: SignedHeads
  readonly law?: string | null
  /** Missing in backups of releases that knew no such file. */
  readonly holidays?: string | null
  /** Until when the journal was whole when the backup was made. */
  readonly journal: string
  /** The names of the keys under which something may lie sealed; missing in backups of former releases. */
  readonly sealingKeys?: SealingKeyNames
}

/** Of a backup of either kind, what says whose it is. */
export type BackupHeader = Pick<ArchiveHeader, 'id' | 'madeAt' | 'key' | 'beside'>

export const besideOf = ({ beside }: BackupHeader) => beside as Beside

/** The installation's own rows of law, or its own days, as the file says them; null where there is none. */
export const rowsOf = (folder: string, file: typeof lawFile | typeof daysFile): Promise<string | null> =>
  readFile(join(folder, file), 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  })

/** What a backup that is made now has beside the database. */
export const readBeside = async (house: House): Promise<Beside> => ({
  house: house.record(),
  heads: await house.keepHeads(),
  law: await rowsOf(house.folder, lawFile),
  holidays: await rowsOf(house.folder, daysFile),
  journal: (await house.journal.catchUp(house.openWork, { mark: 'always' })).wholeUntil,
  sealingKeys: sealingKeyNames(),
})
