/** The parts that all pages share, and the page that shows them. */
export const partWords = {
  selected: ['đã chọn', 'selected'],
  'select-all': ['Chọn tất cả', 'Select all'],
  'not-given': ['không ghi', 'not given'],
  compare: ['So sánh', 'Compared'],
  'compare-same': ['giống', 'the same'],
  'compare-differs': ['khác', 'differs'],
  'compare-marks': ['khác dấu', 'marks differ'],
  'compare-swapped': ['đảo ngày, tháng', 'day and month swapped'],
  'compare-missing': ['thiếu một bên', 'one side missing'],
  'cells-where': ['nơi khai sinh', 'where born'],
  'cells-century': ['thế kỷ, giới', 'century, sex'],
  'cells-year': ['năm sinh', 'year'],
  'cells-random': ['sáu số ngẫu nhiên', 'six at random'],
  'number-hint': ['12 số, trên thẻ hoặc giấy khai sinh.', 'Twelve digits, on the card or the birth certificate.'],
  'number-eleven': [
    'Có 11 số, thiếu một. Thường là mất số 0 ở đầu.',
    '11 digits, one is missing. Often the zero at the beginning is lost.',
  ],
  'number-nine': [
    '9 số là số chứng minh nhân dân cũ. Cần số định danh 12 số.',
    'Nine digits are an old identity number. The personal number has twelve.',
  ],
  'number-short': ['Mới có {n} số, cần đủ 12.', '{n} digits so far; twelve are needed.'],
  'day-unreadable': ['Ghi ngày như 20/04/2023.', 'Write the day as 20/04/2023.'],
  steps: ['Các bước', 'Steps'],
  'step-done': ['xong', 'done'],
  'leave-it': ['Thôi, giữ nguyên', 'Leave it as it is'],
  'ruler-done': ['{n} đã xong', '{n} done'],
  'ruler-plan': ['vạch: lẽ ra hôm nay được {n}', 'tick: {n} due by today'],
  'ruler-forecast': ['vùng sọc: dự báo ngày {due}, {low} đến {high}', 'hatch: forecast for {due}, {low} to {high}'],
  'ruler-target': ['giao {n}', 'target {n}'],
  'loading-todo': [
    'Rời trang này được, quay lại sẽ đọc tiếp.',
    'You may leave; it will be read again when you come back.',
  ],
  'card-texts': ['Mục: {what}.', 'Of the card: {what}.'],
  'card-text-number': ['số định danh', 'personal number'],
  'card-text-fullName': ['họ và tên', 'full name'],
  'card-text-nationality': ['quốc tịch', 'nationality'],
  'card-text-hometown': ['quê quán', 'home town'],
  'card-text-birthPlace': ['nơi đăng ký khai sinh', 'place of birth registration'],
  'card-text-residence': ['nơi cư trú', 'residence'],
  'card-text-portrait': ['ảnh chân dung', 'portrait'],
  'card-text-signature': ['chữ ký', 'signature'],
  'paper-drawing': ['Đang lập: {what}', 'Drawing: {what}'],
  'try-again': ['Thử lại', 'Try again'],
  'no-answer': ['Máy chủ không trả lời', 'The installation does not answer'],
  'no-answer-todo': ['Kiểm tra đường truyền, rồi thử lại sau một phút.', 'Check the line, then try again in a minute.'],
  'no-answer-kept': [
    'Những gì vừa nhập vẫn còn trên màn hình. Thử lại sau một phút.',
    'What you typed is still on the screen. Try again in a minute.',
  ],
  'page-broken': ['Trang này gặp lỗi', 'This page failed'],
  'page-broken-todo': [
    'Tải lại trang. Nếu vẫn lỗi, báo quản trị viên việc vừa làm.',
    'Load it again. If it fails again, tell the administrator what you did.',
  ],
  'fault-todo': [
    'Thử lại sau một phút; nếu vẫn lỗi, báo mã dưới đây cho quản trị viên.',
    'Try again in a minute; if it fails again, give the code below to the administrator.',
  ],
  'changed-what': ['Trong lúc đó: {what}.', 'Meanwhile: {what}.'],
  'changed-todo': [
    'Trang đã hiện nội dung mới nhất. Việc anh/chị vừa làm chưa được ghi; xem lại rồi quyết định.',
    'The page now shows the present state. What you did was not recorded; read it and decide again.',
  ],
  'sign-in-again': ['Đăng nhập lại', 'Sign in again'],
  code: ['Mã', 'Code'],
  'file-hint': [
    'Tệp .xlsx hoặc .csv, tối đa 30 MB. Kéo vào đây hoặc chọn.',
    'A .xlsx or .csv file, 30 MB at most. Drop it here or choose it.',
  ],
  'file-choose': ['Chọn tệp', 'Choose a file'],
  'file-old-kind': [
    '{name} là tệp Excel đời cũ (.xls). Mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại.',
    '{name} is an old Excel file (.xls). Open it, save it as .xlsx, and send that.',
  ],
  'file-other-kind': [
    '{name} không phải bảng tính. Ở đây nhận {kinds}.',
    '{name} is not a workbook. Here {kinds} are taken.',
  ],
  'file-too-large': [
    'Tệp lớn hơn {n} MB. Chia theo khối lớp, hoặc nhập bằng dòng lệnh.',
    'The file is larger than {n} MB. Split it by grade, or import it by the command line.',
  ],
  'rows-shown': ['Dòng {first} đến {last} trên {all}', 'Rows {first} to {last} of {all}'],
  'parts-title': ['Bộ phận và trạng thái', 'Parts and states'],
  'parts-about': [
    'Mọi trang dùng chung. Lề nói tính đến ngày nào, theo gì, lọc gì. Trang chỉ có việc.',
    'Shared by all pages. The margin says as of when, on what basis, by what filters. The page holds only the work.',
  ],
} as const

type PartWords = typeof partWords
declare module '../base/language.tsx' {
  interface Texts extends PartWords {}
}
