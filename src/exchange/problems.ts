import { problems } from '../platform/problem.ts'

export const exchangeProblem = problems({
  'centre-card-refused': {
    status: 422,
    title: 'This is no card of a national centre',
    vi: 'Đây không phải thẻ kết nối của trung tâm quốc gia',
    fix:
      'Take the JSON file as the centre gave it: exchange, party, address (https), sign and open, with P-256 keys ' +
      '(docs/exchange.md).',
    fixVi:
      'Dùng đúng tệp JSON trung tâm cấp: exchange, party, address (https), sign và open, khóa P-256 ' +
      '(docs/exchange.md).',
  },
  'centre-joined': {
    status: 409,
    title: 'This installation answers to another centre',
    vi: 'Hệ thống đang kết nối với một trung tâm khác',
    fix: '"centre" names it. Run exchange leave first; what waits for it goes on waiting.',
    fixVi: '"centre" là tên trung tâm đó. Chạy exchange leave trước; những việc đang chờ vẫn chờ.',
  },
  'centre-not-joined': {
    status: 409,
    title: 'This installation is joined to no national centre',
    vi: 'Hệ thống chưa kết nối với trung tâm quốc gia',
    fix: 'Run exchange join with the card that the centre gave (docs/operations.md, The national centre).',
    fixVi: 'Chạy exchange join với thẻ kết nối trung tâm cấp (docs/operations.md, mục The national centre).',
  },
  'question-not-open': {
    status: 409,
    title: 'This waits for the national centre already',
    vi: 'Việc này đã chuyển trung tâm quốc gia và đang chờ trả lời',
    fix: 'Wait for the answer; the page Trao đổi với trung tâm says since when it waits.',
    fixVi: 'Chờ trung tâm trả lời; trang Trao đổi với trung tâm ghi thời điểm đã chuyển.',
  },
  'question-too-large': {
    status: 422,
    title: 'This is too much to be handed up at once',
    vi: 'Khối lượng quá lớn để chuyển trong một lần',
    fix: '"most" is how many pieces may go together. Plan smaller batches.',
    fixVi: '"most" là số phần được chuyển trong một lần. Lập mẻ nhỏ hơn.',
  },
  'look-up-basis-needed': {
    status: 422,
    title: 'Say by which law, and for what, this person is asked about',
    vi: 'Cần ghi căn cứ pháp lý và mục đích tra cứu người này',
    fix: 'Name the act and article, such as LCC Art. 10, and the file that it is for, in ten letters at least.',
    fixVi: 'Ghi văn bản, điều khoản (ví dụ Điều 10 Luật Căn cước) và hồ sơ cần tra cứu, ít nhất mười chữ cái.',
  },
  'look-up-of-our-own': {
    status: 409,
    title: 'This number stands in the register here',
    vi: 'Số này đã có trong dữ liệu dân cư của tỉnh',
    fix: 'Look the person up in Dân cư: the national centre is asked about people of other provinces alone.',
    fixVi: 'Tra cứu ở mục Dân cư: chỉ hỏi trung tâm quốc gia về người thuộc tỉnh khác.',
  },
  'look-up-number-malformed': {
    status: 422,
    title: 'This is no personal identification number',
    vi: 'Đây không phải số định danh cá nhân',
    fix: 'Write its twelve digits as they stand on the paper.',
    fixVi: 'Ghi đủ mười hai chữ số như trên giấy tờ.',
  },
  'quarantined-unknown': {
    status: 404,
    title: 'There is no such message in quarantine',
    vi: 'Không có thông điệp này trong danh sách chờ xử lý',
    fix: 'Open the page again: another officer may have settled it.',
    fixVi: 'Mở lại trang; có thể cán bộ khác đã xử lý.',
  },
  'quarantine-reason-needed': {
    status: 422,
    title: 'A reason of one sentence is needed',
    vi: 'Cần ghi lý do, ít nhất một câu',
    fix: 'Write why this message is set aside, in ten letters at least. It is sealed with your name.',
    fixVi: 'Ghi rõ vì sao bỏ qua thông điệp, ít nhất mười chữ cái. Lý do được niêm phong cùng tên anh/chị.',
  },
})
