import { problems } from '../platform/problem.ts'

export const awarenessProblem = problems({
  'activity-unknown': {
    status: 404,
    title: 'There is no such activity among those you may see',
    vi: 'Không có hoạt động tuyên truyền này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the list of activities.',
    fixVi: 'Chọn một hoạt động trong danh sách.',
  },
  'awareness-without-campaign': {
    status: 409,
    title: 'There is no campaign of which people could be told',
    vi: 'Chưa có chiến dịch nào để tuyên truyền',
    fix: 'The commander of the unit creates a campaign first.',
    fixVi: 'Chỉ huy đơn vị lập chiến dịch trước.',
  },
  'activity-place-refused': {
    status: 422,
    title: 'This place is not within yours',
    vi: 'Nơi này không thuộc phạm vi của anh/chị',
    fix: 'Choose communes and schools of your own unit; "place" says which is not.',
    fixVi: 'Chọn xã, phường và trường thuộc đơn vị của anh/chị; "place" cho biết nơi không thuộc.',
  },
  'activity-day-refused': {
    status: 422,
    title: 'An activity is entered after it was held, and not months later',
    vi: 'Chỉ ghi hoạt động đã diễn ra và chưa quá lâu',
    fix: 'Give a day between "from" and "to".',
    fixVi: 'Nhập ngày trong khoảng từ "from" đến "to".',
  },
  'activity-names-somebody': {
    status: 422,
    title: 'The ledger of public information names no person',
    vi: 'Sổ tuyên truyền không ghi thông tin của người dân',
    fix: 'Leave numbers of people and phones out of the words.',
    fixVi: 'Bỏ số định danh và số điện thoại khỏi nội dung.',
  },
  'activity-withdrawn': {
    status: 409,
    title: 'This activity was withdrawn already',
    vi: 'Hoạt động này đã được rút khỏi sổ',
    fix: 'Read the list again.',
    fixVi: 'Tải lại danh sách.',
  },
})
