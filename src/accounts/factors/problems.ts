import { problems } from '../../platform/problem.ts'

export const factorProblem = problems({
  'account-officer-device': {
    status: 403,
    title: 'Officers sign in from this browser, so no citizen’s account is used on it',
    vi: 'Trình duyệt này đã dùng cho cán bộ đăng nhập nên không dùng cho tài khoản của người dân',
    fix: 'Use a phone or computer of your own: whoever holds this one would hold your account.',
    fixVi: 'Dùng điện thoại hoặc máy của chính mình: ai giữ máy này sẽ giữ luôn tài khoản.',
  },
  'account-helper-device': {
    status: 403,
    title: 'The visit list of a community group is open in this browser, so no resident’s account is used on it',
    vi: 'Máy này đang mở danh sách đi từng nhà của tổ nên không dùng cho tài khoản của người dân',
    fix: 'Use the phone of the account’s holder.',
    fixVi: 'Dùng điện thoại của chính chủ tài khoản.',
  },
  'passkey-refused': {
    status: 400,
    title: 'This passkey could not be taken',
    vi: 'Chưa nhận được passkey này',
    fix: 'Try again on the page itself; the device must ask for a finger, a face or its own code.',
    fixVi: 'Thử lại ngay trên trang; máy phải hỏi vân tay, khuôn mặt hoặc mã mở máy.',
  },
})
