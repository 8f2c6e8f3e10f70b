/** Cư trú của hộ gia đình học sinh: homes of pupils' households that differ. */
export const householdWords = {
  households: ['Cư trú hộ gia đình', 'Households'],
  'households-title': [
    'Nơi cư trú của học sinh và gia đình khác nhau ở đâu',
    'Where homes of pupils and families differ',
  ],
  'households-reading': ['Đang đối chiếu nơi cư trú', 'Comparing homes'],
  'households-about': [
    '{pupils} học sinh cư trú ở đây có trong danh sách trường; ' +
      '{kin} em đã biết nơi thường trú của cha, mẹ hoặc anh, chị, em',
    '{pupils} {pupils|pupil|pupils} who live here are on a roll; of {kin} the ' +
      'register knows the home of a parent, brother or sister',
  ],
  'households-any': ['Có khác biệt', 'With a difference'],
  'households-said': ['Trường ghi khác', 'The roll differs'],
  'households-father': ['Cha', 'Father'],
  'households-mother': ['Mẹ', 'Mother'],
  'households-sibling': ['Anh, chị, em', 'Brother or sister'],
  'households-none': ['Không có nơi cư trú nào khác nhau', 'No home differs'],
  'households-home': ['Thường trú của học sinh', 'The pupil’s registered home'],
  'households-differs': ['Khác ở', 'Differs'],
  'households-where': ['Nơi khác', 'The other home'],
  'households-elsewhere': ['ngoài phạm vi', 'beyond your units'],
  'households-follow': ['Giao công an xã, phường kiểm tra', 'Make them follow-ups of the wards'],
  'households-followed': [
    'Đã giao {opened} việc mới, kết thúc {closed} việc không còn khác biệt; đang theo dõi {open} việc.',
    '{opened} new follow-ups, {closed} closed since nothing differs any more; {open} are open.',
  ],
} as const

type HouseholdWords = typeof householdWords
declare module '../base/language.tsx' {
  interface Texts extends HouseholdWords {}
}
