import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { now } from '../clock.ts'
import { type Id, isId, newId } from '../ids.ts'
import { whileLocked } from './lock.ts'
import { giveToFolderOwner } from './owner.ts'
import { dataFolderProblem, refusalOf, withDetail } from './problems.ts'
import { isAlive, ownMark, type ProcessMark, parseMark } from './process-mark.ts'

/** What house.json says: which house lives in this folder. Members that later releases add are kept. */
export type HouseRecord = {
  readonly id: Id<'house'>
  /** An instant, ISO 8601 in UTC. */
  readonly createdAt: string
  /** The release that last opened the folder, as in package.json. */
  readonly version: string
  readonly [member: string]: unknown
}

export const newHouseRecord = (version: string): HouseRecord => ({
  id: newId<'house'>(),
  createdAt: now().toISOString(),
  version,
})

/**
 * Makes the folder where it is missing, and gives its real path. Throws a Problem where this user cannot work in it.
 *
 * A new folder is private. Root's can be passed through, not read, by the lesser user whom root lends to PostgreSQL:
 * what lies in it is private each by itself.
 */
export async function openDataFolder(folder: string): Promise<string> {
  try {
    await mkdir(dirname(folder), { recursive: true })
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700
    await mkdir(folder, { mode }).catch(error => {
      if (error.code !== 'EEXIST') throw error
    })
    const dir = await realpath(folder)
    if (!(await stat(dir)).isDirectory())
      throw withDetail(dataFolderProblem('data-folder-not-a-folder', { folder }), folder)
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return dir
  } catch (error) {
    throw refusalOf(error, folder)
  }
}

/** Replaces a file whole: a reader, or the next start after a power cut, sees the old text or the new one. */
async function replaceFile(dir: string, name: string, text: string): Promise<void> {
  const draft = join(dir, `.${name}-${randomUUID().slice(0, 8)}`)
  try {
    const file = await open(draft, 'wx', 0o600)
    await file
      .writeFile(text)
      .then(() => file.sync())
      .finally(() => file.close())
    await giveToFolderOwner(draft)
    await rename(draft, join(dir, name))
    const list = await open(dir)
    await list.sync().finally(() => list.close())
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw refusalOf(error, dir)
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw refusalOf(error, dirname(file))
  }
}

const isHouseRecord = (value: unknown): value is HouseRecord => {
  const house = value as Partial<HouseRecord> | null
  return (
    typeof house?.id === 'string' &&
    isId(house.id) &&
    typeof house.createdAt === 'string' &&
    typeof house.version === 'string'
  )
}

/** The house of the folder; undefined in a folder that has none yet. Refuses a file that is not whole. */
export async function readHouseRecord(dir: string): Promise<HouseRecord | undefined> {
  const value = await readJson(join(dir, 'house.json'))
  if (value === undefined) return undefined
  if (!isHouseRecord(value)) throw dataFolderProblem('data-folder-damaged', { folder: dir })
  return value
}

export const writeHouseRecord = (dir: string, house: HouseRecord) =>
  replaceFile(dir, 'house.json', `${JSON.stringify(house, null, 2)}\n`)

/** The server process that runs on a data folder, and where it is reached. */
export type RunningServer = ProcessMark & { readonly port: number; readonly origin: string }

const pidFile = 'server.pid'

/** The server that runs on this folder now; undefined where none does, whatever a killed one left behind. */
export async function runningServer(dir: string): Promise<RunningServer | undefined> {
  const value = await readJson(join(dir, pidFile))
  const mark = parseMark(value)
  if (!mark || !isAlive(mark)) return undefined
  const { port, origin } = value as Partial<RunningServer>
  return { ...mark, port: Number(port), origin: String(origin) }
}

/** A start asks for a moment only; who waits longer waits for a process that hangs. */
const patience = 10_000

/** Makes this process the folder's one server until it releases; refuses while another lives, and names it. */
export async function claimServer(
  dir: string,
  { port, origin }: { readonly port: number; readonly origin: string },
): Promise<{ release(): Promise<void> }> {
  const own: RunningServer = { ...ownMark(), port, origin }
  const inTurn = async (work: () => Promise<void>) => {
    if (!(await whileLocked(dir, 'server', patience, work)))
      throw dataFolderProblem('data-folder-busy', { folder: dir })
  }

  await inTurn(async () => {
    const other = await runningServer(dir)
    if (other) {
      const facts = { pid: other.pid, address: other.origin }
      const problem = dataFolderProblem('house-already-running', facts)
      throw withDetail(problem, `process ${other.pid}, ${other.origin}`, `tiến trình ${other.pid}, ${other.origin}`)
    }
    await replaceFile(dir, pidFile, `${JSON.stringify(own)}\n`)
  })

  let released: Promise<void> | undefined
  return { release: () => (released ??= inTurn(() => rm(join(dir, pidFile), { force: true }))) }
}
