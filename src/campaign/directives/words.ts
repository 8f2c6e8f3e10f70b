import { words } from '../../platform/pages/html.ts'

/**
 * The text that is pasted into the command group: who still owes what on a directive. Plain and calm: it names units,
 * never people, and threatens nobody.
 */
export const sayReminder = words({
  head: ['Chỉ đạo số {number} ({version}): {title}', 'Directive {number} ({version}): {title}'],
  version: ['bản {n}', 'version {n}'],
  due: ['Hạn {day}. Đã xong {done}/{units} đơn vị.', 'Due on {day}. Done: {done} of {units} units.'],
  unread: ['Chưa đọc ({n}): {units}', 'Not read yet ({n}): {units}'],
  'to-acknowledge': ['Chưa xác nhận ({n}): {units}', 'Not acknowledged yet ({n}): {units}'],
  'to-answer': ['Chưa trả lời ({n}): {units}', 'Not answered yet ({n}): {units}'],
  question: ['Câu hỏi: {question}', 'The question: {question}'],
  please: ['Đề nghị các đơn vị mở hệ thống và hoàn thành trong hạn.', 'Please sign in and finish by then.'],
  'please-late': [
    'Đã quá hạn; đề nghị các đơn vị làm ngay, vướng ở đâu thì báo lại.',
    'The day is over; please do it now, and say what stands in the way.',
  ],
  all: ['Tất cả đơn vị đã xong. Cảm ơn các đơn vị.', 'All units are done. Thank you.'],
})
