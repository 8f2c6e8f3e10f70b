import { words } from '../../platform/pages/html.ts'
import type { NotPupilReason } from './line-kind.ts'

/** Why a row is taken for no pupil's. */
const notPupilWords = {
  'above-header': ['Dòng phía trên tiêu đề cột', 'Above the header'],
  header: ['Dòng tiêu đề cột', 'A header'],
  'column-numbers': ['Dòng đánh số cột', 'Numbers of the columns'],
  'class-line': ['Dòng ghi tên lớp', 'Names the class'],
  title: ['Dòng tiêu đề', 'A title'],
  total: ['Dòng tổng cộng', 'A total'],
  signature: ['Phần ký tên', 'Signatures'],
  'empty-line': ['Dòng chỉ có số thứ tự', 'A running number alone'],
  'no-roll-on-sheet': ['Trang tính không có danh sách học sinh', 'The sheet holds no roll'],
  'sheet-skipped': ['Trang tính được chọn bỏ qua', 'The sheet is left out, as asked'],
  'sheet-repeats': ['Trang ẩn, lặp lại các trang đang hiện', 'A hidden sheet that repeats those in view'],
  other: ['Không thấy họ tên, ngày sinh hay số định danh', 'Neither name, birth date nor number'],
} as const satisfies Record<NotPupilReason, readonly [string, string]>
export const sayNotPupil = words(notPupilWords)
