import { rowReasons } from '../../platform/csv/import.ts'
import { words } from '../../platform/pages/html.ts'

export const importText = words({
  ...rowReasons,
  'number-malformed': ['số định danh không đủ 12 chữ số', 'the personal number does not have twelve digits'],
  'level-unknown': ['mức phải là 1 hoặc 2', 'the level is 1 or 2'],
  'state-unknown': ['trạng thái tài khoản không có trong bảng', 'there is no such state of an account'],
  'phone-malformed': ['số điện thoại không đúng', 'this is no phone number'],
  'phone-of-another': [
    'số điện thoại đang là của tài khoản người khác; nếu người đó đã trả số, đổi số tại công an trước',
    'the phone is that of another person’s account; if they gave it up, it is changed at the police first',
  ],
  'instant-malformed': [
    'thời điểm phải viết năm-tháng-ngày, có thể kèm giờ',
    'an instant is written year-month-day, with or without a time',
  ],
  'activated-before-approved': ['kích hoạt trước khi được duyệt', 'it was activated before it was approved'],
  'approved-before-requested': ['được duyệt trước khi đề nghị', 'it was approved before it was asked for'],
  'day-after-extract': ['ngày sau ngày của số liệu trong tệp', 'the day is after the one for which the file holds'],
  'day-before-birth': ['ngày trước ngày sinh của người này', 'the day is before this person was born'],
  'day-before-accounts': [
    'ngày trước khi có tài khoản định danh điện tử',
    'the day is before there were electronic identity accounts',
  ],
  'number-unknown': ['số định danh không có trong dữ liệu dân cư', 'nobody in the register has this number'],
  'key-malformed': ['khóa của tài khoản phải là một UUID', 'the key of an account is a UUID'],
  'account-of-another': ['khóa này là tài khoản của người khác', 'the account of this key is another person’s'],
  'day-to-come': ['ngày chưa đến', 'the day is still to come'],
  'other-account': ['người này đã có tài khoản khác', 'this person has another account'],
  'account-twice': ['người này đã có tài khoản ở dòng trước', 'an account of this person stands on an earlier line'],
})
