/** Đọc chip: the chip of a card is read before an officer, by the reader of the counter. */
export const chipWords = {
  'chip-title': ['Đọc chip của thẻ', 'Read the chip of the card'],
  'chip-about': [
    'Đặt thẻ lên đầu đọc của quầy, giữ nguyên đến khi có kết quả (khoảng 10 giây).',
    'Lay the card on the counter’s reader and leave it until there is an outcome (some 10 seconds).',
  ],
  'chip-must': ['Việc này phải đọc chip trước.', 'This needs the chip to be read first.'],
  'chip-may': [
    'Không có đầu đọc vẫn làm tiếp được; khi đó ghi nhận là chưa đọc chip.',
    'Without a reader one may go on; it is recorded that no chip was read.',
  ],
  'chip-read': ['Đọc chip', 'Read the chip'],
  'chip-before-slip': ['Đọc chip thẻ của người này trước khi in phiếu', 'Read the chip of the holder’s card first'],
  'chip-again': ['Đọc lại', 'Read again'],
  'chip-serial': ['Số sê-ri của thẻ cần đọc', 'Serial of the card to be read'],
  'chip-step-program': ['Gọi chương trình đầu đọc ở máy này', 'Calling the reader’s program at this machine'],
  'chip-step-card': ['Chờ thẻ trên đầu đọc', 'Waiting for the card on the reader'],
  'chip-step-open': ['Mở chip', 'Opening the chip'],
  'chip-step-read': ['Đọc và kiểm tra chip: {n} lệnh', 'Reading and checking the chip: {n} {n|command|commands}'],
  'chip-step-done': ['Có kết quả', 'There is an outcome'],
  'chip-none': ['Máy này chưa chạy chương trình đầu đọc', 'The reader’s program does not run at this machine'],
  'chip-none-todo': [
    'Cắm đầu đọc, mở chương trình bằng lệnh dưới đây rồi bấm Đọc lại. Trình duyệt hỏi có cho trang này gọi máy này ' +
      'không thì chọn Cho phép.',
    'Plug in the reader, start the program by the line below, then press Read again. Where the browser asks ' +
      'whether this page may call this machine, allow it.',
  ],
  'chip-code': ['Mã ghép, 8 chữ số', 'Code, eight digits'],
  'chip-code-hint': [
    'Chương trình đầu đọc hiện mã này; gõ một lần cho mỗi cửa sổ.',
    'The reader’s program shows it; it is typed once for each window.',
  ],
  'chip-code-do': ['Ghép với đầu đọc', 'Pair with the reader'],
  'chip-code-wrong': [
    'Mã chưa đúng. Xem lại mã mới nhất trên chương trình đầu đọc.',
    'The code is wrong. Look at the latest code of the program.',
  ],
  'chip-access': ['Mã truy cập in trên thẻ', 'Access number on the card'],
  'chip-access-hint': [
    'Sáu chữ số trở lên, khi thông tin đang có không mở được chip.',
    'Six digits or more, where what is known does not open the chip.',
  ],
  'chip-no-card': ['Không thấy thẻ trên đầu đọc', 'No card on the reader'],
  'chip-no-card-todo': ['Đặt lại thẻ cho sát mặt đầu đọc rồi đọc lại.', 'Lay the card flat on it, and read again.'],
  'chip-reader-busy': ['Đầu đọc đang dùng ở cửa sổ khác', 'The reader is used by another window'],
  'chip-reader-busy-todo': [
    'Đợi cửa sổ kia đọc xong, hoặc đóng cửa sổ đó.',
    'Wait until the other window is done, or close it.',
  ],
  'chip-reader-unusable': ['Chương trình không dùng được đầu đọc', 'The program cannot use the reader'],
  'chip-reader-unusable-todo': [
    'Cắm lại đầu đọc, mở lại chương trình. Vẫn lỗi thì báo người quản trị máy.',
    'Plug in the reader again and restart the program; else tell whoever looks after the machine.',
  ],
  'chip-outcome-original': ['Đúng thẻ này, chip thật', 'The card itself'],
  'chip-outcome-original-todo': [
    'So người đứng trước anh/chị với ảnh trong chip.',
    'Compare the person before you with the portrait of the chip.',
  ],
  'chip-outcome-copy': ['Bản sao: chip không chứng minh được khóa của thẻ', 'A copy: the chip has not the card’s key'],
  'chip-outcome-copy-todo': [
    'Không trả thẻ, không dùng thẻ này. Giữ thẻ lại và báo chỉ huy.',
    'Do not hand it over or accept it. Keep the card and tell your commander.',
  ],
  'chip-outcome-another-card': ['Chip của thẻ khác', 'The chip of another card'],
  'chip-outcome-another-card-todo': [
    'So số sê-ri trên thẻ với màn hình; lấy đúng thẻ rồi đọc lại.',
    'Compare the serial on the card with the screen; take the right card and read again.',
  ],
  'chip-outcome-signer-unknown': ['Không rõ ai đã ký dữ liệu chip', 'Whoever signed the chip is not known'],
  'chip-outcome-signer-unknown-todo': [
    'Chưa kết luận được thẻ thật hay giả. Báo người quản trị để kiểm tra chứng thư.',
    'It is not decided whether the card is genuine. Have the certificates checked.',
  ],
  'chip-outcome-not-genuine': ['Dữ liệu trong chip đã bị sửa', 'What is on the chip was changed'],
  'chip-outcome-not-genuine-todo': [
    'Không trả thẻ, không dùng thẻ này. Giữ thẻ lại và báo chỉ huy.',
    'Do not hand it over or accept it. Keep the card and tell your commander.',
  ],
  'chip-outcome-not-opened': ['Chip không mở bằng thông tin của thẻ này', 'What is known does not open the chip'],
  'chip-outcome-not-opened-todo': [
    'Thường là thẻ của người khác. So số sê-ri; nếu đúng thẻ, nhập mã truy cập in trên thẻ.',
    'Mostly it is another card. Compare the serial; if it is the card, enter its access number.',
  ],
  'chip-outcome-broken-off': ['Thẻ bị nhấc ra khi đang đọc', 'The card was taken away while it was read'],
  'chip-outcome-broken-off-todo': ['Đặt lại thẻ và đọc lại.', 'Lay it on the reader again, and read again.'],
  'chip-portrait-chip': ['Ảnh trong chip', 'Portrait of the chip'],
  'chip-portrait-record': ['Ảnh của hồ sơ', 'Portrait of the record'],
  'chip-portrait-none': ['Không có ảnh', 'No portrait'],
  'chip-checks': [
    '{passed} kiểm tra đạt, {failed} không đạt, {undone} chưa làm',
    '{passed} checks passed, {failed} failed, {undone} not done',
  ],
  'chip-passed': ['đạt', 'passed'],
  'chip-failed': ['không đạt', 'failed'],
  'chip-not-done': ['chưa làm', 'not done'],
  'chip-check-password': ['Mở chip', 'Opening the chip'],
  'chip-check-secure-messaging': ['Đường truyền được bảo vệ', 'Protected line'],
  'chip-check-files': ['Đọc các tệp', 'Reading the files'],
  'chip-check-common-data': ['Danh mục tệp (EF.COM)', 'List of files (EF.COM)'],
  'chip-check-signature': ['Chữ ký dữ liệu (EF.SOD)', 'Signature (EF.SOD)'],
  'chip-check-data-groups': ['Dữ liệu đúng như khi ký', 'Data as they were signed'],
  'chip-check-signer': ['Người ký được tin cậy', 'Signer is trusted'],
  'chip-check-revocation': ['Người ký chưa bị thu hồi', 'Signer is not revoked'],
  'chip-check-validity': ['Người ký còn hạn', 'Signer is in its term'],
  'chip-check-zone': ['Dòng máy đọc', 'Machine-readable zone'],
  'chip-check-portrait': ['Ảnh chân dung', 'Portrait'],
  'chip-check-person': ['Thông tin cá nhân', 'Personal data'],
  'chip-check-access': ['Cách mở chip', 'Ways of access'],
  'chip-check-card-security': ['Khóa chip (EF.CardSecurity)', 'Keys of the chip (EF.CardSecurity)'],
  'chip-check-active-authentication': ['Chip tự chứng minh (AA)', 'Active authentication'],
  'chip-check-chip-authentication': ['Chip tự chứng minh (CA)', 'Chip authentication'],
} as const

type ChipWords = typeof chipWords
declare module '../base/language.tsx' {
  interface Texts extends ChipWords {}
}
