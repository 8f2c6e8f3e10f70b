import assert from 'node:assert/strict'
import { PassThrough, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { neutraliseFormula } from '../csv/write-csv.ts'
import { asDay } from '../day.ts'
import { setRehearsalMark } from '../pages/rehearsal-mark.ts'
import { openWorkbook, type SheetRow } from './read-workbook.ts'
import { storable } from './strings.ts'
import { type SheetToWrite, sheetNames, type WorkbookValue, writeWorkbook } from './write-workbook.ts'
import { defaultLimits, openPackage } from './zip.ts'

async function written(...sheets: SheetToWrite[]): Promise<Buffer> {
  const stream = new PassThrough()
  const [file] = await Promise.all([
    buffer(stream),
    writeWorkbook(stream, { sheets, properties: { title: 'Danh sách', author: 'commander' } }),
  ])
  return file
}
async function readBack(file: Buffer, sheet = 0): Promise<SheetRow[]> {
  const book = await openWorkbook(file)
  const rows: SheetRow[] = []
  for await (const row of book.rows(sheet)) rows.push(row)
  return rows
}
async function part(file: Buffer, name: string): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of (await openPackage(file, defaultLimits)).read(name) ?? []) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const columns = [
  { header: 'STT', format: 'number' },
  { header: 'Họ và tên', width: 30 },
  { header: 'Số định danh', format: 'text' },
  { header: 'Ngày sinh', format: 'day' },
] as const

test('numbers of twelve digits keep their zero, days are days, and what is partial stays text', async () => {
  const rows: WorkbookValue[][] = [
    [1, 'Nguyễn Thị Ế', '022205001234', '2005-03-15'],
    [2, null, 22205001234, '2005'],
    [3, '', '', '1899-01-01'],
  ]
  const [header, ...body] = await readBack(await written({ name: 'Lớp 12A1', columns, rows }))
  assert.deepEqual(
    header?.cells.map(cell => cell.text),
    ['STT', 'Họ và tên', 'Số định danh', 'Ngày sinh'],
  )
  assert.deepEqual(
    body.map(({ cells }) => cells.map(({ column, kind, value }) => [column, kind, value])),
    [
      [
        [1, 'number', 1],
        [2, 'text', 'Nguyễn Thị Ế'],
        [3, 'text', '022205001234'],
        [4, 'date', '2005-03-15'],
      ],
      [
        [1, 'number', 2],
        [3, 'text', '22205001234'],
        [4, 'text', '2005'],
      ],
      [
        [1, 'number', 3],
        [4, 'text', '1899-01-01'],
      ],
    ],
  )
  assert.equal(body[0]?.cells[3]?.text, '15/03/2005')
})

test('nothing that is written can run: no formula, and no text that would be one when saved as CSV', async () => {
  const file = await written({
    name: '=x',
    above: ['=1+1'],
    columns: [{ header: '+a' }],
    rows: [['=HYPERLINK("http://x")'], ['@x'], ['-1'], ['\t=1']],
  })
  const texts = (await readBack(file)).flatMap(row => row.cells.map(cell => cell.text))
  assert.deepEqual(texts, ["'=1+1", "'+a", `'=HYPERLINK("http://x")`, "'@x", '-1', "'\t=1"])
  assert.doesNotMatch(await part(file, 'xl/worksheets/sheet1.xml'), /<f[ >]/)
})

