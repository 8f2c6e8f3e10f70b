import { hashOfBytes, sealPacket } from '../../../src/enrolment/seal-packet.ts'
import { withRoom } from './acknowledged-packets.ts'
import type { EntryRow, HeadRow, Keep, PacketRow } from './database.ts'

/**
 * Packets: sealed to the centre's key, numbered without a gap, each with the hash of the one before. A packet does not
 * end, and needs nobody's secret to be sent.
 *
 * Number, hash, packet, receipt and the end of the draft are one transaction: a browser that is killed has sealed or
 * has not. Cipher and signature are made before it, since no transaction waits for them; it looks again whether the
 * head is still the one that they were made for.
 */

export type Sealing = {
  readonly application: string
  readonly session?: string
  readonly content: Uint8Array<ArrayBuffer>
  readonly receipt: { readonly code: string; readonly token: string }
  /** The person's place in the queue, as it is from now on; given the packet's number. */
  readonly entry?: (counter: number) => Promise<EntryRow>
}

class HeadMoved extends Error {}

const none: HeadRow = { one: 1, counter: 0, hash: null }

async function sealOnce(
  { db, now }: Keep,
  { application, session, content, receipt, entry }: Sealing,
): Promise<PacketRow> {
  const [station, head = none] = [await db.station.get(1), await db.head.get(1)]
  if (!station?.centre) throw new Error('this browser is no station yet')
  const at = now()
  const counter = head.counter + 1
  const packet = await sealPacket(
    content,
    { station: station.id, counter, previous: head.hash, application, sealedAt: at.toISOString() },
    { centre: station.centre, station: station.keys.sign },
  )
  const row: PacketRow = {
    counter,
    application,
    ...(session && { session }),
    hash: packet.hash,
    previous: head.hash,
    sealedAt: packet.header.sealedAt,
    size: packet.bytes.length,
    bytes: new Blob([packet.bytes]),
    state: 'waiting',
  }
  const place = await entry?.(counter)
  await db.transaction(
    'rw',
    [db.head, db.packets, db.drafts, db.pictures, db.receipts, db.entries, db.clock],
    async () => {
      const still = (await db.head.get(1)) ?? none
      if (still.counter !== head.counter || still.hash !== head.hash) throw new HeadMoved()
      await db.packets.add(row)
      await db.head.put({ one: 1, counter, hash: packet.hash })
      await db.receipts.put({ application, ...receipt, at: row.sealedAt })
      await db.drafts.delete(application)
      await db.pictures.where('application').equals(application).delete()
      if (place) await db.entries.put(place)
      const clock = await db.clock.get(1)
      if (!clock || clock.latest < at.getTime()) await db.clock.put({ ...clock, one: 1, latest: at.getTime() })
    },
  )
  return row
}

/**
 * Seals a capture. Once for an application: what was sealed before is given back. Throws what stops it; then nothing
 * has changed.
 */
export function seal(keep: Keep, sealing: Sealing): Promise<PacketRow> {
  return keep.alone('seal', async () => {
    for (;;) {
      const before = await keep.db.packets.where('application').equals(sealing.application).first()
      if (before) return before
      try {
        return await withRoom(keep, () => sealOnce(keep, sealing))
      } catch (error) {
        if (!(error instanceof HeadMoved)) throw error
      }
    }
  })
}

/** Packets that the house has not said it holds, oldest first. */
export const owed = ({ db }: Pick<Keep, 'db'>): Promise<PacketRow[]> =>
  db.packets.where('state').anyOf('waiting', 'refused').sortBy('counter')

/** 'HH01-000231'. */
export const packetName = (code: string, counter: number) => `${code}-${String(counter).padStart(6, '0')}`

export type Flaw = { readonly counter: number; readonly what: 'gap' | 'chain' | 'bytes' }

/**
 * Whether everything that is kept is what was sealed: numbers without a gap, each hash the next one's, the bytes their
 * hash.
 */
export async function flawsIn({ db }: Pick<Keep, 'db'>): Promise<readonly Flaw[]> {
  const rows = await db.packets.orderBy('counter').toArray()
  const head = (await db.head.get(1)) ?? none
  const flaws: Flaw[] = []
  let before: string | null = null
  for (const [at, { counter, previous, hash, bytes, state }] of rows.entries()) {
    if (counter !== at + 1) flaws.push({ counter, what: 'gap' })
    if (previous !== before) flaws.push({ counter, what: 'chain' })
    // What is signed for is not read: a month of it would keep the page waiting.
    const content = state === 'released' ? undefined : bytes && new Uint8Array(await bytes.arrayBuffer())
    if (state !== 'released' && (!content || (await hashOfBytes(content)) !== hash))
      flaws.push({ counter, what: 'bytes' })
    before = hash
  }
  if (head.counter !== rows.length || head.hash !== before) flaws.push({ counter: head.counter, what: 'chain' })
  return flaws
}
