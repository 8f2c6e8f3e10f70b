import { Value } from 'typebox/value'
import { type PacketStatus, PieceReply, packetPath, sendManifest } from '../../../src/enrolment/packets/contract.ts'
import { call, NoAnswer, refusalOf } from '../../parts/call.ts'

/** The house, as far as sending asks it. */
export type House = {
  readonly tell: (
    station: string,
    manifest: string,
  ) => Promise<{ readonly now: string; readonly packets: readonly PacketStatus[] }>
  /**
   * Sends a piece from an offset on. Throws a Refusal; `packet-offset-wrong` has the offset that is wanted among its
   * facts.
   */
  readonly send: (
    station: string,
    hash: string,
    piece: { readonly offset: number; readonly bytes: Blob },
  ) => Promise<PacketStatus>
}

/** A piece that has not gone in this time never will; sending begins anew where the house says. */
const longestPiece = 120_000

export const house: House = {
  tell: (station, manifest) =>
    call(sendManifest, { params: { id: station }, body: { manifest }, signal: AbortSignal.timeout(30_000) }).catch(
      error => {
        throw error instanceof DOMException ? new NoAnswer(error) : error
      },
    ),

  async send(station, hash, { offset, bytes }) {
    const response = await fetch(`/api${packetPath(station, hash)}?offset=${offset}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      signal: AbortSignal.timeout(longestPiece),
    }).catch((error: unknown) => {
      throw new NoAnswer(error)
    })
    if (!response.ok) throw await refusalOf(response)
    const answer: unknown = await response.json()
    if (!Value.Check(PieceReply, answer)) throw new NoAnswer('an answer that is none')
    return answer
  },
}
