import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { alphabet, toneMarks } from './letter.ts'
import {
  cleanName,
  foldedWords,
  foldMarks,
  foldTone,
  isPlausibleName,
  nameParts,
  nameWords,
  sortKey,
  titleCase,
} from './name.ts'
import { fullNames, others, syllables } from './people.fixture.ts'
import { compareNames, differingLetters, sameGivenName } from './spelling/spelling.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 30 })
const aName = fc.constantFrom(...fullNames(500), ...others)
const aSyllable = fc.constantFrom(...syllables)

test('cleaning a name keeps case and tone placement, and drops stray characters', () => {
  assert.equal(cleanName('  NGUYỄN\u00a0 VĂN\u200b  Hoà. ,'), 'NGUYỄN VĂN Hoà')
  assert.equal(cleanName('Ðặng Thị Hòa'), 'Đặng Thị Hòa')
  assert.equal(cleanName('ðặng'), 'đặng')
  assert.equal(cleanName('\ufeffH’ Hen Niê'), "H' Hen Niê")
  assert.equal(cleanName("K'"), "K'")
  assert.equal(cleanName('Ｎguyễn'), 'Nguyễn')
})

test('half-composed letters are composed, whichever mark came first', () => {
  assert.equal(cleanName('Việ\u0302t'.normalize('NFC')).length, cleanName('Việ\u0302t').length)
  assert.equal(cleanName('Vi\u00ea\u0323t'), 'Việt')
  assert.equal(cleanName('Vi\u1eb9\u0302t'), 'Việt')
  assert.equal(cleanName('Ca\u0301\u0302m'), 'Cấm')
})

test('cleaning and folding twice is cleaning and folding once', () => {
  for (const text of [anyText, aName])
    fc.assert(
      fc.property(text, given => {
        assert.equal(cleanName(cleanName(given)), cleanName(given))
        assert.equal(foldTone(foldTone(given)), foldTone(given))
        assert.equal(foldMarks(foldMarks(given)), foldMarks(given))
        assert.equal(foldMarks(foldTone(given)), foldMarks(given))
      }),
      { numRuns: 2000 },
    )
})

test('however Unicode composes a name, it reads the same', () => {
  /** Composes each letter's shape but leaves its tone apart, as Windows' Vietnamese keyboard does. */
  const halfComposed = (text: string) =>
    text.normalize('NFD').replace(/(\p{L})(\p{M}*)/gu, (_, letter: string, marks: string) => {
      const tone = [...marks].filter(mark => toneMarks.some(known => known === mark))
      const shape = [...marks].filter(mark => !tone.includes(mark))
      return (letter + shape.join('')).normalize('NFC') + tone.join('')
    })
  fc.assert(
    fc.property(aName, name => {
      for (const form of [name.normalize('NFD'), name.normalize('NFC'), halfComposed(name)]) {
        assert.equal(cleanName(form), cleanName(name))
        assert.equal(foldTone(form), foldTone(name))
        assert.equal(sortKey(form), sortKey(name))
      }
    }),
  )
  assert.notEqual(halfComposed('Việt'), 'Việt')
})

test('old and new tone placement fold to one key, onsets qu and gi included', () => {
  const pairs = 'hòa=hoà thúy=thuý khỏe=khoẻ hóa=hoá tòa=toà ủy=uỷ quý=qúy giá=gía quả=qủa già=gìa lóe=loé thủy=thuỷ'
  for (const pair of pairs.split(' ')) {
    const [older, newer] = pair.split('=')
    assert.equal(foldTone(newer ?? ''), foldTone(older ?? ''), pair)
  }
  assert.equal(foldTone('QUÝ Giá QUẢ hoà'), 'quý giá quả hòa')
  assert.equal(foldTone('Toàn Khuỷu Nguyễn Thuở Gìn Giếng Quốc'), 'toàn khuỷu nguyễn thuở gìn giếng quốc')
})

test('folding the tone never makes two different syllables one', () => {
  assert.equal(new Set(syllables.map(foldTone)).size, new Set(syllables).size)
  for (const syllable of syllables) assert.equal(foldTone(syllable), syllable)
})

test('the key without marks has only a–z, and keeps apostrophes where peoples write them', () => {
  assert.equal(foldMarks('Đặng Thị Hoà'), 'dang thi hoa')
  assert.equal(foldMarks("H' Hen Niê"), "h'hen nie")
  assert.equal(foldMarks('H’Hen  Niê'), "h'hen nie")
  assert.equal(foldMarks("K'"), "k'")
  assert.equal(foldMarks('Y Bih Êban'), 'y bih eban')
  assert.equal(foldMarks('Anne-Marie Müller'), 'anne marie muller')
  for (const syllable of syllables) assert.match(foldMarks(syllable), /^[a-z]+$/)
})

