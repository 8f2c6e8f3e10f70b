import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import { workbook } from './workbook-parts.ts'
import type { PackedPart } from './zip.ts'

/** Packs the same piece many times over, without ever holding what it unpacks to. */
async function packedMany(name: string, head: string, piece: Buffer, times: number, tail: string): Promise<PackedPart> {
  const deflate = createDeflateRaw({ level: 6 })
  const packed: Buffer[] = []
  deflate.on('data', data => packed.push(data))
  let size = 0
  let crc = 0
  const write = async (data: Buffer) => {
    size += data.length
    crc = crc32(data, crc)
    if (!deflate.write(data)) await once(deflate, 'drain')
  }
  await write(Buffer.from(head))
  for (let i = 0; i < times; i++) await write(piece)
  await write(Buffer.from(tail))
  deflate.end()
  await once(deflate, 'end')
  return { name, packed: Buffer.concat(packed), size, crc }
}

const million = 1_000_000
const sheetHead = '<?xml version="1.0"?><worksheet><sheetData>'

/**
 * Unpacks to so many million bytes of rows, from a hundredth of that; `claimed` is the size that the archive tells
 * instead of the true one.
 */
export const sheetBomb = async (millions: number, claimed?: number) => {
  const piece = Buffer.from('<row r="1"><c><v>1</v></c></row>'.repeat(million / 32))
  const part = await packedMany('xl/worksheets/sheet1.xml', sheetHead, piece, millions, '</sheetData></worksheet>')
  return workbook({ parts: [{ ...part, size: claimed ?? part.size }] })
}

/** The same in the one table that a reader must keep. */
export const sharedTextBomb = async () => {
  const piece = Buffer.from(`<si><t>${'x'.repeat(83)}</t></si>`.repeat(million / 100))
  return workbook({ parts: [await packedMany('xl/sharedStrings.xml', '<sst>', piece, 300, '</sst>')] })
}

/** One text of five hundred million letters, which a parser would gather before it tells of it. */
export const textBomb = async () =>
  workbook({
    parts: [
      await packedMany(
        'xl/worksheets/sheet1.xml',
        `${sheetHead}<row><c t="str"><v>`,
        Buffer.alloc(million, 'x'),
        500,
        '</v></c></row>',
      ),
    ],
  })

/** Tags that open and never close. */
export const nestingBomb = async () =>
  workbook({
    parts: [await packedMany('xl/worksheets/sheet1.xml', sheetHead, Buffer.from('<a>'.repeat(million / 4)), 400, '')],
  })

/** Tags that hold nothing, packed a thousand to one: they cost time and never become a row. */
export const idleBomb = async () =>
  workbook({
    parts: [
      await packedMany(
        'xl/worksheets/sheet1.xml',
        sheetHead,
        Buffer.from('<a/>'.repeat(million / 4)),
        400,
        '</sheetData></worksheet>',
      ),
    ],
  })
