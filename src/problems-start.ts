import { problems } from './platform/problem.ts'

export const startProblem = problems({
  'pages-not-built': {
    status: 503,
    title: 'The pages are not built, and the packages that build them are not installed',
    vi: 'Chưa dựng các trang, và chưa cài các gói để dựng',
    fix: 'Run npm run pages in the folder of the program.',
    fixVi: 'Chạy npm run pages trong thư mục chương trình.',
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
