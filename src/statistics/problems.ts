import { problems } from '../platform/problem.ts'

export const statisticsProblem = problems({
  'figure-day-unknown': {
    status: 400,
    title: 'The campaign has no figures for that day',
    vi: 'Chiến dịch chưa có số liệu cho ngày này',
    fix: 'Choose a day from the campaign’s first to the installation’s day.',
    fixVi: 'Chọn một ngày từ ngày mở chiến dịch đến ngày hiện tại.',
  },
  'figure-part-unknown': {
    status: 400,
    title: 'The campaign has no such part',
    vi: 'Chiến dịch không có nhóm này',
    fix: 'Choose one of its parts.',
    fixVi: 'Chọn một nhóm của chiến dịch.',
  },
  'figure-unit-outside': {
    status: 403,
    title: 'This unit takes no part in the campaign, or is not within yours',
    vi: 'Đơn vị này không tham gia chiến dịch hoặc ngoài phạm vi của anh/chị',
    fix: 'Choose a unit of the campaign that lies within your own.',
    fixVi: 'Chọn một đơn vị của chiến dịch thuộc phạm vi của anh/chị.',
  },
  'figure-unit-gone': {
    status: 400,
    title: 'This unit does not stand on that day',
    vi: 'Ngày này không có đơn vị đó',
    fix: 'Choose a unit of that day’s map, or another map.',
    fixVi: 'Chọn đơn vị theo bản đồ của ngày đó, hoặc chọn bản đồ khác.',
  },
  'figure-without-list': {
    status: 400,
    title: 'This figure counts work, not people: it has no list of them',
    vi: 'Chỉ số này đếm đợt, giờ làm, không có danh sách người',
    fix: 'Open the sessions behind it instead.',
    fixVi: 'Hãy mở danh sách đợt của chỉ số này.',
  },
  'report-unknown': {
    status: 404,
    title: 'There is no such published report',
    vi: 'Không có báo cáo đã công bố này',
    fix: 'Check the code on the paper.',
    fixVi: 'Kiểm tra lại mã ghi trên giấy.',
  },
  'report-unchanged': {
    status: 409,
    title: 'The last published report of that day says the same',
    vi: 'Bản công bố gần nhất của ngày này đã đúng như vậy',
    fix: 'Open that one.',
    fixVi: 'Mở bản đã công bố.',
  },
  'risk-too-many': {
    status: 422,
    title: 'The campaign means more people than chances are worked out for',
    vi: 'Chiến dịch có nhiều người hơn mức tính được khả năng cho từng người',
    fix: 'Make a campaign of the pupils alone.',
    fixVi: 'Lập riêng một chiến dịch cho học sinh.',
  },
  'risk-no-deadline': {
    status: 422,
    title: 'The campaign has no deadline to be in time for',
    vi: 'Chiến dịch chưa có hạn nào để tính kịp hay không',
    fix: 'Make it with a deadline.',
    fixVi: 'Tạo chiến dịch có hạn.',
  },
})
