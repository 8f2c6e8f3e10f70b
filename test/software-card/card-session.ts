import {
  blockOf,
  type CardCipher,
  cbc,
  derived,
  join,
  macOf,
  membersOf,
  ofBig,
  pad,
  tlv,
  unpad,
} from './card-cryptography.ts'

export type CardCommand = {
  readonly cla: number
  readonly ins: number
  readonly p1p2: number
  readonly data: Buffer
  readonly le: number | undefined
}
export type CardReply = { readonly data?: Uint8Array; readonly status: number }

const twoBytes = (number: number) => [number >> 8, number & 0xff]
export const replyBytes = ({ data = new Uint8Array(), status }: CardReply): Buffer => join(data, twoBytes(status))

/** The cases 1 to 4 of ISO/IEC 7816-4, short and long; undefined for what is no command. */
export function readCommand(bytes: Uint8Array): CardCommand | undefined {
  if (bytes.length < 4) return undefined
  const [cla = 0, ins = 0, p1 = 0, p2 = 0, first = 0] = bytes
  const parts = { cla, ins, p1p2: (p1 << 8) | p2 }
  const body = Buffer.from(bytes.subarray(4))
  if (body.length === 0) return { ...parts, data: Buffer.alloc(0), le: undefined }
  if (body.length === 1) return { ...parts, data: Buffer.alloc(0), le: first || 256 }
  const isLong = first === 0
  if (isLong && body.length === 3) return { ...parts, data: Buffer.alloc(0), le: body.readUInt16BE(1) || 65_536 }
  const at = isLong ? 3 : 1
  const length = isLong ? body.readUInt16BE(1) : first
  const rest = body.subarray(at + length)
  if (at + length > body.length || ![0, isLong ? 2 : 1].includes(rest.length)) return undefined
  const le = rest.length === 0 ? undefined : isLong ? rest.readUInt16BE(0) || 65_536 : rest[0] || 256
  return { ...parts, data: body.subarray(at, at + length), le }
}

/** The card's end of a protected line (ICAO 9303-11, section 9.8). */
export class CardSession {
  readonly #cipher: CardCipher
  readonly #encryption: Buffer
  readonly #mac: Buffer
  #counter: bigint

  constructor(cipher: CardCipher, secret: Uint8Array, counter = 0n) {
    this.#cipher = cipher
    this.#encryption = derived(cipher, secret, 1)
    this.#mac = derived(cipher, secret, 2)
    this.#counter = counter
  }

  get keys() {
    return { encryption: this.#encryption, mac: this.#mac }
  }

  #next() {
    this.#counter += 1n
    const counter = ofBig(this.#counter, blockOf(this.#cipher))
    const iv = this.#cipher === '3des' ? undefined : cbc('encrypt', this.#cipher, this.#encryption, counter)
    return { counter, iv }
  }

  /** The command inside; undefined where its MAC is wrong. */
  unwrap({ cla, ins, p1p2, data }: CardCommand): CardCommand | undefined {
    const block = blockOf(this.#cipher)
    const { counter, iv } = this.#next()
    const members = membersOf(data)
    const covered = data.subarray(0, data.length - 10)
    const header = pad(join([cla, ins], twoBytes(p1p2)), block)
    const text = join(counter, header, covered)
    const right = macOf(this.#cipher, this.#mac, this.#cipher === '3des' ? text : pad(text, block))
    if (!members.get(0x8e)?.equals(right)) return undefined
    const ciphered = members.get(0x85) ?? members.get(0x87)?.subarray(1)
    const le = members.get(0x97)
    const most = le && le.length === 2 ? le.readUInt16BE(0) || 65_536 : (le?.[0] ?? 0) || 256
    return {
      cla: cla & ~0x0c,
      ins,
      p1p2,
      data: ciphered ? unpad(cbc('decrypt', this.#cipher, this.#encryption, ciphered, iv)) : Buffer.alloc(0),
      le: le && most,
    }
  }

  wrap(ins: number, { data = new Uint8Array(), status }: CardReply): Buffer {
    const block = blockOf(this.#cipher)
    const { counter, iv } = this.#next()
    const ciphered = data.length > 0 && cbc('encrypt', this.#cipher, this.#encryption, pad(data, block), iv)
    const part = ciphered ? (ins & 1 ? tlv(0x85, ciphered) : tlv(0x87, join([1], ciphered))) : Buffer.alloc(0)
    const covered = join(part, tlv(0x99, twoBytes(status)))
    const text = join(counter, covered)
    const mac = macOf(this.#cipher, this.#mac, this.#cipher === '3des' ? text : pad(text, block))
    return replyBytes({ data: join(covered, tlv(0x8e, mac)), status })
  }
}
