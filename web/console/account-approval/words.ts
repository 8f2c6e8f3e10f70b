import type { TextPair } from '../../../src/platform/pages/html.ts'

/** The approval of an account: what it decides, who decided it, until when that may be undone. */
export const approvalWords = {
  'evidence-title': ['Căn cứ để quyết định', 'What the decision rests on'],
  'evidence-reading': ['Đang đọc căn cứ để quyết định', 'Reading what the decision rests on'],
  'evidence-none-compared': [
    'Chưa có nguồn nào để đối chiếu, còn {unchecked} điều chưa kiểm tra.',
    'There is no source to compare with; {unchecked} not checked.',
  ],
  'evidence-all-same': [
    'Các nguồn khớp nhau, còn {unchecked} điều chưa kiểm tra.',
    'The sources agree; {unchecked} not checked.',
  ],
  'evidence-differs': [
    '{differs} điều khác nhau giữa các nguồn, còn {unchecked} điều chưa kiểm tra.',
    '{differs} differ between the sources; {unchecked} not checked.',
  ],
  'evidence-number': ['Số định danh cá nhân', 'Personal identification number'],
  'evidence-number-none': ['chưa có số định danh', 'has no number'],
  'evidence-face': ['So khuôn mặt', 'Faces compared by a machine'],
  'evidence-face-means': [
    'Máy không so; người duyệt tự nhìn hai ảnh.',
    'No machine compared them; the approver looks.',
  ],
  'evidence-code': ['Mã gửi tới điện thoại', 'Code sent to the phone'],
  'evidence-code-means': ['Gửi khi kích hoạt.', 'Sent when the account is activated.'],
  'evidence-chip': ['Đọc chip trên thẻ', 'Chip of the card read'],
  'evidence-card': ['Thẻ', 'Card'],
  'evidence-card-until': ['hạn {day}', 'until {day}'],
  'evidence-card-none': ['không có thẻ còn hiệu lực', 'no card in force'],
  'evidence-in-force': ['còn hiệu lực', 'in force'],
  'evidence-on-its-way': ['chưa trả thẻ', 'not handed over yet'],
  'evidence-not-in-force': ['không còn hiệu lực', 'not in force'],
  'evidence-level': ['Mức độ hiện có', 'Present level'],
  'evidence-level-none': ['chưa có tài khoản đang dùng', 'no account in use'],
  'evidence-asks': ['Người đề nghị', 'Who asks'],
  'evidence-self': ['chính công dân', 'the citizen'],
  'evidence-acts': ['{name}, người đại diện', '{name}, who represents'],
  'evidence-not-done': ['chưa làm', 'not done'],
  'evidence-same': ['khớp', 'same'],
  'evidence-other': ['khác', 'differs'],
  'evidence-not-known': ['chưa có', 'not known'],
  'evidence-compare': ['Đối chiếu', 'Compared'],
  'evidence-register': ['CSDLQG về dân cư', 'Register'],
  'evidence-printed': ['Nội dung in trên thẻ', 'Printed on the card'],
  'evidence-printed-none': [
    'Thẻ không in tại đây, nên không có nội dung thẻ để đối chiếu.',
    'The card was not made here; there is no content of it to compare.',
  ],
  'evidence-field-fullName': ['Họ và tên', 'Full name'],
  'evidence-field-birthDate': ['Ngày sinh', 'Born'],
  'evidence-field-sex': ['Giới tính', 'Sex'],
  'evidence-field-number': ['Số định danh', 'Number'],
  'evidence-field-residence': ['Nơi thường trú', 'Permanent residence'],
  'evidence-portrait-not-sent': [
    'Yêu cầu tại bộ phận tiếp nhận hoặc cùng hồ sơ thẻ không kèm ảnh riêng',
    'A request at the counter, or with a card, brings no portrait of its own',
  ],
  'evidence-portrait-imported': [
    'Yêu cầu nhận từ hệ thống khác, không kèm ảnh',
    'A request that another system brought, without a portrait',
  ],
  'evidence-former': ['Tài khoản trước đây', 'Former accounts'],
  'evidence-former-none': ['Chưa có tài khoản nào trước đây.', 'No account before this one.'],
  'evidence-looks': ['Ai đã xem', 'Who looked'],
  'evidence-power': ['Quyền duyệt', 'Who decides'],
  'evidence-power-delegated': ['đơn vị này, trung tâm ủy quyền', 'this unit, by delegation of the centre'],
  'evidence-power-here': ['đơn vị này (chưa kết nối trung tâm quốc gia)', 'this unit (no national centre is joined)'],
  'evidence-power-centre': [
    'trung tâm quốc gia; đơn vị kiểm tra rồi chuyển',
    'the national centre; checked here and handed up',
  ],
  'evidence-basis': ['Căn cứ', 'Basis'],
  'evidence-waiting': ['Chờ duyệt', 'Waiting'],
  'evidence-overdue': ['Quá hạn', 'Overdue'],
  'evidence-today': ['Đã duyệt hôm nay', 'Approved today'],
  'evidence-sheet': ['In tờ hồ sơ (A4)', 'Print the sheet (A4)'],
  'evidence-sheet-title': ['Hồ sơ duyệt tài khoản định danh điện tử', 'Approval of an electronic identity account'],
  'evidence-sheet-none': [
    'Tài khoản này không có yêu cầu chờ duyệt',
    'No request for this account waits for a decision',
  ],
  'evidence-sheet-signed': ['Người duyệt', 'Approved by'],

  'decided-held': [
    '{who} {what} lúc {time}. Có hiệu lực lúc {until} nếu không hoàn tác.',
    '{who}, at {time}: {what}. It takes effect at {until} unless it is undone.',
  ],
  'decided-undo': ['Hoàn tác, còn {left}', 'Undo, {left} left'],

  'held-title': ['Quyết định còn hoàn tác được', 'Decisions that may still be undone'],
  'held-approve-account': ['đã duyệt tài khoản', 'account approved'],
  'held-refuse-account': ['đã từ chối yêu cầu tài khoản', 'request for an account refused'],
  'held-approve-application': ['đã duyệt cấp thẻ', 'card approved'],
  'held-return-application': ['đã trả hồ sơ để bổ sung', 'application sent back'],
  'held-agree-to-proposal': ['đã đồng ý với đề xuất', 'proposal agreed to'],
  'held-hand-card-over': ['đã trả thẻ', 'card handed over'],
  'held-answer-by-papers': ['đã xác nhận theo giấy tờ', 'confirmed by papers'],
  'held-announce-correction': ['đã báo sửa danh sách', 'roll announced as corrected'],
  'held-answer-by-register': ['đã xác nhận dữ liệu dân cư đúng', 'register confirmed'],
  'held-count': ['{n} hồ sơ', '{n} of them'],
  'held-open': ['Mở hồ sơ', 'Open it'],
  'held-until': ['Chưa gửi đi đâu; có hiệu lực lúc {time}.', 'Nothing has left yet; it takes effect at {time}.'],
  'held-undo': ['Hoàn tác, còn {left}', 'Undo, {left} left'],
  'held-failed': ['Không thực hiện được:', 'Not carried out:'],
  'held-seen': ['Đã rõ', 'Noted'],
  'keys-undo-held': ['hoàn tác quyết định vừa rồi', 'undo the last decision'],
} as const satisfies Record<string, TextPair>

type ApprovalWords = typeof approvalWords
declare module '../base/language.tsx' {
  interface Texts extends ApprovalWords {}
}
