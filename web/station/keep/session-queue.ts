import type { UndeclaredHere } from '../draft/draft.ts'
import type { RefusalReason, withoutNumberReasons } from '../draft/eligibility.ts'
import { withRoom } from './acknowledged-packets.ts'
import { close, open, read, written } from './cipher.ts'
import type { EntryRow, Keep } from './database.ts'
import type { OpenRoster } from './rosters.ts'

/** Who has come to the session's station, in the order in which they came. */

/** Someone who is on no list, as they or their card said. */
export type WalkIn = {
  /** Empty where they have none. */
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: 'M' | 'F'
  /** What form DC01 asks of somebody without a number, or why an officer turns them away. */
  readonly undeclared?: UndeclaredHere
  readonly turnedAway?: (typeof withoutNumberReasons)[number]
}

export type EntryState = 'waiting' | 'doing' | 'deferred' | 'done' | 'refused'

export type Entry = {
  readonly id: string
  /** The place in the queue, from 1 on. */
  readonly place: number
  readonly came: string
  readonly state: EntryState
  /** Whoever is on the roster, by their id; the others as they said. */
  readonly person?: string
  readonly walkIn?: WalkIn
  /** The capture that was begun, and the number of the packet that came of it. */
  readonly application?: string
  readonly packet?: number
  /** The phone that was given for an account: nobody else of this session may have the same. */
  readonly phone?: string
  readonly refused?: { readonly code: RefusalReason; readonly from?: string }
}

const about = (session: string, entry: string) => `entry ${session} ${entry}`

export async function closeEntry(entry: Entry, { roster, current, keys }: OpenRoster): Promise<EntryRow> {
  const key = keys.get(current)
  if (!key) throw new Error('a roster without its own key')
  const session = roster.session.id
  return { id: entry.id, session, key: current, content: await close(key, written(entry), about(session, entry.id)) }
}

export const putEntry = async (keep: Keep, entry: Entry, open: OpenRoster): Promise<void> => {
  const row = await closeEntry(entry, open)
  await withRoom(keep, () => keep.db.entries.put(row))
}

/** Somebody has come: they get the next place, whichever tab or hand is quicker. */
export async function joinQueue(keep: Keep, who: Pick<Entry, 'person' | 'walkIn'>, roster: OpenRoster): Promise<Entry> {
  return keep.alone('queue', async () => {
    const before = await keep.db.entries.where('session').equals(roster.roster.session.id).count()
    const entry: Entry = {
      id: crypto.randomUUID(),
      place: before + 1,
      came: keep.now().toISOString(),
      state: 'waiting',
      ...who,
    }
    await putEntry(keep, entry, roster)
    return entry
  })
}

export type Queue = { readonly entries: readonly Entry[]; readonly hidden: number }

/** The queue in its order; what was closed under a key that this officer does not have yet is counted apart. */
export async function queueOf(rows: readonly EntryRow[], { keys }: OpenRoster): Promise<Queue> {
  const opened = await Promise.all(
    rows.map(async ({ id, session, key, content }) => {
      const held = keys.get(key)
      const bytes = held && (await open(held, content, about(session, id)))
      return bytes ? (read(bytes) as Entry) : undefined
    }),
  )
  const entries = opened.filter(entry => entry !== undefined).sort((a, b) => a.place - b.place)
  return { entries, hidden: rows.length - entries.length }
}

export const rowsOfQueue = ({ db }: Keep, session: string): Promise<EntryRow[]> =>
  db.entries.where('session').equals(session).toArray()

export const readQueue = async (keep: Keep, roster: OpenRoster): Promise<Queue> =>
  queueOf(await rowsOfQueue(keep, roster.roster.session.id), roster)
