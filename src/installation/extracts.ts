import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import { type Job, queueJob } from '../platform/jobs/jobs.ts'
import { Problem } from '../platform/problem.ts'
import { asSystem, type OpenWork, type Work, withHouseScope } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { keptDays } from './law.ts'
import { installationProblem } from './problems.ts'
import { refuseBelowProvince } from './province.ts'
import type { Extract, ExtractCounts, ExtractId } from './store.ts'
import * as store from './store.ts'

/**
 * The register's first extract, handed in by a page. In: a file of persons.csv. It is kept in the data folder under its
 * id, tried at once, and taken in when an officer says so, by a job that a restart begins anew. Decided: only while the
 * register has nobody; one extract at a time. Out: persons, and a file of rows that were not taken. The file itself is
 * removed once it is taken in or dropped. Deeds: extract.handed-in, .taken-up, .dropped, .rejected-read; the import's
 * own is register.imported.
 */

export const readExtractJob = 'read-extract'
export const dropExtractsJob = 'drop-extract-files'

const fileOf = (folder: string, id: ExtractId) => join(folder, 'extracts', `${id}.csv`)
const rejectedFileOf = (folder: string, id: ExtractId) => join(folder, 'extracts', `${id}.rejected.csv`)

const extractSubject = (work: Work, id: ExtractId) => ({
  kind: 'extract',
  id,
  ...(work.unitId && { unitId: work.unitId }),
})

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(piece)
  return hash.digest('hex')
}

const dropFiles = async (folder: string, ids: readonly ExtractId[]) => {
  for (const id of ids) {
    await rm(fileOf(folder, id), { force: true })
    await rm(rejectedFileOf(folder, id), { force: true })
  }
}

/** Whether an extract can be handed in or taken up now. Throws province-needed, register-has-people. */
async function refuseLateExtract(work: Work): Promise<void> {
  await refuseBelowProvince(work)
  if (!(await withHouseScope(work, register.isEmpty))) throw installationProblem('register-has-people')
}

type OpenOwnWork = <T>(verb: (work: Work) => Promise<T>) => Promise<T>

/**
 * Keeps an extract in the data folder and has it tried. One that waited before is dropped. Throws province-needed,
 * register-has-people, extract-under-way.
 */
