import { constants, crc32, deflateRawSync } from 'node:zlib'
import { workbook } from './workbook-parts.ts'
import type { PackedPart } from './zip.ts'

const { Z_FULL_FLUSH, Z_FINISH } = constants

/**
 * The checksum of whatever came before and then the piece, which is read once: a CRC is linear in what it begins with.
 */
function checksumAfter(piece: Buffer): (before: number) => number {
  const ofPiece = crc32(piece)
  const byBit = Array.from({ length: 32 }, (_, bit) => crc32(piece, (1 << bit) >>> 0) ^ ofPiece)
  return before => byBit.reduce((sum, turn, bit) => ((before >>> bit) & 1 ? sum ^ turn : sum), ofPiece) >>> 0
}

/**
 * Packs the same piece many times over, without ever holding what it unpacks to. It is deflated once: after a full
 * flush the same bytes are packed the same way again (RFC 1951, 3.2).
 */
function packedMany(name: string, head: string, piece: Buffer, times: number, tail: string): PackedPart {
  const [begins, ends] = [Buffer.from(head), Buffer.from(tail)]
  const packedPiece = deflateRawSync(piece, { finishFlush: Z_FULL_FLUSH })
  const after = checksumAfter(piece)
  let crc = crc32(begins)
  for (let i = 0; i < times; i++) crc = after(crc)
  return {
    name,
    packed: Buffer.concat([
      deflateRawSync(begins, { finishFlush: Z_FULL_FLUSH }),
      ...Array.from({ length: times }, () => packedPiece),
      deflateRawSync(ends, { finishFlush: Z_FINISH }),
    ]),
    size: begins.length + times * piece.length + ends.length,
    crc: crc32(ends, crc),
  }
}

const million = 1_000_000
const sheetHead = '<?xml version="1.0"?><worksheet><sheetData>'

/**
 * Unpacks to so many million bytes of rows, from a hundredth of that; `claimed` is the size that the archive tells
 * instead of the true one.
 */
export const sheetBomb = (millions: number, claimed?: number) => {
  const piece = Buffer.from('<row r="1"><c><v>1</v></c></row>'.repeat(million / 32))
  const part = packedMany('xl/worksheets/sheet1.xml', sheetHead, piece, millions, '</sheetData></worksheet>')
  return workbook({ parts: [{ ...part, size: claimed ?? part.size }] })
}

/** The same in the one table that a reader must keep. */
export const sharedTextBomb = () => {
  const piece = Buffer.from(`<si><t>${'x'.repeat(83)}</t></si>`.repeat(million / 100))
  return workbook({ parts: [packedMany('xl/sharedStrings.xml', '<sst>', piece, 300, '</sst>')] })
}

/** One text of five hundred million letters, which a parser would gather before it tells of it. */
export const textBomb = () =>
  workbook({
    parts: [
      packedMany(
        'xl/worksheets/sheet1.xml',
        `${sheetHead}<row><c t="str"><v>`,
        Buffer.alloc(million, 'x'),
        500,
        '</v></c></row>',
      ),
    ],
  })

/** Tags that open and never close. */
export const nestingBomb = () =>
  workbook({
    parts: [packedMany('xl/worksheets/sheet1.xml', sheetHead, Buffer.from('<a>'.repeat(million / 4)), 400, '')],
  })

/** Tags that hold nothing, packed a thousand to one: they cost time and never become a row. */
export const idleBomb = () =>
  workbook({
    parts: [
      packedMany(
        'xl/worksheets/sheet1.xml',
        sheetHead,
        Buffer.from('<a/>'.repeat(million / 4)),
        400,
        '</sheetData></worksheet>',
      ),
    ],
  })
