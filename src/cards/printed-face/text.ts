import type { Command, Glyph } from 'opentype.js'
import { capHeight, codePointOf, digitCell, fontOf } from '../../platform/pdf/font.ts'
import { printedFaceProblem } from '../problems-printed-face.ts'

/** Text as outlines, in millimetres: it is drawn as it was measured, on paper and on a screen. */

export type Weight = 'regular' | 'semibold' | 'bold'
export type TextBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * `size` is the em; text that does not fit is made smaller, down to `floor` and no further. Lines are `leading` of the
 * size apart.
 */
export type TextStyle = {
  readonly weight: Weight
  readonly size: number
  readonly floor: number
  readonly leading?: number
  readonly align?: 'left' | 'centre' | 'right'
}

export type PlacedLine = {
  readonly text: string
  readonly x: number
  readonly baseline: number
  readonly width: number
}
/** A text in its place; `ink` is what its outlines fill. */
export type PlacedText = {
  readonly field: string
  readonly box: TextBox
  readonly size: number
  readonly lines: readonly PlacedLine[]
  readonly ink: TextBox
  readonly d: string
}

/** Everything from here on is in thousandths of an em, as the font has it. */
type Letter = { readonly glyph: Glyph; readonly commands: readonly Command[] }
const letters = new Map<string, Letter>()

function letterOf(weight: Weight, sign: string): Letter | undefined {
  const key = weight + sign
  const known = letters.get(key)
  if (known) return known
  const glyph = fontOf(weight).charToGlyph(sign)
  if (glyph.name === '.notdef') return undefined
  const letter = { glyph, commands: glyph.path.commands }
  letters.set(key, letter)
  return letter
}

const kernings = new Map<string, number>()
function kerning(weight: Weight, left: string, right: string): number {
  const key = weight + left + right
  const known = kernings.get(key)
  if (known !== undefined) return known
  const [a, b] = [letterOf(weight, left), letterOf(weight, right)]
  const value = a && b ? fontOf(weight).getKerningValue(a.glyph, b.glyph) : 0
  kernings.set(key, value)
  return value
}

/** What the font cannot print of a text; blanks of any kind are one blank. */
export const unprintable = (weight: Weight, text: string) => [...new Set(text)].filter(sign => !letterOf(weight, sign))

/** NFC with single blanks; refuses signs that have no outline. */
function printable(field: string, weight: Weight, text: string): string {
  const clean = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  const signs = unprintable(weight, clean)
  if (signs.length > 0) throw printedFaceProblem('card-text-unprintable', { field, signs: signs.map(codePointOf) })
  return clean
}

type PlacedLetter = { readonly sign: string; readonly at: number; readonly letter: Letter }

function letterRow(weight: Weight, text: string): { readonly placed: readonly PlacedLetter[]; readonly width: number } {
  const placed: PlacedLetter[] = []
  let [at, before] = [0, '']
  for (const sign of text) {
    const letter = letterOf(weight, sign)
    if (!letter) continue
    if (before) at += kerning(weight, before, sign)
    placed.push({ sign, at, letter })
    at += letter.glyph.advanceWidth
    before = sign
  }
  return { placed, width: at }
}

/** The width of a line at a size. */
export const widthOf = (weight: Weight, text: string, size: number) => (letterRow(weight, text).width * size) / 1000

/** From thousandths of an em to the card: a turn and a stretch about a point, y downward. */
type PointTransform = (x: number, y: number) => readonly [x: number, y: number]
const uprightTransform = (x: number, baseline: number, size: number, across = 1): PointTransform => {
  const scale = size / 1000
  return (gx, gy) => [x + gx * scale * across, baseline - gy * scale]
}
const turnedTransform = (x: number, baseline: number, size: number, degrees: number): PointTransform => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const scale = size / 1000
  return (gx, gy) => [x + (gx * cos + gy * sin) * scale, baseline + (gx * sin - gy * cos) * scale]
}

/** Collects outlines and the ink they fill. */
function inkPen() {
  const d: string[] = []
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  const point = (place: PointTransform, gx = 0, gy = 0) => {
    const [x, y] = place(gx, gy)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
    return `${Math.round(x * 1000) / 1000} ${Math.round(y * 1000) / 1000}`
  }
  const draw = (place: PointTransform, commands: readonly Command[], shift = 0) => {
    for (const { type, x = 0, y, x1 = 0, y1, x2 = 0, y2 } of commands) {
      if (type === 'Z') d.push('Z')
      else if (type === 'Q') d.push(`Q${point(place, x1 + shift, y1)} ${point(place, x + shift, y)}`)
      else if (type === 'C')
        d.push(`C${point(place, x1 + shift, y1)} ${point(place, x2 + shift, y2)} ${point(place, x + shift, y)}`)
      else d.push(`${type}${point(place, x + shift, y)}`)
    }
  }
  const ink = (): TextBox =>
    left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top }
  return { draw, ink, d: () => d.join('') }
}

function breakLines(weight: Weight, text: string, size: number, width: number): string[] | undefined {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word
    if (widthOf(weight, longer, size) <= width) lines.splice(-1, 1, longer)
    else if (widthOf(weight, word, size) <= width) lines.push(word)
    else return undefined
  }
  return lines
}

