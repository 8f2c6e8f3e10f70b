import { randomFillSync } from 'node:crypto'
import { now } from './clock.ts'

/** A UUIDv7 of one kind of thing; minted where the thing is born. */
export type Id<Kind extends string> = string & { readonly __id: Kind }

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isId = (text: string) => shape.test(text)

/** Takes a UUID in from outside; throws a RangeError, so that no other text ever reaches a statement as an id. */
export function asId<Kind extends string>(text: string): Id<Kind> {
  if (!isId(text)) throw new RangeError('not a UUID')
  return text as Id<Kind>
}

const pool = Buffer.alloc(10 * 512)
let used = pool.length

/** Mints a UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits. */
export function newId<Kind extends string>(at: Date = now()): Id<Kind> {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const ms = at.getTime().toString(16).padStart(12, '0')
  const random = pool.toString('hex', used, used + 10)
  used += 10
  const variant = ((Number.parseInt(random[3] ?? '0', 16) & 3) | 8).toString(16)
  return (`${ms.slice(0, 8)}-${ms.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-` +
    `${random.slice(7, 19)}`) as Id<Kind>
}

/**
 * What every id that is minted at this instant or later comes after: ids are in the order of time, by the millisecond.
 */
export function firstIdAt(at: Date): string {
  const ms = at.getTime().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`
}
