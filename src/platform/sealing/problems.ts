import { problems } from '../problem.ts'

export const sealingProblem = problems({
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
