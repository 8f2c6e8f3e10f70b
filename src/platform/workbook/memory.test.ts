// Measured on 2 cores, the process itself taking 60 MB before it reads: figures in each test are what was seen, the
// bound asserted is generous.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { idleBomb, nestingBomb, sharedTextBomb, sheetBomb, textBomb } from '../../../test/workbooks/bombs.ts'
import { fromRoot } from '../root.ts'
import { writeWorkbook } from './write-workbook.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workbooks-'))
})
after(() => rm(folder, { recursive: true }))

type Measured = { readonly rows: number; readonly refused?: string; readonly megabytes: number }

async function measuredRead(file: string | Buffer): Promise<Measured> {
  const path = typeof file === 'string' ? file : join(folder, 'bomb.xlsx')
  if (typeof file !== 'string') await writeFile(path, file)
  const reader = fileURLToPath(fromRoot('test/workbooks/measured-read.ts'))
  const { stdout } = await promisify(execFile)(process.execPath, [reader, path])
  return JSON.parse(stdout)
}

const bound = 350

test('a bomb of rows is refused, with a true size, a false size, or below the limit', async () => {
  const bombs: readonly (readonly [Buffer, RegExp])[] = [
    [await sheetBomb(2100), /^workbook-too-large .*"limitBytes"/],
    [await sheetBomb(300, 1_000_000), /^workbook-damaged/],
    [await sheetBomb(100), /^workbook-too-large .*"limitRows"/],
    [await idleBomb(), /^workbook-too-large .*"limitRatio"/],
  ]
  for (const [bomb, expected] of bombs) {
    const { refused, megabytes } = await measuredRead(bomb)
    assert.match(refused ?? '', expected)
    assert.ok(megabytes < bound, `${megabytes} MB`)
  }
})

test('a bomb in shared texts, one text, or endless tags is refused in bounded memory', async () => {
  for (const [bomb, expected] of [
    [sharedTextBomb, /^workbook-too-large/],
    [textBomb, /^workbook-too-large/],
    [nestingBomb, /^workbook-unsafe/],
  ] as const) {
    const { refused, megabytes } = await measuredRead(await bomb())
    assert.match(refused ?? '', expected)
    assert.ok(megabytes < bound, `${bomb.name} ${megabytes} MB`)
  }
})

test('300,000 rows are read as a stream, in bounded memory', async () => {
  const path = join(folder, 'large.xlsx')
  function* rows() {
    for (let i = 0; i < 300_000; i++) yield [i, `Nguyễn Văn ${i}`, `0222050${10_000 + i}`, '2005-03-15']
  }
  const columns = [
    { header: 'STT' },
    { header: 'Họ và tên' },
    { header: 'Số định danh', format: 'text' },
    { header: 'Ngày sinh', format: 'day' },
  ] as const
  assert.deepEqual(await writeWorkbook(path, { sheets: [{ name: 'x', columns, rows: rows() }] }), [300_000])
  const { rows: count, megabytes, refused } = await measuredRead(path)
  assert.equal(refused, undefined)
  assert.equal(count, 300_001)
  assert.ok(megabytes < bound, `${megabytes} MB`)
})
