import { problems } from '../platform/problem.ts'

export const classProblem = problems({
  'class-school-outside': {
    status: 403,
    title: 'This school is not yours',
    vi: 'Trường này không thuộc phạm vi của anh/chị',
    fix: 'Open the classes of your own school.',
    fixVi: 'Mở các lớp của trường mình.',
  },
  'class-unknown': {
    status: 404,
    title: 'The school’s roll of this year has no such class',
    vi: 'Danh sách năm học này của trường không có lớp đó',
    fix: 'Choose a class of the list; a new class comes with the next roll.',
    fixVi: 'Chọn một lớp trong danh sách; lớp mới có khi trường gửi lại danh sách.',
  },
  'class-teacher-unknown': {
    status: 404,
    title: 'No homeroom teacher of the school has this post today',
    vi: 'Trường không có giáo viên chủ nhiệm giữ vị trí này hôm nay',
    fix: 'Choose a teacher of the list; two officers give a teacher their post first.',
    fixVi: 'Chọn một giáo viên trong danh sách; hai cán bộ phân công giáo viên trước.',
  },
  'homeroom-unknown': {
    status: 404,
    title: 'There is no such homeroom teacher at your school',
    vi: 'Trường không có phân công chủ nhiệm này',
    fix: 'Read the list of classes again.',
    fixVi: 'Xem lại danh sách lớp.',
  },
  'class-pupil-unknown': {
    status: 404,
    title: 'There is no such pupil in your class',
    vi: 'Lớp của anh/chị không có học sinh này',
    fix: 'Read the list of the class again: the school may have sent another roll.',
    fixVi: 'Xem lại danh sách lớp: có thể trường đã gửi danh sách mới.',
  },
  'class-note-refused': {
    status: 422,
    title: 'A note holds no number of a person, a card or a phone',
    vi: 'Ghi chú không được có số định danh, số thẻ hay số điện thoại',
    fix: 'Leave the number out.',
    fixVi: 'Bỏ số đó đi.',
  },
  'class-note-needed': {
    status: 422,
    title: 'Of another result, say which',
    vi: 'Kết quả khác thì ghi rõ là gì',
    fix: 'Write a few words, or choose one of the other results.',
    fixVi: 'Ghi vài chữ, hoặc chọn kết quả khác trong danh sách.',
  },
  'class-link-of-school': {
    status: 403,
    title: 'The school itself issues the links of its classes',
    vi: 'Trường tự cấp liên kết cho các lớp của trường',
    fix: 'The ward issues them where a school has no officer of its own.',
    fixVi: 'Công an cấp xã cấp khi trường chưa có cán bộ trên hệ thống.',
  },
  'class-day-refused': {
    status: 422,
    title: 'Of a family that will come, say on which day, from today on',
    vi: 'Gia đình hẹn đến thì ghi ngày hẹn, từ hôm nay trở đi',
    fix: 'Choose the day; other results have none.',
    fixVi: 'Chọn ngày hẹn; các kết quả khác không có ngày.',
  },
})
