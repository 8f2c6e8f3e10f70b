import { problems } from '../platform/problem.ts'

export const accountProblem = problems({
  'account-unknown': {
    status: 404,
    title: 'There is no such account among those you may see',
    vi: 'Không có tài khoản này trong phạm vi bạn được xem',
    fix: 'Open the account from the page of its holder.',
    fixVi: 'Mở tài khoản từ trang của người giữ.',
  },
  'account-move-refused': {
    status: 409,
    title: 'An account in this state cannot be moved so',
    vi: 'Tài khoản ở trạng thái này không chuyển như vậy được',
    fix: '"state" and "level" are what it is now; reload the page, someone may have moved it.',
    fixVi: '"state" và "level" là trạng thái và mức hiện tại; tải lại trang, có thể người khác vừa chuyển.',
  },
  'account-exists': {
    status: 409,
    title: 'The person has an account',
    vi: 'Người này đã có tài khoản',
    fix: '"state" and "level" say what it is. Raise its level, or have it activated.',
    fixVi: '"state" và "level" cho biết tài khoản đang ở đâu. Nâng mức, hoặc kích hoạt.',
  },
  'account-too-young': {
    status: 422,
    title: 'The person is too young for an account of their own at this level by the law of the day',
    vi: 'Người này chưa đủ tuổi có tài khoản riêng ở mức này theo luật tại ngày này',
    fix: 'From "from" years of age. Until then a child is registered under the account of a parent or guardian.',
    fixVi: 'Từ đủ "from" tuổi. Trước đó, trẻ em đăng ký theo tài khoản của cha mẹ hoặc người giám hộ.',
  },
  'account-card-needed': {
    status: 409,
    title: 'Level 2 needs a card, or an application for one made together with it',
    vi: 'Mức 2 cần có thẻ, hoặc làm cùng với hồ sơ cấp thẻ',
    fix: 'Enter the application for the card first.',
    fixVi: 'Lập hồ sơ cấp thẻ trước.',
  },
  'account-holder-dead': {
    status: 409,
    title: 'No account is opened for a person who has died',
    vi: 'Không mở tài khoản cho người đã mất',
    fix: 'If the register is wrong, propose a correction first.',
    fixVi: 'Nếu dữ liệu dân cư sai, đề nghị đính chính trước.',
  },
  'account-phone-malformed': {
    status: 400,
    title: 'This is no phone number',
    vi: 'Số điện thoại không đúng',
    fix: 'Ten digits that begin with 0.',
    fixVi: 'Nhập 10 chữ số, bắt đầu bằng 0.',
  },
  'account-phone-taken': {
    status: 409,
    title: 'This phone belongs to another person’s account',
    vi: 'Số điện thoại này đã dùng cho tài khoản của người khác',
    fix: 'Give another phone of one’s own; if it is theirs, the other account must give it up first, at the police.',
    fixVi: 'Dùng số khác của chính mình; nếu đúng là số của mình, đến công an để tài khoản kia trả số trước.',
  },
  'account-reason-needed': {
    status: 400,
    title: 'Say why the account is locked or cancelled',
    vi: 'Cần ghi lý do khóa hoặc hủy tài khoản',
    fix: 'Give a reason in a few words.',
    fixVi: 'Ghi ngắn gọn lý do.',
  },
})
