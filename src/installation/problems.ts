import { problems } from '../platform/problem.ts'

export const installationProblem = problems({
  'province-needed': {
    status: 403,
    title: 'The installation is set up by an officer of its province',
    vi: 'Việc thiết lập hệ thống do cán bộ cấp tỉnh làm',
    fix: 'Act in a post at the province, or ask an administrator there.',
    fixVi: 'Chuyển sang phân công ở cấp tỉnh, hoặc nhờ quản trị cấp tỉnh.',
  },
  'register-has-people': {
    status: 409,
    title: 'The register has people already: a page takes in the first extract alone',
    vi: 'Dữ liệu dân cư đã có người: trang này chỉ nhập bản trích đầu tiên',
    fix: 'The operator takes in later extracts with register import.',
    fixVi: 'Bản trích sau do người vận hành máy chủ nhập bằng lệnh register import.',
  },
  'extract-under-way': {
    status: 409,
    title: 'An extract is being read now',
    vi: 'Đang đọc một bản trích',
    fix: 'Wait until it is read; the page shows how far it is.',
    fixVi: 'Chờ đọc xong; trang hiện tiến độ.',
  },
  'extract-unknown': {
    status: 404,
    title: 'There is no such extract, or it is not in this state any more',
    vi: 'Không có bản trích này, hoặc bản trích đã sang bước khác',
    fix: 'Read the page again.',
    fixVi: 'Tải lại trang.',
  },
  'extract-nothing-to-take': {
    status: 409,
    title: 'No row of the extract can be taken',
    vi: 'Bản trích không có dòng nào nhập được',
    fix: 'Download the rows that are not taken: each has its reason. Then send the file again.',
    fixVi: 'Tải các dòng không nhập được, mỗi dòng có lý do; sửa rồi gửi lại tệp.',
  },
  'schools-would-change': {
    status: 409,
    title: 'The table changes schools that are known already',
    vi: 'Bảng làm thay đổi trường đã có',
    fix: 'Once there are people, a page adds schools alone. The operator changes known ones with school import.',
    fixVi: 'Khi đã có dân cư, trang này chỉ thêm trường; người vận hành sửa trường đã có bằng lệnh school import.',
  },
  'rehearsal-with-people': {
    status: 409,
    title: 'An installation with people in it does not become a rehearsal, nor a rehearsal a real one',
    vi: 'Hệ thống đã có dữ liệu dân cư không chuyển thành tập dượt, và tập dượt không chuyển thành thật',
    fix: 'Begin with another data folder.',
    fixVi: 'Bắt đầu với thư mục dữ liệu khác.',
  },
  'rehearsal-demonstration': {
    status: 409,
    title: 'A demonstration has a day of its own',
    vi: 'Bản minh họa có ngày làm việc riêng',
    fix: 'Begin an installation with --no-demo and another data folder.',
    fixVi: 'Bắt đầu hệ thống với --no-demo và thư mục dữ liệu khác.',
  },
  'rehearsal-day-refused': {
    status: 400,
    title: 'A rehearsal has a day from 2021 on',
    vi: 'Ngày tập dượt phải từ năm 2021 trở đi',
    fix: 'Write a day such as 2026-03-01.',
    fixVi: 'Ghi ngày theo dạng 2026-03-01.',
  },
})
