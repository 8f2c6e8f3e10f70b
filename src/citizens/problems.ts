import { problems } from '../platform/problem.ts'

export const citizenProblem = problems({
  'own-copies-today': {
    status: 429,
    title: 'The file of your data has been fetched as often as is possible on one day',
    vi: 'Hôm nay đã tải tệp dữ liệu đủ số lần cho phép',
    fix: 'Use a file that you have, or come back tomorrow.',
    fixVi: 'Dùng tệp đã tải, hoặc quay lại vào ngày mai.',
  },
  'own-thing-unknown': {
    status: 404,
    title: 'There is no such thing of yours, or it has ended already',
    vi: 'Mục này không có, hoặc đã kết thúc',
    fix: 'Open your own page again; it shows what there is now.',
    fixVi: 'Mở lại trang của mình; trang cho thấy hiện còn những gì.',
  },
  'own-page-stronger': {
    status: 403,
    title: 'This needs two ways of confirming in this sign-in',
    vi: 'Việc này cần xác nhận bằng hai cách trong lần đăng nhập này',
    fix: 'Confirm once more, then do it again.',
    fixVi: 'Xác nhận thêm một lần rồi làm lại.',
  },
})
