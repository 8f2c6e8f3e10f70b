import type { LegacyEncoding } from './encoding.ts'
import {
  bestEncoding,
  certainEncoding,
  decodeAs,
  encodingOfFont,
  enough,
  isAscii,
  isCapitalFont,
  isLost,
  isOfBytes,
  isPlainUnicode,
  rivalsIn,
  weighText,
} from './legacy.ts'
import { isSurelyMojibake } from './mojibake.ts'
import { hasOddWord, type Odds, rarityOf } from './reading-odds.ts'

/**
 * A column of texts read together: cells that tell their encoding by themselves speak for those beside them that do not
 * (Hoà may be VNI's Hồ). The nearest in the same font count, not the most of the column: sheets are put together from
 * several sources.
 */

/** How an encoding is known: by the cell's font, its own letters, the cells about it, or a person's word. */
export type EncodingEvidence = 'font' | 'letters' | 'column' | 'person'

export type CellReading = {
  /** In Unicode, not yet cleaned. */
  readonly text: string
  readonly encoding?: LegacyEncoding | undefined
  readonly by?: EncodingEvidence | undefined
  /** Why a person must look: letters are lost; or two readings make sense. The text is as it came. */
  readonly untold?: 'lost' | 'unclear' | undefined
}

type ColumnCell = {
  readonly text: string
  readonly font: string | undefined
  readonly odds: Odds
  readonly alone: LegacyEncoding | undefined
  /** The encoding that it suggests for its neighbours: at first its own. */
  readonly told: LegacyEncoding | undefined
  /** In one of these it surely is, but it does not tell in which. */
  readonly rivals: readonly LegacyEncoding[]
  /** Has letters that no old encoding shows. */
  readonly isUnicode: boolean
}

const nothing: Odds = new Map()

function cellOf(text: string, font: string | undefined): ColumnCell {
  const blank: ColumnCell = {
    text,
    font,
    odds: nothing,
    alone: undefined,
    told: undefined,
    rivals: [],
    isUnicode: false,
  }
  const sure = certainEncoding(text)
  if (sure) return { ...blank, alone: sure, told: sure }
  if (!isAscii(text) && isSurelyMojibake(text)) return { ...blank, rivals: ['mojibake'] }
  if (isPlainUnicode(text, font)) return { ...blank, isUnicode: !isOfBytes(text) }
  const odds = weighText(text, font)
  const alone = bestEncoding(odds, text)
  return { ...blank, odds, alone, told: alone, rivals: alone ? [] : rivalsIn(odds) }
}

/** How many of the cells nearby are asked, and how sure their answer must be: ten to one. */
const nearby = 12
const sureByNeighbours = 1

/** A cell that tells its neighbours what it is in, or in one of which: at which place of the column. */
type Teller = { readonly at: number; readonly what: readonly (LegacyEncoding | 'unicode')[] }

/** The cells of a column that tell, in their order: all of them, and those of each font. */
type Tellers = { readonly all: readonly Teller[]; readonly byFont: ReadonlyMap<string | undefined, readonly Teller[]> }

function tellersOf(cells: readonly ColumnCell[]): Tellers {
  const all = cells.flatMap(({ told, isUnicode, rivals }, at): Teller[] => {
    const what = told ? [told] : isUnicode ? ['unicode' as const] : rivals
    return what.length > 0 ? [{ at, what }] : []
  })
  return { all, byFont: Map.groupBy(all, ({ at }) => cells[at]?.font) }
}

