/** What came back to an officer, or to their unit. */
export const noticeWords = {
  'notices-short': ['Mới đến', 'New'],
  'notices-bar': ['Mới đến: {n}', '{n} new'],
  'notices-title': ['Việc gì đã trả lại, việc gì mới đến?', 'What came back, and what is new?'],
  'notices-since': ['Từ {time}, {day}', 'Since {time}, {day}'],
  'notices-never': ['Chưa xem lần nào', 'Never looked at yet'],
  'notices-back': ['Trở lại với anh/chị', 'Back to you'],
  'notices-back-about': [
    'Việc anh/chị đã lập, cán bộ khác đã trả lại hoặc quyết định trong 30 ngày qua.',
    'What you began, and another officer sent back or decided in the last 30 days.',
  ],
  'notices-back-none': ['Không có việc nào trả lại.', 'Nothing came back.'],
  'notices-asked': ['Đơn vị mới nhận', 'New to your unit'],
  'notices-asked-none': ['Không có đề nghị mới từ lần xem trước.', 'No new request since you last looked.'],
  'notices-new': ['mới', 'new'],
  'notices-seen': ['Đánh dấu đã xem', 'Mark as seen'],
  'notices-to-read': ['Chỉ đạo chưa đọc', 'Directives not read yet'],
  'notices-to-me': ['Dòng danh sách được chuyển đến', 'Rows of rolls referred to you'],
} as const

type NoticeWords = typeof noticeWords
declare module '../base/language.tsx' {
  interface Texts extends NoticeWords {}
}
