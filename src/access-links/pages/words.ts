import { words } from '../../platform/pages/html.ts'

/** Texts of the page that asks for the PIN of a link; it names nothing of what the link opens. */
export const pinText = words({
  title: ['Nhập mã PIN', 'Enter the PIN'],
  'title-known': ['Nhập ngày sinh', 'Enter the birth date'],
  explained: [
    'Mã PIN được đưa riêng, không gửi cùng liên kết này.',
    'The PIN was given to you separately, not together with this link.',
  ],
  'explained-known': [
    'Nhập ngày sinh của người ghi trên giấy, tin nhắn đã gửi đến gia đình.',
    'Type the birth date of the person whom the paper or message to the family is about.',
  ],
  pin: ['Mã PIN 6 số', 'PIN of 6 digits'],
  'pin-known': ['Ngày, tháng, năm sinh (ví dụ 05/03/2009)', 'Birth date, day first (for example 05/03/2009)'],
  open: ['Mở', 'Open'],
  wrong: ['Chưa mở được: mã PIN hoặc liên kết không đúng.', 'Not opened: the PIN or the link is wrong.'],
  'wrong-known': [
    'Chưa mở được: ngày sinh hoặc mã trên phiếu không đúng.',
    'Not opened: the birth date or the code on the slip is wrong.',
  ],
  'tries-left': ['Còn nhập được {count} lần nữa.', 'You may try {count} more times.'],
  'next-waits': ['Lần sau phải chờ.', 'The next try has to wait.'],
  slowed: ['Nhập sai nhiều lần. Chờ {seconds} giây rồi nhập lại.', 'Too many wrong tries. Wait {seconds} seconds.'],
  'ended-revoked': ['Liên kết này đã bị thu hồi.', 'This link was revoked.'],
  'ended-renewed': ['Liên kết này đã được thay bằng liên kết mới.', 'This link was replaced by a new one.'],
  'ended-expired': ['Liên kết này đã hết hạn ngày {day}.', 'This link was good until {day}.'],
  'ask-issuer': ['Nơi cấp liên kết mới: {issuer}.', 'A new link is given by: {issuer}.'],
  offline: [
    'Máy đang không có mạng. Nhập mã PIN để mở bản đã lưu trong máy.',
    'There is no line. Type the PIN to open the copy that this phone keeps.',
  ],
  'offline-wrong': ['Mã PIN không đúng.', 'The PIN is wrong.'],
  'offline-none': [
    'Máy này không lưu bản nào của liên kết, hoặc bản lưu đã quá hạn. Mở lại khi có mạng.',
    'This phone keeps no copy of the link, or it is too old. Open it again with a line.',
  ],
  lost: [
    '{n} việc chưa gửi được đã bị xóa, vì liên kết đã hết hiệu lực hoặc đã quá {days} ngày. Xin báo nơi cấp liên kết.',
    '{n} not sent and now deleted: the link has ended, or {days} days have passed. Please tell who gave you the link.',
  ],
  'never-forward': [
    'Chỉ nhập trên đúng địa chỉ ghi ở cuối trang. Không ai được hỏi mã PIN qua điện thoại.',
    'Type it only at the address at the foot of this page. Nobody may ask for the PIN by telephone.',
  ],
  'never-forward-known': [
    'Chỉ nhập trên đúng địa chỉ ghi ở cuối trang.',
    'Type it only at the address at the foot of this page.',
  ],
})
