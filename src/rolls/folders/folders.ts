/**
 * Rolls from files on disk, one or a folder of them, such as a province's. In: files. Threads read them, the register
 * is read once into memory, and the rows are linked there, ahead of the two works at a time that each import a roll and
 * put it in force. Out: reconciled rolls with their follow-ups, and the names of the refused files. A kill at any
 * moment leaves whole rolls only, and the same command resumes from there. Deeds: those of reading and reconciling, and
 * linkage-model.learnt where it learns.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { LinkResult } from '../../linkage/deciding/linked.ts'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { adoptModel, getErrorModel, getLinker } from '../error-model.ts'
import { type FollowOptions, reconcileWithFollowUps } from '../follow-ups/after-comparison.ts'
import { refreshSharedFollowUps } from '../follow-ups/refresh-follow-ups.ts'
import { rollImportTries } from '../law.ts'
import { rollProblem } from '../problems.ts'
import { draftRoll, newRowsOf, prepareUnwrittenRoll } from '../reading/import.ts'
import type { RollReading } from '../reading/read-roll.ts'
import { openRollReaders, type RollReaders } from '../reading/reader-threads.ts'
import { weighDoubts } from '../reconciling/doubts.ts'
import { schoolPlacesOf } from '../reconciling/link-rows.ts'
import { pendingChanges } from '../reconciling/pending-changes.ts'
import { pupilsBornFrom } from '../reconciling/person-lookup.ts'
import { learnErrorModel, loadProvince, type OpenProvince, openProvince } from '../reconciling/register-in-memory.ts'
import type { RollId, RollKind } from '../roll.ts'
import { linkRecordOf, type NewRow } from '../row.ts'
import * as store from '../store.ts'

/** A file of a folder that could not be read; the others are. */
export type RefusedFile = { readonly file: string; readonly problem: Problem }

export type FolderImportResult = { readonly rolls: readonly RollId[]; readonly refused: readonly RefusedFile[] }

export type FolderImportOptions = {
  readonly schoolYear: string
  readonly kind?: RollKind | undefined
  readonly asOf?: Day | undefined
  /** Learns a model from these rolls even where the house has one. */
  readonly learns?: boolean | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

type Folder = {
  readonly openWork: OpenWork
  readonly standing: Authority
  readonly path: string
  readonly checking: FolderImportOptions
  /** The hashes of files that the house may have taken in already. */
  readonly taken: ReadonlySet<string>
}

/** A file that the house has taken in already, just so. */
type ImportedFile = { readonly file: string; readonly known: store.KeptRoll }

/** A file that was read, and the rows that its pupils become. */
type FileRead = {
  readonly file: string
  readonly schoolId: store.KeptRoll['schoolId']
  readonly reading: RollReading
  readonly lines: readonly NewRow[]
  readonly records: ReturnType<typeof linkRecordOf>[]
}

type FolderFile = FileRead | ImportedFile | RefusedFile

export const rollFilesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder))
    .filter(name => /\.(?:xlsx|xls|ods|csv)$/i.test(name) && !name.startsWith('~$') && !name.startsWith('.'))
    .sort()

/** Files that are read ahead of the one that is written: what they hold is in memory meanwhile. */
const filesReadAhead = 6
/** Loading a register pays when so many of its people fall to a file. */
const peoplePerFile = 50_000
/** A model is learnt from at least so many rows, and from about so many, of the first files. */
const [fewestToLearn, enoughToLearn, filesToLearn] = [2000, 20_000, 24]

/**
 * Does `importAndReconcile` for each file, named CODE.xlsx, .xls, .ods or .csv. A file that cannot be read is
 * named, and stops
 * no other. The caller describes each roll afterwards (`describeReconciledRoll`), when shared pupils are known.
 */
export async function importFolder(
  openWork: OpenWork,
  standing: Authority,
  path: string,
  checking: FolderImportOptions,
): Promise<FolderImportResult> {
  const files = await rollFilesOf(path)
  const taken = await openWork(standing, work => {
    const { schoolYear, kind = 'pupils', asOf = work.today } = checking
    return store.findFileHashes(work, { schoolYear, kind, asOf })
  })
  const folder: Folder = { openWork, standing, path, checking, taken }
  const spare = Math.max(1, availableParallelism() - 1)
  const readers = openRollReaders(Math.min(spare, Math.max(1, files.length)))
  let province: OpenProvince | undefined
  try {
    const queue = new Prefetch(files, file => readAhead(folder, readers, file))
    if (await isProvinceRun(folder, files.length)) province = await openProvinceFor(folder, queue, spare)
    const checked = await importAll(folder, queue, province)
    const doubts = checked.rolls.length > 0 && checking.kind !== 'candidates'
    const [followUps] = await Promise.allSettled([
      refreshFollowUpsAtEnd(folder, checked),
      // Each roll's work queued it too: what fails here is made up for.
      doubts && weighDoubts(openWork, checking.schoolYear, province?.loaded),
    ])
    if (followUps.status === 'rejected') throw followUps.reason
    return checked
  } finally {
    await readers.close()
    await province?.close()
  }
}

