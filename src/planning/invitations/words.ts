import { words } from '../../platform/pages/html.ts'

/** What families are told of a session: what is done there, what to bring, where else to come. */
export const invitationText = words({
  'what-card-and-account': ['làm [[card]] và đăng ký tài khoản định danh', 'an identity card and an account'],
  'what-raise-level': ['nâng [[level-2]] tài khoản định danh', 'raising the account to level 2'],
  'what-activation': ['kích hoạt tài khoản định danh', 'activating the account'],
  'bring-card-and-account': [
    'giấy khai sinh hoặc thẻ đang có, điện thoại đang dùng',
    'the birth certificate or the card you have, and your phone',
  ],
  'bring-raise-level': ['thẻ, điện thoại đang dùng', 'your card and your phone'],
  'bring-activation': ['thẻ hoặc giấy hẹn, điện thoại đang dùng', 'your card or receipt, and your phone'],
  hours: ['{from} đến {to}', '{from} to {to}'],
  'next-session': ['Buổi sau: {from} đến {to} ngày {day}, {place}', 'Next: {from} to {to} on {day}, {place}'],
  'next-counter': ['Mời ông/bà đến {police} trong giờ làm việc', 'Come to {police} in working hours'],
  'contact-school': ['giáo viên chủ nhiệm hoặc công an xã, phường', 'the homeroom teacher or the commune police'],
  'contact-police': ['công an xã, phường', 'the commune police'],
  'open-weekdays': ['{morning} và {afternoon}, thứ Hai đến thứ Sáu', '{morning} and {afternoon}, Monday to Friday'],
  'open-saturday': [
    '{morning} và {afternoon}, thứ Hai đến thứ Sáu, sáng thứ Bảy',
    '{morning} and {afternoon}, Monday to Friday, Saturday morning',
  ],
  somebody: ['Họ và tên', 'Full name'],
})
