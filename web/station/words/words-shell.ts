/** The frame: bar, banner, locking, and what is said of the machine itself. */
export const shellWords = {
  station: ['Trạm thu nhận', 'Capture station'],
  demonstration: ['minh họa', 'demo'],
  rehearsal: ['tập dượt', 'rehearsal'],
  skip: ['Đến phần chính', 'Skip to the page'],
  'session-line': ['{machine} · {place}, {from} đến {to}', '{machine} · {place}, {from} to {to}'],
  'officer-menu': ['Cán bộ và máy', 'Officer and machine'],
  prepare: ['Chuẩn bị đợt', 'Prepare a session'],
  'to-packets': ['Các gói trên máy', 'Packets on this machine'],
  'to-work': ['Về đợt thu nhận', 'Back to the session'],
  switch: ['Đổi cán bộ', 'Switch officer'],
  lock: ['Khóa máy', 'Lock'],
  language: ['English', 'Tiếng Việt'],
  close: ['Đóng', 'Close'],
  cancel: ['Thôi', 'Never mind'],
  loading: ['Đang mở trạm', 'Opening the station'],
  'line-gone': ['Không có mạng từ {time}. Cứ thu nhận bình thường.', 'No line since {time}. Capture as usual.'],
  'line-gone-day': [
    'Không có mạng từ {time} ngày {day}. Cứ thu nhận bình thường.',
    'No line since {time} on {day}. Capture as usual.',
  ],
  'safe-here': ['{n} hồ sơ nằm an toàn trên máy này, đã khóa.', '{n} applications are safe on this machine, sealed.'],
  'safe-none': ['Chưa có hồ sơ nào phải gửi.', 'Nothing has to be sent yet.'],
  room: ['Còn chỗ cho khoảng {n} người.', 'There is room for about {n} people.'],
  'room-little': [
    'Chỉ còn chỗ cho khoảng {n} người: chép ra USB và nối mạng sớm.',
    'There is room for only about {n} people: copy to USB, and find a line soon.',
  ],
  'disk-full': ['Ổ đĩa đã đầy: chưa nhận thêm người.', 'The disk is full: nobody else can be captured.'],
  'disk-full-todo': [
    'Chép gói ra USB và đừng đóng trang. Xóa bớt tệp khác trên máy, rồi bấm “Thử lại”.',
    'Copy packets to USB, and do not close the page. Delete other files of this machine, then press “Try again”.',
  ],
  'disk-look-again': ['Thử lại', 'Try again'],
  'to-usb': ['Chép ra USB', 'Copy to USB'],
  'clock-back': [
    'Đồng hồ của máy chạy lùi so với lần cuối đã thấy ({latest}).',
    'The clock of this machine stands behind what it last was ({latest}).',
  ],
  'clock-back-todo': [
    'Danh sách tạm không đọc được và không bị xóa. Chỉnh lại ngày giờ của Windows, ' +
      'hoặc nối mạng để hệ thống báo giờ đúng.',
    'Lists cannot be read for now, and are not deleted. Set the date and time of the machine right, ' +
      'or connect so that the installation tells the time.',
  ],
  'clock-jumped-ahead': [
    'Đồng hồ của máy vừa nhảy tới {n} phút, nay là {now}: máy vừa ngủ, hoặc có người chỉnh giờ.',
    'The clock jumped ahead by {n} min, now {now}: the machine slept, or somebody set it.',
  ],
  'clock-jumped-back': [
    'Đồng hồ của máy vừa lùi {n} phút, nay là {now}: có người chỉnh giờ.',
    'The clock jumped back by {n} min, now {now}: somebody set it.',
  ],
  'clock-jumped-todo': [
    'So với đồng hồ khác. Giờ đã ghi trước đó giữ nguyên; gói của hồ sơ đang làm ghi lại việc này.',
    'Compare with another clock. What was noted before keeps its time; the packet in hand says that it happened.',
  ],
  'clock-jumped-seen': ['Đã xem', 'Seen'],
  'house-refuses': [
    'Hệ thống không nhận từ trạm này ({code}).',
    'The installation takes nothing from this station ({code}).',
  ],
  'house-refuses-todo': [
    'Hồ sơ đã khóa vẫn nằm nguyên trên máy. Báo quản trị viên đơn vị kèm mã trên.',
    'What was sealed stays here as it is. Tell the administrator of your unit, with the code.',
  ],
  'some-refused': ['{n} gói bị trả lại, cần người xem.', '{n} packets were refused and need a person.'],
  'see-them': ['Xem', 'See'],
  'other-tab': ['Trạm đang mở ở một thẻ khác', 'The station is open in another tab'],
  'other-tab-todo': [
    'Dùng thẻ đó, hoặc đóng nó lại; trang này sẽ tự mở tiếp.',
    'Use that tab, or close it; this page then goes on by itself.',
  ],
  'update-ready': ['Có bản mới của trạm.', 'There is a new version of the station.'],
  'update-now': ['Dùng bản mới', 'Use it now'],
  'page-broken': ['Trang này gặp lỗi', 'This page failed'],
  'page-broken-todo': [
    'Hồ sơ đang làm đã được giữ lại từng bước. Tải lại trang rồi mở tiếp.',
    'The capture in progress is kept step by step. Load the page again and go on.',
  ],
  reload: ['Tải lại trang', 'Load again'],
  'no-answer': ['Hệ thống không trả lời', 'The installation does not answer'],
  'no-answer-todo': ['Kiểm tra đường truyền rồi thử lại.', 'Check the line, then try again.'],
  'try-again': ['Thử lại', 'Try again'],
  code: ['Mã', 'Code'],
  'sign-in': ['Đăng nhập', 'Sign in'],

  // Locked
  'open-title': ['Mở đợt thu nhận', 'Open a session'],
  'no-roster': ['Máy này chưa có danh sách đợt nào', 'This machine has no list of a session'],
  'no-roster-todo': [
    'Khi còn mạng, vào Chuẩn bị đợt để lấy danh sách về máy. Các gói đã khóa vẫn gửi và chép ra USB được.',
    'While there is a line, prepare a session to take its list. Packets that were sealed can still be sent and ' +
      'copied to USB.',
  ],
  'which-session': ['Đợt', 'Session'],
  'session-choice': ['{place}, {day}, {from} đến {to} · {n} người', '{place}, {day}, {from} to {to} · {n} people'],
  'unfinished-only': ['Chỉ hồ sơ dở của tôi', 'Only my unfinished captures'],
  'which-officer': ['Cán bộ', 'Officer'],
  'given-to': [
    'Danh sách này được giao cho cán bộ nào thì người đó mới mở được.',
    'Only officers who were given this list can open it.',
  ],
  secret: ['Mật khẩu trạm', 'Station secret'],
  'open-after-clock': ['Chưa mở được đợt nào: chờ đồng hồ đúng', 'No session can be opened until the clock is right'],
  'open-it': ['Mở', 'Open'],
  opening: ['Đang mở', 'Opening'],
  'secret-wrong': [
    'Mật khẩu trạm không đúng. Mật khẩu này do chính anh/chị đặt khi lấy danh sách.',
    'The secret is wrong. It is the one that you chose when you took the list.',
  ],
  'roster-over': [
    'Danh sách đợt này đã hết hạn theo đồng hồ của máy và không đọc được nữa. ' +
      'Nếu đồng hồ sai, chỉnh lại cho đúng rồi nối mạng.',
    'By the clock of this machine the list of this session is over, and cannot be read any more. ' +
      'If the clock is wrong, set it right and connect.',
  ],
  'not-given': [
    'Danh sách này chưa được giao cho anh/chị. Nối mạng, vào Chuẩn bị đợt để lấy.',
    'This list was not given to you. Connect, and take it under Prepare a session.',
  ],
  'roster-unknown': ['Danh sách này không còn trên máy.', 'This list is not on this machine any more.'],
  'no-unfinished': ['{name} không có hồ sơ dở nào trên máy này.', '{name} has no unfinished capture on this machine.'],
  'drafts-kept': [
    '{n} hồ sơ dở còn trên máy. Danh sách hết hạn rồi thì chỉ cán bộ đã làm dở mới mở tiếp được, ' +
      'bằng mật khẩu trạm của mình.',
    '{n} unfinished captures are kept. Once a list is over, only the officer who began one can go on with it, ' +
      'by their own secret.',
  ],
  'grant-over': [
    'Quyền thu nhận của {name} tại trạm này đã hết hạn ngày {day}.',
    'What {name} may do at this station ended on {day}.',
  ],
  'grant-over-todo': [
    'Nối mạng, đăng nhập và vào Chuẩn bị đợt để nhận lại quyền. Hồ sơ dở vẫn được giữ.',
    'Connect, sign in, and take the right anew under Prepare a session. Unfinished captures are kept.',
  ],
  'just-ended': [
    'Danh sách đợt đã hết hạn lúc {time} và không đọc được nữa. Hồ sơ đang làm vẫn còn: ' +
      'làm xong rồi khóa, hoặc mở lại sau bằng mật khẩu trạm.',
    'The list of the session ended at {time} and cannot be read any more. The capture in progress is kept: ' +
      'finish and seal it, or open it later by your secret.',
  ],
  'locked-unkept': [
    'Máy đã khóa, nhưng hồ sơ đang làm chưa ghi được vào đĩa. Hồ sơ đang được giữ, đã mã hóa, trong trang này: ' +
      'đừng đóng trang, giải phóng chỗ trống trên đĩa, máy sẽ tự ghi.',
    'The machine is locked, but the capture in progress could not be written. ' +
      'It is held in this page, encrypted: do not close the page, free some space on the disk, ' +
      'and it is written by itself.',
  ],
  'locked-idle': [
    'Máy tự khóa vì không ai dùng. Hồ sơ đang làm đã được giữ.',
    'The machine locked itself, since nobody used it. The capture in progress is kept.',
  ],
} as const
