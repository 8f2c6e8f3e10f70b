import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { fileMagic, PieceReply } from '../../../src/enrolment/packets/contract.ts'
import { keptPackets } from '../keep/acknowledged-packets.ts'
import type { Keep } from '../keep/database.ts'
import { owed, packetName } from '../keep/packet-chain.ts'
import { isRegistered } from '../keep/registration.ts'
import { type Taken, takeStanding } from './acknowledgement.ts'
import { entriesAtOnce, signedManifest } from './packet-list.ts'

/**
 * Packets carried by hand: a file for a USB stick, and the house's answer carried back. Writing the file lets go of
 * nothing.
 */

const length = (bytes: number) => {
  const field = new Uint8Array(4)
  new DataView(field.buffer).setUint32(0, bytes)
  return field
}

export type UsbFile = { readonly name: string; readonly content: Blob; readonly packets: number; readonly left: number }

const asked = async (keep: Keep, most: number) => (most > 0 ? (await keptPackets(keep)).slice(-most) : [])

/**
 * What is owed, as a file; at most 500 packets, the oldest first. Its list also tells, the last received first, of
 * packets that the house has signed for, as many as it has room for: the answer says whether they are still there, and
 * what is not is owed again. Its parts stay on the disk: as a Blob it can be written as a stream.
 */
export async function usbFile(keep: Keep): Promise<UsbFile | undefined> {
  const station = await keep.db.station.get(1)
  if (!isRegistered(station)) return undefined
  const all = (await owed(keep)).filter(({ bytes }) => bytes)
  const some = all.slice(0, entriesAtOnce)
  const [first, last] = [some[0], some.at(-1)]
  if (!first || !last) return undefined
  const manifest = new TextEncoder().encode(
    await signedManifest(keep, [...some, ...(await asked(keep, entriesAtOnce - some.length))]),
  )
  const parts = [
    fileMagic,
    length(manifest.length),
    manifest,
    ...some.flatMap(({ bytes }) => (bytes ? [length(bytes.size), bytes] : [])),
  ]
  const name = `${packetName(station.code, first.counter)}-${String(last.counter).padStart(6, '0')}.ddu`
  return {
    name,
    content: new Blob(parts, { type: 'application/octet-stream' }),
    packets: some.length,
    left: all.length - some.length,
  }
}

const AnswerFile = Type.Object({ station: Type.String(), packets: Type.Array(PieceReply) })

export type AnswerTaken = { readonly [Key in Taken]: number }

/**
 * Reads the house's answer back. Each packet is let go of only on its own signed word, and each by itself, so that
 * sending may go on meanwhile; undefined where the file is no answer for this station.
 */
export async function takeAnswer(keep: Keep, text: string): Promise<AnswerTaken | undefined> {
  const station = await keep.db.station.get(1)
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Value.Check(AnswerFile, answer) || answer.station !== station?.id) return undefined
  const taken = { released: 0, refused: 0, wanted: 0, 'word-wrong': 0, 'not-ours': 0 }
  for (const standing of (answer as Static<typeof AnswerFile>).packets)
    taken[await takeStanding(keep, standing, 'kept')] += 1
  return taken
}

type Picker = (options: { suggestedName: string }) => Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>

/**
 * Writes the file where the officer says, as a stream where the browser can, else as a download. False where the
 * officer changed their mind.
 */
export async function writeFile(
  { name, content }: UsbFile,
  save: (file: { name: string; content: Blob }) => void,
): Promise<boolean> {
  const picker = (window as { showSaveFilePicker?: Picker }).showSaveFilePicker
  if (!picker) {
    save({ name, content })
    return true
  }
  try {
    const file = await picker.call(window, { suggestedName: name })
    await content.stream().pipeTo(await file.createWritable())
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false
    throw error
  }
}
