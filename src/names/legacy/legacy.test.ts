import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromRoot } from '../../platform/root.ts'
import { titleCase } from '../name.ts'
import { fullNames, others, syllables } from '../people.fixture.ts'
import { compareNames } from '../spelling/spelling.ts'
import type { LegacyEncoding } from './encoding.ts'
import { encoders } from './legacy.fixture.ts'
import { decodeAs, decodeLegacy, detectLegacy, isLost } from './legacy.ts'

const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)

test('names in old fonts are found and decoded without knowing the font', () => {
  const seen: [string, string, LegacyEncoding][] = [
    ['NguyÔn V¨n Tïng', 'Nguyễn Văn Tùng', 'tcvn3'],
    ['TrÇn ThÞ H­¬ng', 'Trần Thị Hương', 'tcvn3'],
    ['§inh ThÞ Hµ', 'Đinh Thị Hà', 'tcvn3'],
    ['TRÇN V¡N §øC', 'TRẦN VĂN ĐỨC', 'tcvn3'],
    ['NguyÔn ThÞ ¸nh', 'Nguyễn Thị Ánh', 'tcvn3'],
    ['Lª Hµ', 'Lê Hà', 'tcvn3'],
    ['Nguyeãn Vaên Tuøng', 'Nguyễn Văn Tùng', 'vni'],
    ['Traàn Thò Höông', 'Trần Thị Hương', 'vni'],
    ['TRAÀN VAÊN ÑÖÙC', 'TRẦN VĂN ĐỨC', 'vni'],
    ['Nguyá»…n VÄƒn Äáº¡t', 'Nguyễn Văn Đạt', 'mojibake'],
  ]
  for (const [given, text, encoding] of seen) assert.deepEqual(decodeLegacy(given), { text, encoding })
})

test('UTF-8 misread as Windows-1252 is repaired, also when a blank or soft hyphen was lost', () => {
  assert.equal(decodeLegacy('HoÃ ng VÄƒn HÃ').text, 'Hoàng Văn Hà')
  assert.equal(decodeLegacy('HÃ Thá»‹ LÃm').text, 'Hà Thị Lím')
  assert.equal(decodeLegacy(encoders.mojibake(encoders.mojibake('Nguyễn Văn Đức'))).text, 'Nguyễn Văn Đức')
})

test('the font of a cell names its encoding where the letters alone say too little', () => {
  assert.equal(detectLegacy('Tïng'), undefined)
  assert.deepEqual(decodeLegacy('Tïng', '.VnTime'), { text: 'Tùng', encoding: 'tcvn3' })
  assert.deepEqual(decodeLegacy('Hoà', 'VNI-Times'), { text: 'Hồ', encoding: 'vni' })
  assert.deepEqual(decodeLegacy(encoders.vps('Nguyễn Văn Tùng'), 'VPS Times'), {
    text: 'Nguyễn Văn Tùng',
    encoding: 'vps',
  })
})

test('the H fonts of TCVN3 show small letters as capitals', () => {
  assert.deepEqual(decodeLegacy('trÇn v¨n tïng', '.VnTimeH'), { text: 'TRẦN VĂN TÙNG', encoding: 'tcvn3' })
})

test('Unicode text pasted into a cell with an old font stays unchanged', () => {
  for (const font of ['.VnTime', 'VNI-Times', 'VPS Times'])
    assert.deepEqual(decodeLegacy('Nguyễn Văn Hà', font), { text: 'Nguyễn Văn Hà', encoding: undefined })
  assert.equal(detectLegacy('Hà', '.VnTime'), undefined)
})

test('no proper name is taken for an old font, in any case, composed or not', () => {
  const names = [...others, ...fullNames(20_000)]
  for (const name of names)
    for (const form of [name, name.toUpperCase(), name.toLowerCase(), name.normalize('NFD')])
      assert.equal(detectLegacy(form), undefined, form)
})

test('no written syllable is taken for an old font, alone or beside another', () => {
  for (const [at, syllable] of syllables.entries()) {
    assert.equal(detectLegacy(syllable), undefined, syllable)
    assert.equal(detectLegacy(titleCase(syllable)), undefined)
    const pair = `${syllable} ${syllables[(at * 7919) % syllables.length]}`
    assert.equal(detectLegacy(pair), undefined, pair)
    assert.equal(detectLegacy(pair.toUpperCase()), undefined, pair)
  }
})

test('two foreign words that VNI could decode stay unless they have its doubled vowels', () => {
  for (const name of ['Seán Loïc', 'Maï Loïc', 'Naïm Seán']) assert.equal(detectLegacy(name), undefined, name)
  assert.equal(detectLegacy('Loïc Haïnh Ngoïc'), 'vni')
})

