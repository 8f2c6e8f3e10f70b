import { problems } from '../platform/problem.ts'

export const cardProblem = problems({
  'card-unknown': {
    status: 404,
    title: 'There is no such card among those you may see',
    vi: 'Không có thẻ này trong phạm vi bạn được xem',
    fix: 'Open the card from the page of its holder.',
    fixVi: 'Mở thẻ từ trang của người được cấp.',
  },
  'card-move-refused': {
    status: 409,
    title: 'A card in this state cannot be moved so',
    vi: 'Thẻ ở trạng thái này không chuyển như vậy được',
    fix: '"state" is where the card is; reload the page, someone may have moved it.',
    fixVi: '"state" là trạng thái hiện tại của thẻ; tải lại trang, có thể người khác vừa chuyển.',
  },
  'card-not-needed': {
    status: 409,
    title: 'The person has a card in force, or one on its way',
    vi: 'Người này đang có thẻ còn giá trị, hoặc thẻ đang được làm',
    fix: '"state" is where that card is. Hand it over, or wait for it.',
    fixVi: '"state" là trạng thái của thẻ đó. Hãy trả thẻ, hoặc chờ thẻ về.',
  },
  'card-too-young': {
    status: 422,
    title: 'The person is too young for a card by the law of the day',
    vi: 'Người này chưa đủ tuổi cấp thẻ theo luật tại ngày này',
    fix: 'A card is issued from the age in "from"; come back on the birthday.',
    fixVi: 'Thẻ được cấp từ độ tuổi ghi ở "from"; hẹn lại sau ngày sinh nhật.',
  },
  'card-holder-dead': {
    status: 409,
    title: 'No card is made for a person who has died',
    vi: 'Không làm thẻ cho người đã mất',
    fix: 'If the register is wrong, propose a correction first.',
    fixVi: 'Nếu dữ liệu dân cư sai, đề nghị đính chính trước.',
  },
  'card-serial-needed': {
    status: 400,
    title: 'A card that was made has a serial: letters, digits, hyphens, 40 at most',
    vi: 'Thẻ đã in phải có số sê-ri gồm chữ, số, dấu gạch, không quá 40 ký tự',
    fix: 'Give the serial printed on the card.',
    fixVi: 'Nhập số sê-ri in trên thẻ.',
  },
  'card-reason-needed': {
    status: 400,
    title: 'Say why the card is blocked or revoked',
    vi: 'Cần ghi lý do khóa hoặc thu hồi thẻ',
    fix: 'Give a reason in a few words.',
    fixVi: 'Ghi ngắn gọn lý do.',
  },
})
