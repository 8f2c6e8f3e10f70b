import { problems } from '../platform/problem.ts'

export const unitProblem = problems({
  'unit-unknown': {
    status: 404,
    title: 'There is no such unit',
    vi: 'Không có đơn vị này',
    fix: 'Choose a unit from the list of that day.',
    fixVi: 'Chọn đơn vị trong danh sách của ngày đó.',
  },
  'school-unknown': {
    status: 404,
    title: 'There is no such school',
    vi: 'Không có trường này',
    fix: 'Check the code, or import the list of schools first.',
    fixVi: 'Kiểm tra mã trường, hoặc nhập danh sách trường trước.',
  },
})
