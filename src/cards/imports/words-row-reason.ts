/**
 * Why a row of a file is rejected, in Vietnamese and in English. The console imports this file too, so it imports
 * nothing.
 */
export const rowReasonTexts = {
  'number-malformed': ['số định danh không đủ 12 chữ số', 'the personal number does not have twelve digits'],
  'serial-malformed': [
    'số sê-ri phải gồm chữ và số; thẻ đã in thì bắt buộc có',
    'the serial is letters and digits, and a card that was made has one',
  ],
  'state-unknown': ['trạng thái thẻ không có trong bảng', 'there is no such state of a card'],
  'day-malformed': ['ngày phải viết năm-tháng-ngày', 'a day is written year-month-day'],
  'term-before-issue': ['ngày hết hạn không sau ngày cấp', 'the term ends before it begins'],
  'number-unknown': ['số định danh không có trong dữ liệu dân cư', 'nobody in the register has this number'],
  'key-malformed': ['khóa của thẻ phải là một UUID', 'the key of a card is a UUID'],
  'card-of-another': ['khóa này là thẻ của người khác', 'the card of this key is another person’s'],
  'day-to-come': ['ngày chưa đến', 'the day is still to come'],
  'day-after-extract': ['ngày sau ngày của số liệu trong tệp', 'the day is after the one for which the file holds'],
  'day-before-birth': ['ngày trước ngày sinh của người này', 'the day is before this person was born'],
  'day-before-cards': ['ngày trước khi có thẻ Căn cước công dân', 'the day is before there were such cards'],
  'state-before-issue': [
    'ngày của trạng thái trước ngày cấp thẻ',
    'the card is in its state since a day before it was issued',
  ],
  'serial-twice': ['hai thẻ của một người mang một số sê-ri', 'two cards of a person bear one serial'],
  'serial-missing': ['thẻ đã in phải có số sê-ri', 'a card that was made has a serial'],
  'card-twice': ['thẻ này đã có ở dòng trước', 'this card stands on an earlier line'],
  'card-revoked': ['thẻ này đã thu hồi, không thể trở lại trạng thái khác', 'this card is revoked and stays so'],
  'card-handed-over': [
    'thẻ này đã trả tại đây, không thể trở lại bước trước đó',
    'this card was handed over here and does not go back to a step before that',
  ],
  'card-cancelled': ['hồ sơ làm thẻ này đã hủy', 'the application for this card came to nothing'],
  'card-unknown': ['không có thẻ nào mang khóa này được đặt ở đây', 'no card of this key was ordered here'],
  'card-not-ordered': ['thẻ này không chờ ở mẻ nào đã gửi đi', 'this card waits in no batch that was sent out'],
  'card-moved-on': ['thẻ này không còn ở trạng thái đã duyệt', 'this card is no longer an approved one'],
  'serial-used': ['số sê-ri đã dùng cho một thẻ khác', 'the serial was used for another card'],
  'chip-malformed': [
    'mã chíp gồm 4 đến 64 chữ cái không dấu, chữ số, dấu gạch',
    'the id of a chip is 4 to 64 plain letters, digits and hyphens',
  ],
  'chip-used': ['mã chíp đã dùng cho một thẻ khác', 'the chip is in another card'],
  'answered-otherwise': [
    'trung tâm đã trả lời khác về thẻ này: số sê-ri, mã chíp hoặc kết quả không khớp',
    'the centre answered otherwise about this card before: another serial, chip or result',
  ],
  'day-of-issue-differs': ['ngày cấp khác ngày đã đặt in', 'the day of issue is not the ordered one'],
  'term-differs': ['ngày hết hạn khác thời hạn đã đặt in', 'the end of the term is not the ordered one'],
  'fault-unknown': ['mã lý do loại không có trong bảng', 'there is no such reason to reject a card'],
  'answer-unknown': ['trạng thái phải là made hoặc rejected', 'the state is made or rejected'],
  'fault-missing': ['thẻ bị loại phải ghi lý do', 'a rejected card has a reason'],
  'box-malformed': ['mã hộp phải gồm chữ, số, dấu gạch', 'the code of a box is letters, digits and hyphens'],
  'box-of-others': ['mã hộp đã dùng cho hộp khác', 'the code of the box is another box’s'],
  'box-of-several-units': ['một hộp chỉ gửi cho một đơn vị', 'one box goes to one unit'],
  'other-card-in-force': ['người này có thẻ khác đang dùng', 'another card of this person is in force'],
} as const satisfies Readonly<Record<string, readonly [vi: string, en: string]>>
