import { words } from '../../platform/pages/html.ts'

/** Texts of the page by which the first two officers of an installation are entered. */
export const foundingText = words({
  title: ['Hai cán bộ đầu tiên', 'The first two officers'],
  explained: [
    'Hệ thống này chưa có cán bộ nào. Người quản trị thứ nhất đề nghị, người thứ hai chấp nhận: phải là hai người ' +
      'khác nhau, và từ nay không ai tự cấp quyền một mình.',
    'Nobody works with this installation yet. The first administrator proposes and the second person accepts: they ' +
      'are two different people, and from now on nobody gives a right alone.',
  ],
  code: ['Mã mà máy chủ in ra khi khởi động', 'Code that the server printed when it started'],
  unit: ['Đơn vị', 'Unit'],
  first: ['1. Quản trị thứ nhất: chính anh/chị', '1. The first administrator: you'],
  second: ['2. Người thứ hai', '2. The second person'],
  'second-hint': [
    'Lãnh đạo công an tỉnh, hoặc quản trị thứ hai. Người này nhận giấy hoặc tin nhắn để tự đặt mật khẩu.',
    'The provincial commander, or a second administrator, who is given a paper or a message to choose a password.',
  ],
  name: ['Họ và tên', 'Full name'],
  login: ['Tên đăng nhập', 'Login'],
  'login-hint': [
    'Chữ thường không dấu, số, dấu chấm. Ví dụ: hoa.nt',
    'Small letters without marks, digits, dots. For example: hoa.nt',
  ],
  phone: ['Số điện thoại di động (không bắt buộc)', 'Mobile phone (optional)'],
  email: ['Thư điện tử (không bắt buộc)', 'E-mail address (optional)'],
  role: ['Vai trò', 'Role'],
  delivery: ['Đường liên kết đặt mật khẩu', 'Link to choose a password'],
  'delivery-paper': ['in ra giấy, trao tận tay', 'on paper, handed over in person'],
  'delivery-email': ['gửi thư điện tử', 'by e-mail'],
  'delivery-phone': ['gửi tin nhắn', 'by message to the phone'],
  enter: ['Ghi hai cán bộ đầu tiên', 'Enter the first two officers'],
  gone: [
    'Đường liên kết không còn dùng được: đã dùng, đã hết hạn, máy chủ đã khởi động lại, hoặc đã có cán bộ.',
    'This link opens nothing any more: it was used, is over, the server was started again, or officers were entered.',
  ],
  'gone-todo': [
    'Nếu chưa có cán bộ nào, khởi động lại máy chủ để có đường liên kết mới. Nếu không phải anh/chị đã dùng nó, ' +
      'dừng máy chủ và bắt đầu lại với thư mục dữ liệu mới.',
    'If nobody works here yet, start the server again: it prints another. If it was used and not by you, stop the ' +
      'server and begin again with another data folder.',
  ],
  slowed: ['Đã thử sai nhiều lần. Thử lại sau {n} giây.', 'Tried too often. Try again in {n} seconds.'],
  'done-title': ['Đã ghi hai cán bộ đầu tiên', 'The first two officers are entered'],
  'done-first': [
    '2. Tự đặt mật khẩu của mình ngay bây giờ, rồi đăng nhập và thêm bước xác nhận thứ hai.',
    '2. Choose your own password now, then sign in and add a second factor.',
  ],
  'choose-password': ['Đặt mật khẩu của mình', 'Choose your password'],
  'done-second-paper': [
    '1. Tải giấy của người thứ hai, in và trao tận tay trước khi rời trang này: trang chỉ hiện một lần.',
    '1. Save the paper of the second person, print it and hand it over, before you leave this page: it is shown once.',
  ],
  'done-second-sent': [
    '1. Người thứ hai được gửi đường liên kết để tự đặt mật khẩu.',
    '1. The second person is sent a link to choose a password.',
  ],
  'save-paper': ['Tải giấy đặt mật khẩu (PDF)', 'Save the paper (PDF)'],
  'done-lost': [
    'Lỡ mất giấy hoặc chưa kịp đặt mật khẩu: người vận hành máy chủ cấp lại bằng lệnh officer link.',
    'If the paper is lost or the password was not chosen in time, the operator grants another by `officer link`.',
  ],
})
