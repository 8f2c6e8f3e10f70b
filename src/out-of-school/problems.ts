import { problems } from '../platform/problem.ts'

export const outOfSchoolProblem = problems({
  'out-of-school-unit-needed': {
    status: 400,
    title: 'Say for which unit children are counted',
    vi: 'Cần chọn đơn vị để rà soát',
    fix: 'Choose a unit of yours.',
    fixVi: 'Chọn một đơn vị thuộc phạm vi của anh/chị.',
  },
  'out-of-school-unit-outside': {
    status: 403,
    title: 'This unit is not within yours',
    vi: 'Đơn vị này không thuộc phạm vi của anh/chị',
    fix: 'Choose your own unit, or one below it.',
    fixVi: 'Chọn đơn vị của anh/chị hoặc đơn vị trực thuộc.',
  },
  'out-of-school-too-long': {
    status: 422,
    title: 'The list is longer than can be exported at once',
    vi: 'Danh sách dài hơn mức xuất một lần',
    fix: 'Narrow it by commune, year of birth or case.',
    fixVi: 'Thu hẹp theo xã, năm sinh hoặc trường hợp.',
  },
})
