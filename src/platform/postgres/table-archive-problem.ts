import { problems } from '../problem.ts'

export const backupProblem = problems({
  'backup-not-whole': {
    status: 422,
    title: 'This file is not a whole backup',
    vi: 'Tệp này không phải bản sao lưu nguyên vẹn',
    fix: 'Take another copy of the backup; nothing was restored.',
    fixVi: 'Lấy bản sao lưu khác; chưa khôi phục gì.',
  },
  'backup-not-there': {
    status: 404,
    title: 'There is no such file',
    vi: 'Không có tệp này',
    fix: 'Check the path of the backup.',
    fixVi: 'Kiểm tra đường dẫn tệp sao lưu.',
  },
  'backup-of-another-release': {
    status: 422,
    title: 'This backup was made by another release',
    vi: 'Bản sao lưu này do phiên bản khác tạo ra',
    fix:
      'Restore it with the release that made it ("release", with as many "migrations"), and open that data folder ' +
      'with this one; nothing was restored.',
    fixVi:
      'Khôi phục bằng chính phiên bản đã sao lưu ("release", có đủ số "migrations"), rồi mở thư mục dữ liệu đó ' +
      'bằng phiên bản này; chưa khôi phục gì.',
  },
  'house-not-empty': {
    status: 409,
    title: 'This installation already holds data; a backup is restored into an empty one only',
    vi: 'Hệ thống này đã có dữ liệu; chỉ khôi phục vào hệ thống trống',
    fix: 'Give a new, empty data folder (--data DIR) or an empty database.',
    fixVi: 'Dùng thư mục dữ liệu mới, trống (--data DIR) hoặc cơ sở dữ liệu trống.',
  },
  'backup-filtered': {
    status: 500,
    title: 'This login would see only part of a table, so no backup was made',
    vi: 'Tài khoản này chỉ thấy một phần của bảng, nên chưa sao lưu',
    fix: 'The table in "table" lacks the maintenance policy; run doctor.',
    fixVi: 'Bảng ở "table" thiếu chính sách bảo trì; hãy chạy doctor.',
  },
})
