import { words } from '../../platform/pages/html.ts'
import { signInMinutes } from '../law.ts'

export const factorText = words({
  'give-title': ['Xác nhận bước thứ hai', 'Second step'],
  'give-to-sign-in': [
    'Mật khẩu đã đúng. Xác nhận thêm bằng thiết bị của anh/chị.',
    'The password is right. Now prove yourself by a device of yours.',
  ],
  'give-to-go-on': [
    'Việc này cần xác nhận lại: phê duyệt, kết xuất danh sách, phân quyền chỉ làm được trong ít phút sau đó.',
    'This needs your second factor again: approvals, exports and rights of officers go on for some minutes after it.',
  ],
  'by-passkey': ['Dùng khóa truy cập', 'Use a passkey'],
  'by-passkey-hint': [
    'Vân tay, khuôn mặt hoặc mã mở máy của điện thoại, máy tính này.',
    'Finger, face or the code of this phone or computer.',
  ],
  'passkey-failed': [
    'Trình duyệt chưa xác nhận được. Thử lại, hoặc dùng cách khác bên dưới.',
    'The browser could not do it. Try again, or use another way below.',
  ],
  'passkey-none': ['Trình duyệt này không dùng được khóa truy cập.', 'This browser does not know passkeys.'],
  'app-code': ['Mã 6 số trong ứng dụng', 'The six digits in the app'],
  'mail-code': ['Mã trong thư', 'The code in the mail'],
  'send-mail': ['Gửi mã tới', 'Send a code to'],
  'mail-sent': ['Đã gửi mã. Thư có thể đến chậm một, hai phút.', 'A code was sent. It may take a minute or two.'],
  confirm: ['Xác nhận', 'Confirm'],
  'other-officer': ['Đăng nhập bằng tên khác', 'Sign in as somebody else'],
  'lost-title': ['Mất điện thoại?', 'Lost your phone?'],
  lost: [
    'Báo quản trị của đơn vị: hai cán bộ cấp cho anh/chị một đường liên kết để đặt lại.',
    'Tell the administrator of your unit: two officers give you a link to choose anew.',
  ],
  'demonstration-way': ['Bản minh họa: xác nhận thay', 'Demonstration: give it for me'],

  wrong: [
    'Chưa đúng. Nhập mã đang hiện; mỗi mã chỉ dùng một lần.',
    'That was not right. Type the code shown now; each is good once.',
  ],
  refused: [
    'Chưa thêm được: mã chưa đúng hoặc đã quá hạn. Thử lại với mã đang hiện.',
    'It was not added: the code is wrong or too old. Try again with the code shown now.',
  ],
  'slowed-before': ['Đã nhập sai nhiều lần. Đợi', 'There were several wrong tries. Wait'],
  'slowed-after': ['giây rồi thử lại.', 'seconds, then try again.'],
  gone: [
    `Đã quá ${signInMinutes} phút hoặc đã dùng ở nơi khác. Đăng nhập lại từ đầu.`,
    `More than ${signInMinutes} minutes passed, or it was used elsewhere. Sign in again.`,
  ],
  'no-way': [
    'Tài khoản này chưa có yếu tố thứ hai. Quản trị của đơn vị đề nghị cấp lại, một cán bộ khác chấp nhận.',
    'There is no second factor yet. The administrator of your unit proposes a new one, and another officer accepts.',
  ],

  'sign-in-again': [
    'Anh/chị xác nhận bằng mã gửi qua thư. Đăng nhập lại để nhận mã mới rồi làm tiếp.',
    'You use codes by mail. Sign in again for a new code, then go on.',
  ],
  'sign-in-again-button': ['Đăng nhập lại', 'Sign in again'],
  'rests-until': ['dùng được từ', 'good from'],
  rests: [
    'Nếu không phải anh/chị thêm: đăng nhập bằng mã qua thư, bỏ ngay, đổi mật khẩu và báo quản trị.',
    'If you did not add it: sign in by a code by mail, remove it, change your password and tell your administrator.',
  ],

  'add-title': ['Thêm cách xác nhận bước thứ hai', 'Add a second factor'],
  'add-first': [
    'Mật khẩu không đủ để vào: chọn một cách dưới đây, chỉ phải làm một lần.',
    'A password alone is not enough: choose one of the ways below, once.',
  ],
  'add-passkey': ['Khóa truy cập trên máy này', 'A passkey on this device'],
  'add-passkey-hint': [
    'Nhanh nhất và không lừa lấy được. Nên dùng máy của riêng mình, không dùng máy chung.',
    'The quickest, and no fraud gets it. Use a device of your own, not a shared one.',
  ],
  'make-passkey': ['Tạo khóa truy cập', 'Make a passkey'],
  'add-app': ['Ứng dụng trên điện thoại', 'An app on your phone'],
  'add-app-hint': [
    'Mở ứng dụng xác thực (Google Authenticator, Microsoft Authenticator…), quét mã rồi nhập 6 số ứng dụng hiện ra.',
    'Open an authenticator app (Google Authenticator, Microsoft Authenticator…), scan, type the six digits shown.',
  ],
  qr: ['Mã QR cho ứng dụng', 'QR code for the app'],
  'secret-instead': ['Hoặc nhập tay khóa này:', 'Or type this key:'],
  name: ['Tên gọi để nhận ra', 'A name to know it by'],
  'name-phone': ['Điện thoại của tôi', 'My phone'],
  'name-device': ['Máy của tôi', 'My device'],
  add: ['Thêm', 'Add'],

  'mine-title': ['Đăng nhập của tôi', 'How I sign in'],
  'sessions-title': ['Đang đăng nhập ở đâu', 'Where I am signed in'],
  'this-one': ['máy này', 'this one'],
  began: ['từ', 'since'],
  'end-session': ['Đăng xuất máy này', 'Sign out there'],
  'mine-empty': [
    'Chưa có. Hiện anh/chị xác nhận bằng mã gửi qua thư; thêm khóa truy cập hoặc ứng dụng thì chắc chắn hơn.',
    'None yet. You use a code by mail now; a passkey or an app is safer.',
  ],
  passkey: ['Khóa truy cập', 'Passkey'],
  totp: ['Ứng dụng', 'App'],
  added: ['thêm ngày', 'added on'],
  used: ['dùng lần cuối', 'last used'],
  never: ['chưa dùng', 'never used'],
  remove: ['Bỏ', 'Remove'],
  'remove-last': ['Muốn bỏ cách cuối cùng thì thêm cách khác trước.', 'To remove the last one, add another first.'],
  'add-another': ['Thêm cách khác', 'Add another'],
  'confirm-first': ['Xác nhận trước', 'Confirm first'],
})
export type FactorText = ReturnType<typeof factorText>
