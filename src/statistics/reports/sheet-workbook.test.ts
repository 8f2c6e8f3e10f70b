import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import exceljs from 'exceljs'
import { aDraft, aFunnel, aLine, aPublished, aSheet, manyCommunes } from './sheet.test-sample.ts'
import { sheetWorkbook } from './sheet-workbook.ts'

async function opened(...asked: Parameters<typeof sheetWorkbook>) {
  const bytes = await buffer(await sheetWorkbook(...asked))
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  return workbook.worksheets.map(sheet => ({
    name: sheet.name,
    rows: sheet.getSheetValues().flatMap(row => (Array.isArray(row) ? [row.slice(1)] : [])),
  }))
}

test('figures are numbers, the exact rate beside the one with three places, and the whole comes last', async () => {
  const [units] = await opened(aSheet(), aPublished, 'vi')
  const head = units?.rows.find(row => row.includes('Lũy kế')) ?? []
  const whole = units?.rows.at(-1) ?? []
  const cell = (column: string) => whole[head.indexOf(column)]

  assert.equal(cell('Đơn vị'), 'Toàn tỉnh')
  assert.equal(cell('Lũy kế'), 120_000)
  assert.equal(cell('Chỉ tiêu'), 723_000)
  assert.equal(cell('Tỷ lệ %'), 16.597)
  assert.equal(cell('Tỷ lệ chính xác'), 120_000 / 723_000)
  assert.equal(cell('Cần/ngày'), 12_563)
  assert.equal(cell('Dự báo cao'), 357_000)
  assert.equal(units?.rows.filter(row => row.includes('Thành phố Hạ Long')).length, 1)
  assert.match(String(units?.rows[2]?.[0]), /đạt 16% \(chính xác 16,597%\)/)
  assert.match(String(units?.rows[3]?.[0]), /Bản công bố QN-20230420-1, lần 1\./)
})

test('the lines of a workbook sum to its whole, people of none of the units included', async () => {
  const below = manyCommunes(200)
  const sum = below.reduce((total, { cumulative }) => total + cumulative, 0)
  const sheet = aSheet({ below, elsewhere: { members: 12, cumulative: 3, today: 1 } }, { cumulative: sum + 3 })
  const [units] = await opened(sheet, aDraft, 'vi')

  const at = units?.rows.findIndex(row => row.includes('Lũy kế')) ?? 0
  const column = units?.rows[at]?.indexOf('Lũy kế') ?? 0
  const figures = units?.rows.slice(at + 1).map(row => Number(row[column])) ?? []
  assert.equal(figures.length, 202)
  assert.equal(
    figures.slice(0, -1).reduce((total, n) => total + n, 0),
    figures.at(-1),
  )
})

test('the steps and other sources’ figures have sheets of their own, where there are any', async () => {
  const outside = [
    {
      unit: { name: 'Tỉnh Quảng Ninh' },
      day: '2023-04-20',
      source: 'C06',
      value: 121_500,
      ours: 120_000,
      difference: 1500,
      note: null,
    },
  ]
  const whole = await opened(aSheet(), { ...aDraft, funnel: aFunnel, outside }, 'vi')
  assert.deepEqual(
    whole.map(({ name }) => name),
    ['Thống kê nhanh', 'Ghi chú, cách tính', 'Từng bước', 'Nguồn khác'],
  )
  assert.deepEqual(whole[2]?.rows.at(-1), ['Đã kích hoạt', 120_000, 16.597, 321_900])
  assert.deepEqual(whole[3]?.rows.at(-1)?.slice(3, 6), [121_500, 120_000, 1500])
  assert.ok(
    whole[1]?.rows
      .flat()
      .some(line => /Tỉnh Quảng Ninh, C06, ngày 20\/04\/2023: 121\.500; số liệu đơn vị 120\.000/.test(String(line))),
  )

  const plain = await opened(aSheet(), aDraft, 'vi')
  assert.equal(plain.length, 2)
  assert.match(String(plain[0]?.rows[3]?.[0]), /Bản nháp, chưa công bố/)
})

test('a unit without a target has empty cells, not noughts', async () => {
  const [units] = await opened(aSheet({ below: [aLine('1', 'Xã Một', null, 5)] }), aDraft, 'vi')
  const head = units?.rows.find(row => row.includes('Lũy kế')) ?? []
  const row = units?.rows.find(cells => cells.includes('Xã Một')) ?? []
  for (const column of ['Chỉ tiêu', 'Còn lại', 'Tỷ lệ %', 'Tỷ lệ chính xác', 'Cần/ngày'])
    assert.ok((row[head.indexOf(column)] ?? null) === null, column)
  assert.equal(row[head.indexOf('Lũy kế')], 5)
})
