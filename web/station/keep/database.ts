import { Dexie, type Table } from 'dexie'
import type { PacketKey } from '../../../src/enrolment/seal-packet.ts'
import type { PublicKeyJwk } from '../../../src/enrolment/stations/contract.ts'
import type { Closed } from './cipher.ts'
import type { Vault } from './officer-secret.ts'

/**
 * What a station keeps on its disk. In the clear stands only what is about no citizen: sessions, counts, numbers and
 * hashes of packets. Rosters, the queue and unfinished captures are encrypted under officers' secrets, packets to the
 * centre (docs/packet.md).
 *
 * Someone with an image of the disk and no secret reads none of them. Someone with an image from before a roster's end
 * *and* its officer's secret reads that roster: no program prevents it. A deleted key may lie in the browser's log
 * files until it tidies them up; so the disk itself is to be encrypted too (operations.md).
 */

/** There is one of these in a station. */
type One = { readonly one: 1 }

/** The station itself, what it signs with, and whom it trusts. The private key cannot be taken out of the browser. */
export type StationRow = One & {
  readonly id: string
  readonly keys: { readonly sign: PacketKey; readonly publicKey: PublicKeyJwk }
  /** Known by the house under this code; absent until it is registered. */
  readonly code?: string
  readonly name?: string
  readonly unit?: string
  readonly centre?: PublicKeyJwk
  readonly house?: PublicKeyJwk
  readonly origin?: string
  readonly demonstration?: boolean
  readonly rehearsal?: boolean
  /** By how many days the house's day differs from the calendar's; 0 but in a demonstration or rehearsal. */
  readonly daysAhead?: number
}

/** The last packet that was sealed. */
export type HeadRow = One & { readonly counter: number; readonly hash: string | null }

/**
 * Instants in milliseconds: the latest that was ever seen, when the house last told its own, and by how much this
 * machine's clock was ahead of it.
 */
export type ClockRow = One & { readonly latest: number; readonly knownAt?: number; readonly ahead?: number }

/**
 * Since when the house has not answered, and when it last answered for all that it has signed for, by its own clock.
 */
export type LineRow = One & {
  readonly goneSince?: number
  readonly metAt?: number
  readonly told?: string
  readonly askedAllAt?: number
}

/** An officer who has worked here: what they may do, signed by the house, and the door to what is kept for them. */
export type OfficerRow = {
  readonly id: string
  readonly name: string
  readonly grant: string
  readonly until: string
  readonly vault?: Vault
}

export type SessionKept = {
  readonly id: string
  readonly code: string
  readonly place: string
  readonly kind: string
  readonly day: string
  readonly fromAt: string
  readonly toAt: string
}

/** A key of a roster, closed for each officer who was given it; the newest closes the people. */
export type RosterKey = { readonly id: string; readonly for: Readonly<Record<string, Closed>> }

export type RosterRow = {
  readonly id: string
  readonly session: SessionKept
  readonly givenAt: string
  readonly until: string
  readonly people: number
  readonly keys: readonly RosterKey[]
  readonly content: Closed
}

/** One in the queue of a session, closed under a key of its roster. */
export type EntryRow = { readonly id: string; readonly session: string; readonly key: string; readonly content: Closed }

/**
 * An unfinished capture. Its own key is closed for the officer who began it, which does not end, and for the session,
 * which does.
 */
export type DraftRow = {
  readonly application: string
  readonly session: string
  readonly officer: string
  readonly savedAt: number
  readonly own: Closed
  readonly shared?: { readonly key: string; readonly closed: Closed }
  readonly content: Closed
}

export type PictureRow = {
  readonly application: string
  readonly name: string
  readonly type: string
  readonly content: Closed
}

export type PacketState = 'waiting' | 'refused' | 'released'

/**
 * A sealed packet. Its bytes go only once the house has signed that it holds them, and not at once
 * (acknowledged-packets.ts); the word stays.
 */
export type PacketRow = {
  readonly counter: number
  readonly application: string
  readonly session?: string
  readonly hash: string
  readonly previous: string | null
  readonly sealedAt: string
  readonly size: number
  readonly bytes?: Blob
  readonly state: PacketState
  /** How many bytes the house has, as far as it said. */
  readonly sent?: number
  readonly word?: string
  /**
   * When the house received it, in milliseconds by its own word: as long as it is signed for and its bytes are kept all
   * the same.
   */
  readonly heldAt?: number
  /** A refusal's code, or `word-wrong` where the house's word could not be believed. */
  readonly problem?: string
}

/** A receipt that was handed out: nothing about a person. */
export type ReceiptRow = {
  readonly application: string
  readonly code: string
  readonly token: string
  readonly at: string
}

export class StationDatabase extends Dexie {
  station!: Table<StationRow, 1>
  head!: Table<HeadRow, 1>
  clock!: Table<ClockRow, 1>
  line!: Table<LineRow, 1>
  officers!: Table<OfficerRow, string>
  rosters!: Table<RosterRow, string>
  entries!: Table<EntryRow, string>
  drafts!: Table<DraftRow, string>
  pictures!: Table<PictureRow, [string, string]>
  packets!: Table<PacketRow, number>
  receipts!: Table<ReceiptRow, string>

  constructor(name = 'dinhdanh-station') {
    // Strict: a transaction is over when the disk has it, since a laptop at a school loses power.
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      station: '&one',
      head: '&one',
      clock: '&one',
      line: '&one',
      officers: '&id',
      rosters: '&id',
      entries: '&id, session',
      drafts: '&application, session, officer',
      pictures: '&[application+name], application',
      packets: '&counter, &application, &hash, state',
      receipts: '&application',
    })
    // Only what is kept after the house's word has `heldAt`.
    this.version(2).stores({ packets: '&counter, &application, &hash, state, heldAt' })
  }
}

/**
 * What the verbs of keeping are given: where it is kept, what time it is, for how long this page has run (milliseconds;
 * nobody sets that), and how to be alone at something in all tabs.
 */
export type Keep = {
  readonly db: StationDatabase
  readonly now: () => Date
  readonly ran: () => number
  readonly alone: <T>(what: string, run: () => Promise<T>) => Promise<T>
}

export const openKeep = (
  db = new StationDatabase(),
  now: () => Date = () => new Date(),
  ran: () => number = () => performance.now(),
): Keep => ({
  db,
  now,
  ran,
  alone: (what, run) => navigator.locks.request(`${db.name}-${what}`, run),
})
