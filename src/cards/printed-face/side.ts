import { qrPath } from '../../platform/pages/qr-path.ts'
import { styles } from './letter-sizes.ts'
import { card, frameShape, type Ink, inks, lineShape, type Shape, type Side } from './shape.ts'
import {
  overshoot,
  type PlacedText,
  placeFixedPitch,
  placeText,
  type TextBox,
  type TextStyle,
  turnedTextPath,
  widthOf,
} from './text.ts'
import { sayOnCard } from './words.ts'

/** What both sides and both layouts are put together from. */

type CardTextKey = Parameters<ReturnType<typeof sayOnCard>>[0]
export const [vi, en] = [sayOnCard('vi'), sayOnCard('en')]

export const openSide = (): Side => ({ shapes: [], texts: [] })

export function addText(side: Side, text: PlacedText, ink: Ink = 'ink'): void {
  side.texts.push(text)
  side.shapes.push({ kind: 'path', d: text.d, fill: inks[ink] })
}

export const writeText = (side: Side, field: string, text: string, box: TextBox, style: TextStyle, ink: Ink = 'ink') =>
  addText(side, placeText(field, text, box, style), ink)

const fixedTexts = new Map<string, PlacedText>()

/** Words that every card has, in their place: set once and kept. */
export function writeFixedText(
  side: Side,
  field: string,
  text: string,
  box: TextBox,
  style: TextStyle,
  ink: Ink,
): PlacedText {
  const key = JSON.stringify([field, text, box, style])
  const placed = fixedTexts.get(key) ?? placeText(field, text, box, style)
  fixedTexts.set(key, placed)
  side.texts.push(placed)
  side.shapes.push({ kind: 'path', d: placed.d, fill: inks[ink], isFixed: true })
  return placed
}

export const labelHeight = 2.1

/**
 * A label in both languages, Vietnamese first and stronger: on one line, else English under it. Gives how high it is.
 */
export function writeLabel(side: Side, key: CardTextKey, { x, y, width }: Omit<TextBox, 'height'>): number {
  const first = writeFixedText(
    side,
    `label-${key}`,
    vi(key),
    { x, y, width, height: labelHeight },
    styles.label,
    'jade',
  )
  const used = widthOf('semibold', `${vi(key)} `, first.size)
  const beside = used + widthOf('regular', `/ ${en(key)}`, styles.small.size) <= width
  const second = beside
    ? { x: x + used, y, width: width - used, height: labelHeight }
    : { x, y: y + labelHeight - 0.25, width, height: labelHeight }
  writeFixedText(side, `label-${key}-en`, beside ? `/ ${en(key)}` : en(key), second, styles.small, 'second')
  return beside ? labelHeight : 2 * labelHeight - 0.25
}

/** A label and under it what it names. */
export function writeField(
  side: Side,
  key: CardTextKey,
  text: string,
  box: TextBox,
  style: TextStyle = styles.value,
): void {
  const used = writeLabel(side, key, box)
  writeText(side, key, text, { ...box, y: box.y + used, height: box.height - used }, style)
}

/** The code itself is `width` wide; four modules around it stay free. */
export function drawQrCode(side: Side, text: string, x: number, y: number, width: number): void {
  const { d, size } = qrPath(text)
  side.shapes.push({ kind: 'path', d, at: { x, y, unit: width / size }, fill: inks.ink })
}

/**
 * The contact plate, in outline: its eight contacts lie at the places of ISO/IEC 7816-2, in millimetres from the left
 * and upper edge of the card; the plate around them is as chip makers have it.
 */
export function drawChip(side: Side): void {
  const plate = { x: 8.7, y: 18.1, width: 12.7, height: 11.5 }
  side.shapes.push(frameShape(plate, 1.6, 'line', 0.18))
  const [left, right, rows] = [12.25, 17.87, [20.93 + 0.42, 23.47 + 0.42, 26.01 + 0.42]]
  for (const y of rows) {
    side.shapes.push(
      lineShape(plate.x, y, left, y, 'line', 0.14),
      lineShape(right, y, plate.x + plate.width, y, 'line', 0.14),
    )
  }
  side.shapes.push(frameShape({ x: left, y: plate.y, width: right - left, height: plate.height }, 0.01, 'line', 0.14))
}

/**
 * The zone is the lowest 23.2 mm; ten signs an inch and six lines an inch (ICAO 9303-5, section 3; 9303-3, section
 * 4.3).
 */
const machineZoneLayout = { height: 23.2, pitch: 2.54, line: 25.4 / 6, capital: 2.35 } as const

export function drawMachineZone(side: Side, lines: readonly string[]): void {
  const width = 30 * machineZoneLayout.pitch
  const height = 2 * machineZoneLayout.line + machineZoneLayout.capital + 2 * overshoot
  const top = card.height - machineZoneLayout.height
  side.shapes.push(lineShape(3, top + 0.6, card.width - 3, top + 0.6, 'margin', 0.12))
  const box = { x: (card.width - width) / 2, y: top + (machineZoneLayout.height - height) / 2 + 0.3, width, height }
  addText(
    side,
    placeFixedPitch('mrz', lines, box, machineZoneLayout.pitch, machineZoneLayout.line, machineZoneLayout.capital),
  )
}

const markShape = (text: string, size: number, y: number): Shape => ({
  kind: 'path',
  d: turnedTextPath(text, 'bold', size, [card.width / 2, y], -24),
  fill: inks.late,
  opacity: 0.22,
  isFixed: true,
})
const markShapes = new Map<string, readonly Shape[]>()

/** Across the whole side, over the pictures and under the text, so that all of it can be read. */
export function drawMark({ shapes }: Side, mark: 'specimen' | 'proof'): void {
  const drawn = markShapes.get(mark) ?? [
    markShape(en(mark), 14.5, card.height / 2 - 1),
    markShape(`${vi(mark)} · ${vi('no-value')}`, 3.6, card.height / 2 + 9.5),
  ]
  markShapes.set(mark, drawn)
  shapes.splice(shapes.findLastIndex(({ kind }) => kind === 'image') + 1, 0, ...drawn)
}
