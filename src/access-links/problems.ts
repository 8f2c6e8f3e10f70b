import { problems } from '../platform/problem.ts'

export const accessLinkProblem = problems({
  'access-link-unknown': {
    status: 404,
    title: 'There is no such link among those you may see',
    vi: 'Không có liên kết này trong phạm vi anh/chị được xem',
    fix: 'Read the list of links again.',
    fixVi: 'Xem lại danh sách liên kết.',
  },
  'access-link-ended': {
    status: 409,
    title: 'This link opens nothing any more',
    vi: 'Liên kết này không còn dùng được',
    fix: 'Issue a new link.',
    fixVi: 'Cấp liên kết mới.',
  },
  'access-link-day-refused': {
    status: 422,
    title: 'The last day of a link is from today on, and not too far away',
    vi: 'Ngày cuối của liên kết phải từ hôm nay trở đi và không quá xa',
    fix: 'Choose an earlier day; "days" says for how many days at most a link is given.',
    fixVi: 'Chọn ngày gần hơn; "days" là số ngày nhiều nhất của một liên kết.',
  },
})
