import { inForceToday } from '../platform/law-of-texts.ts'
import { type Language, words } from '../platform/pages/html.ts'
import * as register from '../register/register.ts'
import { latelyDays } from './law.ts'
import { type FormOfAddress, fillText, type TextValues } from './words.ts'

/** Texts of "who looked at me": purposes as docs/privacy.md has them, groups of fields, and who. */
const say = words({
  title: ['Ai đã xem {you}', 'Who looked at you'],
  'title-child': ['Ai đã xem {name}', 'Who looked at {name}'],
  lately: () => [
    `${inForceToday(latelyDays)} ngày qua có {n} lượt xem.`,
    `{n} looks in the last ${inForceToday(latelyDays)} days.`,
  ],
  'lately-none': () => [
    `${inForceToday(latelyDays)} ngày qua không ai xem.`,
    `Nobody looked in the last ${inForceToday(latelyDays)} days.`,
  ],
  total: () => [
    `${inForceToday(register.readersYears)} năm qua: {n} lượt.`,
    `In ${inForceToday(register.readersYears)} years: {n}.`,
  ],
  none: ['Chưa ai xem.', 'Nobody has looked so far.'],
  'none-how': [
    'Mỗi lần có người mở thông tin của {you}, ở đây có thêm một dòng.',
    'Each time somebody opens your data, a line is added here.',
  ],
  'about-names': [
    'Cán bộ được ghi theo chức trách và đơn vị. Muốn biết là ai, {you} hỏi đơn vị đó, nêu ngày giờ và mã hồ sơ.',
    'Officers are told by role and unit. To know who it was, ask that unit, with the time and the case.',
  ],
  'own-hidden': ['{n} lượt {you} tự xem được gấp lại.', '{n} looks of your own are folded away.'],
  'own-show': ['Hiện cả lượt của {you}', 'Show your own too'],
  'own-hide': ['Gấp lại lượt của {you}', 'Fold your own away'],
  older: ['Cũ hơn', 'Older'],
  newest: ['Về mới nhất', 'To the latest'],
  saw: ['Xem:', 'Saw:'],
  // What parties said that is not so.
  guesses: ['Có nơi nói sai về {you}', 'Somebody said wrong things about you'],
  'guesses-on': ['{n} lần nói không đúng, ngày {to}.', '{n} times not so, on {to}.'],
  'guesses-between': ['{n} lần nói không đúng, từ {from} đến {to}.', '{n} times not so, from {from} to {to}.'],
  'guesses-refused': ['{n} lần không được trả lời.', '{n} times it was not answered.'],
  'guesses-stopped': ['Đã bị chặn.', 'It was stopped.'],
  'guesses-how': [
    'Các nơi này hỏi đúng hay sai và không được xem thông tin. Nói sai vài lần có thể là gõ nhầm; ' +
      'nói sai nhiều lần thì bị chặn trong ngày.',
    'They asked yes or no, and saw nothing. A few wrong words may be a slip of the hand; ' +
      'many, and they are stopped for the day.',
  ],
  // By whom.
  'by-self': ['Chính {you}', 'You yourself'],
  'by-parent': ['Cha, mẹ hoặc người giám hộ', 'A parent or guardian'],
  'by-house': ['Hệ thống, tự động', 'The installation by itself'],
  'by-operator': ['Người vận hành hệ thống', 'The operator of the installation'],
  'by-station': ['Trạm thu nhận', 'A capture station'],
  'by-class': ['Liên kết của lớp {label}', 'The link of class {label}'],
  'by-group': ['Liên kết của {label}', 'The link of {label}'],
  'by-family': ['Liên kết của gia đình', 'The link of the family'],
  'by-receipt': [
    'Người có giấy hẹn, qua trang xem không cần tài khoản',
    'Somebody with the receipt, on the page without an account',
  ],
  'by-unknown': ['Nơi không còn đăng ký', 'Somebody who is registered no more'],
  'role-none': ['Cán bộ', 'An officer'],
  'role-provincial-commander': ['Lãnh đạo công an tỉnh', 'A provincial commander'],
  'role-pc06-reception': ['Cán bộ tiếp nhận Phòng PC06', 'A reception officer of PC06'],
  'role-pc06-approver': ['Lãnh đạo Phòng PC06', 'A head of PC06'],
  'role-service-centre-reception': [
    'Cán bộ Trung tâm Phục vụ hành chính công',
    'An officer of the public administration centre',
  ],
  'role-district-officer': ['Cán bộ công an cấp huyện', 'A district police officer'],
  'role-ward-officer': ['Cán bộ công an cấp xã', 'A commune police officer'],
  'role-card-centre-operator': ['Cán bộ trung tâm thẻ', 'An officer of the card centre'],
  'role-data-approver': ['Cán bộ phê duyệt dữ liệu', 'An officer who approves data'],
  'role-education-officer': ['Cán bộ giáo dục', 'An education officer'],
  'role-school-officer': ['Cán bộ nhà trường', 'An officer of the school'],
  'role-homeroom-teacher': ['Giáo viên chủ nhiệm', 'The homeroom teacher'],
  'role-community-group-member': ['Thành viên tổ công nghệ số cộng đồng', 'A member of a community group'],
  'role-peoples-committee': ['Cán bộ ủy ban nhân dân', 'An officer of the people’s committee'],
  'role-auditor': ['Cán bộ thanh tra, kiểm tra', 'An auditor'],
  'role-administrator': ['Quản trị viên', 'An administrator'],
  // Why: the codes of docs/privacy.md.
  'why-register': ['tra cứu dữ liệu dân cư', 'looking up the register'],
  'why-correction': ['chỉnh sửa dữ liệu dân cư', 'correcting the register'],
  'why-roll': ['đối chiếu danh sách của trường', 'comparing a school’s roll'],
  'why-attendance': ['theo dõi trẻ trong độ tuổi đi học', 'children of school age'],
  'why-campaign': ['lập danh sách người cần làm thẻ, tài khoản', 'lists of who needs a card or an account'],
  'why-session': ['chuẩn bị và phục vụ đợt cấp thẻ', 'preparing and serving a session'],
  'why-appointment': ['lịch hẹn tại bộ phận tiếp nhận', 'an appointment at a counter'],
  'why-capture': ['thu nhận hồ sơ tại trạm', 'taking in what a station captured'],
  'why-application': ['kiểm tra, duyệt hồ sơ cấp thẻ', 'checking and deciding an application'],
  'why-receipt': ['tra cứu giấy hẹn', 'looking at a receipt'],
  'why-outreach': ['gửi tin nhắn cho {you}', 'sending you messages'],
  'why-card': ['làm, chuyển và trả thẻ', 'making, sending and handing over a card'],
  'why-account': ['lập và duyệt tài khoản', 'opening and deciding an account'],
  'why-accounts': ['lập và duyệt tài khoản', 'opening and deciding an account'],
  'why-verification': ['kiểm tra đúng, sai thông tin do {you} khai', 'checking what you told them, yes or no'],
  'why-sign-in': ['{you} đăng nhập và đồng ý cho xem', 'you signed in and let them see'],
  'why-own-page': ['xem trang của mình', 'looking at one’s own page'],
  'why-statistics': ['đếm số liệu', 'counting'],
  'why-import': ['nhập dữ liệu', 'loading data'],
  'why-demonstration': ['dựng dữ liệu minh họa', 'making the demonstration'],
  'why-data-protection': ['giải quyết yêu cầu về dữ liệu cá nhân', 'requests about personal data'],
  'why-audit': ['kiểm tra việc xem dữ liệu', 'checking who looked'],
  'why-developers': ['vận hành dịch vụ', 'running a service'],
  'why-other': ['mục đích {code}', 'purpose {code}'],
  // What: groups of fields.
  'what-identity': ['họ tên, ngày sinh, giới tính, số', 'name, birth, sex, number'],
  'what-number': ['số định danh', 'number'],
  'what-residence': ['nơi ở', 'residence'],
  'what-household': ['hộ', 'household'],
  'what-kin': ['cha mẹ, người thân', 'kin'],
  'what-phone': ['điện thoại', 'phone'],
  'what-history': ['những lần thay đổi', 'history'],
  'what-card': ['thẻ', 'card'],
  'what-name': ['họ tên', 'name'],
  'what-birth': ['ngày sinh', 'birth date'],
  'what-sex': ['giới tính', 'sex'],
  'what-account': ['tài khoản', 'account'],
  'what-need': ['việc còn thiếu', 'what is lacking'],
  'what-portrait': ['ảnh chân dung', 'portrait'],
  'what-fingerprint': ['vân tay', 'fingerprints'],
  'what-iris': ['mống mắt', 'irises'],
  'what-signature': ['chữ ký', 'signature'],
  'what-content': ['nội dung in trên thẻ', 'what the card bears'],
  'what-application': ['hồ sơ cấp thẻ', 'application'],
  'what-correction': ['hồ sơ chỉnh sửa', 'correction'],
  'what-message': ['tin nhắn', 'message'],
  'what-school': ['trường, lớp', 'school, class'],
  'what-by-name': ['kết quả tìm theo tên', 'what a search by name found'],
  'what-data-request': ['yêu cầu về dữ liệu', 'request about data'],
  'what-attachments': ['danh sách giấy tờ đính kèm', 'list of attached papers'],
  'what-attachment': ['giấy tờ đính kèm', 'attached paper'],
  'what-everything': ['mọi thứ hệ thống giữ', 'everything that is kept'],
  'basis-of': ['Căn cứ: {basis}', 'By: {basis}'],
  'what-other': ['thông tin khác ({code})', 'something else ({code})'],
  // About which case.
  'case-application': ['hồ sơ thẻ {code}', 'application {code}'],
  'case-correction': ['hồ sơ chỉnh sửa {code}', 'correction {code}'],
  'case-card': ['thẻ {code}', 'card {code}'],
  'case-message': ['tin nhắn {code}', 'message {code}'],
  'case-account': ['hồ sơ tài khoản {code}', 'account {code}'],
  'case-data-request': ['yêu cầu về dữ liệu {code}', 'request {code}'],
  'case-attachment': ['giấy tờ đính kèm {code}', 'attached paper {code}'],
  'case-pattern': ['kiểm tra việc xem dữ liệu {code}', 'inspection {code}'],
  'case-other': ['hồ sơ {code}', 'case {code}'],
})

