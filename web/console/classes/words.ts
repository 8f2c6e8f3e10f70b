/** Lớp học: a school's classes with their homeroom teachers, and a teacher's own class. */
export const classWords = {
  'school-classes': ['Lớp học', 'Classes'],
  'classes-reading': ['Đang đọc danh sách lớp', 'Reading the classes'],
  'classes-title': ['Lớp nào đã có giáo viên chủ nhiệm', 'Which classes have a homeroom teacher'],
  'classes-none': ['Trường chưa có danh sách học sinh của năm học này', 'The school has no roll of this year yet'],
  'classes-none-todo': [
    'Gửi danh sách của trường ở mục Rà soát; các lớp có trong danh sách sẽ hiện ở đây.',
    'Send the school’s roll under Review; the classes on it appear here.',
  ],
  'classes-to-rolls': ['Gửi danh sách', 'Send the roll'],
  'classes-no-teacher': [
    'Chưa có giáo viên chủ nhiệm nào được cấp quyền ở trường. Quản trị viên đề nghị, một cán bộ khác chấp nhận.',
    'No homeroom teacher has a post at the school yet. An administrator proposes it, another officer accepts.',
  ],
  'class-name': ['Lớp', 'Class'],
  'class-pupils': ['Học sinh', 'Pupils'],
  'class-teacher': ['Giáo viên chủ nhiệm', 'Homeroom teacher'],
  'class-teacher-none': ['chưa phân công', 'none yet'],
  'class-said': ['Đã có kết quả', 'With a result'],
  'class-deed': ['Thao tác', 'Do'],
  'class-name-teacher': ['Phân công', 'Name'],
  'class-name-title': ['Giáo viên chủ nhiệm lớp {class}', 'Homeroom teacher of {class}'],
  'class-name-so': [
    'Giáo viên chỉ xem được học sinh của lớp mình: họ tên, việc còn thiếu. Giáo viên cũ của lớp không xem được nữa.',
    'The teacher sees the pupils of this class alone: names and what is lacking. A former teacher sees them no more.',
  ],
  'class-name-deed': ['Phân công chủ nhiệm', 'Name the teacher'],
  'class-end': ['Thôi chủ nhiệm', 'End'],
  'class-sheet-title': ['Lớp {class}: em nào còn thiếu gì', 'Class {class}: who still lacks what'],
  'class-sheet-none': ['Trường chưa phân công lớp cho anh/chị', 'The school has given you no class yet'],
  'class-sheet-none-todo': [
    'Nhà trường phân công ở mục Lớp học; sau đó danh sách lớp hiện ở đây.',
    'The school does so under Classes; then the class appears here.',
  ],
  'class-all-done': ['Cả lớp không còn em nào thiếu.', 'Nobody of the class lacks anything.'],
  'class-visit': ['Tổ lưu động đến trường ngày {day}', 'The team comes to the school on {day}'],
  'class-visit-none': ['Chưa có ngày tổ lưu động đến trường', 'No day is set for the team’s visit'],
  'class-only-lacking': ['Còn thiếu', 'Still lacking'],
  'class-everyone': ['Cả lớp', 'Whole class'],
  'class-lacks': ['Còn thiếu', 'Lacks'],
  'class-asked': ['Cần làm với danh sách', 'To put right on the roll'],
  'class-asked-family': ['gia đình', 'family'],
  'class-asked-school': ['nhà trường', 'school'],
  'class-unknown': ['chưa tìm thấy trong dữ liệu dân cư', 'not found in the register'],
  'class-complete': ['đã đủ', 'complete'],
  'class-result': ['Kết quả', 'Result'],
  'class-record': ['Ghi kết quả', 'Record'],
  'class-record-title': ['{name}: kết quả', '{name}: result'],
  'class-told-parents': ['Đã báo cha mẹ', 'Parents told'],
  'class-will-come': ['Sẽ đến', 'Will come'],
  'class-absent': ['Vắng học', 'Absent'],
  'class-moved': ['Đã chuyển đi', 'Moved away'],
  'class-wrong-phone': ['Sai số điện thoại', 'Wrong phone'],
  'class-will-come-on': ['Hẹn đến ngày (khi chọn “Sẽ đến”)', 'Comes on (for “Will come”)'],
  'class-note': ['Ghi chú (không bắt buộc)', 'Note (optional)'],
  'class-note-hint': ['Không ghi số định danh, số thẻ, số điện thoại', 'No personal, card or phone number'],
  'class-take-back': ['Bỏ kết quả đã ghi', 'Take the result back'],
} as const

type ClassWords = typeof classWords
declare module '../base/language.tsx' {
  interface Texts extends ClassWords {}
}
