import { problems } from '../platform/problem.ts'

/** The refusals of follow-ups. */
export const followUpProblem = problems({
  'follow-up-unknown': {
    status: 404,
    title: 'There is no such follow-up among yours',
    vi: 'Không có việc này trong phạm vi của anh/chị',
    fix: 'Look at the list again; it may have gone to somebody else.',
    fixVi: 'Xem lại danh sách; việc có thể đã chuyển cho nơi khác.',
  },
  'follow-up-closed': {
    status: 409,
    title: 'This follow-up is closed',
    vi: 'Việc này đã xong',
    fix: 'Look at the list again.',
    fixVi: 'Xem lại danh sách.',
  },
  'follow-up-of-another': {
    status: 409,
    title: 'Somebody else has to act here now',
    vi: 'Việc này nay do nơi khác làm',
    fix: 'Look at the list again: it says whose it is.',
    fixVi: 'Xem lại danh sách: có ghi ai làm.',
  },
  'follow-up-undisputed': {
    status: 409,
    title: 'Papers cannot settle this',
    vi: 'Việc này không xác định bằng giấy tờ được',
    fix: 'Correct it in the file, and send the roll again.',
    fixVi: 'Sửa trong tệp rồi gửi lại danh sách.',
  },
  'follow-up-papers-needed': {
    status: 400,
    title: 'It is not said which papers were seen',
    vi: 'Chưa ghi giấy tờ nào đã xem',
    fix: 'Write down which: the birth certificate and its number.',
    fixVi: 'Ghi rõ giấy tờ nào, ví dụ giấy khai sinh số bao nhiêu.',
  },
  'follow-up-has-correction': {
    status: 409,
    title: 'A correction is open for this: it is decided there',
    vi: 'Đang có đề nghị chỉnh sửa cho việc này, giải quyết ở đó',
    fix: 'Open the correction; approve it with the papers, or refuse it with a reason.',
    fixVi: 'Mở đề nghị chỉnh sửa; duyệt khi có giấy tờ, hoặc từ chối và ghi lý do.',
  },
})
