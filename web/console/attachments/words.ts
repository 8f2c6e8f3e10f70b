/** Texts of attached papers, beside the form and beside the case. */
export const attachmentWords = {
  'papers-attached': ['Giấy tờ đính kèm', 'Attached papers'],
  'papers-none': ['Chưa đính kèm giấy tờ nào.', 'No paper is attached.'],
  'papers-drop': ['Kéo ảnh chụp, bản quét vào đây', 'Drop photographs or scans here'],
  'papers-limits': [
    'PDF, JPEG hoặc PNG, mỗi tệp tối đa 10 MB, mỗi hồ sơ tối đa 20 tệp. Tên tệp không được lưu.',
    'PDF, JPEG or PNG, at most 10 MB each and 20 a case. Names of files are not kept.',
  ],
  'papers-choose': ['Chọn tệp', 'Choose files'],
  'papers-camera': ['Chụp ảnh', 'Take a photograph'],
  'papers-kind': ['Loại giấy tờ sẽ đính kèm', 'What the next file shows'],
  'papers-add': ['Đính kèm thêm', 'Attach another'],
  'papers-sending': ['Đang tải lên: {name}', 'Uploading: {name}'],
  'papers-checking': ['Đang kiểm tra: {name}', 'Being checked: {name}'],
  'papers-stop': ['Dừng tải', 'Stop'],
  'papers-wait': ['Chờ tải xong giấy tờ rồi gửi.', 'Wait until the files are uploaded, then send.'],
  'paper-refused': ['{name}: chưa đính kèm', '{name}: not attached'],
  'paper-refused-close': ['Đóng thông báo', 'Close this message'],
  'paper-too-large': ['Tệp lớn hơn 10 MB', 'The file is larger than 10 MB'],
  'paper-too-large-todo': [
    'Quét ở 300 dpi, thang xám, hoặc chụp ảnh với độ phân giải thấp hơn.',
    'Scan at 300 dots an inch in grey, or photograph at a lower resolution.',
  ],
  'paper-already': [
    'Tệp {name} đã có trong hồ sơ, không lưu lần thứ hai.',
    'The file {name} is there already and was not kept twice.',
  ],
  'paper-of-page': ['{paper} ({n})', '{paper} ({n})'],
  'paper-jpeg': ['Ảnh {width} × {height}, {size}', 'Picture {width} × {height}, {size}'],
  'paper-pdf': ['PDF, {size}', 'PDF, {size}'],
  'paper-added': ['{name} đính kèm lúc {time} ngày {day}', 'attached by {name} at {time} on {day}'],
  'paper-scanned': ['đã quét virus khi nhận', 'scanned for viruses when it came'],
  'paper-seen': ['Đã xem', 'Seen'],
  'paper-unseen': ['Chưa xem', 'Not seen'],
  'paper-removed': ['Đã gỡ lúc {time} ngày {day}. Lý do: {reason}', 'Removed at {time} on {day}: {reason}'],
  'paper-erased': ['Nội dung đã hủy theo thời hạn', 'Content destroyed when its time ended'],
  'paper-open': ['Xem', 'Open'],
  'paper-save': ['Tải về', 'Download'],
  'paper-remove': ['Gỡ', 'Remove'],
  'paper-open-one': ['Xem {paper}', 'Open {paper}'],
  'paper-save-one': ['Tải về {paper}', 'Download {paper}'],
  'paper-remove-one': ['Gỡ {paper}', 'Remove {paper}'],
  'paper-remove-asks': ['Gỡ “{paper}” khỏi hồ sơ?', 'Remove “{paper}” from the case?'],
  'paper-remove-means': [
    'Nội dung bị hủy ngay, không lấy lại được. Lý do và người gỡ được lưu.',
    'Its content is destroyed at once and cannot be had back. Who removed it, and why, is kept.',
  ],
  'paper-remove-why': ['Lý do gỡ', 'Why it is removed'],
  'paper-opening': ['Đang mở giấy tờ', 'Opening the paper'],
  'viewer-larger': ['Phóng to', 'Larger'],
  'viewer-smaller': ['Thu nhỏ', 'Smaller'],
  'viewer-turn': ['Xoay', 'Turn'],
  'viewer-before': ['Ảnh trước', 'Previous'],
  'viewer-after': ['Ảnh sau', 'Next'],
  'viewer-close': ['Đóng', 'Close'],
  'viewer-fitted': ['{n}/{all}, vừa khung', '{n} of {all}, shown whole'],
  'viewer-place': ['{n}/{all}, phóng {zoom}%', '{n} of {all}, at {zoom}%'],
  'viewer-keys': [
    'Phím: + phóng to, − thu nhỏ, R xoay, [ và ] ảnh trước, ảnh sau; mũi tên để di chuyển ảnh.',
    'Keys: + larger, − smaller, R turns, [ and ] go to the previous and the next; arrows move the picture.',
  ],
  'unseen-asks': [
    'Anh/chị chưa xem giấy tờ đính kèm nào của hồ sơ này ({n}).',
    'You have opened none of the attached papers of this case ({n}).',
  ],
  'unseen-all-the-same': ['Vẫn quyết định khi chưa xem', 'Decide without opening them'],
} as const

type AttachmentWords = typeof attachmentWords
declare module '../base/language.tsx' {
  interface Texts extends AttachmentWords {}
}
