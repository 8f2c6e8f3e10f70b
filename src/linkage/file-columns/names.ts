import { nameLevelOf, levels as personLevels } from '../comparing/comparing.ts'
import { type LinkName, linkName } from '../person-record.ts'
import { Dictionary } from './distinct-texts.ts'
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

/** Traits that show quickly that two names are far apart, an array for each trait, by the name's code. */
type NameTraits = {
  readonly plain: Int32Array
  readonly family: Int32Array
  readonly given: Int32Array
  readonly familyAndGiven: Int32Array
  readonly sorted: Int32Array
  readonly letters: Int32Array
  readonly familyLetters: Int32Array
  readonly givenLetters: Int32Array
  readonly words: Uint8Array
}

function traitsOf(dictionary: Dictionary): NameTraits {
  const column = () => new Int32Array(dictionary.size + 1)
  const texts = { plain: new Dictionary(), part: new Dictionary(), pair: new Dictionary(), sorted: new Dictionary() }
  const words = new Uint8Array(dictionary.size + 1)
  const traits = { plain: column(), family: column(), given: column(), familyAndGiven: column(), sorted: column() }
  const letters = { letters: column(), familyLetters: column(), givenLetters: column() }
  for (let code = 1; code <= dictionary.size; code++) {
    const name = anyName(dictionary.textOf(code))
    if (!name) continue
    traits.plain[code] = texts.plain.codeOf(name.plain)
    traits.family[code] = texts.part.codeOf(name.family)
    traits.given[code] = texts.part.codeOf(name.given)
    traits.familyAndGiven[code] = texts.pair.codeOf(`${name.family} ${name.given}`)
    traits.sorted[code] = texts.sorted.codeOf(name.sorted)
    letters.letters[code] = letterSet(name.plain.replaceAll(' ', ''))
    letters.familyLetters[code] = letterSet(name.family)
    letters.givenLetters[code] = letterSet(name.given)
    words[code] = Math.min(255, name.words.length)
  }
  return { ...traits, ...letters, words }
}

/**
 * The level where a glance tells it, or undefined: the names must be looked at letter by letter. Never says other than
 * nameLevelOf.
 */
function quickLevel(t: NameTraits, a: number, b: number): number | undefined {
  if (t.plain[a] === t.plain[b]) return undefined
  const sameFamily = t.family[a] === t.family[b]
  const sameGiven = t.given[a] === t.given[b]
  if (sameFamily && sameGiven) return undefined
  const apart = lettersApart(t.letters[a] ?? 0, t.letters[b] ?? 0)
  if (apart <= 2) return undefined
  const givenApart = lettersApart(t.givenLetters[a] ?? 0, t.givenLetters[b] ?? 0)
  if (apart <= 4 && givenApart <= 2) return undefined
  if (t.words[a] !== t.words[b]) {
    const familyApart = lettersApart(t.familyLetters[a] ?? 0, t.familyLetters[b] ?? 0)
    if ((sameGiven && familyApart <= 2) || (sameFamily && givenApart <= 2)) return undefined
  }
  if (sameGiven) return nameLevel('given')
  return nameLevel(sameFamily && t.family[a] !== 0 ? 'family' : 'different')
}

function nameValues(dictionary: Dictionary): Values {
  const traits = traitsOf(dictionary)
  const nameOf = memoizeByCode(
    dictionary.size,
    50_000,
    (code): LinkName | 'none' => anyName(dictionary.textOf(code)) ?? 'none',
  )
  const lookClosely = memoizePairs((a, b) => {
    const [left, right] = [nameOf(a), nameOf(b)]
    if (left === 'none' || right === 'none') return nameLevel('different')
    return levels.indexOf(nameLevelOf(left, right))
  })
  const sharedAs: Readonly<Partial<Record<string, Int32Array>>> = {
    exact: ownGroups(dictionary.size),
    'marks-missing': traits.plain,
    'marks-differ': traits.plain,
    'words-swapped': traits.sorted,
    'middle-dropped': traits.familyAndGiven,
    'family-given': traits.familyAndGiven,
    given: traits.given,
    family: traits.family,
  }
  return {
    compare: (a, b) => quickLevel(traits, a, b) ?? lookClosely(a, b),
    joinedAs: traits.plain,
    sharedAs: levels.map(name => sharedAs[name]),
  }
}

/**
 * A person's whole name, family first and given last as in Vietnam, though the levels serve other orders too; joined
 * without marks.
 */
export const nameKind: ValueKind = {
  levels,
  typicalM: [0.76, 0.09, 0.03, 0.05, 0.03, 0.004, 0.015, 0.007, 0.005, 0.005, 0.004],
  reader: () => foldCase,
  valuesOf: nameValues,
}
