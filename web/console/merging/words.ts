/** Two records that are one person: found, proposed, decided, parted again. */
export const mergeWords = {
  'merges-title': ['Hợp nhất bản ghi trùng', 'Records of one person'],
  'merges-about': [
    'Hai bản ghi của cùng một người được một cán bộ đề nghị và một cán bộ khác quyết định hợp nhất.',
    'Two records of one person are merged: one officer proposes it, another one decides.',
  ],
  'merges-waiting': ['Đề nghị chờ quyết định', 'Waiting for a decision'],
  'merges-none': ['Không có đề nghị nào đang chờ', 'No proposal is waiting'],
  'merges-none-todo': [
    'Đề nghị mới sẽ hiện ở đây. Bản ghi có khả năng trùng ở phía dưới.',
    'New proposals appear here. Probable duplicates stand below.',
  ],
  'merges-decided': ['Đã quyết định', 'Decided'],
  'merge-column-papers': ['Giấy tờ chứng minh', 'Papers'],
  'merge-state-proposed': ['chờ quyết định', 'waiting'],
  'merge-state-late': ['quá hạn', 'overdue'],
  'merge-state-accepted': ['đã hợp nhất', 'merged'],
  'merge-state-refused': ['đã từ chối', 'refused'],
  'merge-state-withdrawn': ['đã rút', 'withdrawn'],
  'merge-state-undone': ['đã tách lại', 'parted again'],
  'duplicates-title': ['Bản ghi có khả năng trùng', 'Probable duplicates'],
  'duplicates-about': [
    'Cùng họ tên và ngày sinh với một bản ghi khác. Trùng tên chưa phải là một người: ' +
      'đối chiếu giấy tờ trước khi đề nghị.',
    'Name and birth date are those of another record. That alone is no proof: compare papers before you propose.',
  ],
  'duplicates-none': ['Chưa thấy bản ghi nào có khả năng trùng', 'No probable duplicate was found'],
  'duplicates-none-todo': [
    'Chọn xã, phường khác, hoặc xem tiếp danh sách.',
    'Choose another commune, or go on in the list.',
  ],
  'duplicates-other': ['Bản ghi kia', 'The other record'],
  'duplicates-other-unit': ['thuộc đơn vị khác', 'of another unit'],
  'duplicates-agrees': ['Cũng trùng', 'Also agrees'],
  'duplicates-next': ['Xem tiếp', 'Go on'],
  'duplicate-sex': ['giới tính', 'sex'],
  'duplicate-unit': ['nơi cư trú', 'residence'],
  'duplicate-father': ['cha', 'father'],
  'duplicate-mother': ['mẹ', 'mother'],
  'duplicate-phone': ['điện thoại', 'phone'],
  'merge-propose': ['Đề nghị hợp nhất', 'Propose to merge'],
  'merge-propose-title': ['Đề nghị hợp nhất bản ghi của {name}', 'Propose to merge the record of {name}'],
  'merge-propose-about': [
    'Nêu bản ghi còn lại của người này, lý do và giấy tờ. ' +
      'Một cán bộ khác của đơn vị quản lý cả hai bản ghi quyết định.',
    'Say which other record is this person’s, why, and by which papers. ' +
      'Another officer of a unit that has both decides.',
  ],
  'merge-other-number': ['Số định danh của bản ghi kia', 'Personal number of the other record'],
  'merge-other-found': ['Bản ghi kia', 'The other record'],
  'merge-why': ['Vì sao là một người', 'Why they are one person'],
  'merge-papers': ['Giấy tờ chứng minh', 'Papers that show it'],
  'merge-papers-hint': [
    'Tên giấy tờ, số, cơ quan cấp; ví dụ: Giấy khai sinh số 12/2005, UBND phường Hà Khánh.',
    'Name, number and issuer; such as: birth certificate 12/2005, People’s Committee of Hà Khánh.',
  ],
  'merge-send': ['Gửi đề nghị hợp nhất', 'Send the proposal'],
  'merge-sent': ['Đã gửi. Hạn quyết định: {day}.', 'Sent. To be decided by {day}.'],
  'merge-open': ['Mở đề nghị', 'Open the proposal'],
  'merge-title': ['Hai bản ghi, một người?', 'Two records, one person?'],
  'merge-left': ['Bản ghi 1', 'Record 1'],
  'merge-right': ['Bản ghi 2', 'Record 2'],
  'merge-unseen': [
    'Một trong hai bản ghi thuộc đơn vị khác, nên không đối chiếu được ở đây.',
    'One of the two records is of another unit and cannot be compared here.',
  ],
  'merge-hangs': ['Đang gắn với mỗi bản ghi', 'What hangs on each record'],
  'merge-hangs-on-cards.card': ['Thẻ', 'Cards'],
  'merge-hangs-on-accounts.account': ['Tài khoản định danh điện tử', 'Electronic identity accounts'],
  'merge-hangs-on-enrolment.application': ['Hồ sơ cấp thẻ', 'Applications for a card'],
  'merge-hangs-on-rolls.row': ['Dòng trong danh sách trường', 'Entries of school rolls'],
  'merge-hangs-on-follow_ups.follow_up': ['Việc cần theo dõi', 'Follow-ups'],
  'merge-hangs-on-planning.roster': ['Lượt trong đợt cấp lưu động', 'Places at sessions'],
  'merge-hangs-on-signin.consent': ['Đồng ý chia sẻ dữ liệu', 'Consents to share data'],
  'merge-hangs-on-register.correction': ['Đề nghị chỉnh sửa, cập nhật', 'Corrections'],
  'merge-face': ['Xem ảnh trên thẻ {serial}', 'See the portrait on card {serial}'],
  'merge-stays': ['Bản ghi giữ lại', 'The record that stays'],
  'merge-number-stays': ['Số định danh giữ lại', 'The number that stays'],
  'merge-answer': ['Ý kiến (không bắt buộc)', 'Remark (optional)'],
  'merge-accept': ['Hợp nhất', 'Merge'],
  'merge-accept-asks': ['Hợp nhất hai bản ghi của {name}?', 'Merge the two records of {name}?'],
  'merge-accept-means': [
    'Thẻ, tài khoản, hồ sơ và mọi dữ liệu chuyển về bản ghi giữ lại; số kia bị hủy và vẫn tra được. ' +
      'Tài khoản còn lại về [[level-1]], cách đăng nhập cũ bị xóa; cả hai số điện thoại được báo tin.',
    'Cards, account, applications and all data go to the record that stays; the other number is cancelled and still ' +
      'found. The account that remains goes to level 1 and must be opened anew; both phones are told.',
  ],
  'merge-refuse': ['Từ chối', 'Refuse'],
  'merge-refuse-asks': ['Từ chối đề nghị hợp nhất?', 'Refuse the proposal?'],
  'merge-another-decides': ['Một cán bộ khác quyết định đề nghị này.', 'Another officer decides this.'],
  'merge-done': ['Đã hợp nhất; số giữ lại: {number}', 'Merged; the number that stays: {number}'],
  'merge-done-todo': [
    'Mã cũ và số cũ dẫn đến bản ghi giữ lại. Tách lại được đến ngày {day}, khi chưa có việc gì làm thêm.',
    'The old record and number lead to the one that stays. ' +
      'It can be undone until {day}, while nothing was built on it.',
  ],
  'merge-undo': ['Tách lại', 'Part again'],
  'merge-undo-asks': ['Tách lại hai bản ghi?', 'Part the two records again?'],
  'merge-built-on': [
    'Không tách lại được vì đã có việc làm thêm về:',
    'It cannot be undone, since something was done about:',
  ],
  'built-on-register': ['dữ liệu dân cư', 'population data'],
  'built-on-cards': ['thẻ', 'cards'],
  'built-on-accounts': ['tài khoản', 'the account'],
  'built-on-enrolment': ['hồ sơ cấp thẻ', 'applications'],
  'built-on-exchange': ['trao đổi với trung tâm', 'the exchange with the centre'],
  'built-on-planning': ['đợt cấp lưu động', 'sessions'],
  'built-on-campaign': ['chiến dịch', 'campaigns'],
  'merge-received': ['Đề nghị ngày {day} tại {unit}', 'Proposed on {day} at {unit}'],
  'merge-decided-by': ['Quyết định ngày {day}', 'Decided on {day}'],
  'merge-undone-by': ['Tách lại ngày {day}', 'Parted on {day}'],
  'person-merged-so': ['Bản ghi này đã được hợp nhất', 'This record was merged into another'],
  'person-merged-todo': [
    'Là cùng một người với bản ghi khác; mọi dữ liệu nay ở bản ghi đó.',
    'It was of the same person as another record, where all data now are.',
  ],
  'person-merged-go': ['Mở bản ghi giữ lại', 'Open the record that stays'],
  'number-merged': ['hợp nhất bản ghi', 'records merged'],

  'field-former_numbers': ['Số đã hủy, số CMND cũ', 'Cancelled and old numbers'],
  'field-father': ['Cha', 'Father'],
  'field-mother': ['Mẹ', 'Mother'],
  'field-spouse': ['Vợ, chồng', 'Spouse'],
  'field-children': ['Con', 'Children'],
  'field-phones': ['Điện thoại', 'Phones'],
} as const

type MergeWords = typeof mergeWords
declare module '../base/language.tsx' {
  interface Texts extends MergeWords {}
}
