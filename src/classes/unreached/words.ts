import { words } from '../../platform/pages/html.ts'

/** What a ward is asked where a teacher cannot reach a family. */
export const unreachedText = words({
  title: ['Gia đình học sinh giáo viên chưa liên lạc được', 'Families whom the teacher cannot reach'],
  moved: ['Gia đình đã chuyển đi', 'The family has moved away'],
  'wrong-phone': ['Số điện thoại không phải của gia đình', 'The telephone number is not the family’s'],
  why: ['Giáo viên chủ nhiệm báo', 'The homeroom teacher says so'],
  'task-moved': [
    'Xác minh nơi ở hiện tại; chỉnh sửa, cập nhật nơi cư trú nếu đã chuyển hẳn. Xong thì ghi đã liên lạc được.',
    'Find where they live now; correct the residence if they have moved for good. Then note that they were found.',
  ],
  'task-wrong-phone': [
    'Tìm số điện thoại đúng của gia đình và báo lịch hẹn. Xong thì ghi đã liên lạc được.',
    'Find the right number and tell the family the appointment. Then note that they were found.',
  ],
})
