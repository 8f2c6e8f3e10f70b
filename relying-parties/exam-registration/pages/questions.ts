import { html } from '../html.ts'
import { closingRule } from './exam.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'
import { words } from './words-exam.ts'

const sayAnswer = words({
  'activate-q': ['Tài khoản của em chưa kích hoạt được?', 'Your account is not activated yet?'],
  'activate-a': [
    'Không cần ứng dụng và không cần tin nhắn: phiếu giấy có mã QR do công an phường, ' +
      'tổ lưu động hoặc trường phát. Quét mã bằng điện thoại bất kỳ, hoặc gõ địa chỉ trên phiếu, rồi đặt passcode. ' +
      'Chưa có phiếu: hỏi giáo viên chủ nhiệm hoặc công an xã, phường.',
    'No app and no message is needed: a paper slip with a QR code is given out by the ward police, ' +
      'the mobile team or your school. Scan it with any phone, or type the address on it, and set your passcode. ' +
      'Without a slip, ask your teacher or the commune police.',
  ],
  'wrong-q': ['Họ tên, ngày sinh hoặc giới tính bị sai?', 'Is your name, date of birth or sex wrong?'],
  'wrong-a': [
    'Thông tin trong đơn lấy từ cơ sở dữ liệu dân cư và không sửa ở đây được. ' +
      'Em và cha mẹ mang giấy khai sinh đến công an xã, phường nơi thường trú để đề nghị chỉnh sửa. ' +
      'Cứ đăng ký trước giờ đóng cổng: sau khi chỉnh sửa, em đăng nhập lại là đơn có thông tin mới; ' +
      'nếu đã quá giờ, báo trường để soát.',
    'What stands in the form comes from the population register and cannot be changed here. ' +
      'Take your birth certificate to the commune police of your permanent residence and ask for a correction. ' +
      'Do register before the close: once it is corrected, sign in again and the form has it; ' +
      'after the close tell your school.',
  ],
  'queue-q': ['Giờ cuối cùng diễn ra thế nào?', 'How does the last hour work?'],
  'day-q': ['Ngày thi phải mang gì?', 'What to bring on the day?'],
  'code-q': ['Chưa có số định danh?', 'No personal number?'],
  'code-a': [
    'Trường hoặc điểm tiếp nhận cấp mã dự thi 12 ký tự sau khi xem giấy tờ của em. ' +
      'Mã bắt đầu bằng chữ, chỉ dùng cho kỳ thi và không phải số định danh. ' +
      'Mã định danh của Bộ Giáo dục (20 ký tự) cũng không phải số định danh.',
    'A school or the office gives a 12-sign exam code after seeing your papers. ' +
      'It begins with a letter, serves for the exam alone and is no personal number. ' +
      'Nor is the ministry’s pupil id of 20 signs.',
  ],
  'code-way': ['Đăng nhập bằng mã dự thi', 'Sign in with an exam code'],
  'data-q': ['Trang này giữ gì và giữ đến bao giờ?', 'What does this site keep, and until when?'],
  'data-a': [
    'Họ tên, ngày sinh, giới tính, số định danh; nơi thường trú và số điện thoại nếu em đồng ý; ' +
      'các lựa chọn dự thi. Không có ảnh, vân tay, passcode. Xóa sau ngày ghi dưới đây.',
    'Name, date of birth, sex, personal number; residence and phone if you agree; your choices. ' +
      'No portrait, fingerprint or passcode. Deleted after the day given below.',
  ],
})

export function questionsPage(site: Site, { language, text }: Visit) {
  const answer = sayAnswer(language)
  return html`<div class="narrow answers"><h1>${text('doubts')}</h1>
<h2 id="activate">${answer('activate-q')}</h2><p>${answer('activate-a')}</p>
<h2 id="wrong">${answer('wrong-q')}</h2><p>${answer('wrong-a')}</p>
<h2 id="code">${answer('code-q')}</h2><p>${answer('code-a')} <a href="/code">${answer('code-way')}</a></p>
<h2 id="queue">${answer('queue-q')}</h2>${site.exams.map(
    exam => html`<p>
<b>${exam.short[language]}.</b> ${closingRule(exam, text)}</p>`,
  )}
<h2 id="day">${answer('day-q')}</h2>${site.exams.map(
    exam => html`<p>
<b>${exam.short[language]}.</b> ${exam.bring[language]} ${exam.instead[language]}</p>`,
  )}
<h2 id="data">${answer('data-q')}</h2><p>${answer('data-a')}</p>
<ul>${site.exams.map(exam => html`<li>${exam.short[language]}: ${exam.keepUntil.split('-').reverse().join('/')}</li>`)}
</ul></div>`
}
