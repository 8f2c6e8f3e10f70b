import { problems } from '../problem.ts'

export const scanProblem = problems({
  'file-infected': {
    status: 422,
    title: 'The virus scanner found something in this file, so it was not read',
    vi: 'Phần mềm diệt virus phát hiện mã độc trong tệp này nên tệp không được đọc',
    fix: 'Nothing of it was kept. Clean the device that it comes from, make the file anew and send it again.',
    fixVi: 'Không lưu gì của tệp. Hãy quét virus thiết bị đã tạo tệp, tạo lại tệp rồi gửi lại.',
  },
  'file-not-scannable': {
    status: 422,
    title: 'The virus scanner does not take a file of this size, so it was not read',
    vi: 'Tệp lớn hơn mức phần mềm diệt virus nhận, nên không được đọc',
    fix: 'Send it in parts. Who runs the installation may let the scanner take more (StreamMaxLength of clamd).',
    fixVi: 'Hãy gửi thành nhiều phần. Người vận hành có thể nâng mức (StreamMaxLength của clamd).',
  },
  'scanner-unreachable': {
    status: 503,
    title: 'The virus scanner does not answer, and nothing is taken in unscanned',
    vi: 'Phần mềm diệt virus không trả lời; hệ thống không nhận tệp chưa quét',
    fix: 'Try again in a few minutes. Who runs the installation sees by "npx dinhdanh doctor" what is wrong.',
    fixVi: 'Hãy thử lại sau vài phút. Người vận hành xem lỗi bằng "npx dinhdanh doctor".',
  },
})
