/** Giám hộ: of grown people, by a decision. */
export const guardianshipWords = {
  guardianship: ['Giám hộ', 'Guardianship'],
  'guardianship-none': ['Không có quyết định giám hộ', 'No guardianship is recorded'],
  'guardianship-record': ['Ghi nhận quyết định giám hộ', 'Record a guardianship'],
  'guardianship-about': [
    'Người thành niên mất năng lực hành vi dân sự hoặc có khó khăn trong nhận thức, làm chủ hành vi. Cán bộ khác xem ' +
      'quyết định và xác nhận; từ đó người giám hộ mới thực hiện thay.',
    'Of a grown person who lost the capacity to act or has difficulty in perception and control. Another officer ' +
      'looks at the decision and accepts it; until then nobody acts.',
  ],
  'guardianship-number': ['Số định danh cá nhân của người giám hộ', 'Guardian’s personal number'],
  'guardianship-relation': ['Quan hệ với người được giám hộ', 'Relation to the ward'],
  'guardianship-relation-spouse': ['Vợ, chồng', 'Spouse'],
  'guardianship-relation-father': ['Cha', 'Father'],
  'guardianship-relation-mother': ['Mẹ', 'Mother'],
  'guardianship-relation-child': ['Con', 'Child'],
  'guardianship-relation-guardian': ['Người được cử hoặc chỉ định', 'Appointed'],
  'guardianship-ground': ['Căn cứ', 'Ground'],
  'guardianship-ground-lost-capacity': ['Mất năng lực hành vi dân sự', 'Lost the capacity to act'],
  'guardianship-ground-limited-cognition': [
    'Có khó khăn trong nhận thức, làm chủ hành vi',
    'Difficulty in perception and control',
  ],
  'guardianship-paper-kind': ['Giấy tờ', 'Decision'],
  'guardianship-paper-court-decision': ['Quyết định của Tòa án', 'Of a court'],
  'guardianship-paper-committee-decision': ['Văn bản của Ủy ban nhân dân', 'Of a people’s committee'],
  'guardianship-paper': ['Số, cơ quan ban hành', 'Number and who issued it'],
  'guardianship-paper-on': ['Ngày ban hành', 'Its day'],
  'guardianship-from': ['Giám hộ từ ngày', 'From'],
  'guardianship-to': ['Đến ngày (không bắt buộc)', 'To (optional)'],
  'guardianship-do': ['Ghi nhận', 'Record'],
  'guardianship-waits': ['chờ cán bộ khác xác nhận', 'waits for a second officer'],
  'guardianship-in-force': ['đang giám hộ', 'in force'],
  'guardianship-accept': ['Xác nhận', 'Accept'],
  'guardianship-end': ['Kết thúc giám hộ', 'End the guardianship'],
  'guardianship-end-title': ['Kết thúc giám hộ của {name}?', 'End the guardianship of {name}?'],
  'guardianship-end-so': [
    'Người giám hộ không còn dùng được tài khoản của người được giám hộ; số điện thoại của họ được gỡ khỏi tài khoản.',
    'The guardian can use the ward’s account no more, and their phone is taken out of it.',
  ],
  'guardianship-end-reason': ['Lý do', 'Reason'],
  'guardianship-end-court': ['Tòa án hủy bỏ', 'Set aside by a court'],
  'guardianship-end-died': ['Đã chết', 'A death'],
  'guardianship-end-changed': ['Thay đổi người giám hộ', 'Another guardian'],
  'guardianship-end-term': ['Hết thời hạn', 'Term over'],
  'guardianship-end-mistaken': ['Ghi nhầm', 'Recorded by mistake'],
  'guardianship-ended': ['kết thúc {day}: {why}', 'ended {day}: {why}'],
} as const

type GuardianshipWords = typeof guardianshipWords
declare module '../base/language.tsx' {
  interface Texts extends GuardianshipWords {}
}
