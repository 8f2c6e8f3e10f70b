import type { Jwk, PacketKey } from '../../../src/enrolment/seal-packet.ts'
import type { Roster } from '../../../src/planning/rosters/contract-station.ts'
import { ifRoom, withRoom } from './acknowledged-packets.ts'
import { close, closeFor, keyOf, newRawKey, open, openFor, read, written } from './cipher.ts'
import type { Keep, OfficerRow, RosterKey, RosterRow } from './database.ts'
import type { Unlocked } from './officer-secret.ts'
import { NotTrusted } from './registration.ts'
import { isBehind, noteTime, reckoned } from './trusted-clock.ts'

/**
 * The people of a session, readable without a line by the officers who were given them, until the house's hour. Then
 * its keys are destroyed, and what lies there is noise to everybody. While the clock stands behind what was seen
 * before, nothing is read and nothing destroyed. Age is reckoned by the latest instant that is known
 * (trusted-clock.ts).
 */

export type OpenRoster = {
  readonly roster: Roster
  readonly until: string
  /** What closes new entries of the queue, and everything that may open older ones. */
  readonly current: string
  readonly keys: ReadonlyMap<string, PacketKey>
}

export type NotOpen = 'roster-unknown' | 'roster-over' | 'clock-back' | 'not-given'

const aboutKey = (roster: string, key: string) => `roster ${roster} ${key}`
const aboutPeople = (roster: string) => `people ${roster}`

/** Officers who have been given the roster as it is now. */
export const readersOf = ({ keys }: Pick<RosterRow, 'keys'>): readonly string[] => Object.keys(keys.at(-1)?.for ?? {})

async function closedForAll(
  roster: string,
  raw: Uint8Array<ArrayBuffer>,
  officers: readonly OfficerRow[],
): Promise<RosterKey> {
  const id = crypto.randomUUID()
  const closed = await Promise.all(
    officers.map(
      async ({ id: officer, vault }) =>
        [officer, await closeFor(vault?.publicKey as Jwk, raw, aboutKey(roster, id))] as const,
    ),
  )
  return { id, for: Object.fromEntries(closed) }
}

/**
 * Keeps a roster that the house gave to an officer. Others who have been given it before read the new one too; nobody
 * else does. Throws NotTrusted where the house says that it gave it to somebody else: between asking and the answer
 * another officer may have signed in.
 */
export async function keepRoster(keep: Keep, roster: Roster, officer: string): Promise<void> {
  const { db } = keep
  if (roster.officer !== officer) throw new NotTrusted('roster-of-another-officer')
  const { session, people, givenAt, until } = roster
  const before = await db.rosters.get(session.id)
  const readers = await db.officers.bulkGet([...new Set([officer, ...(before ? readersOf(before) : [])])])
  const raw = newRawKey()
  const known = readers.filter(reader => reader?.vault) as OfficerRow[]
  const key = await closedForAll(session.id, raw, known)
  const content = await close(await keyOf(raw), written(roster), aboutPeople(session.id))
  const { id, code, place, kind, day, fromAt, toAt } = session
  const row: RosterRow = {
    id,
    session: { id, code, place, kind, day, fromAt, toAt },
    givenAt,
    until,
    people: people.length,
    keys: [...(before?.keys ?? []), key],
    content,
  }
  await withRoom(keep, () => db.rosters.put(row))
}

/**
 * The older keys go to officers who were given the roster after they were made: who may read its people may read its
 * queue.
 */
async function share({ db }: Keep, row: RosterRow, raws: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<void> {
  const readers = (await db.officers.bulkGet([...readersOf(row)])).filter(reader => reader?.vault) as OfficerRow[]
  const keys = await Promise.all(
    row.keys.map(async key => {
      const raw = raws.get(key.id)
      const lacking = raw ? readers.filter(({ id }) => !key.for[id]) : []
      if (!raw || lacking.length === 0) return key
      const added = await Promise.all(
        lacking.map(
          async ({ id, vault }) =>
            [id, await closeFor(vault?.publicKey as Jwk, raw, aboutKey(row.id, key.id))] as const,
        ),
      )
      return { ...key, for: { ...key.for, ...Object.fromEntries(added) } }
    }),
  )
  if (keys.some((key, at) => key !== row.keys[at])) await db.rosters.update(row.id, { keys })
}

/** Opens a roster for an officer; says why not otherwise. */
export async function openRoster(keep: Keep, session: string, unlocked: Unlocked): Promise<OpenRoster | NotOpen> {
  await ifRoom(noteTime(keep))
  const [row, clock] = [await keep.db.rosters.get(session), await keep.db.clock.get(1)]
  if (isBehind(clock, keep.now())) return 'clock-back'
  if (!row) return 'roster-unknown'
  if (isOver(row, reckoned(clock, keep.now()))) return 'roster-over'
  const raws = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const key of row.keys) {
    const closed = key.for[unlocked.officer]
    const raw = closed && (await openFor(unlocked.key, closed, aboutKey(session, key.id)))
    if (raw) raws.set(key.id, raw)
  }
  const current = row.keys.at(-1)?.id ?? ''
  const raw = raws.get(current)
  const bytes = raw && (await open(await keyOf(raw), row.content, aboutPeople(session)))
  if (!bytes) return 'not-given'
  await share(keep, row, raws)
  const keys = new Map(
    await Promise.all([...raws].map(async ([id, bytesOfKey]) => [id, await keyOf(bytesOfKey)] as const)),
  )
  return { roster: read(bytes) as Roster, until: row.until, current, keys }
}

const isOver = ({ until }: Pick<RosterRow, 'until'>, at: number) => Date.parse(until) <= at

/** Sessions whose lists are over by this machine's clock; none while it stands behind. */
export async function overHere(keep: Keep): Promise<readonly string[]> {
  const clock = await keep.db.clock.get(1)
  if (isBehind(clock, keep.now())) return []
  const at = reckoned(clock, keep.now())
  return (await keep.db.rosters.toArray()).filter(row => isOver(row, at)).map(({ id }) => id)
}

/**
 * Destroys what is over: keys, people and queue, in one step. Gives the sessions that ended. Unfinished captures stay,
 * for the officer who began them alone. `told` is the house's own instant, where it has just said it; else this
 * machine's clock decides.
 */
export async function endRosters(keep: Keep, told?: number): Promise<readonly string[]> {
  const { db } = keep
  // Where the disk has no room for the time, it still has to let go.
  if (told === undefined) await noteTime(keep).catch(() => undefined)
  const here = told === undefined ? await overHere(keep) : []
  return db.transaction('rw', db.rosters, db.entries, db.drafts, async () => {
    const rows = await db.rosters.toArray()
    const over = rows
      .filter(row => (told === undefined ? here.includes(row.id) : isOver(row, told)))
      .map(({ id }) => id)
    if (over.length === 0) return []
    await db.rosters.bulkDelete(over)
    await db.entries.where('session').anyOf(over).delete()
    await db.drafts
      .where('session')
      .anyOf(over)
      .modify(draft => {
        delete (draft as { shared?: unknown }).shared
      })
    return over
  })
}
