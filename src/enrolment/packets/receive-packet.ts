import { Value } from 'typebox/value'
import * as audit from '../../audit/audit.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { type Capture, CaptureShape, readCaptureManifest, saysWho } from '../capture.ts'
import { largestPacket, packetsAhead } from '../law.ts'
import { stationProblem } from '../problems.ts'
import {
  hashOfBytes,
  importStationKey,
  isSignedBy,
  openPacket,
  PacketFault,
  type PacketHeader,
  readHeader,
  readStatement,
  signStatement,
} from '../seal-packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as stations from '../stations/stations.ts'
import * as receipts from '../store-receipt.ts'
import { type Acknowledgement, ManifestStatement, type PacketStatus, type StationManifest } from './contract.ts'
import { packetStatus, stationAuthority } from './packets.ts'
import * as store from './store.ts'
import * as pieces from './store-pieces.ts'
import { findDoubtOnArrival } from './why-held.ts'

/** What stations send is received: manifests, headers and pieces; a whole packet is checked, kept and acknowledged. */

/** Reads a station's signed manifest. Throws station-unknown, manifest-refused. */
async function readManifestStatement(
  work: Work,
  stationId: string,
  jws: string,
): Promise<{ station: stations.Station; told: StationManifest }> {
  const station = await stations.findStation(work, stationId)
  if (!station) throw stationProblem('station-unknown')
  const told = await readStatement('dinhdanh-manifest', jws, await importStationKey(station.publicKey))
  if (!Value.Check(ManifestStatement, told) || told.station !== stationId) throw stationProblem('manifest-refused')
  if (told.head > station.head + packetsAhead) throw stationProblem('manifest-refused')
  if ((told.head === 0) !== (told.headHash === null) || Number.isNaN(Date.parse(told.at)))
    throw stationProblem('manifest-refused')
  return { station, told }
}

/**
 * A station announces what it holds; the answer says what is wanted, received and refused. Only a manifest sent by line
 * tells the station's clock, because a file may be old.
 */
export async function receiveManifest(
  work: Work,
  stationId: string,
  jws: string,
  channel: 'line' | 'file' = 'line',
): Promise<(PacketStatus & { readonly bytes: number })[]> {
  const { station, told } = await readManifestStatement(work, stationId, jws)
  const clockOff = clampSeconds(Math.round((Date.parse(told.at) - work.now.getTime()) / 1000))
  await stations.noteChainHead(work, stationId, {
    head: told.head,
    headHash: told.headHash,
    ...(channel === 'line' && { clockOff }),
  })
  await store.insertAnnounced(
    work,
    station,
    told.entries.map(one => ({
      hash: one.hash,
      counter: one.counter,
      applicationId: one.application,
      sessionId: one.session ?? null,
      bytes: Math.min(one.bytes, 2 ** 31 - 1),
      sealedAt: new Date(one.sealedAt),
    })),
  )
  const rows = await store.findPacketStatuses(
    work,
    stationId,
    told.entries.map(({ hash }) => hash),
  )
  for (const row of rows)
    if (row.state === 'told' && row.bytes > largestPacket) await store.setRefused(work, row, 'packet-too-large')
  return rows.map(row => ({
    bytes: row.bytes,
    ...packetStatus(
      row.state === 'told' && row.bytes > largestPacket
        ? { ...row, state: 'refused', problem: 'packet-too-large' }
        : row,
    ),
  }))
}

/**
 * Announces a packet that came without a manifest: the station signed its header, and with it its counter. The caller
 * checked the signature.
 */
export async function receivePacketHeader(
  work: Work,
  { station: stationId, counter, application, sealedAt }: PacketHeader,
  { hash, bytes }: { readonly hash: string; readonly bytes: number },
): Promise<PacketStatus> {
  const station = await stations.findStation(work, stationId)
  if (!station) throw stationProblem('station-unknown')
  if (counter > station.head && counter <= station.head + packetsAhead)
    await stations.noteChainHead(work, stationId, { head: counter, headHash: hash })
  await store.insertAnnounced(work, station, [
    { hash, counter, applicationId: application, sessionId: null, bytes, sealedAt: new Date(sealedAt) },
  ])
  const [row] = await store.findPacketStatuses(work, stationId, [hash])
  if (!row) throw stationProblem('packet-not-told')
  return packetStatus(row)
}

