import { problems } from '../platform/problem.ts'
import { mostSlips } from './law.ts'

export const familyProblem = problems({
  'family-slips-nobody': {
    status: 404,
    title: 'Nobody of these is among those whom you may see',
    vi: 'Không có ai trong số này thuộc phạm vi anh/chị được xem',
    fix: 'Choose people of a list, or a class of a roll in force.',
    fixVi: 'Chọn người trong danh sách, hoặc một lớp có trong danh sách trường đang dùng.',
  },
  'family-slips-many': {
    status: 422,
    title: 'Too many slips at once',
    vi: `Mỗi lần làm nhiều nhất ${mostSlips} phiếu`,
    fix: `Choose at most ${mostSlips} people.`,
    fixVi: `Chọn nhiều nhất ${mostSlips} người.`,
  },
})
