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
  'port-in-use': {
    status: 503,
    title: 'Another program already listens on this port',
    vi: 'Cổng này đang có chương trình khác dùng',
    fix: 'Stop it, or start with another port: --port 8081.',
    fixVi: 'Dừng chương trình đó, hoặc chọn cổng khác: --port 8081.',
  },
  'plain-network': {
    status: 503,
    title: 'Other machines would reach this installation without encryption',
    vi: 'Máy khác sẽ truy cập hệ thống này mà không được mã hóa',
    fix: 'Add --tls, or name the proxy that speaks https in DINHDANH_TRUST_PROXY, or listen on 127.0.0.1.',
    fixVi: 'Thêm --tls, hoặc ghi proxy https ở DINHDANH_TRUST_PROXY, hoặc chỉ nghe trên 127.0.0.1.',
  },
  'port-forbidden': {
    status: 503,
    title: 'This user may not listen on this port or address',
    vi: 'Người dùng này không được mở cổng hoặc địa chỉ này',
    fix: 'Choose a port above 1023, and an address of this machine.',
    fixVi: 'Chọn cổng lớn hơn 1023 và địa chỉ của máy này.',
  },
})
