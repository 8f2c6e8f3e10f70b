import { problems } from './platform/problem.ts'

export const startProblem = problems({
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
  'pages-not-built': {
    status: 503,
    title: 'The pages are not built, and the packages that build them are not installed',
    vi: 'Chưa dựng các trang, và chưa cài các gói để dựng',
    fix: 'Run npm run pages in the folder of the program.',
    fixVi: 'Chạy npm run pages trong thư mục chương trình.',
  },
  'port-forbidden': {
    status: 503,
    title: 'This user may not listen on this port or address',
    vi: 'Người dùng này không được mở cổng hoặc địa chỉ này',
    fix: 'Choose a port above 1023, and an address of this machine.',
    fixVi: 'Chọn cổng lớn hơn 1023 và địa chỉ của máy này.',
  },
  'installation-not-there': {
    status: 404,
    title: 'There is no installation in this folder',
    vi: 'Trong thư mục này không có hệ thống nào',
    fix: 'Name its data folder with --data; "start" makes a new installation. Nothing was made.',
    fixVi: 'Ghi đúng thư mục dữ liệu bằng --data; lệnh "start" tạo hệ thống mới. Chưa tạo gì cả.',
  },
  'key-not-there': {
    status: 409,
    title: 'A key of the installation is missing',
    vi: 'Hệ thống thiếu một khóa',
    fix: 'Copy it back from where the copies of keys/ lie before you start: no other key opens what it sealed.',
    fixVi: 'Chép lại từ nơi cất bản sao của keys/ trước khi khởi động: khóa khác không mở được dữ liệu đã niêm phong.',
  },
})
