import { words } from '../platform/pages/html.ts'
import type { RollDefect } from './roll.ts'

/** The defects in a few words, for counts and filters. */
const defectWords = {
  'number-missing': ['Thiếu số định danh', 'No number'],
  'number-malformed': ['Số không đủ 12 chữ số', 'Not twelve digits'],
  'number-cut': ['Số bị bảng tính cắt (dạng 2,2E+11)', 'Number cut by the spreadsheet'],
  'number-lost-zero': ['Số bị mất số 0 đầu', 'Number lost its zero'],
  'number-differs': ['Số không đúng', 'Wrong number'],
  'number-of-another-person': ['Số của người khác', 'Number of somebody else'],
  'number-cancelled': ['Số đã hủy', 'Cancelled number'],
  'number-contradicts-record': ['Số không khớp giới tính, năm sinh', 'Number contradicts sex or year'],
  'name-differs': ['Họ tên khác', 'Other name'],
  'name-marks-differ': ['Tên khác dấu', 'Other marks in the name'],
  'birth-day-month-swapped': ['Ngày và tháng bị đảo', 'Day and month swapped'],
  'birth-date-partial': ['Ngày sinh thiếu ngày, tháng', 'Birth date in part'],
  'birth-date-differs': ['Ngày sinh khác', 'Other birth date'],
  'sex-differs': ['Giới tính khác', 'Other sex'],
  'residence-differs': ['Nơi ở khác', 'Other residence'],
  'text-legacy-encoded': ['Phông chữ cũ', 'Old font'],
  'text-too-long': ['Ô chữ quá dài, chưa đọc', 'Text too long to read'],
  'cells-broken': ['Ô bị lỗi công thức (#REF!, #N/A)', 'Cells with errors of a formula'],
  'status-unclear': ['Chưa rõ còn học hay đã rời trường', 'Unclear whether the pupil left'],
  deceased: ['Người đã chết theo dữ liệu dân cư', 'Deceased by the register'],
  'duplicate-in-roll': ['Trùng trong danh sách', 'Twice on this roll'],
  'duplicate-across-schools': ['Có ở trường khác', "On another school's roll"],
  'not-in-register': ['Không có trong dữ liệu dân cư', 'Not in the register'],
  foreigner: ['Người nước ngoài, dùng hộ chiếu', 'Foreigner, by passport'],
} as const satisfies Record<RollDefect, readonly [string, string]>

export const sayDefect = words(defectWords)

/** A roll on which most people live elsewhere, in the list of follow-ups. */
export const sayStrangers = words({
  title: ['Danh sách có nhiều người lạ, chờ chấp nhận', 'Rolls of strangers to accept'],
  what: ['Danh sách phần lớn là người nơi khác', 'A roll of people of elsewhere'],
  why: [
    'Người trong danh sách không cư trú ở địa bàn của trường.',
    'The people on the roll do not live in the area of the school.',
  ],
  task: [
    'Hỏi trường, rồi chấp nhận danh sách hoặc để đó; khi chưa chấp nhận thì không đối chiếu.',
    'Ask the school, then accept the roll or leave it: it is not compared until then.',
  ],
})
