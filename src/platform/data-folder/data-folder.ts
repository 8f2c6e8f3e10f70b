import { randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { access, constants, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { now, stopwatch } from '../clock.ts'
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

/** How often a change by another process is looked for, in milliseconds. */
const recordLookedAtEvery = 1000

/** house.json while an installation is open: other processes of it write there too. */
export type HouseRecordFile = {
  /** As it was at most a second ago. One of another installation that was put there does not count. */
  current(): HouseRecord
  /** Adds members to what stands there now. */
  change(members: Readonly<Record<string, unknown>>): Promise<void>
  /** Writes it again where it is gone: without it the next opening would be that of a new installation. */
  keep(): Promise<void>
}

/** A restore beside a running process makes the folder the installation that came back. */
const isRestored = ({ restoredAt }: HouseRecord, before: HouseRecord) =>
  typeof restoredAt === 'string' && restoredAt !== before['restoredAt']

/** Follows house.json from a record on that was just read or written. Where it cannot be read, what is known stays. */
export function followHouseRecord(dir: string, first: HouseRecord): HouseRecordFile {
  const file = join(dir, 'house.json')
  const writtenAt = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs
  let [record, known, age] = [first, writtenAt(), stopwatch()]
  const lookAgain = () => {
    age = stopwatch()
    const at = writtenAt()
    if (at === undefined || at === known) return
    known = at
    try {
      const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (isHouseRecord(value) && (value.id === record.id || isRestored(value, record))) record = value
    } catch {
      // It is replaced whole; what cannot be read now is told by the next start.
    }
  }
  return {
    current() {
      if (age() >= recordLookedAtEvery) lookAgain()
      return record
    },
    async change(members) {
      lookAgain()
      record = { ...record, ...members }
      await writeHouseRecord(dir, record)
      known = writtenAt()
    },
    async keep() {
      if (writtenAt() !== undefined) return
      await writeHouseRecord(dir, record)
      known = writtenAt()
    },
  }
}

/** A server process that runs on a data folder, and where it is reached. */
export type RunningServer = ProcessMark & {
  readonly port: number
  readonly origin: string
  /** False while it still opens the installation, which one does at a time. */
  readonly serves: boolean
}

const pidFile = 'server.pid'

const parseServer = (value: unknown): RunningServer[] => {
  const mark = parseMark(value)
  if (!mark || !isAlive(mark)) return []
  const { port, origin, serves } = value as Partial<RunningServer>
  return [{ ...mark, port: Number(port), origin: String(origin), serves: serves === true }]
}

/** The servers that run on this folder now, the longest first, whatever killed ones left behind. */
export async function runningServers(dir: string): Promise<RunningServer[]> {
  const list = await readJson(join(dir, pidFile))
  return (Array.isArray(list) ? list : [list]).flatMap(parseServer)
}

/** A start asks for a moment only; who waits longer waits for a process that hangs. */
const patience = 10_000

/** How often a server that waits for another's start looks again, in milliseconds. */
const lookAgain = 200

const isSame = (one: RunningServer, other: RunningServer) =>
  one.pid === other.pid && one.start === other.start && one.port === other.port

/** Whether a server may serve beside another: browsers and parties know the installation by one origin. */
const mayServeBeside = (own: RunningServer, other: RunningServer) =>
  own.origin === other.origin && own.port !== other.port

export type ServerClaim = {
  /** Whether others serve the same installation already. */
  readonly isBesideOthers: boolean
  /** The installation is open: the next server may start beside this one. */
  serves(): Promise<void>
  release(): Promise<void>
}

/**
 * Makes this process a server of the folder until it releases. Beside others only where all have one origin, each on a
 * port of its own; while another still opens the installation, it waits. Throws house-already-running.
 */
export async function claimServer(
  dir: string,
  { port, origin }: { readonly port: number; readonly origin: string },
  { onWait, stopped }: { readonly onWait?: () => void; readonly stopped?: AbortSignal } = {},
): Promise<ServerClaim> {
  const own: RunningServer = { ...ownMark(), port, origin, serves: false }
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = await whileLocked(dir, 'server', patience, work)
    if (!done) throw dataFolderProblem('data-folder-busy', { folder: dir })
    return done.result
  }
  const write = (servers: readonly RunningServer[]) => replaceFile(dir, pidFile, `${JSON.stringify(servers)}\n`)
  const others = async () => (await runningServers(dir)).filter(server => !isSame(server, own))

  const claim = () =>
    inTurn(async () => {
      const found = await runningServers(dir)
      const inTheWay = found.find(other => !mayServeBeside(own, other))
      if (inTheWay) {
        const facts = { pid: inTheWay.pid, address: inTheWay.origin }
        const { pid, origin: address } = inTheWay
        const problem = dataFolderProblem('house-already-running', facts)
        throw withDetail(problem, `process ${pid}, ${address}`, `tiến trình ${pid}, ${address}`)
      }
      if (found.some(({ serves }) => !serves)) return undefined
      await write([...found, own])
      return { isBesideOthers: found.length > 0 }
    })

  let claimed = await claim()
  if (!claimed) onWait?.()
  while (!claimed) {
    await setTimeout(lookAgain, undefined, { ...(stopped && { signal: stopped }) })
    claimed = await claim()
  }

  let released: Promise<void> | undefined
  return {
    ...claimed,
    serves: () =>
      inTurn(async () => {
        const servers = await runningServers(dir)
        await write(servers.map(server => (isSame(server, own) ? { ...own, serves: true } : server)))
      }),
    release: () =>
      (released ??= inTurn(async () => {
        const left = await others()
        await (left.length > 0 ? write(left) : rm(join(dir, pidFile), { force: true }))
      })),
  }
}
