import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RollMapping } from '../../src/rolls/field.ts'
import { readGrids } from '../../src/rolls/reading/grid.ts'
import { checkMapping, previewOf } from '../../src/rolls/reading/preview.ts'
import { readRoll } from '../../src/rolls/reading/read-roll.ts'
import { handWritten, type Sheet } from './hand-written.ts'

const head = ['STT', 'Họ và tên', 'Ngày sinh', 'Họ tên cha']

const sheetOf = (name: string, rows: readonly (readonly [who: string, father: string, font?: string])[]): Sheet => ({
  name,
  rows: [
    head,
    ...rows.map(([who, father, font], at) => {
      const cell = (value: string) => (font ? { value, font } : value)
      return [at + 1, cell(who), `0${(at % 8) + 1}/03/2008`, cell(father)]
    }),
  ],
})

async function read(sheets: readonly Sheet[], mapping: RollMapping = []) {
  const reading = readRoll(await readGrids(await handWritten(...sheets)), 2022, mapping)
  return { reading, preview: previewOf('roll.xlsx', reading), names: reading.pupils.map(({ name }) => name) }
}

const mixed = [
  sheetOf('9A', [
    ['NguyÔn V¨n Tïng', 'NguyÔn V¨n S¬n'],
    ['TrÇn ThÞ H\u00ad¬ng', 'Trần Văn Hải'],
    ['Lê Thị Hồng', 'Lê Văn Hùng'],
    ['Tïng', 'Lª V¨n Ba', '.VnTime'],
  ]),
  sheetOf('9B', [
    ['Nguyeãn Thò Haèng', 'Nguyeãn Vaên Ba'],
    ['Nguy?n V?n An', ''],
  ]),
]

test('the preview counts old texts by sheet, encoding and evidence, with samples', async () => {
  const { preview } = await read(mixed)
  assert.deepEqual(
    preview.decoded.map(({ sheet, encoding, cells, by }) => [sheet, encoding, cells, by]),
    [
      [0, 'tcvn3', 5, { font: 2, letters: 3, column: 0, person: 0 }],
      [1, 'vni', 2, { font: 0, letters: 2, column: 0, person: 0 }],
    ],
  )
  assert.deepEqual(preview.decoded[0]?.examples[0], { row: 2, before: 'NguyÔn V¨n Tïng', after: 'Nguyễn Văn Tùng' })
})

test('lost texts are listed as they came, and counted', async () => {
  const { preview, names } = await read(mixed)
  assert.deepEqual(preview.unreadable, [{ sheet: 1, row: 3, text: 'Nguy?n V?n An', why: 'lost' }])
  assert.equal(preview.unreadableCount, 1)
  assert.ok(names.includes('Nguy?n V?n An'))
})

test('an officer sets the encoding of one sheet, and the other sheets are read as before', async () => {
  const short = sheetOf('9C', [['Hoà', '']])
  assert.deepEqual((await read([short])).names, ['Hoà'])

  const said = await read([short, mixed[0] as Sheet], [{ sheet: 0, encoding: 'vni' }])
  assert.deepEqual(said.names.slice(0, 2), ['Hồ', 'Nguyễn Văn Tùng'])
  assert.equal(said.preview.sheets[0]?.encoding, 'vni')
  assert.deepEqual(said.preview.decoded[0]?.by, { font: 0, letters: 0, column: 0, person: 1 })

  const left = await read([mixed[0] as Sheet], [{ sheet: 0, encoding: 'unicode' }])
  assert.equal(left.names[0], 'NguyÔn V¨n Tïng')
  assert.deepEqual(left.preview.decoded, [])
})

test('a setting for an unknown sheet is refused, whatever it says', () => {
  checkMapping([{ sheet: 0, encoding: 'vps' }], 1)
  assert.throws(() => checkMapping([{ sheet: 3, encoding: 'vps' }], 1), { code: 'mapping-impossible' })
})

test('headings and class titles are read in old fonts and in UTF-8 misread', async () => {
  const vni: Sheet = {
    name: 'Sheet1',
    rows: [
      ['DANH SAÙCH LÔÙP 9A2'],
      ['STT', 'Hoï vaø teân', 'Ngaøy sinh', 'Giôùi tính'],
      [1, 'Nguyeãn Thò Haèng', '11/12/2008', 'Nöõ'],
    ],
  }
  const misread: Sheet = {
    name: 'Sheet2',
    rows: [['Lá»›p 9A3'], ['STT', 'Há»\u008d vÃ\u00a0 tÃªn', 'NgÃ\u00a0y sinh'], [1, 'Nguyá»…n VÄƒn An', '11/12/2008']],
  }
  const { reading } = await read([vni, misread])
  assert.deepEqual(
    reading.pupils.map(({ name, class: inClass, sex, encoding }) => [name, inClass, sex, encoding]),
    [
      ['Nguyễn Thị Hằng', '9A2', 'F', 'vni'],
      ['Nguyễn Văn An', '9A3', undefined, 'mojibake'],
    ],
  )
})

test('decomposed Unicode is composed and is no defect', async () => {
  const parts = sheetOf('9D', [['Nguyễn Văn An'.normalize('NFD'), 'Nguye\u0302\u0303n Văn B\u00ecnh']])
  const { reading, preview } = await read([parts])
  assert.deepEqual([reading.pupils[0]?.name, reading.pupils[0]?.encoding], ['Nguyễn Văn An', undefined])
  assert.deepEqual(preview.decoded, [])
})
