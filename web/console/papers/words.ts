/** What all papers say: their head, who signs, who printed them when and why; what is said where nothing is printed. */
export const paperWords = {
  'paper-nation': ['Cộng hòa xã hội chủ nghĩa Việt Nam', 'Socialist Republic of Viet Nam'],
  'paper-motto': ['Độc lập - Tự do - Hạnh phúc', 'Independence - Freedom - Happiness'],
  'paper-demo': ['Bản minh họa, không có giá trị', 'Demonstration, of no value'],
  'paper-preparer': ['Người lập', 'Prepared by'],
  'paper-commander': ['Thủ trưởng đơn vị', 'Head of the unit'],
  'paper-sign': ['(ký, ghi rõ họ tên)', '(signature and full name)'],
  'print-a4': ['In A4', 'Print A4'],
  'row-number': ['STT', 'No.'],
  'printed-by': ['In lúc {time} ngày {day}, người in: {who}.', 'Printed at {time} on {day} by {who}.'],
  'printed-why': ['Mục đích: {why}.', 'Purpose: {why}.'],
  'print-is-recorded': ['Mỗi lần in được ghi vào nhật ký.', 'Each printing is recorded.'],
  'print-by-button': [
    'Bản in này phải được ghi lại: anh/chị in bằng nút "In A4" trên trang.',
    'This paper must be recorded when it is printed: print it with the button "Print A4" on the page.',
  ],
  'print-own-paper': [
    'Trang này có bản in riêng: anh/chị in bằng nút "{button}" trên trang.',
    'This page has a paper of its own: print it with the button "{button}" on the page.',
  ],
  'print-plain': ['In từ màn hình, tính đến {day}', 'Printed from the screen, as of {day}'],
  'print-left-out': [
    'Bản in này có {n} trên {all} dòng của danh sách; các dòng sau chưa được tải về màn hình.',
    'This print has {n} of the {all} rows of the list; the others have not been read to the screen.',
  ],
  'paper-view': ['Bản sẽ in', 'As it will be printed'],
  'paper-tick': ['Đánh dấu', 'Tick'],
  'paper-filter': ['Bộ lọc: {what}', 'Filter: {what}'],
  'paper-filter-none': ['Không lọc', 'No filter'],
  'paper-count': ['Tổng số: {n} người', 'In all: {n} {n|person|people}'],
} as const

type PaperWords = typeof paperWords
declare module '../base/language.tsx' {
  interface Texts extends PaperWords {}
}
