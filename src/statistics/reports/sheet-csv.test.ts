import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readCsv } from '../../platform/csv/read-csv.ts'
import { aLine, aSheet, manyCommunes } from './sheet.test-sample.ts'
import { fileColumns } from './sheet-column.ts'
import { decimalText, sheetCsv } from './sheet-csv.ts'

test('the CSV begins with its header and the whole, gives shares in full, and has no byte order mark', () => {
  const [head, whole, first] = sheetCsv(aSheet()).split('\n')
  assert.equal(head, 'unit,name,metric,day,today,cumulative,target,rate')
  assert.equal(whole, '22,Tỉnh Quảng Ninh,account-activated,2023-04-20,3412,120000,723000,0.16597510373443983')
  assert.match(first ?? '', /^193,Thành phố Hạ Long,/)
})

test('a written CSV is read back unchanged, also by another reader', async () => {
  const below = [
    ...manyCommunes(40),
    aLine('90001', 'Xã "Mới", bờ Bắc', null, 3),
    aLine('90002', 'Xã Đông', 3_000_000, 1),
  ]
  const sheet = aSheet({ below: below.toReversed() })
  const text = sheetCsv(sheet)

  const expected = [sheet.whole, ...below].map(({ unit, today, cumulative, target, rate }) => ({
    unit: unit.code,
    name: unit.name,
    metric: sheet.metric,
    day: sheet.day,
    today,
    cumulative,
    target,
    rate: rate?.exact ?? null,
  }))
  const orNull = (cell: string | undefined) => (cell ? Number(cell) : null)
  const typed = (row: Record<string, string>) => ({
    ...row,
    today: Number(row['today']),
    cumulative: Number(row['cumulative']),
    target: orNull(row['target']),
    rate: orNull(row['rate']),
  })

  const foreign: Record<string, string>[] = parse(text, { columns: true })
  assert.deepEqual(foreign.map(typed), expected)
  const rows: Record<string, string>[] = []
  for await (const row of readCsv(Readable.from([Buffer.from(text)]), { columns: [...fileColumns] }))
    rows.push(row.values ?? {})
  assert.deepEqual(rows.map(typed), expected)
})

test('a share is written without an exponent and loses nothing', () => {
  assert.equal(decimalText(1 / 2_000_000), '0.0000005')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 1, max: 200_000_000 }), (done, target) => {
      const text = decimalText(done / target)
      assert.match(text, /^\d+(\.\d+)?$/)
      assert.equal(Number(text), done / target)
    }),
  )
})
