import { createHash, hash } from 'node:crypto'
import type { Id } from '../platform/ids.ts'
import { canonicalJson } from '../platform/sealing/canonical-json.ts'

/** A deed as it stands in its chain. */
export type SealedDeed = {
  readonly chain: number
  readonly seq: number
  readonly id: string
  readonly workId: string
  readonly at: Date
  readonly day: string
  readonly byKind: string
  readonly byId: string
  readonly onBehalfOf: string | null
  readonly purpose: string
  readonly deed: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly personId: Id<'person'> | null
  readonly unitId: Id<'unit' | 'school'> | null
  readonly facts: unknown
}

export const chains = 16

/** The chain of a work: by hash, so that works neither queue for one chain nor lock two (house.md 9.2). */
export const chainOf = (workId: string) => (hash('sha256', workId, 'buffer')[0] ?? 0) % chains

/** The seal of a deed: SHA-256 over the seal before it and its own canonical form. 32 bytes. */
export const sealOf = (previous: Buffer, deed: SealedDeed) =>
  createHash('sha256').update(previous).update(canonicalJson(deed)).digest()

export const firstSeal = Buffer.alloc(32)
