import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { readPdfLines, readPdfPages, readPdfTexts } from '../../platform/pdf/pdf.test-reader.ts'
import { type BoxLabelContent, boxLabelPdf } from '../shipping/box-label-pdf.ts'
import { type HandOverSheet, handOverSheetPdf } from './sheet-pdf.ts'

const printedAt = new Date('2026-01-05T02:00:00Z')
const label: BoxLabelContent = {
  code: 'T-2023-000417',
  from: 'Trung tâm Dữ liệu quốc gia về dân cư',
  to: 'Công an thành phố Hạ Long, tỉnh Quảng Ninh',
  count: 120,
  sealNumber: 'NP 004512',
  packedOn: asDay('2023-05-12'),
  printedAt,
  isDemonstration: true,
}

test('the label of a box, 100 × 150 mm, has the destination, the number of cards and the seal', async () => {
  const pdf = await boxLabelPdf(label)
  assert.deepEqual(readPdfPages(pdf), [{ width: 283.46, height: 425.2 }])
  const lines = readPdfLines(pdf).join('\n')
  for (const said of ['T-2023-000417', '120thẻ', 'NP004512', '12/05/2023', 'TrungtâmDữliệuquốcgiavềdâncư', 'MINHHỌA'])
    assert.ok(lines.includes(said), said)
})

test('a label refuses a place that has no room on it', () => {
  assert.throws(() => boxLabelPdf({ ...label, to: 'Công an thành phố Hạ Long, '.repeat(20) }), {
    code: 'paper-text-too-long',
  })
})

const names = [
  'Nguyễn Văn Đạt',
  'Chìu Sủi Lìn',
  'Tằng A Tài',
  'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
  "H'Hen Niê",
]
const sheet: HandOverSheet = {
  unit: { above: 'Công an tỉnh Quảng Ninh', name: 'Công an thành phố Hạ Long' },
  school: 'THPT Hòn Gai',
  className: '12A1',
  place: 'Phòng hội đồng',
  town: 'Hạ Long',
  on: asDay('2023-05-15'),
  code: 'DS-2023-0091',
  cards: Array.from({ length: 45 }, (_, i) => ({
    name: names[i % 5] ?? '',
    birthDate: i % 9 ? { y: 2007, m: 1 + (i % 12), d: 11 } : { y: 2007 },
    serial: `QN230512-${1000 + i}`,
    note: i === 3 ? 'Mẹ nhận thay' : undefined,
  })),
  officer: 'Phạm Minh Tuấn',
  printedAt,
  isDemonstration: false,
}

test('a hand-over sheet has every card once, its head on each page, and no personal number', async () => {
  const pdf = await handOverSheetPdf(sheet)
  const [texts, lines] = [readPdfTexts(pdf), readPdfLines(pdf)]
  const pages = readPdfPages(pdf).length
  assert.ok(pages > 1)
  const withRows = new Set(texts.filter(({ text }) => names.includes(text)).map(({ page }) => page))
  assert.ok(withRows.size > 1)
  assert.deepEqual(new Set(texts.filter(({ text }) => text === 'Ký nhận').map(({ page }) => page)), withRows)
  for (let page = 1; page <= pages; page++) assert.ok(lines.some(line => line.endsWith(`Trang${page}/${pages}`)))
  for (const { serial } of sheet.cards) assert.equal(lines.filter(line => line.includes(serial)).length, 1, serial)
  assert.equal(lines.filter(line => line.includes('Mẹnhậnthay')).length, 1)
  assert.ok(withRows.has(pages), 'both sign on a page that has a card')
  assert.ok(!lines.some(line => /\d{12}/.test(line)))
})

test('a hand-over sheet names the card as the law of its day does', async () => {
  const title = async (on: string) =>
    readPdfLines(await handOverSheetPdf({ ...sheet, on: asDay(on) })).find(line => line.startsWith('DANHSÁCH'))
  assert.equal(await title('2024-06-30'), 'DANHSÁCHTRẢTHẺCĂNCƯỚCCÔNGDÂN')
  assert.equal(await title('2024-07-01'), 'DANHSÁCHTRẢTHẺCĂNCƯỚC')
})
