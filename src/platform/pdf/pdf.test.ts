import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { types } from './letter-sizes.ts'
import { drawField } from './parts.ts'
import { readPdfLines, readPdfPages, readPdfTexts } from './pdf.test-reader.ts'
import {
  finishPaper,
  openPaper,
  type PdfTextStyle,
  sheets,
  wholeWidth,
  wrapText,
  writeFigures,
  writeFitted,
  writeText,
} from './pdf.ts'
import { drawTable } from './table.ts'

const at = new Date('2026-01-05T02:00:00Z')
const open = (zoom = 1) => openPaper({ title: 'Giấy thử', at, size: sheets.a4, zoom })
const type: PdfTextStyle = { face: 'regular', size: 10, leading: 14 }

test('text is broken into lines that fit, and nothing of it is lost', () => {
  const paper = open()
  const word = fc.string({ unit: fc.constantFrom(...'aằễịơủỹđNGHxyz0189/-,.'), minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 60, max: 400 }), (words, width) => {
      const lines = wrapText(paper, [{ text: words.join(' '), type }], width)
      for (const line of lines) assert.ok(line.width <= width + 0.01, `${line.width} > ${width}`)
      assert.equal(
        lines
          .flatMap(({ runs }) => runs.map(({ text }) => text))
          .join('')
          .replaceAll(' ', ''),
        words.join(''),
      )
    }),
    { numRuns: 60 },
  )
})

test('signs without a glyph are refused by their code points, not printed as boxes', () => {
  const refused = { code: 'paper-text-unprintable', facts: { signs: ['U+738B'] } }
  assert.throws(() => writeText(open(), 'Nguyễn 王', type), refused)
  assert.throws(() => writeFitted(open(), '王', type, { x: 0, width: 90 }, 0), refused)
  assert.throws(() => writeFigures(open(), '王1', type, { x: 0, width: 90 }, 0), refused)
})

test('one line is made smaller to a half, and refused beyond that', async () => {
  const paper = open()
  writeFitted(paper, 'Công an thành phố Hạ Long', type, { x: 40, width: 80 }, 40)
  assert.throws(() => writeFitted(paper, 'Công an thành phố Hạ Long', type, { x: 40, width: 40 }, 60), {
    code: 'paper-text-too-long',
  })
  assert.throws(() => writeFigures(paper, '012345678901', type, { x: 40, width: 20 }, 60), {
    code: 'paper-text-too-long',
  })
  assert.deepEqual(readPdfLines(await finishPaper(paper)), ['CônganthànhphốHạLong'])
})

test('what is typed from paper stands letter by letter, and prose may join two', async () => {
  const paper = open()
  const code = 'fibf-pff1-ffi0'
  writeFitted(paper, code, type, { x: 40, width: 200 }, 40)
  writeFitted(paper, code, { ...type, ligatures: 'none' }, { x: 40, width: 200 }, 60)
  const texts = readPdfTexts(await finishPaper(paper))
  const drawn = texts.map(({ text, glyphs }) => [text, glyphs === code.length ? 'each by itself' : 'joined'])
  assert.deepEqual(drawn, [
    [code, 'joined'],
    [code, 'each by itself'],
  ])
})

test('digits stand under digits', async () => {
  const paper = open()
  writeFigures(paper, '11/11/2011', type, { x: 40, width: 90 }, 40)
  writeFigures(paper, '20/08/2008', type, { x: 40, width: 90 }, 60)
  const texts = readPdfTexts(await finishPaper(paper))
  const middles = (y: number) => texts.filter(text => Math.abs(text.y - y) < 10).map(({ x }) => x)
  const [first, second] = [middles(50), middles(70)]
  assert.equal(first.length, 10)
  // The second stroke stands at the same place, although "1" is much narrower than "0".
  assert.ok(Math.abs(first[5]! - second[5]!) < 0.01)
})

test('a table has its head on each page, and no row is parted', async () => {
  const paper = open()
  const rows = Array.from({ length: 70 }, (_, i) => [
    String(i + 1),
    i % 7 ? 'Chìu Sủi Lìn' : 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
  ])
  drawTable(
    paper,
    [
      { title: 'STT', share: 1, kind: 'figures' },
      { title: 'Họ và tên', share: 3 },
      { title: 'Ghi chú', share: 9 },
    ],
    rows,
    {
      head: types.head,
      cell: types.text,
    },
  )
  const pdf = await finishPaper(paper)
  const texts = readPdfTexts(pdf)
  const pages = readPdfPages(pdf).length
  assert.ok(pages >= 2)
  for (let page = 1; page <= pages; page++)
    assert.equal(texts.filter(text => text.page === page && text.text === 'Họ và tên').length, 1)
  assert.ok(texts.every(({ y }) => y < paper.bottom))
  // The two lines of a long name are neighbours in the file, and on one page.
  for (const [i, { text, page }] of texts.entries())
    if (text.startsWith('Công Tằng')) assert.equal(texts[i + 1]?.page, page)
})

test('what is not known leaves a line to write on; a smaller sheet has the same content', async () => {
  for (const zoom of [1, 0.8]) {
    const paper = open(zoom)
    drawField(paper, ['Tên gọi khác', ''])
    drawField(paper, ['Họ và tên', 'Tằng A Tài'])
    const { width } = wholeWidth(paper)
    assert.ok(Math.abs(width * zoom - (210 - 28) * (72 / 25.4)) < 0.01)
    assert.deepEqual(readPdfLines(await finishPaper(paper)), ['Têngọikhác:', 'Họvàtên:TằngATài'])
  }
})
