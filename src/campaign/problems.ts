import { problems } from '../platform/problem.ts'

export const campaignProblem = problems({
  'list-unit-needed': {
    status: 400,
    title: 'Say for which unit the list is',
    vi: 'Cần chọn đơn vị để lập danh sách',
    fix: 'Choose a unit of yours.',
    fixVi: 'Chọn một đơn vị thuộc phạm vi của anh/chị.',
  },
  'list-page-gone': {
    status: 409,
    title: 'The list has changed: whoever ended the page before can no longer be seen',
    vi: 'Danh sách vừa thay đổi, trang trước không còn nối tiếp được',
    fix: 'Read the list from its first page.',
    fixVi: 'Mở lại danh sách từ trang đầu.',
  },
  'list-unit-outside': {
    status: 403,
    title: 'This unit is not within yours',
    vi: 'Đơn vị này không thuộc phạm vi của anh/chị',
    fix: 'Choose your own unit, or one below it.',
    fixVi: 'Chọn đơn vị của anh/chị hoặc đơn vị trực thuộc.',
  },
  'needs-not-counted': {
    status: 409,
    title: 'What people lack is not counted yet today',
    vi: 'Nhu cầu của ngày hôm nay chưa tính xong',
    fix: 'Wait until the count of the day is done, or run stats recount.',
    fixVi: 'Chờ hệ thống tính xong số liệu trong ngày, hoặc chạy lệnh stats recount.',
  },
  'list-too-long': {
    status: 422,
    title: 'The list is longer than can be exported at once',
    vi: 'Danh sách dài hơn mức xuất một lần',
    fix: 'Narrow it by unit, school or year of birth.',
    fixVi: 'Thu hẹp theo đơn vị, trường hoặc năm sinh.',
  },
  'choice-too-large': {
    status: 422,
    title: 'More people are chosen than one deed may be done to',
    vi: 'Số người được chọn nhiều hơn mức làm một lần',
    fix: 'Narrow the list by school, class or name.',
    fixVi: 'Thu hẹp danh sách theo trường, lớp hoặc tên.',
  },
  'filter-personal': {
    status: 400,
    title: 'A saved filter holds nothing of a person',
    vi: 'Bộ lọc lưu lại không được chứa dữ liệu cá nhân',
    fix: 'Name it by what it selects, without a number or a phone.',
    fixVi: 'Đặt tên theo nội dung lọc, không ghi số định danh hay số điện thoại.',
  },
  'filter-too-many': {
    status: 422,
    title: 'No more filters can be saved',
    vi: 'Đã lưu đủ số bộ lọc cho phép',
    fix: 'Forget one that is no longer used.',
    fixVi: 'Bỏ một bộ lọc không còn dùng.',
  },
})
