import { problems } from '../../platform/problem.ts'

export const universalProblem = problems({
  'universal-unit-outside': {
    status: 403,
    title: 'This unit is not below yours',
    vi: 'Đơn vị này không thuộc phạm vi của anh/chị',
    fix: 'Choose your own unit, or one below it.',
    fixVi: 'Chọn đơn vị của mình hoặc đơn vị trực thuộc.',
  },
  'universal-child-unknown': {
    status: 404,
    title: 'No such child of school age lives below your unit',
    vi: 'Địa bàn của anh/chị không có trẻ này trong độ tuổi',
    fix: 'Choose a child of the list.',
    fixVi: 'Chọn trong danh sách.',
  },
  'pursuit-unknown': {
    status: 409,
    title: 'Nobody has been asked to go after this child yet',
    vi: 'Chưa giao ai theo dõi trẻ này',
    fix: 'Say who goes after the child first.',
    fixVi: 'Giao người theo dõi trước.',
  },
  'pursuit-day-refused': {
    status: 422,
    title: 'The last day lies before today',
    vi: 'Hạn đã qua',
    fix: 'Choose today or a later day.',
    fixVi: 'Chọn từ hôm nay trở đi.',
  },
  'pursuit-number-refused': {
    status: 422,
    title: 'The text holds a number of a person, a card or a phone',
    vi: 'Nội dung không được có số định danh, số thẻ hay số điện thoại',
    fix: 'Leave the number out.',
    fixVi: 'Bỏ số đó đi.',
  },
  'survey-not-of-commune': {
    status: 422,
    title: 'A survey of literacy is of one commune',
    vi: 'Kết quả điều tra xóa mù chữ là của một xã, phường',
    fix: 'Choose a commune.',
    fixVi: 'Chọn một xã, phường.',
  },
  'survey-year-refused': {
    status: 400,
    title: 'The year of the survey cannot be read, or lies ahead',
    vi: 'Năm điều tra chưa đúng',
    fix: 'Write the year as four digits.',
    fixVi: 'Ghi năm bằng bốn chữ số.',
  },
  'survey-too-long': {
    status: 422,
    title: 'The survey has more lines than one commune has people',
    vi: 'Tệp có nhiều dòng hơn mức nhận một lần',
    fix: 'Send one commune a file.',
    fixVi: 'Mỗi tệp một xã, phường.',
  },
})
