import { words } from '../../platform/pages/html.ts'
import type { ReadingWarning } from '../field.ts'
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
  'sheet-summary': ['Trang tổng hợp, lặp lại các trang lớp', 'A summary of the class sheets'],
  'left-school': ['Học sinh đã rời trường', 'A pupil who left the school'],
  other: ['Không thấy họ tên, ngày sinh hay số định danh', 'Neither name, birth date nor number'],
} as const satisfies Record<NotPupilReason, readonly [string, string]>
export const sayNotPupil = words(notPupilWords)

/** {n} is a count, {what} a format. */
const warningWords = {
  'named-otherwise': [
    'Tên tệp ghi một định dạng, nội dung là {what}: đã đọc theo nội dung.',
    'The file is named as another format than {what}, which it is: it was read by its content.',
  ],
  'lists-side-by-side': [
    'Hai danh sách đặt cạnh nhau trên một trang: đã đọc cả hai, bên trái trước.',
    'Lists stand side by side on a sheet: both are read, the left one first.',
  ],
  'summary-left-out': [
    'Trang tổng hợp lặp lại các trang lớp: không đọc {n} dòng của trang đó.',
    'A summary repeats the class sheets: its {n} rows are not read.',
  ],
  'summary-has-more': [
    '{n} học sinh chỉ có ở trang tổng hợp, không có ở trang lớp nào: hãy xem, vì chưa được nhận.',
    '{n} pupils stand on the summary alone, on no class sheet: please look, they are not taken in.',
  ],
  'summary-has-less': [
    '{n} học sinh có ở trang lớp, không có ở trang tổng hợp.',
    '{n} pupils stand on a class sheet, not on the summary.',
  ],
  'columns-repeat': [
    'Nhiều cột lặp lại mà chưa được đọc: có thể là danh sách thứ hai đặt cạnh.',
    'Many columns repeat and are not read: they may be a second list beside the first.',
  ],
  'births-lacking': [
    '{n} dòng không có ngày sinh, tức là hơn một nửa: hãy xem lại cột ngày sinh.',
    '{n} rows, more than half, have no birth date: please look at that column.',
  ],
  'names-glued': [
    '{n} họ tên có vẻ bị dính chữ: đọc nguyên như trường ghi.',
    '{n} names seem to have lost their blanks: they are read as the school wrote them.',
  ],
  'lines-struck': [
    'Hơn một nửa số dòng bị gạch ngang: chưa coi em nào là đã rời trường.',
    'More than half of the lines are struck through: nobody is taken to have left.',
  ],
  'numbers-cut': [
    '{n} số định danh bị bảng tính cắt (dạng 2,2E+11): không đọc được đủ chữ số.',
    '{n} numbers were cut by the spreadsheet (2.2E+11): their digits are lost.',
  ],
  'cells-broken': [
    '{n} dòng có ô bị lỗi công thức (#REF!, #N/A).',
    '{n} rows have cells with errors of a formula (#REF!, #N/A).',
  ],
  foreigners: [
    '{n} người nước ngoài: không hỏi số định danh cá nhân, không làm phiếu DC01.',
    '{n} foreigners: no personal number is asked of them, nor form DC01.',
  ],
} as const satisfies Record<ReadingWarning, readonly [string, string]>
export const sayReadingWarning = words(warningWords)
