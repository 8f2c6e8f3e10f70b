/** Hôm nay. */
export const todayWords = {
  'today-title-waiting': ['Hôm nay: đang đọc các việc', 'Today: reading what is due'],
  'today-title-unread': ['Hôm nay: chưa đọc được các việc', 'Today: what is due could not be read'],
  'today-title-none': ['Hôm nay không có việc đến hạn', 'Nothing is due today'],
  'today-title': ['Có {n} việc, chưa việc nào đến hạn', '{n} to do, none due yet'],
  'today-title-pressing': ['Có {n} việc, {due} đến hạn', '{n} to do, {due} due'],
  'figures-at': ['Số liệu lúc {time}', 'Figures of {time}'],
  'acting-as': ['Vai trò', 'Acting as'],
  'stands-in': ['Thay {name}', 'Standing in for {name}'],
  'find-person': ['Tìm người', 'Find a person'],
  'today-sentence': [
    'Năm học {year}, {unit} có {people} em sinh {born} đang đi học; còn {need} em thiếu ít nhất một thứ: ' +
      '{card} chưa có thẻ, {account} chưa có tài khoản, {activation} chưa kích hoạt.',
    'In the school year {year}, {unit} has {people} pupils born {born}; {need} still lack something: ' +
      '{card} a card, {account} an account, {activation} the activation.',
  ],
  'today-done': ['{n} không thiếu gì', '{n} lack nothing'],
  'today-all': ['{n} thuộc diện', '{n} in all'],
  'due-when': ['Hạn', 'Due'],
  'due-count': ['Số', 'Count'],
  'due-what': ['Việc', 'What'],
  'group-overdue': ['Quá hạn', 'Overdue'],
  'group-today': ['Hôm nay', 'Today'],
  'group-later': ['Sắp tới', 'Soon'],
  'group-undated': ['Không có hạn', 'Without a due day'],
  'due-corrections-overdue': ['Chỉnh sửa chờ quyết định đã quá hạn', 'Corrections past their time limit'],
  'due-corrections-today': ['Chỉnh sửa phải quyết định hôm nay', 'Corrections to decide today'],
  'due-corrections-later': ['Chỉnh sửa chờ quyết định', 'Corrections to decide'],
  'due-staff-proposals': ['Đề nghị về cán bộ chờ chấp nhận', 'Proposals about officers that wait'],
  'due-staff-proposals-about': [
    'Phân công, cử người thay, cấp lại mật khẩu, đổi liên hệ',
    'Posts, stand-ins, new passwords, contacts',
  ],
  'due-staff-proposals-do': ['Xem đề nghị', 'Look at them'],
  'due-collections': ['Người chờ xác lập số định danh', 'People who wait for a number'],
  'due-collections-about': [
    'Phiếu DC01 đã đủ giấy tờ, chờ cán bộ thứ hai',
    'Form DC01 with its papers, for a second officer',
  ],
  'due-merges': ['Hợp nhất bản ghi trùng chờ quyết định', 'Merges of records to decide'],
  'due-merges-about': [
    'Một cán bộ khác cho rằng hai bản ghi là của một người.',
    'Another officer holds two records for those of one person.',
  ],
  'due-corrections-about': [
    'Cán bộ thứ hai kiểm tra giấy tờ chứng minh rồi duyệt hoặc từ chối',
    'A second officer checks the evidence, then approves or refuses',
  ],
  'open-files': ['Mở hồ sơ', 'Open the files'],
  'open-follow-ups': ['Mở việc phải sửa', 'Open what to correct'],
  'due-none': ['Không có việc nào chờ đơn vị này', 'Nothing waits for this unit'],
  'due-none-todo': [
    'Việc tốt nhất để làm tiếp: nhận danh sách của trường chưa gửi, ở Rà soát.',
    'Best next: take in the roll of a school that has sent none, under Reconciliation.',
  ],
  'lacking-most': ['Còn thiếu nhiều nhất', 'Where most is lacking'],
  'counting-figures': ['Đang đếm', 'Counting'],
} as const

type TodayWords = typeof todayWords
declare module '../base/language.tsx' {
  interface Texts extends TodayWords {}
}
