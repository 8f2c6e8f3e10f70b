import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

type PortraitKey = { readonly id: string; readonly personId: Id<'person'> }

export async function insertRequest({ tx, now }: Work, id: string, sealed: Buffer): Promise<void> {
  await sql`insert into accounts.asking (id, sealed, at) values (${id}, ${sealed}, ${now})`.execute(tx)
}

/** Takes a request out of those that wait; undefined if it was processed before. */
export async function takeRequest({ tx }: Work, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`delete from accounts.asking where id = ${id} returning sealed`.execute(
    tx,
  )
  return rows[0]?.sealed
}

/** Requests that lost their job: they have waited since before a moment. */
export async function findWaitingRequests({ tx }: Work, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from accounts.asking where at < ${before} order by at limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Adds one to the day's count of each key and gives the counts. Keys are sorted, so that two requests cannot deadlock.
 */
export async function countRequest({ tx }: Work, keys: readonly Buffer[], day: Day): Promise<number[]> {
  const counts = new Map<string, number>()
  for (const key of keys.toSorted(Buffer.compare)) {
    const { rows } = await sql<{ count: number }>`
      insert into accounts.asking_count as c (key, on_day, count) values (${key}, ${day}, 1)
      on conflict (key, on_day) do update set count = c.count + 1 returning count`.execute(tx)
    counts.set(key.toString('hex'), rows[0]?.count ?? 1)
  }
  return keys.map(key => counts.get(key.toString('hex')) ?? 1)
}

export async function deleteOldCounts({ tx }: Work, before: Day): Promise<void> {
  await sql`delete from accounts.asking_count where on_day < ${before}`.execute(tx)
}

export type SealedPortrait = {
  readonly sealed: Buffer
  readonly sha256: string
  readonly width: number
  readonly height: number
}

export async function insertPortrait(
  { tx, now }: Work,
  { id, personId }: PortraitKey,
  { sealed, sha256, width, height }: SealedPortrait,
): Promise<void> {
  await sql`
    insert into accounts.portrait (person_id, account_id, sealed, sha256, width, height, sent_at)
    values (${personId}, ${id}, ${sealed}, ${sha256}, ${width}, ${height}, ${now})`.execute(tx)
}

export async function findPortraitFacts({ tx }: Work, { id, personId }: PortraitKey) {
  const { rows } = await sql<{ width: number; height: number; sentAt: Date; face: ComparedPortrait | null }>`
    select width, height, sent_at as "sentAt", face from accounts.portrait
    where person_id = ${personId} and account_id = ${id}`.execute(tx)
  return rows[0]
}

/** How the face of a portrait compares with that of the card. */
export type ComparedPortrait =
  | { readonly verdict: 'same' | 'unsure' | 'different'; readonly score: number; readonly threshold: number }
  | { readonly verdict: 'not-done'; readonly why: string }

export async function setComparedPortrait(
  { tx }: Work,
  { id, personId }: PortraitKey,
  face: ComparedPortrait,
): Promise<void> {
  await sql`
    update accounts.portrait set face = ${JSON.stringify(face)}::jsonb
    where person_id = ${personId} and account_id = ${id}`.execute(tx)
}

export async function findSealedPortrait({ tx }: Work, { id, personId }: PortraitKey): Promise<Buffer | undefined> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from accounts.portrait where person_id = ${personId} and account_id = ${id}`.execute(tx)
  return rows[0]?.sealed
}
