/** Where a text says what was typed, without regard to marks and capitals: "hong h" is in Hồng Hà. */

type Range = readonly [from: number, to: number]

/** One letter without its marks; đ is no d with a mark to Unicode. */
function folded(letter: string): string {
  const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain === 'đ' ? 'd' : plain
}

/** Letter by letter, so that a place in the folded text is the same place in the text. */
const foldText = (text: string) => [...text.normalize('NFC')].map(letter => folded(letter).slice(0, 1) || ' ').join('')

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')

function wordAt(text: string, word: string, taken: readonly Range[] = []): number {
  const isFree = (at: number) => taken.every(([from, to]) => at >= to || at + word.length <= from)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (isWordStart(text, at) && isFree(at)) return at
  return -1
}

/**
 * Where `text` has what was typed: as one piece from the beginning of a word, else each word of it at the beginning of
 * a word of its own; undefined where it has not. What was typed may be empty: then every text has it, nowhere.
 */
export function rangesIn(text: string, typed: string): readonly Range[] | undefined {
  const [inText, asked] = [foldText(text), foldText(typed).trim().replace(/\s+/g, ' ')]
  if (asked === '') return []
  const whole = wordAt(inText, asked)
  if (whole >= 0) return [[whole, whole + asked.length]]
  const ranges: Range[] = []
  for (const word of asked.split(' ')) {
    const at = wordAt(inText, word, ranges)
    if (at < 0) return undefined
    ranges.push([at, at + word.length])
  }
  return ranges.toSorted(([a], [b]) => a - b)
}

type Piece = { readonly text: string; readonly isMatch: boolean }

/** A text in pieces, those that were typed marked. */
export function piecesOf(text: string, typed: string): readonly Piece[] {
  const whole = [...text.normalize('NFC')]
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of rangesIn(text, typed) ?? []) {
    if (from > at) pieces.push({ text: whole.slice(at, from).join(''), isMatch: false })
    pieces.push({ text: whole.slice(from, to).join(''), isMatch: true })
    at = to
  }
  if (at < whole.length) pieces.push({ text: whole.slice(at).join(''), isMatch: false })
  return pieces
}

/** What is typed of a name: its words, and the day or year of birth behind them. */
export function nameAndBirth(typed: string): { readonly name: string; readonly birth: string } {
  const text = typed.trim()
  const digit = text.search(/\d/)
  const [before, birth] = digit < 0 ? [text, ''] : [text.slice(0, digit), text.slice(digit)]
  const isBirth = /^[\d/.-]*$/.test(birth)
  return isBirth ? { name: before.replaceAll(',', ' ').trim(), birth } : { name: '', birth: '' }
}

/** The digits of a personal number of twelve, or of an old one of nine, however they are grouped. */
export function numberIn(typed: string): string | undefined {
  const digits = typed.replace(/[\s.-]/g, '')
  return /^(\d{9}|\d{12})$/.test(digits) ? digits : undefined
}