/** A clock may be off by centuries; the column is not that wide. */
const clampSeconds = (seconds: number) => Math.max(-(2 ** 31) + 1, Math.min(2 ** 31 - 1, seconds))

/**
 * Receives a piece of an announced packet. Throws packet-not-told, packet-offset-wrong (with the wanted offset),
 * packet-hash-differs, and the refusals of invalid packets. The answer to the last piece has the acknowledgement.
 */
export async function receivePiece(
  openWork: OpenWork,
  keys: StationKeys,
  {
    stationId,
    hash,
    offset,
    body,
  }: {
    readonly stationId: string
    readonly hash: string
    readonly offset: number
    readonly body: Uint8Array<ArrayBuffer>
  },
): Promise<PacketStatus> {
  const whole = await openWork(stationAuthority(stationId), async work => {
    const packet = await store.holdPacket(work, stationId, hash)
    if (!packet) throw stationProblem('packet-not-told')
    if (packet.acknowledgement || packet.state === 'refused') return { answer: packetStatus(packet) }
    const station = await stations.findStation(work, stationId)
    if (offset === 0 && body.length === packet.bytes) return { station, bytes: body }

    const here = await pieces.findOffset(work, stationId, hash)
    if (offset > here || offset + body.length > packet.bytes)
      throw stationProblem('packet-offset-wrong', { offset: here })
    const fresh = body.subarray(here - offset)
    if (fresh.length > 0) await pieces.insertPiece(work, packet, here, fresh)
    const offsetNow = here + Math.max(fresh.length, 0)
    if (offsetNow < packet.bytes) return { answer: packetStatus({ ...packet, offset: offsetNow }) }
    return { station, bytes: new Uint8Array(Buffer.concat(await pieces.findPieces(work, stationId, hash))) }
  })
  if (whole.answer) return whole.answer
  if (!whole.station) throw stationProblem('station-unknown')
  return receiveWholePacket(openWork, keys, { station: whole.station, hash, bytes: whole.bytes })
}

type PacketReading = { readonly header: PacketHeader; readonly capture?: Capture; readonly problem?: string }

/** Reads a packet as far as possible. Throws if it is not this station's. Uses no connection. */
async function readPacket(
  bytes: Uint8Array<ArrayBuffer>,
  station: stations.Station,
  keys: StationKeys,
): Promise<PacketReading> {
  const { header } = readHeader(bytes)
  if (header.station !== station.id) throw stationProblem('packet-foreign-station')
  if (!(await isSignedBy(bytes, await importStationKey(station.publicKey))))
    throw stationProblem('packet-signature-wrong')
  try {
    const content = await openPacket(bytes, keys.opening)
    const manifest = readCaptureManifest(content)?.manifest
    return Value.Check(CaptureShape, manifest) && saysWho(manifest) && manifest.application === header.application
      ? { header, capture: manifest }
      : { header, problem: 'capture-unreadable' }
  } catch (error) {
    if (error instanceof PacketFault) return { header, problem: error.code }
    throw error
  }
}

const refusalFor = (error: unknown) => (error instanceof PacketFault ? stationProblem(error.code) : error)

