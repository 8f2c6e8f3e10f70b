import { capHeight } from './font.ts'

/**
 * Text broken into lines and set on a sheet, whatever draws it. Lengths are points, y is from the top; of a text
 * nothing is lost: a word that no line holds goes on in the next, and what stands together without a blank is not
 * parted, whatever its faces.
 */

/** `leading` is from line to line, for Vietnamese never below 1.4 of the size (docs/design.md). */
export type TypeOf<Face> = { readonly face: Face; readonly size: number; readonly leading: number }
export type RunOf<Type> = { readonly text: string; readonly type: Type }
export type LineOf<Type> = { readonly runs: readonly RunOf<Type>[]; readonly width: number }
export type Span = { readonly x: number; readonly width: number; readonly align?: 'left' | 'centre' | 'right' }

/** What measures a text and puts it on the sheet, its baseline at `y`. */
export type Hand<Type> = {
  widthOf(text: string, type: Type): number
  put(text: string, type: Type, x: number, y: number): void
}

type Set = { readonly size: number; readonly leading: number }

/** Where the baseline of a line is, whose top is given: capitals stand in its middle. */
export const baselineOf = (top: number, leading: number, size: number) => top + leading / 2 + (capHeight / 2) * size

function wordsOf<Type>(runs: readonly RunOf<Type>[]): RunOf<Type>[][] {
  const words: RunOf<Type>[][] = [[]]
  for (const { text, type } of runs)
    for (const [i, part] of text.normalize('NFC').split(/\s+/).entries()) {
      if (i > 0) words.push([])
      if (part) words.at(-1)!.push({ text: part, type })
    }
  return words.filter(word => word.length > 0)
}

const runsWidth = <Type>({ widthOf }: Hand<Type>, runs: readonly RunOf<Type>[]) =>
  runs.reduce((sum, { text, type }) => sum + widthOf(text, type), 0)

/** A word that no line holds, in pieces that fit. */
function broken<Type>({ widthOf }: Hand<Type>, word: readonly RunOf<Type>[], width: number): RunOf<Type>[][] {
  const pieces: RunOf<Type>[][] = [[]]
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
function joined<Type>(runs: readonly RunOf<Type>[]): RunOf<Type>[] {
  const line: RunOf<Type>[] = []
  for (const run of runs) {
    const last = line.at(-1)
    if (last?.type === run.type) line[line.length - 1] = { text: last.text + run.text, type: run.type }
    else line.push(run)
  }
  return line
}

/** Breaks text into lines of a width. */
export function linesOf<Type>(hand: Hand<Type>, runs: readonly RunOf<Type>[], width: number): LineOf<Type>[] {
  const words = wordsOf(runs).flatMap(word => (runsWidth(hand, word) > width ? broken(hand, word, width) : [word]))
  const lines: RunOf<Type>[][] = []
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
  return lines.map(line => ({ runs: joined(line), width: runsWidth(hand, line) }))
}

const leadingOf = ({ runs }: LineOf<Set>) => Math.max(0, ...runs.map(({ type }) => type.leading))
export const heightOf = (lines: readonly LineOf<Set>[]) => lines.reduce((sum, line) => sum + leadingOf(line), 0)

export const startOf = ({ x, width, align = 'left' }: Span, used: number) =>
  x + { left: 0, centre: (width - used) / 2, right: width - used }[align]

/** Sets lines from `y` down, and gives where they end. */
export function setLines<Type extends Set>(
  hand: Hand<Type>,
  lines: readonly LineOf<Type>[],
  span: Span,
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
