/** A person of another unit is served at the counter, with their consent. */
export const counterWords = {
  'counter-serve': ['Tiếp nhận tại đây khi người dân đồng ý', 'Serve them here, with their consent'],
  'counter-means': [
    'Hệ thống gửi mã 6 số đến điện thoại của chính người này (trẻ em: của cha, mẹ hoặc người giám hộ). ' +
      'Hồ sơ mở đến khi xong việc, nhiều nhất một giờ; công an nơi cư trú biết việc này.',
    'A code of six digits goes to this person’s own phone (of a child: father’s, mother’s or guardian’s). The record ' +
      'is open until the work is done, an hour at most; the unit of residence sees it.',
  ],
  'counter-service': ['Việc người dân đề nghị', 'What they came for'],
  'counter-service-account': ['Đăng ký tài khoản', 'An account'],
  'counter-service-level-two': ['Nâng mức độ tài khoản', 'Level 2'],
  'counter-service-phone': ['Đổi số điện thoại của tài khoản', 'Another phone of the account'],
  'counter-service-information': ['Hỏi thông tin của mình', 'Information about themselves'],
  'counter-send-code': ['Gửi mã đồng ý', 'Send the code'],
  'counter-code-sent': ['Đã gửi mã đến số điện thoại có 3 số cuối {end}', 'The code went to the phone ending in {end}'],
  'counter-code': ['Mã người dân đọc', 'The code that they say'],
  'counter-open': ['Mở hồ sơ', 'Open the record'],
  'counter-code-wrong': ['Mã chưa đúng. Đề nghị người dân đọc lại.', 'The code is wrong. Let them say it again.'],
  'counter-code-over': ['Mã đã hết hiệu lực. Gửi mã khác.', 'The code is over. Send another.'],
  'counter-paper': ['Phiếu đồng ý đã ký (số, nơi lưu)', 'Signed paper of consent (number, where it is kept)'],
  'counter-paper-hint': [
    'Chỉ khi không gửi được mã; cán bộ thứ hai tại nơi tiếp nhận xác nhận.',
    'Only where no code can be sent; a second officer of the counter accepts it.',
  ],
  'counter-send-paper': ['Ghi phiếu đồng ý', 'Write the paper down'],
  'counter-paper-waits': [
    'Đã ghi phiếu. Hồ sơ mở khi cán bộ thứ hai xác nhận.',
    'Written down. The record opens when a second officer accepts it.',
  ],
  'counter-served': ['Đang tiếp nhận theo sự đồng ý', 'Served with their consent'],
  'counter-served-none': ['Không có ai', 'Nobody'],
  'counter-by': ['{service}; {name}', '{service}; {name}'],
  'counter-accept': ['Xác nhận phiếu: {paper}', 'Accept the paper: {paper}'],
  'counter-end': ['Kết thúc, đóng hồ sơ', 'End it, shut the record'],
  'counter-list': ['Tiếp nhận người dân nơi khác', 'People served at a counter of another unit'],
  'counter-list-about': [
    'Người của đơn vị được tiếp nhận ở nơi khác, và người nơi khác được tiếp nhận ở đây, trong 90 ngày. Không nêu tên.',
    'People of your units served elsewhere, and others served at your counters, within 90 days. Nobody is named.',
  ],
  'counter-list-none': ['Chưa có lần nào', 'None so far'],
  'counter-officer': ['Cán bộ tiếp nhận', 'Officer'],
  'counter-unit': ['Nơi tiếp nhận', 'Counter'],
  'counter-home': ['Nơi cư trú', 'Residence'],
  'counter-asked': ['Lúc', 'When'],
  'counter-state': ['Kết quả', 'What came of it'],
  'counter-state-waits': ['chưa mở', 'not opened'],
  'counter-state-open': ['đang mở', 'open'],
  'counter-state-done': ['xong việc', 'done'],
  'counter-state-left': ['đã kết thúc', 'ended'],
  'counter-state-overdue': ['hết giờ', 'time was over'],
  'counter-state-refused': ['sai mã nhiều lần', 'wrong codes'],
  'counter-read': ['{state}; đã xem hồ sơ', '{state}; the record was read'],
} as const

type CounterWords = typeof counterWords
declare module '../base/language.tsx' {
  interface Texts extends CounterWords {}
}
