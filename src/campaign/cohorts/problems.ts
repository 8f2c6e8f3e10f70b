import { problems } from '../../platform/problem.ts'

export const definitionProblem = problems({
  'campaign-unknown': {
    status: 404,
    title: 'There is no such campaign',
    vi: 'Không có chiến dịch này',
    fix: 'Choose one from the list of campaigns.',
    fixVi: 'Chọn một chiến dịch trong danh sách.',
  },
  'campaign-exists': {
    status: 409,
    title: 'A campaign of this name exists already, and differs',
    vi: 'Đã có chiến dịch mang tên này với nội dung khác',
    fix: 'Give it another name, or close the other one.',
    fixVi: 'Đặt tên khác, hoặc đóng chiến dịch cũ.',
  },
  'campaign-malformed': {
    status: 400,
    title: 'This does not describe a campaign',
    vi: 'Nội dung này chưa mô tả được một chiến dịch',
    fix: 'Mend what is named below and send it again; nothing was kept.',
    fixVi: 'Sửa những chỗ được nêu dưới đây rồi gửi lại; chưa có gì được lưu.',
  },
  'campaign-closed': {
    status: 409,
    title: 'The campaign is closed',
    vi: 'Chiến dịch đã kết thúc',
    fix: 'Its figures stay as they are; open a new campaign to go on.',
    fixVi: 'Số liệu được giữ nguyên; muốn làm tiếp hãy mở chiến dịch mới.',
  },
  'campaign-begun': {
    status: 409,
    title: 'The campaign has begun',
    vi: 'Chiến dịch đã bắt đầu',
    fix: 'From its first day on it stays as it is, so that its days compare; close it and create another one.',
    fixVi:
      'Từ ngày bắt đầu, nội dung giữ nguyên để số liệu các ngày so được với nhau; hãy kết thúc và tạo chiến dịch khác.',
  },
  'target-refused': {
    status: 422,
    title: 'Some of the targets cannot be issued',
    vi: 'Một số chỉ tiêu không giao được',
    fix: 'Mend what is named below; nothing of this batch was issued.',
    fixVi: 'Sửa những chỗ được nêu dưới đây; cả đợt chưa giao gì.',
  },
  'target-above-people': {
    status: 409,
    title: 'Some of the targets are above the people whom the campaign means there',
    vi: 'Một số chỉ tiêu nhiều hơn số người trong diện của đơn vị',
    fix: 'Lower them, or give a reason, which the receiver reads; nothing of this batch was issued.',
    fixVi: 'Giảm chỉ tiêu, hoặc ghi lý do để đơn vị nhận đọc; cả đợt chưa giao gì.',
  },
  'person-not-meant': {
    status: 404,
    title: 'The campaign does not mean this person',
    vi: 'Người này không thuộc diện của chiến dịch',
    fix: 'Look the person up in the list of the campaign.',
    fixVi: 'Tìm lại người này trong danh sách của chiến dịch.',
  },
  'excuse-other-needed': {
    status: 400,
    title: 'A duplicate is excused beside the record that stays',
    vi: 'Hồ sơ trùng phải chỉ ra hồ sơ được giữ lại',
    fix: 'Name the other record of the same person.',
    fixVi: 'Chọn hồ sơ còn lại của cùng người đó.',
  },
})
