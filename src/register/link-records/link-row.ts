import type { LifeStatus } from '../person.ts'
import { ByteCodes } from './byte-codes.ts'
import { idText, type LinkDictionaries, type LinkRow } from './link-record.ts'

/**
 * Reads rows of link records from COPY's binary format, in the order of `streamedColumns`: a count of fields, then for
 * each its length (-1: none) and its bytes (PostgreSQL documentation, COPY, "Binary Format"). One object serves all
 * rows; texts are only made codes.
 */
class LinkRowBuffer implements LinkRow {
  readonly id = new Uint8Array(16)
  name = 0
  birthYear = 0
  birthMonth = 0
  birthDay = 0
  sex: 'M' | 'F' = 'M'
  lifeStatus: LifeStatus = 'alive'
  number = 0
  cancelled = new Float64Array(8)
  cancelledCount = 0
  oldNumber = 0
  units = new Uint32Array(8)
  unitCount = 0
  permanentUnit = 0
  phone = 0
  household = 0
  fatherName = 0
  motherName = 0
  fatherYear = 0
  motherYear = 0
}

const int32 = (bytes: Buffer, at: number): number =>
  ((bytes[at] as number) << 24) |
  ((bytes[at + 1] as number) << 16) |
  ((bytes[at + 2] as number) << 8) |
  (bytes[at + 3] as number)
const int16 = (bytes: Buffer, at: number): number => ((bytes[at] as number) << 8) | (bytes[at + 1] as number)

/** Digits as an integer; a plus before them is passed over. */
function digits(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit >= 0) value = value * 10 + digit
  }
  return value
}

const lifeStatusByCode: readonly (LifeStatus | undefined)[] = Array.from({ length: 128 }, (_, letter) =>
  letter === 0x64 ? 'dead' : letter === 0x6d ? 'missing' : undefined,
)
const letterF = 0x46

/** An array of one dimension: its size stands 12 bytes in, its elements after 20, each with its length before it. */
const arraySize = (bytes: Buffer, start: number) => (int32(bytes, start) === 0 ? 0 : int32(bytes, start + 12))
const arrayHead = 20

function readUnits(row: LinkRowBuffer, units: ByteCodes, bytes: Buffer, start: number): void {
  const size = arraySize(bytes, start)
  if (size > row.units.length) row.units = new Uint32Array(size * 2)
  for (let i = 0; i < size; i++) {
    const at = start + arrayHead + i * 20 + 4
    row.units[i] = units.codeOf(bytes, at, at + 16)
  }
  row.unitCount = size
}

function readCancelledNumbers(row: LinkRowBuffer, bytes: Buffer, start: number): void {
  const size = arraySize(bytes, start)
  if (size > row.cancelled.length) row.cancelled = new Float64Array(size * 2)
  let at = start + arrayHead
  for (let i = 0; i < size; i++) {
    const length = int32(bytes, at)
    row.cancelled[i] = digits(bytes, at + 4, at + 4 + length)
    at += 4 + length
  }
  row.cancelledCount = size
}

type TakeLinkRow = (row: LinkRow, dictionaries: LinkDictionaries) => void

const fieldCount = 18
const headerLength = 19

/** A reader to which pieces of a stream are given as they come; each whole row is taken. */
export function linkRowReader(take: TakeLinkRow): LinkDictionaries & { read(piece: Buffer): number } {
  const uuid = (bytes: Buffer, from: number) => idText(bytes, from)
  const names = new ByteCodes((bytes, from, to) => bytes.toString('utf8', from, to))
  const dictionaries = { names, units: new ByteCodes(uuid), households: new ByteCodes(uuid) }
  const starts = new Int32Array(fieldCount)
  const ends = new Int32Array(fieldCount)
  const row = new LinkRowBuffer()
  // The rest of a row that continues in the next piece is put before that piece; the buffer is reused.
  let room = Buffer.alloc(1 << 18)
  let held = 0
  let begun = false

  /** Where the fields of a row stand; gives the end of the row, or 0 where the rest has not come yet. */
  const measure = (bytes: Buffer, from: number, to: number): number => {
    if (from + 2 > to) return 0
    if (int16(bytes, from) !== fieldCount) return int16(bytes, from) === 0xffff ? to : refuseStream()
    let at = from + 2
    for (let field = 0; field < fieldCount; field++) {
      if (at + 4 > to) return 0
      const length = int32(bytes, at)
      at += 4
      starts[field] = at
      if (length > 0) at += length
      ends[field] = length < 0 ? -1 : at
    }
    return at > to ? 0 : at
  }

  const start = (field: number) => starts[field] as number
  const end = (field: number) => ends[field] as number
  const isThere = (field: number) => end(field) >= 0
  const small = (bytes: Buffer, field: number) => (isThere(field) ? int16(bytes, start(field)) : 0)
  const number = (bytes: Buffer, field: number) => (isThere(field) ? digits(bytes, start(field), end(field)) : 0)
  const code = (codes: ByteCodes, bytes: Buffer, field: number) =>
    isThere(field) ? codes.codeOf(bytes, start(field), end(field)) : 0

  const fill = (bytes: Buffer) => {
    for (let i = 0, at = start(0); i < 16; i++) row.id[i] = bytes[at + i] as number
    row.birthYear = small(bytes, 1)
    row.birthMonth = small(bytes, 2)
    row.birthDay = small(bytes, 3)
    row.fatherYear = small(bytes, 4)
    row.motherYear = small(bytes, 5)
    row.sex = bytes[start(6)] === letterF ? 'F' : 'M'
    row.lifeStatus = lifeStatusByCode[bytes[start(7)] as number] ?? 'alive'
    row.household = code(dictionaries.households, bytes, 8)
    row.permanentUnit = code(dictionaries.units, bytes, 9)
    row.unitCount = 0
    if (isThere(10)) readUnits(row, dictionaries.units, bytes, start(10))
    row.number = number(bytes, 11)
    row.cancelledCount = 0
    if (isThere(12)) readCancelledNumbers(row, bytes, start(12))
    row.oldNumber = number(bytes, 13)
    row.phone = number(bytes, 14)
    row.name = code(names, bytes, 15)
    row.fatherName = code(names, bytes, 16)
    row.motherName = code(names, bytes, 17)
  }

  const read = (piece: Buffer): number => {
    if (held + piece.length > room.length) {
      const larger = Buffer.alloc(2 * (held + piece.length))
      room.copy(larger, 0, 0, held)
      room = larger
    }
    piece.copy(room, held)
    const to = held + piece.length
    let at = 0
    if (!begun && to < headerLength) {
      held = to
      return 0
    }
    if (!begun) at = headerLength + int32(room, headerLength - 4)
    begun = true

    let rows = 0
    for (;;) {
      const next = measure(room, at, to)
      if (next === 0) break
      if (int16(room, at) === 0xffff) {
        at = to
        break
      }
      fill(room)
      take(row, dictionaries)
      rows += 1
      at = next
    }
    room.copy(room, 0, at, to)
    held = to - at
    return rows
  }
  return { ...dictionaries, read }
}

function refuseStream(): never {
  throw new Error('the database sent link records of another shape')
}
