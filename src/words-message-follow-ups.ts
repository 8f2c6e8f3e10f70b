import { words } from './platform/pages/html.ts'

/** What a ward is asked about a message that did not arrive, or may not have. */
const texts = {
  title: ['Tin gửi không đến người nhận', 'Messages that did not arrive'],
  undeliverable: ['Tin không gửi được', 'A message could not be delivered'],
  'given-up': ['Đã ngừng gửi tin', 'A message was given up'],
  unknown: ['Chưa rõ tin có đến nơi', 'Nobody knows whether a message arrived'],
  'other-way': ['Số điện thoại không nhận được tin', 'A phone receives nothing'],
  'why-other-way': [
    'Nhà mạng báo số điện thoại không nhận được tin; tin đã chuyển sang cách khác (thư điện tử hoặc thư giấy)',
    'The network says that the phone receives nothing; the message went another way, by e-mail or on paper',
  ],
  'task-other-way': [
    'Không gấp: khi tiếp xúc gia đình, hỏi số đang dùng và sửa ở nơi đã nhập',
    'Not urgent: when the family is met, ask for the number in use and correct it where it was entered',
  ],
  'why-undeliverable': [
    'Nhà mạng hoặc máy chủ thư báo số điện thoại hoặc địa chỉ thư không nhận được tin',
    'The network or the mail server says that the phone or mailbox receives nothing',
  ],
  'why-given-up': ['Đã thử gửi nhiều lần nhưng chưa thành', 'It was tried many times and was never taken'],
  'why-unknown': [
    'Tin đã chuyển đi nhưng không có kết quả trả về; hệ thống không tự gửi lại để tránh gửi trùng',
    'It was handed over and nobody said what became of it; it is not sent again by itself, lest it comes twice',
  ],
  'task-undeliverable': [
    'Liên hệ gia đình bằng cách khác; xác minh và sửa số điện thoại ở nơi đã nhập',
    'Reach the family in another way; find the right phone and correct it where it was entered',
  ],
  'task-given-up': [
    'Liên hệ gia đình bằng cách khác, hoặc gửi lại tin',
    'Reach the family in another way, or send the message again',
  ],
  'task-unknown': [
    'Hỏi gia đình đã nhận được tin chưa; nếu chưa, thông báo trực tiếp hoặc gửi lại',
    'Ask the family whether it came; if not, tell them or send it again',
  ],
} as const
export const lostMessageText = words(texts)
export type LostMessageTextKey = keyof typeof texts
