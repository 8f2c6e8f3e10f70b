import { type Language, words } from '../../platform/pages/html.ts'
import { type FormOfAddress, fillText, type TextValues } from '../words.ts'

/** Texts of the page on which a person asks something about their own data. */
const say = words({
  title: ['Yêu cầu về dữ liệu của {you}', 'Requests about your data'],
  about: [
    '{You} có quyền được biết, xem, chỉnh sửa, nhận bản sao dữ liệu của mình; yêu cầu xóa, hạn chế, phản đối xử lý; ' +
      'rút lại sự đồng ý; và khiếu nại.',
    'You may see, correct and get a copy of your data; ask that it is erased, or its processing restricted or ' +
      'stopped; withdraw a consent; and complain.',
  ],
  'at-once': ['Làm được ngay, không phải chờ:', 'At once, without waiting:'],
  'at-once-copy': ['Tải toàn bộ dữ liệu của {you}', 'Download all your data'],
  'at-once-consent': ['Rút lại sự đồng ý đã cho', 'Withdraw a consent that you gave'],
  'at-once-looks': ['Xem ai đã xem dữ liệu của {you}', 'See who looked at your data'],
  new: ['Gửi yêu cầu', 'File a request'],
  kind: ['{You} yêu cầu', 'What you ask'],
  words: ['Nội dung yêu cầu', 'Your request in your words'],
  'words-hint': [
    'Ghi rõ dữ liệu nào và vì sao. Không ghi passcode hay mã trong tin nhắn.',
    'Which data, and why. Never write a passcode or a code of a message here.',
  ],
  send: ['Gửi', 'Send'],
  filed: ['Đã gửi yêu cầu. Hạn trả lời có bên dưới.', 'Your request was filed. By when it is answered stands below.'],
  'taken-back': ['Đã rút yêu cầu.', 'The request was withdrawn.'],
  'kind-needed': ['Chọn một yêu cầu.', 'Choose what you ask.'],
  'words-needed': ['Ghi nội dung yêu cầu bằng một câu.', 'Write your request as a sentence.'],
  'too-many': [
    '{You} đang có quá nhiều yêu cầu chưa được trả lời.',
    'So many of your requests are open that another cannot be filed.',
  ],
  mine: ['Các yêu cầu đã gửi', 'What you asked'],
  none: ['{You} chưa gửi yêu cầu nào.', 'You have filed no request.'],
  received: ['Gửi ngày {day}', 'Filed on {day}'],
  'at-counter': ['gửi tại nơi tiếp nhận', 'filed at a counter'],
  'due-days': ['Hạn trả lời: ngày {day} (theo {law})', 'Answered by {day} (by {law})'],
  'due-hours': ['Hạn trả lời: {time} ngày {day} (theo {law})', 'Answered by {time} on {day} (by {law})'],
  'due-house': ['Hạn trả lời: ngày {day}', 'Answered by {day}'],
  late: ['Đã quá hạn trả lời. {You} có quyền khiếu nại.', 'The answer is late. You may complain.'],
  extended: ['Đã gia hạn. Lý do: {reason}', 'The time was extended: {reason}'],
  ground: ['Căn cứ', 'Ground'],
  answer: ['Trả lời', 'Answer'],
  'answered-on': ['Trả lời ngày {day}', 'Answered on {day}'],
  disagree: [
    'Nếu không đồng ý, {you} chọn "Khiếu nại về xử lý dữ liệu" ở trên.',
    'If you do not agree, choose "Complain about the processing of my data" above.',
  ],
  'take-back': ['Rút yêu cầu này', 'Withdraw this request'],
})

export type DataRequestTextKey = Parameters<ReturnType<typeof say>>[0]
export type TellDataRequests = (key: DataRequestTextKey, facts?: TextValues) => string

export const dataRequestTranslator = (language: Language, address: FormOfAddress): TellDataRequests => {
  const tell = say(language)
  return (key, facts) => fillText(tell(key), address, facts)
}