/** The same number of lines, as even as possible, without a lone last word. */
function balanceLines(weight: Weight, text: string, size: number, width: number, lines: string[]): string[] {
  let even = lines
  for (let tried = width * 0.95; lines.length > 1 && tried > width / 2; tried -= width * 0.05) {
    const narrower = breakLines(weight, text, size, tried)
    if (narrower?.length !== lines.length) break
    even = narrower
  }
  return even
}

const shrinkBy = 0.05

/** The largest size at which the text stands in its box. Words are never parted. */
function fitText({ width, height }: TextBox, text: string, { weight, size, floor, leading = 1.4, align }: TextStyle) {
  for (let tried = size; tried > floor - 1e-9; tried -= shrinkBy) {
    const lines = breakLines(weight, text, tried, width)
    if (lines && lines.length * tried * leading <= height + 1e-9)
      return { size: tried, lines: align === 'centre' ? lines : balanceLines(weight, text, tried, width, lines) }
  }
  return undefined
}

/** Capitals stand a little below the middle of their line, so that the two marks of Ễ stay within it. */
const capitalDrop = capHeight / 2 + 0.095

const alignmentShare = { left: 0, centre: 0.5, right: 1 } as const

/**
 * Sets a text in its box, from the top, smaller where it must be. Refuses one that has no room at its smallest size
 * (card-text-too-long) and signs the font has not (card-text-unprintable): nothing is ever clipped or left out.
 */
export function placeText(field: string, text: string, box: TextBox, style: TextStyle): PlacedText {
  const { weight, leading = 1.4, align = 'left' } = style
  const clean = printable(field, weight, text)
  const fit = fitText(box, clean, style)
  if (!fit) throw printedFaceProblem('card-text-too-long', { field, letters: [...clean].length, smallest: style.floor })

  const pen = inkPen()
  const lines = fit.lines.map((line, at): PlacedLine => {
    const { placed, width } = letterRow(weight, line)
    const wide = (width * fit.size) / 1000
    const x = box.x + (box.width - wide) * alignmentShare[align]
    const baseline = box.y + fit.size * (leading * (at + 0.5) + capitalDrop)
    const place = uprightTransform(x, baseline, fit.size)
    for (const { at: shift, letter } of placed) pen.draw(place, letter.commands, shift)
    return { text: line, x, baseline, width: wide }
  })
  return { field, box, size: fit.size, lines, ink: pen.ink(), d: pen.d() }
}

/** Groups of digits, each digit in a cell of its own, the groups apart by `gap`; `size` is the em. */
export function placeDigits(
  field: string,
  groups: readonly string[],
  box: TextBox,
  weight: Weight,
  size: number,
  gap: number,
): PlacedText {
  const pen = inkPen()
  const cell = digitCell[weight] * size
  const baseline = box.y + box.height / 2 + (capHeight / 2) * size
  let x = box.x
  for (const group of groups) {
    for (const sign of printable(field, weight, group)) {
      const letter = letterOf(weight, sign)!
      pen.draw(
        uprightTransform(x + (cell - (letter.glyph.advanceWidth * size) / 1000) / 2, baseline, size),
        letter.commands,
      )
      x += cell
    }
    x += gap
  }
  const line = { text: groups.join(''), x: box.x, baseline, width: x - gap - box.x }
  return { field, box, size, lines: [line], ink: pen.ink(), d: pen.d() }
}

/** Round letters reach so far beyond straight ones, above and below, in millimetres. */
export const overshoot = 0.05

/**
 * Signs at a fixed pitch, each in the middle of its cell and narrowed where it is wider than `widest`. The standard
 * asks for OCR-B in the machine-readable zone (ISO 1073-2; ICAO 9303-3, section 4.3). That font is not available, so
 * the text font is set at the pitch and height of OCR-B.
 */
export function placeFixedPitch(
  field: string,
  lines: readonly string[],
  box: TextBox,
  pitch: number,
  lineHeight: number,
  capital: number,
): PlacedText {
  const [size, widest, weight] = [capital / capHeight, pitch * 0.76, 'semibold' as const]
  const pen = inkPen()
  const placed = lines.map((text, row): PlacedLine => {
    const baseline = box.y + overshoot + capital + row * lineHeight
    for (const [at, sign] of [...printable(field, weight, text)].entries()) {
      const { glyph, commands } = letterOf(weight, sign)!
      const { xMin, xMax } = glyph.getMetrics()
      const across = Math.min(1, widest / (((xMax - xMin) * size) / 1000))
      pen.draw(
        uprightTransform(
          box.x + (at + 0.5) * pitch - (((xMin + xMax) / 2) * size * across) / 1000,
          baseline,
          size,
          across,
        ),
        commands,
      )
    }
    return { text, x: box.x, baseline, width: text.length * pitch }
  })
  return { field, box, size, lines: placed, ink: pen.ink(), d: pen.d() }
}

/** One line about a middle, turned by degrees (negative: rising). */
export function turnedTextPath(
  text: string,
  weight: Weight,
  size: number,
  centre: readonly [x: number, y: number],
  degrees: number,
): string {
  const { placed, width } = letterRow(weight, text)
  const [dx, dy] = turnedTransform(0, 0, size, degrees)(width / 2, (capHeight * 1000) / 2)
  const place = turnedTransform(centre[0] - dx, centre[1] - dy, size, degrees)
  const pen = inkPen()
  for (const { at, letter } of placed) pen.draw(place, letter.commands, at)
  return pen.d()
}
