import { crc32, deflateRawSync } from 'node:zlib'

export type ZipPart = {
  readonly name: string
  readonly data: string | Buffer
  /** What the directory says instead of the truth, for archives that lie. */
  readonly claimedSize?: number
  readonly encrypted?: boolean
  readonly stored?: boolean
}

/**
 * Bytes that are already packed, with what they unpack to: a bomb is packed piece by piece and never whole in memory.
 */
export type PackedPart = { readonly name: string; readonly packed: Buffer; readonly size: number; readonly crc: number }

function packedOf(part: ZipPart | PackedPart) {
  if ('packed' in part)
    return { name: part.name, packed: part.packed, size: part.size, crc: part.crc, method: 8, flags: 0 }
  const data = Buffer.from(part.data)
  const packed = part.stored ? data : deflateRawSync(data)
  const size = part.claimedSize ?? data.length
  return { name: part.name, packed, size, crc: crc32(data), method: part.stored ? 0 : 8, flags: part.encrypted ? 1 : 0 }
}

/** A zip archive by hand (APPNOTE 4.3), so that tests can make those that no tool would. */
export function zip(parts: readonly (ZipPart | PackedPart)[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const { name, packed, size, crc, method, flags } = packedOf(part)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    bodies.push(Buffer.from('PK\x03\x04'), common, nameBytes, packed)

    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, nameBytes)
    offset += 4 + 26 + nameBytes.length + packed.length
  }
  const directoryBytes = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directoryBytes.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directoryBytes, end])
}
