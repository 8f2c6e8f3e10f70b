import { problems } from '../../platform/problem.ts'

export const oldCardProblem = problems({
  'old-card-malformed': {
    status: 400,
    title: 'An identity card of nine digits has nine digits; another card has its serial',
    vi: 'Số CMND có đúng chín chữ số; thẻ khác ghi số sê-ri',
    fix: 'Enter what is printed on the old card.',
    fixVi: 'Nhập đúng số in trên giấy tờ cũ.',
  },
  'nothing-to-destroy': {
    status: 409,
    title: 'No old card lies here long enough',
    vi: 'Chưa có thẻ cũ nào đủ thời gian lưu',
    fix: 'They are kept "days" days.',
    fixVi: 'Thẻ cũ được lưu "days" ngày.',
  },
})
