import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { backupProblem } from './problems.ts'

/**
 * An archive is a row of parts: a header, pieces of rows, an end. Each has its length and a signature over the header's
 * hash, its own place, its kind and its content, so that no part can be changed, moved, left out or taken from another
 * archive, and nothing of a part is looked at before its signature was checked. Only the header is read to learn whose
 * signature it should be.
 */

const kinds = ['header', 'rows', 'end'] as const
type PartKind = (typeof kinds)[number]
export type Part = { readonly kind: PartKind; readonly content: Buffer }

/** How long a part may be, in bytes; a longer one is refused before it is read. */
const mostBytes: Readonly<Record<PartKind, number>> = { header: 4 << 20, rows: 2 << 20, end: 4 << 20 }

const format = Buffer.from('dinhdanh-backup-2\n')
const signatureBytes = 64
const frontBytes = 1 + 4 + signatureBytes

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest()

function statement(headerHash: Buffer, place: number, { kind, content }: Part): Buffer {
  const placeAndKind = Buffer.alloc(9)
  placeAndKind.writeBigUInt64BE(BigInt(place))
  placeAndKind.writeUInt8(kinds.indexOf(kind), 8)
  return Buffer.concat([format, headerHash, placeAndKind, sha256(content)])
}

/** Signs parts one after another, the header first; gives each as it lies in the archive. */
export function partSigner(key: KeyObject): (part: Part) => Buffer {
  let [headerHash, place] = [Buffer.alloc(0), 0]
  return part => {
    if (place === 0) headerHash = sha256(part.content)
    const front = Buffer.alloc(5)
    front.writeUInt8(kinds.indexOf(part.kind))
    front.writeUInt32BE(part.content.length, 1)
    const signature = sign(null, statement(headerHash, place++, part), key)
    return Buffer.concat([front, signature, part.content])
  }
}

const notWhole = (why: string) => backupProblem('backup-not-whole', { why })

/** Takes exactly so many bytes at a time from a stream, and holds no more than it was asked for. */
function takerOf(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let heldBytes = 0
  /** Undefined where nothing is left at all. */
  return async (bytes: number): Promise<Buffer | undefined> => {
    while (heldBytes < bytes) {
      const { done, value } = await chunks.next()
      if (done) break
      held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength))
      heldBytes += value.byteLength
    }
    if (heldBytes === 0) return undefined
    if (heldBytes < bytes) throw notWhole('it ends in the middle')
    const whole = Buffer.concat(held)
    const rest = whole.subarray(bytes)
    held = rest.length > 0 ? [rest] : []
    heldBytes = rest.length
    return whole.subarray(0, bytes)
  }
}

/**
 * Reads and checks the parts in their order, to the end and nothing behind it. `keyOf` gives the key of a header, or
 * throws where it is none that may sign. Throws backup-not-whole.
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  keyOf: (header: Buffer) => KeyObject,
): AsyncGenerator<Part> {
  const take = takerOf(source)
  let [headerHash, key] = [Buffer.alloc(0), undefined as KeyObject | undefined]
  for (let place = 0; ; place += 1) {
    const front = await take(frontBytes)
    if (!front) throw notWhole(place === 0 ? 'there is nothing in it' : 'its end is missing')
    const kind = kinds[front.readUInt8(0)]
    if (!kind || (kind === 'header') !== (place === 0)) throw notWhole(`part ${place} is of no kind that belongs there`)
    const bytes = front.readUInt32BE(1)
    if (bytes > mostBytes[kind]) throw notWhole(`part ${place} is longer than any can be`)
    const content = bytes === 0 ? Buffer.alloc(0) : await take(bytes)
    if (!content) throw notWhole('it ends in the middle')
    if (!key) {
      headerHash = sha256(content)
      key = keyOf(content)
    }
    const part: Part = { kind, content }
    if (!verify(null, statement(headerHash, place, part), key, front.subarray(5)))
      throw notWhole(`part ${place} has not the signature of the installation`)
    yield part
    if (kind !== 'end') continue
    if (await take(1)) throw notWhole('there is something behind its end')
    return
  }
}
