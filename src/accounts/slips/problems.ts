import { problems } from '../../platform/problem.ts'

export const slipProblem = problems({
  'slip-account-unknown': {
    status: 404,
    title: 'Some of these accounts are not among those you may see',
    vi: 'Có tài khoản không thuộc phạm vi bạn được xem',
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
  'slip-too-many': {
    status: 422,
    title: 'These are too many slips for one print',
    vi: 'Quá nhiều phiếu cho một lần in',
    fix: 'Print class by class, at most "most" at a time.',
    fixVi: 'In theo từng lớp, mỗi lần tối đa "most" phiếu.',
  },
})
