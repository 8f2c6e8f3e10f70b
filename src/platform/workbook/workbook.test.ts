import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { compoundFile, type WorkbookParts, workbook } from '../../../test/workbooks/workbook-parts.ts'
import { zip } from '../../../test/workbooks/zip.ts'
import { Problem } from '../problem.ts'
import { openWorkbook, type SheetRow, type WorkbookLimits } from './read-workbook.ts'
import { readTable } from './table.ts'

async function rowsOf(file: Buffer, limits?: Partial<WorkbookLimits>): Promise<SheetRow[]> {
  const book = await openWorkbook(file, limits)
  const rows: SheetRow[] = []
  for await (const row of book.rows(0)) rows.push(row)
  book.close()
  return rows
}
const cellsOf = async (parts: WorkbookParts) => (await rowsOf(workbook(parts))).flatMap(row => row.cells)
const textsOf = async (parts: WorkbookParts) => (await cellsOf(parts)).map(cell => cell.text)

async function refusal(file: Buffer, limits?: Partial<WorkbookLimits>): Promise<string> {
  const refused = await rowsOf(file, limits).catch(error => error)
  assert.ok(refused instanceof Problem, `read as ${JSON.stringify(refused)}`)
  const { found } = refused.facts
  return typeof found === 'string' ? `${refused.code} ${found}` : refused.code
}

const ods = zip([
  { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
  { name: 'content.xml', data: '<a/>' },
])
const word = zip([
  { name: '_rels/.rels', data: '<Relationships/>' },
  { name: 'word/document.xml', data: '<a/>' },
])

test('a file that is no workbook is refused with its kind', async () => {
  const files: readonly (readonly [string, Buffer])[] = [
    ['workbook-empty', Buffer.alloc(0)],
    ['workbook-empty', Buffer.from('\ufeff \r\n')],
    ['workbook-encrypted', compoundFile('Root Entry', 'EncryptionInfo', 'EncryptedPackage')],
    ['workbook-old-format xls', compoundFile('Root Entry', 'Workbook')],
    ['workbook-of-another-kind doc', compoundFile('Root Entry', 'WordDocument')],
    [
      'workbook-is-html',
      Buffer.from(
        '\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>1</td></tr></table></html>',
      ),
    ],
    ['workbook-is-html', Buffer.from('<!DOCTYPE html><p>Hết phiên làm việc</p>')],
    ['workbook-is-html', Buffer.from('\ufeff<table border="1"><tr><td>STT</td></tr></table>', 'utf16le')],
    [
      'workbook-old-format xml',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    ],
    ['workbook-is-text', Buffer.from('STT,Họ và tên\n1,Nguyễn Văn A\n')],
    ['workbook-of-another-kind pdf', Buffer.from('%PDF-1.7\n')],
    ['workbook-of-another-kind picture', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
    ['workbook-of-another-kind unknown', Buffer.from([1, 2, 3, 4, 0, 0, 7])],
    ['workbook-of-another-kind ods', ods],
    ['workbook-of-another-kind docx', word],
    ['workbook-of-another-kind zip', zip([{ name: 'readme.txt', data: 'x' }])],
    ['workbook-of-another-kind zip', zip([])],
    ['workbook-old-format xlsb', zip([{ name: 'xl/workbook.bin', data: 'x' }])],
    ['workbook-without-sheet', workbook({ sheets: '' })],
    ['workbook-without-sheet', workbook({ sheets: '<sheet name="Biểu đồ" sheetId="1" r:id="rId3"/>' })],
  ]
  for (const [expected, file] of files) assert.equal(await refusal(file), expected)
})

test('a password is told apart from an old format, wherever its mark stands in the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compound-'))
  const mark = Buffer.from('EncryptedPackage', 'utf16le')
  for (let at = 65_536 - mark.length; at <= 65_536; at += 4) {
    const file = compoundFile('Root Entry')
    mark.copy(file, at)
    await writeFile(join(folder, 'x'), file)
    await assert.rejects(openWorkbook(join(folder, 'x')), { code: 'workbook-encrypted' })
  }
  await rm(folder, { recursive: true })
})

test('a workbook cut short or damaged is refused at every length', async () => {
  const whole = workbook({ sheet: '<row><c t="str"><v>x</v></c></row>'.repeat(50) })
  for (let length = 4; length < whole.length; length += 97)
    assert.equal(await refusal(whole.subarray(0, length)), 'workbook-damaged')
})

