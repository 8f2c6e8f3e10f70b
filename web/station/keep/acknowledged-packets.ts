import { stationLimits } from '../../../src/enrolment/law.ts'
import type { Keep, PacketRow } from './database.ts'

/**
 * Packets that the house has signed for stay here for some time yet, sealed to the centre as they are: a house that is
 * restored from a backup lacks what came after it, and asks for it again. They are room that can be had at any moment:
 * capture comes first.
 */

/** Milliseconds from the server's receipt. */
export const keptFor = stationLimits.packetsKeptDays * 86_400_000

/**
 * How much is let go of at once where the disk is full: room for some people, so that it is not full again with the
 * next.
 */
const atOnce = 16 * 1024 * 1024

/** What was signed for and is still here, the first received first. */
export const keptPackets = ({ db }: Pick<Keep, 'db'>): Promise<PacketRow[]> => db.packets.orderBy('heldAt').toArray()

/** What the house received last of it. */
export const lastKept = ({ db }: Pick<Keep, 'db'>): Promise<PacketRow | undefined> =>
  db.packets.orderBy('heldAt').last()

export async function keptBytes({ db }: Pick<Keep, 'db'>): Promise<number> {
  let sum = 0
  await db.packets.orderBy('heldAt').each(({ size }) => {
    sum += size
  })
  return sum
}

/** Lets go of the bytes of these, as far as they are still signed for. Their numbers and the house's word stay. */
export async function letGo({ db }: Pick<Keep, 'db'>, counters: readonly number[]): Promise<void> {
  await db.transaction('rw', db.packets, async () => {
    for (const row of await db.packets.bulkGet([...counters])) {
      if (row?.state !== 'released') continue
      const { bytes: _bytes, heldAt: _heldAt, ...rest } = row
      await db.packets.put(rest)
    }
  })
}

/** Lets go of the oldest until so many bytes are free; gives how many were. */
export async function freeOldest(keep: Pick<Keep, 'db'>, bytes: number): Promise<number> {
  let freed = 0
  const counters: number[] = []
  for (const { counter, size } of await keptPackets(keep)) {
    if (freed >= bytes) break
    counters.push(counter)
    freed += size
  }
  if (counters.length > 0) await letGo(keep, counters)
  return freed
}

type Failure = {
  readonly name?: unknown
  readonly message?: unknown
  readonly inner?: unknown
  readonly failures?: unknown
}

/** A transaction that fails at its end has the reason inside, writing many at once among its failures. */
function isOrHolds(error: unknown, is: (failure: Failure) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false
  const failure: Failure = error
  const { inner, failures } = failure
  return (
    is(failure) || isOrHolds(inner, is) || (Array.isArray(failures) && failures.some(other => isOrHolds(other, is)))
  )
}

/** Whether the browser refused a write since the disk has no room for it. The database is as it was. */
export const isFull = (error: unknown): boolean => isOrHolds(error, ({ name }) => name === 'QuotaExceededError')

/** What Chromium says of a database that it could not write or had to close since the disk failed it. */
const diskFaults = new Set(['UnknownError', 'AbortError', 'DatabaseClosedError', 'InvalidStateError'])

/**
 * Whether the disk failed the database: it is full for the browser's own files, or broken. The browser may have closed
 * the database; the next read or write opens it.
 */
export const isDiskFault = (error: unknown): boolean =>
  isOrHolds(
    error,
    ({ name, message }) =>
      diskFaults.has(String(name)) || (name === 'DataError' && /blobs|IOError/.test(String(message))),
  )

/**
 * Writes; where the disk is full, the oldest that is kept goes until it fits. A database that the browser closed is
 * opened once again. Throws when nothing is left to let go of. Not within a transaction.
 */
export async function withRoom<T>(keep: Pick<Keep, 'db'>, write: () => Promise<T>): Promise<T> {
  let isOpenedAgain = false
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (isFull(error)) {
        if ((await freeOldest(keep, atOnce)) === 0) throw error
      } else if (isOpenedAgain || !isDiskFault(error)) throw error
      else isOpenedAgain = true
    }
  }
}

/** Writes what may be missing: a full disk keeps no note, and that stops nothing. */
export const ifRoom = <T>(writing: Promise<T>): Promise<T | undefined> =>
  writing.catch((error: unknown) => {
    if (!isFull(error) && !isDiskFault(error)) throw error
    return undefined
  })
