import { words } from '../../platform/pages/html.ts'

/** Texts of a group’s visit lists behind a link: to a neighbour, who is anh/chị; residents are ông/bà. */
export const visitText = words({
  title: ['Danh sách đi từng nhà', 'Visit list'],
  'head-line': ['{group}. {holder}, dùng đến {day}', '{group}. {holder}, good until {day}'],
  sum: ['{done} trên {all} người đã có kết quả.', '{done} of {all} people have a result.'],
  'bar-label': ['Đã có kết quả', 'With a result'],
  'none-open': ['Hiện không có danh sách nào được giao cho tổ.', 'The group has no list now.'],
  list: ['{quarter}, đến hết {day}', '{quarter}, until {day}'],
  count: ['{n} người', '{n} people'],
  'count-one': ['1 người', '1 person'],
  gone: ['không còn ở đây', 'lives here no longer'],
  'no-address': ['chưa có số nhà', 'no house number'],
  'need-card': ['làm thẻ', 'needs a card'],
  'need-card-renewal': ['đổi thẻ', 'renewal of the card'],
  'need-account': ['đăng ký tài khoản', 'needs an account'],
  'need-activation': ['cần giúp kích hoạt', 'needs help to activate'],
  'need-level-2': ['nâng lên [[level-2]]', 'needs [[level-2]]'],
  visited: ['Đã gặp', 'Met'],
  helped: ['Đã giúp', 'Helped'],
  other: ['Khác', 'Other'],
  'said-refused': ['Không đồng ý', 'Refused'],
  'said-moved': ['Đã chuyển đi', 'Moved away'],
  'said-not-at-home': ['Vắng nhà', 'Not at home'],
  refused: ['Không đồng ý', 'Refused'],
  moved: ['Đã chuyển đi', 'Moved away'],
  'not-at-home': ['Vắng nhà', 'Not at home'],
  note: ['Ghi chú (không bắt buộc)', 'Note (optional)'],
  'note-hint': ['Không ghi số định danh, số thẻ, số điện thoại', 'No personal, card or phone number'],
  'take-back': ['Bỏ kết quả đã ghi', 'Take the result back'],
  undo: ['Hoàn tác: {name}', 'Undo: {name}'],
  back: ['Về danh sách', 'Back to the list'],
  unsent: ['Chưa gửi {n} dòng, sẽ tự gửi', '{n} not sent yet; they are sent by themselves'],
  'not-noted': ['Chưa ghi được: {why}', 'Not noted: {why}'],
  // What is explained at the door, by need.
  explain: ['Giải thích gì', 'What to explain'],
  'explain-card': [
    'Thẻ làm tại công an phường, xã; mang giấy tờ tùy thân đang có. Lần đầu không mất phí.',
    'A card is made at the ward’s police; bring the papers at hand. The first one is free.',
  ],
  'explain-card-renewal': [
    'Thẻ đã đến tuổi phải đổi: mang thẻ cũ đến công an phường, xã.',
    'The card must be renewed at this age: bring the old one to the ward’s police.',
  ],
  'explain-account': [
    'Tài khoản định danh điện tử đăng ký cùng lúc làm thẻ, hoặc tại công an phường, xã.',
    'An electronic identity account is asked for together with the card, or at the ward’s police.',
  ],
  'explain-activation': [
    'Tài khoản đã được duyệt, còn bước kích hoạt trên điện thoại của chính người đó.',
    'The account is approved; the holder activates it on their own phone.',
  ],
  'explain-level-2': [
    'Nâng mức độ làm tại công an phường, xã, có mặt người đó và mang thẻ.',
    'A higher level is given at the ward’s police, in person, with the card.',
  ],
  // Helper mode.
  help: ['Giúp kích hoạt', 'Helping to activate'],
  'help-own-phone': [
    'Dùng điện thoại của ông/bà, không dùng điện thoại của anh/chị. Anh/chị chỉ tay hướng dẫn, không cầm máy gõ thay.',
    'Use the resident’s phone, never your own. Point and explain; do not type for them.',
  ],
  'help-1': [
    'Ông/bà mở tin nhắn báo tài khoản đã duyệt trên máy của mình.',
    'The resident opens the message of the approved account on their own phone.',
  ],
  'help-2': [
    'Mở ứng dụng VNeID, chọn Kích hoạt tài khoản, tự nhập số của mình.',
    'They open the VNeID app, choose to activate, and type their own number.',
  ],
  'help-3': [
    'Mã trong tin nhắn do ông/bà tự đọc, tự nhập. Anh/chị không hỏi, không ghi lại mã.',
    'They read and type the code of the message themselves. You neither ask for it nor write it down.',
  ],
  'help-4': [
    'Ông/bà tự đặt passcode 6 số; anh/chị quay đi khi ông/bà gõ.',
    'They choose the passcode of 6 digits themselves; look away while they type.',
  ],
  'help-5': [
    'Không có tin nhắn hoặc quá hạn: mời ông/bà đến công an phường, xã.',
    'No message, or too late: they come to the ward’s police.',
  ],
})