test('a sheet is ready to print: A4, the header frozen, filtered and on each page', async () => {
  const file = await written({
    name: "Trường 'A'",
    above: ['Danh sách', 'Đến ngày 20/04/2023'],
    columns,
    rows: [[1, 'x', '', '']],
  })
  const sheet = await part(file, 'xl/worksheets/sheet1.xml')
  assert.match(sheet, /<pageSetup[^>]* paperSize="9"/)
  assert.match(sheet, /<pane ySplit="3"[^>]* state="frozen"/)
  assert.match(sheet, /<autoFilter ref="A3:D3"/)
  assert.match(await part(file, 'xl/workbook.xml'), /Print_Titles" localSheetId="0">&apos;Trường {2}A&apos;!\$3:\$3</)
  assert.match(await part(file, 'docProps/core.xml'), /<dc:creator>commander<\/dc:creator>/)
})

test('a sheet of a rehearsal says so in its first line and on each printed page, and its header stays', async () => {
  setRehearsalMark(() => asDay('2023-04-20'))
  try {
    const file = await written({ name: 'x', above: ['Danh sách'], columns: [{ header: 'Họ tên' }], rows: [['An']] })
    const [first, second] = await readBack(file)
    assert.match(first?.cells[0]?.text ?? '', /^TẬP DƯỢT .* · Danh sách$/)
    assert.equal(second?.cells[0]?.text, 'Họ tên')
    assert.match(await part(file, 'xl/worksheets/sheet1.xml'), /<oddHeader>&amp;CTẬP DƯỢT/)
  } finally {
    setRehearsalMark(() => undefined)
  }
})

test('the names of sheets are made such that Excel takes them', () => {
  assert.deepEqual(sheetNames(['12A1', '12a1', 'a/b:c', '', 'x'.repeat(40), `${'x'.repeat(31)}y`]), [
    '12A1',
    '12a1 (2)',
    'a b c',
    'Sheet4',
    'x'.repeat(31),
    `${'x'.repeat(27)} (2)`,
  ])
})

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('_x0041_', ' x ', 'a\r\nb', '\u0000', '\ufffe', '_x005F_', '\ud800', ']]>&amp;'),
)
/** Numbers that a sheet can hold: fifteen digits, and no zero with a sign. */
const isOfSheets = (n: number) => Number(n.toPrecision(15)) === n && !Object.is(n, -0)
const anyValue = fc.oneof(
  anyText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isOfSheets),
  fc.boolean(),
  fc.constant(null),
)

test('what is written is read back, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyValue, anyValue), { maxLength: 6 }), async rows => {
      const read = await readBack(await written({ name: 'x', columns: [{ header: 'a' }, { header: 'b' }], rows }))
      const expected = rows.flatMap((values, i) => {
        const cells = values.flatMap((value, c) =>
          value === null || value === ''
            ? []
            : [[c + 1, typeof value === 'string' ? storable(neutraliseFormula(value)) : value]],
        )
        return cells.length === 0 ? [] : [[i + 2, ...cells]]
      })
      assert.deepEqual(
        read.slice(1).map(({ row, cells }) => [row, ...cells.map(({ column, value }) => [column, value])]),
        expected,
      )
    }),
    { numRuns: 60 },
  )
})

test('several sheets are written one after the other, from rows that come as a stream', async () => {
  async function* rows(count: number) {
    for (let i = 0; i < count; i++) yield [i, `row ${i}`]
  }
  const two = (name: string, count: number) => ({
    name,
    columns: [{ header: 'n' }, { header: 't' }],
    rows: rows(count),
  })
  const file = await written(two('A', 3000), two('B', 2), two('C', 0))
  assert.deepEqual(
    [(await readBack(file, 0)).length, (await readBack(file, 1)).length, (await readBack(file, 2)).length],
    [3001, 3, 1],
  )
})

test('a target that fails ends the writing with its error, and so do rows that fail', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [i, 'x'.repeat(200) + Math.sin(i)])
  const sheets = [{ name: 'x', columns: [{ header: 'a' }, { header: 'b' }], rows }]
  const full = new Writable({ write: (_piece, _encoding, done) => done(new Error('no space left')) })
  await assert.rejects(writeWorkbook(full, { sheets }), /no space left/)
  await assert.rejects(writeWorkbook('/nowhere/x.xlsx', { sheets }), { code: 'ENOENT' })

  async function* failing() {
    yield [1]
    throw new Error('rows failed')
  }
  await assert.rejects(
    writeWorkbook(new PassThrough().resume(), { sheets: [{ name: 'x', columns: [{ header: 'a' }], rows: failing() }] }),
    /rows failed/,
  )
})
