/**
 * Vietnamese letters and their tones, the ground on which folding and sorting stand. Letters here are lower case, NFC.
 */

/** The tones in the order of Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng. As an index 0–5. */
export const toneMarks = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'] as const

/** The Vietnamese alphabet in its order, with f j w z at their Latin places, since names have them. */
export const alphabet = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'

export const vowels = 'aăâeêioôơuưy'

type Toned = { readonly plain: string; readonly tone: number }

const parts = new Map<string, Toned>()
const joined = new Map<string, string>()
for (const plain of vowels)
  for (const [tone, mark] of toneMarks.entries()) {
    const letter = (plain + mark).normalize('NFC')
    parts.set(letter, { plain, tone })
    joined.set(`${plain}${tone}`, letter)
  }

/** A lower-case letter without its tone, and the tone. Letters that are no Vietnamese vowel have tone 0. */
export const toneOf = (letter: string): Toned => parts.get(letter) ?? { plain: letter, tone: 0 }

export const withTone = (vowel: string, tone: number): string => joined.get(`${vowel}${tone}`) ?? vowel

export const isVowel = (plain: string) => plain !== '' && vowels.includes(plain)

/**
 * The index of the letter that bears the tone of a toneless word, in the older style (hòa, thúy, khỏe); undefined where
 * the word is not a single syllable, as in foreign names. `qu` and `gi` before a vowel belong to the onset: quý, giá.
 */
export function toneSeat(plain: readonly string[]): number | undefined {
  let from = plain.findIndex(isVowel)
  if (from < 0) return undefined
  const absorbed =
    (plain[from] === 'u' && plain[from - 1] === 'q') || (plain[from] === 'i' && from === 1 && plain[0] === 'g')
  if (absorbed && isVowel(plain[from + 1] ?? '')) from += 1

  let to = from
  while (isVowel(plain[to + 1] ?? '')) to += 1
  if (plain.slice(to + 1).some(isVowel)) return undefined

  for (let at = to; at >= from; at -= 1) if ('ăâêôơư'.includes(plain[at] ?? '')) return at
  const count = to - from + 1
  if (count === 1) return from
  if (count === 2) return to + 1 < plain.length ? to : from
  return count === 3 ? from + 1 : undefined
}

/**
 * The word, lower case and NFC, with its tone on the letter that bears it in the older style; foreign words stay as
 * they are.
 */
export function placeTone(word: string): string {
  const letters = [...word].map(toneOf)
  const toned = letters.filter(({ tone }) => tone > 0)
  if (toned.length !== 1) return word

  const plain = letters.map(letter => letter.plain)
  const seat = toneSeat(plain)
  if (seat === undefined) return word
  return plain.map((letter, at) => (at === seat ? withTone(letter, toned[0]?.tone ?? 0) : letter)).join('')
}
