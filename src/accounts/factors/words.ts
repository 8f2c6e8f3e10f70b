import { words } from '../../platform/pages/html.ts'
import { slipHoldHours } from '../law.ts'

/** Text of messages to holders. */
export const factorText = words({
  'to-sign-in': ['đăng nhập tài khoản định danh điện tử', 'sign in with your electronic identity account'],
  'to-activation': ['kích hoạt tài khoản định danh điện tử', 'activate your electronic identity account'],
  'to-step-up': [
    'xác nhận việc ông/bà đang làm bằng tài khoản định danh',
    'confirm what you are doing with your identity account',
  ],
  'to-new-device': ['dùng tài khoản định danh trên thiết bị mới', 'use your identity account on another device'],
  'to-passcode': ['đặt mã 6 số mới cho tài khoản định danh', 'choose new digits for your identity account'],
  'to-mailbox': ['nhận tin của tài khoản định danh ở hộp thư này', 'have messages of your identity account here'],
  'changed-mailbox': [
    'đã thêm địa chỉ thư điện tử để nhận tin khi điện thoại không nhận được',
    'a mailbox was added for messages that the phone does not take',
  ],
  'removed-mailbox': ['đã bỏ địa chỉ thư điện tử nhận tin', 'the mailbox for messages was removed'],
  'changed-device': [
    'đã chuyển sang thiết bị khác, thiết bị cũ không dùng được nữa',
    'it was taken to another device, the former one is over',
  ],
  'changed-passcode': ['đã đặt mã 6 số mới', 'its six digits were chosen anew'],
  'changed-passkey': ['đã thêm một passkey bằng vân tay hoặc khuôn mặt của máy', 'a passkey of a device was added'],
  'changed-app': ['đã thêm một ứng dụng tạo mã', 'an app that gives numbers was added'],
  'changed-codes': [
    'đã cấp lại mã dự phòng, mã cũ không dùng được nữa',
    'its recovery codes were made anew, the former ones are over',
  ],
  'attempts-stopped': [
    'có người nhập sai mã 6 số nhiều lần trên thiết bị lạ và đã bị chặn',
    'somebody typed wrong digits for it again and again on a device that is not yours, and was stopped',
  ],
  'attempt-half-way': [
    'có người nhập đúng mã 6 số trên thiết bị lạ nhưng sai bước xác nhận thứ hai; không phải ông/bà thì đổi mã ngay',
    'somebody typed its right digits on a device that is not yours, and failed the second step; if it was not you, ' +
      'choose other digits now',
  ],
  'signed-in-after-absence': [
    'có người vừa đăng nhập sau thời gian dài không dùng',
    'somebody signed in after a long time in which it was not used',
  ],
  'to-slip-stop': ['dừng phiếu giấy mở tài khoản định danh', 'stop the slip of paper that opens your identity account'],
  'slip-printed': ['công an vừa in phiếu giấy để mở tài khoản', 'the police printed a slip of paper that opens it'],
  'slip-for-opened': [
    'công an vừa in phiếu giấy để đặt lại mã 6 số; phiếu chỉ dùng được khi một cán bộ khác duyệt ' +
      'hoặc có cách xác nhận của chính ông/bà',
    'the police printed a slip of paper that resets its passcode; it works only once another officer approves it ' +
      'or with a proof of your own',
  ],
  'slip-used': [
    `đã đặt mã 6 số mới bằng phiếu giấy; trong ${slipHoldHours} giờ tài khoản chưa thêm được cách đăng nhập mới`,
    `a new passcode was chosen by a slip of paper; for ${slipHoldHours} hours it takes no new way to sign in`,
  ],
  'slip-stopped': [
    'phiếu giấy đã được dừng, mã 6 số và thiết bị trước đó dùng lại được',
    'the slip of paper was stopped, and the former passcode and device count again',
  ],
  'slip-hold-lifted': [
    'cán bộ đã đối chiếu thẻ và khuôn mặt tại nơi tiếp nhận, kết thúc thời gian chờ sau phiếu giấy',
    'an officer compared card and face at the counter and ended the waiting time after the slip of paper',
  ],
})
