import { problems } from '../platform/problem.ts'

export const operationsProblem = problems({
  'request-record-unknown': {
    status: 404,
    title: 'Nothing is kept of a request with this code',
    vi: 'Không còn lưu thông tin về yêu cầu có mã này',
    fix:
      'Copy the whole code from the error page. What succeeded is kept where the access log is on; anything is kept ' +
      'for some weeks, on the machine that answered.',
    fixVi:
      'Chép đủ mã trên trang lỗi. Yêu cầu thành công chỉ được lưu khi bật nhật ký truy cập; mọi thông tin được lưu ' +
      'vài tuần, trên máy đã trả lời.',
  },
})
