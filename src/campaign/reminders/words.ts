import { words } from '../../platform/pages/html.ts'

/** What a reminder says is to be done; a card is named as on the day. */
export const reminderText = words({
  'card-citizen': ['làm thẻ căn cước công dân', 'apply for an identity card'],
  card: ['làm thẻ căn cước', 'apply for an identity card'],
  'card-renewal-citizen': ['đổi thẻ căn cước công dân', 'have the identity card exchanged'],
  'card-renewal': ['đổi thẻ căn cước', 'have the identity card exchanged'],
  account: ['đăng ký tài khoản định danh điện tử', 'register for an electronic identity account'],
  activation: ['kích hoạt tài khoản định danh điện tử', 'activate the electronic identity account'],
  'level-2': ['nâng tài khoản lên [[level-2]]', 'have the account raised to level 2'],
  'when-by': ['trước hết ngày {day}', 'by {day}'],
  'when-soon': ['trong giờ làm việc', 'in office hours'],
  somebody: ['Họ và tên', 'Full name'],
})
