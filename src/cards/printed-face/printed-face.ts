/**
 * The printed face: both sides of a card, drawn. In: the approved content, a portrait, a serial and the days. Decided:
 * the layout by the day of issue; whether every text, picture and number can be printed. Out: both sides as shapes in
 * millimetres, for paper and screens. Pure, no deeds.
 */

import { wholeDay, yearsBetween } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { layoutOn, portraitAge } from '../law.ts'
import { printedFaceProblem } from '../problems-printed-face.ts'
import { drawBackByLayout } from './back.ts'
import { drawFrontByLayout } from './front.ts'
import type { PrintedFace } from './printed-card.ts'
import type { Side } from './shape.ts'
import { drawMark } from './side.ts'

export type PrintedSides = { readonly front: Side; readonly back: Side }

/** Segments follow one another until the one that has the size (ITU-T T.81, B.1.1). */
function hasJpegSize(bytes: Buffer): boolean {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return true
  }
  return false
}

/**
 * Whether a JPEG is whole, from its first marker to its last, and has a size: a later step of the drawing cannot refuse
 * it.
 */
const isWholeJpeg = (bytes: Buffer) =>
  bytes.length > 4 &&
  bytes.readUInt16BE(0) === 0xffd8 &&
  bytes.includes(Buffer.from('ffd9', 'hex'), -64) &&
  hasJpegSize(bytes)
const isWholePng = (bytes: Buffer) =>
  bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) && bytes.includes('IEND', -64)

/** The year alone may make a child six already; then the face is asked for. */
function needsNoFace(face: PrintedFace): boolean {
  const bornOn = wholeDay(face.content.birthDate)
  return bornOn !== undefined && yearsBetween(bornOn, face.issuedOn) < ruleOn(portraitAge, face.issuedOn, face)
}

function checkImages(face: PrintedFace): void {
  if (!face.portrait && !(layoutOn(face.issuedOn, face) === '2024' && needsNoFace(face)))
    throw printedFaceProblem('card-field-needed', { field: 'portrait' })
  if (face.portrait && !isWholeJpeg(face.portrait))
    throw printedFaceProblem('card-image-unreadable', { field: 'portrait' })
  if (face.signature && !isWholePng(face.signature))
    throw printedFaceProblem('card-image-unreadable', { field: 'signature' })
}

/**
 * Draws both sides of a card as shapes in millimetres, for paper (pdf.ts) and screens (png.ts) alike. A
 * design of the house's own with the words the law has on the card; it has nothing of the real security print. Refuses
 * text that has no room at its smallest size (card-text-too-long), signs without a glyph (card-text-unprintable), what
 * is missing (card-field-needed) and pictures of another kind (card-image-unreadable).
 */
export function drawPrintedFace(face: PrintedFace): PrintedSides {
  checkImages(face)
  const layout = layoutOn(face.issuedOn, face)
  const sides = { front: drawFrontByLayout[layout](face), back: drawBackByLayout[layout](face) }
  const mark = face.proof ? 'proof' : face.specimen ? 'specimen' : undefined
  if (mark) for (const side of [sides.front, sides.back]) drawMark(side, mark)
  return sides
}