test('folding word by word equals folding the whole text, also after cleaning', () => {
  const odd = fc.constantFrom(
    'Nguyễn',
    'hoà',
    'HÒA',
    'Quý',
    "H'Hen",
    'Đ.',
    'y-Niê',
    'Thu\u0309y',
    '',
    'ß',
    '12',
    'Nguyê\u0303n',
    'Ð',
    'Ａn',
    'ŋ',
    'İ',
    '3A1',
  )
  const word = fc.oneof(odd, aSyllable, fc.string({ maxLength: 4 }))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), words => {
      const written = words.join(' ')
      // A blank at the end is no part of the name, and sends the text the long way.
      const long = `${written} `
      assert.equal(foldTone(written), foldTone(long))
      assert.equal(foldMarks(written), foldMarks(long))
      assert.equal(sortKey(written), sortKey(long))
      assert.equal(cleanName(written), cleanName(long))
      const { marked, plain } = foldedWords(written)
      assert.equal(marked.join(' '), foldTone(long))
      assert.equal(plain.join(' ').trim(), foldMarks(long))
    }),
    { numRuns: 5000 },
  )
})

test('the given name comes last, and one word is a given name', () => {
  assert.deepEqual(nameParts('Nguyễn Thị Thu Hà'), { family: 'Nguyễn', middle: 'Thị Thu', given: 'Hà' })
  assert.deepEqual(nameParts('Tằng A Tài'), { family: 'Tằng', middle: 'A', given: 'Tài' })
  assert.deepEqual(nameParts('Blúp'), { family: '', middle: '', given: 'Blúp' })
  assert.deepEqual(nameParts(' '), { family: '', middle: '', given: '' })
  assert.deepEqual(nameWords('NGUYỄN Thị  Hoà'), ['nguyễn', 'thị', 'hòa'])
})

test('a class list sorts by given name, then family, then middle names, in Vietnamese order', () => {
  const inOrder = [
    'Trần Văn An',
    'Nguyễn Thị Ánh',
    'Lê Ân',
    'Bùi Bình',
    'Nguyễn Văn Dũng',
    'Hà Đạt',
    'Lê Hà',
    'Lê Hạ',
    'Đỗ Hoà',
    'Đỗ Thị Hòa',
    'Lê Hòa',
    'Lê Văn Hòa',
    'Vũ Oanh',
    'Vũ Út',
    'Vũ Ưng',
    'Vũ Ý',
  ]
  const shuffled = inOrder.toReversed()
  assert.deepEqual(
    shuffled.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    inOrder,
  )
})

/** A second, slower telling of the rule: words given first, letters by the alphabet, then tones, then the next word. */
function inTheOrderOfLists(a: string, b: string): number {
  const wordsInTurn = (name: string) => {
    const words = nameWords(name)
    return [...words.slice(-1), ...words.slice(0, -1)]
  }
  const letters = (word: string) =>
    [
      ...word
        .normalize('NFD')
        .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
        .normalize('NFC'),
    ].map(letter => alphabet.indexOf(letter))
  const tones = (word: string) =>
    [...word].map(letter =>
      Math.max(0, ...[1, 2, 3, 4, 5].filter(tone => letter.normalize('NFD').includes(toneMarks[tone] ?? ' '))),
    )
  const byNumbers = (left: number[], right: number[]) => {
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
      const difference = (left[at] ?? -1) - (right[at] ?? -1)
      if (difference !== 0) return Math.sign(difference)
    }
    return 0
  }
  const [left, right] = [wordsInTurn(a), wordsInTurn(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at], right[at]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const difference = byNumbers(letters(one), letters(other)) || byNumbers(tones(one), tones(other))
    if (difference !== 0) return difference
  }
  return 0
}

test('the sort key orders as the rule does, and is ASCII, so that PostgreSQL and JavaScript agree', () => {
  const words = fc.array(aSyllable, { minLength: 1, maxLength: 4 }).map(list => list.join(' '))
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [left, right] = [sortKey(a), sortKey(b)]
      assert.match(left, /^[\u0020-\u007e]*$/)
      assert.equal(Math.sign(left < right ? -1 : left > right ? 1 : 0), inTheOrderOfLists(a, b), `${a} | ${b}`)
    }),
    { numRuns: 5000 },
  )
  fc.assert(fc.property(anyText, text => assert.match(sortKey(text), /^[\u0020-\u007e]*$/)))
})

