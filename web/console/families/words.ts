/** Slips for families. On paper they speak to parents of their child, and to whoever is of age. */
export const familySlipWords = {
  'chosen-slips': ['In phiếu cho gia đình', 'Print slips for families'],
  'class-slips': ['In phiếu', 'Print slips'],
  'slips-title': ['Phiếu cho gia đình', 'Slips for families'],
  'slips-of': ['{n} người đã chọn', '{n} {n|person|people} chosen'],
  'slips-of-class': ['Lớp {class}', 'Class {class}'],
  'slips-of-school': ['Cả trường, {n} lớp', 'The whole school, {n} {n|class|classes}'],
  'slips-school': ['In phiếu cả trường', 'Print slips of the whole school'],
  'slips-making': ['Đang làm phiếu: {done} trên {all} phần', 'Making slips: {done} of {all} {all|part|parts}'],
  'slips-go-on': ['Làm tiếp', 'Go on'],
  'slips-not-all': [
    'Mới làm được {done} trên {all} phần. Phiếu đã làm vẫn dùng được.',
    '{done} of {all} {all|part|parts} are made. The slips made so far are good.',
  ],
  'slips-until': ['Dùng đến hết ngày {day}', 'Good until {day}'],
  'slips-why': ['gia đình xem con còn thiếu gì', 'families see what their child still lacks'],
  'slips-ask': ['Làm phiếu: {whose}?', 'Make slips: {whose}?'],
  'slips-ask-todo': [
    'Mỗi phiếu mở trang của một người, bằng ngày sinh của người đó. Phiếu đã in trước đây cho họ hết dùng được. ' +
      'Mã chỉ hiện ' +
      'một lần, nên in ngay.',
    'Each slip opens the page of one person by the birth date. Slips printed before for these people ' +
      'open nothing ' +
      'any more. Codes are shown once: print them now.',
  ],
  'slips-make': ['Làm phiếu', 'Make the slips'],
  'slips-nobody': ['Chưa chọn ai', 'Nobody is chosen'],
  'slips-many': ['Chọn nhiều quá một lần', 'Too many are chosen'],
  'slips-nobody-todo': [
    'Chọn tối đa {n} người ở Danh sách rồi bấm In phiếu cho gia đình.',
    'Choose at most {n} people under Lists, and press Print slips for families.',
  ],
  'slips-back-list': ['Về danh sách', 'Back to the list'],
  'slips-back-classes': ['Về các lớp', 'Back to the classes'],
  'slips-refused': ['Chưa làm được phiếu', 'No slip'],
  'slips-no-birth-date': ['{n} chưa có đủ ngày, tháng, năm sinh', '{n} without a whole birth date'],
  'slips-too-old': ['{n} đã quá tuổi học sinh', '{n} past the age of pupils'],
  'slips-unknown': ['{n} chưa khớp với dữ liệu dân cư', '{n} not matched with the register'],
  'slip-for': ['Gửi gia đình em', 'To the family of'],
  'slip-for-adult': ['Gửi anh/chị', 'To'],
  'slip-class': ['lớp {class}', 'class {class}'],
  'slip-scan': [
    'Xem con còn thiếu gì, đi làm khi nào, mang theo gì. Quét mã, hoặc vào {place} nhập mã:',
    'See what your child still lacks, when to go and what to bring. Scan this, or type the code at {place}:',
  ],
  'slip-birth': [
    'Trang hỏi ngày sinh của con. Không mất phí. Không ai hỏi passcode hay thu tiền qua trang này.',
    'The page asks for the child’s birth date. It is free. Nobody asks for a passcode or money through it.',
  ],
  'slip-scan-adult': [
    'Xem anh/chị còn thiếu gì, đi làm khi nào, mang theo gì. Quét mã, hoặc vào {place} nhập mã:',
    'See what you still lack, when to go and what to bring. Scan this, or type the code at {place}:',
  ],
  'slip-birth-adult': [
    'Trang hỏi ngày sinh của anh/chị. Không mất phí. Không ai hỏi passcode hay thu tiền qua trang này.',
    'The page asks for your birth date. It is free. Nobody asks for a passcode or money through it.',
  ],
  'slip-foot': ['{issuer}. Dùng đến hết ngày {day}.', '{issuer}. Good until {day}.'],
} as const

type FamilySlipWords = typeof familySlipWords
declare module '../base/language.tsx' {
  interface Texts extends FamilySlipWords {}
}
