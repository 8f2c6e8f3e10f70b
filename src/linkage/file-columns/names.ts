import { longestWritten } from '../../names/law.ts'
import { readLegacyColumn } from '../../names/legacy/column.ts'
import { decodeLegacy, isAscii, isPlainUnicode } from '../../names/legacy/legacy.ts'
import { nameLevelOf, levels as personLevels } from '../comparing/comparing.ts'
import { type LinkName, linkName } from '../person-record.ts'
import { Dictionary, type TextList } from './distinct-texts.ts'
import { ownGroups } from './group-texts.ts'
import { memoizeByCode, memoizePairs } from './memoize.ts'
import { foldCase, foldLetters, isOtherScript, letterSet, lettersApart } from './text-fold.ts'
import type { ValueKind, Values } from './value-kind.ts'

const levels: readonly string[] = personLevels.name.filter(level => level !== 'missing')
const nameLevel = (name: string) => levels.indexOf(name)

/** Names of other scripts are cut into words like ours; their letters stay what they are. */
function anyName(text: string): LinkName | undefined {
  if (!isOtherScript(text)) return linkName(text)
  const plain = foldLetters(text)
  const words = plain.split(' ').filter(Boolean)
  const [given, family] = [words.at(-1) ?? '', words.length > 1 ? (words[0] ?? '') : '']
  if (given === '') return undefined
  const middle = words.slice(1, -1).join(' ')
  const marked = foldCase(text)
  const parts = { family, middle, given, markedFamily: family, markedMiddle: middle, markedGiven: given }
  const joined = marked.replaceAll(' ', '')
  return {
    marked,
    markedWords: marked.split(' '),
    joined,
    letters: joined.length,
    plain,
    words,
    sorted: [...words].sort().join(' '),
    ...parts,
  }
}

/** Traits by the name's code; those of `glance` show quickly that two names are far apart. */
type NameTraits = {
  readonly own: Int32Array
  readonly plain: Int32Array
  readonly family: Int32Array
  readonly given: Int32Array
  readonly familyAndGiven: Int32Array
  readonly sorted: Int32Array
  /** What quickLevel asks of a name, side by side: two names cost two far reaches into memory and not twelve. */
  readonly glance: Int32Array
}

/** The places of a name's traits in its row of `glance`. */
const glanceWidth = 8
const [plainAt, familyAt, givenAt, lettersAt, familyLettersAt, givenLettersAt, wordsAt] = [0, 1, 2, 3, 4, 5, 6] as const

function nameTraits(dictionary: TextList): NameTraits {
  const column = () => new Int32Array(dictionary.size + 1)
  const texts = { plain: new Dictionary(), part: new Dictionary(), pair: new Dictionary(), sorted: new Dictionary() }
  const glance = new Int32Array((dictionary.size + 1) * glanceWidth)
  const traits = { plain: column(), family: column(), given: column(), familyAndGiven: column(), sorted: column() }
  for (let code = 1; code <= dictionary.size; code++) {
    const name = anyName(dictionary.textOf(code))
    if (!name) continue
    traits.plain[code] = texts.plain.codeOf(name.plain)
    traits.family[code] = texts.part.codeOf(name.family)
    traits.given[code] = texts.part.codeOf(name.given)
    traits.familyAndGiven[code] = texts.pair.codeOf(`${name.family} ${name.given}`)
    traits.sorted[code] = texts.sorted.codeOf(name.sorted)
    const at = code * glanceWidth
    glance[at + plainAt] = traits.plain[code] ?? 0
    glance[at + familyAt] = traits.family[code] ?? 0
    glance[at + givenAt] = traits.given[code] ?? 0
    glance[at + lettersAt] = letterSet(name.plain.replaceAll(' ', ''))
    glance[at + familyLettersAt] = letterSet(name.family)
    glance[at + givenLettersAt] = letterSet(name.given)
    glance[at + wordsAt] = name.words.length
  }
  return { ...traits, glance, own: ownGroups(dictionary.size) }
}

