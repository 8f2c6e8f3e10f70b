import { hostileNumbers, hostileTexts } from './hostile.ts'
import type { Random } from './random.ts'

type Change = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer

const at = (bytes: Buffer, random: Random) => random.below(bytes.length + 1)
const put = (bytes: Buffer, from: number, to: number, between: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)])

/** A place and some bytes behind it. */
function span(bytes: Buffer, random: Random): readonly [from: number, to: number] {
  const from = at(bytes, random)
  return [from, Math.min(bytes.length, from + 1 + random.below(random.pick([1, 4, 16, 200])))]
}

/** Where digits stand, another number; elsewhere nothing. */
function otherNumber(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1')
  const numbers = [...text.matchAll(/\d+/g)]
  if (numbers.length === 0) return bytes
  const found = random.pick(numbers)
  const number = random.once(2) ? String(random.pick(hostileNumbers)) : String(Number(found[0]) + random.below(5) - 2)
  return put(bytes, found.index, found.index + found[0].length, Buffer.from(number))
}

const changes: readonly Change[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes)
    const place = random.below(changed.length)
    if (changed.length > 0) changed[place] = (changed[place] ?? 0) ^ (1 << random.below(8))
    return changed
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes)
    if (changed.length > 0)
      changed[random.below(changed.length)] = random.pick([0, 1, 9, 10, 13, 34, 44, 127, 128, 255])
    return changed
  },
  (bytes, random) => put(bytes, ...span(bytes, random), Buffer.alloc(0)),
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    return put(bytes, to, to, bytes.subarray(from, to))
  },
  (bytes, random) => {
    const [from, to] = span(bytes, random)
    const most = Math.max(1, Math.floor(4000 / Math.max(1, to - from)))
    return put(bytes, to, to, Buffer.concat(Array(random.below(most)).fill(bytes.subarray(from, to))))
  },
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
  (bytes, random) => {
    const place = at(bytes, random)
    return put(bytes, place, place, random.bytes(1 + random.below(8)))
  },
  (bytes, random) => {
    const place = at(bytes, random)
    return put(bytes, place, place, Buffer.from(random.pick(hostileTexts)))
  },
  (bytes, random) => put(bytes, ...span(bytes, random), Buffer.from(random.pick(hostileTexts))),
  otherNumber,
  (bytes, random) => {
    const four = Buffer.alloc(4)
    const number = random.pick([
      0,
      1,
      0x7fffffff,
      0x80000000,
      0xffffffff,
      bytes.length,
      bytes.length + 1,
      random.below(999),
    ])
    if (random.once(2)) four.writeUInt32BE(number)
    else four.writeUInt32LE(number)
    const place = at(bytes, random)
    return put(bytes, place, Math.min(bytes.length, place + 4), four)
  },
  (bytes, random, others) => {
    const other = random.pick(others)
    return Buffer.concat([bytes.subarray(0, at(bytes, random)), other.subarray(at(other, random))])
  },
  (bytes, random, others) => {
    const other = random.pick(others)
    return put(bytes, ...span(bytes, random), other.subarray(...span(other, random)))
  },
]

const longest = 200_000

/** A sample changed in a few places, or spliced with another. */
export function mutated(samples: readonly Buffer[], random: Random): Buffer {
  let bytes = random.pick(samples)
  for (let more = 1 + random.below(random.pick([1, 2, 6])); more > 0; more -= 1)
    bytes = random.pick(changes)(bytes, random, samples)
  return bytes.subarray(0, longest)
}

/** The shortest input that is found, by leaving pieces out, which still fails. */
export async function shrunk(bytes: Buffer, fails: (bytes: Buffer) => Promise<boolean>, most = 400): Promise<Buffer> {
  let [best, tries] = [bytes, 0]
  for (let size = Math.ceil(best.length / 2); size >= 1 && tries < most; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < best.length && tries < most; ) {
      const shorter = put(best, from, Math.min(best.length, from + size), Buffer.alloc(0))
      tries += 1
      if (await fails(shorter)) best = shorter
      else from += size
    }
  return best
}
