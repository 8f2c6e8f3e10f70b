import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../problem.ts'
import { ByteRowReader, toByteRows } from './byte-rows.ts'
import { type CsvOptions, readCsvRows } from './read-csv.ts'

type Read = { readonly rows: (readonly [line: number, ...fields: string[]])[]; readonly broken: number[] }
type Outcome = Read | { readonly refused: string }

/** What the two readers find in pieces of a file: its rows and its broken lines, or why it is refused. */
function bytewise(pieces: readonly Buffer[], options: CsvOptions): Outcome {
  const [rows, broken]: [Read['rows'], number[]] = [[], []]
  const reader = new ByteRowReader(options, {
    rows({ bytes, count, width, starts, ends, lines }, columns) {
      assert.equal(width, columns.length)
      for (let row = 0; row < count; row++) {
        const fields = columns.map((_, at) => bytes.toString('utf8', starts[row * width + at], ends[row * width + at]))
        rows.push([lines[row] ?? 0, ...fields])
      }
    },
    broken: line => broken.push(line),
  })
  try {
    for (const piece of pieces) reader.push(piece)
    reader.end()
  } catch (error) {
    return refusalOf(error)
  }
  return { rows, broken: broken.sort((a, b) => a - b) }
}

async function textwise(pieces: readonly Buffer[], options: CsvOptions): Promise<Outcome> {
  const read: Read = { rows: [], broken: [] }
  try {
    for await (const { rows, lines, broken } of readCsvRows(Readable.from(pieces), options)) {
      for (const [i, row] of rows.entries()) read.rows.push([lines[i] ?? 0, ...row])
      for (const { line } of broken) read.broken.push(line)
    }
  } catch (error) {
    return refusalOf(error)
  }
  return { ...read, broken: read.broken.sort((a, b) => a - b) }
}

function refusalOf(error: unknown): Outcome {
  assert.ok(error instanceof Problem, String(error))
  return { refused: error.code }
}

/** A file, cut into pieces at some of its bytes. */
function piecesOf(file: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map(cut => cut % (file.length + 1)).sort((a, b) => a - b), file.length]
  return at.slice(1).map((end, i) => file.subarray(at[i], end))
}

const part = fc.constantFrom(
  ...['a', 'ế', 'à', '1', '"', '""', '"a"', '"a,b"', '"a\nb"', ',', ',', '\n', '\n', '\r\n', '\r', ' ', '\t'],
  ...['\u00a0', '\ufeff', '\u3000', ';', '😀', 'xxxxxxxxxxxx'],
)
const cuts = fc.array(fc.nat(), { maxLength: 6 })

test('rows that are read as bytes are the rows that are read as text, however the file is cut and broken', async () => {
  const file = fc.tuple(
    fc.constantFrom('a,b\n', '\ufeffa,b\r\n', '"a",b\n', 'a\n', ''),
    fc.array(part, { maxLength: 60 }),
  )
  await fc.assert(
    fc.asyncProperty(file, cuts, fc.constantFrom(',', ';', '"', 'ế'), async ([header, parts], at, delimiter) => {
      const bytes = Buffer.from(header + parts.join(''))
      const options = { delimiter, maxRowBytes: 40 }
      assert.deepEqual(bytewise(piecesOf(bytes, at), options), await textwise([bytes], options))
    }),
    { numRuns: 2000 },
  )
})

test('a file that is not UTF-8, empty or without a column that is needed is refused as text is', async () => {
  const needed = { columns: ['id', 'name'] }
  for (const [bytes, code] of [
    [Buffer.from('id,name\n1,\xea\n', 'latin1'), 'csv-not-utf8'],
    [Buffer.from('id,name\n1,ế').subarray(0, -1), 'csv-not-utf8'],
    [Buffer.alloc(0), 'csv-empty'],
    [Buffer.from('\n\n'), 'csv-empty'],
    [Buffer.from('id,phone\n'), 'csv-column-missing'],
    [Buffer.from('id,name,name\n'), 'csv-column-twice'],
    [Buffer.from('id,na"me\n'), 'csv-header-broken'],
  ] as const) {
    assert.deepEqual(bytewise([bytes], needed), { refused: code })
    assert.deepEqual(await textwise([bytes], needed), { refused: code })
  }
})

test('a line that never ends is broken as soon as it is too long, and what follows it is read', () => {
  const [rows, broken]: [number[], number[]] = [[], []]
  const reader = new ByteRowReader(
    { maxRowBytes: 50_000 },
    { rows: ({ lines, count }) => rows.push(...lines.subarray(0, count)), broken: line => broken.push(line) },
  )
  reader.push(Buffer.from('a,b\n1,'))
  for (let piece = 0; piece < 20; piece++) reader.push(Buffer.from('ế'.repeat(5000)))
  assert.deepEqual([rows, broken], [[], [2]])
  reader.push(Buffer.from('\n3,4\n'))
  reader.end()
  assert.deepEqual([rows, broken], [[3], [2]])
})

test('texts as rows of bytes are the same texts', () => {
  const { bytes, starts, ends, count, width } = toByteRows(
    [
      ['An', '', 'Voòng'],
      ['😀', 'b', ''],
    ],
    [1, 2],
  )
  const texts = Array.from({ length: count * width }, (_, at) => bytes.toString('utf8', starts[at], ends[at]))
  assert.deepEqual(texts, ['An', '', 'Voòng', '😀', 'b', ''])
})
