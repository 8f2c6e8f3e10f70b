import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullNames, others } from '../people.fixture.ts'
import { compareNames } from '../spelling/spelling.ts'
import { readLegacyColumn } from './column.ts'
import { encoders } from './legacy.fixture.ts'

const encodingsOf = (...given: Parameters<typeof readLegacyColumn>) =>
  readLegacyColumn(...given).map(({ encoding }) => encoding)
const textsOf = (...given: Parameters<typeof readLegacyColumn>) => readLegacyColumn(...given).map(({ text }) => text)

const columnsOf = (names: readonly string[], length: number) =>
  Array.from({ length: Math.floor(names.length / length) }, (_, at) => names.slice(at * length, (at + 1) * length))

test('of forty names in a column hardly any old font is missed, and none is read wrong', () => {
  for (const encoding of ['tcvn3', 'vni', 'vps', 'viscii', 'windows-1258', 'mojibake'] as const) {
    let [missed, all] = [0, 0]
    for (const names of columnsOf(fullNames(4000, 11), 40)) {
      const written = names.map(encoders[encoding])
      for (const [at, { text, encoding: found }] of readLegacyColumn(written).entries()) {
        const name = names[at] ?? ''
        if (written[at] === name) continue
        all += 1
        if (!found && compareNames(text, name) !== 'same') missed += 1
        else assert.equal(compareNames(text, name), 'same', written[at])
      }
    }
    // LÒ stands for Lồ in VPS, where it serves as its own capital: that is told, not guessed.
    assert.ok(missed / all < (encoding === 'vps' ? 0.01 : 0.001), `${encoding}: ${missed} of ${all}`)
  }
})

test('a sheet of two fonts is read by each cell and its neighbours, not by the majority', () => {
  const names = fullNames(40, 5)
  const written = names.map((name, at) => (at < 10 ? encoders.vni(name) : encoders.tcvn3(name)))
  assert.deepEqual(
    textsOf(written).map((text, at) => compareNames(text, names[at] ?? '')),
    names.map(() => 'same'),
  )
})

test('a column decides its doubtful cells, and recognises cells typed later in Unicode', () => {
  const texts = ['Nguyeãn Vaên Tuøng', 'Traàn Thò Höông', 'Hoà Anh', 'Lan', 'Nguyễn Văn Đạt', 'Phaïm Thò Hoøa']
  const read = readLegacyColumn(texts)
  assert.deepEqual(
    read.map(({ encoding }) => encoding),
    ['vni', 'vni', undefined, undefined, undefined, 'vni'],
    'one in Unicode stands beside Hoà: it may be either',
  )
  assert.equal(read[2]?.untold, 'unclear')
  assert.deepEqual(
    readLegacyColumn(texts.filter(text => text !== 'Nguyễn Văn Đạt'))[2],
    { text: 'Hồ Anh', encoding: 'vni', by: 'column' },
    "without it Hoà is VNI's Hồ",
  )
})

test('a column of given names in TCVN3 is read as a whole, though single cells are short', () => {
  const texts = ['Tïng', 'Hµ', 'H­¬ng', 'An', '¸nh', 'Phóc']
  assert.deepEqual(encodingsOf(texts), ['tcvn3', 'tcvn3', 'tcvn3', undefined, 'tcvn3', 'tcvn3'])
})

test('a column in Unicode with one odd cell stays in Unicode', () => {
  const texts = ['Nguyễn Văn An', 'Lê Thị Hồng', 'Hoà', 'NguyÔn V¨n Tïng']
  assert.deepEqual(encodingsOf(texts), [undefined, undefined, undefined, 'tcvn3'])
})

test('where the old texts of a column have their font, a doubtful one in another font is Unicode', () => {
  const texts = ['Nình Thuøy Khaùnh Linh', 'Buøi Minh Oanh', 'Chìu Hoàng Phong', 'Lyø Thò Soïi']
  const old = 'VNI-Times'
  assert.deepEqual(encodingsOf(texts, [old, old, 'Times New Roman', old]), ['vni', 'vni', undefined, 'vni'])
  assert.deepEqual(encodingsOf(texts), ['vni', 'vni', 'vni', 'vni'], 'without fonts it is read as the others')
})

test('each reading names its evidence: the font, the letters, the column or a person', () => {
  const read = readLegacyColumn(['Tïng', 'NguyÔn V¨n An', 'TrÇn ThÞ H­¬ng'], ['.VnTime', undefined, undefined])
  assert.deepEqual(
    read.map(({ by }) => by),
    ['font', 'letters', 'letters'],
  )
  assert.equal(readLegacyColumn(['Phóc', 'NguyÔn V¨n An', 'TrÇn ThÞ H­¬ng'])[0]?.by, 'column')
})

test('lost letters are reported and never guessed', () => {
  const texts = ['Nguy?n V?n An', 'Tr?n Th? H??ng', 'L� V�n T�m', 'Nguyá»…n Trá»ng NghÄ©a']
  for (const { text, encoding, untold } of readLegacyColumn(texts)) {
    assert.ok(texts.includes(text))
    assert.deepEqual([encoding, untold], [undefined, 'lost'])
  }
})

test('a person may say that a sheet is in VNI, or that it stays as it is', () => {
  const texts = ['Loïc', 'Hoà', 'Nguyễn Văn An', 'Traàn Thò Höông']
  assert.deepEqual(textsOf(texts, [], 'vni'), ['Lọc', 'Hồ', 'Nguyễn Văn An', 'Trần Thị Hương'])
  assert.deepEqual(textsOf(texts, [], 'unicode'), texts)
  assert.ok(
    readLegacyColumn(texts, [], 'vni').every(({ encoding, by }) => (encoding ? by === 'person' : by === undefined)),
  )
})

test('names without marks and names from abroad stay as they are, beside any others', () => {
  const foreign = [
    ...others,
    'Lee Min Ho',
    'Toon Lee',
    'Rudolf Olaf',
    'Raj Taj',
    'Keith Rees',
    'Tran Thi B',
    'Nguyen Van Hoang',
  ]
  for (const form of [foreign, foreign.map(name => name.toUpperCase())]) assert.deepEqual(textsOf(form), form)
  for (const name of foreign)
    assert.deepEqual(textsOf(['Nguyễn Văn An', name, 'Trần Thị Bé']), ['Nguyễn Văn An', name, 'Trần Thị Bé'])
})
