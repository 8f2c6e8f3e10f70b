import {
  daysToActivate,
  daysToDecide,
  demandDays,
  slipDays,
  slipHoldHours,
  supplementLimits,
} from '../../../src/accounts/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import type { TextPair } from '../../../src/platform/pages/html.ts'

const days = () => inForceToday(daysToActivate)
const demand = () => inForceToday(demandDays)
const ofSlip = () => inForceToday(slipDays)

/** What officers do with an account, what it means, and how it is told afterwards. */
export const accountDeedWords = {
  'desk-do-approve': ['Duyệt, báo cho người dân', 'Approve and tell the holder'],
  'desk-do-approve-web': ['Cùng một người: duyệt', 'The same person: approve'],
  'desk-do-approve-raise': ['Duyệt lên [[level-2]]', 'Approve level 2'],
  'desk-means-approve': () => [
    `Hết thời gian hoàn tác thì báo người dân; người dân có ${days()} ngày để tự kích hoạt.`,
    `The holder is told when the time to undo it is over, and has ${days()} days.`,
  ],
  'desk-means-approve-web': [
    'Chỉ duyệt khi hai ảnh là cùng một người.',
    'Only where both portraits are of one person.',
  ],
  'desk-means-approve-raise': () => [
    `Người dân được báo và kích hoạt [[level-2]] trong ${days()} ngày.`,
    `The holder is told, and activates level 2 within ${days()} days.`,
  ],
  'desk-do-supplement': ['Yêu cầu bổ sung', 'Ask for a supplement'],
  'desk-means-supplement': () => [
    'Hết thời gian hoàn tác thì báo người dân và nơi tiếp nhận: thiếu gì, hạn ' +
      `${inForceToday(supplementLimits).workingDays} ngày làm việc. Nhận đủ thì thời hạn giải quyết tính lại từ đầu.`,
    'The holder and whoever took it are told when the time to undo it is over: what is missing, within ' +
      `${inForceToday(supplementLimits).workingDays} working days. The days to decide begin anew when it is supplied.`,
  ],
  'desk-do-supply': ['Đã nhận bổ sung', 'Supplement received'],
  'desk-means-supply': [
    'Nhận đủ các mục thì yêu cầu trở lại người duyệt. Anh/chị nhận bổ sung thì cán bộ khác duyệt.',
    'When all is there the request goes back to be decided, by another officer than whoever received it.',
  ],
  'desk-do-refuse': ['Từ chối', 'Refuse'],
  'desk-means-refuse': [
    'Hết thời gian hoàn tác thì báo người dân: lý do, và cách làm tiếp.',
    'The holder is told when the time to undo it is over: the reason, and what to do.',
  ],
  'desk-do-reopen': ['Mở lại việc kích hoạt', 'Open the activation anew'],
  'desk-means-reopen': () => [
    `Người dân có thêm ${days()} ngày kể từ hôm nay và được báo lại.`,
    `The holder has ${days()} days from today, and is told anew.`,
  ],
  'desk-do-phone': ['Đổi số điện thoại', 'Change the phone'],
  'desk-means-phone': () => [
    `Người dân có mặt và đọc số trên máy của mình. Chưa kích hoạt thì được báo lại ở số mới, thêm ${days()} ngày.`,
    'The holder is present and reads it from their phone. Where it is not activated they are told anew, ' +
      `with ${days()} days.`,
  ],
  'desk-do-raise': ['Nâng lên [[level-2]]', 'Raise to level 2'],
  'desk-means-raise': () => [
    `Người dân đặt thẻ trên bàn, anh/chị so mặt với ảnh và quét thẻ. ` +
      `Cán bộ khác duyệt trong ${inForceToday(daysToDecide).withCard[2]} ngày làm việc.`,
    `The card lies on the desk; compare the face and scan it. ` +
      `Another officer decides within ${inForceToday(daysToDecide).withCard[2]} working days.`,
  ],
  'desk-do-lower': ['Chuyển về [[level-1]]', 'Lower to level 1'],
  'desk-means-lower': [
    'Giấy tờ tích hợp không dùng được nữa; người dân được báo, và có thể nâng lại.',
    'Integrated documents can no longer be used; the holder is told, and may raise it again.',
  ],
  'desk-do-lost-device': ['Khóa vì mất thiết bị', 'Lock: device lost'],
  'desk-means-lost-device': [
    'Khóa ngay. Qua điện thoại: ngày sinh và ít nhất một thông tin khác phải đúng, không thông tin nào sai.',
    'Locked at once. By phone: the birth date and one thing more must fit, and nothing be wrong.',
  ],
  'desk-do-lock': ['Khóa', 'Lock'],
  'desk-means-lock': [
    'Không ai dùng được tài khoản cho đến khi mở khóa; người dân được báo.',
    'Nobody can use it until it is unlocked; the holder is told.',
  ],
  'desk-do-ask-unlock': ['Nhận đề nghị mở khóa', 'Receive: unlock'],
  'desk-means-ask-unlock': () => [
    `Cán bộ khác quyết định trong ${demand().decide} ngày làm việc; từ chối thì trả lời bằng văn bản, có lý do.`,
    `Another officer decides within ${demand().decide} working days; a refusal is in writing, with its reason.`,
  ],
  'desk-do-ask-lock': ['Nhận đề nghị khóa', 'Receive: lock'],
  'desk-means-ask-lock': () => [
    `Mẫu TK03 của cơ quan: chuyển trong ${demand().forward} ngày, quyết định trong ${demand().decide} ngày làm việc.`,
    `An agency’s form TK03: forwarded in ${demand().forward}, decided in ${demand().decide} working days.`,
  ],
  'desk-do-cancel': ['Hủy tài khoản', 'End the account'],
  'desk-means-cancel': [
    'Không lấy lại được. Tài khoản giữ làm lịch sử; người dân có thể đăng ký tài khoản khác.',
    'It cannot be undone. It stays as history; the person may ask for another.',
  ],
  'slip-print': ['In phiếu kích hoạt', 'Print the slip'],
  'slip-means': () => [
    `Phiếu dùng được đến hết hạn kích hoạt, ${days()} ngày nếu hạn chưa bắt đầu. ` +
      'Trao tận tay; phiếu in trước hết dùng được. ' +
      'Nếu có số điện thoại, người dân được báo.',
    `Good until the days to activate are over, ${days()} where they have not begun. Handed over in person; ` +
      'a former one is over. Where there is a phone, the holder is told.',
  ],
  'slip-means-opened': () => [
    'Tài khoản đã từng mở: phiếu chỉ dùng được khi một cán bộ khác duyệt, hoặc người dân có passcode, ' +
      `mã dự phòng, ứng dụng tạo mã hay điện thoại của mình. Dùng được ${ofSlip()} ngày; người dân được báo ` +
      'qua mọi số điện thoại đã biết và tự dừng được.',
    'The account was opened before: the slip works only once another officer approves it, or with a passcode, ' +
      `recovery code, app or phone of the holder’s own. Good for ${ofSlip()} days; the holder is told on every known ` +
      'phone and can stop it.',
  ],
  'desk-slips': ['Phiếu đặt lại passcode', 'Slips that reset the passcode'],
  'desk-slip-printed': ['In {day}, {who}.', 'Printed {day} by {who}.'],
  'desk-slip-good-until': ['Dùng đến hết {day}.', 'Good until {day}.'],
  'desk-slip-approved': ['{who} đã duyệt.', 'Approved by {who}.'],
  'desk-slip-refused': ['{who} không duyệt, phiếu hết dùng được.', 'Refused by {who}: it opens nothing.'],
  'desk-slip-used': ['Đã dùng {day}.', 'Used {day}.'],
  'desk-slip-used-own': [
    'Đã dùng {day}, người dân tự xác nhận thêm một cách.',
    'Used {day}, with a proof of the holder’s own.',
  ],
  'desk-slip-held': ['Thời gian chờ đến {day}.', 'The waiting time runs until {day}.'],
  'desk-slip-lifted': ['{who} đã kết thúc thời gian chờ.', 'The waiting time was ended by {who}.'],
  'desk-slip-stopped': ['Người dân dừng phiếu {day}.', 'Stopped by the holder {day}.'],
  'desk-slip-mine': [
    'Anh/chị in phiếu này nên để cán bộ khác duyệt hoặc kết thúc thời gian chờ.',
    'You printed it: another officer approves it, or ends the waiting time.',
  ],
  'desk-slip-waits': ['Chờ cán bộ có quyền duyệt.', 'Waits for an officer with the right to approve.'],
  'desk-slip-approve-means': [
    'Chỉ duyệt khi biết chắc người dân đã đến nhận phiếu. ' +
      `Dùng phiếu rồi, tài khoản chờ ${slipHoldHours} giờ mới nhận cách đăng nhập mới.`,
    'Approve only if you know that the holder came for it. ' +
      `Once used, the account waits ${slipHoldHours} hours before it takes a new way to sign in.`,
  ],
  'desk-slip-do-approve': ['Duyệt phiếu', 'Approve the slip'],
  'desk-slip-do-refuse': ['Không duyệt', 'Refuse it'],
  'desk-slip-do-lift': ['Kết thúc thời gian chờ', 'End the waiting time'],
  'desk-slip-lift-means': [
    'Người dân có mặt tại bộ phận tiếp nhận: quét [[card]] họ mang đến và đối chiếu khuôn mặt. ' +
      'Việc này được ghi lại và người dân được báo.',
    'With the holder at the counter: scan the card that they brought, and compare the face. ' +
      'It is recorded, and the holder is told.',
  ],
  'desk-slip-serial': ['Số sê-ri của thẻ', 'Serial of the card'],
  'desk-slip-face': ['Khuôn mặt', 'Face'],
  'desk-slip-face-no': ['Chưa đối chiếu', 'Not compared yet'],
  'desk-slip-face-yes': ['Đã đối chiếu, đúng người trên thẻ', 'Compared: the person on the card'],
  'slips-print-many': ['In {n} phiếu kích hoạt', 'Print {n} {n|slip|slips}'],
  'slips-printed': ['Đã in {n} phiếu vào tệp vừa tải về.', '{n} {n|slip|slips} {n|is|are} in the file that was saved.'],
  'desk-do-forward': ['Chuyển đề nghị', 'Forward it'],
  'desk-do-grant-lock': ['Chấp nhận, khóa', 'Grant: lock'],
  'desk-do-grant-unlock': ['Chấp nhận, mở khóa', 'Grant: unlock'],
  'desk-do-refuse-demand': ['Từ chối đề nghị', 'Refuse it'],
  'desk-grant-means-lock': [
    'Tài khoản bị khóa ngay; người dân được báo.',
    'The account is locked at once; the holder is told.',
  ],
  'desk-grant-means-unlock': [
    'Các lý do khóa mà đề nghị này kết thúc được sẽ hết; còn lý do khác thì vẫn khóa.',
    'The locks that this can end are ended; where another is left it stays locked.',
  ],
  'desk-refuse-demand-means': [
    'Lý do được ghi vào văn bản trả lời, và báo cho người dân.',
    'The reason goes into the written answer, and to the holder.',
  ],
  'desk-answer': ['Lý do từ chối', 'Why it is refused'],
  'desk-answer-hint': ['Người đề nghị đọc đúng câu này.', 'Whoever asked reads these very words.'],

  'desk-choose': ['Chọn', 'Choose'],
  'desk-optional': ['(tùy chọn)', '(optional)'],
  'desk-field-code': ['Lý do', 'Reason'],
  'desk-field-note': ['Ghi thêm cho người dân', 'More for the holder'],
  'desk-hint-note': [
    'Người dân đọc được. Không ghi số, tên hay đường dẫn.',
    'The holder reads it. No numbers, names or links.',
  ],
  'desk-field-how': ['Người dân ở đâu', 'Where the holder is'],
  'desk-field-serial': ['Số sê-ri của thẻ', 'Serial of the card'],
  'desk-hint-serial': ['Quét mã trên thẻ người dân mang đến.', 'Scan the card that was brought.'],
  'desk-field-phone': ['Số điện thoại', 'Phone'],
  'desk-field-again': ['Nhập lại số điện thoại', 'The phone again'],
  'desk-hint-again': ['Người dân đọc lại lần nữa trên máy.', 'The holder reads it once more from the phone.'],
  'desk-phones-differ': ['Hai lần nhập khác nhau.', 'The two differ.'],
  'desk-field-proof': ['Nhận biết người dân bằng', 'How the holder is known'],
  'desk-field-owner': ['Có hợp đồng thuê bao đứng tên người dân', 'The contract of the number was shown'],
  'desk-field-birthDate': [
    'Ngày sinh người gọi nói (ngày/tháng/năm)',
    'Birth date as the caller says it (day/month/year)',
  ],
  'desk-field-cardIssuedOn': ['Ngày cấp thẻ', 'The card’s day of issue'],
  'desk-field-for': ['Khóa vì', 'Locked since'],
  'desk-field-reason': ['Ghi rõ', 'In words'],
  'desk-field-askedBy': ['Ai đề nghị', 'Who asks'],
  'desk-field-agency': ['Tên cơ quan, dịch vụ', 'Name of the agency or service'],
  'desk-field-document': ['Số, ngày văn bản', 'Number and day of its document'],
  'desk-hint-document': ['Như trên mẫu TK03.', 'As on form TK03.'],
  'desk-how-counter': ['Có mặt tại bộ phận tiếp nhận', 'At the counter'],
  'desk-how-hotline': ['Gọi tổng đài', 'On the hotline'],
  'desk-proof-card': ['thẻ đã xuất trình', 'the card was shown'],
  'desk-proof-application': ['thu nhận cùng hồ sơ thẻ', 'captured for a card'],
  'desk-proof-face-known': ['đối chiếu dữ liệu dân cư, không có thẻ', 'the register’s data, without a card'],
  'desk-owner-no': ['Không', 'No'],
  'desk-owner-yes': ['Có, đã xem', 'Yes, it was seen'],
  'desk-for-holder': ['Chủ tài khoản đề nghị', 'The holder asks'],
  'desk-for-terms': ['Vi phạm điều khoản sử dụng', 'The terms were broken'],
  'desk-askedby-holder': ['Chủ tài khoản', 'The holder'],
  'desk-askedby-agency': ['Cơ quan tố tụng, cơ quan có thẩm quyền', 'An agency'],
  'desk-askedby-service': ['Nơi cung cấp dịch vụ', 'A service'],
  'desk-refusal-portrait-differs': ['Ảnh không phải người trên thẻ', 'Not the person on the card'],
  'desk-refusal-portrait-unusable': ['Ảnh mờ, bị che, không rõ mặt', 'Portrait unusable'],
  'desk-refusal-data-differ': ['Khai khác dữ liệu dân cư', 'Differs from the register'],
  'desk-refusal-phone-not-theirs': ['Số điện thoại của người khác', 'The phone is another’s'],
  'desk-refusal-card-missing': ['Không có thẻ, hồ sơ thẻ không thành', 'No card'],
  'desk-refusal-not-of-age': ['Chưa đủ tuổi', 'Not of age'],
  'desk-refusal-not-the-holder': ['Không rõ có phải chính chủ', 'Not shown to be the holder'],
  'desk-refusal-other': ['Lý do khác (ghi rõ)', 'Another (say which)'],

  'desk-by-system': ['hệ thống', 'the installation'],
  'desk-by-station': ['trạm thu nhận', 'a station'],
  'desk-by-operator': ['quản trị viên', 'an operator'],
  'desk-by-citizen': ['người dân', 'the holder'],
  'desk-by-officer': ['cán bộ', 'an officer'],
  'desk-deed-decision.made': ['quyết định, còn hoàn tác được', 'decided, may be undone'],
  'desk-deed-decision.authority-ended': [
    'người quyết định không còn nhiệm vụ',
    'whoever decided has the duty no longer',
  ],
  'desk-deed-decision.undone': ['hoàn tác quyết định', 'decision undone'],
  'desk-deed-decision.not-carried-out': ['quyết định không thực hiện được', 'decision not carried out'],
  'desk-deed-account.requested': ['yêu cầu', 'requested'],
  'desk-deed-account.approved': ['duyệt', 'approved'],
  'desk-deed-account.supplement-asked': ['yêu cầu bổ sung', 'supplement asked for'],
  'desk-deed-account.supplied': ['bổ sung đủ', 'supplemented'],
  'desk-deed-account.refused': ['từ chối', 'refused'],
  'desk-deed-account.activated': ['kích hoạt', 'activated'],
  'desk-deed-account.told': ['trao phiếu', 'a slip was handed over'],
  'desk-deed-account.activation-lapsed': () => [`báo quá ${days()} ngày`, `told that ${days()} days are over`],
  'desk-deed-account.activation-reopened': ['mở lại việc kích hoạt', 'activation opened anew'],
  'desk-deed-account.raise-asked': ['đề nghị nâng lên [[level-2]]', 'level 2 asked for'],
  'desk-deed-account.raised': ['duyệt lên [[level-2]]', 'raised to level 2'],
  'desk-deed-account.raise-refused': ['không duyệt [[level-2]]', 'level 2 refused'],
  'desk-deed-account.lowered': ['chuyển về [[level-1]]', 'lowered to level 1'],
  'desk-deed-account.phone-changed': ['đổi điện thoại', 'phone changed'],
  'desk-deed-account.representative-changed': ['đổi người đại diện', 'representative changed'],
  'desk-deed-account.representative-lost': ['người đại diện đã chết', 'the representative died'],
  'desk-deed-account.locked': ['khóa', 'locked'],
  'desk-deed-account.lock-added': ['thêm lý do khóa', 'one more reason to lock'],
  'desk-deed-account.lock-ended': ['hết một lý do khóa', 'a reason to lock ended'],
  'desk-deed-account.unlocked': ['mở khóa', 'unlocked'],
  'desk-deed-account.lock-asked': ['nhận đề nghị khóa', 'asked to lock'],
  'desk-deed-account.unlock-asked': ['nhận đề nghị mở khóa', 'asked to unlock'],
  'desk-deed-account.demand-forwarded': ['chuyển đề nghị', 'demand forwarded'],
  'desk-deed-account.demand-decided': ['quyết định đề nghị', 'demand decided'],
  'desk-deed-account.hold-lifted': ['kết thúc thời gian chờ sau phiếu', 'waiting time after a slip ended'],
  'desk-deed-account.cancelled': ['hủy', 'ended'],
  'desk-told-account-approved': ['đã duyệt, cách kích hoạt', 'approved, how to activate'],
  'desk-told-account-raised': ['đã duyệt [[level-2]]', 'level 2 approved'],
  'desk-told-account-activation-lapsed': () => [
    `quá ${days()} ngày, gọi tổng đài`,
    `${days()} days over, call the hotline`,
  ],
  'desk-told-account-supplement': ['cần bổ sung, hạn', 'what is missing, until when'],
  'desk-told-account-refused': ['không duyệt, lý do', 'refused, and why'],
  'desk-told-account-lowered': ['về [[level-1]]', 'lowered to level 1'],
  'desk-told-account-locked': ['đã khóa', 'locked'],
  'desk-told-account-unlocked': ['đã mở khóa', 'unlocked'],
  'desk-told-account-unlock-refused': ['không mở khóa, lý do', 'not unlocked, and why'],
  'desk-told-account-slip': ['phiếu giấy, cách dừng', 'a slip, and how to stop it'],
  'desk-told-account-phone-changed': ['đã đổi số điện thoại', 'phone changed'],
  'desk-sent-queued': ['chờ gửi', 'to be sent'],
  'desk-sent-sending': ['đang gửi', 'being sent'],
  'desk-sent-sent': ['đã gửi', 'sent'],
  'desk-sent-failed': ['chưa gửi được, sẽ thử lại', 'failed, tried again'],
  'desk-sent-given-up': ['không gửi được', 'given up'],
  'desk-sent-undeliverable': ['số không nhận được tin', 'cannot be delivered'],
} as const satisfies Record<string, TextPair>

type AccountDeedWords = typeof accountDeedWords
declare module '../base/language.tsx' {
  interface Texts extends AccountDeedWords {}
}
