import { scanBytes } from '../../platform/scanning/scanning.ts'
import type { Work } from '../../platform/work.ts'
import { type Capture, readCaptureManifest, readCaptureParts } from '../capture.ts'
import { openPacket } from '../seal-packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import type { Application } from '../store-application.ts'
import * as packets from './store.ts'

export type OpenedCapture = { readonly capture: Capture; readonly parts: ReadonlyMap<string, Uint8Array<ArrayBuffer>> }

/**
 * A picture of an opened packet, scanned once more: signatures of today may find what those of its arrival did not.
 * Throws file-infected, file-not-scannable, scanner-unreachable.
 */
export async function takePart(opened: OpenedCapture | undefined, name: string | undefined) {
  const bytes = name === undefined ? undefined : opened?.parts.get(name)
  if (bytes) await scanBytes(bytes)
  return bytes
}

/** Opens the packet of an application: the capture with its pictures, which are given out by `takePart` alone. */
export async function openCapture(
  work: Work,
  keys: StationKeys,
  { stationId, packetHash }: Pick<Application, 'stationId' | 'packetHash'>,
): Promise<OpenedCapture | undefined> {
  const body = stationId && packetHash ? await packets.findBody(work, stationId, packetHash) : undefined
  if (!body) return undefined
  const content = await openPacket(new Uint8Array(body), keys.opening)
  const read = readCaptureManifest(content)
  if (!read) return undefined
  const capture = read.manifest as Capture
  return { capture, parts: readCaptureParts(content, { end: read.end, parts: capture.parts }) ?? new Map() }
}

/**
 * The packet in which an application came. A refusal at the station has no capture, but its packet names the person.
 */
export async function packetReferenceOf(
  work: Work,
  { id, stationId, packetHash }: Application,
): Promise<Pick<Application, 'stationId' | 'packetHash'>> {
  if (packetHash) return { stationId, packetHash }
  const landed = (await packets.findPacketsOfApplication(work, id)).find(({ state }) => state === 'landed')
  return { stationId: landed?.stationId ?? null, packetHash: landed?.hash ?? null }
}
