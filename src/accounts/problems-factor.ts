import { problems } from '../platform/problem.ts'

export const factorProblem = problems({
  'account-officer-device': {
    status: 403,
    title: 'Officers sign in from this browser, so no citizen’s account is used on it',
    vi: 'Trình duyệt này đã dùng cho cán bộ đăng nhập nên không dùng cho tài khoản của người dân',
    fix: 'Use a phone or computer of your own: whoever holds this one would hold your account.',
    fixVi: 'Dùng điện thoại hoặc máy của chính mình: ai giữ máy này sẽ giữ luôn tài khoản.',
  },
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
  'passkey-refused': {
    status: 400,
    title: 'This passkey could not be taken',
    vi: 'Chưa nhận được khóa đăng nhập này',
    fix: 'Try again on the page itself; the device must ask for a finger, a face or its own code.',
    fixVi: 'Thử lại ngay trên trang; máy phải hỏi vân tay, khuôn mặt hoặc mã mở máy.',
  },
})
