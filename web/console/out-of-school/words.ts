import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { compulsoryStages } from '../../../src/rolls/law.ts'

/** Phổ cập: which children of school age are on whose roll. */
export const attendanceWords = {
  attendance: ['Phổ cập', 'Universal education'],
  'attendance-title': ['Trẻ em nào chưa đi học', 'Which children are at no school'],
  'attendance-open': ['Rà soát phổ cập giáo dục', 'Universal education'],
  'attendance-reading': [
    'Đang đối chiếu trẻ em với danh sách của các trường',
    'Comparing children with the rolls of all schools',
  ],
  'attendance-home': ['Cư trú', 'Residence'],
  'home-any': ['mọi nơi cư trú đang có hiệu lực', 'any residence in force'],
  'home-permanent': ['nơi thường trú', 'permanent residence'],
  'attendance-children': ['{n} em sinh {from}–{to} đang cư trú', '{n} {n|child|children} born {from}–{to} live here'],
  'case-absent': ['Không có trong danh sách', 'On nobody’s roll'],
  'case-undecided': ['Chưa rõ', 'Undecided'],
  'case-enrolled-here': ['Học tại địa bàn', 'At a school here'],
  'case-enrolled-elsewhere': ['Học nơi khác', 'At a school elsewhere'],
  'case-studies-here-lives-elsewhere': ['Học đây, ở nơi khác', 'Learn here, live elsewhere'],
  'case-not-in-register': ['Không có trong dữ liệu dân cư', 'Not in the register'],
  'case-row-undecided': ['Dòng chờ rà soát', 'Rows to look at'],
  'case-dead': ['Đã chết', 'Dead'],
  'case-missing': ['Mất tích', 'Missing'],
  'left-out': [
    'Không tính: {dead} đã chết, {missing} mất tích, {departed} không còn nơi cư trú nào.',
    'Left out: {dead} dead, {missing} missing, {departed} registered nowhere any more.',
  ],
  'attendance-partial': [
    'Số liệu chưa đủ: {n} trên {all} trường ở đây chưa gửi danh sách năm học {year}. ' +
      'Em không có trong danh sách có thể đang học ở các trường đó.',
    'In part: {n} of {all} {all|school|schools} here have sent no roll of {year}. Children on no roll may be there.',
  ],
  'attendance-partial-around': [
    'Số liệu chưa đủ: có cấp học mà trường trong huyện chưa gửi danh sách năm học {year}.',
    'In part: of some stages a school of the district has sent no roll of {year}.',
  ],
  'attendance-whole': [
    'Các trường có thể dạy trẻ em ở đây đã gửi đủ danh sách.',
    'Every school that may teach the children here has sent its roll.',
  ],
  'attendance-missing': ['Trường chưa gửi danh sách', 'Schools without a roll'],
  'attendance-stage': [
    '{stage}: {n} trên {all} trường đã gửi',
    '{stage}: {n} of {all} {all|school|schools} {all|has|have} sent',
  ],
  'stage-primary': ['Tiểu học', 'Primary'],
  'stage-lower-secondary': ['Trung học cơ sở', 'Lower secondary'],
  'stage-upper-secondary': ['Trung học phổ thông', 'Upper secondary'],
  'unreported-yes': ['Trường cùng cấp chưa gửi đủ', 'Rolls still to come'],
  'unreported-no': ['Các trường đã gửi đủ', 'All rolls have come'],
  'rolls-to-come': ['chưa gửi đủ', 'still to come'],
  'rolls-have-come': ['đã gửi đủ', 'have come'],
  'left-enrolled': ['đang học', 'enrolled'],
  'left-arrived': ['chuyển đến', 'arrived'],
  'left-repeats': ['lưu ban', 'repeats the class'],
  'left-disabled': ['khuyết tật', 'disabled'],
  'left-on-leave': ['tạm nghỉ, bảo lưu', 'on leave'],
  'left-transferred': ['đã chuyển trường', 'moved to another school'],
  'left-withdrew': ['đã thôi học', 'withdrew'],
  'left-dropped-out': ['đã bỏ học', 'dropped out'],
  'left-expelled': ['bị buộc thôi học', 'expelled'],
  'left-graduated': ['đã tốt nghiệp', 'graduated'],
  'left-struck-out': ['dòng bị gạch ngang', 'line struck through'],
  'left-left': ['đã rời trường', 'left the school'],
  'attendance-rolls': ['Danh sách các trường', 'Schools’ rolls'],
  'group-compulsory': (): readonly [string, string] =>
    inForceToday(compulsoryStages).includes('lower-secondary')
      ? ['6–14: giáo dục bắt buộc', '6–14: compulsory education']
      : ['6–14: phổ cập (tiểu học: bắt buộc)', '6–14: universal (primary: compulsory)'],
  'group-older': ['15–17', '15–17'],
  'group-other': ['Ngoài độ tuổi', 'Outside the ages'],
  'attendance-sex': ['Giới tính', 'Sex'],
  'attendance-M': ['Nam', 'Boys'],
  'attendance-F': ['Nữ', 'Girls'],
  'attendance-communes': ['Xã, phường', 'Communes'],
  'attendance-said': ['Nơi ở theo trường', 'Home by the roll'],
  'said-same': ['Trùng thường trú', 'As registered'],
  'said-temporary-here': ['Trùng tạm trú, nơi ở', 'As temporary residence'],
  'said-differs': ['Khác dữ liệu dân cư', 'Differs'],
  'said-register-ended': ['Không còn nơi cư trú', 'Ended in the register'],
  'said-not-told': ['Trường không ghi', 'Not told'],
  'attendance-moved': ['Có thể đã chuyển', 'May have moved'],
  'moved-household': ['Cả hộ', 'The household'],
  'moved-child': ['Chỉ một em, có thể ở với người thân', 'One child, perhaps with relatives'],
  'moved-unclear': ['Hộ có một em đi học', 'The only pupil at home'],
  'at-school': ['Đang học', 'At school'],
  'school-elsewhere': ['ở nơi khác', 'elsewhere'],
  'no-school': ['không có', 'none'],
  'may-be-row': ['có thể là dòng ở {school}', 'may be a row of {school}'],
  'lives-at': ['Cư trú', 'Lives'],
  'by-roll': ['{place} (theo trường)', '{place} (by the roll)'],
  'in-part': ['chưa đủ', 'in part'],
  'by-age': ['Theo năm sinh', 'By year of birth'],
  'by-commune': ['Theo xã, phường', 'By commune'],
  'attendance-empty': ['Không có em nào thuộc trường hợp này', 'No child is in this case'],
  'attendance-empty-todo': ['Bỏ bớt bộ lọc, hoặc xem trường hợp khác.', 'Take a filter off, or look at another case.'],
  'attendance-nobody': [
    'Chưa có trẻ em nào trong dữ liệu dân cư của đơn vị này',
    'The register has no child of school age here',
  ],
  'attendance-nobody-todo': [
    'Nhập dữ liệu dân cư, hoặc chọn đơn vị khác.',
    'Import the register, or choose another unit.',
  ],
  'attendance-none-reported': [
    'Chưa trường nào ở đây gửi danh sách năm học {year}',
    'No school here has sent its roll of {year}',
  ],
  'attendance-none-reported-todo': [
    'Chưa thể nói em nào chưa đi học. Nhận danh sách của các trường trước, ở Rà soát.',
    'Nobody can say yet who is at no school. Take in the schools’ rolls first.',
  ],
  'attendance-counts-only': ['Vai trò này xem số liệu, không xem danh sách.', 'This role sees figures and no lists.'],
} as const

type AttendanceWords = typeof attendanceWords
declare module '../base/language.tsx' {
  interface Texts extends AttendanceWords {}
}
