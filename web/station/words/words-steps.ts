/** The six steps of a capture. */
export const stepWords = {
  steps: ['Các bước', 'Steps'],
  'step-done': ['xong', 'done'],
  'step-compare': ['Đối chiếu', 'Compare'],
  'step-portrait': ['Ảnh', 'Portrait'],
  'step-fingers': ['Vân tay', 'Fingerprints'],
  'step-phone': ['Điện thoại', 'Phone'],
  'step-sign': ['Đọc lại, ký', 'Read, sign'],
  'step-receipt': ['Giấy hẹn', 'Receipt'],
  next: ['Tiếp theo', 'Next'],
  defer: ['Hoãn {whom}', 'Put {whom} off'],
  'defer-pupil': ['em này', 'this one'],
  'defer-adult': ['ông/bà này', 'this one'],
  'card-and-account': ['{kind} và tài khoản [[level-2]]', '{kind} and an account of level 2'],
  'kind-first-issue': ['Cấp [[card-short]] lần đầu', 'First card'],
  'kind-exchange': ['Cấp đổi thẻ', 'Exchange of the card'],
  'kind-re-issue': ['Cấp lại thẻ', 'Re-issue of the card'],
  'reason-first': ['lần đầu', 'the first'],
  'reason-renewal-age': ['đến tuổi đổi thẻ', 'renewal age'],
  'reason-name': ['đổi họ, chữ đệm, tên', 'name changed'],
  'reason-hometown': ['xác định lại quê quán', 'hometown determined anew'],
  'reason-name-or-birth-date': ['đổi tên, ngày sinh', 'name or birth date changed'],
  'reason-appearance': ['[[changed-appearance]]', 'appearance changed'],
  'reason-sex': ['[[changed-sex]]', 'sex re-determined'],
  'reason-printed-wrong': ['thẻ in sai', 'printed wrong'],
  'reason-units-rearranged': ['sắp xếp đơn vị hành chính', 'units rearranged'],
  'reason-number-renewed': ['xác lập lại số định danh', 'number re-established'],
  'reason-on-request': ['theo yêu cầu', 'on request'],
  'reason-lost': ['bị mất', 'lost'],
  'reason-damaged': ['hư hỏng không dùng được', 'damaged beyond use'],
  'reason-nationality-regained': ['trở lại quốc tịch', 'nationality regained'],

  'compare-say': ['Hỏi và xem giấy tờ, rồi đánh dấu từng dòng', 'Ask, look at the papers, and mark each line'],
  'compare-walkin': [
    'Người ngoài danh sách: máy này không có dữ liệu dân cư để đối chiếu. Xem lại các dòng với giấy tờ; ' +
      'hệ thống đối chiếu khi nhận gói.',
    'Not on the list: this machine has no data to compare with. Check the lines with the papers; ' +
      'the installation compares when the packet arrives.',
  ],
  'field-full-name': ['Họ và tên', 'Full name'],
  'field-birth-date': ['Ngày sinh', 'Birth date'],
  'field-sex': ['Giới tính', 'Sex'],
  'field-number': ['Số định danh', 'Personal number'],
  'field-residence': ['Nơi thường trú', 'Permanent residence'],
  'field-ethnicity': ['Dân tộc', 'Ethnicity'],
  'field-hometown': ['Quê quán', 'Hometown'],
  blank: ['không ghi', 'not given'],
  right: ['Đúng', 'Right'],
  wrong: ['Sai', 'Wrong'],
  'said-what': ['{field}: người dân nói, giấy tờ ghi', '{field}: as said or written'],
  'on-evidence': ['Theo giấy tờ nào', 'On what evidence'],
  'evidence-hint': ['Ví dụ: giấy khai sinh số 45/2005.', 'For example: birth certificate no. 45/2005.'],
  'all-right': ['Đúng tất cả', 'All are right'],
  'correction-note': [
    'Dòng sai thành đề nghị sửa dữ liệu. Công an cấp xã nơi thường trú quyết định trước, rồi thẻ mới được làm. ' +
      'Vẫn thu nhận ảnh và vân tay hôm nay để người dân không phải đến lại.',
    'What is wrong becomes a proposed correction. The commune police of the permanent residence decides it ' +
      'first; then the card is made. Portrait and fingers are taken today all the same, ' +
      'so that nobody comes twice.',
  ],
  'request-kind': ['Loại yêu cầu', 'Request'],
  'request-reason': ['Lý do', 'Reason'],
  'old-card': ['Giấy tờ cũ', 'Old card'],
  'old-card-none': ['không có', 'none'],
  'old-card-cmnd': ['CMND', 'Identity card (CMND)'],
  'old-card-cccd': ['CCCD', 'Citizen card (CCCD)'],
  'old-card-can-cuoc': ['Thẻ căn cước', 'Card (căn cước)'],
  features: ['Đặc điểm nhận dạng (nếu có)', 'Distinguishing features (if any)'],
  'old-card-serial': ['Số in trên thẻ cũ (nếu có)', 'Number on the old card (if any)'],
  'doubt-card-coming': [
    'Đang có thẻ chưa về tay người này. Hỏi rõ trước khi làm tiếp.',
    'A card is on its way to this person. Ask before you go on.',
  ],
  'doubt-card-good': [
    'Thẻ đang có còn hạn: chỉ đổi khi người dân yêu cầu. Chỉ cần tài khoản [[level-2]] thì không làm ở trạm này, ' +
      'làm ở mục Tài khoản khi có mạng.',
    'The card in hand is good: exchange it only on request. Who needs no more than an account of level 2 is ' +
      'served under Accounts, with a line.',
  ],
  'asked-for-card': ['Người dân yêu cầu đổi thẻ', 'The person asks for another card'],
  'asked-for-lacks': [
    'Xác nhận người dân yêu cầu đổi thẻ, hoặc hoãn.',
    'Confirm that the person asks for another card, or put them off.',
  ],
  'number-lacking': ['Số định danh (dữ liệu chưa có)', 'Personal number (not on the list)'],
  'number-lacking-hint': [
    'Ghi theo giấy khai sinh hoặc thẻ. Cần có mới khóa được hồ sơ.',
    'As on the birth certificate or card. Nothing is sealed without it.',
  ],
  'undeclared-note': [
    'Chưa có số định danh: gói này thành phiếu DC01, hai cán bộ quyết định. Có số thì hồ sơ đi tiếp ' +
      'với ảnh và vân tay hôm nay. Giấy tờ đã xem: {papers}',
    'No number yet: the packet becomes form DC01, which two officers decide. With the number the application goes on ' +
      'with what is taken today. Papers seen: {papers}',
  ],
  'doubt-correction-open': [
    'Đang có đề nghị sửa dữ liệu; thẻ chỉ làm sau khi có quyết định.',
    'A correction is being decided; the card is made after that.',
  ],
  'doubt-birth-date-partial': [
    'Ngày sinh chưa đủ ngày, tháng; tuổi tính theo ngày muộn nhất.',
    'The birth date is not whole; the age is counted from its latest day.',
  ],
  'wrong-lacks': [
    'Dòng sai cần ghi nói gì và theo giấy tờ nào.',
    'A wrong line needs what was said and on what evidence.',
  ],

  'portrait-say': ['Mời ngồi thẳng, nhìn vào máy ảnh', 'Sit straight, look at the camera'],
  'portrait-camera': ['Chụp', 'Take it'],
  'portrait-again': ['Chụp lại', 'Take it again'],
  'portrait-file': ['Chọn ảnh từ tệp', 'Choose a picture file'],
  'portrait-none': [
    'Không có máy ảnh, hoặc chưa được phép dùng. Cắm máy ảnh rồi tải lại, hoặc chọn ảnh từ tệp.',
    'There is no camera, or it may not be used. Plug one in and load again, or choose a file.',
  ],
  'portrait-starting': ['Đang mở máy ảnh', 'Opening the camera'],
  'portrait-taken': ['Ảnh chân dung đã chụp', 'The portrait that was taken'],
  'portrait-view': ['Hình từ máy ảnh', 'What the camera sees'],
  'not-measured': [
    'Chất lượng ảnh: chưa làm. Cán bộ tự xem: một khuôn mặt, mắt mở, sáng đều, nền trơn.',
    'Quality of the picture: not done. Look yourself: one face, eyes open, even light, plain ground.',
  ],
  'portrait-too-large': [
    'Ảnh lớn hơn 3 MB. Chụp lại ở cỡ nhỏ hơn.',
    'The picture is larger than 3 MB. Take a smaller one.',
  ],

  'fingers-without': ['Không có máy vân tay', 'No scanner here'],
  'fingers-with': ['Dùng máy vân tay', 'Use the scanner'],
  'qr-close': ['Thôi quét', 'Stop scanning'],
  'fingers-say': ['Lấy vân tay, hoặc ghi vì sao không lấy được', 'Take the fingers, or say why they cannot be taken'],
  'fingers-no-device': [
    'Không có máy vân tay nào trả lời trên máy này.',
    'No fingerprint device answers on this machine.',
  ],
  'fingers-reason': ['Vì sao không lấy được vân tay', 'Why the fingers are not taken'],
  'fingers-reason-hint': [
    'Người dân phải đến lấy vân tay sau, nếu không phải do mất ngón hay vết thương.',
    'People come again for it, unless fingers are missing or wounded.',
  ],
  'fingers-reasons': ['Không có máy vân tay', 'No fingerprint device'],
  'fingers-needed': ['Ghi lý do để đi tiếp.', 'Give a reason to go on.'],

  'phone-say': ['Tài khoản định danh [[level-2]] cùng với thẻ', 'An account of level 2 with the card'],
  'phone-about': [
    'Làm hay không là tùy người dân; không làm thì thẻ vẫn được cấp bình thường.',
    'It is for the person to say; without it the card is made all the same.',
  ],
  'phone-of-representative': [
    'Tài khoản của trẻ do cha, mẹ hoặc người giám hộ đăng ký, dùng số điện thoại của tài khoản [[level-2]] của người ' +
      'đó. Ghi số ấy ở đây, và số định danh của họ ở bước ký.',
    'A child’s account is asked for by a parent or guardian, and has the phone of that person’s own account of ' +
      'level 2. Write it here, and their number where they sign.',
  ],
  'phone-has-one': ['Người này đã có tài khoản [[level-2]].', 'This person has an account of level 2 already.'],
  'phone-too-young': [
    'Chưa đủ {age} tuổi để có tài khoản [[level-2]].',
    'Too young for an account of level 2: it is from {age} on.',
  ],
  'phone-number': ['Số điện thoại', 'Phone'],
  'phone-hint': [
    'Số đang dùng, trong tay người này: mã kích hoạt gửi về số đó.',
    'One that is in use and in their hand: the activation goes there.',
  ],
  'phone-again': ['Gõ lại số', 'Type it again'],
  'phone-malformed': [
    'Không phải số di động Việt Nam: 10 số, bắt đầu bằng 03, 05, 07, 08, 09.',
    'No Vietnamese mobile: ten digits that begin with 03, 05, 07, 08, 09.',
  ],
  'phone-landline': [
    'Đây là số máy bàn; cần số di động để nhận mã.',
    'This is a landline; a mobile is needed for the code.',
  ],
  'phone-migrated': [
    'Số 11 số cũ; nay là {phone}. Gõ lại theo số mới.',
    'An eleven-digit number of before; now it is {phone}. Type that.',
  ],
  'phone-differs': ['Hai lần gõ khác nhau. Hỏi lại và gõ lại.', 'The two differ. Ask again, type again.'],
  'phone-taken': [
    'Người số {n} trong đợt này đã dùng số này. Mỗi tài khoản cần một số riêng.',
    'Number {n} of this session has given this phone. Each account needs its own.',
  ],
  'consent-title': [
    '{form}: đề nghị cấp tài khoản định danh điện tử',
    '{form}: request for an electronic identity account',
  ],
  'consent-text': [
    'Tôi đề nghị cấp tài khoản định danh điện tử [[level-2]] cùng với thẻ. ' +
      'Tôi đồng ý để cơ quan công an dùng họ tên, số định danh, ngày sinh, giới tính, ảnh chân dung, ' +
      'vân tay và số điện thoại nêu trên để lập và xác thực tài khoản. ' +
      'Tôi biết mình có thể yêu cầu khóa hoặc hủy tài khoản bất cứ lúc nào, ' +
      'và không cán bộ nào hỏi mã kích hoạt của tôi.',
    'I ask for an electronic identity account of level 2 together with the card. ' +
      'I agree that the police use my name, personal number, birth date, sex, portrait, ' +
      'fingerprints and the phone above to make and authenticate it. ' +
      'I know that I may have it locked or cancelled at any time, and that no officer asks for my activation code.',
  ],
  'consent-young': [
    'Dưới 16 tuổi: đọc cho cha, mẹ hoặc người giám hộ cùng nghe, nếu có mặt.',
    'Below sixteen: read it to a parent or guardian as well, if there is one.',
  ],
  agree: ['Đồng ý', 'Agrees'],
  decline: ['Không', 'No'],
  'declined-now': ['Chỉ làm thẻ, không làm tài khoản.', 'Card only, no account.'],
  'agreed-now': ['Đã đồng ý lúc {time}.', 'Agreed at {time}.'],
  'phone-lacks': ['Chọn Đồng ý hoặc Không để đi tiếp.', 'Choose to agree or not, to go on.'],

  'sign-say': ['In phiếu, người dân đọc lại và ký', 'Print the form; the person reads and signs it'],
  'print-form': ['In {form}', 'Print {form}'],
  'found-right': ['Đã đọc lại, thông tin đúng', 'Read, and found right'],
  'found-wrong': ['Có chỗ sai, về Đối chiếu', 'Something is wrong: back to Compare'],
  'signs-self': ['Người này tự ký', 'The person signs'],
  'signs-for': ['Người đại diện ký', 'A representative signs'],
  'represented-must': [
    'Dưới 14 tuổi: cha, mẹ hoặc người giám hộ thực hiện và ký thay.',
    'Below fourteen a parent or guardian acts and signs.',
  ],
  'represented-may-not': [
    'Từ đủ 14 tuổi tự ký. Chỉ ghi người đại diện khi người này mất năng lực hoặc có khó khăn trong nhận thức.',
    'From fourteen on people sign themselves, save where they lack legal capacity.',
  ],
  'representative-name': ['Họ tên người đại diện', 'Name of the representative'],
  relation: ['Quan hệ', 'Relation'],
  'relation-father': ['cha', 'father'],
  'relation-mother': ['mẹ', 'mother'],
  'relation-spouse': ['vợ, chồng', 'wife or husband'],
  'relation-child': ['con', 'son or daughter'],
  'guardian-evidence-lacks': [
    'Ghi quyết định của Tòa án cho thấy người này được đại diện.',
    'Write the court’s decision by which they may act.',
  ],
  'relation-guardian': ['người giám hộ', 'guardian'],
  'representative-number': ['Số định danh người đại diện', 'Their personal number'],
  'representative-evidence': ['Giấy tờ chứng minh', 'Evidence'],
  signature: ['Chữ ký', 'Signature'],
  'signature-here': ['Ký vào khung này bằng bút hoặc ngón tay', 'Sign in this frame by pen or finger'],
  'signature-clear': ['Xóa, ký lại', 'Clear, sign again'],
  'signature-unable': ['Không ký được', 'Cannot sign'],
  'signature-unable-why': ['Vì sao không ký được', 'Why not'],
  'signature-taken': ['Đã có chữ ký', 'Signed'],
  'sign-lacks': ['Cần chữ ký (hoặc lý do) và xác nhận đã đọc lại.', 'A signature (or why not) and “read” are needed.'],
  'representative-number-lacks': [
    'Trẻ đăng ký tài khoản: cần số định danh 12 chữ số của người đại diện.',
    'An account is asked for: the representative’s number of twelve digits is needed.',
  ],
  'representative-lacks': [
    'Cần họ tên và quan hệ của người đại diện.',
    'Name and relation of the representative are needed.',
  ],

  'receipt-say': ['In giấy hẹn, đọc mã cho người dân nghe', 'Print the receipt, read the code aloud'],
  'print-receipt': ['In giấy hẹn', 'Print the receipt'],
  'receipt-code': ['Mã tra cứu', 'Code'],
  'receipt-card': ['Thẻ', 'Card'],
  'receipt-account': ['Tài khoản', 'Account'],
  'receipt-card-captured': ['đã thu nhận, chờ gửi', 'captured, to be sent'],
  'receipt-card-correction': ['đã thu nhận, chờ quyết định sửa dữ liệu', 'captured, waits for a correction'],
  'receipt-account-asked': ['đề nghị [[level-2]], số {phone}', 'level 2 asked for, phone {phone}'],
  'receipt-account-none': ['không đề nghị', 'not asked for'],
  'old-collected': ['Thẻ cũ đã thu lại', 'The old card was collected'],
  'old-not-collected': ['Người dân giữ thẻ cũ', 'The person keeps the old card'],
  fee: ['Lệ phí', 'Fee'],
  'fee-none': ['không thu', 'none'],
  'fee-amount': ['{amount} đồng ({reason})', '{amount} VND ({reason})'],
  'fee-exempt': ['miễn: {who} ({evidence}; {reason})', 'exempt: {who} ({evidence}; {reason})'],
  'fee-filed-online': ['Hồ sơ đã nộp trực tuyến', 'Filed online'],
  'fee-exemption': ['Miễn lệ phí', 'Exempt from the fee'],
  'fee-exemption-none': ['không', 'no'],
  'fee-evidence': ['Giấy tờ chứng minh', 'By which paper'],
  'fee-evidence-hint': ['Tên, số giấy tờ; in trên giấy hẹn.', 'Its name and number; printed on the receipt.'],
  'fee-evidence-lacks': ['Ghi giấy tờ chứng minh được miễn lệ phí.', 'Write by which paper the person owes no fee.'],
  'exempt-agency-error': ['thẻ sai do lỗi của cơ quan quản lý căn cước', 'error of the agency'],
  'exempt-child': ['trẻ em', 'child'],
  'exempt-elderly': ['người cao tuổi', 'elderly'],
  'exempt-disabled': ['người khuyết tật', 'disabled'],
  'exempt-merit': ['người có công, thân nhân người có công', 'person of merit, or kin of one'],
  'exempt-minority-hardship': [
    'dân tộc thiểu số ở xã đặc biệt khó khăn',
    'ethnic minority in a commune of special hardship',
  ],
  'exempt-border-commune': ['thường trú tại xã biên giới', 'resident of a border commune'],
  'exempt-island': ['thường trú tại huyện đảo, đặc khu', 'resident of an island district or special zone'],
  'exempt-poor-household': ['hộ nghèo', 'poor household'],
  'exempt-orphan': ['dưới 18 tuổi mồ côi cả cha và mẹ', 'orphan under eighteen'],
  'old-collect-lacks': ['Chọn đã thu lại thẻ cũ hay chưa.', 'Say whether the old card was collected.'],
  seal: ['Khóa hồ sơ', 'Seal the application'],
  sealing: ['Đang khóa', 'Sealing'],
  'seal-about': [
    'Khóa xong thì chỉ trung tâm mở được; máy này chỉ còn gói mã hóa.',
    'Once sealed, only the centre can open it; this machine keeps an encrypted packet.',
  ],
  'capture-lacks': [
    'Hồ sơ còn thiếu hoặc có chỗ quá dài; xem lại các bước.',
    'Something is missing or too long; look through the steps.',
  ],
  'picture-too-large': [
    'Có ảnh lớn hơn 3 MB. Chụp lại ở cỡ nhỏ hơn.',
    'A picture is larger than 3 MB. Take a smaller one.',
  ],
  'packet-too-large': [
    'Cả hồ sơ lớn hơn 8 MB. Chụp lại ảnh hoặc vân tay ở cỡ nhỏ hơn.',
    'All of it is larger than 8 MB. Take smaller pictures.',
  ],
  'seal-failed': [
    'Chưa khóa được. Hồ sơ vẫn được giữ trên máy; kiểm tra chỗ trống của đĩa rồi thử lại.',
    'It could not be sealed. It is kept here; check the room on the disk and try again.',
  ],
  'save-failed': [
    'Chưa lưu được hồ sơ dở: đĩa có thể đã đầy. Chép gói ra USB, dọn đĩa, rồi làm tiếp.',
    'The capture could not be kept: the disk may be full. Copy packets to USB and free the disk, then go on.',
  ],
  'draft-elsewhere': [
    'Hồ sơ dở này do cán bộ khác làm và anh/chị không mở được.',
    'This was begun by another officer, and you cannot open it.',
  ],
} as const
