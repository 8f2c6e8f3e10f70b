import { inForceToday } from '../platform/law-of-texts.ts'
import { words } from '../platform/pages/html.ts'
import { communeKinds } from './law.ts'
import type { Role } from './role.ts'

const roleWords = {
  'provincial-commander': ['Lãnh đạo công an tỉnh', 'Provincial commander'],
  'pc06-reception': ['Cán bộ tiếp nhận Phòng PC06', 'Reception officer of PC06'],
  'pc06-approver': ['Lãnh đạo Phòng PC06', 'Head of PC06'],
  'service-centre-reception': [
    'Cán bộ tiếp nhận, trả kết quả tại Trung tâm Phục vụ hành chính công',
    'Reception officer at the public administration centre',
  ],
  'district-officer': ['Cán bộ Đội CSQLHC về TTXH công an cấp huyện', 'District officer'],
  'ward-officer': ['Cán bộ công an {communes}', 'Ward officer'],
  'card-centre-operator': ['Cán bộ trung tâm thẻ', 'Card-centre operator'],
  'data-approver': ['Cán bộ phê duyệt dữ liệu', 'Data approver'],
  'education-officer': ['Cán bộ ngành giáo dục', 'Education officer'],
  'school-officer': ['Cán bộ nhà trường', 'School officer'],
  'homeroom-teacher': ['Giáo viên chủ nhiệm', 'Homeroom teacher'],
  'community-group-member': ['Thành viên tổ công nghệ số cộng đồng', 'Member of a community group'],
  'peoples-committee': ['Ủy ban nhân dân', 'People’s committee'],
  auditor: ['Cán bộ thanh tra, kiểm tra', 'Auditor'],
  administrator: ['Quản trị', 'Administrator'],
} as const satisfies Record<Role, readonly [vi: string, en: string]>

/** A role in both languages, as it is called today and as the wire carries it. */
export const roleName = (role: Role) => ({
  vi: roleWords[role][0].replace('{communes}', () => inForceToday(communeKinds).join(', ')),
  en: roleWords[role][1],
})

