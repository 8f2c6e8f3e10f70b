import { once } from 'node:events'
import { crc32, createDeflateRaw } from 'node:zlib'
import { workbook } from './workbook-parts.ts'
import type { PackedPart } from './zip.ts'

/** Packs the same piece many times over, without ever holding what it unpacks to. */
async function packedMany(name: string, head: string, piece: Buffer, times: number, tail: string): Promise<PackedPart> {
  const deflate = createDeflateRaw({ level: 1 })
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

/** Unpacks to more than two thousand million bytes of rows, from some ten million. */
export const sheetBomb = async () => {
  const piece = Buffer.from('<row><c><v>1</v></c></row>'.repeat(million / 25))
  return workbook({ parts: [await packedMany('xl/worksheets/sheet1.xml', sheetHead, piece, 2100, '</sheetData></worksheet>')] })
}

/** The same in the one table that a reader must keep. */
export const sharedTextBomb = async () => {
  const piece = Buffer.from(`<si><t>${'x'.repeat(83)}</t></si>`.repeat(million / 100))
  return workbook({ parts: [await packedMany('xl/sharedStrings.xml', '<sst>', piece, 600, '</sst>')] })
}

/** One text of five hundred million letters, which a parser would gather before it tells of it. */
export const textBomb = async () =>
  workbook({
    parts: [
      await packedMany('xl/worksheets/sheet1.xml', `${sheetHead}<row><c t="str"><v>`, Buffer.alloc(million, 'x'), 500, '</v></c></row>'),
    ],
  })

/** Tags that open and never close. */
export const nestingBomb = async () =>
  workbook({ parts: [await packedMany('xl/worksheets/sheet1.xml', sheetHead, Buffer.from('<a>'.repeat(million / 4)), 400, '')] })
