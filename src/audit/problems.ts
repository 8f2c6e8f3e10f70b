import { problems } from '../platform/problem.ts'

export const auditProblem = problems({
  'audit-broken': {
    status: 409,
    title: 'The record of deeds does not verify',
    vi: 'Nhật ký việc đã làm không khớp niêm phong',
    fix: 'Keep the data folder as it is, note what is named, and call the administrator of the installation.',
    fixVi: 'Giữ nguyên thư mục dữ liệu, ghi lại những chỗ được nêu, báo quản trị hệ thống.',
  },
  'heads-unreadable': {
    status: 422,
    title: 'The file of heads cannot be read',
    vi: 'Không đọc được tệp đầu chuỗi',
    fix: 'Give the heads.jsonl that the installation writes, or a copy of it.',
    fixVi: 'Đưa tệp heads.jsonl do hệ thống ghi, hoặc bản chép của nó.',
  },
})
