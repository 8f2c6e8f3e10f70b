import { words } from '../../platform/pages/html.ts'
import type { ReleaseReason } from './release-reason.ts'

const reasonWords = {
  'school-list': ['Trường chưa có số hoặc ghi sai số', 'The school has no number, or a wrong one'],
  exam: ['Đăng ký dự thi', 'Registration for an exam'],
  'education-records': ['Cơ sở dữ liệu ngành giáo dục', 'Records of education'],
  'card-or-account': ['Làm thẻ, tài khoản định danh', 'A card or an account'],
  other: ['Việc khác', 'Something else'],
} as const satisfies Record<ReleaseReason, readonly [string, string]>

/** Why an officer gives a school numbers. */
export const sayReleaseReason = words(reasonWords)
