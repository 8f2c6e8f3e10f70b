import { problems } from '../../platform/problem.ts'

export const slipProblem = problems({
  'slip-account-unknown': {
    status: 404,
    title: 'Some of these accounts are not among those you may see',
    vi: 'Có tài khoản không thuộc phạm vi anh/chị được xem',
    fix: '"accounts" names them; take them off the list and print again.',
    fixVi: '"accounts" ghi các tài khoản đó; bỏ khỏi danh sách rồi in lại.',
  },
  'slip-not-possible': {
    status: 409,
    title: 'A slip is printed for an account that is approved or activated, and not locked',
    vi: 'Chỉ in phiếu cho tài khoản đã được duyệt hoặc đã kích hoạt, không bị khóa',
    fix: '"accounts" names those that are not; have them approved or unlocked first.',
    fixVi: '"accounts" ghi các tài khoản chưa đủ điều kiện; duyệt hoặc mở khóa trước.',
  },
  'slip-unknown': {
    status: 404,
    title: 'There is no such slip that waits for a decision',
    vi: 'Không có phiếu này đang chờ duyệt',
    fix: 'Reload the page; it was used, printed anew or is past its day.',
    fixVi: 'Tải lại trang; phiếu đã dùng, đã in lại hoặc quá hạn.',
  },
  'slip-decided': {
    status: 409,
    title: 'The slip was approved or refused already',
    vi: 'Phiếu này đã được duyệt hoặc từ chối',
    fix: 'Reload the page; another officer has just decided.',
    fixVi: 'Tải lại trang; cán bộ khác vừa quyết định.',
  },
  'slip-own-print': {
    status: 409,
    title: 'Whoever printed a slip neither approves it nor ends the waiting time after it',
    vi: 'Người in phiếu không được tự duyệt phiếu và không được tự kết thúc thời gian chờ sau phiếu',
    fix: 'Leave it to another officer with the right to approve. What your stand-in did counts as yours.',
    fixVi: 'Để cán bộ khác có quyền duyệt thực hiện. Việc do người thay mình làm cũng tính là của mình.',
  },
  'slip-too-many': {
    status: 422,
    title: 'These are too many slips for one print',
    vi: 'Quá nhiều phiếu cho một lần in',
    fix: 'Print class by class, at most "most" at a time.',
    fixVi: 'In theo từng lớp, mỗi lần tối đa "most" phiếu.',
  },
  'slip-own-approval': {
    status: 403,
    title: 'Who approved an account does not print the slip that opens it',
    vi: 'Người phê duyệt tài khoản không in phiếu kích hoạt của tài khoản đó',
    fix: '"accounts" lists them. Let another officer print their slips. What your stand-in did counts as yours.',
    fixVi: '"accounts" ghi các tài khoản đó. Để cán bộ khác in. Việc do người thay mình làm cũng tính là của mình.',
  },
  'slip-chip-of-one-account': {
    status: 400,
    title: 'A reading of a chip is its holder’s, and a slip that rests on it is printed alone',
    vi: 'Lần đọc chip là của một người; phiếu dựa vào lần đọc đó phải in riêng',
    fix: 'Print this slip by itself.',
    fixVi: 'In riêng phiếu này.',
  },
})
