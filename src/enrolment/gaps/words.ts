import { words } from '../../platform/pages/html.ts'
import type { GapKind } from './gap.ts'

type TwoTexts = readonly [vi: string, en: string]

/** What is stuck, and what whoever must act does next. */
const steps = {
  'counter-hole': [
    ['Trạm nhảy số', 'Number skipped at a station'],
    [
      'Mở trạm, nối mạng để trạm gửi lại danh sách gói; nếu máy hỏng, báo đơn vị và mời người dân thu nhận lại',
      'Open the station and connect it, so that it sends its list; if it is broken, call the people again',
    ],
  ],
  'captured-not-received': [
    ['Đã thu nhận, chưa gửi về', 'Captured, not received'],
    [
      'Nối mạng cho trạm, hoặc chép tệp USB của trạm và nhận tại đơn vị',
      'Connect the station, or take its file on a USB stick to the unit',
    ],
  ],
  'begun-not-finished': [
    ['Gửi dở dang, chưa xong', 'Begun to be sent, never finished'],
    ['Nối mạng cho trạm để gửi nốt, hoặc chép tệp USB', 'Connect the station to send the rest, or use a USB stick'],
  ],
  held: [
    ['Dữ liệu thu nhận chờ xử lý', 'Packet held, undecided'],
    ['Mở gói, xác định người trong gói rồi cho qua hoặc để riêng', 'Open the packet, find whose it is, decide on it'],
  ],
  'refused-packet': [
    ['Gói không nhận', 'Packet refused'],
    [
      'Gửi lại gói gốc từ trạm, hoặc mời người dân thu nhận lại rồi ghi rõ khi để riêng',
      'Send the original from the station, or call the person again and say so when setting it aside',
    ],
  ],
  'received-not-landed': [
    ['Đã nhận, chưa thành hồ sơ', 'Received, no application yet'],
    [
      'Người quản trị hệ thống xem tác vụ lỗi (dinhdanh doctor) và cho chạy lại',
      'Whoever operates the installation looks at its failed jobs (dinhdanh doctor) and runs them again',
    ],
  ],
  'chain-broken': [
    ['Chuỗi gói đứt', 'Chain of packets broken'],
    [
      'Hỏi cán bộ của trạm vì sao thiếu gói trước, rồi ghi quyết định',
      'Ask the station’s officer, and decide in words',
    ],
  ],
  'begun-not-submitted': [
    ['Đã lập, chưa nộp', 'Begun, not handed in'],
    ['Thu nhận và ký nốt, hoặc ghi rằng người dân rút hồ sơ', 'Finish capture and signature, or record the withdrawal'],
  ],
  'received-not-checked': [
    ['Đã nhận, chưa kiểm tra', 'Received, not checked'],
    ['Kiểm tra dữ liệu, xử lý cảnh báo rồi chuyển phê duyệt', 'Check the data, settle what was found, send it on'],
  ],
  'received-not-approved': [
    ['Đã kiểm tra, chưa duyệt', 'Checked, not approved'],
    ['Phê duyệt, hoặc trả lại kèm lý do', 'Approve it, or send it back with the reason'],
  ],
  'waits-for-correction': [
    ['Chờ chỉnh sửa', 'Waits for a correction'],
    ['Quyết định đề nghị chỉnh sửa dữ liệu dân cư', 'Decide the correction of the register'],
  ],
  'returned-not-acted': [
    ['Bị trả lại, chưa xử lý', 'Sent back, not acted on'],
    ['Mời người dân thu nhận lại hoặc bổ sung, rồi nộp lại', 'Call the person again or mend it, and send it again'],
  ],
  'approved-not-produced': [
    ['Đã duyệt, chưa in', 'Approved, not made'],
    ['Xếp vào đợt in, in và kiểm tra thẻ', 'Plan it in a batch, make the card and have it checked'],
  ],
  'produced-not-sent': [
    ['Đã in, chưa chuyển', 'Made, not sent'],
    ['Đóng hộp, niêm phong và chuyển cho đơn vị', 'Pack it in a box, seal it and send it to the unit'],
  ],
  'produced-not-received': [
    ['Đã in, chưa về', 'Made, not here'],
    ['Nhận hộp, mở niêm phong và quét đếm thẻ', 'Receive the box, open it and count its cards by scanning'],
  ],
  'missing-from-box': [
    ['Thiếu trong hộp', 'Missing from the box'],
    ['Tìm thẻ cùng nơi gửi; không thấy thì báo mất để in lại', 'Look for it with the sender; else declare it lost'],
  ],
  'stray-in-box': [
    ['Thẻ lạc trong hộp', 'Unexpected in a box'],
    ['Xác định thẻ của đơn vị nào, gửi trả hoặc nhận vào', 'Find out whose it is, send it back or take it in'],
  ],
  'received-not-handed-over': [
    ['Đã về, chưa trả', 'Here, not handed over'],
    ['Báo người dân đến nhận và trả thẻ', 'Tell the holder that the card is here, and hand it over'],
  ],
  'at-school-not-handed-over': [
    ['Ở trường, chưa trả', 'At a school, not handed over'],
    [
      'Trả thẻ cho học sinh, nộp lại danh sách có chữ ký và thẻ còn lại',
      'Hand it over; return the signed list and what is left',
    ],
  ],
  uncollected: [
    ['Thẻ lâu không ai nhận', 'Nobody has fetched the card'],
    [
      'Gọi điện hoặc đến nhà; mang thẻ đến tận nơi, hoặc ghi rõ người dân đã đi đâu',
      'Telephone or visit the holder; bring the card, or record where the person has gone',
    ],
  ],
  'ended-not-destroyed': [
    ['Thẻ hết giá trị, chưa thu hủy', 'Ended, not destroyed'],
    ['Thu thẻ về và lập biên bản hủy', 'Take the card in, and record its destruction'],
  ],
  'owed-not-remade': [
    ['Phải làm lại thẻ, chưa làm', 'Owed a card, none on its way'],
    ['Lập hồ sơ cấp lại cho người dân, không thu phí', 'Open an application for a new card, free of charge'],
  ],
  'elsewhere-not-produced': [
    ['Nơi khác cấp, chưa in', 'Ordered elsewhere, not made'],
    ['Hỏi trung tâm cấp thẻ về thẻ này; nhập bảng kê mới khi có', 'Ask the centre for it; import its next extract'],
  ],
  'elsewhere-not-received': [
    ['Nơi khác in, chưa về', 'Made elsewhere, not here'],
    ['Hỏi trung tâm thẻ đã chuyển chưa, bằng hộp nào; nhận khi về', 'Ask the centre by which box it comes; take it in'],
  ],
  'card-ends': [
    ['Thẻ hết hoặc sắp hết hạn', 'The card has ended, or soon ends'],
    ['Mời người dân làm thủ tục cấp đổi', 'Call the holder to exchange the card'],
  ],
  'card-lost': [
    ['Thẻ báo mất, chưa cấp lại', 'Card lost, none asked for'],
    [
      'Mời người dân làm thủ tục cấp lại; nếu đã tìm thấy thẻ thì mở khóa',
      'Call the holder to ask for another; unblock it if found',
    ],
  ],
  'number-changed': [
    ['Thẻ mang số định danh cũ', 'The card bears a former number'],
    ['Mời người dân đổi thẻ theo số mới', 'Call the holder to exchange it for one with the number in force'],
  ],
  'chip-not-the-card': [
    ['Chip đọc ra không phải của thẻ', 'The chip that was read is not the card’s'],
    [
      'Đọc lại đúng thẻ; nếu là bản sao hoặc đã bị sửa thì giữ thẻ, báo chỉ huy và khóa hoặc thu hồi thẻ',
      'Read the right card again; keep a copy or a changed one, report it, and block or revoke the card',
    ],
  ],
  'account-not-decided': [
    ['Tài khoản chưa duyệt', 'Account not decided'],
    ['Duyệt, trả lời yêu cầu bổ sung, hoặc từ chối kèm lý do', 'Decide the request, or say what is missing'],
  ],
  'account-at-centre': [
    ['Tài khoản chờ trung ương', 'Account with the national centre'],
    ['Hỏi trung ương về đề nghị đã chuyển lên', 'Ask the national centre for its answer'],
  ],
  'account-not-told': [
    ['Tài khoản đã duyệt, chưa báo', 'Account approved, holder not told'],
    ['Xin số điện thoại đúng để gửi tin, hoặc in phiếu trao tận tay', 'Get the right phone, or hand out a slip'],
  ],
  'account-not-activated': [
    ['Tài khoản quá bảy ngày chưa kích hoạt', 'Account not activated within seven days'],
    [
      'Gọi người dân, mở lại bằng phiếu hoặc hướng dẫn kích hoạt tại chỗ',
      'Call the holder; open it again by a slip, or help at a counter',
    ],
  ],
  'message-lost': [
    ['Tin không đến người nhận', 'A message did not arrive'],
    [
      'Báo gia đình bằng cách khác; sửa số điện thoại ở nơi đã nhập',
      'Reach the family another way; correct the phone where it was entered',
    ],
  ],
} as const satisfies Readonly<Record<GapKind, readonly [what: TwoTexts, task: TwoTexts]>>

type Bilingual = { readonly vi: string; readonly en: string }
const bilingual = ([vi, en]: TwoTexts): Bilingual => ({ vi, en })

/** What is stuck, in a few words, and the next step as an officer does it. */
export const gapWhat = (kind: GapKind): Bilingual => bilingual(steps[kind][0])
export const gapTask = (kind: GapKind): Bilingual => bilingual(steps[kind][1])

/** The list as it is printed. */
export const gapListText = words({
  total: ['{n} việc tồn đọng, {late} việc quá hạn, ngày {day}', '{n} stuck, {late} overdue, on {day}'],
  none: ['Không có việc tồn đọng, ngày {day}', 'Nothing is stuck, on {day}'],
  actor: ['Ai phải làm', 'Who must act'],
  what: ['Khâu', 'Where it is stuck'],
  count: ['Số', 'Count'],
  late: ['Quá hạn', 'Overdue'],
  due: ['Hạn', 'Last day'],
  task: ['Việc phải làm', 'Next step'],
  subject: ['Của', 'Of'],
  since: ['Từ', 'Since'],
  more: ['còn {n} dòng; thêm --all để in hết', '{n} more; --all prints them all'],
})
