import { hotline } from '../../names/hotline.ts'
import { words } from '../../platform/pages/html.ts'

/** Text of the paper slip, in Vietnamese like the other papers. */
export const slipTextIn = words({
  title: ['Phiếu kích hoạt tài khoản', 'Slip to activate the account'],
  demonstration: ['minh họa', 'demonstration'],
  holder: ['Chủ tài khoản', 'Holder'],
  'last-four': ['Số định danh kết thúc bằng {digits}', 'Personal number ending in {digits}'],
  'good-until': ['Dùng một lần, đến hết ngày {day}', 'Good once, until the end of {day}'],
  'how-1': [
    '1. Tự mình mở phiếu; quét mã QR bằng máy của chính mình, hoặc gõ mã và địa chỉ bên trong.',
    '1. Open it yourself; scan the QR with your own phone, or type code and address.',
  ],
  'how-2': ['2. Nhập số định danh và ngày sinh.', '2. Type your personal number and birth date.'],
  'how-3': [
    '3. Đặt passcode (mã 6 số), in hoặc chép mã dự phòng.',
    '3. Choose a passcode, print or copy the recovery codes.',
  ],
  nobody: [
    'Không ai được hỏi mã trên phiếu, kể cả công an. Phiếu đã bị mở thì báo nơi phát để in phiếu khác. ' +
      `Hỏi thêm: ${hotline}.`,
    'Nobody may ask for the code, not even the police. If the slip was opened, have another printed. Questions: ' +
      `${hotline}.`,
  ],
  inside: ['Mã bên trong', 'Inside'],
  'or-type': ['hoặc gõ mã', 'or type'],
  seal: [
    'Gấp phần này che kín mã, dán mép rồi mới phát.',
    'Fold this over the code and stick it down before handing out.',
  ],
})
