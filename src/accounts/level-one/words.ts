import { hotline } from '../../names/hotline.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { type TextPair, words } from '../../platform/pages/html.ts'
import { asksAloneAge, daysToDecide } from '../law.ts'

/** Working days in which a request is decided of somebody with a card. */
const days = () => inForceToday(daysToDecide).withCard[1]

/** Text of the level 1 pages. */
const texts = {
  title: ['Đăng ký tài khoản định danh [[level-1]]', 'Ask for an identity account of level 1'],
  for: () => [
    `Dành cho công dân từ đủ ${inForceToday(asksAloneAge)} tuổi, đã có [[chip-card]]. ` +
      'Không cần cài ứng dụng, không mất phí, không bắt buộc.',
    `For citizens from ${inForceToday(asksAloneAge)} who have a chip card. No app is needed, it ` +
      `costs nothing, and nobody has to.`,
  ],
  'level-two': [
    '[[Level-2]] đăng ký trực tiếp tại công an xã, phường hoặc nơi làm thẻ, mang theo thẻ.',
    'Level 2 is asked for in person at a commune’s police or where cards are made; bring your card.',
  ],
  children: [
    'Trẻ dưới 14 tuổi không đăng ký ở đây. Cha, mẹ đăng nhập bằng tài khoản [[level-2]], ' +
      'vào mục Con ở trang của mình; người giám hộ và tài khoản [[level-2]]: cùng trẻ đến công an xã, phường.',
    'A child below fourteen is not registered here. A parent signs in with level 2 and asks under Children on ' +
      'their own page; guardians, and for level 2, come with the child to a commune’s police.',
  ],
  'children-page': ['Con của tôi', 'My children'],
  number: ['Số định danh cá nhân', 'Personal number'],
  'number-hint': ['12 chữ số, ghi trên [[card]].', 'Twelve digits, as on your card.'],
  phone: ['Số điện thoại của chính mình', 'Your own phone'],
  'phone-hint': [
    'Kết quả được báo về số này. Một số chỉ dùng cho một tài khoản.',
    'You are told there. One phone serves one account.',
  ],
  picture: ['Ảnh chân dung', 'Portrait'],
  'picture-hint': [
    'Chụp mới, nhìn thẳng, rõ mặt, không đội mũ, không đeo kính màu. Ảnh JPEG hoặc PNG, không quá 5 MB.',
    'A new one, looking straight ahead, face clear, no hat, no dark glasses. JPEG or PNG, at most 5 MB.',
  ],
  'picture-again': ['Hãy chọn lại ảnh.', 'Please choose the picture again.'],
  use: [
    'Ảnh được mã hóa ngay khi gửi, chỉ cán bộ duyệt mở để so với ảnh trên thẻ; mỗi lần mở đều được ghi lại.',
    'The portrait is encrypted as it comes in. Only the officer who decides opens it, ' +
      'to compare it with your card; each look is recorded.',
  ],
  send: ['Gửi yêu cầu', 'Send'],
  wrong: ['Chưa gửi được', 'Not sent yet'],
  'number-wrong': ['Số định danh phải đủ 12 chữ số.', 'The personal number has twelve digits.'],
  'phone-wrong': [
    'Số di động gồm 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09.',
    'A mobile phone has ten digits and begins with 03, 05, 07, 08 or 09.',
  ],
  'picture-none': ['Chưa chọn ảnh chân dung.', 'No portrait was chosen.'],
  'picture-too-large': [
    'Ảnh quá 5 MB. Hãy chụp ở cỡ nhỏ hơn.',
    'The picture is larger than 5 MB. Take it at a smaller size.',
  ],
  'picture-unreadable': [
    'Tệp này không phải ảnh JPEG hoặc PNG, hoặc đã hỏng.',
    'This file is no JPEG or PNG picture, or it is damaged.',
  ],
  'picture-too-small': [
    'Ảnh quá nhỏ, cạnh ngắn phải từ 360 điểm ảnh.',
    'The picture is too small: its shorter side needs 360 pixels.',
  ],
  'picture-stretched': [
    'Ảnh quá dài hoặc quá rộng. Hãy chụp chân dung.',
    'The picture is too long or too wide. Take a portrait.',
  ],
  'picture-blank': ['Ảnh chỉ có một màu, không thấy mặt.', 'The picture has one colour alone; no face is seen.'],
  'too-often': [
    'Hôm nay đã gửi quá nhiều lần. Hãy chờ tin báo, hoặc gửi lại vào ngày mai. Gấp thì đến công an nơi gần nhất.',
    'This was sent too often today. Please wait to be told, or send again tomorrow. ' +
      'If it is urgent, come to the nearest police office.',
  ],
  'foreign-page': [
    'Yêu cầu này đến từ trang khác. Hãy điền ngay tại đây.',
    'This came from another site. Please fill it in here.',
  ],
  'sent-title': ['Đã nhận yêu cầu', 'Your request has come in'],
  sent: () => [
    `Nếu đủ điều kiện, yêu cầu được quyết định trong ${days()} ngày làm việc và kết quả báo về số điện thoại vừa nhập.`,
    `If the conditions are met, it is decided within ${days()} working days; the phone that you gave is told.`,
  ],
  'sent-else': () => [
    `Sau ${days() + 1} ngày làm việc không thấy tin báo, hãy gọi ${hotline} hoặc mang thẻ đến công an nơi gần nhất.`,
    `If you hear nothing within ${days() + 1} working days, call ${hotline}, or bring your card ` +
      `to the nearest police office.`,
  ],
  'sent-wary': [
    'Không ai được hỏi mã hay mật khẩu của anh chị. Tin báo không yêu cầu cài ứng dụng.',
    'Nobody may ask you for a code or a password. The message asks you to install nothing.',
  ],
} as const satisfies Record<string, TextPair>

export const levelOneText = words(texts)
export type LevelOneTextKey = keyof typeof texts