export const say = words({
  house: ['Định danh', 'Dinhdanh'],
  demonstration: ['minh họa', 'demonstration'],
  'other-language': ['English', 'Tiếng Việt'],
  'true-address': ['Địa chỉ đúng:', 'The true address:'],
  'nobody-asks': [
    'Không ai có quyền hỏi mật khẩu, kể cả quản trị.',
    'Nobody may ask for your password, not even an administrator.',
  ],

  'who-are-you': ['Chọn đối tượng sử dụng', 'Who are you?'],
  officer: ['Cán bộ', 'Officer'],
  'officer-hint': ['Công an, trung tâm thẻ, giáo dục, ủy ban', 'Police, card centre, education, people’s committee'],
  citizen: ['Người dân', 'Citizen'],
  'no-account': ['Chưa có tài khoản: xem cần làm gì', 'No account yet: see what you need'],
  'no-account-hint': [
    'Bằng số định danh, ngày sinh và mã trên giấy hẹn hoặc phiếu của gia đình',
    'By number, birth date and the code on a receipt or on the family’s slip',
  ],
  'citizen-hint': [
    'Thẻ, tài khoản, ai đã xem mình; học sinh và cha mẹ',
    'Card, account, who looked at me; pupils and parents',
  ],
  developer: ['Kỹ sư bên liên kết', 'Engineer of a relying party'],
  'developer-hint': ['Đăng ký ứng dụng, tra lỗi đăng nhập', 'Register a client, see why a sign-in failed'],
  'demo-people': ['Người dân để dùng thử', 'Citizens to try out'],
  'to-console': ['Vào bàn làm việc', 'To the console'],
  'demo-sign-ins': ['Các tài khoản minh họa', 'Demonstration sign-ins'],
  'demo-hint': ['Mỗi vai trò một tài khoản, chỉ dùng để thử', 'One for each role, to try the installation with'],
  'demo-explained': [
    'Người và số liệu ở đây đều được dựng ra. Bấm một vai trò để vào làm việc ngay.',
    'People and figures here are invented. Press a role to go straight to its work.',
  ],
  'demo-messages': ['Tin nhắn và thư đã gửi', 'Texts and letters that were sent'],
  'demo-passwords': ['Tên đăng nhập và mật khẩu của máy này', 'Logins and passwords of this machine'],
  role: ['Vai trò', 'Role'],
  unit: ['Đơn vị', 'Unit'],

  'sign-in': ['Đăng nhập', 'Sign in'],
  'change-officer': ['Đổi cán bộ', 'Change officer'],
  'change-hint': [
    'Người vừa dùng máy này; mật khẩu vẫn phải nhập.',
    'Who used this machine lately; the password is asked all the same.',
  ],
  login: ['Tên đăng nhập', 'Login'],
  password: ['Mật khẩu', 'Password'],
  refused: [
    'Tên đăng nhập hoặc mật khẩu chưa khớp. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.',
    'Login and password do not match. Check the keyboard and Caps Lock, then type them again.',
  ],
  'slowed-before': ['Đã nhập sai nhiều lần từ nơi này. Đợi', 'There were several wrong attempts from here. Wait'],
  'slowed-after': ['giây rồi thử lại.', 'seconds, then try again.'],
  'no-post': [
    'Hôm nay anh/chị chưa được phân công ở đơn vị nào. Liên hệ quản trị của đơn vị.',
    'You have no appointment today. Ask the administrator of your unit.',
  ],
  'no-factor': [
    'Tài khoản này chưa có bước xác nhận thứ hai. Quản trị của đơn vị đề nghị cấp lại, một cán bộ khác chấp nhận.',
    'There is no second factor yet. The administrator of your unit proposes a new one, and another officer accepts.',
  ],
  'signed-in-as': ['Đang đăng nhập:', 'Signed in as'],

  'sign-out': ['Đăng xuất', 'Sign out'],
  'sign-out-here': ['Đăng xuất ở máy này', 'Sign out here'],
  'sign-out-everywhere': ['Đăng xuất ở mọi máy', 'Sign out everywhere'],
  'sign-out-explained': ['Phần việc đã lưu không mất.', 'What was saved stays.'],
  back: ['Quay lại', 'Back'],

  'choose-post': ['Làm việc ở vai trò nào?', 'In which role?'],
  'stands-in-for': ['thay', 'standing in for'],

  'change-password': ['Đổi mật khẩu', 'Change password'],
  'must-change': [
    'Mật khẩu này do người khác cấp. Đặt mật khẩu của riêng mình để tiếp tục.',
    'Someone else chose this password. Choose one of your own to go on.',
  ],
  'current-password': ['Mật khẩu hiện tại', 'Current password'],
  'next-password': ['Mật khẩu mới', 'New password'],
  'next-hint': [
    'Từ 10 ký tự trở lên; một câu dài dễ nhớ là tốt nhất. Không cần ký tự đặc biệt.',
    'At least 10 characters; a long sentence that you remember is best. No special signs needed.',
  ],
  'again-password': ['Nhập lại mật khẩu mới', 'New password once more'],
  save: ['Lưu mật khẩu mới', 'Save the new password'],
  'password-wrong': ['Mật khẩu hiện tại chưa khớp.', 'The current password does not match.'],
  'password-short': [
    'Mật khẩu mới còn ngắn: cần từ 10 ký tự.',
    'The new password is short: it needs at least 10 characters.',
  ],
  'password-long': ['Mật khẩu mới dài quá 200 ký tự.', 'The new password is longer than 200 characters.'],
  'password-guessable': [
    'Mật khẩu mới dễ đoán: có tên của mình, của đơn vị, dãy quen thuộc hoặc ít ký tự khác nhau.',
    'The new password is easily guessed: it has your login, your name or unit, a common row of keys, or few signs.',
  ],
  'password-breached': [
    'Mật khẩu này đã lộ ở nơi khác và nằm trong danh sách bị dò trước tiên. Chọn một câu khác.',
    'This password was leaked elsewhere and is among those tried first. Choose another one.',
  ],
  'password-same': ['Mật khẩu mới trùng mật khẩu hiện tại.', 'The new password is the current one.'],
  'password-differs': ['Hai lần nhập mật khẩu mới khác nhau.', 'The two new passwords differ.'],
})

export type StaffText = ReturnType<typeof say>