test('a part that is not well-formed, missing, or points to nothing makes the workbook damaged', async () => {
  assert.equal(await refusal(workbook({ sheet: '<row><c><v>1</v></row>' })), 'workbook-damaged')
  assert.equal(
    await refusal(workbook({ sheet: '<?xml version="1.0"?><worksheet><sheetData><row>' })),
    'workbook-damaged',
  )
  assert.equal(await refusal(workbook({ sheet: '<row><c t="str"><v>&unknown;</v></c></row>' })), 'workbook-damaged')
  assert.equal(
    await refusal(workbook({ sheet: '<row><c t="s"><v>5</v></c></row>', shared: '<si><t>one</t></si>' })),
    'workbook-damaged',
  )
  assert.equal(await refusal(workbook({ sheets: '<sheet name="x" sheetId="2" r:id="rId2"/>' })), 'workbook-damaged')
  assert.equal(await refusal(workbook({ parts: [{ name: 'xl/worksheets/sheet1.xml', data: '' }] })), 'workbook-damaged')
})

test('no text of a workbook or a CSV has a NUL or half a surrogate, which no database keeps', async () => {
  const cell = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
  assert.deepEqual(await textsOf({ sheet: cell('An_x0000_h _xD83D_ _xD83D__xDE00_') }), ['An\ufffdh \ufffd 😀'])
  for (const sheet of ['An\0h', '&#xD83D;', '&#0;', '&#55357;&#56832;'].map(cell))
    assert.equal(await refusal(workbook({ sheet })), 'workbook-damaged', JSON.stringify(sheet))
  const named = (name: string) => workbook({ sheets: `<sheet name="${name}" sheetId="1" r:id="rId1"/>` })
  for (const name of ['Lớp\0 12A1', 'Lớp&#xDC00;']) assert.equal(await refusal(named(name)), 'workbook-damaged')
  // Near the beginning a NUL makes the file no text at all.
  const csv = `Họ tên,Lớp\n${'Bình,12A1\n'.repeat(20_000)}An\0h\ud83d,12A1\n`
  const files = [Buffer.from(csv.replace('\ud83d', '')), Buffer.from(`\ufeff${csv}`, 'utf16le')]
  const texts: string[][] = []
  for (const file of files) {
    const table = await readTable(file, 'lop.csv')
    const found: string[] = []
    for await (const { cells } of table.rows(0)) found.push(...cells.map(({ text }) => text))
    texts.push(found)
  }
  for (const found of texts) assert.equal(found.at(-2)?.replaceAll('\ufffd', ''), 'Anh')
  assert.ok(texts.flat().every(text => text.isWellFormed() && !text.includes('\0')))
})

test('a document type is refused: no entity is ever expanded', async () => {
  const lol = '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">'
  const sheet =
    `<?xml version="1.0"?><!DOCTYPE x [${lol}]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row>` +
    '</sheetData></worksheet>'
  assert.equal(await refusal(workbook({ sheet })), 'workbook-unsafe DTD')
  const outside = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>'
  assert.equal(
    await refusal(workbook({ parts: [{ name: 'xl/sharedStrings.xml', data: outside }] })),
    'workbook-unsafe DTD',
  )
})

test('a false size in the archive does not bypass the limits', async () => {
  const data =
    `<?xml version="1.0"?><worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(10_000)}</sheetData>` +
    '</worksheet>'
  assert.equal(
    await refusal(workbook({ parts: [{ name: 'xl/worksheets/sheet1.xml', data, claimedSize: 100 }] })),
    'workbook-damaged',
  )
  assert.equal(
    await refusal(workbook({ parts: [{ name: 'xl/worksheets/sheet1.xml', data, claimedSize: 0xfffffff0 }] })),
    'workbook-too-large',
  )
  assert.equal(
    await refusal(workbook({ parts: [{ name: 'xl/worksheets/sheet1.xml', data, encrypted: true }] })),
    'workbook-encrypted',
  )
})

