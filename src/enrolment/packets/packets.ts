/**
 * Packets: what stations sealed becomes applications.
 * Input: a station's signed manifest, then the packets, in pieces, in any order, any number of times, by line or by
 * file.
 * Decided: whether a packet is intact and this station's (receive-packet.ts), whether an officer must look at it
 * (why-held.ts), who the person is and what is requested (process-packet.ts), and what happens to a packet that is held
 * (quarantine.ts). Nothing that arrived is lost.
 * Output: the signed acknowledgement, after which the station may delete the packet, and an application.
 * Deeds: packet.received, packet.held, packet.refused, packet.released, packet.set-aside, packet.reopened,
 * packet.turned-away, packet.pieces-cleared; of applications those of lifecycle.ts.
 */

import type { Authority } from '../../platform/work.ts'
import type { PacketStatus } from './contract.ts'
import type * as store from './store.ts'

export const stationAuthority = (id: string): Authority => ({
  by: { kind: 'station', id },
  scope: 'house',
  purpose: 'capture',
})

/** The status of a packet, as its station learns it. */
export const packetStatus = (row: store.PacketRow & { readonly offset?: number }): PacketStatus => ({
  hash: row.hash,
  counter: row.counter,
  ...(row.acknowledgement
    ? { state: row.state === 'held' ? ('held' as const) : ('received' as const), word: row.acknowledgement }
    : row.state === 'refused'
      ? { state: 'refused' as const }
      : // All of it may be here and not be put together: then its last byte is asked for again.
        { state: 'wanted' as const, offset: Math.max(0, Math.min(row.offset ?? 0, row.bytes - 1)) }),
  ...(row.problem && { problem: row.problem }),
})
