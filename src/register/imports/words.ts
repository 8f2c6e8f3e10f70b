import { words } from '../../platform/pages/html.ts'

/** Texts of the register for people. */
export const say = words({
  'row-broken': [
    'Dòng bị hỏng: thừa hoặc thiếu cột, hoặc dấu ngoặc kép đặt sai',
    'The row is broken: too many or too few fields, or a stray quote',
  ],
  'text-broken': ['Dòng có ký tự không đọc được', 'The row has characters that cannot be read'],
  'number-missing': ['Chưa ghi số định danh cá nhân', 'The personal identification number is missing'],
  'number-malformed': [
    'Số định danh cá nhân không đủ 12 chữ số',
    'The personal identification number is not twelve digits',
  ],
  'number-twice': [
    'Số định danh này đã có ở một dòng trước trong tệp',
    'This number stands on an earlier row of the file',
  ],
  'name-missing': ['Chưa ghi họ và tên', 'The full name is missing'],
  'birth-date-impossible': [
    'Ngày sinh không có trong lịch, hoặc chưa ghi',
    'The date of birth is missing or not a day of the calendar',
  ],
  'birth-date-in-future': ['Ngày sinh sau ngày của dữ liệu', 'The date of birth is after the day of the file'],
  'sex-unknown': ['Giới tính phải ghi M hoặc F', 'The sex must be M or F'],
  'birth-registration-code-malformed': [
    'Mã nơi đăng ký khai sinh phải có 3 chữ số',
    'The code of birth registration must have three digits',
  ],
  'residence-unit-unknown': [
    'Mã đơn vị hành chính này không có vào ngày của dữ liệu',
    'No unit has this code on the day of the file',
  ],
  'residence-kind-unknown': [
    'Loại cư trú phải là permanent, temporary hoặc current',
    'The kind of residence must be permanent, temporary or current',
  ],
  'residence-day-impossible': [
    'Ngày bắt đầu cư trú không có trong lịch',
    'The first day of residence is not a day of the calendar',
  ],
  'parent-number-malformed': [
    'Số định danh của cha hoặc mẹ không đủ 12 chữ số',
    'The number of the father or the mother is not twelve digits',
  ],
  'old-number-malformed': ['Số CMND cũ phải có 9 chữ số', 'The old number must have nine digits'],
  'cancelled-number-malformed': [
    'Số đã hủy phải có 12 chữ số, cách nhau bằng dấu ;',
    'Cancelled numbers must have twelve digits, with ; between',
  ],
  'life-status-unknown': [
    'Tình trạng phải là alive, dead hoặc missing',
    'The life status must be alive, dead or missing',
  ],
})
