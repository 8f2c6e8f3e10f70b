import { words } from '../platform/pages/html.ts'

/** Texts that the pages of families have alike, and what officers read of a phone that is not theirs. */
export const familyText = words({
  foot: [
    'Không mất phí khi xem trang này. Không ai hỏi passcode hay thu tiền qua trang này.',
    'This page costs nothing. Nobody asks for a passcode or for money through it.',
  ],
  'phone-not-mine': ['Số điện thoại này không phải của tôi', 'This phone is not mine'],
  'phone-not-mine-how': [
    'Nếu tin nhắn về {name} gửi nhầm đến số của người khác: bấm nút dưới đây, hệ thống thôi gửi tin về {name} ' +
      'đến số đang ' +
      'lưu. Công an phường, xã sẽ hỏi lại số đúng. Trang này không hiện số.',
    'If messages about {name} go to somebody else’s phone: press the button, and nothing more about {name} is ' +
      'sent to the ' +
      'phone that is kept. The commune police will ask for the right one. This page does not show the number.',
  ],
  'phone-stop': ['Thôi gửi tin đến số đang lưu', 'Send nothing more to that phone'],
  'phone-stopped': [
    'Đã ghi nhận. Nếu có số đang lưu, không tin nào về {name} gửi đến số đó nữa. Muốn đăng ký số mới, mang giấy ' +
      'tờ tùy thân ' +
      'đến công an xã, phường.',
    'Noted. If a phone is kept, nothing more about {name} is sent there. To give another one, bring your papers ' +
      'to the ' +
      'commune police.',
  ],
  'print-or-large': ['In, hoặc xem chữ to', 'Print, or larger letters'],
  'print-how': [
    'Chữ to: bấm “Chữ to”. In: chọn In trong trình duyệt, trang tự xếp vừa giấy A4.',
    'Larger letters: press “Large”. To print: choose Print in the browser; the page fits A4.',
  ],
  large: ['Chữ to', 'Large'],
  usual: ['Chữ thường', 'Usual size'],
  'try-soon': [
    'Sai nhiều lần. Chờ {seconds} giây rồi thử lại.',
    'Too many wrong tries. Wait {seconds} seconds and try again.',
  ],
  'ask-police': ['Hỏi {unit}', 'Ask {unit}'],

  // A follow-up of the ward.
  'phone-title': ['Số điện thoại không phải của gia đình', 'Phones that are not the family’s'],
  'phone-what': [
    'Gia đình báo số điện thoại đang lưu không phải của mình',
    'The family says that the phone kept is not theirs',
  ],
  'phone-why': [
    'Tin nhắn về người này đã ngừng gửi đến số đó.',
    'Nothing more about this person is sent to that phone.',
  ],
  'phone-task': [
    'Hỏi gia đình số đúng và đổi số của tài khoản. Nếu số đang lưu vẫn đúng thì xác nhận giữ nguyên.',
    'Ask the family for the right phone and change that of the account. If the one that is kept is right, say that ' +
      'it stands.',
  ],
})
