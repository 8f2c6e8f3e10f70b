import { Malformed, onlyElement } from '../der/read.ts'
import { element } from '../der/write.ts'
import { groupTag } from './files.ts'

/**
 * DG1: the machine-readable zone as one text, three lines of thirty for a card (TD1), two of forty-four for a passport
 * or of thirty-six (ICAO 9303-10, section 4.7.1).
 */
export const writeZoneGroup = (lines: readonly string[]): Uint8Array<ArrayBuffer> =>
  element(groupTag(1), element(0x5f1f, Buffer.from(lines.join(''), 'latin1')))

const lineLengths: Readonly<Record<number, number>> = { 90: 30, 88: 44, 72: 36 }

/** The lines of the zone. Throws Malformed. */
export function readZoneGroup(file: Uint8Array): readonly string[] {
  const zone = onlyElement(onlyElement(file, groupTag(1)).content, 0x5f1f)
  const text = Buffer.from(zone.content).toString('latin1')
  const length = lineLengths[text.length]
  if (!length || !/^[A-Z0-9<]+$/.test(text)) throw new Malformed('DG1 holds no machine-readable zone')
  return Array.from({ length: text.length / length }, (_, at) => text.slice(at * length, (at + 1) * length))
}
