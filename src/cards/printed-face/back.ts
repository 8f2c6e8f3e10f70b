import { writeMrz } from '../mrz.ts'
import { dayText, needed, termText } from './front.ts'
import type { CardFace } from './printed-card.ts'
import { qrLine } from './qr-line.ts'
import { card, frameShape, type Side } from './shape.ts'
import { chip, en, field, label, machineZone, openSide, print, qrCode, styles, vi, write } from './side.ts'
import type { Box } from './text.ts'

const right = card.width - 3.5
const left = 24

function issuer(side: Side, key: 'issuer-2021' | 'issuer-2024', box: Box, height: number): void {
  const centre = { align: 'centre' } as const
  print(side, key, vi(key), { ...box, height }, { ...styles.issuer, ...centre }, 'deep')
  print(
    side,
    `${key}-en`,
    en(key),
    { ...box, y: box.y + height, height: box.height - height },
    { ...styles.small, size: 1.4, floor: 1.2, ...centre },
    'second',
  )
}

function signature(side: Side, { signature: bytes }: CardFace, box: Box): void {
  if (bytes) side.shapes.push({ kind: 'image', box, bytes, format: 'png', fit: 'contain' })
}

/** The places of the two fingerprints are framed and left free: no print of a finger comes this far. */
function fingers(side: Side): void {
  for (const [at, key] of (['left-finger', 'right-finger'] as const).entries()) {
    const box = { x: right - 23.5 + at * 12.2, y: 3.4, width: 11.3, height: 14 }
    side.shapes.push(frameShape(box, 0.6, 'line', 0.12))
    const centre = { ...styles.small, size: 1.3, floor: 1.1, align: 'centre' } as const
    print(side, key, vi(key), { x: box.x, y: 17.7, width: box.width, height: 1.9 }, centre, 'second')
    print(side, `${key}-en`, en(key), { x: box.x, y: 19.4, width: box.width, height: 1.9 }, centre, 'second')
  }
}

function serial(side: Side, text: string, y: number): void {
  const width = 20
  label(side, 'serial', { x: right - width, y, width })
  write(
    side,
    'serial',
    needed('serial', text),
    { x: right - width, y: y + 2, width, height: 3 },
    { ...styles.value, size: 2.1, floor: 1.2 },
  )
}

function back2021(face: CardFace): Side {
  const { content, issuedOn } = face
  const side = openSide()
  const width = right - 23.5 - 3.5 - 2
  field(
    side,
    'features',
    content.features?.trim() || '–',
    { x: 3.5, y: 3.2, width, height: 8.4 },
    { ...styles.value, size: 2.2 },
  )
  field(side, 'issued-2021', dayText(issuedOn), { x: 3.5, y: 11.9, width, height: 5.4 })
  chip(side)
  const middle = { x: left, width: right - 23.5 - 1.5 - left }
  issuer(side, 'issuer-2021', { ...middle, y: 17.6, height: 7.6 }, 4.2)
  signature(side, face, { ...middle, y: 24.9, height: 5.6 })
  fingers(side)
  serial(side, face.serial, 24.6)
  machineZone(side, writeMrz(content, face.expiresOn, face.mrz))
  return side
}

function back2024(face: CardFace): Side {
  const { content, issuedOn } = face
  const side = openSide()
  const qr = 18
  const width = right - qr - 3 - 3.5
  field(
    side,
    'residence-2024',
    needed('residence', content.residence),
    { x: 3.5, y: 2.7, width, height: 8.4 },
    { ...styles.value, size: 2.2 },
  )
  field(
    side,
    'birth-place',
    needed('birthPlace', content.birthPlace),
    { x: 3.5, y: 11.1, width, height: 6.3 },
    { ...styles.value, size: 2.2 },
  )
  qrCode(side, qrLine(content, issuedOn), right - qr, 3.5, qr)
  chip(side)
  const half = (right - qr - 3 - left) / 2
  field(side, 'issued-2024', dayText(issuedOn), { x: left, y: 17.8, width: half - 0.5, height: 7.2 })
  field(side, 'term-2024', termText(face), { x: left + half, y: 17.8, width: half, height: 7.2 })
  issuer(side, 'issuer-2024', { x: left, width: face.signature ? half + 3 : 2 * half, y: 25.4, height: 4.9 }, 2.8)
  signature(side, face, { x: left + half + 4, y: 25, width: half - 4, height: 5.4 })
  serial(side, face.serial, 24.4)
  machineZone(side, writeMrz(content, face.expiresOn, face.mrz))
  return side
}

export const backs = { '2021': back2021, '2024': back2024 } as const
