import { words } from '../../platform/pages/html.ts'

/** Texts of the page that says what is needed without an account. */
export const checkText = words({
  title: ['Xem cần làm gì, không cần tài khoản', 'See what you need, without an account'],
  intro: [
    'Trang này cho biết còn thiếu gì, chậm nhất khi nào, đến đâu và hồ sơ đang ở đâu.',
    'This page says what is lacking, by when, where to go, and where an application stands.',
  ],
  number: ['Số định danh cá nhân (12 số)', 'Personal identification number (12 digits)'],
  born: ['Ngày, tháng, năm sinh', 'Birth date, day first'],
  'born-hint': ['Ví dụ 15/03/2005', 'For example 15/03/2005'],
  code: [
    'Mã trên giấy hẹn, phiếu của gia đình, hoặc trong tin nhắn mời, nhắc hẹn',
    'The code on the receipt, on the family’s slip, or in a message that invites or reminds',
  ],
  'code-hint': [
    'Tám chữ và số, như 0A1B-2C3D. Chưa có giấy nào thì hỏi nhà trường hoặc công an xã, phường.',
    'Eight letters and digits, as 0A1B-2C3D. If you have neither, ask the school or the commune police.',
  ],
  look: ['Xem', 'Look'],
  wrong: [
    'Không xem được: số, ngày sinh hoặc mã không khớp. Kiểm tra lại từng ô.',
    'Nothing can be shown: number, birth date and code do not belong together. Check each of them.',
  ],
  'move-hour': ['Đổi giờ', 'Another hour'],
  'choose-hour': ['Chọn giờ đi làm', 'Choose an hour'],
  'hours-of': ['Giờ hẹn của {name}', 'Appointments of {name}'],
  'hours-leave': [
    'Máy dùng chung: đóng trang này khi xong. Sau 15 phút trang đòi nhập lại số và mã.',
    'On a shared computer close this page when you are done. After 15 minutes it asks for number and code again.',
  ],
  'sign-in': ['Đăng nhập', 'Sign in'],
  noted: ['Lần xem này được ghi lại, và hiện trong “Ai đã xem”.', 'This look is noted, and shown under “Who looked”.'],
  again: ['Xem người khác', 'Look for somebody else'],
  'no-change': [
    'Ở đây không sửa được thông tin. Muốn sửa, đến công an xã, phường.',
    'Nothing can be changed here. To have something corrected, go to the commune police.',
  ],
})