type WholePacket = {
  readonly station: stations.Station
  readonly hash: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Receives a whole packet. Packets of one station wait for each other here, so that its chain is checked as a whole.
 */
export async function receiveWholePacket(
  openWork: OpenWork,
  keys: StationKeys,
  { station, hash, bytes }: WholePacket,
): Promise<PacketStatus> {
  const as = stationAuthority(station.id)
  if ((await hashOfBytes(bytes)) !== hash) {
    await openWork(as, work => pieces.deletePieces(work, station.id, hash))
    throw stationProblem('packet-hash-differs')
  }
  let packet: PacketReading
  try {
    packet = await readPacket(bytes, station, keys)
  } catch (error) {
    const refusal = refusalFor(error) as { code?: string }
    if (refusal.code) await openWork(as, work => refusePacket(work, station.id, hash, refusal.code ?? ''))
    throw refusal
  }
  return openWork(as, work => keepPacket(work, keys, { hash, bytes, ...packet }))
}

async function refusePacket(work: Work, stationId: string, hash: string, problem: string): Promise<void> {
  const row = await store.holdPacket(work, stationId, hash)
  if (!row || row.acknowledgement) return
  await pieces.deletePieces(work, stationId, hash)
  await store.setRefused(work, row, problem)
  await audit.record(
    work,
    'packet.refused',
    { kind: 'station', id: stationId, unitId: row.unitId },
    { counter: row.counter, hash, problem },
  )
}

async function keepPacket(
  work: Work,
  keys: StationKeys,
  { hash, bytes, header, capture, problem }: PacketReading & { hash: string; bytes: Uint8Array },
) {
  const station = await stations.holdStation(work, header.station)
  const row = await store.holdPacket(work, header.station, hash)
  if (!station || !row) throw stationProblem('packet-not-told')
  if (row.acknowledgement) return packetStatus(row)
  if (row.counter !== header.counter || row.applicationId !== header.application) {
    await refusePacket(work, header.station, hash, 'packet-unreadable')
    return packetStatus({ ...row, state: 'refused', problem: 'packet-unreadable' })
  }

  const chain = await linkIntoChain(work, header, hash)
  const why =
    problem ??
    (await findDoubtOnArrival(work, keys, { station, header, announcedAt: row.announcedAt, capture })) ??
    chain.problem
  const state = why ? ('held' as const) : ('received' as const)
  const word: Acknowledgement = {
    held: 1,
    station: header.station,
    counter: header.counter,
    hash,
    application: header.application,
    state,
    at: work.now.toISOString(),
  }
  const signed = await signStatement('dinhdanh-held', word, keys.signing)
  await store.insertBody(work, row, bytes)
  await pieces.deletePieces(work, header.station, hash)
  await store.setReceived(work, row, {
    state,
    previous: header.previous,
    chain: chain.state,
    acknowledgement: signed,
    problem: why,
  })
  if (capture)
    await receipts.insertReceipt(work, capture.receipt, {
      stationId: station.id,
      hash,
      applicationId: header.application,
      unitId: station.unitId,
    })
  if (!why) await queueJob(work, 'land-packet', { station: header.station, hash })
  await audit.record(
    work,
    why ? 'packet.held' : 'packet.received',
    { kind: 'station', id: station.id, unitId: station.unitId },
    { counter: header.counter, hash, application: header.application, ...(why && { problem: why }) },
  )
  return packetStatus({ ...row, state, acknowledgement: signed, problem: why ?? null })
}

/** Links a packet to its neighbours, also to a later one that came first. */
async function linkIntoChain(
  work: Work,
  header: PacketHeader,
  hash: string,
): Promise<{ state: store.PacketRow['chain']; problem?: string }> {
  const near = await store.findNeighbours(work, header.station, header.counter)
  const before = near.find(({ counter }) => counter === header.counter - 1)
  for (const after of near.filter(({ counter }) => counter === header.counter + 1))
    await store.setChain(work, header.station, after.hash, after.previous === hash ? 'linked' : 'broken')

  if (near.some(one => one.counter === header.counter && one.hash !== hash))
    return { state: 'broken', problem: 'packet-counter-reused' }
  if (header.counter === 1) return { state: 'linked' }
  const fits = near.some(one => one.counter === header.counter - 1 && one.hash === header.previous)
  if (before && !fits) return { state: 'broken', problem: 'packet-chain-broken' }
  return { state: before ? 'linked' : 'open' }
}
