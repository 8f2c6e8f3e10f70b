import { isVowel, placeTone, toneOf, withTone } from '../letter.ts'
import { toneless } from '../syllable.ts'
import type { KeyMethod } from './encoding.ts'

/**
 * Vietnamese as it is typed where no input program listens: `Nguyeenx` by Telex, `Nguye64n` by the VNI keys, `Nguye^~n`
 * in VIQR (RFC 1456). A word's keys are put together as the program would have done; a key that nothing came of makes
 * the word another's.
 */
type Keys = {
  /** By key, the tone (an index of `toneMarks`). */
  readonly tones: Readonly<Record<string, number>>
  /** By key, the vowels that it shapes, in turn with what they become. */
  readonly shapes: Readonly<Record<string, string>>
  readonly stroke: string
}

const keysOf: Readonly<Record<KeyMethod, Keys>> = {
  telex: { tones: { f: 1, r: 2, x: 3, s: 4, j: 5 }, shapes: { a: 'aâ', e: 'eê', o: 'oô', w: 'aăoơuư' }, stroke: 'd' },
  'vni-keys': {
    tones: { '2': 1, '3': 2, '4': 3, '1': 4, '5': 5 },
    shapes: { '6': 'aâeêoô', '7': 'oơuư', '8': 'aă' },
    stroke: '9',
  },
  viqr: {
    tones: { '`': 1, '?': 2, '~': 3, "'": 4, '.': 5 },
    shapes: { '^': 'aâeêoô', '+': 'oơuư', '*': 'oơuư', '(': 'aă' },
    stroke: 'd',
  },
}

const shaped = (shapes: string, plain: string) => {
  const at = shapes.indexOf(plain)
  return at >= 0 && at % 2 === 0 ? shapes.charAt(at + 1) : undefined
}

/** Shapes the last vowel that the key can shape: the one just typed, or one before it where that makes a syllable. */
function shape(letters: string[], shapes: string): boolean {
  for (let at = letters.length - 1; at >= 0; at -= 1) {
    const found = shaped(shapes, letters[at] ?? '')
    if (!found) continue
    const made = withHorns(letters.map((letter, place) => (place === at ? found : letter)))
    if (at < letters.length - 1 && !toneless.has(made.join(''))) return false
    letters.splice(0, letters.length, ...made)
    return true
  }
  return false
}

/** uơ before another letter is ươ, of which the keys shape one: huowng. */
const withHorns = (letters: readonly string[]) =>
  letters.map((letter, at) => (letter === 'u' && letters[at + 1] === 'ơ' && at + 2 < letters.length ? 'ư' : letter))

/** What the keys of one lower-case word make; undefined where a key has nothing to act upon, or acts twice. */
export function composeStrokes(word: string, method: KeyMethod): string | undefined {
  const { tones, shapes, stroke } = keysOf[method]
  const letters: string[] = []
  let tone = 0
  for (const key of word) {
    const hasVowel = letters.some(isVowel)
    const [toned, shaping] = [tones[key], shapes[key]]
    if (toned !== undefined && hasVowel) {
      if (tone !== 0) return undefined
      tone = toned
    } else if (key === stroke && letters[0] === 'd' && (method === 'telex' || letters.length === 1)) letters[0] = 'đ'
    else if (shaping !== undefined && shape(letters, shaping)) continue
    else if (/[a-z]/.test(key)) letters.push(key)
    else return undefined
  }
  const made = withHorns(letters)
  const seat = made.findLastIndex(isVowel)
  if (tone === 0) return made.join('')
  return placeTone(made.map((letter, at) => (at === seat ? withTone(toneOf(letter).plain, tone) : letter)).join(''))
}

/** The text with its words put together; words in capitals stay so, and what cannot be put together stays as it is. */
export const decomposeToStrokes = (text: string, method: KeyMethod): string =>
  text.replace(/\S+/g, word => {
    const tail = method === 'viqr' ? '' : (/(?<![.,;:])[.,;:]+$/.exec(word)?.[0] ?? '')
    const head = word.slice(0, word.length - tail.length)
    const made = composeStrokes(head.toLowerCase(), method)
    if (made === undefined || made === head.toLowerCase()) return word
    if (head.length > 1 && head === head.toUpperCase()) return made.toUpperCase() + tail
    return (
      (head.charAt(0) === head.charAt(0).toLowerCase() ? made : made.charAt(0).toUpperCase() + made.slice(1)) + tail
    )
  })
