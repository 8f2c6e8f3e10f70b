import type { Subtype } from './fingers.ts'
import { type Device, subIdOf } from './sbi.ts'
import { refuseError, SbiRefusal } from './sbi-refusal.ts'
import { ask, fieldsOf } from './sbi-wire.ts'

export type Streaming = {
  readonly subtypes: readonly Subtype[]
  readonly signal: AbortSignal
  readonly onFrame: (jpeg: Blob) => void
  readonly timeout: number
}

/**
 * The live picture of the device, until it ends or the signal stops it: parts of multipart/x-mixed-replace, each a JPEG
 * with its length.
 */
export async function stream(device: Device, { subtypes, signal, onFrame, timeout }: Streaming): Promise<void> {
  const body = { deviceId: device.deviceId, deviceSubId: String(subIdOf(device, subtypes)), timeout: String(timeout) }
  const answer = await ask({ port: device.port, method: 'STREAM', body, signal })
  if (!answer.headers.get('content-type')?.startsWith('multipart/')) {
    refuseError(fieldsOf(await answer.json().catch(() => undefined))['error'])
    throw new SbiRefusal('not-understood')
  }
  const reader = answer.body?.getReader()
  if (!reader) return
  let waiting = new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    waiting = joined(waiting, value)
    for (let part = takePart(waiting); part; part = takePart(waiting)) {
      onFrame(new Blob([part.jpeg], { type: 'image/jpeg' }))
      waiting = part.rest
    }
    if (waiting.length > largestPart) throw new SbiRefusal('not-understood')
  }
}

const largestPart = 4_000_000

function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(before.length + after.length)
  whole.set(before)
  whole.set(after, before.length)
  return whole
}

/** The next whole picture, and what comes after it; undefined while it is not all there. */
function takePart(bytes: Uint8Array<ArrayBuffer>) {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  const said = /content-length:\s*(\d+)/i.exec(head)
  const blankLine = said ? head.indexOf('\r\n\r\n', said.index + said[0].length) : -1
  if (!said || blankLine < 0) return undefined
  const start = blankLine + 4
  const end = start + Number(said[1])
  return bytes.length < end ? undefined : { jpeg: bytes.slice(start, end), rest: bytes.slice(end) }
}
