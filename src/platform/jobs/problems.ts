import { problems } from '../problem.ts'

export const timeProblem = problems({
  'time-in-doubt': {
    status: 409,
    title: 'The time of this machine does not follow on the last time at which the installation ran',
    vi: 'Giờ của máy này không nối tiếp thời điểm hệ thống chạy lần cuối',
    fix:
      'The last time is named. If the clock is wrong, set it. If it is right, since the installation was off, run ' +
      '`npx dinhdanh clock confirm`, and then this command again.',
    fixVi:
      'Thời điểm lần cuối được nêu trong thông báo. Nếu đồng hồ sai, hãy chỉnh lại. Nếu đồng hồ đúng vì hệ thống đã ' +
      'tắt lâu ngày, hãy chạy `npx dinhdanh clock confirm` rồi chạy lại lệnh này.',
  },
})