async function refreshFollowUpsAtEnd({ openWork, standing }: Folder, { rolls }: FolderImportResult): Promise<void> {
  if (rolls.length > 0) await openWork(standing, store.analyzeTables)
  await refreshSharedFollowUps(openWork)
}

const isProvinceRun = async ({ openWork, standing }: Folder, files: number) =>
  files > 3 && files * peoplePerFile > (await openWork(standing, work => register.countPersons(work)))

/** Gives what was made of each item in order, and starts some items ahead. */
class Prefetch<Item, Made> {
  readonly #items: readonly Item[]
  readonly #make: (item: Item) => Promise<Made>
  readonly #made = new Map<number, Promise<Made>>()

  constructor(items: readonly Item[], make: (item: Item) => Promise<Made>) {
    this.#items = items
    this.#make = make
  }

  get length() {
    return this.#items.length
  }

  /** Gives the result for the item at a place, and starts the items up to `ahead` after it. */
  at(place: number, ahead: number): Promise<Made> {
    for (let i = place; i <= Math.min(place + ahead, this.#items.length - 1); i++) {
      const item = this.#items[i]
      if (this.#made.has(i) || item === undefined) continue
      const made = this.#make(item)
      made.catch(() => undefined)
      this.#made.set(i, made)
    }
    const one = this.#made.get(place)
    if (!one) throw new RangeError(`nothing at ${place}`)
    return one
  }

  forget(place: number): void {
    this.#made.delete(place)
  }
}

async function readAhead(
  { openWork, standing, path, checking, taken }: Folder,
  readers: RollReaders,
  file: string,
): Promise<FolderFile> {
  const code = basename(file, extname(file))
  try {
    const content = await readFile(join(path, file))
    const hash = createHash('sha256').update(content).digest('hex')
    const known = taken.has(hash) && (await openWork(standing, work => findImportedRoll(work, code, hash, checking)))
    if (known) return { file, known }
    const reading = await readers.read({ name: file, content, schoolYear: checking.schoolYear })
    return await openWork(standing, async work => {
      const school = await getSchoolByCode(work, code)
      const asOf = checking.asOf ?? work.today
      const lines = await newRowsOf(work, { id: newId<'roll'>(work.now), schoolId: school.id, asOf }, reading)
      const places = await schoolPlacesOf(work, school.id)
      return { file, schoolId: school.id, reading, lines, records: lines.map(line => linkRecordOf(line, places)) }
    })
  } catch (error) {
    if (error instanceof Problem) return { file, problem: error }
    throw error
  }
}

async function getSchoolByCode(work: Work, code: string): Promise<units.School> {
  const school = await units.findSchool(work, code)
  if (!school) throw rollProblem('school-not-here', { school: code })
  return school
}

/** The roll that this very file became, for the same school, year, kind and day: in force, or still to be compared. */
async function findImportedRoll(
  work: Work,
  code: string,
  hash: string,
  { schoolYear, kind = 'pupils', asOf = work.today }: FolderImportOptions,
) {
  const school = await getSchoolByCode(work, code)
  return store.findRollOfFile(work, { schoolId: school.id, schoolYear, kind, asOf, hash })
}

/**
 * Reads the register into memory while the first files are read; learns from their rows where the house has learnt from
 * none.
 */
async function openProvinceFor(
  { openWork, standing, checking }: Folder,
  queue: Prefetch<string, FolderFile>,
  threads: number,
): Promise<OpenProvince> {
  const typical = await openWork(standing, getErrorModel)
  const isLearnt = typical.name !== 'typical' && !checking.learns
  queue.at(0, isLearnt ? filesReadAhead : filesToLearn - 1).catch(() => undefined)
  const { kind = 'pupils' } = checking
  const { loaded, bornFrom } = await openWork(standing, async work => {
    const asOf = checking.asOf ?? work.today
    return { loaded: await loadProvince(work, asOf), bornFrom: pupilsBornFrom(work, { kind, asOf }) }
  })
  const opening = { threads, bornFrom }
  if (isLearnt) return openProvince(loaded, typical, opening)

  const some: FileRead['records'] = []
  let read = 0
  for (; read < Math.min(queue.length, filesToLearn) && some.length < enoughToLearn; read++) {
    const one = await queue.at(read, 1)
    if ('records' in one) some.push(...one.records)
  }
  if (some.length < fewestToLearn) return openProvince(loaded, typical, opening)
  const model = learnErrorModel(loaded, { name: checking.schoolYear, some, rows: (some.length * queue.length) / read })
  await openWork(standing, work => adoptModel(work, model, some.length))
  return openProvince(loaded, model, opening)
}

/** So many rolls are taken in at once: while one waits for the database, the other is made ready. */
const concurrentRolls = 2

async function importAll(
  folder: Folder,
  queue: Prefetch<string, FolderFile>,
  province: OpenProvince | undefined,
): Promise<FolderImportResult> {
  const { openWork, standing, checking } = folder
  const linker = province?.linker ?? (await openWork(standing, work => getLinker(work, checking.asOf ?? work.today)))
  const linkedAhead = new Map<number, Promise<LinkResult[]>>()
  const linkAhead = async (place: number) => {
    const one = await queue.at(place, 0)
    if (!province || !('records' in one) || linkedAhead.has(place)) return
    const linked = province.link(one.records)
    linked.catch(() => undefined)
    linkedAhead.set(place, linked)
  }

  const taken: (RollId | RefusedFile)[] = []
  let [begun, done, isBroken] = [0, 0, false]
  const take = async (i: number): Promise<RollId | RefusedFile> => {
    const one = await queue.at(i, filesReadAhead)
    for (let next = i; next <= Math.min(i + 2, queue.length - 1); next++) void linkAhead(next).catch(() => undefined)
    if ('problem' in one) return one
    await linkAhead(i)
    const ahead = 'records' in one ? linkedById(one.records, await linkedAhead.get(i)) : undefined
    return importOne(folder, one, { linker, othersLater: true, ...(province && { lookup: province.lookup(ahead) }) })
  }
  const takeNext = async () => {
    while (begun < queue.length && !isBroken) {
      const i = begun++
      try {
        taken[i] = await take(i)
      } catch (error) {
        isBroken = true
        throw error
      }
      queue.forget(i)
      linkedAhead.delete(i)
      checking.onProgress?.(++done, queue.length)
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: province ? concurrentRolls : 1 }, takeNext))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return {
    rolls: taken.filter(one => typeof one === 'string'),
    refused: taken.filter(one => typeof one !== 'string'),
  }
}

const linkedById = (
  records: FileRead['records'],
  linked: readonly LinkResult[] | undefined,
): ReadonlyMap<string, LinkResult> | undefined =>
  linked && new Map(records.flatMap(({ id }, at) => (linked[at] ? [[id, linked[at]]] : [])))

/** What of a roll's work could not be while another's was: tried again from its beginning. */
const isDeadlock = (error: unknown) => error instanceof Error && 'code' in error && error.code === '40P01'

/**
 * Takes a roll in and puts it in force, in one work; one that was taken in before is compared where something changed
 * since.
 */
async function importOne(
  folder: Folder,
  rollFile: FileRead | ImportedFile,
  comparing: FollowOptions,
): Promise<RollId | RefusedFile> {
  for (let tries = 1; ; tries++)
    try {
      return await importOnce(folder, rollFile, comparing)
    } catch (error) {
      if (error instanceof Problem) return { file: rollFile.file, problem: error }
      if (!isDeadlock(error) || tries === rollImportTries) throw error
    }
}

function importOnce(
  { openWork, standing, path, checking }: Folder,
  rollFile: FileRead | ImportedFile,
  comparing: FollowOptions,
): Promise<RollId> {
  return openWork(standing, async work => {
    if ('known' in rollFile) {
      if (!(await isUpToDate(work, rollFile.known, comparing.linker?.modelHash)))
        await reconcileWithFollowUps(work, rollFile.known.id, comparing)
      return rollFile.known.id
    }
    const { file, reading, lines, schoolId } = rollFile
    const { schoolYear, kind, asOf } = checking
    const { roll } = await draftRoll(
      work,
      { name: file, content: join(path, file) },
      { schoolId, schoolYear, kind, asOf },
      reading,
    )
    await reconcileWithFollowUps(work, roll.id, {
      ...comparing,
      unwritten: await prepareUnwrittenRoll(work, roll, reading, lines),
    })
    return roll.id
  })
}

/** Whether comparing it again would find the same: by the same model, and nobody changed since. */
const isUpToDate = async (work: Work, { inForce, staleAt, modelHash }: store.KeptRoll, model: string | undefined) =>
  inForce && !staleAt && modelHash === model && (await pendingChanges(work)).length === 0
