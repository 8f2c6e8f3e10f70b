/** Reasons in plain words, by code. {row} and {register} are the values that differ, {at} a position. */
export const words = {
  'name-exact': { vi: 'họ tên giống nhau', en: 'same name' },
  'name-marks-missing': {
    vi: 'họ tên giống nhau, một bên viết không dấu',
    en: 'same name, written without marks on one side',
  },
  'name-marks-differ': { vi: 'tên khác dấu: {row}, {register}', en: 'marks differ: {row}, {register}' },
  'name-one-edit': {
    vi: 'họ tên lệch một chữ cái: {row}, {register}',
    en: 'name differs by one letter: {row}, {register}',
  },
  'name-middle-dropped': {
    vi: 'một bên thiếu tên đệm: {row}, {register}',
    en: 'a middle name is left out: {row}, {register}',
  },
  'name-words-swapped': {
    vi: 'các chữ trong tên bị đổi chỗ: {row}, {register}',
    en: 'the words of the name changed places: {row}, {register}',
  },
  'name-near': { vi: 'họ tên gần giống: {row}, {register}', en: 'names are near: {row}, {register}' },
  'name-family-given': {
    vi: 'cùng họ và tên, khác tên đệm: {row}, {register}',
    en: 'same family and given name, other middle name: {row}, {register}',
  },
  'name-given': {
    vi: 'chỉ giống tên, khác họ: {row}, {register}',
    en: 'only the given name agrees: {row}, {register}',
  },
  'name-family': { vi: 'chỉ giống họ: {row}, {register}', en: 'only the family name agrees: {row}, {register}' },
  'name-different': { vi: 'họ tên khác nhau: {row}, {register}', en: 'other name: {row}, {register}' },

  'birth-exact': { vi: 'ngày sinh giống nhau', en: 'same birth date' },
  'birth-swapped': {
    vi: 'ngày và tháng bị đảo: {row}, {register}',
    en: 'day and month are swapped: {row}, {register}',
  },
  'birth-partial-month': { vi: 'giống tháng và năm sinh, thiếu ngày', en: 'same month and year, no day given' },
  'birth-year-off': {
    vi: 'giống ngày và tháng, lệch một năm: {row}, {register}',
    en: 'same day and month, one year apart: {row}, {register}',
  },
  'birth-partial-year': { vi: 'giống năm sinh, thiếu ngày tháng', en: 'same year, no day or month given' },
  'birth-one-digit': {
    vi: 'ngày sinh lệch một chữ số: {row}, {register}',
    en: 'one digit of the birth date differs: {row}, {register}',
  },
  'birth-default': {
    vi: 'cùng năm, một bên ghi ngày 01/01: {row}, {register}',
    en: 'same year, one side says 1 January: {row}, {register}',
  },
  'birth-year-month': {
    vi: 'cùng tháng và năm, khác ngày: {row}, {register}',
    en: 'same month and year, other day: {row}, {register}',
  },
  'birth-year': {
    vi: 'cùng năm, khác ngày tháng: {row}, {register}',
    en: 'same year, other day and month: {row}, {register}',
  },
  'birth-different': { vi: 'ngày sinh khác nhau: {row}, {register}', en: 'other birth date: {row}, {register}' },

  'number-exact': { vi: 'số định danh giống nhau', en: 'same number' },
  'number-was-cancelled': {
    vi: 'số định danh cũ của người này, đã hủy',
    en: 'a number of this person that was cancelled',
  },
  'number-old-number': { vi: 'số chứng minh nhân dân 9 số giống nhau', en: 'same old number of nine digits' },
  'number-transposed': {
    vi: 'số định danh đảo hai chữ số ở vị trí {at}',
    en: 'two digits of the number changed places, at {at}',
  },
  'number-one-digit': {
    vi: 'số định danh lệch một chữ số ở vị trí {at}',
    en: 'one digit of the number differs, at {at}',
  },
  'number-different': { vi: 'số định danh khác nhau', en: 'other number' },
  'number-of-elder-brother': { vi: 'số của anh ruột', en: 'the number of an elder brother' },
  'number-of-elder-sister': { vi: 'số của chị ruột', en: 'the number of an elder sister' },
  'number-of-younger-sibling': { vi: 'số của em ruột', en: 'the number of a younger sibling' },
  'number-of-sibling': { vi: 'số của anh chị em ruột', en: 'the number of a sibling' },
  'number-of-namesake': { vi: 'số của người trùng họ tên', en: 'the number of a namesake' },
  'number-of-another': { vi: 'số của người khác', en: 'the number of somebody else' },

  'sex-same': { vi: 'cùng giới tính', en: 'same sex' },
  'sex-different': { vi: 'khác giới tính', en: 'other sex' },

  'unit-same-commune': { vi: 'cùng xã, phường', en: 'same commune' },
  'unit-same-district': { vi: 'cùng huyện, khác xã, phường', en: 'same district, other commune' },
  'unit-elsewhere': { vi: 'nơi ở khác nhau', en: 'lives elsewhere' },
  'unit-school-commune': { vi: 'ở cùng xã, phường với trường', en: 'lives in the commune of the school' },
  'unit-school-district': { vi: 'ở cùng huyện với trường', en: 'lives in the district of the school' },
  'unit-school-elsewhere': { vi: 'ở xa trường', en: 'lives far from the school' },

  'father-name-and-year': { vi: 'giống tên và năm sinh của cha', en: "same father's name and year of birth" },
  'father-name': { vi: 'giống tên cha', en: "same father's name" },
  'father-name-other-year': { vi: 'giống tên cha, khác năm sinh', en: "same father's name, other year of birth" },
  'father-given-and-year': {
    vi: 'tên cha gần giống, cùng năm sinh',
    en: "father's given name and year of birth agree",
  },
  'father-different': { vi: 'tên cha khác nhau', en: "other father's name" },
  'mother-name-and-year': { vi: 'giống tên và năm sinh của mẹ', en: "same mother's name and year of birth" },
  'mother-name': { vi: 'giống tên mẹ', en: "same mother's name" },
  'mother-name-other-year': { vi: 'giống tên mẹ, khác năm sinh', en: "same mother's name, other year of birth" },
  'mother-given-and-year': { vi: 'tên mẹ gần giống, cùng năm sinh', en: "mother's given name and year of birth agree" },
  'mother-different': { vi: 'tên mẹ khác nhau', en: "other mother's name" },

  'phone-same': { vi: 'cùng số điện thoại', en: 'same phone' },
  'phone-different': { vi: 'khác số điện thoại', en: 'other phone' },
} as const

export type ReasonCode = keyof typeof words
