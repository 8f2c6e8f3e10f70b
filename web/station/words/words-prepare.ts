/**
 * Before a session, while there is a line: the machine, the officer, the secret, the list, and whether the machine is
 * fit for it.
 */
export const prepareWords = {
  'prepare-title': ['Chuẩn bị đợt, khi còn mạng', 'Prepare a session, while there is a line'],
  'needs-line': ['Cần mạng để chuẩn bị', 'A line is needed for this'],
  'needs-line-todo': [
    'Máy đang không liên lạc được với hệ thống. Nối mạng rồi thử lại; ' +
      'đợt đã lấy về thì vẫn mở và thu nhận bình thường.',
    'The server cannot be reached. Connect and try again; a session that was taken can be captured as usual.',
  ],
  'this-machine': ['Máy này', 'This machine'],
  'not-registered': ['Trình duyệt này chưa là trạm của đơn vị nào.', 'This browser is no station of any unit yet.'],
  'machine-name': ['Tên máy', 'Name of the machine'],
  'machine-name-hint': ['Như dán trên máy, ví dụ Máy 01.', 'As it stands on the machine, such as Machine 01.'],
  'register-it': ['Đăng ký trạm', 'Register the station'],
  'registered-as': ['{code}, {name}. {unit}', '{code}, {name}. {unit}'],
  officer: ['Cán bộ', 'Officer'],
  'take-grant': ['Nhận quyền cho người đang đăng nhập', 'Take the right of whoever is signed in'],
  'must-sign-in': [
    'Chưa ai đăng nhập trên máy này, hoặc phiên đã hết.',
    'Nobody is signed in here, or the session has ended.',
  ],
  'granted-until': [
    '{name}, được thu nhận tại trạm này đến {time} ngày {day}.',
    '{name} may capture at this station until {time} on {day}.',
  ],
  'other-officer': ['Cán bộ khác', 'Another officer'],
  'secret-title': ['Mật khẩu trạm của {name}', 'Station secret of {name}'],
  'secret-why': [
    'Khóa danh sách và hồ sơ dở trên máy này. Hệ thống không biết mật khẩu này và không lấy lại được.',
    'It locks lists and unfinished captures on this machine. The server does not know it and cannot bring it back.',
  ],
  'secret-new': ['Đặt mật khẩu trạm', 'Choose a station secret'],
  'secret-again': ['Gõ lại', 'Type it again'],
  'secret-rules': [
    'Ít nhất {n} ký tự, không chỉ một vài ký tự lặp lại hay dãy liền nhau. Nên là vài từ dễ nhớ.',
    'At least {n} characters, not a few repeated ones or a run of them. A few words that you remember are best.',
  ],
  'secret-short': ['Mới có {n} ký tự, cần ít nhất {least}.', '{n} characters so far; at least {least} are needed.'],
  'secret-simple': ['Quá dễ đoán: lặp lại hoặc là dãy liền nhau.', 'Too easy to guess: repeated characters, or a run.'],
  'secret-differs': ['Hai lần gõ khác nhau.', 'The two differ.'],
  'secret-enter': ['Mật khẩu trạm đã đặt', 'The secret that you chose'],
  'secret-ok': ['Đã mở bằng mật khẩu trạm.', 'Opened by your secret.'],
  'secret-forgotten': ['Quên, đặt mật khẩu mới', 'Forgotten: choose a new one'],
  'secret-forgotten-cost': [
    'Đặt mới thì danh sách đã lấy phải lấy lại, và {n} hồ sơ dở của anh/chị trên máy này không mở được nữa.',
    'With a new one, lists must be taken again, and your {n} unfinished captures here can never be opened.',
  ],
  'secret-set': ['Đặt', 'Choose it'],
  'secret-continue': ['Tiếp tục', 'Go on'],
  sessions: ['Đợt sắp tới', 'Coming sessions'],
  'sessions-none': [
    'Đơn vị chưa có đợt nào trong những ngày tới. Xếp đợt ở Lịch lưu động.',
    'Your unit has no session in the coming days. Plan one under Sessions.',
  ],
  'session-when': ['{day}, {from} đến {to} · {n} người', '{day}, {from} to {to} · {n} people'],
  'session-other-kind': [
    'Trạm chưa làm loại đợt này: cần mạng, làm trên bảng điều khiển.',
    'Stations do not serve this kind of session: it needs a line and the console.',
  ],
  'take-roster': ['Lấy danh sách', 'Take the list'],
  'take-again': ['Lấy lại', 'Take it again'],
  'taken-until': [
    'Đã có trên máy, đọc được đến {time} ngày {day}',
    'On this machine, to be read until {time} on {day}',
  ],
  'open-session': ['Mở đợt này', 'Open this session'],
  'clock-first': [
    'Chỉnh đồng hồ của máy trước khi lấy danh sách.',
    'Set the clock of the machine right before taking the list.',
  ],

  checks: ['Kiểm tra máy', 'The machine'],
  'check-again': ['Kiểm tra lại', 'Check again'],
  'check-stored': ['Giữ dữ liệu lâu dài', 'Lasting storage'],
  'check-stored-good': ['trình duyệt cam kết không tự xóa', 'the browser will not clear it by itself'],
  'check-stored-poor': ['trình duyệt có thể tự xóa khi đĩa đầy', 'the browser may clear it when the disk is full'],
  'check-stored-todo': [
    'Cài trạm thành ứng dụng (nút Cài đặt trên thanh địa chỉ) rồi kiểm tra lại; giữ đĩa còn trống.',
    'Install the station as an app (in the address bar), check again, and keep the disk free.',
  ],
  'check-room': ['Chỗ trống', 'Room'],
  'check-room-good': ['cho khoảng {n} người, cần {people}', 'for about {n} people, {people} are needed'],
  'check-room-kept': [
    'trong đó {size} MB là gói hệ thống đã ký nhận, máy tự xóa dần, gói cũ trước, khi cần chỗ thu nhận',
    '{size} MB of it are packets that the server has: they go by themselves, the oldest first, when room is needed',
  ],
  'check-room-todo': [
    'Xóa bớt tệp trên máy, hoặc chép gói cũ ra USB, trước khi đi.',
    'Free the disk, or copy older packets to USB, before you go.',
  ],
  'check-clock': ['Đồng hồ', 'Clock'],
  'check-clock-good': ['lệch {n} giây so với hệ thống', '{n} seconds from the installation'],
  'check-clock-poor': ['lệch {n} phút so với hệ thống', '{n} minutes from the installation'],
  'check-clock-todo': [
    'Chỉnh ngày giờ của Windows (múi giờ Hà Nội), rồi kiểm tra lại.',
    'Set date and time (time zone of Hanoi), then check again.',
  ],
  'check-clock-unknown': ['chưa hỏi được hệ thống', 'the installation was not asked yet'],
  'check-offline': ['Mở được khi mất mạng', 'Opens without a line'],
  'check-offline-good': ['đã lưu đủ trên máy', 'all of it is on this machine'],
  'check-offline-poor': ['chưa lưu đủ', 'not all of it is here yet'],
  'check-offline-todo': [
    'Chờ một phút rồi kiểm tra lại; không tắt mạng trước khi mục này đạt.',
    'Wait a minute and check again; keep the line until this is good.',
  ],
  'check-camera': ['Máy ảnh', 'Camera'],
  'check-camera-good': ['thấy {n} máy ảnh', '{n} found'],
  'check-camera-poor': ['không thấy máy ảnh', 'none found'],
  'check-camera-todo': [
    'Cắm máy ảnh, cho phép trình duyệt dùng. Không có thì chọn ảnh từ tệp.',
    'Plug it in and allow the browser to use it. Without one, a picture is chosen from a file.',
  ],
  'check-fingers': ['Máy vân tay', 'Fingerprint device'],
  'check-fingers-good': ['{name}', '{name}'],
  'check-fingers-poor': ['không thấy', 'none found'],
  'check-fingers-todo': [
    'Cắm máy và mở chương trình của máy. Không có thì ghi lý do, người dân phải đến lấy vân tay sau.',
    'Plug it in and start its program. Without it a reason is recorded, and people come again for it.',
  ],
  'check-printer': ['Máy in', 'Printer'],
  'check-printer-hint': ['chưa kiểm tra được từ đây', 'cannot be seen from here'],
  'check-printer-todo': ['In thử một tờ trước khi đi.', 'Print one sheet before you go.'],
  'print-trial': ['In thử', 'Print a trial'],
  'trial-sheet': ['Tờ in thử của trạm', 'A trial sheet of the station'],
  'check-battery': ['Pin', 'Battery'],
  'check-battery-good': ['{n}%, {how}', '{n}%, {how}'],
  'battery-charging': ['đang sạc', 'charging'],
  'battery-alone': ['không cắm điện', 'not plugged in'],
  'check-battery-todo': ['Sạc đầy, mang theo bộ sạc.', 'Charge it fully, and take the charger along.'],
  'verdict-good': ['đạt', 'good'],
  'verdict-poor': ['chưa đạt', 'not yet'],
  'verdict-unknown': ['chưa biết', 'unknown'],
  'house-key-changed': [
    'Khóa ký của hệ thống khác với khóa đã ghim lúc đăng ký trạm. Không nhận gì cho đến khi quản trị viên xác nhận.',
    'The signing key of the installation differs from the one that was pinned here. ' +
      'Nothing is taken until an administrator has confirmed it.',
  ],
  'grant-wrong': [
    'Giấy phép nhận được không đúng chữ ký hoặc không dành cho trạm này.',
    'What was given is not signed rightly, or is not for this station.',
  ],
  'roster-of-another-officer': [
    'Danh sách nhận được là của cán bộ khác: đã có người khác đăng nhập trên máy này. ' +
      'Danh sách không được giữ lại; nhận quyền lại rồi lấy danh sách.',
    'The list that came is another officer’s: somebody else has signed in on this machine. It was not kept; ' +
      'take the right again, then the list.',
  ],
  'disk-note': [
    'Đĩa của máy nên được mã hóa (BitLocker): mật khẩu trạm bảo vệ danh sách, còn mã hóa đĩa bảo vệ cả phần đã xóa.',
    'The disk should be encrypted (BitLocker): the secret protects the lists, disk encryption also what was deleted.',
  ],
} as const
