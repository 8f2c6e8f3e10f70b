import { type PartialDay, slashedDay } from '../../platform/day.ts'
import { printedFaceProblem } from '../problems-printed-face.ts'
import { styles } from './letter-sizes.ts'
import type { PrintedFace } from './printed-card.ts'
import { qrLine } from './qr-line.ts'
import { card, frameShape, lineShape, type Side } from './shape.ts'
import {
  addText,
  drawQrCode,
  en,
  labelHeight,
  openSide,
  vi,
  writeField,
  writeFixedText,
  writeLabel,
  writeText,
} from './side.ts'
import { placeDigits, type TextBox } from './text.ts'

const padTwo = (n: number) => String(n).padStart(2, '0')

/** dd/MM/yyyy, or the known parts of a birth. */
export const printedBirth = ({ y, m, d }: PartialDay) =>
  [m && d && padTwo(d), m && padTwo(m), String(y).padStart(4, '0')].filter(Boolean).join('/')
export const printedDay = slashedDay
export const printedTerm = ({ expiresOn }: PrintedFace) => (expiresOn ? printedDay(expiresOn) : vi('no-term'))

/**
 * The personal number is read in groups of 3, 1, 2 and 6: where born, century and sex, year, and the rest
 * (docs/design.md).
 */
const groupsOf = (number: string) => [number.slice(0, 3), number.slice(3, 4), number.slice(4, 6), number.slice(6)]

const right = card.width - 3.5

function drawHeading(side: Side, x: number, width: number): void {
  const centre = { align: 'centre' } as const
  writeFixedText(
    side,
    'country',
    vi('country'),
    { x, y: 2.5, width, height: 3.4 },
    { ...styles.country, ...centre },
    'deep',
  )
  writeFixedText(side, 'motto', vi('motto'), { x, y: 5.7, width, height: 3.1 }, { ...styles.motto, ...centre }, 'deep')
  const english = `${en('country')} · ${en('motto')}`
  writeFixedText(
    side,
    'country-en',
    english,
    { x, y: 8.9, width, height: 2.2 },
    { ...styles.small, size: 1.5, ...centre },
    'second',
  )
}

function drawNumber(side: Side, key: 'number-2021' | 'number-2024', text: string, box: TextBox, size: number): void {
  writeLabel(side, key, box)
  const cells = { ...box, y: box.y + labelHeight, height: box.height - labelHeight }
  addText(side, placeDigits('number', groupsOf(text), cells, 'bold', size, size * 0.3), 'deep')
}

function drawPortrait(side: Side, { portrait: bytes }: PrintedFace, box: TextBox): void {
  if (bytes) side.shapes.push({ kind: 'image', box, bytes, format: 'jpeg', fit: 'cover' })
  side.shapes.push(frameShape(box, 0.01, 'line', 0.12))
}

/** What a layout must have and the holder has not given is refused by its field. */
export function requireField(name: string, text: string | undefined): string {
  if (!text?.trim()) throw printedFaceProblem('card-field-needed', { field: name })
  return text
}

function drawFront2021(face: PrintedFace): Side {
  const { content, issuedOn } = face
  const side = openSide()
  const qr = 15.5
  drawPortrait(side, face, { x: 3.5, y: 12.2, width: 22, height: 28.3 })
  drawHeading(side, 3, right - qr - 5)
  drawQrCode(side, qrLine(content, issuedOn, face), right - qr, 3, qr)

  const x = 29
  const width = right - x
  writeFixedText(
    side,
    'title',
    vi('title-2021'),
    { x, y: 11.3, width: right - qr - x - 1.5, height: 5.2 },
    { ...styles.title, size: 3.5, floor: 2.8 },
    'jade',
  )
  writeFixedText(
    side,
    'title-en',
    en('title-2021'),
    { x, y: 15.9, width: right - qr - x - 1.5, height: 2.3 },
    { ...styles.small, size: 1.7 },
    'second',
  )

  writeLabel(side, 'term-2021', { x: 3.5, y: 42.6, width: 23 })
  writeText(side, 'term-2021', printedTerm(face), { x: 3.5, y: 44.7, width: 23, height: 3.3 }, styles.value)
  side.shapes.push(lineShape(27.2, 12.2, 27.2, 51.4, 'margin', 0.16))

  const [births, sexes] = [21, 13.4]
  drawNumber(side, 'number-2021', content.number, { x, y: 18.6, width, height: 6 }, 4)
  writeField(side, 'name-2021', content.fullName.toUpperCase(), { x, y: 24.7, width, height: 7.25 }, styles.name)
  writeField(side, 'birth-2021', printedBirth(content.birthDate), { x, y: 31.95, width: births, height: 5.3 })
  writeField(side, 'sex', vi(content.sex), { x: x + births, y: 31.95, width: sexes, height: 5.3 })
  writeField(side, 'nationality', content.nationality, {
    x: x + births + sexes,
    y: 31.95,
    width: width - births - sexes,
    height: 5.3,
  })
  writeField(side, 'hometown', requireField('hometown', content.hometown), { x, y: 37.25, width, height: 6.3 })
  writeField(side, 'residence-2021', requireField('residence', content.residence), { x, y: 43.55, width, height: 8.4 })
  return side
}

function drawFront2024(face: PrintedFace): Side {
  const { content } = face
  const side = openSide()
  drawPortrait(side, face, { x: 4, y: 19.4, width: 20, height: 30 })
  drawHeading(side, 3.5, card.width - 7)
  writeFixedText(
    side,
    'title',
    vi('title-2024'),
    { x: 3.5, y: 11.2, width: card.width - 7, height: 5.8 },
    { ...styles.title, align: 'centre' },
    'jade',
  )
  writeFixedText(
    side,
    'title-en',
    en('title-2024'),
    { x: 3.5, y: 16.3, width: card.width - 7, height: 2.4 },
    { ...styles.small, size: 1.7, align: 'centre' },
    'second',
  )

  side.shapes.push(lineShape(27.2, 19.4, 27.2, 49.4, 'margin', 0.16))

  const x = 30
  const width = right - x
  drawNumber(side, 'number-2024', content.number, { x, y: 19.4, width, height: 7 }, 4.6)
  writeField(side, 'name-2024', content.fullName.toUpperCase(), { x, y: 27.5, width, height: 8.1 }, styles.name)
  writeField(
    side,
    'birth-2024',
    printedBirth(content.birthDate),
    { x, y: 36.6, width: width * 0.66, height: 5.6 },
    { ...styles.value, size: 2.5 },
  )
  writeField(
    side,
    'sex',
    vi(content.sex),
    { x: x + width * 0.68, y: 36.6, width: width * 0.32, height: 5.6 },
    { ...styles.value, size: 2.5 },
  )
  writeField(
    side,
    'nationality',
    content.nationality,
    { x, y: 43.2, width, height: 5.6 },
    { ...styles.value, size: 2.5 },
  )
  return side
}

export const drawFrontByLayout = { '2021': drawFront2021, '2024': drawFront2024 } as const
