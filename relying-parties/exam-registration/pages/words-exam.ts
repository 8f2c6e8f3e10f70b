import type { Language } from '../html.ts'

/**
 * Texts of the frame, the exams, the queue and signing in, keyed; Vietnamese first. Those of forms are in
 * words-form.ts, those of schools in words-school.ts.
 */
export const words = <const Texts extends Record<string, readonly [vi: string, en: string]>>(texts: Texts) => {
  return (language: Language) => (key: keyof Texts & string) => texts[key]?.[language === 'vi' ? 0 : 1] ?? key
}

export const say = words({
  site: ['Đăng ký dự thi', 'Exam registration'],
  demonstration: ['trang minh họa', 'demonstration'],
  'other-language': ['English', 'Tiếng Việt'],
  main: ['Các kỳ thi', 'Exams'],
  doubts: ['Hỏi đáp', 'Questions'],
  'to-content': ['Đến nội dung', 'To the content'],
  'signed-in-as': ['Đang đăng nhập:', 'Signed in:'],
  'sign-out': ['Đăng xuất', 'Sign out'],
  'my-registration': ['Đơn của em', 'Your registration'],
  'school-place': ['Dành cho trường', 'For schools'],
  'server-time': ['Giờ máy chủ', 'Server time'],
  'to-first': ['Về trang đầu', 'To the first page'],

  lead: [
    'Em đăng nhập, kiểm tra thông tin đã điền sẵn, chọn bài thi và nơi thi, rồi nhận phiếu. ' +
      'Mất khoảng mười phút. Sửa được đến khi đóng cổng.',
    'Sign in, check what is filled in already, choose papers and place, and receive your slip. ' +
      'It takes some ten minutes. You can change it until registration closes.',
  ],
  'sign-in-button': ['Đăng nhập bằng tài khoản định danh', 'Sign in with your identity account'],
  'go-on-button': ['Tiếp tục đơn đăng ký', 'Go on with your registration'],
  'needs-level-1': ['Cần tài khoản định danh mức độ 1 trở lên.', 'An identity account of level 1 or above is needed.'],
  'needs-level-2': ['Cần tài khoản định danh mức độ 2.', 'An identity account of level 2 is needed.'],
  'not-activated': ['Chưa kích hoạt? Dùng', 'Not activated yet? Use the'],
  'paper-slip': ['phiếu giấy có mã QR', 'paper slip with a QR code'],
  'or-teacher': ['hoặc hỏi giáo viên chủ nhiệm.', 'or ask your teacher.'],
  today: ['Hôm nay', 'Today is'],
  'closes-in': ['Cổng đóng sau', 'Registration closes in'],
  'opens-in': ['Cổng mở sau', 'Registration opens in'],
  'closed-now': ['Cổng đã đóng', 'Registration is closed'],
  'by-server': [', giờ máy chủ.', ', server time.'],
  'closing-rule': [
    'Giờ cuối sẽ có hàng chờ: em giữ số thứ tự kể cả khi tải lại trang. Nộp trước 17:00 là kịp. ' +
      'Ai đã lấy số hoặc đã vào trước giờ đóng thì có thêm {minutes} phút, tính từ giờ đóng hoặc từ lúc được vào, ' +
      'lấy giờ muộn hơn.',
    'In the last hour there is a queue: you keep your place even if you reload. ' +
      'Whoever hands in before the close is in time. Whoever took a place or was inside before it has {minutes} ' +
      'more minutes, from the close or from being let in, whichever is later.',
  ],
  'assumed-dates': [
    'Ngày giờ của kỳ thi này do trang minh họa giả định.',
    'Dates of this exam are assumed for the demonstration.',
  ],
  'dates-by': ['Ngày giờ theo', 'Dates by'],
  'own-way-in': [
    'Trang minh họa này yêu cầu đăng nhập bằng tài khoản định danh điện tử. Năm 2023, thí sinh lớp 12 đăng nhập bằng ' +
      'tài khoản do trường cấp (số CCCD, CMND hoặc số định danh); thí sinh tự do đăng ký trực tiếp.',
    'This demonstration asks for an electronic identity account. In 2023 pupils of grade 12 signed in with an ' +
      'account that their school gave them (by their card’s or personal number); others registered in person.',
  ],
  'step-now': ['đang mở', 'open now'],
  until: ['đến', 'to'],

  'wrong-data': ['Thông tin của em bị sai?', 'Is something about you wrong?'],
  'wrong-data-how': ['Xem cách đề nghị chỉnh sửa', 'See how to have it corrected'],
  'wrong-data-before': ['Đừng sửa trong đơn.', 'Do not change it in the form.'],
  'wrong-data-after': [
    'với công an phường; đơn tự cập nhật khi sửa xong.',
    'by the ward police; the form follows once it is done.',
  ],
  'no-number': ['Chưa có số định danh?', 'No personal number?'],
  'no-number-before': ['Thí sinh chưa có số nhận', 'Candidates without a number receive a'],
  'no-number-code': ['mã dự thi 12 ký tự', '12-sign exam code'],
  'no-number-after': [
    '. Mã này chỉ dùng cho kỳ thi, không phải số định danh.',
    '. It serves for the exam alone and is no personal number.',
  ],
  'who-sees': ['Trang này xem gì của em?', 'What does this site see?'],
  'who-sees-before': [
    'Chỉ những gì em đồng ý, kèm mục đích. Em thấy lại trong',
    'Only what you agree to, for its purpose. You find it again under',
  ],
  'who-looked': ['Ai đã xem', 'Who looked'],
  'who-sees-after': ['và rút lại được.', 'and can take it back.'],

  'queue-title': ['Em đang trong hàng chờ', 'You are in the queue'],
  'queue-ahead': ['Trước em còn', 'Before you there are'],
  'queue-people': ['người', 'people'],
  'queue-about': ['Khoảng', 'About'],
  'queue-at': ['nữa đến lượt, lúc', 'until your turn, at'],
  'queue-place': ['Số thứ tự của em', 'Your place'],
  'queue-taken': ['lấy lúc', 'taken at'],
  'queue-reload': [
    'Trang tự tải lại. Em có thể đóng trang rồi mở lại ở trình duyệt này, số thứ tự không mất.',
    'The page reloads by itself. You may close it and open it again in this browser; your place is kept.',
  ],
  'queue-in-time': [
    'Em lấy số trước giờ đóng nên vẫn được nộp, kể cả khi đến lượt sau giờ đóng.',
    'You took your place before the close, so you may hand in even if your turn comes after it.',
  ],
  'queue-again': ['Xem lại bây giờ', 'Look again now'],

  'not-yet-title': ['Chưa đến giờ đăng ký', 'Registration has not begun'],
  'not-yet-fix': ['Cổng mở lúc', 'It opens at'],
  'closed-title': ['Cổng đăng ký đã đóng', 'Registration has closed'],
  'closed-at': ['Đóng lúc', 'It closed at'],
  'closed-nothing': ['Chưa có gì được nộp thêm.', 'Nothing more was handed in.'],
  'closed-has': [
    'Em đã đăng ký trước đó. Phiếu vẫn còn hiệu lực.',
    'You had registered before. Your slip still holds.',
  ],
  'closed-sign-in': ['Đã đăng ký? Đăng nhập để xem phiếu', 'Registered already? Sign in to see your slip'],
  'closed-change': [
    'Đơn đã nộp không tự sửa được nữa. Sai sót báo trường đến hết ngày',
    'What was handed in can no longer be changed by you. Tell your school of mistakes until',
  ],
  'what-now': ['Làm gì bây giờ', 'What now'],
  'see-receipt': ['Xem phiếu', 'See the slip'],
  'ticket-other-title': ['Số thứ tự này đã có người khác dùng', 'This place was used by somebody else'],
  'ticket-other-fix': [
    'Mỗi người một số. Em lấy số mới ở trang kỳ thi, nếu cổng còn mở.',
    'A place is one person’s. Take a new one on the exam’s page, if registration is still open.',
  ],

  'failure-cancelled': ['Em đã không cho phép, hoặc đã dừng đăng nhập', 'You did not agree, or stopped signing in'],
  'failure-cancelled-fix': [
    'Không có thông tin nào được gửi cho trang này và chưa có gì được đăng ký. ' +
      'Muốn đăng ký thì đăng nhập lại và đồng ý.',
    'Nothing about you was sent to this site and nothing was registered. To register, sign in again and agree.',
  ],
  'failure-level-too-low': ['Tài khoản của em chưa đủ mức', 'The level of your account is too low'],
  'failure-level-too-low-fix': [
    'Kỳ thi này cần tài khoản mức độ {level}. Em đến công an xã, phường hoặc buổi làm lưu động ở trường để được ' +
      'nâng mức, rồi đăng nhập lại. Chưa có gì được đăng ký.',
    'This exam needs an account of level {level}. Have it raised by the commune police or at a session in your ' +
      'school, then sign in again. Nothing was registered.',
  ],
  'failure-claims-missing': ['Còn thiếu thông tin bắt buộc', 'Something that is required is missing'],
  'failure-claims-missing-fix': [
    'Cổng định danh không cho trang này biết: {missing}. Hồ sơ thi bắt buộc có. ' +
      'Em đăng nhập lại và đồng ý, hoặc hỏi công an phường nếu thông tin chưa có.',
    'The identity provider did not tell this site: {missing}. An exam file must have it. ' +
      'Sign in again and agree, or ask the ward police if it is not on record.',
  ],
  'failure-provider-away': ['Cổng định danh chưa trả lời', 'The identity provider does not answer'],
  'failure-provider-away-fix': [
    'Trang đăng ký vẫn chạy, số thứ tự của em vẫn giữ. Đợi một phút rồi đăng nhập lại.',
    'This site runs and your place is kept. Wait a minute, then sign in again.',
  ],
  'failure-provider-refused': [
    'Cổng định danh từ chối lượt đăng nhập này',
    'The identity provider refused this sign-in',
  ],
  'failure-provider-refused-fix': [
    'Đây không phải lỗi của em. Đăng nhập lại; nếu vẫn vậy, báo các mã dưới đây cho trường.',
    'It is not your fault. Sign in again; if it stays so, tell your school the codes below.',
  ],
  'failure-answer-wrong': [
    'Câu trả lời của cổng định danh không kiểm tra được',
    'The identity provider’s answer could not be verified',
  ],
  'failure-answer-wrong-fix': [
    'Trang này không nhận câu trả lời chưa kiểm tra được. Chưa có gì được đăng ký. Đăng nhập lại từ trang kỳ thi.',
    'This site takes no answer that it cannot verify. Nothing was registered. Sign in again from the exam’s page.',
  ],
  'failure-sign-in-lost': ['Lượt đăng nhập này không còn dùng được', 'This sign-in can no longer be used'],
  'failure-sign-in-lost-fix': [
    'Nó đã dùng rồi, quá mười phút, hoặc bắt đầu ở trình duyệt khác. Đăng nhập lại từ trang kỳ thi.',
    'It was used already, is older than ten minutes, or began in another browser. Sign in again from the exam’s page.',
  ],
  'try-again': ['Đăng nhập lại', 'Sign in again'],
  'code-house': ['Mã tra cứu phía cổng định danh', 'The identity provider’s code'],
  'code-here': ['Mã tra cứu ở trang này', 'This site’s code'],
  'code-error': ['Lỗi', 'Error'],
  'claim-name': ['họ tên', 'name'],
  'claim-birthdate': ['ngày sinh', 'date of birth'],
  'claim-gender': ['giới tính', 'sex'],
  'claim-person_number': ['số định danh', 'personal number'],
  'signed-out-title': ['Em đã đăng xuất', 'You are signed out'],
  'signed-out-fix': [
    'Máy dùng chung: đóng hết cửa sổ trình duyệt trước khi rời máy.',
    'On a shared computer, close all windows of the browser before you leave.',
  ],

  'code-title': ['Đăng nhập bằng mã dự thi', 'Sign in with an exam code'],
  'code-lead': [
    'Dành cho thí sinh chưa có số định danh: người nước ngoài, người chưa tìm thấy trong cơ sở dữ liệu dân cư. ' +
      'Trường hoặc điểm tiếp nhận cấp mã và mật khẩu trên phiếu.',
    'For candidates without a personal number: foreigners, and who was not found in the register. ' +
      'A school or the office gives code and password on a slip.',
  ],
  'code-label': ['Mã dự thi', 'Exam code'],
  'code-hint': ['12 ký tự, chữ và số, trên phiếu được cấp', '12 signs, letters and digits, on your slip'],
  password: ['Mật khẩu', 'Password'],
  'password-hint': ['Mười chữ cái, trên phiếu được cấp', 'Ten letters, on your slip'],
  'sign-in': ['Đăng nhập', 'Sign in'],
  'code-is-number': [
    'Đây là số định danh cá nhân, không phải mã dự thi. Em đã có số thì đăng nhập bằng tài khoản định danh.',
    'This is a personal number, not an exam code. Who has a number signs in with an identity account.',
  ],
  'code-old-number': [
    'Đây giống số CMND 9 số. Mã dự thi có 12 ký tự và bắt đầu bằng chữ.',
    'This looks like an old 9-digit identity number. An exam code has 12 signs and begins with a letter.',
  ],
  'code-wrong-length': ['Mã dự thi có đúng 12 ký tự.', 'An exam code has exactly 12 signs.'],
  'code-wrong-check': [
    'Có ký tự gõ nhầm hoặc đổi chỗ. So lại từng nhóm bốn ký tự trên phiếu.',
    'A sign is mistyped or two are swapped. Compare each group of four with your slip.',
  ],
  'code-wrong-sign': [
    'Mã dự thi chỉ có chữ không dấu và số.',
    'An exam code has only letters without marks and digits.',
  ],
  'code-refused': [
    'Mã và mật khẩu chưa khớp. So lại với phiếu.',
    'Code and password do not match. Compare them with your slip.',
  ],
  slowed: [
    'Đã nhập sai nhiều lần. Đợi {seconds} giây rồi thử lại.',
    'There were several wrong tries. Wait {seconds} seconds, then try again.',
  ],

  'page-unknown': ['Không có trang này', 'There is no such page'],
  'page-unknown-fix': [
    'Địa chỉ có thể bị gõ thiếu. Bắt đầu lại từ trang đầu.',
    'The address may be incomplete. Begin again at the first page.',
  ],
  'foreign-form': ['Đơn gửi từ nơi khác không được nhận', 'A form sent from elsewhere is not taken'],
  'foreign-form-fix': [
    'Mở trang này trực tiếp và gửi lại. Chưa có gì được thay đổi.',
    'Open this site itself and send it again. Nothing was changed.',
  ],
  fault: ['Trang gặp lỗi và đã ghi lại', 'Something failed here; it was noted'],
  'fault-fix': [
    'Những gì đã nộp vẫn còn. Đợi một phút rồi thử lại; nếu vẫn lỗi, báo mã dưới đây cho trường.',
    'What was handed in is kept. Try again in a minute; if it fails again, tell your school the code below.',
  ],
  'nul-character': ['Dữ liệu gửi lên có ký tự NUL (mã 0)', 'What was sent holds a NUL character (code 0)'],
  'nul-character-fix': [
    'Xóa ký tự này rồi gửi lại. Chưa có gì được ghi.',
    'Remove the character and send again. Nothing was stored.',
  ],
  'too-large': ['Dữ liệu gửi lên quá lớn hoặc không đọc được', 'What was sent is too large or cannot be read'],
  'too-large-fix': [
    'Mở lại trang và gửi lại. Chưa có gì được thay đổi.',
    'Open the page again and send it again. Nothing was changed.',
  ],
})

/** Puts values into a text's braces. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (brace, name: string) => String(values[name] ?? brace))

export type Say = ReturnType<typeof say>
