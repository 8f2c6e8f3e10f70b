import type { ChipContent } from '../../chip/making/chip-files.ts'
import { type Day, formatPartialDay, type PartialDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { cardDataOn } from '../card-data.ts'
import type { CardContent } from '../content.ts'
import { chipPortrait } from '../law.ts'
import { printedFaceProblem } from '../problems-printed-face.ts'

/** A birth date as DG11 has it: eight digits, those that are not known 0 (ICAO 9303-10, section 4.7.11). */
const chipDate = ({ y, m = 0, d = 0 }: PartialDay): string =>
  `${String(y).padStart(4, '0')}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`

/** A day, or what is known of it, as it is printed: 15/03/2005. */
const printedDay = (day: string): string => day.split('-').reverse().join('/')

/** Tried in their order until the portrait is small enough. */
const qualities = [90, 80, 70, 60, 50, 40, 30, 20, 10]

/**
 * The portrait as the chip has it: a JPEG no larger than the policy says, without what a camera wrote beside it. Throws
 * where it is no picture.
 */
export async function portraitForChip(portrait: Uint8Array, work: Work): Promise<Buffer> {
  const { bytes, width, height } = ruleOn(chipPortrait, work.today, work)
  const { default: sharp } = await import('sharp')
  const { data, info } = await sharp(portrait)
    .autoOrient()
    .resize({ width, height, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const raw = { width: info.width, height: info.height, channels: info.channels }
  let smallest: Buffer = Buffer.alloc(0)
  for (const quality of qualities) {
    smallest = await sharp(data, { raw }).jpeg({ quality }).toBuffer()
    if (smallest.length <= bytes) break
  }
  return smallest
}

/** Throws card-image-unreadable, whatever the library finds wrong with it. */
const refusedUnreadable = (portrait: Buffer, work: Work): Promise<Buffer> =>
  portraitForChip(portrait, work).catch(() => {
    throw printedFaceProblem('card-image-unreadable')
  })

/** What the chip of a card says that is issued on a day. Throws as `writeMrz` does, and card-image-unreadable. */
export async function chipContentOf(
  { content, portrait, issuedOn }: { readonly content: CardContent; readonly portrait: Buffer | null; issuedOn: Day },
  work: Work,
): Promise<ChipContent> {
  const { mrz, expiresOn } = cardDataOn(content, issuedOn, work)
  const { number, fullName, birthDate, sex, nationality, hometown, birthPlace, residence } = content
  const { features, oldNumber, parents } = content
  return {
    zone: mrz,
    portrait: portrait ? await refusedUnreadable(portrait, work) : undefined,
    person: { fullName, personalNumber: number, birthDate: chipDate(birthDate), birthPlace, address: residence },
    national: {
      number,
      fullName,
      birthDate: printedDay(formatPartialDay(birthDate)),
      sex: sex === 'M' ? 'Nam' : 'Nữ',
      nationality,
      hometown: hometown ?? birthPlace,
      residence,
      features,
      issuedOn: printedDay(issuedOn),
      expiresOn: expiresOn ? printedDay(expiresOn) : 'Không thời hạn',
      parents,
      oldNumber,
    },
  }
}
