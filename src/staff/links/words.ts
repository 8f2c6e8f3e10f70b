import { words } from '../../platform/pages/html.ts'

/** Texts of the page on which an officer chooses a password, and of the paper that leads there. */
export const linkText = words({
  title: ['Đặt mật khẩu của mình', 'Choose your password'],
  explained: [
    'Đường liên kết này dùng một lần. Tự đặt mật khẩu; không ai khác được biết.',
    'This link is good once. Choose the password yourself; nobody else may know it.',
  ],
  code: ['Mã của liên kết, hoặc mã trên giấy', 'Code of the link or of the paper'],
  login: ['Tên đăng nhập của anh/chị', 'Your login'],
  gone: [
    'Đường liên kết không còn dùng được: đã dùng, đã hết hạn hoặc đã có liên kết mới. Đề nghị đơn vị cấp lại.',
    'This link opens nothing any more: it was used, is over, or there is a newer one. Ask your unit for another.',
  ],
  'login-of-another': [
    'Đường liên kết này không phải của tên đăng nhập đó. Nhập đúng tên đăng nhập của mình.',
    'This link is not for that login. Type your own login.',
  ],
  'signed-in-as-another': [
    'Trình duyệt này đang đăng nhập bằng tài khoản của cán bộ khác. Đăng xuất trước rồi mở lại.',
    'Another officer is signed in on this browser. Sign out first, then open it again.',
  ],
  chosen: ['Đã đặt mật khẩu mới. Các phiên đang mở đã kết thúc.', 'The new password is set. Open sessions have ended.'],

  'paper-title': ['Giấy đặt mật khẩu', 'Paper to choose a password'],
  demonstration: ['minh họa', 'demonstration'],
  officer: ['Cán bộ', 'Officer'],
  'good-until': ['Dùng một lần, đến {time} ngày {day}', 'Good once, until {time} on {day}'],
  'how-1': [
    '1. Quét mã QR bằng máy của chính mình, hoặc mở địa chỉ dưới đây và gõ mã.',
    '1. Scan the QR with your own phone, or open the address below and type the code.',
  ],
  'how-2': [
    '2. Nhập tên đăng nhập của mình và tự đặt mật khẩu.',
    '2. Type your own login and choose a password yourself.',
  ],
  'how-3': [
    'Người in trao tận tay cán bộ có tên trên giấy, không sao chụp. Giấy thất lạc thì báo ngay để in giấy khác.',
    'Whoever prints it hands it to the officer named here in person, uncopied. If it is lost, have another printed.',
  ],
})
