import { handWritten, type Typed } from '../test/rolls/hand-written.ts'

/**
 * A school's roll as schools really send it, with every kind of damage placed by hand, so that the test knows what is
 * to become of each row.
 */

export type Pupil = { readonly name: string; readonly born: string; readonly sex: 'M' | 'F'; readonly number: string }

/**
 * Small letters of TCVN 5712 (TCVN3), as the old fonts hold them: written here anew, since the house's own table is
 * what is tried.
 */
const tcvn3 = new Map(
  [
    'àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ ì× ỉØ ĩÜ íÝ ịÞ òß ỏá ' +
      'õâ óã ọä ô« ồå ổæ ỗç ốè ộé',
    'ơ¬ ờê ởë ỡì ớí ợî ùï ủñ ũò úó ụô ư\u00ad ừõ ửö ữ÷ ứø ựù ỳú ỷû ỹü ýý ỵþ đ® Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§',
  ]
    .flatMap(line => line.split(' '))
    .map(pair => [pair.charAt(0), pair.charAt(1)] as const),
)
const inOldFont = (name: string): Typed => ({
  value: Array.from(name, letter => tcvn3.get(letter) ?? letter).join(''),
  font: '.VnTime',
})

/** Capitals with marks were typed from another font; such a name is no good example. */
export const canBeInOldFont = (name: string) =>
  /[^\x00-\x7f]/.test(name) && Array.from(name).every(letter => letter < '\x7f' || tcvn3.has(letter))

const withoutMarks = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const asSchoolsWrite = (day: string) => day.split('-').reverse().join('/')
const yearOf = (day: string) => Number(day.slice(0, 4))
/** Excel takes a number for a number, and the zero that begins it is gone. */
const lostZero = (number: string) => Number(number)

type Written = readonly [name: Typed, born: Typed, sex: string, number: Typed]

const sexOf = ({ sex }: Pupil) => (sex === 'F' ? 'Nữ' : 'Nam')
const plain = (pupil: Pupil): Written => [pupil.name, asSchoolsWrite(pupil.born), sexOf(pupil), pupil.number]
const inNumberCell = (pupil: Pupil): Written => [
  pupil.name,
  asSchoolsWrite(pupil.born),
  sexOf(pupil),
  lostZero(pupil.number),
]
const oldFont = (pupil: Pupil): Written => [
  inOldFont(pupil.name),
  asSchoolsWrite(pupil.born),
  sexOf(pupil),
  pupil.number,
]
const capitals = (pupil: Pupil): Written => [
  withoutMarks(pupil.name).toUpperCase(),
  asSchoolsWrite(pupil.born),
  sexOf(pupil),
  pupil.number,
]
const numberless = (pupil: Pupil): Written => [pupil.name, asSchoolsWrite(pupil.born), sexOf(pupil), null]
/** Nobody can say for sure who it is. */
const doubtful = (pupil: Pupil): Written => [withoutMarks(pupil.name), yearOf(pupil.born), sexOf(pupil), null]

/** Nobody of this name and day is in the province. */
export const stranger: Written = ['Tôn Nữ Hoàng Kim Xuyến Chi', '31/12/2005', 'Nữ', null]

const head: readonly Typed[] = ['STT', 'Họ và tên', 'Ngày, tháng, năm sinh', 'Nam/Nữ', 'Số CCCD/ĐDCN']
const numbered = (rows: readonly Written[]): Typed[][] => rows.map((row, at) => [at + 1, ...row])

export type HostileRoll = {
  readonly file: Buffer
  readonly rows: number
  readonly notPupils: number
  readonly oldFontName: string
  readonly lostZeros: number
}

/**
 * Two classes one under the other on one sheet, each with its heading, among titles, sums and signatures. Takes at
 * least 14 pupils.
 */
export async function hostileRoll(school: string, pupils: readonly Pupil[]): Promise<HostileRoll> {
  const typed = pupils.find(({ name }) => canBeInOldFont(name))
  if (!typed) throw new Error('no name here can be written in an old font')
  const others = pupils.filter(pupil => pupil !== typed)
  const first = [
    oldFont(typed),
    ...others.slice(0, 3).map(inNumberCell),
    ...others.slice(3, 5).map(capitals),
    ...others.slice(5, 9).map(doubtful),
  ]
  const twice = others[0]!
  const second = [
    ...others.slice(9).map((pupil, at) => (at === 0 ? numberless(pupil) : plain(pupil))),
    stranger,
    plain(twice),
  ]
  const rows: Typed[][] = [
    ['SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH'],
    [school.toUpperCase()],
    ['DANH SÁCH HỌC SINH NĂM HỌC 2022-2023'],
    [],
    ['Lớp: 12A1 - GVCN: cô Hạnh'],
    [...head],
    ...numbered(first),
    [null, `Tổng số: ${first.length} học sinh`],
    [],
    ['Lớp: 12A2 - GVCN: thầy Dũng'],
    [...head],
    ...numbered(second),
    [null, `Tổng số: ${second.length} học sinh`],
    [null, null, null, 'Hạ Long, ngày 10 tháng 4 năm 2023'],
    [null, 'Người lập bảng', null, 'HIỆU TRƯỞNG'],
  ]
  const merges = ['A1:E1', 'A2:E2', 'A3:E3', 'A5:E5', `A${9 + first.length}:E${9 + first.length}`]
  const file = await handWritten({ name: 'Khoi 12', rows, merges })
  const pupilRows = first.length + second.length
  return {
    file,
    rows: pupilRows,
    notPupils: rows.filter(row => row.length > 0).length - pupilRows,
    oldFontName: typed.name,
    lostZeros: 3,
  }
}
