import { words } from '../platform/pages.ts'
import type { NotPupilReason } from './line.ts'
import type { Defect } from './roll.ts'

/** What is wrong, in a few words, for counts and filters. */
// biome-ignore format: a table is read as a table
const defectWords = {
  'number-missing':            ['Thiếu số định danh',                 'No number'],
  'number-malformed':          ['Số không đủ 12 chữ số',              'Not twelve digits'],
  'number-lost-zero':          ['Số bị mất số 0 đầu',                 'Number lost its zero'],
  'number-differs':            ['Số không đúng',                      'Wrong number'],
  'number-of-another-person':  ['Số của người khác',                  'Number of somebody else'],
  'number-cancelled':          ['Số đã hủy',                          'Cancelled number'],
  'number-contradicts-record': ['Số không khớp giới tính, năm sinh',  'Number contradicts sex or year'],
  'name-differs':              ['Họ tên khác',                        'Other name'],
  'name-marks-differ':         ['Tên khác dấu',                       'Other marks in the name'],
  'birth-day-month-swapped':   ['Ngày và tháng bị đảo',               'Day and month swapped'],
  'birth-date-partial':        ['Ngày sinh thiếu ngày, tháng',        'Birth date in part'],
  'birth-date-differs':        ['Ngày sinh khác',                     'Other birth date'],
  'sex-differs':               ['Giới tính khác',                     'Other sex'],
  'residence-differs':         ['Nơi ở khác',                         'Other residence'],
  'text-legacy-encoded':       ['Phông chữ cũ',                       'Old font'],
  deceased:                    ['Người đã mất theo Sổ dân cư',        'Deceased by the register'],
  'duplicate-in-roll':         ['Trùng trong danh sách',              'Twice on this roll'],
  'duplicate-across-schools':  ['Có ở trường khác',                   'On another school\'s roll'],
  'not-in-register':           ['Không có trong Sổ dân cư',           'Not in the register'],
} as const satisfies Record<Defect, readonly [string, string]>

export const sayDefect = words(defectWords)

/** What the school is asked to do. {name} and {birth} are the register's values of the pupil's own record. */
// biome-ignore format: a table is read as a table
export const correctionWords = words({
  'number-missing':            ['Chưa có số định danh cá nhân: xin bổ sung đủ 12 chữ số.', 'The personal number is missing: please add its twelve digits.'],
  'number-malformed':          ['Số định danh chưa đủ 12 chữ số: xin kiểm tra giấy tờ của học sinh và ghi lại.', 'The number is not twelve digits: please check the pupil\'s papers.'],
  'number-lost-zero':          ['Số bị mất số 0 ở đầu: xin ghi là {number} (đặt ô kiểu Văn bản).', 'The number lost its leading zero: please write {number} (a text cell).'],
  'number-differs':            ['Số định danh không đúng: xin kiểm tra giấy tờ của học sinh và ghi lại.', 'The number is wrong: please check the pupil\'s papers.'],
  'number-of-another-person':  ['Số định danh này không phải của học sinh: xin kiểm tra giấy tờ và ghi lại.', 'This number is not the pupil\'s: please check the papers.'],
  'number-cancelled':          ['Số định danh này đã được thay bằng số mới: xin hỏi gia đình và ghi số mới.', 'This number was replaced by a new one: please ask the family.'],
  'number-contradicts-record': ['Cơ quan Công an sẽ kiểm tra số định danh của học sinh; nhà trường không phải sửa.', 'The police will check the number; the school need not change it.'],
  'name-differs':              ['Họ tên khác Sổ dân cư ({name}): xin đối chiếu với giấy khai sinh.', 'The name differs from the register ({name}): please compare the birth certificate.'],
  'name-marks-differ':         ['Họ tên khác dấu so với Sổ dân cư ({name}): xin đối chiếu với giấy khai sinh.', 'Marks differ from the register ({name}): please compare the birth certificate.'],
  'birth-day-month-swapped':   ['Ngày và tháng sinh có thể bị đảo; Sổ dân cư ghi {birth}.', 'Day and month may be swapped; the register has {birth}.'],
  'birth-date-partial':        ['Ngày sinh chưa đủ ngày, tháng, năm; Sổ dân cư ghi {birth}.', 'The birth date is incomplete; the register has {birth}.'],
  'birth-date-differs':        ['Ngày sinh khác Sổ dân cư ({birth}): xin đối chiếu với giấy khai sinh.', 'The birth date differs from the register ({birth}): please compare the birth certificate.'],
  'sex-differs':               ['Giới tính khác Sổ dân cư: xin đối chiếu với giấy khai sinh.', 'The sex differs from the register: please compare the birth certificate.'],
  'residence-differs':         ['Xã, phường nơi ở khác Sổ dân cư: xin hỏi lại gia đình.', 'The commune differs from the register: please ask the family.'],
  'text-legacy-encoded':       ['Tên gõ bằng phông chữ cũ: xin gõ lại bằng Unicode.', 'The name is in an old font: please type it in Unicode.'],
  deceased:                    ['Xin liên hệ Công an xã, phường để kiểm tra hồ sơ.', 'Please contact the commune\'s police to check the record.'],
  'duplicate-in-roll':         ['Học sinh có ở hơn một dòng của danh sách: xin giữ một dòng.', 'The pupil stands on more than one row: please keep one.'],
  'duplicate-across-schools':  ['Học sinh có tên ở danh sách của trường khác: xin xác nhận đang học ở đâu.', 'The pupil is on another school\'s roll too: please say where they study.'],
  'not-in-register':           ['Chưa tìm thấy trong Sổ dân cư: xin hướng dẫn gia đình đến Công an xã, phường làm phiếu DC01.', 'Not found in the register: please send the family to the commune\'s police for form DC01.'],
  review:                      ['Đang được cơ quan Công an xem lại.', 'Being looked at by the police.'],
})

