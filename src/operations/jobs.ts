import { statfs } from 'node:fs/promises'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { type DiskFound, noteSizes } from './growth.ts'

const growthJob = 'measure-growth'

/** The disk of a folder as it is now. */
async function diskOf(folder: string, hasDatabase: boolean): Promise<DiskFound> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize, hasDatabase }
}

/** Measures the installation each night. */
export const jobs = (
  openWork: OpenWork,
  { folder, hasDatabase }: { readonly folder: string; readonly hasDatabase: boolean },
): Readonly<Record<string, Job>> => ({
  [growthJob]: async () => {
    const disk = await diskOf(folder, hasDatabase)
    await openWork(asSystem('metrics'), work => noteSizes(work, disk))
  },
})

/** UTC: a quarter past three at night in the province, when what is removed at night is gone. */
export const crontab: Crontab = { [growthJob]: '15 20 * * *' }
