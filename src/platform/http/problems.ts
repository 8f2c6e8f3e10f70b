import { problems } from '../problem.ts'

/** Refusals of any request, before a context is asked. */
export const requestProblem = problems({
  'sign-in-needed': {
    status: 401,
    title: 'You are not signed in, or your session has ended',
    vi: 'Chưa đăng nhập, hoặc phiên làm việc đã hết',
    fix: 'Sign in again; what you typed is still on the screen.',
    fixVi: 'Đăng nhập lại; những gì vừa nhập vẫn còn trên màn hình.',
  },
  'right-missing': {
    status: 403,
    title: 'Your role in this unit does not include this',
    vi: 'Vai trò của anh/chị ở đơn vị này không có quyền làm việc này',
    fix: 'Ask the commander of your unit for the right, or for a stand-in.',
    fixVi: 'Đề nghị lãnh đạo đơn vị cấp quyền, hoặc cử người thay.',
  },
  'factor-needed': {
    status: 403,
    title: 'Approvals, exports and rights of officers need your second factor again',
    vi: 'Phê duyệt, kết xuất và phân quyền cần xác nhận lại bằng yếu tố thứ hai',
    fix: 'Give the second factor at /second-factor, then send the same request again; nothing was changed.',
    fixVi: 'Xác nhận yếu tố thứ hai ở trang /second-factor rồi gửi lại; chưa có gì bị thay đổi.',
  },
  'input-invalid': {
    status: 400,
    title: 'Some of what was sent is not as it should be',
    vi: 'Một số thông tin gửi lên không đúng',
    fix: '"wrong" names the field that was found first and what it should be; correct it and send again.',
    fixVi: '"wrong" ghi mục sai được phát hiện trước tiên và cách ghi đúng; sửa rồi gửi lại.',
  },
  'member-undeclared': {
    status: 400,
    title: 'What was sent has a member that is not taken here',
    vi: 'Nội dung gửi lên có mục không thuộc biểu mẫu này',
    fix: 'Remove the member named in "member", or correct its name (/api/openapi.json has them all), and send again.',
    fixVi: 'Bỏ mục ghi ở "member" hoặc sửa lại tên mục (xem /api/openapi.json) rồi gửi lại.',
  },
  'nul-character': {
    status: 400,
    title: 'A text of the request holds a NUL character (code 0)',
    vi: 'Yêu cầu có ký tự NUL (mã 0) trong văn bản',
    fix: 'Remove the character and send again. A program puts it there when it sends bytes as text.',
    fixVi: 'Xóa ký tự này rồi gửi lại. Ký tự này thường do chương trình gửi dữ liệu nhị phân dưới dạng văn bản.',
  },
  'half-character': {
    status: 400,
    title: 'A text of the request holds half a character (a surrogate without the other)',
    vi: 'Yêu cầu có ký tự bị cắt đôi (mã thay thế đứng một mình) trong văn bản',
    fix: 'Send whole characters; a program cut the text in the middle of one.',
    fixVi: 'Gửi ký tự nguyên vẹn; chương trình đã cắt văn bản ở giữa một ký tự.',
  },
  'form-unreadable': {
    status: 400,
    title: 'The form with a file was cut, or is no multipart/form-data with a boundary',
    vi: 'Biểu mẫu kèm tệp bị cắt, hoặc không phải multipart/form-data có boundary',
    fix: 'Send it again, whole; a program names the boundary in content-type (RFC 7578).',
    fixVi: 'Gửi lại đầy đủ; chương trình phải ghi boundary trong content-type (RFC 7578).',
  },
  'body-too-slow': {
    status: 408,
    title: 'The request came too slowly, or stopped coming',
    vi: 'Yêu cầu gửi lên quá chậm hoặc bị ngừng giữa chừng',
    fix: 'Nothing was changed. Check the connection, then send again.',
    fixVi: 'Chưa có gì bị thay đổi. Kiểm tra đường truyền rồi gửi lại.',
  },
  'foreign-origin': {
    status: 403,
    title: 'This request came from another site',
    vi: 'Yêu cầu này đến từ trang khác',
    fix: 'Open the page on this installation itself, at the address that its operator has set, and do it there.',
    fixVi: 'Mở trang của chính hệ thống này, theo địa chỉ do quản trị viên cấu hình, rồi làm lại.',
  },
  'file-missing': {
    status: 400,
    title: 'No file came with the request',
    vi: 'Yêu cầu không kèm tệp nào',
    fix: 'Choose a file, then send again.',
    fixVi: 'Chọn tệp rồi gửi lại.',
  },
  'file-too-large': {
    status: 413,
    title: 'The file is larger than is taken here',
    vi: 'Tệp lớn hơn mức nhận',
    fix: 'Split it, or send it through the command line.',
    fixVi: 'Chia nhỏ tệp, hoặc nhập bằng dòng lệnh.',
  },
  'address-unreadable': {
    status: 400,
    title: 'The address of the request cannot be read',
    vi: 'Không đọc được địa chỉ của yêu cầu',
    fix: 'Encode it as UTF-8 with percent signs (RFC 3986), with no part longer than 200 characters, and send again.',
    fixVi: 'Mã hóa địa chỉ bằng UTF-8 với dấu phần trăm (RFC 3986), mỗi phần không quá 200 ký tự, rồi gửi lại.',
  },
  'request-unreadable': {
    status: 400,
    title: 'What was sent is no request of HTTP',
    vi: 'Nội dung gửi lên không phải là yêu cầu HTTP',
    fix: 'Send it with a program that writes requests as RFC 9112 says.',
    fixVi: 'Gửi bằng chương trình ghi yêu cầu đúng theo RFC 9112.',
  },
  'head-too-large': {
    status: 431,
    title: 'The address and headers of the request are too long',
    vi: 'Địa chỉ và các tiêu đề của yêu cầu quá dài',
    fix: 'Send less than 16 KB of them; clear the cookies of this site where a browser sends it.',
    fixVi: 'Gửi dưới 16 KB; nếu dùng trình duyệt, hãy xóa cookie của trang này.',
  },
  'head-too-slow': {
    status: 408,
    title: 'The headers of the request came too slowly',
    vi: 'Các tiêu đề của yêu cầu đến quá chậm',
    fix: 'Look at the connection, then send again.',
    fixVi: 'Kiểm tra đường truyền rồi gửi lại.',
  },
  'page-unknown': {
    status: 404,
    title: 'There is no such page',
    vi: 'Không có trang này',
    fix: 'Check the address, or begin at the first page.',
    fixVi: 'Kiểm tra địa chỉ, hoặc bắt đầu từ trang đầu.',
  },
})

/** Refusals of forms on pages without script (csrf.ts). */
export const formProblem = problems({
  'form-stale': {
    status: 403,
    title: 'This form is too old, or the browser sent no cookie with it',
    vi: 'Biểu mẫu này đã cũ, hoặc trình duyệt không gửi cookie',
    fix: 'Open the page again and fill in the form; cookies of this installation must be allowed.',
    fixVi: 'Mở lại trang rồi điền lại; trình duyệt cần cho phép cookie của hệ thống này.',
  },
})
