import type { DamagedRow } from '../damage/damaged-row.ts'
import { fontFace, inLegacyFont } from '../damage/legacy-font.ts'
import type { WrittenCell } from '../damage/written-cell.ts'
import { ministryId } from '../damage/written-number.ts'
import { tables } from '../people/name.ts'
import type { Pupil } from '../schools/pupil.ts'
import type { SchoolClass } from '../schools/school.ts'
import { type RollContext, shownText, textStyle } from './roll-context.ts'
import type { Field } from './template.ts'
import type { Cell } from './workbook.ts'

export type Told = { context: RollContext; pupil: Pupil; told: DamagedRow; one: SchoolClass; index: number }
const text = (value: string | undefined, { context }: Told): Cell | undefined =>
  value ? { value: shownText(context, value), style: textStyle(context) } : undefined

/** Names go through the old font wherever the school uses one at all. */
function named(value: string, { context: { font } }: Told): Cell | undefined {
  if (!value) return undefined
  return font ? { value: inLegacyFont(value, font), style: { font: fontFace[font] } } : { value }
}

const spread = (cell: WrittenCell | undefined): Cell | undefined =>
  cell && { value: cell.value, ...(cell.format ? { style: { format: cell.format } } : {}) }

/** The last word is the given name; what else there is stays before it, blanks and all. */
const splitName = (name: string) => {
  const whole = name.trimEnd()
  const given = /(?<!\S)\S+$/u.exec(whole)?.[0]
  return given === undefined ? { before: '', given: name } : { before: whole.slice(0, -given.length).trimEnd(), given }
}

/** What each column shows of a pupil. */
export const cellOf: Record<Field, (row: Told) => Cell | undefined> = {
  index: ({ index }) => ({ value: index }),
  class: row => text(row.one.name, row),
  'ministry-id': ({ pupil }) => ({ value: ministryId(pupil), style: { format: '@' } }),
  name: row => named(row.told.name, row),
  'family-middle': row => named(splitName(row.told.name).before, row),
  given: row => named(splitName(row.told.name).given, row),
  birth: ({ told }) => spread(told.birth),
  sex: row => text(row.told.sex && (row.told.sex === 'F' ? 'Nữ' : 'Nam'), row),
  female: ({ told }) => (told.sex === 'F' ? { value: 'x' } : undefined),
  male: ({ told }) => (told.sex === 'M' ? { value: 'x' } : undefined),
  people: row => text(tables.peoples[row.pupil.people], row),
  nationality: row => text('Việt Nam', row),
  province: row => text('Tỉnh Quảng Ninh', row),
  district: row => text(row.told.residence?.commune.districtName, row),
  commune: row => text(row.told.residence?.detail === 'whole' ? row.told.residence.commune.name : undefined, row),
  residence: row => text(residenceText(row), row),
  father: row => named(row.pupil.fatherName, row),
  'father-year': ({ pupil }) => (pupil.fatherYear ? { value: Number(pupil.fatherYear) } : undefined),
  mother: row => named(row.pupil.motherName, row),
  'mother-year': ({ pupil }) => (pupil.motherYear ? { value: Number(pupil.motherYear) } : undefined),
  number: ({ told }) => spread(told.number),
  phone: ({ pupil, index }) =>
    pupil.phone
      ? { value: index % 9 === 4 ? pupil.phone.replace(/^(\d{4})(\d{3})/, '$1.$2.') : pupil.phone }
      : undefined,
  note: row =>
    row.context.random.chance(0.03)
      ? text(row.context.random.pick(['Hộ nghèo', 'Chuyển đến T9/2022', 'Con TB', 'Khuyết tật', 'Đã có CCCD']), row)
      : undefined,
}

const shortenings: readonly (readonly [RegExp, string])[] = [
  [/Phường /, 'P. '],
  [/Thị trấn /, 'TT '],
  [/Thành phố /, 'TP '],
  [/Thị xã /, 'TX '],
  [/Huyện /, 'H. '],
  [/Xã /, 'X. '],
]

function residenceText({ told: { residence }, context: { random } }: Told): string {
  if (!residence) return ''
  const { commune, address, detail } = residence
  if (detail === 'vague') return random.chance(0.5) ? commune.districtName : `${commune.districtName}, Quảng Ninh`
  const full = [address, commune.name, commune.districtName, 'Quảng Ninh']
    .slice(random.chance(0.3) ? 1 : 0, random.chance(0.6) ? 4 : 3)
    .join(', ')
  return random.chance(0.5) ? full : shortenings.reduce((short, [from, to]) => short.replace(from, to), full)
}