test('the official names of units and countries are not taken for an old font', () => {
  for (const file of ['units.csv', 'number-prefixes.csv']) {
    const lines = readFileSync(fromRoot(`db/reference/${file}`), 'utf8').split('\n')
    const names = lines.slice(1).flatMap(line => line.split(',').slice(1, 2))
    assert.ok(names.length > 200)
    for (const name of names) assert.equal(detectLegacy(name), undefined, name)
  }
})

test('every written syllable survives each old font, small and titled', () => {
  for (const syllable of syllables) {
    for (const encoding of ['tcvn3', 'vietware-f'] as const)
      assert.equal(decodeAs(encoders[encoding](syllable), encoding), syllable)
    for (const encoding of ['vni', 'vps', 'viscii', 'windows-1258', 'bk-hcm2', 'vietware-x', 'mojibake'] as const) {
      assert.equal(decodeAs(encoders[encoding](syllable), encoding), syllable)
      const titled = `${syllable.charAt(0).toUpperCase()}${syllable.slice(1)}`
      const back = decodeAs(encoders[encoding](titled), encoding)
      const sharesCapitals = encoding === 'vps' || encoding === 'viscii'
      assert.equal(sharesCapitals ? back.toLowerCase() : back, sharesCapitals ? syllable : titled)
    }
  }
})

test('full names in an old font are found without their font, whatever their case', () => {
  for (const encoding of ['tcvn3', 'vni', 'mojibake'] as const) {
    let [found, all] = [0, 0]
    for (const name of fullNames(4000, 7))
      for (const form of [name, name.toUpperCase()]) {
        const written = encoders[encoding](form)
        if (isAscii(written) || written === form) continue
        all += 1
        const decoded = decodeLegacy(written)
        if (!decoded.encoding) continue
        assert.equal(decoded.encoding, encoding, `${written} of ${form}`)
        assert.equal(compareNames(decoded.text, form), 'same', `${written} of ${form}`)
        found += 1
      }
    assert.ok(found / all > 0.9, `${encoding}: ${found} of ${all}`)
  }
})

test('decoding never throws, and ASCII never changes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(undefined, '.VnTime', '.VnTimeH', 'VNI-Times', 'VPS Times', 'Arial'),
      (text, font) => {
        const decoded = decodeLegacy(text, font)
        if (!decoded.encoding) assert.equal(decoded.text, text)
        if (isAscii(text)) assert.equal(decoded.encoding, undefined)
      },
    ),
  )
})

test('rarer encodings than TCVN3 and VNI are recognised by their letters too', () => {
  const seen: [string, string, LegacyEncoding][] = [
    ['Nguy­n Vån Ðức'.replace('ứ', 'Ñ'), 'Nguyễn Văn Đức', 'viscii'],
    ['NguyêÞn Thiò Hông Haòn', 'Nguyễn Thị Hông Hạn', 'windows-1258'],
    ['NguyÍn Væn ñÙc', 'Nguyễn Văn Đức', 'vps'],
    ['Nguyïîn Vùn Àûác', 'Nguyễn Văn Đức', 'bk-hcm2'],
    ["Nguye^~n Va(n DDu+'c", 'Nguyễn Văn Đức', 'viqr'],
    ['Nguye64n Va8n D9u71c', 'Nguyễn Văn Đức', 'vni-keys'],
    ['Nguyeenx Vawn DDuwcs', 'Nguyễn Văn Đức', 'telex'],
    ['Nguy&#7877;n V&#x103;n H&ugrave;ng', 'Nguyễn Văn Hùng', 'entities'],
  ]
  for (const [given, text, encoding] of seen) assert.deepEqual(decodeLegacy(given), { text, encoding }, given)
})

test('UTF-8 misread as Windows-1258 is repaired, except where two words are possible', () => {
  assert.equal(decodeLegacy('TrĂ¢\u0300n'.replace('\u0300', '')).encoding, 'mojibake')
  assert.deepEqual(decodeLegacy('LĂª Thá»‹ HĂ²a'), { text: 'Lê Thị Hòa', encoding: 'mojibake' })
  for (const text of ['Nguyá»…n Trá»ng NghÄ©a', 'Tráº§n Ãnh ThÆ°Æ¡ng']) {
    assert.equal(decodeLegacy(text).encoding, undefined)
    assert.ok(isLost(text))
  }
})

test('names in plain letters, from here and abroad, are no keys of an input program', () => {
  for (const name of [
    'Nguyen Van Anh',
    'Lee Min Ho',
    'Toon Lee',
    'Raj Taj',
    'Rudolf Olaf',
    'Keith Rees',
    'Max Rex',
    'Moon Jae In',
    'Huw Edwards',
    'Shawn Dawn',
  ])
    for (const form of [name, name.toUpperCase(), name.toLowerCase()]) assert.equal(detectLegacy(form), undefined, form)
})
