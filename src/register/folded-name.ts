import { cleanName } from '../names/name.ts'
import { keysOf } from '../names/names.ts'

/** A name with its search keys; see names.keysOf. */
export type FoldedName = {
  readonly name: string
  readonly tone: string
  readonly ascii: string
  readonly family: string
  readonly given: string
  readonly sort: string
  /** The words of `ascii` that are not doubles, blanks between. */
  readonly words: string
}

type FoldedWord = { readonly clean: string; readonly tone: string; readonly ascii: string; readonly sort: string }

/** Folds any name by names' own rules. Empty where nothing is left of it. */
export function foldName(text: string): FoldedName | undefined {
  const name = cleanName(text)
  if (name === '') return undefined
  const { tone, marks, sort } = keysOf(name)
  // Names in other scripts have no Latin letters to search by; their own words stand in.
  const ascii = marks || tone
  return foldedFrom(name, tone, ascii, sort)
}

function foldedFrom(name: string, tone: string, ascii: string, sort: string): FoldedName {
  const words = ascii.split(' ')
  const given = words[words.length - 1] ?? ''
  return {
    name,
    tone,
    ascii,
    family: words.length > 1 ? (words[0] ?? '') : '',
    given,
    sort,
    words: distinctWords(words, ascii),
  }
}

function distinctWords(words: readonly string[], ascii: string): string {
  for (let i = 1; i < words.length; i++) if (words.indexOf(words[i] ?? '') < i) return [...new Set(words)].join(' ')
  return ascii
}

const plainWord = /^[\p{L}\p{M}]+$/u
/**
 * Words that occur once only must not fill the memory; longer ones may be views on the piece of a file they were cut
 * from, and would keep it.
 */
const maxCachedWords = 50_000
const maxCachedWordLength = 12

/**
 * The same for millions of names: a province has some thousand words, and each is folded once. A name with anything but
 * letters and single blanks goes the long way. A property test holds that both ways agree.
 */
export function nameFolder(): (text: string) => FoldedName | undefined {
  const known = new Map<string, FoldedWord | 'unlike'>()

  const read = (text: string): FoldedWord | 'unlike' => {
    const found = known.get(text)
    if (found) return found
    const whole = plainWord.test(text) ? foldName(text) : undefined
    const word: FoldedWord | 'unlike' =
      whole && !whole.ascii.includes(' ') && /^[a-z]+$/.test(whole.ascii)
        ? { clean: whole.name, tone: whole.tone, ascii: whole.ascii, sort: whole.sort }
        : 'unlike'
    if (known.size < maxCachedWords && text.length <= maxCachedWordLength) known.set(text, word)
    return word
  }

  return text => {
    const parts = text.split(' ')
    const last = read(parts[parts.length - 1] ?? '')
    if (last === 'unlike') return foldName(text)
    let [name, tone, ascii, sort] = ['', '', '', last.sort]
    for (let i = 0; i < parts.length - 1; i++) {
      const word = read(parts[i] ?? '')
      if (word === 'unlike') return foldName(text)
      name += `${word.clean} `
      tone += `${word.tone} `
      ascii += `${word.ascii} `
      sort += ` ${word.sort}`
    }
    return foldedFrom(name + last.clean, tone + last.tone, ascii + last.ascii, sort)
  }
}
