import { elementsIn, inSequence, Malformed, onlyElement, readSmallInteger, readText } from '../der/read.ts'
import { element, integer, sequence, utf8Text } from '../der/write.ts'
import { chipLimits } from '../law.ts'
import { groupTag } from './files.ts'

/**
 * DG11: more about the person, in any script (ICAO 9303-10, section 4.7.11). Each detail has a tag; those that are
 * there are listed first.
 */
const detailTags = {
  fullName: 0x5f0e,
  otherNames: 0x5f0f,
  personalNumber: 0x5f10,
  birthDate: 0x5f2b,
  birthPlace: 0x5f11,
  address: 0x5f42,
  phone: 0x5f12,
  profession: 0x5f13,
  title: 0x5f14,
  summary: 0x5f15,
} as const
export type ChipPersonDetail = keyof typeof detailTags
export type PersonDetails = Readonly<Partial<Record<ChipPersonDetail, string>>>

const details = Object.keys(detailTags) as readonly ChipPersonDetail[]

/** A birth date is eight digits, YYYYMMDD, unknown ones 0; places and addresses have their parts divided by `<`. */
export const writePersonGroup = (person: PersonDetails): Uint8Array<ArrayBuffer> => {
  const present = details.filter(detail => person[detail])
  const tags = present.flatMap(detail => [detailTags[detail] >> 8, detailTags[detail] & 0xff])
  return element(groupTag(11), [
    element(0x5c, Uint8Array.from(tags)),
    ...present.map(detail => element(detailTags[detail], Buffer.from(person[detail] ?? '', 'utf8'))),
  ])
}

/** What is known of the person; details with other tags are passed over. Throws Malformed. */
export function readPersonGroup(file: Uint8Array): PersonDetails {
  const [list, ...found] = elementsIn(onlyElement(file, groupTag(11)).content)
  if (list?.tag !== 0x5c) throw new Malformed('DG11 does not begin with the list of its details')
  const person: Partial<Record<ChipPersonDetail, string>> = {}
  for (const { tag, content } of found) {
    const detail = details.find(one => detailTags[one] === tag)
    // An older form of the birth date packs two digits into a byte.
    const isPacked = detail === 'birthDate' && content.length === 4
    if (detail) person[detail] = isPacked ? Buffer.from(content).toString('hex') : readText({ content })
  }
  return person
}

/**
 * DG13 of Vietnamese cards: numbered texts. Two readers of real cards agree on the numbers 1 to 13 and 16 (domain.md
 * 2.21); no card was seen here. Father and mother lie inside one another under 13.
 */
export const nationalFields = {
  1: 'number',
  2: 'fullName',
  3: 'birthDate',
  4: 'sex',
  5: 'nationality',
  6: 'ethnicity',
  7: 'religion',
  8: 'hometown',
  9: 'residence',
  10: 'features',
  11: 'issuedOn',
  12: 'expiresOn',
  13: 'parents',
  14: 'spouse',
  16: 'oldNumber',
} as const
export type NationalField = (typeof nationalFields)[keyof typeof nationalFields]
export type NationalData = { readonly [Field in Exclude<NationalField, 'parents'>]?: string | undefined } & {
  readonly parents?: readonly string[] | undefined
}

const nationalNumbers = Object.keys(nationalFields).map(Number) as (keyof typeof nationalFields)[]

export const writeNationalGroup = (data: NationalData): Uint8Array<ArrayBuffer> =>
  element(
    groupTag(13),
    sequence(
      ...nationalNumbers.flatMap(number => {
        const value = data[nationalFields[number]]
        if (value === undefined || value.length === 0) return []
        const written =
          typeof value === 'string' ? utf8Text(value) : sequence(...value.map(one => sequence(utf8Text(one))))
        return [sequence(integer(number), written)]
      }),
    ),
  )

/** All texts in an element. Throws Malformed where elements lie too deep in one another. */
function textsIn(bytes: Uint8Array, depth = 0): readonly string[] {
  if (depth > chipLimits.depth) throw new Malformed('too many elements lie inside one another')
  return elementsIn(bytes).flatMap(({ tag, content }) =>
    tag & 0x20 ? textsIn(content, depth + 1) : [readText({ content })],
  )
}

/** What the country adds; fields with other numbers are passed over. Throws Malformed. */
export function readNationalGroup(file: Uint8Array): NationalData {
  const data: Record<string, string | readonly string[]> = {}
  for (const { bytes } of elementsIn(inSequenceOf(file))) {
    const cursor = inSequence(bytes, 'field of DG13')
    const number = readSmallInteger(cursor.take(0x02), 'number of a field of DG13')
    const field = nationalFields[number as keyof typeof nationalFields]
    const texts: string[] = []
    for (let value = cursor.any(); value; value = cursor.any()) texts.push(...textsIn(value.bytes))
    if (field) data[field] = field === 'parents' ? texts : (texts[0] ?? '')
  }
  return data as NationalData
}

const inSequenceOf = (file: Uint8Array): Uint8Array =>
  onlyElement(onlyElement(file, groupTag(13)).content, 0x30).content
