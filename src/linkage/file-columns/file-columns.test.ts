import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encoders } from '../../names/legacy/legacy.fixture.ts'
import { foldTone } from '../../names/name.ts'
import { fullNames } from '../../names/people.fixture.ts'
import { nameLevelOf } from '../comparing/comparing.ts'
import { linkName } from '../person-record.ts'
import { Dictionary } from './distinct-texts.ts'
import { type KindName, kindNames, valueKinds } from './file-columns.ts'
import { nameKind } from './names.ts'
import type { ValueKind } from './value-kind.ts'

/** The level of two texts, of columns that have the given others. */
function levelOf(kindName: KindName, a: string, b: string, column: readonly string[] = []): string {
  const kind: ValueKind = valueKinds[kindName]
  const dictionary = new Dictionary()
  const fold = kind.reader(() => [...column, a, b])
  const [left, right] = [dictionary.codeOf(fold(a)), dictionary.codeOf(fold(b))]
  if (left === 0 || right === 0) return 'missing'
  return (
    kind.levels[left === right ? 0 : kind.valuesOf(dictionary, kind.traitsOf(dictionary)).compare(left, right)] ??
    'none'
  )
}

const pairs = [
  ['exact', 'Nam', ' nam', 'same'],
  ['exact', 'Nam', 'Nữ', 'different'],
  ['number', '022205001234', '22205001234', 'same'],
  ['number', '022 205 001 234', '22205001234.0', 'same'],
  ['number', '022205001234', '022205001243', 'transposed'],
  ['number', '022205001234', '022205001239', 'one-digit'],
  ['number', '022205001234', '02220500123', 'digit-missing'],
  ['number', '022205001234', '022215001239', 'two-digits'],
  ['number', '022205001234', '031305009999', 'different'],
  ['number', '022205001234', '100123456', 'other-length'],
  ['number', '2607', '2640', 'different'],
  ['number', 'AB-1234567', 'ab1234567', 'same'],
  ['number', '0000', '12', 'missing'],
  ['date', '2005-03-15', '20050315', 'exact'],
  ['date', '15/03/2005', '2005-03-15', 'exact'],
  ['date', '15/3/2005', '2005-03-15', 'exact'],
  ['date', '07/03/2005', '2005-07-03', 'swapped'],
  ['date', '19151399', '1915-13-99', 'exact'],
  ['date', '31/02/2005', '2005-02-21', 'one-digit'],
  ['date', '2005', '2005-02-21', 'partial-year'],
  ['date', 'không rõ', '2005-02-21', 'missing'],
  ['string', 'Stanley  Street', 'stanley street', 'same'],
  ['string', 'Tổ 5, khu 2', 'To 5 khu 2', 'marks-differ'],
  ['string', 'stanley street', 'stanly street', 'one-edit'],
  ['string', 'street stanley', 'stanley street', 'words-swapped'],
  ['string', 'stanley', 'stanley street', 'words-left-out'],
  ['string', 'pinkerton circuit', 'pinkertn cicuit', 'near'],
  ['string', 'michaela', 'michelle', 'alike'],
  ['string', 'neumann', 'painter', 'different'],
  ['given-name', 'Ánh', 'anh', 'marks-differ'],
  ['name', 'Nguyễn Thúy Hòa', 'NGUYỄN THUÝ HOÀ', 'exact'],
  ['name', 'Nguyễn Thị Hạnh', 'nguyen thi hanh', 'marks-missing'],
  ['name', 'Nguyễn Văn An', 'An Nguyễn Văn', 'words-swapped'],
  ['name', 'Иванов Пётр', 'Иванов Петр', 'marks-missing'],
  ['name', 'Иванов Пётр', 'Сидоров Пётр', 'given'],
  ['name', '王小明', '王小明', 'exact'],
  ['name', '王小明', '李大文', 'different'],
  ['name', '王小明', 'Wang Xiaoming', 'different'],
  ['name', '?', 'Wang Xiaoming', 'different'],
] as const

test('two values of a kind agree to the level of the slip between them, in either order', () => {
  for (const [kind, a, b, level] of pairs) {
    assert.equal(levelOf(kind, a, b), level, `${kind}: ${a} / ${b}`)
    assert.equal(levelOf(kind, b, a), level, `${kind}: ${b} / ${a}`)
  }
})

test('names that a file has in TCVN3, VNI or as misread UTF-8 are read as the names they are', () => {
  const names = fullNames(300, 4)
  for (const encoding of ['tcvn3', 'vni', 'mojibake'] as const) {
    const column = names.map(encoders[encoding])
    const read = column.map(nameKind.reader(() => column))
    const right = read.filter((name, at) => name === foldTone(names[at] ?? '')).length
    assert.ok(right >= names.length * 0.99, `${encoding}: ${right} of ${names.length}`)
  }
  assert.deepEqual(names.map(nameKind.reader(() => names)), names.map(foldTone), 'proper names stay what they are')
  const long = encoders.vni(names.join(' '))
  assert.equal(nameKind.reader(() => [long])(long), foldTone(long), 'what is longer than any name is not decoded')
})

test('eight digits and slashes are read as most of their column can be', () => {
  const fold = (kind: KindName, column: readonly string[]) => column.map(valueKinds[kind].reader(() => column))
  assert.deepEqual(fold('date', ['15032005', '31122004', '01022003']), ['20050315', '20041231', '20030201'])
  assert.deepEqual(fold('date', ['20050315', '20041231', '19991399']), ['20050315', '20041231', '19991399'])
  assert.deepEqual(fold('date', ['03/15/2005', '01/02/2003']), ['20050315', '20030102'])
  assert.deepEqual(fold('date', ['15/03/2005', '01/02/2003', '13/13/2003']), ['20050315', '20030201', '20031313'])
})

test('a given name is the last word of a column of whole names, and all of a column of given names', () => {
  const whole = ['Nguyễn Văn An', 'Trần Thị Bình', 'Chìu Lìn', 'Mùa']
  assert.equal(levelOf('given-name', 'Lê An', 'Nguyễn Văn An', whole), 'same')
  assert.equal(levelOf('given-name', 'mary ann', 'joan ann', ['joan', 'peter', 'paul', 'ringo']), 'different')
})

test('the quick comparison of two names equals the full comparison', () => {
  const names = fullNames(250, 7).flatMap((name, i) => [
    name,
    i % 7 === 0 ? `${name} B` : i % 3 ? name.replace(/n/, 'm') : name.split(' ').toSpliced(1, 1).join(' '),
  ])
  const dictionary = new Dictionary()
  const kind: ValueKind = valueKinds.name
  const fold = kind.reader(() => names)
  const codes = names.map(name => dictionary.codeOf(fold(name)))
  const values = kind.valuesOf(dictionary, kind.traitsOf(dictionary))
  let different = 0
  for (const [i, a] of codes.entries())
    for (const [j, b] of codes.entries()) {
      if (a === b) continue
      const level = kind.levels[values.compare(a, b)]
      assert.equal(level, nameLevelOf(linkName(names[i]), linkName(names[j])), `${names[i]} / ${names[j]}`)
      if (level === 'different') different++
    }
  assert.ok(different > 10_000)
})

test('each kind has a typical rate for each level, and they add up to one', () => {
  for (const name of kindNames) {
    const kind: ValueKind = valueKinds[name]
    assert.equal(kind.typicalM.length, kind.levels.length, name)
    assert.ok(Math.abs(kind.typicalM.reduce((sum, share) => sum + share, 0) - 1) < 1e-9, name)
  }
})
