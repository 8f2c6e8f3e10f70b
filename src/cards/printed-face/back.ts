import { writeMrz } from '../mrz.ts'
import { printedDay, printedTerm, requireField } from './front.ts'
import { styles } from './letter-sizes.ts'
import type { PrintedFace } from './printed-card.ts'
import { qrLine } from './qr-line.ts'
import { card, frameShape, type Side } from './shape.ts'
import {
  drawChip,
  drawMachineZone,
  drawQrCode,
  en,
  openSide,
  vi,
  writeField,
  writeFixedText,
  writeLabel,
  writeText,
} from './side.ts'
import type { TextBox } from './text.ts'

const right = card.width - 3.5
const left = 24

function drawIssuer(side: Side, key: 'issuer-2021' | 'issuer-2024', box: TextBox, height: number): void {
  const centre = { align: 'centre' } as const
  writeFixedText(side, key, vi(key), { ...box, height }, { ...styles.issuer, ...centre }, 'deep')
  writeFixedText(
    side,
    `${key}-en`,
    en(key),
    { ...box, y: box.y + height, height: box.height - height },
    { ...styles.small, size: 1.4, floor: 1.2, ...centre },
    'second',
  )
}

function drawSignature(side: Side, { signature: bytes }: PrintedFace, box: TextBox): void {
  if (bytes) side.shapes.push({ kind: 'image', box, bytes, format: 'png', fit: 'contain' })
}

/** The places of the two fingerprints are framed and left free: no print of a finger comes this far. */
function drawFingerFrames(side: Side): void {
  for (const [at, key] of (['left-finger', 'right-finger'] as const).entries()) {
    const box = { x: right - 23.5 + at * 12.2, y: 3.4, width: 11.3, height: 14 }
    side.shapes.push(frameShape(box, 0.6, 'line', 0.12))
    const centre = { ...styles.small, size: 1.3, floor: 1.1, align: 'centre' } as const
    writeFixedText(side, key, vi(key), { x: box.x, y: 17.7, width: box.width, height: 1.9 }, centre, 'second')
    writeFixedText(side, `${key}-en`, en(key), { x: box.x, y: 19.4, width: box.width, height: 1.9 }, centre, 'second')
  }
}

function drawSerial(side: Side, text: string, y: number): void {
  const width = 20
  writeLabel(side, 'serial', { x: right - width, y, width })
  writeText(
    side,
    'serial',
    requireField('serial', text),
    { x: right - width, y: y + 2, width, height: 3 },
    { ...styles.value, size: 2.1, floor: 1.2 },
  )
}

function drawBack2021(face: PrintedFace): Side {
  const { content, issuedOn } = face
  const side = openSide()
  const width = right - 23.5 - 3.5 - 2
  writeField(
    side,
    'features',
    content.features?.trim() || '–',
    { x: 3.5, y: 3.2, width, height: 8.4 },
    { ...styles.value, size: 2.2 },
  )
  writeField(side, 'issued-2021', printedDay(issuedOn), { x: 3.5, y: 11.9, width, height: 5.4 })
  drawChip(side)
  const middle = { x: left, width: right - 23.5 - 1.5 - left }
  drawIssuer(side, 'issuer-2021', { ...middle, y: 17.6, height: 7.6 }, 4.2)
  drawSignature(side, face, { ...middle, y: 24.9, height: 5.6 })
  drawFingerFrames(side)
  drawSerial(side, face.serial, 24.6)
  drawMachineZone(side, writeMrz(content, face.expiresOn, face.mrz))
  return side
}

function drawBack2024(face: PrintedFace): Side {
  const { content, issuedOn } = face
  const side = openSide()
  const qr = 18
  const width = right - qr - 3 - 3.5
  writeField(
    side,
    'residence-2024',
    requireField('residence', content.residence),
    { x: 3.5, y: 2.7, width, height: 8.4 },
    { ...styles.value, size: 2.2 },
  )
  writeField(
    side,
    'birth-place',
    requireField('birthPlace', content.birthPlace),
    { x: 3.5, y: 11.1, width, height: 6.3 },
    { ...styles.value, size: 2.2 },
  )
  drawQrCode(side, qrLine(content, issuedOn, face), right - qr, 3.5, qr)
  drawChip(side)
  const half = (right - qr - 3 - left) / 2
  writeField(side, 'issued-2024', printedDay(issuedOn), { x: left, y: 17.8, width: half - 0.5, height: 7.2 })
  writeField(side, 'term-2024', printedTerm(face), { x: left + half, y: 17.8, width: half, height: 7.2 })
  drawIssuer(side, 'issuer-2024', { x: left, width: face.signature ? half + 3 : 2 * half, y: 25.4, height: 4.9 }, 2.8)
  drawSignature(side, face, { x: left + half + 4, y: 25, width: half - 4, height: 5.4 })
  drawSerial(side, face.serial, 24.4)
  drawMachineZone(side, writeMrz(content, face.expiresOn, face.mrz))
  return side
}

export const drawBackByLayout = { '2021': drawBack2021, '2024': drawBack2024 } as const
