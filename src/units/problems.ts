import { problems } from '../platform/problem.ts'

export const unitProblem = problems({
  'unit-unknown': {
    status: 404,
    title: 'There is no such unit',
    vi: 'Không có đơn vị này',
    fix: 'Choose a unit from the list of that day.',
    fixVi: 'Chọn đơn vị trong danh sách của ngày đó.',
  },
  'own-days-refused': {
    status: 500,
    title: 'Rows of holidays.csv cannot be used',
    vi: 'Có dòng trong holidays.csv không dùng được',
    fix: '"wrong" names each line, what is wrong with it and what to write. Nothing of the file is used until then.',
    fixVi: '"wrong" ghi từng dòng, chỗ sai và cách ghi đúng. Tệp chưa được dùng cho đến khi sửa xong.',
  },
  'school-unknown': {
    status: 404,
    title: 'There is no such school',
    vi: 'Không có trường này',
    fix: 'Check the code, or import the list of schools first.',
    fixVi: 'Kiểm tra mã trường, hoặc nhập danh sách trường trước.',
  },
})