/** Why a row is taken for no pupil's. */
// biome-ignore format: a table is read as a table
const notPupilWords = {
  'above-header':     ['Dòng phía trên tiêu đề cột',                 'Above the header'],
  header:             ['Dòng tiêu đề cột',                           'A header'],
  'column-numbers':   ['Dòng đánh số cột',                           'Numbers of the columns'],
  'class-line':       ['Dòng ghi tên lớp',                           'Names the class'],
  title:              ['Dòng tiêu đề',                               'A title'],
  total:              ['Dòng tổng cộng',                             'A total'],
  signature:          ['Phần ký tên',                                'Signatures'],
  'empty-line':       ['Dòng chỉ có số thứ tự',                      'A running number alone'],
  'no-roll-on-sheet': ['Trang tính không có danh sách học sinh',     'The sheet holds no roll'],
  'sheet-skipped':    ['Trang tính được chọn bỏ qua',                'The sheet is left out, as asked'],
  'sheet-repeats':    ['Trang ẩn, lặp lại các trang đang hiện',      'A hidden sheet that repeats those in view'],
  other:              ['Không thấy họ tên, ngày sinh hay số định danh', 'Neither name, birth date nor number'],
} as const satisfies Record<NotPupilReason, readonly [string, string]>
export const sayNotPupil = words(notPupilWords)

/** How a value of the row stands to the register's. */
// biome-ignore format: a table is read as a table
export const sayVerdict = words({
  agrees:         ['giống',                     'same'],
  'marks-differ': ['khác dấu',                  'other marks'],
  differs:        ['khác',                      'differs'],
  swapped:        ['đảo ngày, tháng',           'day and month swapped'],
  partial:        ['thiếu ngày, tháng',         'in part'],
  'of-another':   ['số của người khác',         'number of somebody else'],
  cancelled:      ['số đã hủy',                 'cancelled number'],
  'lost-zero':    ['mất số 0 đầu',              'lost its zero'],
  malformed:      ['không đủ 12 chữ số',        'not twelve digits'],
  missing:        ['trường không ghi',          'not given'],
  unknown:        ['không so được',             'cannot be compared'],
})

// biome-ignore format: a table is read as a table
export const sayKin = words({
  'number-of-elder-brother':   ['anh ruột',                 'an elder brother'],
  'number-of-elder-sister':    ['chị ruột',                 'an elder sister'],
  'number-of-younger-sibling': ['em ruột',                  'a younger sibling'],
  'number-of-sibling':         ['anh chị em ruột',          'a sibling'],
  'number-of-namesake':        ['người trùng họ tên',       'a namesake'],
  'number-of-another':         ['người khác',               'somebody else'],
})

/** Texts of the workbook and the page that go back to the school. */
// biome-ignore format: a table is read as a table
export const sayExport = words({
  title:   ['Danh sách cần đối chiếu, chỉnh sửa', 'What to check and correct'],
  sheet:   ['Trang tính',  'Sheet'],
  row:     ['Dòng',        'Row'],
  class:   ['Lớp',         'Class'],
  name:    ['Họ và tên',   'Name'],
  correct: ['Việc phải sửa', 'What to correct'],
  owner:   ['Ai làm',      'Who acts'],
  due:     ['Chậm nhất',   'By'],
  asOf:    ['Tính đến ngày', 'As of'],
  nothing: ['Không có gì phải sửa.', 'There is nothing to correct.'],
  school:  ['Trường',      'School'],
  year:    ['Năm học',     'School year'],
  author:  ['Người xuất',  'Made by'],
})