export type AccessTextKey = Parameters<ReturnType<typeof say>>[0]
export type AccessTranslate = (key: AccessTextKey, facts?: TextValues) => string

export const accessTranslatorFor = (language: Language, address: FormOfAddress): AccessTranslate => {
  const tell = say(language)
  return (key, facts) => fillText(tell(key), address, facts)
}

/** The word for a code, or the one for what has none: a code that is new here is shown, not hidden. */
export function codeText(
  tell: AccessTranslate,
  kind: 'why' | 'what' | 'case',
  code: string,
  facts: TextValues = {},
): string {
  const key = `${kind}-${code}` as AccessTextKey
  const text = tell(key, facts)
  return text === key ? tell(`${kind}-other`, { code, ...facts }) : text
}

/** What readings note (audit.noteReading) → the group that people read. */
const groups: Readonly<Record<string, string>> = {
  numbers: 'number',
  person_number: 'number',
  phones: 'phone',
  phone_number: 'phone',
  birthdate: 'birth',
  birth_date: 'birth',
  full_name: 'name',
  gender: 'sex',
  'card-content': 'content',
}

/** Groups of fields in words, each once. */
export const fieldsText = (tell: AccessTranslate, fields: readonly string[]): string =>
  [...new Set(fields.map(field => codeText(tell, 'what', groups[field] ?? field)))].join(', ')
