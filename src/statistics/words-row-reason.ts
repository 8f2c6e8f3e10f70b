/** Why a row of a file of figures is rejected, in Vietnamese, by the code before the colon. */
const inVietnamese = {
  'row-broken': 'dòng sai số cột hoặc sai dấu nháy',
  'day-malformed': 'ngày phải viết năm-tháng-ngày',
  'day-to-come': 'ngày chưa đến',
  'metric-unknown': 'không có chỉ số này',
  'value-malformed': 'số liệu phải là số nguyên',
  'value-negative': 'số liệu không được âm',
  'source-missing': 'chưa ghi nguồn số liệu',
  'unit-unknown': 'ngày này không có đơn vị mang mã đó',
  'members-missing': 'chưa ghi số người trong diện',
  'count-malformed': 'số liệu phải là số nguyên',
  'count-above': 'số của bước sau nhiều hơn bước trước',
  'first-late': 'số dư đầu tiên của một xã phải là của ngày trước khi mở chiến dịch',
  twice: 'số liệu này đã có ở dòng trước',
} as const

export function rowReasonInVietnamese(reason: string): string {
  const code = reason.slice(0, reason.indexOf(':'))
  return code in inVietnamese ? inVietnamese[code as keyof typeof inVietnamese] : reason
}
