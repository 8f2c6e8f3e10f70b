import { whileLocked } from '../data-folder/lock.ts'
import { physicalBackupProblem } from './problems.ts'

/** A base backup and a drill keep a disk busy: one of them at a time, of all processes of a data folder. */
const lockName = 'physical-backup'

/** Runs while no other process makes a base backup or a drill. Throws physical-backup-under-way. */
export async function alone<Result>(dataDir: string, work: () => Promise<Result>): Promise<Result> {
  const held = await whileLocked(dataDir, lockName, 100, work)
  if (!held) throw physicalBackupProblem('physical-backup-under-way')
  return held.result
}

/** Whether some process makes one at this moment. */
export const isUnderWay = async (dataDir: string): Promise<boolean> =>
  (await whileLocked(dataDir, lockName, 0, async () => undefined)) === undefined
