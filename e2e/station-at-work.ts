import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { PacketStatus } from '../src/enrolment/packets/contract.ts'
import { hashOfBytes, type Packet } from '../src/enrolment/seal-packet.ts'
import { registerStation, takeGrant } from '../src/enrolment/stations/contract.ts'
import { me } from '../src/staff/contract.ts'
import { type AStation, aCapture, aStation, manifestOf, seal, type Told } from '../test/a-station.ts'
import { ask } from './api-call.ts'

type Pictures = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/**
 * A station beside the console: registered by whoever is signed in on a page, it captures by itself and sends over
 * HTTP, as no signed-in officer must.
 */
export type StationAtWork = {
  readonly station: AStation
  readonly code: string
  /**
   * Seals a capture of the officer's as the next packet, with more pictures beside the portrait; gives it with the id
   * of its application.
   */
  capture(told: Omit<Told, 'officer'>, pictures?: Pictures): Promise<{ packet: Packet; application: string }>
  /** Tells the house what it holds. */
  tell(packets: readonly Packet[]): Promise<readonly PacketStatus[]>
  /** Tells of the packet and sends it whole. */
  send(packet: Packet): Promise<PacketStatus>
}

const answerOf = async (response: Response): Promise<unknown> => {
  assert.ok(response.ok, `${response.url} answered ${response.status}: ${response.ok ? '' : await response.text()}`)
  return response.json()
}

export async function openStation(page: Page, name: string): Promise<StationAtWork> {
  const station = await aStation()
  const { origin } = new URL(page.url())
  const { station: registered, centre } = await ask(page, registerStation, {
    body: { id: station.id, name, publicKey: station.publicKey },
  })
  const { grant } = await ask(page, takeGrant, { params: { id: station.id } })
  const officer = { id: (await ask(page, me, {})).id, grant }

  async function tell(packets: readonly Packet[]): Promise<readonly PacketStatus[]> {
    const response = await fetch(`${origin}/api/stations/${station.id}/manifest`, {
      method: 'POST',
      body: JSON.stringify({ manifest: await manifestOf(station, packets) }),
      headers: { 'content-type': 'application/json' },
    })
    return ((await answerOf(response)) as { packets: PacketStatus[] }).packets
  }

  return {
    station,
    code: registered.code,
    tell,
    async capture(told, pictures = new Map()) {
      const { capture, bodies } = await aCapture({ ...told, officer })
      const more = await Promise.all(
        [...pictures].map(async ([name, body]) => ({
          name,
          type: 'image/jpeg',
          bytes: body.length,
          sha256: await hashOfBytes(body),
        })),
      )
      const whole = {
        capture: { ...capture, parts: [...capture.parts, ...more] },
        bodies: new Map([...bodies, ...pictures]),
      }
      return { packet: await seal(station, centre, whole), application: capture.application }
    },
    async send(packet) {
      const [standing] = await tell([packet])
      assert.equal(standing?.state, 'wanted', JSON.stringify(standing))
      const response = await fetch(`${origin}/api/stations/${station.id}/packets/${packet.hash}?offset=0`, {
        method: 'PUT',
        body: packet.bytes,
        headers: { 'content-type': 'application/octet-stream' },
      })
      return (await answerOf(response)) as PacketStatus
    },
  }
}
