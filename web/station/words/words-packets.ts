/** The page of packets: numbers, sizes and states, no names. */
export const packetWords = {
  'packets-title': ['Các gói trên máy này', 'Packets on this machine'],
  'packets-about': [
    'Mỗi gói là một hồ sơ đã khóa, chỉ trung tâm mở được. Gói không hết hạn: ' +
      'cán bộ nào cũng gửi hoặc chép được, không cần danh sách.',
    'Each is one sealed application that only the centre can open. Packets do not end: ' +
      'any officer may send or copy them, no list is needed.',
  ],
  'packets-none': ['Chưa có gói nào', 'There is no packet yet'],
  'packets-none-todo': [
    'Gói đầu tiên xuất hiện khi khóa xong hồ sơ đầu tiên.',
    'The first appears when the first application is sealed.',
  ],
  'col-packet': ['Gói', 'Packet'],
  'col-size': ['Cỡ', 'Size'],
  'col-state': ['Trạng thái', 'State'],
  'col-since': ['Khóa lúc', 'Sealed'],
  'packet-waiting': ['chờ gửi', 'to be sent'],
  'packet-sending': ['đã gửi {n}%', '{n}% sent'],
  'packet-refused': ['bị trả lại', 'refused'],
  'packet-released': ['hệ thống đã giữ', 'held by the installation'],
  'packet-look': ['hệ thống đã giữ, cần người xem', 'held, needs a person'],
  'packets-so': [
    '{owed} gói còn trên máy, {released} gói hệ thống đã ký nhận.',
    '{owed} packets are here, {released} are signed for by the installation.',
  ],
  'packets-kept': [
    '{n} gói đã ký nhận ({size} MB) còn giữ trên máy {days} ngày kể từ lúc hệ thống nhận, ' +
      'vẫn khóa cho trung tâm: hệ thống phục hồi từ bản sao lưu mà thiếu gói nào thì máy tự gửi lại. ' +
      'Thiếu chỗ thu nhận thì máy xóa sớm hơn, gói cũ trước.',
    '{n} packets that are signed for ({size} MB) stay here, sealed to the centre, ' +
      'for {days} days from their receipt: if the installation is restored from a backup and lacks one, ' +
      'it is sent again by itself. When room is needed for captures they go earlier, the oldest first.',
  ],
  'packet-again': ['hệ thống không còn, gửi lại', 'lost by the installation, sent again'],
  'send-now': ['Gửi ngay', 'Send now'],
  'read-answer': ['Đọc tệp trả lời', 'Read the answer file'],
  'usb-about': [
    'Chép ra USB không xóa gì trên máy. Mang USB đến máy có mạng, nạp ở mục Thu nhận, rồi mang tệp trả lời về đây.',
    'Copying deletes nothing here. Take the stick to a machine with a line, hand it in under Capture, ' +
      'and bring the answer file back.',
  ],
  'usb-written': ['Đã chép {n} gói vào {file}.', '{n} packets were written to {file}.'],
  'usb-left': [
    'Còn {n} gói cho tệp sau: mỗi tệp tối đa 500 gói.',
    '{n} are left for the next file: a file has 500 at most.',
  ],
  'usb-none': ['Không còn gói nào phải chép.', 'There is no packet to copy.'],
  'usb-failed': [
    'Chưa chép được. Kiểm tra USB còn chỗ và không bị khóa ghi.',
    'It could not be written. Check that the stick has room and is not write-protected.',
  ],
  'answer-wrong': ['Tệp này không phải trả lời cho trạm này.', 'This file is no answer for this station.'],
  'answer-taken': [
    'Đã đọc: {released} gói hệ thống ký nhận, {refused} gói bị trả lại, {again} gói hệ thống cần gửi lại, ' +
      '{wrong} gói chữ ký không đúng.',
    'Read: {released} are signed for, {refused} refused, {again} wanted again, {wrong} wrongly signed.',
  ],
  'problem-word-wrong': [
    'Lời nhận của hệ thống không đúng chữ ký; gói được giữ lại. Báo quản trị viên.',
    'The acknowledgement is not signed rightly; the packet is kept. Tell the administrator.',
  ],
  'problem-station-revoked': [
    'Trạm đã bị thu hồi trước khi báo gói này về. Giao máy cho quản trị viên.',
    'The station was revoked before it told of this. Hand the machine to the administrator.',
  ],
  'problem-packet-signature-wrong': [
    'Chữ ký của gói không đúng. Giữ máy nguyên, báo quản trị viên.',
    'The packet’s signature is wrong. Leave the machine as it is and tell the administrator.',
  ],
  'problem-packet-foreign-key': [
    'Gói khóa cho trung tâm khác. Báo quản trị viên.',
    'It was sealed to another centre. Tell the administrator.',
  ],
  'problem-packet-unreadable': [
    'Hệ thống không đọc được gói. Chép ra USB và báo quản trị viên.',
    'The installation cannot read it. Copy it to USB and tell the administrator.',
  ],
  'problem-other': [
    'Hệ thống trả lại, mã {code}. Gói vẫn nằm trên máy; báo quản trị viên kèm số gói và mã.',
    'The installation refused it: {code}. It stays here; tell the administrator the number and the code.',
  ],
  'packet-flaw': [
    'Có {n} chỗ hỏng trong chuỗi gói trên máy (từ gói {packet}). Giữ máy nguyên, chép ra USB và báo quản trị viên.',
    'The chain of packets here is damaged in {n} places (from {packet}). ' +
      'Leave the machine as it is, copy to USB, tell the administrator.',
  ],
  'show-released': ['Hiện cả gói đã ký nhận', 'Show those signed for too'],
} as const
