/** The queue of a session, finding people, adding those who are on no list, turning somebody away. */
export const queueWords = {
  queue: ['Hàng chờ', 'Queue'],
  'queue-count': ['{n} trên {all}', '{n} of {all}'],
  'add-person': ['Thêm người', 'Add a person'],
  'find-label': ['Quét QR, số hoặc tên', 'Scan QR, number or name'],
  'queue-empty': [
    'Chưa ai vào hàng. Quét thẻ hoặc gõ tên người vừa đến, rồi bấm Enter.',
    'Nobody has come yet. Scan a card or type a name, then press Enter.',
  ],
  'find-none': ['Không có trong danh sách đợt này.', 'Not on the list of this session.'],
  'find-add': ['Thêm người ngoài danh sách', 'Add someone who is not on it'],
  'find-more': ['và {n} người nữa; gõ thêm để thu hẹp', 'and {n} more; type on to narrow it'],
  'in-queue': ['trong hàng, số {n}', 'in the queue, number {n}'],
  'put-in-queue': ['vào hàng', 'to the queue'],
  came: ['{name} vào hàng, số {n}.', '{name} is in the queue, number {n}.'],
  outside: ['ngoài danh sách', 'not on the list'],
  'state-done': ['xong', 'done'],
  'state-doing': ['đang làm', 'in hand'],
  'state-deferred': ['hoãn', 'put off'],
  'state-refused': ['từ chối', 'refused'],
  'state-just-came': ['vừa đến', 'just came'],
  'state-waiting': ['{n} phút', '{n} min'],
  'hidden-entries': [
    '{n} người trong hàng do cán bộ khác ghi; hiện ra khi người đó mở máy lần tới.',
    '{n} in the queue were noted by a colleague; they appear once that officer has opened the machine again.',
  ],
  'roster-until': ['Danh sách còn đọc được', 'The list can be read'],
  'until-when': ['đến {day}, {time}', 'until {day}, {time}'],
  'last-packet': ['Gói cuối cùng', 'Last packet'],
  'no-packet': ['chưa có', 'none yet'],
  'packets-last': ['Gói mã hóa không hết hạn', 'Sealed packets do not end'],
  'see-packets': ['xem {n} gói', 'see {n}'],
  'queue-or-drafts': ['Hồ sơ dở', 'Unfinished'],

  'nobody-open': ['Mời người tiếp theo', 'Call the next one'],
  'begin-with': ['Bắt đầu với {name}', 'Begin with {name}'],
  'nobody-waits': ['Không ai đang chờ', 'Nobody waits'],
  'nobody-waits-todo': [
    'Quét thẻ hoặc gõ tên người vừa đến vào ô bên trái.',
    'Scan the card, or type the name of whoever has come.',
  ],
  'so-far': [
    'Đợt này: {done} xong, {deferred} hoãn, {refused} từ chối, {waiting} đang chờ.',
    'So far: {done} done, {deferred} put off, {refused} refused, {waiting} waiting.',
  ],
  sealed: ['Đã khóa {packet} của {name}.', '{packet} of {name} is sealed.'],
  'sealed-more': ['Gửi được hay chưa, hồ sơ vẫn an toàn.', 'Sent or not, it is safe.'],

  'walkin-title': ['Thêm người ngoài danh sách', 'Add someone who is not on the list'],
  'walkin-about': [
    'Quét QR trên thẻ, hoặc gõ theo giấy tờ người dân đưa. Hệ thống sẽ đối chiếu với dữ liệu dân cư khi nhận được gói.',
    'Scan the QR of the card, or type what the papers say. It is compared with the register once the packet arrives.',
  ],
  'no-number': ['Chưa có số định danh', 'Has no number'],
  'has-number': ['Có số định danh', 'Has a number'],
  'no-number-about': [
    'Ghi theo giấy tờ đã xem (phiếu DC01). Hai cán bộ quyết định; có số thì hồ sơ đi tiếp, ' +
      'người dân không phải đến lại.',
    'Write what the papers say (form DC01). Two officers decide it; with the number the application goes on, ' +
      'and nobody comes twice.',
  ],
  'no-number-old-list': [
    'Danh sách trên máy này chưa có tên xã, phường. Lấy lại danh sách khi có mạng.',
    'The list on this machine has no names of communes. Take it again with a line.',
  ],
  'birth-place': ['Nơi đăng ký khai sinh', 'Where the birth was registered'],
  'birth-place-choose': ['Chọn tỉnh, thành phố hoặc nước.', 'Choose the province or country.'],
  'lives-in': ['Nơi ở (xã, phường)', 'Lives in (commune)'],
  'lives-in-choose': ['Chọn xã, phường nơi ở.', 'Choose the commune.'],
  'residence-kind': ['Loại nơi ở', 'Kind of residence'],
  'residence-permanent': ['thường trú', 'permanent'],
  'residence-temporary': ['tạm trú', 'temporary'],
  'residence-current': ['nơi ở hiện tại', 'current abode'],
  'residence-address': ['Số nhà, tổ, thôn', 'Address'],
  'mother-name': ['Họ tên mẹ', 'Mother’s name'],
  'mother-number': ['Số định danh của mẹ', 'Mother’s number'],
  'father-name': ['Họ tên cha', 'Father’s name'],
  'father-number': ['Số định danh của cha', 'Father’s number'],
  'parent-number-wrong': [
    'Cần 12 số, mới có {n}; không biết thì để trống.',
    'Twelve digits, not {n}; else leave it empty.',
  ],
  'papers-shown': ['Giấy tờ đã xem', 'Papers seen'],
  'papers-hint': [
    'Loại, số, nơi cấp: giấy khai sinh, hộ chiếu, CMND cũ, xác nhận thông tin về cư trú (CT07).',
    'Kind, number, issuer: birth certificate, passport, old card, confirmation of residence (CT07).',
  ],
  'papers-needed': [
    'Ghi giấy tờ đã xem. Không có giấy tờ nào thì từ chối tiếp nhận ở dưới.',
    'Write which papers were shown. Without any, refuse below.',
  ],
  'alike-here': [
    'Đợt này có {name}, sinh {born}. Hỏi kỹ xem có phải cùng một người.',
    '{name}, born {born}, is of this session. Ask whether it is the same person.',
  ],
  'turn-away': ['Từ chối tiếp nhận', 'Refuse'],
  'turn-away-why': ['Vì sao từ chối', 'Why refused'],
  'turn-away-not': ['không từ chối', 'not refused'],
  'turn-away-papers-missing': ['không xuất trình được giấy tờ', 'no papers shown'],
  'turn-away-identity-unclear': ['giấy tờ và lời khai không khớp', 'papers and words do not fit'],
  'card-line': ['Dòng QR của thẻ', 'Line of the card’s QR'],
  'card-line-hint': [
    'Đặt con trỏ vào đây rồi quét; điền xong các ô dưới.',
    'Put the cursor here and scan; the fields below are filled in.',
  ],
  'card-line-read': ['Đã điền theo thẻ. Xem lại với giấy tờ.', 'Filled in from the card. Check with the papers.'],
  'card-line-other': [
    'Đây không phải QR của thẻ. Gõ các ô dưới theo giấy tờ.',
    'This is no QR of a card. Type the fields below from the papers.',
  ],
  'card-line-garbled': [
    'QR bị bộ gõ làm hỏng một phần; chỉ điền những gì chắc chắn. Kiểm tra từng ô.',
    'The keyboard garbled the QR; only what is certain was filled in. Check each field.',
  ],
  'scan-camera': ['Quét bằng máy ảnh', 'Scan by camera'],
  'full-name': ['Họ và tên', 'Full name'],
  'birth-date': ['Ngày sinh', 'Birth date'],
  'birth-hint': [
    'Ngày/tháng/năm, ví dụ 07/03/2005. Không rõ ngày thì ghi 03/2005 hoặc 2005.',
    'Day/month/year, such as 07/03/2005. Where the day is not known: 03/2005 or 2005.',
  ],
  'birth-wrong': [
    'Ghi như 07/03/2005; ngày này không có trên lịch hoặc chưa tới.',
    'Write it as 07/03/2005; the calendar has no such day, or it is yet to come.',
  ],
  sex: ['Giới tính', 'Sex'],
  male: ['Nam', 'Male'],
  female: ['Nữ', 'Female'],
  'sex-choose': ['Chọn', 'Choose'],
  number: ['Số định danh', 'Personal number'],
  'number-hint': [
    '12 số, trên thẻ hoặc giấy khai sinh. Chỉ có số CMND 9 số thì ghi 9 số.',
    'Twelve digits, on the card or the birth certificate. An old card has nine: write them.',
  ],
  'number-wrong': [
    'Cần 12 số (hoặc 9 số của CMND); mới có {n}.',
    'Twelve digits are needed (or the nine of an old card); there are {n}.',
  ],
  'number-old-over': [
    'Chứng minh nhân dân hết giá trị từ 01/01/2025. Ghi số định danh 12 số, hỏi thêm giấy tờ khác.',
    'The old paper of nine digits is over since 2025. Write the number of twelve, and ask for another paper.',
  ],
  'number-sex': [
    'Số này là của người {sex}. Kiểm tra lại số hoặc giới tính.',
    'The number is of a {sex} person. Check number or sex.',
  ],
  'number-year': [
    'Số này là của người sinh năm {year}. Kiểm tra lại số hoặc ngày sinh.',
    'The number is of someone born in {year}. Check number or birth date.',
  ],
  'name-needed': ['Ghi họ và tên đầy đủ.', 'Write the full name.'],
  'to-queue': ['Cho vào hàng', 'Put in the queue'],
  'on-roster': [
    '{name} có trong danh sách đợt này; dùng dòng trong danh sách.',
    '{name} is on the list of this session; use that line.',
  ],
  'already-here': [
    'Người có số này đã ở trong hàng, số {n}.',
    'Whoever has this number is in the queue already, number {n}.',
  ],

  'open-there': ['Xem người này trong hàng', 'See them in the queue'],
  'done-before': ['{name} đã làm xong trong đợt này', '{name} was done in this session'],
  'refused-before': ['{name} đã bị từ chối trong đợt này', '{name} was refused in this session'],
  'done-before-when': [
    'Gói {packet}, khóa lúc {time} ngày {day}, tại {place}.',
    'Packet {packet}, sealed at {time} on {day}, {place}.',
  ],
  'packet-is-waiting': ['Gói còn trên máy này, chưa gửi.', 'The packet is on this machine, not sent yet.'],
  'packet-is-released': ['Hệ thống đã ký nhận gói.', 'The installation has signed for it.'],
  'packet-is-refused': [
    'Hệ thống không nhận gói này; xem mục Gói rồi mới thu nhận lại.',
    'The installation refused this packet; look under Packets before you capture again.',
  ],
  'done-before-code': ['Mã tra cứu: {code}', 'Code: {code}'],
  'print-receipt-again': ['In lại giấy hẹn', 'Print the receipt again'],
  'capture-again': ['Thu nhận lại', 'Capture again'],
  'again-why': ['Vì sao thu nhận lại', 'Why again'],
  'again-why-hint': [
    'Ví dụ: ảnh chụp nhầm người. Lý do được khóa cùng hồ sơ, cán bộ kiểm tra đọc được.',
    'Such as: the portrait is of somebody else. It is sealed with the capture, and the checking officer reads it.',
  ],
  'again-why-needed': ['Ghi lý do thì mới thu nhận lại được.', 'Without a reason nobody is captured again.'],
  'refuse-title': ['Chưa làm thẻ được cho {name}', '{name} cannot have a card yet'],
  'refuse-under-age': [
    'Sinh ngày {born}. Theo luật hiện hành, đủ {age} tuổi mới được cấp thẻ.',
    'Born on {born}. By the law of the day a card is for those of {age} and older.',
  ],
  'refuse-from': ['Có thể làm từ ngày {day}.', 'It becomes possible on {day}.'],
  'refuse-below-capture-age': [
    'Dưới 6 tuổi không thu nhận ảnh và vân tay; cha, mẹ hoặc người giám hộ làm trên cổng dịch vụ công hoặc ở ' +
      'công an xã, phường.',
    'Below six neither face nor fingers are taken; a parent or guardian applies online or at the commune police.',
  ],
  'refuse-not-living': [
    'Dữ liệu dân cư ghi người này đã chết. Nếu sai, công an nơi thường trú phải sửa dữ liệu trước.',
    'The register says that this person has died. If that is wrong, ' +
      'the police of the permanent residence must correct it first.',
  ],
  'refuse-papers-missing': [
    'Chưa có số định danh và không xuất trình được giấy tờ để xác lập số. Cần giấy khai sinh, hoặc giấy tờ khác cho ' +
      'biết họ tên, ngày sinh và nơi ở.',
    'Has no number, and showed no papers by which one could be established: a birth certificate, or others that tell ' +
      'name, birth date and residence.',
  ],
  'refuse-identity-unclear': [
    'Chưa có số định danh; giấy tờ và lời khai không khớp nên chưa xác định được là ai. Làm rõ ở công an nơi cư trú.',
    'Has no number; papers and words do not fit together. It is cleared up with the police of the residence.',
  ],
  'refuse-about': [
    'In thông báo từ chối ({form}) cho người dân và ghi lại. Lời ghi được khóa thành một gói và gửi đi như hồ ' +
      'sơ, không có ảnh, không có vân tay.',
    'Print the notice of refusal ({form}) and record it. The record is sealed and sent as applications are, ' +
      'without any picture.',
  ],
  'refuse-do': ['In {form} và ghi từ chối', 'Print {form} and record the refusal'],
  'refuse-back': ['Quay lại', 'Back'],
  'refuse-recorded': ['Đã ghi từ chối {packet}.', 'The refusal is recorded as {packet}.'],
} as const
