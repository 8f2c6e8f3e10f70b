import { problems } from '../../platform/problem.ts'

export const handOverProblem = problems({
  'holder-unknown': {
    status: 404,
    title: 'Nobody in the register has this number',
    vi: 'Không ai trong dữ liệu dân cư mang số này',
    fix: 'Scan the paper again, or open the person and scan the card there.',
    fixVi: 'Quét lại giấy tờ, hoặc mở người được cấp rồi quét thẻ.',
  },
  'card-of-another-person': {
    status: 409,
    title: 'This card is another person’s',
    vi: 'Thẻ này là của người khác',
    fix: 'Put it back and take the card of whoever stands there. Nothing was handed over.',
    fixVi: 'Cất thẻ này, lấy đúng thẻ của người đang nhận. Chưa trả thẻ nào.',
  },
  'card-not-here': {
    status: 409,
    title: 'This card is not here to be handed over',
    vi: 'Thẻ này không có ở đây để trả',
    fix: '"state" is where it is: still on its way, blocked, revoked, or with its holder.',
    fixVi: '"state" là trạng thái của thẻ: đang chuyển, đã khóa, đã thu hồi, hoặc người được cấp đang giữ.',
  },
  'card-handed-over': {
    status: 409,
    title: 'This card was handed over already',
    vi: 'Thẻ này đã được trả',
    fix:
      '"on" is the day. Nothing was handed over now; open the card to see to whom, ' +
      'and scan the card of whoever stands there.',
    fixVi:
      '"on" là ngày đã trả. Lần này chưa trả thẻ nào; mở thẻ để xem đã trả cho ai, ' +
      'rồi quét đúng thẻ của người đang nhận.',
  },
  'card-not-on-list': {
    status: 409,
    title: 'The card is not on this list',
    vi: 'Thẻ không có trong danh sách này',
    fix: 'Use the list that lies with the card.',
    fixVi: 'Dùng đúng danh sách đi kèm thẻ.',
  },
  'representative-needed': {
    status: 400,
    title: 'A representative has a name, a relation and a paper that shows it',
    vi: 'Người được ủy quyền, người đại diện phải có họ tên, quan hệ và giấy tờ chứng minh',
    fix: 'Enter all three.',
    fixVi: 'Nhập đủ ba mục.',
  },
  'list-unknown': {
    status: 404,
    title: 'There is no such list in your units',
    vi: 'Không có danh sách này trong các đơn vị của anh/chị',
    fix: 'Choose a list.',
    fixVi: 'Chọn danh sách.',
  },
  'list-empty': {
    status: 400,
    title: 'There is no card on the list',
    vi: 'Danh sách chưa có thẻ nào',
    fix: 'Scan the cards in first.',
    fixVi: 'Quét thẻ vào danh sách trước.',
  },
  'list-returned': {
    status: 409,
    title: 'This list was returned already',
    vi: 'Danh sách này đã nhận lại',
    fix: 'Reload the page.',
    fixVi: 'Tải lại trang.',
  },
  'list-not-signed': {
    status: 400,
    title: 'A card counts as handed over only when the pupil signed',
    vi: 'Chỉ ghi đã trả khi học sinh đã ký nhận',
    fix: 'Photograph or scan the signed list.',
    fixVi: 'Chụp hoặc quét danh sách đã ký.',
  },
  'list-sheet-unreadable': {
    status: 422,
    title: 'The scan is neither a whole JPEG or PNG picture nor a whole PDF',
    vi: 'Bản quét không phải ảnh JPEG, PNG hoặc tệp PDF nguyên vẹn',
    fix: 'Photograph or scan the signed list again, and send that file as it is.',
    fixVi: 'Chụp hoặc quét lại danh sách đã ký rồi gửi nguyên tệp đó.',
  },
  'list-sheet-active': {
    status: 422,
    title: 'The PDF does more than show pages',
    vi: 'Tệp PDF không chỉ có trang giấy',
    fix: '"found" is what it does or carries, such as JavaScript or another file. Send a photograph instead.',
    fixVi: '"found" là phần không được nhận, như JavaScript hoặc tệp đính kèm. Hãy chụp ảnh danh sách và gửi ảnh đó.',
  },
  'list-sheet-encrypted': {
    status: 422,
    title: 'The PDF is locked by a password',
    vi: 'Tệp PDF bị khóa bằng mật khẩu',
    fix: 'Scan the list again without a password, or photograph it.',
    fixVi: 'Quét lại danh sách không đặt mật khẩu, hoặc chụp ảnh.',
  },
  'signature-unreadable': {
    status: 422,
    title: 'The signature is no JPEG or PNG picture',
    vi: 'Chữ ký không phải ảnh JPEG hoặc PNG',
    fix: 'Take the signature again.',
    fixVi: 'Hãy lấy lại chữ ký.',
  },
  'list-line-open': {
    status: 400,
    title: 'Some cards of the list are neither signed for nor back',
    vi: 'Còn thẻ trong danh sách chưa ký nhận và chưa trả lại',
    fix: 'Say of each card in "cards" whether it was signed for or came back.',
    fixVi: 'Ghi rõ từng thẻ ở "cards": đã ký nhận hay trả lại.',
  },
  'teacher-needed': {
    status: 400,
    title: 'Who collects the cards is to be named',
    vi: 'Cần họ tên người nhận danh sách',
    fix: 'Enter the teacher’s name.',
    fixVi: 'Nhập họ tên giáo viên.',
  },
})
