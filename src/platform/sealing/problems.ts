import { problems } from '../problem.ts'

export const sealingProblem = problems({
  'sealing-key-missing': {
    status: 503,
    title: 'The sealing key of this installation is missing',
    vi: 'Thiếu khóa niêm phong của hệ thống này',
    fix: 'Put sealing.key back into "file" from a copy of keys/. A new one is not made: it would open nothing.',
    fixVi: 'Chép lại sealing.key vào "file" từ bản sao của keys/. Không tạo khóa mới, vì khóa mới không mở được gì.',
  },
  'sealing-key-unusable': {
    status: 503,
    title: 'The file of the sealing key has no key in it',
    vi: 'Tệp khóa niêm phong không chứa khóa',
    fix: 'Put back the whole file, "file", as it was: its first line has 32 bytes in base64. Nothing was opened.',
    fixVi: 'Đặt lại nguyên tệp ở "file": dòng đầu là 32 byte dạng base64. Chưa mở gì.',
  },
  'sealed-under-another-key': {
    status: 409,
    title: 'Some of what is sealed opens by no key of this installation; the former key was not destroyed',
    vi: 'Có dữ liệu niêm phong không mở được bằng khóa nào của hệ thống này; khóa cũ chưa bị hủy',
    fix:
      '"rows" counts them by table. If a backup was restored here, put the sealing.key of its time into keys/, start ' +
      'again, and run the command once more. Nothing that opens was lost.',
    fixVi:
      '"rows" ghi số dòng theo bảng. Nếu đã khôi phục từ bản sao lưu, hãy đặt sealing.key của thời điểm đó vào ' +
      'keys/, khởi động lại rồi chạy lại lệnh. Dữ liệu mở được không mất.',
  },
})
