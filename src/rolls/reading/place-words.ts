import { foldMarks, foldTone } from '../../names/name.ts'
import { memoize } from '../../platform/memoize.ts'

/** How people write places: ranks whole or cut short, small to large, between commas, hyphens or nothing at all. */

export type Rank = 'phuong' | 'xa' | 'thi tran' | 'dac khu' | 'quan' | 'huyen' | 'thi xa' | 'thanh pho' | 'tinh'
const ranks: readonly Rank[] = ['phuong', 'xa', 'thi tran', 'dac khu', 'quan', 'huyen', 'thi xa', 'thanh pho', 'tinh']

/** A piece of an address: its rank where it bears one, and its name with marks and without. */
export type AddressPiece = { readonly rank: Rank | undefined; readonly marked: string; readonly plain: string }

const shortRanks: readonly (readonly [RegExp, Rank])[] = [
  [/^tt\s*[.\s]\s*|^ttr\s*[.\s]\s*|^t\.\s*t\b\.?\s*|^t\s*\.\s*tr[ấâa]n\s+/, 'thi tran'],
  [/^tx\s*[.\s]\s*|^t\.\s*x\b\.?\s*|^t\s*\.\s*x[ãa]\s+/, 'thi xa'],
  [/^tp\s*[.\s]\s*|^t\.\s*p\b\.?\s*|^t\s*\.\s*ph[ốôo]\s+/, 'thanh pho'],
  [/^(?:ph?|f)\s*\.\s*|^(?:ph?|f)\s+|^[pf](?=\d)/, 'phuong'],
  [/^x\s*\.\s*|^x\s+/, 'xa'],
  [/^h\s*\.\s*|^h\s+/, 'huyen'],
  [/^q\s*\.\s*|^q\s+|^q(?=\d)/, 'quan'],
  [/^t\s*\.\s*/, 'tinh'],
]

/**
 * "Phường Hồng Hà", "P.Hồng Hà" → its rank and its name. Pieces repeat from row to row and from roll to roll: a
 * province's rolls name some thousand places a hundred times each.
 */
export const pieceOf = memoize(50_000, readPiece)

function readPiece(text: string): AddressPiece {
  // A dot ends a word, and tones are placed word by word.
  const marked = foldTone(text.replace(/^[\s.,:-]+/, '').replace(/\.(?=\p{L})/gu, '. '))
  const parts = marked.split(' ')
  for (const words of [2, 1]) {
    if (parts.length <= words) continue
    const first = foldMarks(parts.slice(0, words).join(' '))
    const rank = ranks.find(one => one === first)
    if (rank && !isQuanOfAName(parts)) return named(rank, parts.slice(words).join(' '))
  }
  for (const [short, rank] of shortRanks)
    if (short.test(marked) && marked.replace(short, '') !== '') return named(rank, marked.replace(short, ''))
  return named(undefined, marked)
}

/** Quan Lạn is a commune; a quận is written with its marks where the name has them. */
const isQuanOfAName = ([first, ...rest]: readonly string[]) =>
  first === 'quan' && rest.some(word => foldMarks(word) !== word)

/** Ward 01 is ward 1. */
const named = (rank: Rank | undefined, text: string): AddressPiece => {
  const marked = text.trim().replace(/^(?=\d+$)0+(?=\d)/, '')
  return { rank, marked, plain: foldMarks(marked) }
}

/** Where a rank stands in the middle, something begins: "Tổ 5 phường Hà Khánh". */
const innerRank = new RegExp(
  String.raw`(?<=\S)\s+(?=(?:phường|thị trấn|thị xã|(?<!thị )xã|thành phố|huyện|quận|tỉnh|phuong` +
    String.raw`|thi tran|thi xa|thanh pho|huyen)\s|(?:p|ph|x|tt|tx|tp|h)\.\s*\p{L})`,
  'iu',
)

/** A hyphen parts places, with blanks or without; within these names, and in house numbers (12-14), it does not. */
const hyphenedNames = /(b[àa] r[ịi]a|phan rang|th[ừu]a thi[êe]n)\s*[-–—]\s*(?=\p{L})/giu
const separators = /[,;\n/|]|[–—]+|-(?=\s)|(?<=\s)-|(?<!\d)-|-(?!\d)/

export const piecesOf = (text: string): AddressPiece[] =>
  text
    .normalize('NFC')
    .replace(hyphenedNames, '$1 ')
    .split(separators)
    .flatMap(piece => piece.trim().split(innerRank))
    .map(piece => piece.trim())
    .filter(Boolean)
    .map(pieceOf)
