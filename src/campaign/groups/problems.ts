import { problems } from '../../platform/problem.ts'

export const groupProblem = problems({
  'group-unknown': {
    status: 404,
    title: 'There is no such group among those you may see',
    vi: 'Không có tổ này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the list of groups.',
    fixVi: 'Chọn một tổ trong danh sách.',
  },
  'group-exists': {
    status: 409,
    title: 'The commune has a group of this name',
    vi: 'Xã, phường đã có tổ mang tên này',
    fix: 'Open that one, or give this one another name.',
    fixVi: 'Mở tổ đó, hoặc đặt tên khác.',
  },
  'group-unit-refused': {
    status: 422,
    title: 'A group belongs to a commune of yours',
    vi: 'Tổ phải thuộc một xã, phường trong phạm vi của anh/chị',
    fix: 'Choose your own commune, or one below your unit.',
    fixVi: 'Chọn xã, phường của anh/chị hoặc trực thuộc đơn vị của anh/chị.',
  },
  'group-leader-needed': {
    status: 422,
    title: 'A group has one leader',
    vi: 'Mỗi tổ có đúng một tổ trưởng',
    fix: 'Say of one member, and no other, that they lead.',
    fixVi: 'Chọn một người, và chỉ một, làm tổ trưởng.',
  },
  'group-phone-malformed': {
    status: 400,
    title: 'A phone of a member cannot be read',
    vi: 'Có số điện thoại của thành viên chưa đọc được',
    fix: '"rows" says of which members; ten digits from 0 on, or leave it out.',
    fixVi: '"rows" cho biết dòng nào; ghi mười chữ số bắt đầu từ 0, hoặc để trống.',
  },
  'group-ended': {
    status: 409,
    title: 'The group is no more',
    vi: 'Tổ này đã giải thể',
    fix: 'Choose another group, or set up a new one.',
    fixVi: 'Chọn tổ khác, hoặc lập tổ mới.',
  },
  'group-member-unknown': {
    status: 404,
    title: 'Nobody of the commune is appointed a member of community groups by this post',
    vi: 'Xã, phường không có thành viên tổ công nghệ số nào giữ vị trí này',
    fix: 'Choose one of the list; two officers give a member their post first.',
    fixVi: 'Chọn trong danh sách; hai cán bộ phân công thành viên trước.',
  },
  'group-access-unknown': {
    status: 404,
    title: 'This member sees no lists of the group',
    vi: 'Thành viên này không có quyền xem danh sách của tổ',
    fix: 'Read the page of the group again.',
    fixVi: 'Mở lại trang của tổ.',
  },
  'house-list-unknown': {
    status: 404,
    title: 'There is no such list among those you may see',
    vi: 'Không có danh sách này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the page of the group.',
    fixVi: 'Chọn một danh sách ở trang của tổ.',
  },
  'house-list-empty': {
    status: 422,
    title: 'Nobody here lacks any of this, or they are on another list already',
    vi: 'Ở đây không ai còn thiếu những thứ này, hoặc đã có trong danh sách khác',
    fix:
      '"elsewhere" people of the commune have an address that does not name the quarter: ' +
      'take the whole commune, or mend the quarter’s name.',
    fixVi:
      '"elsewhere" người trong xã, phường có địa chỉ không ghi khu này: lấy cả xã, phường, hoặc sửa tên khu của tổ.',
  },
  'house-list-too-long': {
    status: 422,
    title: 'The list is longer than a group can walk with',
    vi: 'Danh sách dài hơn mức một tổ đi được',
    fix: '"people" lack it and "most" fit: take one quarter, one campaign, or fewer things.',
    fixVi: '"people" người còn thiếu, một danh sách chứa "most" người: lấy theo khu, theo chiến dịch, hoặc ít thứ hơn.',
  },
  'house-list-lasts-too-long': {
    status: 422,
    title: 'A list is not given out for so many days',
    vi: 'Danh sách không được giao lâu như vậy',
    fix: '"most" days at most; make a new one afterwards, with who still lacks something then.',
    fixVi: 'Nhiều nhất "most" ngày; sau đó lập danh sách mới gồm những người lúc ấy còn thiếu.',
  },
  'house-list-over': {
    status: 410,
    title: 'The list is over and shows nothing any more',
    vi: 'Danh sách đã hết hạn và không hiện gì nữa',
    fix: 'Make a new one: it takes in who still lacks something today.',
    fixVi: 'Lập danh sách mới: sẽ gồm những người hôm nay còn thiếu.',
  },
  'house-list-entry-unknown': {
    status: 404,
    title: 'This person is not on the list',
    vi: 'Người này không có trong danh sách',
    fix: 'Read the list anew.',
    fixVi: 'Tải lại danh sách.',
  },
  'house-list-note-refused': {
    status: 422,
    title: 'The note holds a long number; the list carries none',
    vi: 'Ghi chú có dãy số dài; danh sách này không mang số nào',
    fix: 'Say it in words; numbers and phones are kept in the register.',
    fixVi: 'Ghi bằng lời; số định danh, số điện thoại để ở Dân cư.',
  },
  'house-list-day-refused': {
    status: 422,
    title: 'The day of the call is not one of the list’s',
    vi: 'Ngày đến nhà không nằm trong thời hạn của danh sách',
    fix: 'From the day it was made until today.',
    fixVi: 'Từ ngày lập danh sách đến hôm nay.',
  },
})
