import { capHeight } from './font.ts'

/**
 * Text broken into lines and set on a sheet, whatever draws it. Lengths are points, y is from the top; of a text
 * nothing is lost: a word that no line holds goes on in the next, and what stands together without a blank is not
 * parted, whatever its faces.
 */

/** `leading` is from line to line, for Vietnamese never below 1.4 of the size (docs/design.md). */
export type TextStyleOf<Face> = { readonly face: Face; readonly size: number; readonly leading: number }
export type TextRunOf<Type> = { readonly text: string; readonly type: Type }
export type TextLineOf<Type> = { readonly runs: readonly TextRunOf<Type>[]; readonly width: number }
export type HorizontalSpan = {
  readonly x: number
  readonly width: number
  readonly align?: 'left' | 'centre' | 'right'
}

/** What measures a text and puts it on the sheet, its baseline at `y`. */
export type TextPen<Type> = {
  widthOf(text: string, type: Type): number
  put(text: string, type: Type, x: number, y: number): void
}

type LineMetrics = { readonly size: number; readonly leading: number }

/** Where the baseline of a line is, whose top is given: capitals stand in its middle. */
export const baselineOf = (top: number, leading: number, size: number) => top + leading / 2 + (capHeight / 2) * size

function wordsOf<Type>(runs: readonly TextRunOf<Type>[]): TextRunOf<Type>[][] {
  const words: TextRunOf<Type>[][] = [[]]
  for (const { text, type } of runs)
    for (const [i, part] of text.normalize('NFC').split(/\s+/).entries()) {
      if (i > 0) words.push([])
      if (part) words.at(-1)!.push({ text: part, type })
    }
  return words.filter(word => word.length > 0)
}

const runsWidth = <Type>({ widthOf }: TextPen<Type>, runs: readonly TextRunOf<Type>[]) =>
  runs.reduce((sum, { text, type }) => sum + widthOf(text, type), 0)

/** A word that no line holds, in pieces that fit. */
function breakWord<Type>(
  { widthOf }: TextPen<Type>,
  word: readonly TextRunOf<Type>[],
  width: number,
): TextRunOf<Type>[][] {
  const pieces: TextRunOf<Type>[][] = [[]]
  let used = 0
  for (const { text, type } of word)
    for (const letter of text) {
      const wide = widthOf(letter, type)
      if (used + wide > width && used > 0) {
        pieces.push([])
        used = 0
      }
      pieces.at(-1)!.push({ text: letter, type })
      used += wide
    }
  return pieces
}

/** Neighbours of one type as one run, so that a line can be copied from the file as it reads. */
function joinRuns<Type>(runs: readonly TextRunOf<Type>[]): TextRunOf<Type>[] {
  const line: TextRunOf<Type>[] = []
  for (const run of runs) {
    const last = line.at(-1)
    if (last?.type === run.type) line[line.length - 1] = { text: last.text + run.text, type: run.type }
    else line.push(run)
  }
  return line
}

/** Breaks text into lines of a width. */
export function layOutLines<Type>(
  hand: TextPen<Type>,
  runs: readonly TextRunOf<Type>[],
  width: number,
): TextLineOf<Type>[] {
  const words = wordsOf(runs).flatMap(word => (runsWidth(hand, word) > width ? breakWord(hand, word, width) : [word]))
  const lines: TextRunOf<Type>[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const word of words) {
    const line = lines.at(-1)
    const before = line?.at(-1)
    const gap = before ? hand.widthOf(' ', before.type) : 0
    const wide = runsWidth(hand, word)
    if (line && before && used + gap + wide <= width) {
      line.push({ text: ' ', type: before.type }, ...word)
      used += gap + wide
    } else {
      lines.push([...word])
      used = wide
    }
  }
  return lines.map(line => ({ runs: joinRuns(line), width: runsWidth(hand, line) }))
}

const leadingOf = ({ runs }: TextLineOf<LineMetrics>) => Math.max(0, ...runs.map(({ type }) => type.leading))
export const heightOf = (lines: readonly TextLineOf<LineMetrics>[]) =>
  lines.reduce((sum, line) => sum + leadingOf(line), 0)

export const startOf = ({ x, width, align = 'left' }: HorizontalSpan, used: number) =>
  x + { left: 0, centre: (width - used) / 2, right: width - used }[align]

/** Sets lines from `y` down, and gives where they end. */
export function drawTextLines<Type extends LineMetrics>(
  hand: TextPen<Type>,
  lines: readonly TextLineOf<Type>[],
  span: HorizontalSpan,
  y: number,
): number {
  let top = y
  for (const line of lines) {
    const leading = leadingOf(line)
    const size = Math.max(0, ...line.runs.map(({ type }) => type.size))
    let x = startOf(span, line.width)
    for (const { text, type } of line.runs) {
      hand.put(text, type, x, baselineOf(top, leading, size))
      x += hand.widthOf(text, type)
    }
    top += leading
  }
  return top
}
