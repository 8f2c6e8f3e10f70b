import { editDistanceAtMost, jaroWinkler } from '../../names/spelling/string-distance.ts'
import type { TextList } from './distinct-texts.ts'
import { groupsBy, ownGroups } from './group-texts.ts'
import { memoizeByCode, memoizePairs } from './memoize.ts'
import { foldCase, foldLetters, letterSet, lettersApart } from './text-fold.ts'
import type { ValueKind, Values } from './value-kind.ts'

const levels = [
  'same',
  'marks-differ',
  'one-edit',
  'words-swapped',
  'words-left-out',
  'near',
  'alike',
  'different',
] as const
const textLevel = (name: (typeof levels)[number]) => levels.indexOf(name)

type FoldedText = { readonly plain: string; readonly words: readonly string[]; readonly letters: number }

const foldText = (plain: string): FoldedText => ({ plain, words: plain.split(' '), letters: letterSet(plain) })

/** All words of the one are among the other's, in whatever order. */
const isAmong = (few: readonly string[], many: readonly string[]) => few.every(word => many.includes(word))

function compareWords(a: FoldedText, b: FoldedText): number {
  const [few, many] = a.words.length <= b.words.length ? [a, b] : [b, a]
  const among = isAmong(few.words, many.words)
  if (among && few.words.length === many.words.length) return textLevel('words-swapped')
  return textLevel(among && few.plain.length > 2 ? 'words-left-out' : 'different')
}

const nearest = 0.92
const alike = 0.82

/**
 * The most that Jaro-Winkler can give two texts, by the letters that only one of them has; seldom enough to ask for the
 * rest.
 */
function mostSimilar(a: FoldedText, b: FoldedText): number {
  const [left, right] = [a.plain.length, b.plain.length]
  const matches = Math.min(
    left - lettersApart(a.letters & ~b.letters, 0),
    right - lettersApart(b.letters & ~a.letters, 0),
    left,
    right,
  )
  let common = 0
  while (common < 4 && common < left && a.plain.charCodeAt(common) === b.plain.charCodeAt(common)) common++
  const jaro = (matches / left + matches / right + 1) / 3
  return jaro + common * 0.1 * (1 - jaro)
}

function compareTexts(a: FoldedText, b: FoldedText): number {
  const [left, right] = [a.plain.length, b.plain.length]
  if (
    lettersApart(a.letters, b.letters) <= 2 &&
    Math.min(left, right) > 2 &&
    editDistanceAtMost(a.plain, b.plain, 1) <= 1
  )
    return textLevel('one-edit')
  const byWords = a.words.length + b.words.length > 2 ? compareWords(a, b) : textLevel('different')
  if (byWords !== textLevel('different')) return byWords
  if (mostSimilar(a, b) < alike) return textLevel('different')
  const similarity = jaroWinkler(a.plain, b.plain)
  return textLevel(similarity >= nearest ? 'near' : similarity >= alike ? 'alike' : 'different')
}

/** Texts that are alike without marks are of one group; `first` is the first text of each. */
type TextTraits = { readonly own: Int32Array; readonly groups: Int32Array; readonly first: Int32Array }

function textTraits(dictionary: TextList): TextTraits {
  const { groups, keys } = groupsBy(dictionary, foldLetters)
  const first = new Int32Array(keys.size + 1)
  for (let code = dictionary.size; code > 0; code--) first[groups[code] ?? 0] = code
  return { own: ownGroups(dictionary.size), groups, first }
}

function textValues(dictionary: TextList, { own, groups, first }: TextTraits): Values {
  const foldedOf = memoizeByCode(first.length, 200_000, group =>
    foldText(foldLetters(dictionary.textOf(first[group] ?? 0))),
  )
  const compareGroups = memoizePairs((a, b) => compareTexts(foldedOf(a), foldedOf(b)))
  return {
    compare(a, b) {
      const [left, right] = [groups[a] ?? 0, groups[b] ?? 0]
      if (left === right) return textLevel('marks-differ')
      return left && right ? compareGroups(left, right) : textLevel('different')
    },
    joinedAs: groups,
    sharedAs: [own, groups],
  }
}

/** Any text: a street, a place, a surname, a given name of its own column. */
export const stringKind: ValueKind = {
  levels,
  typicalM: [0.82, 0.03, 0.06, 0.01, 0.02, 0.02, 0.01, 0.03],
  reader: () => foldCase,
  traitsOf: textTraits,
  valuesOf: textValues,
}

/**
 * The name that one is called by. Where most of a column's values have several words they are whole names, and the last
 * word counts, as Vietnamese names are written; else the column has given names only, and the whole value counts.
 */
export const givenNameKind: ValueKind = {
  ...stringKind,
  reader(texts) {
    let [one, several] = [0, 0]
    for (const text of texts())
      if (/\S\s+\S/.test(text.trim())) several++
      else one++
    return several > one ? text => foldCase(text).split(' ').at(-1) ?? '' : foldCase
  },
}
