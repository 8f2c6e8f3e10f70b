import * as accounts from '../accounts/accounts.ts'
import { hotline } from '../names/hotline.ts'
import { inForceToday } from '../platform/law-of-texts.ts'
import { type Language, words } from '../platform/pages/html.ts'
import * as register from '../register/register.ts'
import * as signin from '../signin/signin.ts'
import { childConsent, latelyDays } from './law.ts'

const decide = () => inForceToday(accounts.daysToDecide)
const answer = () => inForceToday(accounts.demandDays)
const lately = () => inForceToday(latelyDays)
const years = () => inForceToday(register.readersYears)
const stepUp = () => inForceToday(signin.stepUpMinutes)

/** How the reader is spoken to: pupils as em, adults as ông/bà. */
export type FormOfAddress = 'em' | 'adult'

/** Texts of a person's own page. {you} and {You} stand for how the reader is spoken to. */
const say = words({
  'nobody-asks': [
    'Không cán bộ nào hỏi passcode hay mã trong tin nhắn của {you}.',
    'No officer ever asks for your passcode, or for a code in a message.',
  ],
  back: ['Trang của {you}', 'Your own page'],
  'acting-for': ['Đang xem thay cho con:', 'You are acting for your child:'],
  'be-self': ['Về trang của {you}', 'Back to yourself'],
  unknown: ['chưa có trong dữ liệu', 'not in the register'],
  until: ['đến', 'until'],
  since: ['từ', 'since'],
  sent: ['Đã làm xong.', 'Done.'],
  more: ['Xem tiếp', 'More'],
  'confirm-again': [
    'Tệp có mọi thứ về {you}, nên cần xác nhận lại ngay trước khi tải.',
    'The file has everything about you: confirm again before you fetch it.',
  ],
  'confirm-first': ['Việc này cần xác nhận bằng hai cách.', 'This needs two ways of confirming.'],
  'confirm-below': () => [
    `Đổi những mục dưới đây cần xác nhận bằng hai cách trong vòng ${stepUp()} phút trước đó.`,
    `What is below is changed within ${stepUp()} minutes after two ways of confirming.`,
  ],
  'go-on-title': ['Đã xác nhận', 'Confirmed'],
  'go-on-text': [
    'Việc {you} vừa chọn vẫn còn đây. Bấm nút để làm tiếp.',
    'What you chose is still here: go on with it.',
  ],
  'go-on-not': ['Không làm nữa, về tài khoản', 'Leave it, back to the account'],
  'confirm-go': ['Xác nhận thêm một bước', 'Confirm by one more step'],

  // The first page.
  'page-of': ['Trang của', 'The page of'],
  card: ['Thẻ', 'Card'],
  account: ['Tài khoản', 'Account'],
  'card-in-force': ['Thẻ đang dùng được', 'The card is in force'],
  'card-in-force-until': ['Thẻ có giá trị đến {day}', 'The card is in force until {day}'],
  'card-no-term': ['Thẻ có giá trị, không thời hạn', 'The card is in force, without term'],
  'card-term-printed': ['Thời hạn ghi trên thẻ.', 'Its term is printed on it.'],
  'card-issued': ['Cấp ngày {day}.', 'Issued on {day}.'],
  'card-must-renew': ['Thẻ đã hết hạn, cần đổi', 'The card has expired and must be renewed'],
  'card-must-renew-how': [
    'Đổi tại công an xã, phường bất kỳ hoặc nơi làm thẻ.',
    'It is renewed at any commune police or card office.',
  ],
  'card-blocked': ['Thẻ đang bị khóa', 'The card is blocked'],
  'card-blocked-how': [
    'Tìm lại được thẻ thì mang thẻ đến nơi làm thẻ để mở; mất hẳn thì đề nghị cấp lại.',
    'Bring it to a card office if it was found; ask for another if it is lost.',
  ],
  'card-none': ['{You} chưa có thẻ', 'You have no card yet'],
  'card-none-how': [
    'Đến công an xã, phường nơi ở hoặc nơi làm thẻ, mang theo giấy tờ {you} có. Lần đầu không mất phí.',
    'Come to the commune police or a card office with the papers that you have. The first card is free.',
  ],
  'card-too-young': ['Chưa đến tuổi làm thẻ', 'Too young for a card'],
  'card-too-young-from': ['Làm thẻ được từ ngày {day}.', 'A card can be applied for from {day}.'],
  'card-applied-who': ['Đang chờ: {who}', 'Waiting for: {who}'],
  'card-applied-by': ['hạn {day}', 'by {day}'],
  'card-waits-you': ['{You} cần làm tiếp', 'You have to act'],
  'card-fetch': ['Thẻ đã về, mời {you} đến nhận', 'The card is here and can be fetched'],
  'card-fetch-at': [
    'Nhận tại {place}. Mang theo giấy hẹn nếu còn.',
    'It is kept at {place}. Bring the receipt, if you still have it.',
  ],
  'card-fetch-somewhere': [
    'Nhận tại nơi đã làm hồ sơ. Mang theo giấy hẹn nếu còn.',
    'It is kept where you applied. Bring the receipt, if you still have it.',
  ],
  'card-on-way': ['Thẻ đang trên đường đến {place}', 'The card is on its way to {place}'],
  'card-applied': ['Hồ sơ thẻ đã nộp, đang xử lý', 'The application for the card is being dealt with'],
  'card-being-made': ['Thẻ đang được làm', 'The card is being made'],
  'card-lost-on-way': [
    'Thẻ chưa đến nơi nhận, đơn vị đang tìm',
    'The card has not arrived; the unit is looking for it',
  ],
  'card-since': ['Từ ngày {day}.', 'Since {day}.'],
  'account-level': ['Mức độ [[level-nought]]{level}', 'Level {level}'],
  'account-none': ['chưa có tài khoản', 'no account yet'],
  'account-requested': ['đang chờ duyệt', 'waiting for approval'],
  'account-at-centre': ['đã chuyển Bộ Công an phê duyệt, đang chờ', 'with the national centre for approval'],
  'account-approved': ['đã duyệt, chưa kích hoạt', 'approved, not activated'],
  'account-activated': ['đang dùng', 'in use'],
  'account-locked': ['đang khóa', 'locked'],
  'account-cancelled': ['đã hủy', 'cancelled'],
  'account-activated-on': ['Kích hoạt ngày {day}.', 'Activated on {day}.'],
  'child-account': [
    'Con dưới 14 tuổi dùng tài khoản của cha mẹ.',
    'A child below 14 is under the account of a parent.',
  ],
  'to-do': ['Việc cần làm', 'What to do'],
  'nothing-to-do': ['Hiện {you} không phải làm gì.', 'There is nothing that you have to do.'],
  'do-fetch-card': ['Đi nhận thẻ', 'Fetch the card'],
  'do-fetch-card-how': ['Mang theo giấy hẹn nếu còn.', 'Bring the receipt, if you still have it.'],
  'do-mend-application': ['Hoàn thiện hồ sơ thẻ', 'Complete the application'],
  'do-mend-application-how': [
    'Hồ sơ bị trả lại; lý do ở trang Thẻ và hồ sơ.',
    'It was sent back; the reason stands under Card and applications.',
  ],
  'do-make-card': ['Làm thẻ', 'Apply for a card'],
  'do-make-card-how': ['Tại công an xã, phường hoặc nơi làm thẻ.', 'At the commune police or a card office.'],
  'do-renew-card': ['Đổi thẻ', 'Renew the card'],
  'do-renew-card-how': ['Tại công an xã, phường bất kỳ hoặc nơi làm thẻ.', 'At any commune police or card office.'],
  'do-raise-level': ['Nâng tài khoản lên [[level-2]]', 'Raise the account to level 2'],
  'do-raise-level-how': [
    'Mang thẻ đến công an xã, phường bất kỳ; khoảng 5 phút, không mất phí.',
    'Bring the card to any commune police; about 5 minutes, free.',
  ],
  'do-second-way': ['Thêm một cách xác nhận thứ hai', 'Add a second way of confirming'],
  'do-second-way-how': [
    'Để không mất tài khoản khi đổi máy hay mất sim.',
    'So that a lost phone does not cost you the account.',
  ],
  'do-more-codes': ['Tạo mã dự phòng mới', 'Make new recovery codes'],
  'do-more-codes-how': ['Mã cũ sắp hết.', 'Few of the old ones are left.'],
  everything: ['Mọi mục', 'Everything'],
  'go-appointments': ['Đặt lịch hẹn', 'Appointments'],
  'go-appointments-what': ['giờ làm thẻ, tài khoản, nhận thẻ', 'for a card, an account, collecting a card'],
  'go-looks': ['Ai đã xem {you}', 'Who looked at you'],
  'go-looks-count': () => [`${lately()} ngày qua: {n} lượt`, `{n} in the last ${lately()} days`],
  'go-card': ['Thẻ và hồ sơ', 'Card and applications'],
  'go-account': ['Tài khoản và thiết bị', 'Account and devices'],
  'go-account-what': [
    'passcode, passkey, mã dự phòng, phiên đang mở',
    'passcode, passkeys, recovery codes, open sessions',
  ],
  'go-consents': ['Những nơi {you} cho xem', 'Whom you let see'],
  'go-consents-count': ['{n} nơi đang còn hiệu lực', '{n} in force'],
  'go-visits': ['{You} đã đăng nhập ở đâu', 'Where you signed in'],
  'go-children': ['Con của {you}', 'Your children'],
  'go-children-what': ['con dưới 14 tuổi theo dữ liệu dân cư', 'below 14, by the register'],
  'go-record': ['Dữ liệu dân cư ghi gì về {you}', 'What the register has of you'],
  'go-record-what': ['và cách chỉnh sửa', 'and how it is corrected'],
  'go-requests': ['Yêu cầu về dữ liệu của {you}', 'Requests about your data'],
  'go-requests-what': ['xóa, hạn chế, phản đối, khiếu nại', 'erase, restrict, object, complain'],
  'go-download': ['Tải dữ liệu của {you}', 'Download your data'],
  'go-lock': ['Mất máy? Khóa tài khoản', 'Lost your phone? Lock the account'],
  'sign-out': ['Đăng xuất', 'Sign out'],

  // Card and applications.
  'no-card': ['Chưa có thẻ nào.', 'No card so far.'],
  'no-application': ['Chưa có hồ sơ nào.', 'No application so far.'],
  applications: ['Hồ sơ cấp thẻ', 'Applications'],
  application: ['Hồ sơ {code}', 'Application {code}'],
  'application-of': ['Hồ sơ ngày {day}', 'Application of {day}'],
  taken: ['Nơi thu nhận', 'Taken at'],
  'taken-on': ['Ngày thu nhận', 'Taken on'],
  who: ['Đang chờ', 'Waiting for'],
  by: ['Hạn', 'By'],
  why: ['Lý do', 'Reason'],
  serial: ['Số thẻ', 'Card serial'],
  issued: ['Ngày cấp', 'Issued'],
  term: ['Có giá trị đến', 'In force until'],
  'no-term': ['không thời hạn', 'without term'],
  state: ['Tình trạng', 'State'],
  place: ['Ở đâu', 'Where'],
  you: ['{you}', 'you'],
  'state-applied': ['đã nộp hồ sơ', 'applied for'],
  'state-approved': ['đã duyệt, chờ làm', 'approved, to be made'],
  'state-produced': ['đã làm xong', 'made'],
  'state-at-unit': ['đã về nơi trả', 'at the place of collection'],
  'state-handed-over': ['đang dùng', 'in force'],
  'state-blocked': ['đang khóa', 'blocked'],
  'state-revoked': ['đã thu hồi', 'revoked'],
  'state-expired': ['đã hết hạn', 'expired'],
  'state-cancelled': ['đã hủy', 'cancelled'],

  // The account.
  phone: ['Điện thoại', 'Phone'],
  'phone-ends': ['kết thúc bằng {digits}', 'ends in {digits}'],
  'no-phone': ['chưa có', 'none'],
  'phone-change': ['Đổi số tại công an xã, phường bất kỳ.', 'It is changed at any commune police.'],
  level: ['Mức độ', 'Level'],
  activation: ['Kích hoạt', 'Activation'],
  slip: ['Phiếu giấy mở tài khoản', 'A slip of paper that opens the account'],
  'slip-was-printed': [
    'Công an in phiếu giấy đặt lại passcode lúc {at}; phiếu chưa dùng.',
    'The police printed a slip that resets the passcode, {at}; it is not used yet.',
  ],
  'slip-was-used': ['Passcode được đặt lại bằng phiếu giấy lúc {at}.', 'The passcode was reset by a slip, {at}.'],
  'slip-not-you': [
    'Không phải {you} yêu cầu? Dừng phiếu: passcode và thiết bị trước đó dùng lại được.',
    'You did not ask for it? Stop it: your former passcode and device count again.',
  ],
  mailbox: ['Thư điện tử nhận tin', 'E-mail for messages'],
  'mailbox-none': ['Chưa có địa chỉ thư điện tử.', 'There is no e-mail address.'],
  'mailbox-for': [
    'Khi điện thoại không nhận được tin, tin được gửi đến địa chỉ này. Không dùng để đăng nhập; mã xác nhận ' +
      'đăng nhập chỉ gửi đến điện thoại.',
    'Messages that your phone does not take are sent to this address. It opens nothing: codes to sign in go to the ' +
      'phone alone.',
  ],
  'mailbox-add': ['Thêm địa chỉ thư điện tử', 'Add an e-mail address'],
  'mailbox-other': ['Đổi sang địa chỉ khác', 'Use another address'],
  'mailbox-address': ['Địa chỉ thư điện tử', 'E-mail address'],
  'mailbox-ask': ['Gửi số xác nhận đến địa chỉ này', 'Send a number to this address'],
  'mailbox-code': ['Số có 6 chữ số đã gửi đến {mailbox}', 'The six digits that were sent to {mailbox}'],
  'mailbox-confirm': ['Xác nhận địa chỉ', 'Confirm the address'],
  'mailbox-remove': ['Bỏ địa chỉ thư điện tử', 'Remove the e-mail address'],
  'mailbox-sent': [
    'Đã gửi số xác nhận. {You} mở hộp thư rồi nhập số ở mục Thư điện tử nhận tin.',
    'A number was sent. Open the mailbox and type it under E-mail for messages.',
  ],
  'mailbox-confirmed': ['Đã xác nhận địa chỉ thư điện tử.', 'The e-mail address is confirmed.'],
  'mailbox-malformed': ['Địa chỉ thư điện tử chưa đúng.', 'This is not an e-mail address.'],
  'mailbox-code-wrong': ['Số xác nhận chưa đúng.', 'The number is not right.'],
  'mailbox-code-over': [
    'Số xác nhận đã hết hạn hoặc nhập sai quá nhiều lần. Gửi số mới.',
    'The number is over, or was mistyped too often. Have a new one sent.',
  ],
  reminders: ['Tin nhắn đến điện thoại này', 'Messages to this phone'],
  'reminders-on': ['Đang nhận tin nhắc, tin mời.', 'Reminders and invitations are sent.'],
  'reminders-refused-page': [
    'Không nhận tin nhắc, tin mời, theo lựa chọn trên trang này ngày {day}.',
    'No reminders and invitations: so decided on this page on {day}.',
  ],
  'reminders-refused-text': [
    'Không nhận tin nhắc, tin mời, theo tin nhắn từ điện thoại này ngày {day}.',
    'No reminders and invitations: this phone asked so by a text on {day}.',
  ],
  'reminders-refused-officer': [
    'Không nhận tin nhắc, tin mời, theo yêu cầu cán bộ đã ghi ngày {day}.',
    'No reminders and invitations: an officer noted the wish on {day}.',
  ],
  'reminders-owed': [
    'Tin nhắc và tin mời từ chối được. Mã xác nhận, kết quả hồ sơ, việc đổi hoặc hủy đợt đã mời vẫn được gửi.',
    'Reminders and invitations can be refused. Codes, results of applications, and that a session moves or is ' +
      'cancelled are sent all the same.',
  ],
  'reminders-refuse': ['Không nhận tin nhắc, tin mời', 'Refuse reminders and invitations'],
  'reminders-want': ['Nhận lại tin nhắc, tin mời', 'Have reminders and invitations again'],
  'slip-stop': ['Dừng phiếu', 'Stop the slip'],
  'slip-stopped': ['Đã dừng phiếu.', 'The slip is stopped.'],
  'slip-look': ['Có phiếu giấy mở tài khoản của {you}. Xem tại', 'There is a slip of paper for your account. See'],
  'held-wrong': [
    'Đến {until} tài khoản chưa thêm được cách đăng nhập mới và chưa xác nhận hai cách được. ' +
      'Cần sớm hơn: mang [[card]] đến công an.',
    'Until {until} the account takes no new way to sign in and counts one factor alone. ' +
      'If you need it sooner, bring your identity card to the police.',
  ],
  device: ['Thiết bị', 'Device'],
  'device-one': [
    'Tài khoản gắn với một thiết bị. Đăng nhập ở nơi khác cần thêm một bước.',
    'The account is on one device. Signing in elsewhere takes one more step.',
  ],
  'device-none': [
    'Tài khoản chưa gắn với thiết bị nào; mỗi lần đăng nhập cần hai bước.',
    'The account is on no device; each sign-in takes two steps.',
  ],
  'device-known': ['biết từ {day}, dùng gần nhất {seen}', 'known since {day}, last used {seen}'],
  'device-ended': ['đã bỏ ngày {day}', 'ended on {day}'],
  'device-end': ['Bỏ thiết bị này', 'End this device'],
  'device-former': ['Thiết bị trước đây', 'Former devices'],
  sessions: ['Phiên đang mở', 'Open sessions'],
  'session-this': ['phiên này', 'this one'],
  'session-began': [
    'từ {day}, dùng gần nhất {seen}, cách xác nhận bậc {strength}',
    'since {day}, last used {seen}, strength {strength}',
  ],
  'session-for-child': ['thay cho con', 'for a child'],
  'session-end': ['Kết thúc', 'End it'],
  'session-end-one': ['Kết thúc phiên đã chọn', 'End the chosen session'],
  'sessions-end': ['Kết thúc mọi phiên khác', 'End all other sessions'],
  passkeys: ['Passkey bằng vân tay, khuôn mặt của máy', 'Passkeys: the device’s fingerprint or face'],
  'passkeys-none': ['Chưa có khóa nào.', 'None yet.'],
  'passkey-added': ['thêm ngày {day}', 'added on {day}'],
  'passkey-used': ['dùng gần nhất {day}', 'last used {day}'],
  'passkey-never': ['chưa dùng', 'never used'],
  'passkey-remove': ['Bỏ khóa này', 'Remove it'],
  'passkey-name': ['Tên gọi của máy này', 'What you call this device'],
  'passkey-add': ['Thêm khóa trên máy này', 'Add a passkey on this device'],
  'passkey-no-script': [
    'Muốn thêm khóa, mở trang này bằng trình duyệt có bật JavaScript.',
    'To add one, open this page in a browser with JavaScript on.',
  ],
  'passkey-failed': [
    'Máy chưa tạo được khóa. Thử lại, hoặc dùng cách khác.',
    'The device made no passkey. Try again, or use another way.',
  ],
  totp: ['Ứng dụng tạo mã', 'Authenticator app'],
  'totp-on': ['Đang dùng.', 'In use.'],
  'totp-off': ['Chưa dùng.', 'Not in use.'],
  'totp-offer': ['Dùng ứng dụng tạo mã', 'Use an authenticator app'],
  'totp-remove': ['Bỏ ứng dụng tạo mã', 'Stop using it'],
  'totp-title': ['Quét mã bằng ứng dụng', 'Scan the code with the app'],
  'totp-how': [
    'Mở ứng dụng tạo mã, quét hình bên dưới hoặc gõ dãy chữ. Hình này chỉ hiện một lần.',
    'Open the app, scan the picture or type the letters. They are shown once.',
  ],
  'totp-qr': ['Mã QR cho ứng dụng tạo mã', 'QR code for the authenticator app'],
  'totp-secret': ['Dãy chữ', 'Letters'],
  'totp-code': ['Mã 6 số ứng dụng đang hiện', 'The 6 digits that the app shows now'],
  'totp-confirm': ['Bắt đầu dùng', 'Begin to use it'],
  'totp-wrong': [
    'Mã chưa đúng. Chờ mã tiếp theo rồi gõ lại.',
    'The code is not right. Wait for the next one and type it.',
  ],
  'totp-again': ['Chưa quét được? Làm lại từ đầu', 'Not scanned? Start again'],
  codes: ['Mã dự phòng trên giấy', 'Recovery codes on paper'],
  'codes-left': ['Còn {n} mã.', '{n} are left.'],
  'codes-make': ['Tạo 10 mã mới', 'Make 10 new ones'],
  'codes-replace': ['Mã cũ, nếu còn, sẽ không dùng được nữa.', 'The old ones, if any are left, stop working.'],
  'codes-title': ['10 mã dự phòng mới', '10 new recovery codes'],
  'codes-once': [
    'Chép hoặc in ra ngay: các mã này không hiện lại. Mỗi mã dùng một lần. Cất riêng, không để cùng máy.',
    'Copy or print them now: they are not shown again. Each works once. Keep them apart from the device.',
  ],
  'codes-kept': ['Đã cất, về tài khoản', 'Kept; back to the account'],
  passcode: ['Passcode (mã 6 số)', 'Passcode of 6 digits'],
  'passcode-change': ['Đổi passcode', 'Change the passcode'],
  'passcode-current': ['Passcode hiện tại', 'The current passcode'],
  'passcode-forgotten': ['Quên passcode hiện tại?', 'Forgot the current one?'],
  'passcode-next': ['Passcode mới', 'The new passcode'],
  'passcode-again': ['Gõ lại passcode mới', 'The new one once more'],
  'passcode-changed': [
    'Đã đổi passcode. Mọi phiên khác đã kết thúc.',
    'The passcode was changed. Every other session has ended.',
  ],
  'passcode-current-wrong': [
    'Passcode hiện tại chưa đúng. Chưa có gì thay đổi.',
    'The current passcode is not right. Nothing was changed.',
  ],
  'passcode-differs': ['Hai lần gõ passcode mới khác nhau.', 'The new passcode was typed in two different ways.'],
  'passcode-six-digits': ['Passcode gồm đúng 6 chữ số.', 'A passcode has exactly 6 digits.'],
  'passcode-repeated': [
    'Passcode lặp lại quá dễ đoán. Chọn số khác.',
    'Repeated digits are guessed at once. Choose others.',
  ],
  'passcode-sequence': [
    'Passcode theo dãy quá dễ đoán. Chọn số khác.',
    'A sequence is guessed at once. Choose others.',
  ],
  'passcode-birth': [
    'Passcode giống ngày sinh, ai cũng đoán được. Chọn số khác.',
    'It resembles the birth date. Choose others.',
  ],
  'passcode-number': [
    'Passcode nằm trong số định danh hoặc số điện thoại. Chọn số khác.',
    'It stands in the personal number or the phone. Choose others.',
  ],
  slowed: [
    'Đã thử nhiều lần. Chờ {seconds} giây rồi thử lại.',
    'There were many tries. Wait {seconds} seconds, then try again.',
  ],
  'slowed-some': [
    'Đã thử nhiều lần. Chờ ít phút rồi thử lại.',
    'There were many tries. Wait some minutes, then try again.',
  ],
  'message-passcode': ['đã đặt mã 6 số mới', 'its six digits were chosen anew'],

  // Consents and visits.
  'consents-why': [
    'Rút lại thì nơi đó không xem được nữa, ngay lúc ấy. Những gì đã gửi trước đó nằm ở nơi nhận.',
    'What you withdraw ends at that moment. What was sent before is with who received it.',
  ],
  'consents-none': ['{You} chưa cho nơi nào xem.', 'You have let nobody see anything.'],
  'consents-former': ['Đã kết thúc', 'Ended'],
  'consent-given': ['cho ngày {day}, đến {until}', 'given on {day}, until {until}'],
  'consent-ended': ['kết thúc ngày {day}', 'ended on {day}'],
  'consent-refused': ['Không cho xem:', 'Not:'],
  'consent-for-child': ['cho con', 'about a child'],
  withdraw: ['Rút lại', 'Withdraw'],
  withdrawn: ['Đã rút lại. Nơi đó không xem được nữa.', 'Withdrawn. They can see it no more.'],
  party: ['nơi không còn đăng ký', 'a site that is registered no more'],
  'scope-openid': ['mã riêng cho trang đó và mức độ tài khoản', 'a code of its own and the account’s level'],
  'scope-profile': ['họ tên, giới tính', 'name, sex'],
  'scope-number': ['số định danh', 'personal number'],
  'scope-birthdate': ['ngày sinh', 'date of birth'],
  'scope-residence': ['nơi thường trú', 'residence'],
  'scope-phone': ['số điện thoại', 'phone'],
  'visits-none': [
    '{You} chưa đăng nhập ở nơi nào bằng tài khoản này.',
    'You have signed in nowhere with this account.',
  ],
  'visits-what': [
    'Những nơi {you} đã dùng tài khoản này để vào, mới nhất trước; lưu năm năm.',
    'Where you used this account to sign in, the latest first; kept five years.',
  ],
  'visits-more': ['Các lần cũ hơn có trong tệp dữ liệu của {you}:', 'Earlier ones are in the file of your data:'],
  'visit-as': ['mức độ [[level-nought]]{level}, cách xác nhận bậc {strength}', 'level {level}, strength {strength}'],

  // Children.
  'children-none': ['Dữ liệu dân cư không ghi con dưới 14 tuổi.', 'The register has no child of yours below 14.'],
  'children-what': [
    'Theo dữ liệu dân cư, ngày hôm nay. Từ ngày đủ 14 tuổi con tự dùng tài khoản của mình, và mục này tự hết.',
    'By the register, as of today. From the fourteenth birthday on children act by their own account, ' +
      'and this ends by itself.',
  ],
  born: ['sinh {day}', 'born {day}'],
  'act-for': ['Làm thay cho con', 'Act for a child'],
  'child-ask': ['Đăng ký tài khoản [[level-1]] cho con', 'Ask for an account of level 1 for the child'],
  'child-ask-what': () => [
    `Tài khoản dùng số điện thoại của {you}; công an nơi con ở quyết định trong ` +
      `${decide().withCard[1]} ngày làm việc. ` +
      '[[Level-2]] (từ đủ 6 tuổi): {you} cùng con đến công an xã, phường bất kỳ. Không mất phí, không bắt buộc.',
    `It has your phone; the police where the child lives decide within ${decide().withCard[1]} working day. ` +
      'For level 2, from six on, come with the child to any commune police. It is free, and nobody has to.',
  ],
  'child-agree': () => {
    const { age, to } = inForceToday(childConsent)
    return to === 'processing'
      ? [
          `{You} là cha, mẹ và đồng ý (mẫu TK01); con từ đủ ${age} tuổi cũng đã đồng ý.`,
          `You are the parent and agree (form TK01); a child from ${age} on has agreed too.`,
        ]
      : ['{You} là cha, mẹ và đồng ý (mẫu TK01).', 'You are the parent and agree (form TK01).']
  },
  'child-agree-needed': [
    'Cần đánh dấu đồng ý trước khi đăng ký cho con.',
    'Tick that you agree before you ask for the child.',
  ],
  'child-card-needed': [
    'Con cần có [[card]] trước. Con từ đủ 6 tuổi: {you} cùng con đến công an xã, phường bất kỳ để làm thẻ; ' +
      'con dưới 6 tuổi: {you} đề nghị trực tuyến.',
    'The child needs a card first. From six on come with the child to any commune police; ' +
      'below six you ask for it online.',
  ],
  'child-level-needed': [
    'Để đăng ký tài khoản cho con, {you} cần nâng tài khoản của mình lên [[level-2]]: ' +
      'mang thẻ đến công an xã, phường bất kỳ.',
    'To ask for the child’s account you need level 2 yourself: bring your card to any commune police.',
  ],
  'child-asked': [
    'Đã gửi yêu cầu cho con. Kết quả được báo về số điện thoại của {you}.',
    'The request for the child was sent. You are told on your phone.',
  ],
  'child-card-ask': ['Đề nghị cấp thẻ căn cước cho con', 'Ask for the child’s identity card'],
  'child-card-what': [
    'Con dưới 6 tuổi không phải thu nhận ảnh khuôn mặt, vân tay; trên thẻ không có ảnh. Thẻ có giá trị đến khi con ' +
      'đủ 14 tuổi, cấp lần đầu không mất phí. Công an nơi con cư trú giải quyết trong 7 ngày làm việc.',
    'Of a child below six neither face nor fingers are taken, and the card has no portrait. It holds until the ' +
      'child is 14, and the first one is free. The police where the child lives decide within 7 working days.',
  ],
  'child-card-delivery': ['Nhận thẻ', 'The card is had'],
  'child-card-unit': ['tại công an nơi con cư trú', 'at the police where the child lives'],
  'child-card-post': ['qua bưu chính, tại địa chỉ dưới đây', 'by post, at the address below'],
  'child-card-address': ['Địa chỉ nhận thẻ (khi nhận qua bưu chính)', 'Address (where it comes by post)'],
  'child-card-address-needed': ['Nhận thẻ qua bưu chính thì phải ghi địa chỉ.', 'A card by post needs an address.'],
  'child-card-agree': [
    '{You} là cha, mẹ hoặc người giám hộ và đề nghị cấp thẻ (mẫu DC02).',
    'You are the parent or guardian and ask for the card (form DC02).',
  ],
  'child-card-asked': [
    'Đã gửi đề nghị cấp thẻ cho con. {You} theo dõi tại trang này; kết quả được báo về số điện thoại của {you}.',
    'The card was asked for. Follow it on this page; you are told on your phone.',
  ],
  'child-card-returned': [
    'Hồ sơ thẻ của con được trả lại. {You} bổ sung rồi gửi lại.',
    'The application for the child’s card was sent back. Put right what is wrong and send it again.',
  ],
  'child-card-birth': [
    'Con chưa có số định danh cá nhân: đăng ký khai sinh trên cổng dịch vụ công, thủ tục liên thông đề nghị cấp ' +
      'thẻ cùng lúc.',
    'The child has no personal identification number yet: register the birth on the public service portal, which ' +
      'asks for the card together.',
  ],
  'child-card-level-needed': [
    'Để đề nghị cấp thẻ cho con trực tuyến, {you} cần tài khoản mức 2.',
    'To ask for the child’s card online you need an account of level 2.',
  ],
  'child-until': ['đủ 14 tuổi ngày {day}', 'fourteen on {day}'],

  // What the register has.
  'record-wrong': ['Thấy sai?', 'Something wrong?'],
  'record-wrong-how': [
    'Đến công an xã, phường nơi {you} thường trú, mang giấy tờ có ghi đúng (giấy khai sinh, giấy kết hôn, ' +
      'quyết định). Cán bộ lập phiếu DC02, một cán bộ khác quyết định; giá trị cũ vẫn được lưu. Không mất phí.',
    'Come to the police of the commune of your permanent residence with a paper that has it right (birth or ' +
      'marriage certificate, decision). An officer enters form DC02, another decides; old values are kept. ' +
      'It is free.',
  ],
  'record-where': ['Nơi chỉnh sửa', 'Where'],
  'record-open': ['Đang chỉnh sửa', 'Corrections under way'],
  'record-due': ['hạn {day}', 'by {day}'],
  number: ['Số định danh', 'Personal number'],
  'number-former': ['Số đã hủy', 'Cancelled numbers'],
  'number-old': ['Số chứng minh nhân dân', 'Old identity numbers'],
  name: ['Họ tên', 'Name'],
  birth: ['Ngày sinh', 'Date of birth'],
  sex: ['Giới tính', 'Sex'],
  'sex-M': ['nam', 'male'],
  'sex-F': ['nữ', 'female'],
  ethnicity: ['Dân tộc', 'Ethnicity'],
  religion: ['Tôn giáo', 'Religion'],
  nationality: ['Quốc tịch', 'Nationality'],
  hometown: ['Quê quán', 'Place of origin'],
  'residence-permanent': ['Thường trú', 'Permanent residence'],
  'residence-temporary': ['Tạm trú', 'Temporary residence'],
  'residence-current': ['Nơi ở hiện tại', 'Current residence'],
  household: ['Số hộ', 'Household'],
  'kin-father': ['Cha', 'Father'],
  'kin-mother': ['Mẹ', 'Mother'],
  'kin-guardian': ['Người giám hộ', 'Guardian'],
  'kin-spouse': ['Vợ hoặc chồng', 'Spouse'],
  'record-phones': ['Điện thoại', 'Phones'],
  history: ['Đã thay đổi', 'What was changed'],
  'history-line': ['{field}: {old} thành {new}', '{field}: {old} became {new}'],
  'number-released': ['Số cung cấp cho', 'Number given to'],
  'field-other': ['Thông tin khác', 'Other'],
  'empty-value': ['(trống)', '(empty)'],

  // The file.
  'download-what': [
    'Một tệp có mọi thứ hệ thống này giữ về {you}: dữ liệu dân cư, thẻ và hồ sơ, tài khoản, những nơi được xem, ' +
      'nơi đã đăng nhập, ai đã xem, tin nhắn.',
    'One file with what this installation keeps of you: register, cards and applications, account, consents, visits, ' +
      'who looked, messages.',
  ],
  'download-not': [
    'Không có trong tệp: ảnh, vân tay (khóa bằng khóa của trung tâm, chỉ mở khi làm thẻ), ' +
      'passcode và passkey, dữ liệu của người khác.',
    'Not in it: picture and fingerprints (sealed to the centre, opened to make the card alone), ' +
      'passcode and keys, data of others.',
  ],
  'download-care': [
    'Ai có tệp này đọc được tất cả. Không tải về máy chung.',
    'Whoever has the file reads all of it. Do not download it on a shared computer.',
  ],
  'download-go': ['Tải tệp JSON', 'Download the JSON file'],
  'download-print': ['Xem bản in', 'Printable page'],
  'print-title': ['Dữ liệu về {name}', 'Data about {name}'],
  'print-at': ['Lập lúc {at} theo yêu cầu của người đứng tên.', 'Made at {at} as the person asked.'],
  'print-looks': () => [
    `{n} lượt xem trong ${years()} năm; bản in có {shown} lượt mới nhất, tệp JSON có tất cả.`,
    `{n} looks in ${years()} years; here the latest {shown}, all of them in the JSON file.`,
  ],
  messages: ['Tin nhắn', 'Messages'],
  'messages-none': ['Chưa có tin nào.', 'None so far.'],

  // Locking.
  'lock-what': [
    'Khóa ngay lúc này: không ai đăng nhập được bằng tài khoản của {you}, ' +
      'mọi phiên và mọi nơi đang dùng tài khoản đều kết thúc.',
    'It is locked at once: nobody signs in with your account, and every session and every site that uses it ends.',
  ],
  'lock-undo': () => [
    `Muốn mở lại, {you} mang thẻ hoặc giấy tờ đến công an xã, phường bất kỳ, hoặc gọi ${hotline}; ` +
      `trong ${answer().decide} ngày làm việc có trả lời.`,
    `To unlock it, come to any commune police with your card or papers, or call ${hotline}; ` +
      `the answer takes at most ${answer().decide} working days.`,
  ],
  'lock-card': [
    'Mất cả thẻ? Báo thêm để khóa thẻ khi đến công an.',
    'Is the card lost too? Tell the police, who block it.',
  ],
  'lock-sure': ['Tôi muốn khóa tài khoản của mình', 'I want to lock my account'],
  'lock-go': ['Khóa tài khoản', 'Lock the account'],
  'lock-tick': ['Đánh dấu vào ô xác nhận trước khi khóa.', 'Tick the box first.'],
  'lock-no': ['Thôi, không khóa', 'No, leave it'],
  'lock-done': ['Tài khoản đã khóa', 'The account is locked'],
  'lock-reason': ['người giữ tự khóa trên trang của mình', 'locked by the holder on their own page'],
})

export type CitizenTextKey = Parameters<ReturnType<typeof say>>[0]
export type TextValues = Readonly<Record<string, string | number>>
/** How an account stands in the holder's words: what was handed up waits for the national centre. */
export const accountStateKey = ({
  state,
  handedUpAt,
}: Pick<accounts.Account, 'state' | 'handedUpAt'>): CitizenTextKey =>
  state === 'requested' && handedUpAt ? 'account-at-centre' : `account-${state}`

export type CitizenTranslate = (key: CitizenTextKey, facts?: TextValues) => string

const called: Record<FormOfAddress, string> = { em: 'em', adult: 'ông/bà' }

/** How the reader is spoken to, in Vietnamese. */
export const formOfAddress = (address: FormOfAddress): string => called[address]

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Puts facts into a text, and how the reader is called. */
export const fillText = (text: string, address: FormOfAddress, facts: TextValues = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'you') return called[address]
    if (name === 'You') return capitalized(called[address])
    return String(facts[name] ?? whole)
  })

export const translatorFor = (language: Language, address: FormOfAddress): CitizenTranslate => {
  const tell = say(language)
  return (key, facts) => fillText(tell(key), address, facts)
}