test('each limit refuses with its figures', async () => {
  const rows = '<row><c t="str"><v>some text</v></c></row>'.repeat(2000)
  assert.equal(await refusal(workbook({ sheet: rows }), { inflated: 50_000 }), 'workbook-too-large')
  assert.equal(
    await refusal(workbook({ shared: '<si><t>text</t></si>'.repeat(5000) }), { sharedTexts: 20_000 }),
    'workbook-too-large',
  )
  assert.equal(await refusal(workbook({ sheet: rows }), { entries: 3 }), 'workbook-too-large')
  assert.equal(await refusal(workbook({ sheet: rows }), { rows: 1999 }), 'workbook-too-large')
  assert.equal(await refusal(workbook({ sheet: '<row r="1048577"><c><v>1</v></c></row>' })), 'workbook-too-large')
  assert.equal(await refusal(workbook({ sheet: '<row><c r="ZZZZZ1"><v>1</v></c></row>' })), 'workbook-too-large')
  assert.equal(
    await refusal(workbook({ sheet: `<row>${'<c r="A1"><v>1</v></c>'.repeat(16_385)}</row>` })),
    'workbook-too-large',
  )
  assert.equal(await refusal(workbook({ sheet: '<a>'.repeat(200) })), 'workbook-unsafe nesting')

  const refused = await rowsOf(workbook({ sheet: rows }), { rows: 1999 }).catch(error => error)
  assert.deepEqual(refused.facts, { row: 2000, limitRows: 1999 })
})

test('texts are read wherever they are kept: shared, in the cell, as the result of a formula', async () => {
  const shared =
    '<si><t>Nguyễn</t></si><si><r><t xml:space="preserve">Văn </t></r><r><t>A</t></r><rPh sb="0" ' +
    'eb="1"><t>spoken</t></rPh></si>'
  const sheet =
    '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>Trần &amp; ' +
    'Lê</t></is></c>' +
    '<c r="F2" t="str"><f>A1&amp;"x"</f><v>Đỗ</v></c><c r="AA2" t="str"><v>a_x000D_b</v></c></row>'
  const [row] = await rowsOf(workbook({ shared, sheet }))
  assert.equal(row?.row, 2)
  assert.deepEqual(row?.cells, [
    { column: 2, kind: 'text', text: 'Nguyễn', value: 'Nguyễn' },
    { column: 3, kind: 'text', text: 'Văn A', value: 'Văn A' },
    { column: 4, kind: 'text', text: 'Trần & Lê', value: 'Trần & Lê' },
    { column: 6, kind: 'text', text: 'Đỗ', value: 'Đỗ', formula: true },
    { column: 27, kind: 'text', text: 'a\rb', value: 'a\rb' },
  ])
})

test('a formula is never run: its saved result is read, and without one the cell is empty', async () => {
  assert.deepEqual(
    await cellsOf({
      sheet:
        '<row><c><f>1+1</f><v>2</v></c><c><f>WEBSERVICE("http://x")</f></c><c t="b"><v>1</v></c><c ' +
        't="e"><v>#N/A</v></c></row>',
    }),
    [
      { column: 1, kind: 'number', text: '2', value: 2, formula: true },
      { column: 2, kind: 'text', text: '', value: null, formula: true },
      { column: 3, kind: 'boolean', text: 'TRUE', value: true },
      { column: 4, kind: 'error', text: '#N/A', value: '#N/A' },
    ],
  )
})

const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="[$-42A]dd/mm/yyyy;@"/><numFmt numFmtId="165" ' +
  'formatCode="000000000000"/></numFmts>' +
  '<fonts><font><name val="Times New Roman"/></font><font><name val=".VnTime"/></font></fonts>' +
  '<cellStyleXfs><xf fontId="1" numFmtId="14"/></cellStyleXfs>' +
  '<cellXfs><xf fontId="0" numFmtId="0"/><xf fontId="1" numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf ' +
  'numFmtId="165"/><xf numFmtId="11"/></cellXfs>' +
  '<dxfs><dxf><font><name val="Dingbats"/></font></dxf></dxfs>'

test('days and numbers are read in full, whatever the format shows of them', async () => {
  const sheet =
    '<row><c s="2"><v>38426</v></c><c s="3"><v>38426.5</v></c><c s="4"><v>22205001234</v></c><c ' +
    's="5"><v>22205001234</v></c>' +
    '<c><v>2.2205001234E10</v></c><c><v>0.30000000000000004</v></c></row>'
  assert.deepEqual(
    (await cellsOf({ styles, sheet })).map(({ kind, text, value, numberFormat }) => [kind, text, value, numberFormat]),
    [
      ['date', '15/03/2005', '2005-03-15', 'dd/mm/yyyy'],
      ['date', '15/03/2005', '2005-03-15T12:00:00', '[$-42A]dd/mm/yyyy;@'],
      ['number', '022205001234', 22205001234, '000000000000'],
      ['number', '22205001234', 22205001234, '0.00E+00'],
      ['number', '22205001234', 22205001234, undefined],
      ['number', '0.3', 0.30000000000000004, undefined],
    ],
  )
})