export async function handInExtract(
  open: OpenOwnWork,
  folder: string,
  { path, asOf }: { readonly path: string; readonly asOf?: Day | undefined },
): Promise<Extract> {
  await open(refuseLateExtract)
  const id = newId<'extract'>()
  const file = fileOf(folder, id)
  await mkdir(join(folder, 'extracts'), { recursive: true, mode: 0o700 })
  try {
    await copyFile(path, file)
    await chmod(file, 0o600)
    const [sha256, { size: bytes }] = [await hashOfFile(file), await stat(file)]
    const { dropped, extract } = await open(work =>
      withHouseScope(work, async house => {
        await store.holdExtracts(house)
        const latest = await store.findLatestExtract(house)
        if (latest?.state === 'trying' || latest?.state === 'taking') throw installationProblem('extract-under-way')
        await refuseLateExtract(house)
        const before = await store.setExtractsDropped(house)
        await store.insertExtract(house, { id, asOf: asOf ?? work.today, bytes, sha256 })
        await audit.record(work, 'extract.handed-in', extractSubject(work, id), {
          sha256,
          bytes,
          asOf: asOf ?? work.today,
        })
        await queueJob(work, readExtractJob, { id }, { queue: 'extracts' })
        return { dropped: before, extract: await getExtract(house, id) }
      }),
    )
    await dropFiles(folder, dropped)
    return extract
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

async function getExtract(work: Work, id: ExtractId): Promise<Extract> {
  const extract = await store.holdExtract(work, id)
  if (!extract) throw installationProblem('extract-unknown')
  return extract
}

/** The extract that the page shows. */
export const latestExtract = (work: Work): Promise<Extract | undefined> => withHouseScope(work, store.findLatestExtract)

/** Has an extract taken in that was tried. Throws extract-unknown, extract-nothing-to-take, register-has-people. */
export async function takeUpExtract(work: Work, id: ExtractId): Promise<Extract> {
  await refuseLateExtract(work)
  return withHouseScope(work, async house => {
    await store.holdExtracts(house)
    const { state, counts, sha256 } = await getExtract(house, id)
    if (state !== 'tried' || !counts) throw installationProblem('extract-unknown')
    if (counts.added === 0) throw installationProblem('extract-nothing-to-take')
    await store.setExtractTaking(house, id)
    await audit.record(work, 'extract.taken-up', extractSubject(work, id), { sha256 })
    await queueJob(work, readExtractJob, { id }, { queue: 'extracts' })
    return getExtract(house, id)
  })
}

/** Drops an extract that waits. Throws extract-unknown. */
export async function dropExtract(work: Work, folder: string, id: ExtractId): Promise<void> {
  await refuseBelowProvince(work)
  const dropped = await withHouseScope(work, house => store.setExtractsDropped(house, { only: id }))
  if (dropped.length === 0) throw installationProblem('extract-unknown')
  await audit.record(work, 'extract.dropped', extractSubject(work, id))
  work.afterCommit.push(() => void dropFiles(folder, dropped).catch(() => undefined))
}

/** The rows of an extract that were not taken, with a reason each. Throws extract-unknown. */
export async function rejectedRowsOf(work: Work, folder: string, id: ExtractId): Promise<string> {
  await refuseBelowProvince(work)
  await withHouseScope(work, house => getExtract(house, id))
  const file = rejectedFileOf(folder, id)
  if (!existsSync(file)) throw installationProblem('extract-unknown')
  await audit.record(work, 'extract.rejected-read', extractSubject(work, id))
  return file
}

const ofImport = asSystem('import')
const everySecond = 1_000
/** A fault is tried again so often before the page says that it failed. */
const mostAttempts = 3

/** Reads or takes in one extract, telling how far it is. Gives what was counted, or the refusal. */
async function readExtract(
  openWork: OpenWork,
  folder: string,
  extract: Extract,
  isTried: boolean,
): Promise<ExtractCounts> {
  const { id, asOf, handedBy, takenBy } = extract
  let last = 0
  let telling: Promise<unknown> = Promise.resolve()
  const { rows, added, changed, unchanged, rejected, reasons } = await register.importPersons(
    { openWork },
    fileOf(folder, id),
    {
      asOf,
      dryRun: isTried,
      by: { kind: 'officer', id: takenBy ?? handedBy },
      rejectedTo: rejectedFileOf(folder, id),
      onProgress: ({ share, rows: read }) => {
        if (performance.now() - last < everySecond) return
        last = performance.now()
        telling = telling
          .then(() => openWork(ofImport, work => store.setExtractProgress(work, id, share, read)))
          .catch(() => undefined)
      },
    },
  )
  await telling
  return { rows, added, changed, unchanged, rejected, reasons: { ...reasons } as Record<string, number> }
}

/** The job that tries an extract, or takes it in where it was taken up. A restart begins it anew. */
export const extractJob =
  (openWork: OpenWork, folder: string): Job =>
  async ({ id: given }, { attempt, log }) => {
    const id = String(given) as ExtractId
    const extract = await openWork(ofImport, work => store.holdExtract(work, id))
    if (!extract || (extract.state !== 'trying' && extract.state !== 'taking')) return
    const isTaken = extract.state === 'taking'
    try {
      const isEmpty = await openWork(ofImport, register.isEmpty)
      // A process that was killed after its import had committed: nothing is left to do but to say so.
      const isDoneBefore = isTaken && !isEmpty && attempt > 1
      if (isTaken && !isEmpty && !isDoneBefore) throw installationProblem('register-has-people')
      const counts = await readExtract(openWork, folder, extract, !isTaken || isDoneBefore)
      if (isDoneBefore && counts.added + counts.changed > 0) throw installationProblem('register-has-people')
      await openWork(ofImport, work =>
        store.setExtractRead(work, id, isTaken ? 'taken' : 'tried', isDoneBefore ? (extract.counts ?? counts) : counts),
      )
      if (isTaken) await rm(fileOf(folder, id), { force: true })
    } catch (error) {
      if (!(error instanceof Problem) && attempt < mostAttempts) throw error
      if (!(error instanceof Problem)) log.error({ err: error, extract: id }, 'an extract was not read')
      await openWork(ofImport, work =>
        store.setExtractFailed(work, id, error instanceof Problem ? error.code : 'fault'),
      )
    }
  }

/** Drops what nobody took up, and removes files that nobody needs any more. */
export const dropOldExtracts =
  (openWork: OpenWork, folder: string): Job =>
  async () => {
    const ids = await openWork(ofImport, async work => {
      const before = new Date(work.now.getTime() - keptDays * 86_400_000)
      await store.setExtractsDropped(work, { before })
      return store.findFinishedExtracts(work, before)
    })
    await dropFiles(folder, ids)
  }