test('close syllables sort as the rule says too', () => {
  const near = 'an ân ăn ang anh án ạn ấn ẩn hoa hóa hòa hoà hoá du đu dư dự đự o ô ơ ồ ờ'.split(' ')
  for (const a of near)
    for (const b of near) {
      const [left, right] = [sortKey(`Lê ${a}`), sortKey(`Lê ${b}`)]
      assert.equal(left < right ? -1 : left > right ? 1 : 0, inTheOrderOfLists(`Lê ${a}`, `Lê ${b}`), `${a} ${b}`)
    }
})

test('capitals become a title', () => {
  assert.equal(titleCase('NGUYỄN VĂN AN'), 'Nguyễn Văn An')
  assert.equal(titleCase("H'HEN NIÊ"), "H'Hen Niê")
  assert.equal(titleCase('ĐẶNG THỊ Ý'), 'Đặng Thị Ý')
  assert.equal(titleCase('anne-marie'), 'Anne-Marie')
})

test('one letter and one word are names; digits, signs and old fonts are not', () => {
  for (const name of [...others, 'A', 'Y', 'Út', "H'", 'Nguyễn Văn A.', 'Lê T. H'])
    assert.ok(isPlausibleName(name), name)
  for (const text of ['', ' . ', '123', 'Nguyễn Văn An 2', 'Lê Hà (con)', 'Hµ', 'Lª', 'TrÇn ThÞ H¬ng', 'a@b', '王'])
    assert.ok(!isPlausibleName(text), text)
})

test('names are compared as officials do: case, Unicode form and tone placement are no difference', () => {
  assert.equal(compareNames('NGUYỄN THỊ HÒA', 'Nguyễn Thị Hoà'.normalize('NFD')), 'same')
  assert.equal(compareNames('Nguyễn  Văn An', 'NguyễnVăn An'), 'same')
  assert.equal(compareNames('Nguyễn Văn Đức', 'Nguyễn Van Duc'), 'marks-differ')
  assert.equal(compareNames('Lê Thị Hà', 'Lê Thị Hạ'), 'marks-differ')
  assert.equal(compareNames('Lê Thị Mỹ', 'Lê Thị Mĩ'), 'letters-differ')
  assert.equal(compareNames('Lê Thị Hà', 'Lê Thu Hà'), 'letters-differ')
  assert.ok(sameGivenName('Lê Thị HOÀ', 'Trần Hòa'))
  assert.ok(!sameGivenName('Lê Thị Hoà', 'Trần Hoa'))
})

test('the differing letters of two names are pointed at in both', () => {
  assert.deepEqual(differingLetters('Trần Thi An', 'Trần Thị Anh'), {
    a: [[7, 8]],
    b: [
      [7, 8],
      [11, 12],
    ],
  })
  assert.deepEqual(differingLetters('LÊ HOÀ', 'Lê Hòa'), { a: [], b: [] })
  assert.deepEqual(differingLetters('Lê Hà', 'Lê Thị Hà'), { a: [], b: [[3, 7]] })
  assert.deepEqual(differingLetters('', 'An'), { a: [], b: [[0, 2]] })
})

test('letters differ exactly where names do, and lie within the cleaned names', () => {
  fc.assert(
    fc.property(aName, aName, (a, b) => {
      const { a: inA, b: inB } = differingLetters(a, b)
      const keeps = (name: string, stretches: readonly (readonly [number, number])[]) => {
        const letters = [...cleanName(name)]
        assert.ok(stretches.every(([from, to]) => from >= 0 && from < to && to <= letters.length))
        return letters.filter((_, at) => !stretches.some(([from, to]) => at >= from && at < to)).length
      }
      assert.equal(keeps(a, inA), keeps(b, inB))
      const foldsAlike = cleanName(foldTone(a)) === cleanName(foldTone(b))
      if (inA.length + inB.length === 0) assert.ok(foldsAlike, `${a} | ${b}`)
    }),
  )
})

test('look-alike Cyrillic and Greek letters become Latin beside Latin letters only', () => {
  assert.equal(cleanName('\u041d\u043eàng V\u0430n \u0410n'), 'Hoàng Van An')
  assert.equal(cleanName('\u0391n \u039dguyễn'), 'An Nguyễn')
  for (const name of ['\u0410\u043d\u043d\u0430', 'Nguyễn \u0416\u0430n']) assert.equal(cleanName(name), name)
})
