/** Sổ đối chiếu: how each pupil's entry stands to the register, and what became of it. */
export const ledgerWords = {
  ledger: ['Sổ đối chiếu', 'Ledger'],
  'ledger-title': ['Từng học sinh đang khớp với ai', 'Whom each pupil is matched to'],
  'ledger-about': [
    'Mỗi học sinh một mục, giữ nguyên khi trường gửi lại danh sách. ' +
      'Dữ liệu dân cư thay đổi thì mục được đối chiếu lại ngay.',
    'Each pupil has one entry, which stays when the school sends its roll again. ' +
      'When the register changes, the entry is compared again at once.',
  ],
  'ledger-reading': ['Đang đếm', 'Counting'],
  'ledger-none': [
    'Năm học này chưa có danh sách nào được đối chiếu',
    'No roll of this school year has been compared yet',
  ],
  'ledger-none-todo': [
    'Chọn năm học khác ở bên, hoặc nhận danh sách ở trang Rà soát.',
    'Choose another school year, or take a roll in under Reconciliation.',
  ],
  'ledger-list-none': ['Không có học sinh nào trong nhóm này', 'There is nobody in this group'],
  'ledger-every': ['Mọi nhóm', 'Every group'],
  'ledger-every-school': ['Mọi trường', 'Every school'],
  'ledger-all-schools': ['Tất cả các trường', 'All schools'],
  'ledger-pupils': ['Học sinh', 'Pupils'],
  'ledger-year': ['Năm học', 'School year'],
  'ledger-state': ['Đối chiếu', 'Standing'],
  'ledger-class-before': ['Năm trước', 'Year before'],
  'ledger-also-at': ['Cũng ở', 'Also at'],
  'ledger-elsewhere': ['một trường ngoài đơn vị', 'a school outside your unit'],
  'ledger-left-on': ['rời trường {day}', 'left on {day}'],
  'ledger-matched-automatically': ['Tự khớp', 'Matched by itself'],
  'ledger-matched-by-person': ['Cán bộ khớp', 'Matched by an officer'],
  'ledger-refused-by-person': ['Cán bộ bác', 'Refused by an officer'],
  'ledger-to-review': ['Cần xem', 'To look at'],
  'ledger-not-found': ['Không có trong dữ liệu dân cư', 'Not in the register'],
  'ledger-left-school': ['Đã rời trường', 'Left the school'],
  'ledger-contested': ['Phải quyết lại', 'To decide anew'],
  'ledger-on-two-rolls': ['Ở hai trường', 'On two rolls'],
  'ledger-moved-up': ['Từ năm trước lên', 'Moved up'],
  'ledger-on-no-roll': ['Năm nay không thấy', 'On no roll now'],
  'ledger-history': ['Những gì đã xảy ra', 'What became of the entry'],
  'ledger-why-roll-sent': ['Trường gửi danh sách', 'The school sent its roll'],
  'ledger-why-re-scored': ['Đối chiếu lại', 'Compared again'],
  'ledger-why-decided': ['Cán bộ quyết định', 'An officer decided'],
  'ledger-why-undone': ['Cán bộ hoàn tác', 'An officer took it back'],
  'ledger-why-person-changed': ['Dữ liệu dân cư thay đổi', 'The register changed'],
  'ledger-why-left': ['Danh sách mới không còn tên', 'The new roll has the pupil no more'],
  'ledger-why-came-back': ['Có tên trở lại', 'On the roll again'],
  'ledger-became': ['{before} → {after}', '{before} → {after}'],
  'ledger-since': ['Thay đổi từ khi cán bộ quyết định', 'What changed since an officer decided'],
  'ledger-since-line': ['Trường ghi', 'The school wrote'],
  'ledger-since-person': ['Dữ liệu dân cư', 'The register'],
  'ledger-open-roll': ['Xem trong danh sách', 'See it on the roll'],
  'ledger-open-person': ['Xem trong dữ liệu dân cư', 'See the person'],
} as const satisfies Record<string, readonly [vi: string, en: string]>

type LedgerWords = typeof ledgerWords
declare module '../base/language.tsx' {
  interface Texts extends LedgerWords {}
}
