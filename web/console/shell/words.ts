/** The frame around all pages: places, menu, keys. */
export const shellWords = {
  house: ['Định danh', 'Định danh'],
  demonstration: ['minh họa', 'demo'],
  skip: ['Đến phần chính', 'Skip to the page'],
  places: ['Các mục', 'Places'],
  today: ['Hôm nay', 'Today'],
  campaign: ['Chiến dịch', 'Campaign'],
  lists: ['Danh sách', 'Lists'],
  rolls: ['Rà soát', 'Reconciliation'],
  sessions: ['Lịch lưu động', 'Sessions'],
  capture: ['Thu nhận', 'Capture'],
  cards: ['Thẻ', 'Cards'],
  accounts: ['Tài khoản', 'Accounts'],
  register: ['Dân cư', 'Register'],
  reports: ['Báo cáo', 'Reports'],
  administration: ['Quản trị', 'Administration'],
  'open-places': ['Các mục anh/chị được mở', 'Places that are open to you'],
  'all-places': ['Tất cả', 'All'],
  search: ['Tìm, đi tới', 'Find and go to'],
  'officer-menu': ['Cán bộ và cài đặt', 'Officer and settings'],
  'change-language': ['English', 'Tiếng Việt'],
  'change-officer': ['Đổi cán bộ trên máy này', 'Change officer on this machine'],
  'my-factors': ['Khóa truy cập, bước thứ hai, nơi đang đăng nhập', 'Passkeys, second factors, where I am signed in'],
  'my-password': ['Đổi mật khẩu của tôi', 'Change my password'],
  'factor-title': ['Xác nhận lại trước khi làm việc này', 'Prove yourself again first'],
  'factor-why': [
    'Phê duyệt, kết xuất danh sách và phân quyền cần xác nhận bước thứ hai trong ít phút gần nhất. ' +
      'Những gì vừa nhập vẫn còn.',
    'Approvals, exports and rights of officers need your second factor of the last minutes. What you typed is kept.',
  ],
  'factor-passkey': ['Dùng khóa truy cập', 'Use my passkey'],
  'factor-code': ['Mã 6 số trong ứng dụng', 'The six digits in the app'],
  'factor-confirm': ['Xác nhận', 'Confirm'],
  'factor-demonstration': ['Bản minh họa: xác nhận thay', 'Demonstration: give it for me'],
  'factor-none': [
    'Chưa có khóa truy cập hay ứng dụng. Thêm một cách rồi làm lại.',
    'You have neither passkey nor app yet. Add one, then do this again.',
  ],
  'factor-add': ['Thêm cách xác nhận', 'Add a second factor'],
  'factor-failed': [
    'Trình duyệt chưa xác nhận được. Thử lại, hoặc dùng cách khác.',
    'The browser could not do it. Try again, or another way.',
  ],
  'again-title': ['Phiên làm việc đã hết', 'Your session has ended'],
  'again-why': [
    'Đăng nhập lại ngay tại đây. Trang và những gì vừa nhập vẫn còn; việc đang làm sẽ được gửi tiếp.',
    'Sign in again right here. The page and what you typed are kept; what you were doing goes on.',
  ],
  'again-other-title': [
    'Cán bộ khác đã đăng nhập trên trình duyệt này',
    'Another officer has signed in in this browser',
  ],
  'again-other-why': [
    'Trang này đang mở bằng tên anh/chị nên chưa có gì được gửi bằng tên người khác. ' +
      'Đăng nhập lại để làm tiếp; phiên của cán bộ kia trên trình duyệt này sẽ kết thúc.',
    'This page was opened by you, so nothing was done in the other officer’s name. ' +
      'Sign in again to go on; the other officer’s session in this browser ends.',
  ],
  'again-post-title': ['Anh/chị đã chuyển sang vai trò khác', 'You have changed to another post'],
  'again-post-why': [
    'Vai trò đã được chuyển ở một thẻ khác của trình duyệt. Trang này đang mở với vai trò {role}, {unit}, ' +
      'nên chưa có gì được gửi. Những gì vừa nhập vẫn còn.',
    'The post was changed in another tab. This page was opened as {role}, {unit}, so nothing was done. ' +
      'What you typed is kept.',
  ],
  'again-post-back': ['Về lại vai trò của trang và làm tiếp', 'Back to the post of the page, and go on'],
  'again-post-other': ['Mở lại trang với vai trò kia', 'Open the page in the other post'],
  'again-password': ['Mật khẩu', 'Password'],
  'again-other': ['Cán bộ khác đăng nhập', 'Sign in as another officer'],
  'again-later': ['Để sau, xem lại trang', 'Later: let me see the page'],
  'again-refused': [
    'Mật khẩu chưa đúng. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.',
    'The password is not right. Check the keyboard and Caps Lock, then type it again.',
  ],
  'again-slowed': ['Đã nhập sai nhiều lần. Đợi {n} giây rồi thử lại.', 'There were several wrong tries. Wait {n} s.'],
  'again-no-post': [
    'Hôm nay anh/chị chưa được phân công ở đơn vị nào. Liên hệ quản trị của đơn vị.',
    'You have no appointment today. Ask the administrator of your unit.',
  ],
  'again-no-factor': [
    'Tài khoản này chưa có bước xác nhận thứ hai. Quản trị của đơn vị đề nghị cấp lại.',
    'There is no second factor yet. The administrator of your unit proposes a new one.',
  ],
  'again-wrong': [
    'Chưa đúng. Nhập mã đang hiện; mỗi mã chỉ dùng một lần.',
    'That was not right. Type the code shown now; each is good once.',
  ],
  'again-over': ['Đã quá thời gian. Nhập lại mật khẩu.', 'It took too long. Type the password again.'],
  'again-not-by-mail': ['Không gửi mã qua thư được. Dùng cách khác.', 'No code is sent by mail. Use another way.'],
  'again-send-mail': ['Gửi mã tới {where}', 'Send a code to {where}'],
  'again-mail-code': ['Mã trong thư', 'The code in the mail'],
  unsent: [
    'Máy chủ chưa trả lời. Còn {n} việc chưa gửi được, sẽ tự gửi lại. Anh/chị đừng đóng trang.',
    'The server does not answer. Not sent yet: {n}; they are sent again by themselves. Keep the page open.',
  ],
  'sign-out': ['Đăng xuất', 'Sign out'],
  'keys-on': ['Bật phím tắt một chữ', 'Turn single keys on'],
  'keys-off': ['Tắt phím tắt một chữ', 'Turn single keys off'],
  'keys-typing': ['Phím tắt không chạy khi đang gõ chữ.', 'No key does anything while you type.'],
  'key-next': ['dòng tiếp theo', 'next row'],
  'key-previous': ['dòng trước', 'previous row'],
  'key-select': ['chọn hoặc bỏ chọn dòng', 'select the row or not'],
  'key-open': ['mở dòng', 'open the row'],
  'key-search': ['tìm, đi tới một nơi', 'find, go to a place'],
  'key-help': ['mở hoặc đóng trợ giúp của trang', 'open or close the help of the page'],
  close: ['Đóng', 'Close'],
  'show-margin': ['Xem bộ lọc và ghi chú', 'Show filters and notes'],
  'as-of': ['Tính đến {day}', 'As of {day}'],
  unit: ['Đơn vị', 'Unit'],
  'place-unknown': ['Không có trang này', 'There is no such page'],
  'place-unknown-todo': ['Kiểm tra lại địa chỉ, hoặc bắt đầu từ Hôm nay.', 'Check the address, or begin at Today.'],
  'to-today': ['Về Hôm nay', 'Go to Today'],
  'no-places': ['Vai trò của anh/chị ở đơn vị này chưa có mục nào ở đây', 'Your role in this unit opens no place here'],
  'no-places-todo': [
    'Đề nghị quản trị viên của đơn vị cấp quyền, hoặc đổi cán bộ.',
    'Ask the administrator of your unit for a right, or change officer.',
  ],
  'page-arrives': ['Đang tải trang', 'Loading the page'],
  'version-new': ['Phần mềm đã có phiên bản mới', 'There is a new version of this program'],
  'version-new-todo': [
    'Trang tự tải lại ngay. Nội dung anh/chị đang nhập dở vẫn còn.',
    'This page loads itself again now. What you were typing is kept.',
  ],
  'page-not-arrived': ['Trang chưa tải được', 'The page did not arrive'],
  'page-not-arrived-todo': [
    'Đường truyền bị ngắt giữa chừng. Nội dung anh/chị đang nhập dở vẫn còn; hãy thử lại khi có mạng.',
    'The line was cut. What you were typing is kept; try again when the line is back.',
  ],
} as const

type ShellWords = typeof shellWords
declare module '../base/language.tsx' {
  interface Texts extends ShellWords {}
}
