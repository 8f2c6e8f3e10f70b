import type { Day, PartialDay } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import type { CardContent } from '../content.ts'
import { layoutOn, namesParents } from '../law.ts'
import { printedFaceProblem } from '../problems-printed-face.ts'

/** A stroke or a line break within a field would begin another one. */
const addressField = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s,|\u0085]+/g, between => (/[|\r\n\u0085\u2028\u2029]/.test(between) ? ', ' : between))
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|(?<![\s,])[\s,]+$/g, '')
const nameField = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[|\s]+/g, ' ')
    .trim()

const twoPlaces = (n: number) => String(n).padStart(2, '0')
const fourPlaces = (n: number) => String(n).padStart(4, '0')

/** ddMMyyyy, or the known parts of a birth in the same order. No source describes partial births in the real line. */
const dayDigits = ({ y, m, d }: PartialDay) => (m && d ? twoPlaces(d) : '') + (m ? twoPlaces(m) : '') + fourPlaces(y)
const issueDigits = (day: Day) => day.split('-').reverse().join('')

const digitsOf = (text: string | undefined, length: number) => {
  if (text === undefined || text === '') return ''
  if (text.length !== length || !/^\d*$/.test(text)) throw printedFaceProblem('card-number-malformed')
  return text
}

/**
 * The line in the card's QR code, in UTF-8; not signed (domain.md 2.16–2.18).
 *
 * 2021 (TT06/2021), seven fields between upright strokes: number | old number, may be empty | name | birth | sex |
 * residence | day of issue. 2024 (TT16/2024): the same seven, then three more, empty where there is nothing to say:
 * cancelled number | a parent | the other, of a child's card alone. *That* these are in the code is sure, their order
 * and number are from memory and of low confidence (domain.md 2.17); readers take the first seven and keep the rest as
 * it is.
 */
export function qrLine(content: CardContent, issuedOn: Day, work: Asking): string {
  const { number, oldNumber, fullName, birthDate, sex, residence, cancelledNumber, parents = [] } = content
  if (number === '') throw printedFaceProblem('card-number-malformed')
  const fields = [
    digitsOf(number, 12),
    digitsOf(oldNumber, 9),
    nameField(fullName),
    dayDigits(birthDate),
    sex === 'M' ? 'Nam' : 'Nữ',
    addressField(residence),
    issueDigits(issuedOn),
  ]
  if (layoutOn(issuedOn, work) === '2021') return fields.join('|')
  const named = namesParents(birthDate, issuedOn, work) ? parents : []
  const [one = '', ...others] = named.map(nameField)
  return [...fields, digitsOf(cancelledNumber, 12), one, others.join(', ')].join('|')
}
