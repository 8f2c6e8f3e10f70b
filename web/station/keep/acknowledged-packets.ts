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

type Failure = { readonly name?: unknown; readonly inner?: unknown; readonly failures?: unknown }

/**
 * Whether a disk without room is behind it. A transaction that fails at its end has the reason inside, writing many at
 * once among its failures.
 */
export function isFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, inner, failures }: Failure = error
  return name === 'QuotaExceededError' || isFull(inner) || (Array.isArray(failures) && failures.some(isFull))
}

/**
 * Writes; where the disk is full, the oldest that is kept goes until it fits. Throws when nothing is left to let go of.
 * Not within a transaction.
 */
export async function withRoom<T>(keep: Pick<Keep, 'db'>, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isFull(error) || (await freeOldest(keep, atOnce)) === 0) throw error
    }
  }
}

/** Writes what may be missing: a full disk keeps no note, and that stops nothing. */
export const ifRoom = <T>(writing: Promise<T>): Promise<T | undefined> =>
  writing.catch((error: unknown) => {
    if (!isFull(error)) throw error
    return undefined
  })
