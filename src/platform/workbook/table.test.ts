import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { workbook } from '../../../test/workbooks/workbook-parts.ts'
import { Problem } from '../problem.ts'
import { readTable } from './table.ts'

async function tableOf(source: Buffer | string, filename: string) {
  const table = await readTable(source, filename)
  const rows: (string | number)[][] = []
  for await (const { row, cells } of table.rows(0))
    rows.push([row, ...cells.map(cell => `${cell.column}:${cell.text}`)])
  table.close()
  return { format: table.format, encoding: table.encoding, rows }
}
const csv = async (text: Buffer | string) => (await tableOf(Buffer.from(text as string), 'roll.CSV')).rows

test('a CSV file comes in the shape of a sheet, its rows numbered as a spreadsheet numbers them', async () => {
  assert.deepEqual(await csv('Danh sách lớp 12A1\r\n\r\nSTT,Họ và tên,,"Ghi\nchú"\r\n1, Nguyễn Văn A ,,\r\n'), [
    [1, '1:Danh sách lớp 12A1'],
    [3, '1:STT', '2:Họ và tên', '4:Ghi\nchú'],
    [4, '1:1', '2:Nguyễn Văn A'],
  ])
})

test('a number in a CSV file stays the text that it is', async () => {
  const table = await readTable(Buffer.from('022205001234;=1+1\n'), 'x.csv')
  for await (const { cells } of table.rows(0)) {
    assert.deepEqual(cells, [
      { column: 1, text: '022205001234', value: '022205001234', kind: 'text' },
      { column: 2, text: '=1+1', value: '=1+1', kind: 'text' },
    ])
  }
})

test('every encoding that spreadsheets save is read, and legacy bytes are kept for the caller', async () => {
  const text = 'STT;Họ và tên\n1;Đỗ Thị Ế\n'
  const rows = [
    [1, '1:STT', '2:Họ và tên'],
    [2, '1:1', '2:Đỗ Thị Ế'],
  ]
  const utf16be = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  const files: readonly (readonly [string, Buffer])[] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16', Buffer.from(`\ufeff${text.replaceAll(';', '\t')}`, 'utf16le')],
    ['utf-16', utf16be],
    ['utf-8', Buffer.from(text.replaceAll('\n', '\r'))],
    ['utf-8', Buffer.from(`${text.replaceAll('\n', '\r\n')}`)],
  ]
  for (const [encoding, file] of files)
    assert.deepEqual(await tableOf(file, 'x.csv'), { format: 'csv', encoding, rows })

  const tcvn3 = Buffer.from('STT,NguyÔn V¨n \xb8\n', 'latin1')
  assert.deepEqual(await tableOf(tcvn3, 'x.csv'), {
    format: 'csv',
    encoding: 'bytes',
    rows: [[1, '1:STT', '2:NguyÔn V¨n ¸']],
  })
})

test('a stray quote is a letter: no row is lost for it', async () => {
  assert.deepEqual(await csv('1,Nguyễn "Tèo" A\n2,"open\n3,x\n'), [
    [1, '1:1', '2:Nguyễn "Tèo" A'],
    [2, '1:2', '2:"open'],
    [3, '1:3', '2:x'],
  ])
})

test('a first line that names the delimiter is applied and is no row', async () => {
  assert.deepEqual(await csv('sep=;\na,b;c\n'), [[1, '1:a,b', '2:c']])
})

test('a workbook is recognised by content; text under a workbook’s name is refused by kind', async () => {
  const file = workbook({ sheet: '<row><c t="str"><v>x</v></c></row>' })
  assert.deepEqual(await tableOf(file, 'roll.csv'), { format: 'xlsx', encoding: undefined, rows: [[1, '1:x']] })

  const folder = await mkdtemp(join(tmpdir(), 'table-'))
  const path = join(folder, 'upload')
  await writeFile(path, file)
  assert.deepEqual((await tableOf(path, 'roll.xlsx')).rows, [[1, '1:x']])
  await writeFile(path, 'a;b\n')
  assert.deepEqual((await tableOf(path, 'roll.txt')).rows, [[1, '1:a', '2:b']])
  await rm(folder, { recursive: true })

  const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
  await assert.rejects(readTable(Buffer.from('a,b\n'), 'roll.xlsx'), refused('workbook-is-text'))
  await assert.rejects(readTable(Buffer.from('<html><table>'), 'roll.csv'), refused('workbook-is-html'))
  await assert.rejects(readTable(Buffer.alloc(0), 'roll.csv'), refused('workbook-empty'))
  await assert.rejects(
    readTable(Buffer.from('x'.repeat(2000)), 'roll.csv', { inflated: 1000 }),
    refused('workbook-too-large'),
  )
})

test('a CSV file of endless rows, columns or texts is refused', async () => {
  const within = async (text: string) => {
    const table = await readTable(Buffer.from(text), 'x.csv', { rows: 100, columns: 50, oneText: 1000 })
    for await (const _ of table.rows(0)) {
      // The refusal comes while rows are read.
    }
  }
  const tooLarge = (error: unknown) => error instanceof Problem && error.code === 'workbook-too-large'
  await within('a,b\n'.repeat(100))
  await assert.rejects(within('a,b\n'.repeat(101)), tooLarge)
  await assert.rejects(within(','.repeat(50)), tooLarge)
  await assert.rejects(within('x'.repeat(1001)), tooLarge)
})
