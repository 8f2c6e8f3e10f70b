import { words } from '../../platform/pages/html.ts'

/** Text of messages to holders. */
export const factorText = words({
  'to-sign-in': ['đăng nhập tài khoản định danh điện tử', 'sign in with your electronic identity account'],
  'to-activation': ['kích hoạt tài khoản định danh điện tử', 'activate your electronic identity account'],
  'to-step-up': [
    'xác nhận việc ông/bà đang làm bằng tài khoản định danh',
    'confirm what you are doing with your identity account',
  ],
  'to-new-device': ['dùng tài khoản định danh trên thiết bị mới', 'use your identity account on another device'],
  'to-passcode': ['đặt mật mã mới cho tài khoản định danh', 'choose new digits for your identity account'],
  'changed-device': [
    'đã chuyển sang thiết bị khác, thiết bị cũ không dùng được nữa',
    'it was taken to another device, the former one is over',
  ],
  'changed-passcode': ['đã đặt mật mã mới', 'its six digits were chosen anew'],
  'changed-passkey': [
    'đã thêm một khóa đăng nhập bằng vân tay hoặc khuôn mặt của máy',
    'a passkey of a device was added',
  ],
  'changed-app': ['đã thêm một ứng dụng tạo mã', 'an app that gives numbers was added'],
  'changed-codes': [
    'đã cấp lại mã dự phòng, mã cũ không dùng được nữa',
    'its recovery codes were made anew, the former ones are over',
  ],
  'changed-slip': ['công an vừa in phiếu giấy để mở tài khoản', 'the police printed a slip of paper that opens it'],
})