/**
 * The level where a glance tells it, or undefined: the names must be looked at letter by letter. Never says other than
 * nameLevelOf.
 */
function quickLevel(glance: Int32Array, a: number, b: number): number | undefined {
  const [one, other] = [a * glanceWidth, b * glanceWidth]
  const isSame = (trait: number) => glance[one + trait] === glance[other + trait]
  const apartIn = (letters: number) => lettersApart(glance[one + letters] ?? 0, glance[other + letters] ?? 0)
  if (isSame(plainAt)) return undefined
  const [sameFamily, sameGiven] = [isSame(familyAt), isSame(givenAt)]
  if (sameFamily && sameGiven) return undefined
  const apart = apartIn(lettersAt)
  if (apart <= 2) return undefined
  const givenApart = apartIn(givenLettersAt)
  if (apart <= 4 && givenApart <= 2) return undefined
  if (!isSame(wordsAt) && ((sameGiven && apartIn(familyLettersAt) <= 2) || (sameFamily && givenApart <= 2)))
    return undefined
  if (sameGiven) return levelOfGiven
  return sameFamily && glance[one + familyAt] !== 0 ? levelOfFamily : levelOfDifferent
}

const [levelOfGiven, levelOfFamily, levelOfDifferent] = [
  nameLevel('given'),
  nameLevel('family'),
  nameLevel('different'),
]

function nameValues(dictionary: TextList, traits: NameTraits): Values {
  const nameOf = memoizeByCode(
    dictionary.size,
    50_000,
    (code): LinkName | 'none' => anyName(dictionary.textOf(code)) ?? 'none',
  )
  const lookClosely = memoizePairs((a, b) => {
    const [left, right] = [nameOf(a), nameOf(b)]
    if (left === 'none' || right === 'none') return levelOfDifferent
    return levels.indexOf(nameLevelOf(left, right))
  })
  const sharedAs: Readonly<Partial<Record<string, Int32Array>>> = {
    exact: traits.own,
    'marks-missing': traits.plain,
    'marks-differ': traits.plain,
    'words-swapped': traits.sorted,
    'middle-dropped': traits.familyAndGiven,
    'family-given': traits.familyAndGiven,
    given: traits.given,
    family: traits.family,
  }
  return {
    compare: (a, b) => quickLevel(traits.glance, a, b) ?? lookClosely(a, b),
    joinedAs: traits.plain,
    sharedAs: levels.map(name => sharedAs[name]),
  }
}

/** So many cells of an old encoding, of a thousand, and the column is read as one. */
const oldColumnFrom = 2

/**
 * Reads names that a file has in an old encoding (TCVN3, VNI, misread UTF-8), then folds. Where many are, a column is
 * read as a whole, since cells that do not tell their encoding are like those beside them. What is longer than any name
 * stays as it came.
 */
export function nameReader(texts: () => Iterable<string>): (text: string) => string {
  const decoded = new Map<string, string>()
  let count = 0
  const isNameSized = (text: string) => text.length <= longestWritten.name
  for (const text of texts()) {
    count++
    if (!isNameSized(text) || isAscii(text) || isPlainUnicode(text)) continue
    const { encoding, text: read } = decodeLegacy(text)
    if (encoding) decoded.set(text, read)
  }
  if (decoded.size * 1000 >= count * oldColumnFrom && decoded.size > 0) {
    const all = [...texts()].filter(isNameSized)
    for (const [at, { text }] of readLegacyColumn(all).entries()) {
      const raw = all[at] ?? ''
      if (text !== raw) decoded.set(raw, text)
      else decoded.delete(raw)
    }
  }
  return text => foldCase(decoded.get(text) ?? text)
}

/**
 * A person's whole name, family first and given last as in Vietnam, though the levels serve other orders too; joined
 * without marks.
 */
export const nameKind: ValueKind = {
  levels,
  typicalM: [0.76, 0.09, 0.03, 0.05, 0.03, 0.004, 0.015, 0.007, 0.005, 0.005, 0.004],
  reader: nameReader,
  traitsOf: nameTraits,
  valuesOf: nameValues,
}
