import { hotline } from '../names/hotline.ts'
import { words } from '../platform/pages/html.ts'

/** Texts of the pages on which people sign in, consent and are refused. */
export const signInText = words({
  'nobody-asks': [
    'Không cán bộ nào hỏi passcode hay mã trong tin nhắn của bạn.',
    'No officer ever asks for your passcode, or for a code in a message.',
  ],
  back: ['Quay lại', 'Back'],
  'sign-in': ['Đăng nhập', 'Sign in'],
  invites: ['mời đăng nhập.', 'asks you to sign in.'],
  'sandbox-mark': ['thử nghiệm', 'being tried out'],
  'needs-level-1': ['Cần tài khoản [[level-1]] trở lên.', 'An account of level 1 or above is needed.'],
  'needs-level-2': ['Cần tài khoản [[level-2]].', 'An account of level 2 is needed.'],
  'to-own-page': ['Để vào trang của chính mình.', 'To your own page.'],
  number: ['Số định danh cá nhân', 'Personal identification number'],
  'number-hint': ['12 số, trên thẻ', '12 digits, on the card'],
  passcode: ['Passcode (mã 6 số)', 'Passcode of 6 digits'],
  forgotten: ['Quên passcode?', 'Forgotten?'],
  onward: ['Đang chuyển tiếp', 'Going on'],
  'another-before': [
    'Trên máy này còn một tài khoản khác đang đăng nhập. Tiếp tục thì tài khoản đó được đăng xuất.',
    'Another account is still signed in on this device. If you go on, it is signed out.',
  ],
  go: ['Tiếp tục', 'Continue'],
  passkey: ['Dùng vân tay hoặc khuôn mặt của máy', 'Use this device’s fingerprint or face'],
  'passkey-hint': [
    'Máy tự nhận ra bạn; vân tay và khuôn mặt không rời khỏi máy.',
    'The device recognises you; finger and face never leave it.',
  ],
  'without-account': ['Chưa có tài khoản: xem cần làm gì', 'No account yet: see what you need'],
  'without-account-hint': [
    'Còn thiếu gì, chậm nhất khi nào, đến đâu; cần mã trên giấy hẹn hoặc phiếu của gia đình',
    'What is lacking, by when, where; with the code on a receipt or on the family’s slip',
  ],
  activate: ['Kích hoạt tài khoản, bằng tin nhắn hoặc phiếu giấy', 'Activate an account, by message or paper slip'],
  'no-account': ['Chưa có tài khoản', 'No account yet'],
  'wrong-sign-in': [
    'Số định danh hoặc passcode chưa đúng, hoặc tài khoản chưa kích hoạt. Chưa có gì thay đổi.',
    'The number or the passcode is not right, or the account is not activated. Nothing was changed.',
  ],
  'slowed-before': ['Đã thử nhiều lần. Chờ', 'There were many tries. Wait'],
  'slowed-after': [
    'giây rồi thử lại; đúng hay sai đều chưa được xét.',
    'seconds, then try again; this try was not looked at.',
  ],
  'wrong-passkey': [
    'Máy này chưa xác nhận được. Dùng số định danh và passcode.',
    'This device could not confirm. Use number and passcode.',
  ],
  locked: [
    `Tài khoản đang bị khóa. Liên hệ công an xã, phường bất kỳ hoặc tổng đài ${hotline}.`,
    `The account is locked. Turn to any commune police, or call ${hotline}.`,
  ],
  'not-activated': [
    'Tài khoản đã được duyệt, đang chờ kích hoạt. Chọn Kích hoạt tài khoản bên dưới.',
    'The account was approved and waits to be activated. Choose Activate an account below.',
  ],
  sandbox: [
    'Trang này đang thử nghiệm, chỉ nhận người thử nghiệm. Dữ liệu của bạn không được gửi đi.',
    'This site is being tried out and takes test people only. Nothing of yours was sent.',
  ],
  'slowed-some': [
    'Đã thử nhiều lần. Chờ ít phút rồi thử lại.',
    'There were many tries. Wait some minutes, then try again.',
  ],
  busy: [
    'Nhiều người đang đăng nhập cùng lúc. Thử lại sau ít giây; chưa có gì thay đổi.',
    'Many people are signing in at once. Try again in some seconds; nothing was changed.',
  ],
  'prove-again': ['Xác nhận lần nữa', 'Confirm once more'],
  'second-title': ['Thêm một bước xác nhận', 'One more step'],
  'why-new-device': [
    'Máy này chưa từng dùng với tài khoản của bạn, nên cần thêm một bước.',
    'This device has not been used with your account before, so one more step is needed.',
  ],
  'why-strength': ['yêu cầu xác nhận bằng hai cách.', 'requires two ways of confirming.'],
  'why-again': ['yêu cầu đăng nhập lại cho lần này.', 'requires you to sign in anew this time.'],
  'why-fresh': [
    'Đổi cách đăng nhập hoặc kết thúc phiên cần xác nhận lại. Xong bước này sẽ làm tiếp việc vừa chọn.',
    'Changing how you sign in, or ending a session, is confirmed again; what you chose goes on after this step.',
  ],
  'why-another': [
    'yêu cầu đăng nhập bằng một tài khoản khác với tài khoản đang mở.',
    'asks you to sign in with another account than the one that is open.',
  ],
  'by-sms': ['Nhận mã qua tin nhắn', 'Receive a code by message'],
  'by-sms-hint': ['Gửi đến số kết thúc bằng', 'Sent to the number that ends in'],
  'by-totp': ['Mã trong ứng dụng tạo mã', 'Code of an authenticator app'],
  'by-recovery': ['Mã dự phòng đã in', 'A recovery code that you printed'],
  'sms-sent': ['Đã gửi mã đến số kết thúc bằng', 'A code was sent to the number that ends in'],
  'sms-again': ['Chưa nhận được? Gửi lại', 'Nothing came? Send again'],
  'sms-wait-before': ['Vừa gửi mã rồi. Chờ', 'A code was sent just now. Wait'],
  'sms-wait-after': ['giây mới gửi lại được.', 'seconds before the next.'],
  'no-phone': ['Tài khoản chưa có số điện thoại; dùng cách khác.', 'The account has no phone; use another way.'],
  code: ['Mã', 'Code'],
  'code-sms': ['Mã 6 số trong tin nhắn', 'The 6 digits of the message'],
  'code-totp': ['Mã 6 số trong ứng dụng', 'The 6 digits of the app'],
  'code-recovery': ['Mã dự phòng', 'Recovery code'],
  'wrong-code': ['Mã chưa đúng. Kiểm tra lại rồi gõ lần nữa.', 'The code is not right. Check it, and type it again.'],
  'code-over': ['Mã đã hết hạn hoặc đã dùng. Xin mã mới.', 'The code is over or was used. Ask for a new one.'],
  'nothing-second': [
    'Tài khoản chưa có cách xác nhận thứ hai. Đăng nhập trên máy đã kích hoạt, hoặc đến công an xã, ' +
      'phường bất kỳ nhận phiếu mới.',
    'The account has no second way to confirm. Sign in on the device on which it was activated, ' +
      'or get a new slip at any commune police.',
  ],
  start: ['Làm lại từ đầu', 'Start again'],
  leave: ['Thôi, về lại', 'Leave, and go back to'],
  'level-title': ['Tài khoản của bạn đang ở [[level-1]]', 'Your account is of level 1'],
  'level-why': ['chỉ nhận tài khoản [[level-2]].', 'takes accounts of level 2 only.'],
  'level-how': [
    'Để lên [[level-2]], mang [[card]] đến công an xã, phường bất kỳ hoặc nơi làm thẻ; ' +
      'khoảng 5 phút, không mất phí. Xong thì quay lại trang này.',
    'To raise it, bring your identity card to any commune police or card office; ' +
      'it takes about 5 minutes and is free. Then come back here.',
  ],
  'held-title': ['Tài khoản đang trong thời gian chờ', 'The account is in its waiting time'],
  'held-why': [
    'Passcode vừa được đặt lại bằng phiếu giấy. Việc cần tài khoản [[level-2]] hoặc xác nhận hai cách làm được từ',
    'The passcode was reset by a slip of paper. What needs level 2, or two ways of confirming, works again from',
  ],
  'held-how': [
    'Cần dùng ngay: mang [[card]] đến công an; cán bộ khác với người in phiếu đối chiếu thẻ và khuôn mặt ' +
      'rồi kết thúc thời gian chờ.',
    'If you need it at once: bring your identity card to the police. Another officer than the one who printed the ' +
      'slip compares card and face, and ends the waiting time.',
  ],
  'held-stop': ['Không phải bạn dùng phiếu? Dừng phiếu', 'It was not you who used the slip? Stop it'],
  'level-child-why': ['Dịch vụ này cần tài khoản [[level-2]].', 'This service needs an account of level 2.'],
  'go-back-to': ['Về lại', 'Back to'],
  'consent-title-before': ['Cho', 'Let'],
  'consent-title-after': ['xem những gì?', 'see what?'],
  'scope-profile': ['Họ tên, giới tính', 'Name, sex'],
  'scope-number': ['Số định danh', 'Identification number'],
  'scope-birthdate': ['Ngày sinh', 'Date of birth'],
  'scope-residence': ['Nơi thường trú', 'Permanent residence'],
  'scope-phone': ['Số điện thoại', 'Phone number'],
  'phone-ends': ['kết thúc bằng', 'ends in'],
  'scope-openid': [
    'Một mã riêng cho trang này, và mức độ tài khoản',
    'A code of its own for this site, and the account’s level',
  ],
  optional: ['(tùy chọn)', '(optional)'],
  required: ['cần để tiếp tục', 'needed to go on'],
  unseen: ['Không xem được:', 'Not seen:'],
  'unseen-what': [
    'ảnh, vân tay, cha mẹ, thẻ, và những trang khác bạn đã đăng nhập.',
    'picture, fingerprints, parents, card, and the other sites on which you signed in.',
  ],
  'kept-until': ['Có hiệu lực đến', 'In force until'],
  withdraw: ['Bạn rút lại được bất cứ lúc nào tại', 'You can withdraw it at any time on'],
  'own-page': ['trang của bạn', 'your own page'],
  'is-kept': ['; lượt xem này ghi trong mục Ai đã xem.', '; this look is noted under Who looked.'],
  no: ['Không', 'No'],
  yes: ['Đồng ý', 'I agree'],
  'no-means': [
    'Chọn Không thì về lại trang kia, không có gì được gửi đi.',
    'If you choose No you go back to that site, and nothing is sent.',
  ],
  'for-child': ['Đăng nhập cho con', 'Sign in for a child'],
  'for-child-title': ['Đăng nhập cho ai?', 'For whom do you sign in?'],
  'for-self': ['Cho chính mình', 'For yourself'],
  'for-child-hint': ['Con dưới 14 tuổi, theo dữ liệu dân cư', 'A child under 14, by the population register'],
  'acting-for': ['Bạn đang đăng nhập thay cho con:', 'You are signing in for your child:'],
  unknown: ['chưa có trong dữ liệu', 'not in the register'],
  male: ['nam', 'male'],
  female: ['nữ', 'female'],
  'error-title': ['Trang kia gửi yêu cầu chưa đúng', 'The other site’s request is not right'],
  'error-explained': [
    'Bạn không làm gì sai, và chưa có thông tin nào được gửi đi. Người vận hành trang kia xem được lỗi theo mã ' +
      'bên dưới.',
    'You did nothing wrong, and nothing was sent. The operator of that site finds the fault by the code below.',
  ],
  'left-title': ['Lượt đăng nhập này đã hết hạn hoặc đã xong', 'This sign-in is over or was finished'],
  'left-explained': [
    'Quay lại trang bạn muốn dùng rồi bấm đăng nhập lần nữa. Chưa có gì bị mất.',
    'Go back to the site that you want to use, and sign in again. Nothing is lost.',
  ],
  'error-code': ['Mã tra cứu', 'Correlation id'],
  'to-start': ['Về trang đầu', 'To the first page'],
  'log-out-title': ['Đăng xuất khỏi mọi trang?', 'Sign out everywhere?'],
  'log-out-explained': [
    'Trang kia đã đăng xuất bạn. Đăng xuất luôn ở đây thì các trang khác đang mở bằng tài khoản này cũng đăng xuất.',
    'The other site has signed you out. If you sign out here too, ' +
      'the other sites that are open with this account sign you out as well.',
  ],
  'log-out-yes': ['Đăng xuất mọi trang', 'Sign out everywhere'],
  'log-out-no': ['Chỉ trang kia', 'Only that site'],
  'logged-out': ['Đã đăng xuất', 'You are signed out'],
  'logged-out-text': [
    'Nếu đang dùng máy chung, hãy đóng trình duyệt.',
    'On a shared computer, please close the browser.',
  ],
})

export type SignInText = ReturnType<typeof signInText>
