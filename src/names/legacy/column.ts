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

/**
 * Of the nearest cells that tell, how many are in what; where the cell's font has none, of all, unless there the fonts
 * tell.
 */
function neighbours(cells: readonly ColumnCell[], at: number, fontsTell: boolean): Map<string, number> {
  const counts = new Map<string, number>()
  const count = (cell: ColumnCell | undefined, sameFont: boolean) => {
    if (!cell || (sameFont && cell.font !== cells[at]?.font)) return 0
    const what = cell.told ? [cell.told] : cell.isUnicode ? ['unicode' as const] : cell.rivals
    for (const one of what) counts.set(one, (counts.get(one) ?? 0) + 1 / what.length)
    return what.length > 0 ? 1 : 0
  }
  for (const sameFont of fontsTell ? [true] : [true, false]) {
    let found = 0
    for (let away = 1; found < nearby && (at - away >= 0 || at + away < cells.length); away += 1)
      found += count(cells[at - away], sameFont) + count(cells[at + away], sameFont)
    if (found > 0) return counts
  }
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
  cells: readonly ColumnCell[],
  at: number,
  fontsTell: boolean,
): { encoding: LegacyEncoding | undefined; isUnclear: boolean } {
  const cell = cells[at]
  if (!cell || cell.odds.size === 0) return { encoding: cell?.alone, isUnclear: false }
  const counts = neighbours(cells, at, fontsTell)
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
  const once = weighed.map((cell, at) => ({ ...cell, told: encodingInColumn(weighed, at, fontsTell).encoding }))
  return once.map((cell, at) => {
    const { encoding, isUnclear } = encodingInColumn(once, at, fontsTell)
    return readingOf(cell, encoding, isUnclear)
  })
}

const isWellSpeltOfBytes = ({ odds, told, rivals, isUnicode, text }: ColumnCell) =>
  odds.size === 0 && !told && rivals.length === 0 && !isUnicode && !isAscii(text)