test('a workbook that counts its days from 1904 gives the same days', async () => {
  const parts = { styles, sheet: '<row><c s="2"><v>36964</v></c></row>' }
  assert.deepEqual(await textsOf({ ...parts, workbookPr: '<workbookPr date1904="1"/>' }), ['15/03/2005'])
})

test('the font of the longest run, else of the cell, identifies legacy letters', async () => {
  const shared =
    '<si><t>plain</t></si><si><r><rPr><rFont val="Arial"/></rPr><t>A</t></r><r><rPr><rFont ' +
    'val=".VnTimeH"/></rPr><t>NguyÔn</t></r></si>'
  const cells = await cellsOf({
    styles,
    shared,
    sheet: '<row><c t="s"><v>0</v></c><c s="1" t="s"><v>0</v></c><c t="s"><v>1</v></c></row>',
  })
  assert.deepEqual(
    cells.map(cell => cell.font),
    ['Times New Roman', '.VnTime', '.VnTimeH'],
  )
})

test('rows and cells without a reference follow the previous one, and empty rows are skipped', async () => {
  const sheet =
    '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row/><row><c s="1"/></row><row ' +
    'hidden="1"><c><v>4</v></c></row><row r="9"><c><v>5</v></c></row>'
  const rows = await rowsOf(workbook({ sheet }))
  assert.deepEqual(
    rows.map(({ row, hidden, cells }) => [row, hidden, cells.map(cell => cell.column)]),
    [
      [1, undefined, [1, 4, 5]],
      [4, true, [1]],
      [9, undefined, [1]],
    ],
  )
})

test('prefixes, the strict namespace and UTF-16 make no difference', async () => {
  const strict =
    '<?xml version="1.0"?><x:worksheet ' +
    'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row x:r="3"><x:c r="B3" ' +
    't="inlineStr">' +
    '<x:is><x:t>Lê</x:t></x:is></x:c><x:c ' +
    't="d"><x:v>2005-03-15T00:00:00Z</x:v></x:c></x:row></x:sheetData></x:worksheet>'
  const expected = [
    {
      row: 3,
      cells: [
        { column: 2, kind: 'text', text: 'Lê', value: 'Lê' },
        { column: 3, kind: 'date', text: '15/03/2005', value: '2005-03-15' },
      ],
    },
  ]
  assert.deepEqual(await rowsOf(workbook({ sheet: strict })), expected)
  const utf16 = { name: 'xl/worksheets/sheet1.xml', data: Buffer.from(`\ufeff${strict}`, 'utf16le') }
  assert.deepEqual(await rowsOf(workbook({ parts: [utf16] })), expected)
})

test('sheets have names and hidden marks, charts are left out, and merges are reported', async () => {
  const sheets =
    '<sheet name="A &amp; B" sheetId="1" r:id="rId1"/><sheet name="C" sheetId="3" r:id="rId3"/><sheet name="D" ' +
    'sheetId="2" state="veryHidden" r:id="rId2"/>'
  const second = {
    name: 'XL\\Worksheets\\Sheet2.xml',
    data: '<worksheet><sheetData><row><c t="str"><v>two</v></c></row></sheetData></worksheet>',
  }
  const book = await openWorkbook(
    workbook({
      sheets,
      after: '<mergeCells><mergeCell ref="A1:F2"/><mergeCell ref="B3"/></mergeCells>',
      parts: [second],
    }),
  )
  assert.deepEqual(book.sheets, [
    { name: 'A & B', hidden: false, index: 0 },
    { name: 'D', hidden: true, index: 1 },
  ])
  assert.deepEqual(await book.merges(0), [
    { top: 1, left: 1, bottom: 2, right: 6 },
    { top: 3, left: 2, bottom: 3, right: 2 },
  ])
  for await (const row of book.rows(1)) assert.equal(row.cells[0]?.text, 'two')
  book.close()
})
