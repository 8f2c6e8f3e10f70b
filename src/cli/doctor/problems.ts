import { problems } from '../../platform/problem.ts'

export const doctorProblem = problems({
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
    fix: 'Copy it back from where the copies of keys/ lie before anything is started: no other key opens what it sealed.',
    fixVi:
      'Chép lại khóa từ nơi cất bản sao của keys/ trước khi khởi động: khóa khác không mở được dữ liệu đã niêm phong.',
  },
})
