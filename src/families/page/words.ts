import { words } from '../../platform/pages/html.ts'

/** Texts of the family’s page. It speaks to parents, of their child; `-adult` of whoever is of age that day. */
const textsOfPage = {
  'type-title': ['Trang của gia đình', 'The page of a family'],
  'type-intro': [
    'Nhập mã in trên phiếu của nhà trường hoặc công an phường, xã. Bước sau hỏi ngày sinh của người ghi trên phiếu.',
    'Type the code on the slip from the school or the commune police. The next step asks for a birth date.',
  ],
  code: ['Mã trên phiếu', 'The code on the slip'],
  'code-hint': ['Tám chữ và số, như 0A1B-2C3D', 'Eight letters and digits, as 0A1B-2C3D'],
  'code-odd': [
    'Mã có tám chữ và số. Xem lại trên phiếu.',
    'A code has eight letters and digits. Look at the slip again.',
  ],
  go: ['Tiếp tục', 'Go on'],
  nobody: [
    'Phiếu này không còn hiện ai. Hỏi nơi đã đưa phiếu.',
    'This slip shows nobody any more. Ask where it was given to you.',
  ],
  'move-hour': ['Đổi giờ', 'Another hour'],
  'choose-hour': ['Chọn giờ đi làm', 'Choose an hour'],
  'hours-of': ['Giờ hẹn của {name}', 'Appointments of {name}'],
  coming: ['Con sẽ đi', 'The child will come'],
  'coming-adult': ['Báo sẽ đi', 'Confirm the visit'],
  'coming-said': ['Đã báo sẽ đi, {day}', 'Said on {day} that the child will come'],
  'coming-said-adult': ['Đã báo sẽ đi, {day}', 'Confirmed on {day}'],
  'coming-unsay': ['Rút lại', 'Take it back'],
  looked: ['Ai đã xem thông tin của con', 'Who looked at the child’s data'],
  'looked-adult': ['Ai đã xem thông tin', 'Who looked at the data'],
  'looked-of': ['Ai đã xem {name}', 'Who looked at {name}'],
  'looked-none': ['{days} ngày qua không ai xem.', 'Nobody looked in the last {days} days.'],
  'looked-line-once': ['{who}: {n} lượt, gần nhất {day}', '{who}: once, {day}'],
  'looked-line': ['{who}: {n} lượt, gần nhất {day}', '{who}: {n} times, last {day}'],
  'looked-since': [
    'Trong {days} ngày qua, theo chức trách. Đầy đủ từng lượt: đăng nhập trang của công dân.',
    'In the last {days} days, by role. For each look, sign in to the citizen’s own page.',
  ],
  back: ['Về trang trước', 'Back'],
  ask: ['Hỏi công an phường, xã', 'Ask the commune police'],
  'ask-how': ['{counter}. Tổng đài: {hotline}.', '{counter}. Telephone: {hotline}.'],
  'same-home': [
    'Phiếu này hiện các con dưới 18 tuổi cùng cha hoặc mẹ, cùng hộ. Con đã ở nơi khác không hiện ở đây.',
    'This slip shows children under 18 of the same father or mother and the same household. A child who lives ' +
      'elsewhere ' +
      'is not shown.',
  ],
  'keep-slip': [
    'Ai có phiếu và biết ngày sinh của con đều xem được trang này. Mất phiếu thì xin báo nơi đã đưa phiếu.',
    'Whoever has the slip and knows the birth date can see this page. If you lose it, tell those who gave it to you.',
  ],
  'keep-slip-adult': [
    'Ai có phiếu và biết ngày sinh của người ghi trên phiếu đều xem được trang này. Mất phiếu thì xin báo nơi đã ' +
      'đưa phiếu.',
    'Whoever has the slip and knows the birth date can see this page. If you lose it, tell those who gave it to you.',
  ],
  // Who looked, by what acted.
  'by-officer': ['Cán bộ', 'An officer'],
  'by-citizen': ['Chính con, hoặc cha mẹ đã đăng nhập', 'The child, or a parent who signed in'],
  'by-citizen-adult': ['Chính chủ tài khoản đã đăng nhập', 'The holder, signed in'],
  'by-party-adult': ['Dịch vụ mà chủ tài khoản đã dùng hoặc đồng ý', 'A service that the holder used or agreed to'],
  'by-party': ['Dịch vụ mà con đã dùng hoặc đồng ý', 'A service that the child used or agreed to'],
  'by-class-link': [
    'Giáo viên chủ nhiệm, qua liên kết lớp {label}',
    'The homeroom teacher, by the link of class {label}',
  ],
  'by-group-link': ['{label}, qua liên kết của tổ', '{label}, by the link of the group'],
  'by-family-link': ['Gia đình, qua phiếu này', 'The family, by its slip'],
  'by-receipt-holder': ['Người có giấy hẹn', 'Whoever has the receipt'],
  'by-station': ['Trạm thu nhận', 'A capture station'],
  'by-system': ['Hệ thống, tự động', 'The installation by itself'],
  'by-operator': ['Người vận hành hệ thống', 'The operator of the installation'],
} as const
export const pageText = words(textsOfPage)
export type PageText = ReturnType<typeof pageText>
export type PageTextKey = Parameters<PageText>[0]

/** A text of a child, or as it is said of whoever is of age. */
export const tellByAge = (tell: PageText, key: PageTextKey, isMinor: boolean): string => {
  const ofAdult = `${key}-adult`
  return tell(!isMinor && ofAdult in textsOfPage ? (ofAdult as PageTextKey) : key)
}
