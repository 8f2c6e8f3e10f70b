import { hotline } from '../../names/hotline.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { words } from '../../platform/pages/html.ts'
import { formerPhoneDays, sentCode, slipHoldHours, wrongDataEndSlip } from '../law.ts'

const code = () => inForceToday(sentCode)
const slipTries = () => inForceToday(wrongDataEndSlip)

/** Text of the pages for activation, forgotten passcodes and other devices. */
export const activationText = words({
  foot: [
    'Không ai có quyền hỏi passcode, số trong tin nhắn hay mã trên phiếu, kể cả công an.',
    'Nobody may ask for your passcode, the number in a message or the code on a slip, not even the police.',
  ],
  'step-proof': ['Xác nhận', 'Proof'],
  'step-passcode': ['Passcode', 'Passcode'],
  'step-codes': ['Mã dự phòng', 'Codes'],
  continue: ['Tiếp tục', 'Continue'],
  back: ['Quay lại', 'Back'],
  'start-over': ['Nhập lại từ đầu', 'Start over'],

  'own-proof': ['Xác nhận là chủ tài khoản', 'Prove that the account is yours'],
  'own-proof-lead': [
    'Tài khoản này đã được mở trước đây. Để không ai lấy mất tài khoản, cần thêm một cách xác nhận của chính bạn.',
    'This account was opened before. So that nobody takes it from you, prove it in one more way of your own.',
  ],
  'own-proof-kind': ['Xác nhận bằng', 'Prove it by'],
  'own-proof-passcode': ['Passcode (mã 6 số) đang dùng', 'The passcode of 6 digits in use'],
  'own-proof-recovery-code': ['Một mã dự phòng đã cất', 'A recovery code that you saved'],
  'own-proof-totp': ['Số trong ứng dụng tạo mã', 'The number of an authenticator app'],
  'own-proof-message': ['Số trong tin nhắn', 'The number of the message'],
  'own-proof-value': ['Passcode hoặc mã', 'Passcode or code'],
  'own-proof-send': ['Gửi tin nhắn đến điện thoại của tài khoản', 'Send a message to the account’s phone'],
  'own-proof-sent': [
    'Tin nhắn đã được gửi đến điện thoại của tài khoản.',
    'A message was sent to the account’s phone.',
  ],
  'own-proof-wrong': [
    'Chưa đúng. Kiểm tra lại hoặc chọn cách khác.',
    'This is not right. Check it, or choose another way.',
  ],
  'own-proof-officer': [
    'Không có cách nào? Nhờ một cán bộ khác với người in phiếu duyệt phiếu này; sau đó mở lại trang này, ' +
      'không cần phiếu mới.',
    'None of these? Ask another officer than the one who printed the slip to approve it, then open this page again. ' +
      'No new slip is needed.',
  ],
  'own-proof-slip': [
    'Số điện thoại của tài khoản mới được đổi nên tin nhắn chưa đủ. Không có cách nào khác thì đến công an xã, ' +
      'phường bất kỳ xin phiếu giấy có hai cán bộ duyệt.',
    'The account’s phone was changed lately, so a message is not enough. With no other way, ask for a slip that two ' +
      'officers approve at any commune police.',
  ],
  'own-proof-look': ['Xem phiếu đã được duyệt chưa', 'See whether the slip was approved'],
  'held-until': ['Đến', 'Until'],
  'held-means': [
    'tài khoản chưa thêm được passkey, ứng dụng, mã dự phòng hay số điện thoại mới, ' +
      'và chưa dùng được ở nơi cần [[level-2]] hoặc xác nhận hai cách.',
    'the account takes no new passkey, app, recovery codes or phone, and is not accepted where level 2 or two ways ' +
      'of confirming are needed.',
  ],
  'held-lift': [
    'Cần dùng ngay: mang [[card]] đến công an; cán bộ khác với người in phiếu đối chiếu thẻ và khuôn mặt ' +
      'rồi kết thúc thời gian chờ.',
    'If you need it at once: bring your identity card to the police. Another officer than the one who printed the ' +
      'slip compares card and face, and ends the waiting time.',
  ],
  'held-understood': ['Đã hiểu', 'I understand'],
  'slip-stop': ['Dừng phiếu giấy', 'Stop a slip of paper'],
  'slip-stop-lead': [
    'Nếu bạn được báo có phiếu giấy mở tài khoản mà bạn không yêu cầu, hãy dừng phiếu tại đây. ' +
      `Phiếu đã dùng rồi cũng dừng được trong ${slipHoldHours} giờ: passcode và thiết bị trước đó dùng lại được.`,
    'If you were told of a slip for your account that you did not ask for, stop it here. One that was used can be ' +
      `stopped within ${slipHoldHours} hours, too: your former passcode and device then count again.`,
  ],
  'slip-stop-phone-hint': [
    `Số đang dùng, hoặc số bị thay trong ${formerPhoneDays} ngày qua`,
    `The present phone, or one that was replaced within the last ${formerPhoneDays} days`,
  ],
  'slip-stop-sent': [
    'Nếu tài khoản có phiếu dừng được và số điện thoại khớp, tin nhắn đã được gửi đến số đó.',
    'If the account has a slip that can be stopped, and the phone fits, a message went to it.',
  ],
  'slip-stop-go': ['Dừng phiếu', 'Stop the slip'],
  'slip-stopped': ['Đã dừng phiếu', 'The slip is stopped'],
  'slip-stopped-text': [
    `Phiếu không dùng được nữa, passcode và thiết bị trước đó dùng lại được. Đăng nhập lại, hoặc gọi ${hotline} ` +
      'để báo việc này.',
    `The slip opens nothing any more, and your former passcode and device count again. Sign in again, or call ` +
      `${hotline} to report it.`,
  ],

  activate: ['Kích hoạt tài khoản', 'Activate the account'],
  'activate-lead': [
    'Làm ngay trên trang này, bằng điện thoại hoặc máy của chính mình, không cần cài ứng dụng.',
    'Do it on this page, on a phone or computer of your own. No app is needed.',
  ],
  number: ['Số định danh cá nhân', 'Personal number'],
  'number-hint': ['12 số, trên thẻ', '12 digits, on the card'],
  'phone-end': ['3 số cuối điện thoại đã đăng ký', 'Last 3 digits of the registered phone'],
  'send-number': ['Gửi tin nhắn', 'Send the message'],
  'by-slip': ['Kích hoạt bằng phiếu giấy có mã QR', 'Activate with a paper slip'],
  'by-slip-hint': ['Khi không nhận được tin nhắn', 'When no message comes'],
  forgotten: ['Quên passcode', 'Forgotten passcode'],
  'forgotten-hint': ['Dùng mã dự phòng, hoặc phiếu giấy', 'With a recovery code, or a slip'],
  'other-device': ['Đổi máy hoặc mất máy', 'Another device, or a lost one'],
  'other-device-hint': ['Tài khoản chỉ dùng trên một máy', 'An account is on one device at a time'],
  'slowed-before': ['Đã thử nhiều lần từ nơi này. Đợi', 'There were many attempts from here. Wait'],
  'slowed-after': ['giây rồi thử lại.', 'seconds, then try again.'],
  'number-malformed': [
    'Số định danh có 12 chữ số; kiểm tra lại số vừa nhập.',
    'A personal number has 12 digits; check what you typed.',
  ],
  'phone-malformed': ['Nhập đúng 3 chữ số cuối của điện thoại.', 'Type exactly the last 3 digits of the phone.'],

  'type-number': ['Nhập số trong tin nhắn', 'Type the number from the message'],
  'sent-before': [
    'Nếu số định danh và điện thoại khớp với một tài khoản, tin nhắn đã được gửi đến số kết thúc bằng',
    'If personal number and phone are those of an account, a message went to the phone ending in',
  ],
  'sent-after': () => [
    `Số trong tin dùng một lần, trong ${code().minutes} phút.`,
    `Its number is good once, for ${code().minutes} minutes.`,
  ],
  'message-number': ['Số trong tin nhắn', 'Number in the message'],
  'code-wrong': [
    'Số vừa nhập chưa khớp với tin nhắn mới nhất. Xem lại tin và nhập lại.',
    'This is not the number of the latest message. Look again.',
  ],
  'code-over': () => [
    `Số này không dùng được nữa: đã quá ${code().minutes} phút hoặc nhập sai ${code().tries} lần. ` +
      'Bấm “Gửi lại tin nhắn” để nhận số mới.',
    `This number is over: ${code().minutes} minutes have gone, or ${code().tries} tries were ` +
      `wrong. Ask for another message.`,
  ],
  'send-again': ['Gửi lại tin nhắn', 'Send another message'],
  'sent-again': [
    'Đã gửi lại, nếu thông tin khớp. Chỉ số trong tin mới nhất dùng được.',
    'Sent again, if what was given fits. Only the latest number counts.',
  ],
  'again-before': ['Chưa gửi lại được. Đợi', 'Not yet. Wait'],
  'no-message': ['Không nhận được tin nhắn', 'No message came'],
  'no-message-why': [
    'Thường do máy tắt hoặc mất sóng, đã đổi số, hoặc số điện thoại khi đăng ký bị ghi sai.',
    'Mostly the phone was off or out of reach, the number was changed, or it was taken down wrongly.',
  ],
  'no-message-do': [
    'Nhận phiếu giấy tại đợt cấp lưu động ở trường, hoặc tại công an xã, phường bất kỳ. ' +
      'Mang theo thẻ hoặc giấy hẹn; không mất phí. Số điện thoại ghi sai được sửa ngay tại đó.',
    'Get a paper slip at the session at school, or at any commune police. Bring the card or the receipt; ' +
      'it is free. A wrong phone is corrected there.',
  ],
  'have-slip': ['Tôi có phiếu giấy', 'I have a slip'],
  'back-to-number': ['Quay lại nhập số', 'Back to the number'],

  slip: ['Kích hoạt bằng phiếu giấy', 'Activate with a slip'],
  'slip-read': ['Đã đọc mã trên phiếu.', 'The code on the slip has been read.'],
  'slip-code': ['Mã trên phiếu', 'Code on the slip'],
  'slip-code-hint': [
    '28 chữ và số, bên trong phần dán kín (phiếu in trước đây: 16)',
    '28 letters and digits, inside the fold (16 on former slips)',
  ],
  'born-on': ['Ngày sinh', 'Birth date'],
  'born-hint': ['ngày/tháng/năm, ví dụ 15/03/2005', 'day/month/year, for example 15/03/2005'],
  'slip-wrong': () => [
    'Mã trên phiếu, số định danh và ngày sinh chưa khớp, hoặc phiếu đã dùng hay hết hạn. Kiểm tra lại; ' +
      `nhập sai ${slipTries()} lần thì phải in phiếu mới.`,
    'Code, personal number and birth date do not fit, or the slip was used or is over. Check them; ' +
      `after ${slipTries()} mistakes a new slip has to be printed.`,
  ],

  guardian: ['Cha, mẹ hoặc người giám hộ xác nhận', 'Father, mother or guardian confirms'],
  'guardian-why': [
    'Chủ tài khoản chưa đủ 14 tuổi. Cha, mẹ hoặc người giám hộ có tài khoản [[level-2]] ' +
      'xác nhận bằng tài khoản của mình.',
    'The holder is under 14. Father, mother or guardian confirms by an account of level 2 of their own.',
  ],
  'guardian-number': ['Số định danh của cha, mẹ hoặc người giám hộ', 'Personal number of the parent or guardian'],
  'guardian-passcode': ['Passcode của cha, mẹ hoặc người giám hộ', 'Passcode of the parent or guardian'],
  'guardian-wrong': [
    'Chưa xác nhận được: số định danh hoặc passcode chưa khớp, tài khoản chưa ở [[level-2]], hoặc không phải ' +
      'cha, mẹ, người giám hộ trong dữ liệu dân cư.',
    'Not confirmed: number or passcode do not fit, the account is not of level 2, ' +
      'or the register does not know them as parent or guardian.',
  ],
  confirm: ['Xác nhận cho con', 'Confirm for the child'],

  passcode: ['Đặt passcode (mã 6 số)', 'Choose a passcode of 6 digits'],
  'passcode-lead': [
    'Dùng để đăng nhập. Không nói cho ai, không dùng ngày sinh hay số trên thẻ.',
    'You sign in by it. Tell nobody; use neither birthday nor digits of the card.',
  ],
  'passcode-new': ['Passcode mới', 'New passcode'],
  'passcode-again': ['Nhập lại passcode', 'The same again'],
  'passcode-keep': ['Lưu passcode và kích hoạt', 'Keep it and activate'],
  'passcode-keep-new': ['Lưu passcode mới', 'Keep the new passcode'],
  'passcode-differs': ['Hai lần nhập khác nhau. Nhập lại cả hai.', 'The two differ. Type both again.'],
  'passcode-six-digits': ['Passcode gồm đúng 6 chữ số.', 'A passcode has exactly 6 digits.'],
  'passcode-repeated': [
    'Passcode lặp lại cùng chữ số thì dễ đoán. Chọn số khác.',
    'Repeated digits are easily guessed. Choose others.',
  ],
  'passcode-sequence': [
    'Dãy số liên tiếp thì dễ đoán. Chọn số khác.',
    'A sequence is easily guessed. Choose other digits.',
  ],
  'passcode-birth': [
    'Passcode có ngày hoặc năm sinh thì dễ đoán. Chọn số khác.',
    'It has your birth date or year in it. Choose other digits.',
  ],
  'passcode-number': [
    'Passcode trùng với số định danh hoặc số điện thoại. Chọn số khác.',
    'It stands in your personal number or phone. Choose other digits.',
  ],

  activated: ['Tài khoản đã kích hoạt', 'The account is activated'],
  'passcode-changed': ['Đã đặt passcode mới', 'The new passcode is kept'],
  'device-now': [
    'Từ nay tài khoản dùng trên máy này. Máy khác đang dùng trước đó không còn hiệu lực.',
    'From now on the account is on this device; a former one is over.',
  ],
  'codes-next': [
    'Còn một việc: cất mã dự phòng. Mất máy hoặc quên passcode thì mở lại tài khoản bằng mã này.',
    'One thing is left: keep the recovery codes. They open the account when the device is lost or the passcode ' +
      'forgotten.',
  ],
  'show-codes': ['Xem mã dự phòng', 'Show the recovery codes'],
  'passkey-add': ['Dùng thêm vân tay hoặc khuôn mặt của máy', 'Also use the finger or face of this device'],
  'passkey-hint': [
    'Tùy chọn. Vân tay và khuôn mặt không rời khỏi máy.',
    'Optional. Finger and face never leave the device.',
  ],
  'passkey-done': ['Đã thêm. Lần sau đăng nhập không cần nhập số.', 'Added. Next time no number is needed.'],
  'passkey-failed': [
    'Máy chưa thêm được. Bỏ qua bước này cũng không sao.',
    'The device could not add it. You can go on without.',
  ],
  'passkey-wait': ['Đang chờ máy…', 'Waiting for the device…'],

  codes: ['Mã dự phòng', 'Recovery codes'],
  'codes-lead': [
    'Chỉ hiện một lần. In trang này hoặc chép ra giấy, cất ở nhà. Mỗi mã dùng một lần. Không chụp ảnh gửi ai.',
    'They are shown once. Print this page or copy them on paper, and keep it at home. Each is good once. ' +
      'Send nobody a picture.',
  ],
  'codes-of': ['Mã dự phòng của tài khoản định danh điện tử', 'Recovery codes of the electronic identity account'],
  'codes-kept': ['Tôi đã cất mã', 'I have kept them'],
  done: ['Đã xong', 'Done'],
  'done-text': [
    'Tài khoản sẵn sàng để đăng nhập các dịch vụ. Có thể đóng trang này.',
    'The account is ready to sign in with. You may close this page.',
  ],

  stopped: ['Chưa kích hoạt được', 'It could not be activated'],
  'stopped-too-late-hotline': [
    'Đã quá thời hạn kích hoạt, kể từ khi có thông báo kết quả. Tài khoản vẫn kích hoạt được.',
    'The days to activate, counted from when the result was told, are over. The account can still be activated.',
  ],
  'do-too-late-hotline': [
    `Gọi tổng đài ${hotline}, hoặc đến công an xã, phường bất kỳ để mở lại. Sau đó quay lại trang này.`,
    `Call ${hotline}, or go to any commune police to have it opened again. Then come back to this page.`,
  ],
  'stopped-requested': ['Tài khoản chưa được phê duyệt.', 'The account has not been approved yet.'],
  'do-requested': [
    'Có kết quả sẽ có thông báo. Cần hỏi thêm, liên hệ công an xã, phường nơi nộp hồ sơ.',
    'You will be told. For questions turn to the police where you applied.',
  ],
  'stopped-activated': ['Tài khoản đã kích hoạt trước đó.', 'The account was activated before.'],
  'do-activated': [
    `Đăng nhập bằng passcode đã đặt. Nếu không phải mình kích hoạt, gọi ngay ${hotline} để khóa.`,
    `Sign in by the passcode. If it was not you, call ${hotline} at once to have it locked.`,
  ],
  'stopped-locked': ['Tài khoản đang bị khóa.', 'The account is locked.'],
  'do-locked': [
    `Gọi tổng đài ${hotline} hoặc đến công an xã, phường bất kỳ để hỏi lý do và đề nghị mở khóa.`,
    `Call ${hotline} or go to any commune police to ask why, and to have it unlocked.`,
  ],
  'stopped-card-missing': [
    '[[Card]], hoặc hồ sơ cấp thẻ, làm cơ sở cho tài khoản [[level-2]] không còn hiệu lực.',
    'The identity card, or the application for it, on which the account of level 2 rests has ended.',
  ],
  'do-card-missing': [
    'Đến công an xã, phường bất kỳ để làm lại thẻ. Sau đó quay lại trang này.',
    'Apply for the card anew at any commune police. Then come back to this page.',
  ],
  'stopped-slip-over': [
    'Phiếu này đã dùng, hết hạn hoặc đã in phiếu mới.',
    'This slip was used, is over, or a newer one was printed.',
  ],
  'do-slip-over': [
    'Dùng phiếu mới nhất, hoặc nhờ công an xã, phường in phiếu khác.',
    'Use the newest slip, or have another printed at any commune police.',
  ],
  'stopped-officer-device': ['Trình duyệt này đã dùng cho cán bộ đăng nhập.', 'Officers sign in from this browser.'],
  'do-officer-device': [
    'Tài khoản của người dân không kích hoạt trên máy của cán bộ: ai giữ máy sẽ giữ luôn tài khoản. ' +
      'Dùng điện thoại hoặc máy của chính mình, hoặc của người nhà.',
    'No citizen’s account is activated on an officer’s device: whoever holds it would hold the account. ' +
      'Use a phone or computer of your own, or of your family.',
  ],
  'stopped-helper-device': [
    'Máy này đang mở danh sách đi từng nhà của tổ.',
    'The visit list of a community group is open on this phone.',
  ],
  'do-helper-device': [
    'Tài khoản kích hoạt trên điện thoại của chính chủ tài khoản, không trên máy của người giúp: ai giữ máy sẽ giữ ' +
      'luôn tài khoản. Người không có điện thoại thì đến công an xã, phường. Tài khoản của chính người giúp thì ' +
      'kích hoạt khi máy không mở danh sách nữa.',
    'An account is activated on the phone of its holder, never on a helper’s: whoever holds the phone would hold the ' +
      'account. A person without a phone comes to the commune police. Helpers activate an account of their own once ' +
      'the list is no longer open here.',
  ],

  'forgotten-lead': [
    'Nhập một mã dự phòng chưa dùng; sau đó có tin nhắn gửi đến điện thoại của tài khoản.',
    'Type a recovery code that was not used yet; then a message goes to the phone of the account.',
  ],
  'recovery-code': ['Mã dự phòng', 'Recovery code'],
  'recovery-hint': ['28 chữ và số (mã tạo trước đây: 16)', '28 letters and digits (16 in former codes)'],
  'forgotten-wrong': [
    'Số định danh và mã dự phòng chưa khớp, hoặc mã đã dùng. Mất cả mã dự phòng thì dùng phiếu giấy.',
    'Personal number and recovery code do not fit, or the code was used. Without any code, use a slip.',
  ],
  'forgotten-slip': ['Không còn mã dự phòng', 'No recovery code is left'],
  'forgotten-slip-hint': ['Phiếu giấy do công an xã, phường bất kỳ in', 'A slip, printed at any commune police'],

  device: ['Dùng tài khoản trên máy này', 'Use the account on this device'],
  'device-lead': [
    'Tài khoản chỉ dùng trên một máy. Chuyển sang máy này thì máy cũ không dùng được nữa.',
    'An account is on one device at a time. Taken to this one, it is over on the former.',
  ],
  passcode6: ['Passcode (mã 6 số)', 'Passcode of 6 digits'],
  proof: ['Số hiện trên máy cũ, hoặc một mã dự phòng', 'Number shown on the old device, or a recovery code'],
  'device-take': ['Chuyển sang máy này', 'Take it to this device'],
  'device-wrong': [
    'Số định danh, passcode và số trên máy cũ (hoặc mã dự phòng) chưa khớp.',
    'Personal number, passcode and the number of the old device (or recovery code) do not fit.',
  ],
  'device-passkey': ['Dùng vân tay hoặc khuôn mặt của máy', 'Use the finger or face of the device'],
  'device-old': ['Máy cũ còn trong tay?', 'Is the old device at hand?'],
  'device-old-hint': ['Mở trang này trên máy cũ để lấy số', 'Open this page there and have a number shown'],
  'device-show': ['Lấy số trên máy cũ', 'Show a number on the old device'],
  'device-show-lead': () => [
    `Làm trên máy đang dùng tài khoản. Số hiện ra dùng một lần, trong ${code().minutes} phút.`,
    `On the device that has the account. The number is good once, for ${code().minutes} minutes.`,
  ],
  'device-show-wrong': [
    'Chưa lấy được: số định danh hoặc passcode chưa khớp, hoặc đây không phải máy đang dùng tài khoản.',
    'Not shown: number or passcode do not fit, or this is not the device of the account.',
  ],
  'device-shown': ['Nhập số này trên máy mới', 'Type this number on the new device'],
  'device-shown-hint': () => [
    `Dùng một lần, trong ${code().minutes} phút. Không đọc cho ai.`,
    `Good once, for ${code().minutes} minutes. Tell it to nobody.`,
  ],
  'device-lost': ['Mất cả máy và mã dự phòng', 'Device and recovery codes are both lost'],
  'device-lost-hint': [
    `Gọi ${hotline} để khóa, rồi nhận phiếu giấy tại công an xã, phường bất kỳ`,
    `Call ${hotline} to lock it, then get a slip at any commune police`,
  ],
  'device-done': ['Tài khoản đã chuyển sang máy này', 'The account is on this device now'],
})

export type ActivationText = ReturnType<typeof activationText>
export type ActivationTextKey = Parameters<ActivationText>[0]
