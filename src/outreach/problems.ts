import { problems } from '../platform/problem.ts'

export const outreachProblem = problems({
  'message-unknown': {
    status: 404,
    title: 'There is no such message among those you may see',
    vi: 'Không có tin nhắn này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the list of messages.',
    fixVi: 'Chọn một tin trong danh sách.',
  },
  'message-retry-refused': {
    status: 409,
    title: 'A message in this state is not sent again',
    vi: 'Tin ở trạng thái này không gửi lại được',
    fix: '"state" says where it stands: what is waiting goes out by itself, what was sent has arrived.',
    fixVi: '"state" là trạng thái của tin: tin đang chờ sẽ tự gửi, tin đã gửi thì đã đến nơi nhận.',
  },
  'message-address-unusable': {
    status: 409,
    title: 'Nothing can be delivered to the address of this message',
    vi: 'Địa chỉ nhận của tin này không dùng được',
    fix: 'Correct the phone or e-mail address where it was entered; the next message goes to the corrected one.',
    fixVi: 'Sửa số điện thoại hoặc địa chỉ thư ở nơi đã nhập; tin sau sẽ gửi đến địa chỉ mới.',
  },
  'message-over': {
    status: 409,
    title: 'This message carried a number for one use, and is worth nothing any more',
    vi: 'Tin này mang số dùng một lần và không còn giá trị',
    fix: 'The person asks for a new one on the page where they were.',
    fixVi: 'Người dân tự yêu cầu số mới ở trang đang dùng.',
  },
  'message-not-unknown': {
    status: 409,
    title: 'It is known what became of this message',
    vi: 'Đã biết kết quả gửi của tin này',
    fix: '"state" says where it stands; one that failed or was given up is tried again by "retry".',
    fixVi: '"state" là trạng thái của tin; tin gửi không thành được gửi lại bằng "Gửi lại".',
  },
  'message-not-lost': {
    status: 409,
    title: 'This message is not lost',
    vi: 'Tin này không thuộc diện chưa đến nơi',
    fix:
      '"state" says where it stands: only of one that was refused, given up or unknown is it said ' +
      'how people were reached.',
    fixVi: '"state" là trạng thái của tin; chỉ ghi cách liên hệ khác khi tin bị từ chối, bỏ gửi hoặc chưa rõ kết quả.',
  },
  'message-may-have-arrived': {
    status: 409,
    title: 'Nobody knows whether this message arrived',
    vi: 'Chưa rõ tin này đã đến hay chưa',
    fix: 'Ask the family first; send it elsewhere with "mayArriveTwice" where it may arrive twice.',
    fixVi: 'Hỏi gia đình trước; nếu chấp nhận tin đến hai lần thì gửi lại kèm "mayArriveTwice".',
  },
  'budget-unit-needed': {
    status: 409,
    title: 'A budget is set by an officer of a unit',
    vi: 'Hạn mức do cán bộ của đơn vị đặt',
    fix: 'Sign in with a post at the unit that pays.',
    fixVi: 'Đăng nhập bằng vị trí công tác tại đơn vị chi trả.',
  },
  'budget-of-another': {
    status: 409,
    title: 'Another unit set this budget',
    vi: 'Hạn mức này do đơn vị khác đặt',
    fix: 'Ask that unit to change it.',
    fixVi: 'Đề nghị đơn vị đó điều chỉnh.',
  },
  'budget-hours-wrong': {
    status: 422,
    title: 'The hours end before they begin',
    vi: 'Giờ kết thúc phải sau giờ bắt đầu',
    fix: 'Give a first and a last hour of one day, or none.',
    fixVi: 'Ghi giờ bắt đầu và giờ kết thúc trong cùng một ngày, hoặc bỏ trống cả hai.',
  },
  'message-page-gone': {
    status: 404,
    title: 'The message that ended the page before can no longer be seen',
    vi: 'Tin cuối của trang trước không còn xem được',
    fix: 'Read the list from its first page.',
    fixVi: 'Xem lại danh sách từ trang đầu.',
  },
  'message-unlawful': {
    status: 422,
    title: 'What is to be told to the person holds something that no message of this installation may hold',
    vi: 'Nội dung gửi cho người dân có điều mà tin của hệ thống không được có',
    fix:
      '"breach" says what: a link, a word for a one-time code or a password, or a threat. ' +
      'Write the reason without it.',
    fixVi:
      '"breach" cho biết là gì: đường liên kết (link), mã xác thực hoặc mật khẩu (one-time-code), ' +
      'lời đe dọa (threat). Viết lại lý do, bỏ phần đó.',
  },
})