/** Where the first teller at a place or behind it stands in the list. */
function firstFrom(tellers: readonly Teller[], at: number): number {
  let [low, high] = [0, tellers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tellers[middle]?.at ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** The nearest tellers about a place, without its own: some, and those that are as far away as the last of them. */
function nearestTo(tellers: readonly Teller[], at: number): Teller[] {
  const found: Teller[] = []
  let after = firstFrom(tellers, at)
  let before = after - 1
  if (tellers[after]?.at === at) after += 1
  while (found.length < nearby && (tellers[before] || tellers[after])) {
    const [left, right] = [tellers[before], tellers[after]]
    const away = Math.min(
      left ? at - left.at : Number.POSITIVE_INFINITY,
      right ? right.at - at : Number.POSITIVE_INFINITY,
    )
    if (left && at - left.at === away) {
      found.push(left)
      before -= 1
    }
    if (right && right.at - at === away) {
      found.push(right)
      after += 1
    }
  }
  return found
}

/**
 * Of the nearest cells that tell, how many are in what; where the cell's font has none, of all, unless there the fonts
 * tell. The column is not walked for each cell: of sixty thousand that tell nothing, each would walk it all.
 */
function neighbours(tellers: Tellers, { font }: ColumnCell, at: number, fontsTell: boolean): Map<string, number> {
  const counts = new Map<string, number>()
  const ofFont = nearestTo(tellers.byFont.get(font) ?? [], at)
  const near = ofFont.length > 0 || fontsTell ? ofFont : nearestTo(tellers.all, at)
  for (const { what } of near) for (const one of what) counts.set(one, (counts.get(one) ?? 0) + 1 / what.length)
  return counts
}

/** Where the old texts still have their fonts, one without was typed anew. */
function doFontsTell(cells: readonly ColumnCell[]): boolean {
  const old = cells.filter(({ alone }) => alone)
  return old.length > 0 && old.filter(({ font, alone }) => encodingOfFont(font) === alone).length >= old.length * 0.9
}

/**
 * Before any neighbour speaks, Unicode counts for a fiftieth of one, and an encoding for as much less as it is rarer.
 */
const beforehand = 0.02

/** The odds of a cell, where its neighbours tell how common each encoding is here. */
function withNeighbours(odds: Odds, counts: ReadonlyMap<string, number>): Odds {
  const unicode = (counts.get('unicode') ?? 0) + beforehand
  return new Map(
    [...odds].map(([encoding, worth]): [LegacyEncoding, number] => {
      const rare = rarityOf(encoding)
      const count = counts.get(encoding) ?? 0
      return [
        encoding,
        worth -
          rare +
          Math.log10((count + beforehand * 10 ** rare) / unicode) -
          (count > 0 ? 0 : enough - sureByNeighbours),
      ]
    }),
  )
}

/** The encoding of the cell, as far as the cell and its neighbours show it. */
function encodingInColumn(
  tellers: Tellers,
  cell: ColumnCell,
  at: number,
  fontsTell: boolean,
): { encoding: LegacyEncoding | undefined; isUnclear: boolean } {
  if (cell.odds.size === 0) return { encoding: cell.alone, isUnclear: false }
  const counts = neighbours(tellers, cell, at, fontsTell)
  const odds = withNeighbours(cell.odds, counts)
  return {
    encoding: bestEncoding(odds, cell.text, { than: sureByNeighbours, by: sureByNeighbours }),
    isUnclear: [...odds].some(([encoding, worth]) => worth > -sureByNeighbours && counts.has(encoding)),
  }
}

function readingOf(cell: ColumnCell, encoding: LegacyEncoding | undefined, isUnclear: boolean): CellReading {
  const { text, font } = cell
  if (!encoding) {
    if (isLost(text)) return { text, untold: 'lost' }
    return isUnclear || hasOddWord(text) ? { text, untold: 'unclear' } : { text: withFontCapitals(text, font) }
  }
  const read = decodeAs(text, encoding, font)
  return read === text ? { text } : { text: read, encoding, by: evidenceFor(cell, encoding) }
}

const evidenceFor = ({ font, alone }: ColumnCell, encoding: LegacyEncoding): EncodingEvidence =>
  encodingOfFont(font) === encoding ? 'font' : alone === encoding ? 'letters' : 'column'

/** In .VnTimeH plain letters are shown as capitals too. */
const withFontCapitals = (text: string, font: string | undefined) =>
  isCapitalFont(font) && isAscii(text) ? text.toUpperCase() : text

/** As a person says: all that the encoding can be is read in it, or everything stays as it is. */
function asDeclared(text: string, font: string | undefined, said: LegacyEncoding | 'unicode'): CellReading {
  if (said === 'unicode' || (isAscii(text) ? !/[a-z]/i.test(text) : !isOfBytes(text) && said !== 'mojibake'))
    return { text }
  const read = decodeAs(text, said, font)
  return read === text ? { text: withFontCapitals(text, font) } : { text: read, encoding: said, by: 'person' }
}

/** Reads a column's texts, each with its font where it is known; `said` is a person's word on all of them. */
export function readLegacyColumn(
  texts: readonly string[],
  fontNames: readonly (string | undefined)[] = [],
  declared?: LegacyEncoding | 'unicode',
): CellReading[] {
  if (declared) return texts.map((text, at) => asDeclared(text, fontNames[at], declared))
  const alone = texts.map((text, at) => cellOf(text, fontNames[at]))
  if (alone.every(({ told, rivals }) => !told && rivals.length === 0))
    return alone.map(cell => readingOf(cell, undefined, false))

  // Well-spelt text may be an old font's too, where others about it are. What neighbours have changed changes their
  // neighbours once more.
  const weighed = alone.map(cell =>
    isWellSpeltOfBytes(cell) ? { ...cell, odds: weighText(cell.text, cell.font) } : cell,
  )
  const fontsTell = doFontsTell(weighed)
  const tellers = tellersOf(weighed)
  const once = weighed.map((cell, at) => ({ ...cell, told: encodingInColumn(tellers, cell, at, fontsTell).encoding }))
  const tellersOnce = tellersOf(once)
  return once.map((cell, at) => {
    const { encoding, isUnclear } = encodingInColumn(tellersOnce, cell, at, fontsTell)
    return readingOf(cell, encoding, isUnclear)
  })
}

const isWellSpeltOfBytes = ({ odds, told, rivals, isUnicode, text }: ColumnCell) =>
  odds.size === 0 && !told && rivals.length === 0 && !isUnicode && !isAscii(text)
