import { screenHeads } from '../../../src/statistics/reports/sheet-column.ts'

/** Báo cáo: quick statistics, published reports; and the sheets of the day. */
export const reportWords = {
  ...screenHeads,
  'reports-title': ['Thống kê nhanh ngày {day}', 'Quick statistics of {day}'],
  'reports-title-none': ['Thống kê nhanh', 'Quick statistics'],
  'reports-reading': ['Đang lập thống kê', 'Making the statistics'],
  'sheet-whole': ['Toàn đơn vị', 'The whole'],
  'sheet-pdf': ['Tải PDF (A4)', 'PDF (A4)'],
  'sheet-xlsx': ['Tải XLSX', 'XLSX'],
  'sheet-csv': ['Tải CSV', 'CSV'],
  'sheet-print': ['Xem bản in A4', 'Show the A4 sheet'],
  'sheet-publish': ['Công bố số liệu ngày {day}', 'Publish the figures of {day}'],
  'publish-asks': ['Công bố thống kê ngày {day} của {unit}?', 'Publish the statistics of {day} for {unit}?'],
  'publish-means': [
    'Bản công bố được ký, đánh số và giữ nguyên mãi. Số liệu sau này đổi thì hiện ở bên cạnh, không sửa bản này.',
    'It is signed, numbered and kept as it is for good. What changes later stands beside it.',
  ],
  'publish-do': ['Công bố', 'Publish'],
  'published-title': ['Đã công bố', 'Published'],
  'published-none': ['Chưa công bố lần nào', 'Nothing has been published yet'],
  'published-none-todo': [
    'Cuối ngày, công bố thống kê để bản in đối chiếu được.',
    'Publish at the end of the day, so that papers can be compared.',
  ],
  'published-line': ['{unit}, ngày {day}, lần {issue}', '{unit}, {day}, issue {issue}'],
  'published-by': ['{who}, {at}', '{who}, {at}'],
  'outside-title': ['Số liệu cấp trên thông báo', 'Figures from above'],
  'outside-none': ['Cấp trên chưa thông báo số liệu nào cho ngày này.', 'No figure from above for this day.'],
  'outside-source': ['Nguồn', 'Source'],
  'outside-theirs': ['Số nhận', 'Theirs'],
  'outside-ours': ['Số của đơn vị cùng ngày', 'Ours of that day'],
  'outside-difference': ['Chênh', 'Difference'],
  'outside-note': ['Ghi chú', 'Note'],
  'outside-apart': ['Đặt cạnh để so, không cộng vào số liệu đơn vị.', 'They stand beside ours and are never mixed in.'],

  'report-title': ['Bản công bố {code}', 'Published report {code}'],
  'report-reading': ['Đang mở bản công bố', 'Opening the report'],
  'report-published': ['Đã công bố', 'Published'],
  'report-now': ['Biết đến nay', 'As known now'],
  'report-changed': ['Đổi', 'Change'],
  'report-genuine': ['chữ ký đúng, chưa ai sửa', 'the signature holds'],
  'report-forged': ['chữ ký không khớp, bản này đã bị sửa', 'the signature does not hold: it was altered'],
  'report-sum': ['Dấu kiểm {sum}', 'Check sum {sum}'],
  'report-edition': ['Bản số liệu {was}, nay bản {now}', 'Edition {was}, now {now}'],
  'report-why': ['Vì sao đổi', 'Why it changed'],
  'report-same': ['Số liệu ngày này đến nay không đổi.', 'The figures of that day have not changed.'],
  'report-paper': ['Tải bản đã công bố (PDF)', 'The report as published (PDF)'],
  'report-open-day': ['Mở thống kê ngày này', 'Open the statistics of that day'],
  'report-parts-sum': ['cộng lại {n}', 'in all {n}'],
  'report-back': ['Về báo cáo', 'Back to reports'],

  'paper-title': ['Thống kê nhanh ngày {day}', 'Quick statistics of {day}'],
  'paper-about': [
    '{metric}. Tính đến {day}, biết lúc {time}. Bản số liệu {edition}.',
    '{metric}. As of {day}, known at {time}. Edition {edition}.',
  ],
  'paper-sentence': [
    '{unit}: {done} trên {target} được giao, đạt {floor} (chính xác {exact}). Trong ngày thêm {today}.',
    '{unit}: {done} of {target}, {floor} (exactly {exact}). That day added {today}.',
  ],
  'paper-sentence-none': [
    '{unit}: {done}, chưa được giao chỉ tiêu. Trong ngày thêm {today}.',
    '{unit}: {done}, no target yet. That day added {today}.',
  ],
  'paper-pace': [
    'Còn {all} ngày, {days} ngày làm việc đến {due}, mỗi ngày làm việc cần {needed}.',
    '{all} {all|day|days} until {due}, {days} of them working days, each of which needs {needed}.',
  ],
  'paper-forecast': ['Dự báo đến hạn: {low} đến {high}.', 'Forecast for the due day: {low} to {high}.'],
  'paper-stops': ['Dừng ở bước nào', 'Where they stop'],
  'paper-notice': ['Cần chú ý', 'To notice'],
  'paper-lowest': ['Thấp nhất: {units}.', 'Lowest: {units}.'],
  'paper-stop': ['{n} người: {stop}.', '{n} {n|person|people}: {stop}.'],
  'paper-silent': ['{n} đơn vị chưa nhập gì trong ngày.', '{n} {n|unit|units} entered nothing that day.'],
  'paper-handed': ['Chỉ tiêu đã giao hết xuống cấp dưới.', 'All targets are handed down.'],
  'paper-not-handed': ['Còn {n} chưa giao xuống cấp dưới.', '{n} {n|is|are} not handed down.'],
  'paper-method': [
    'Cách tính. Tỷ lệ = lũy kế chia chỉ tiêu; số nguyên cắt bỏ phần lẻ, không làm tròn. ' +
      'Lũy kế đếm người, mỗi người một lần, {basis}. Cần/ngày = còn lại chia số ngày làm việc, làm tròn lên; ' +
      'vì vậy tổng các đơn vị lớn hơn số chung. Bản đồ hành chính {map}.',
    'Method. Rate = cumulative over target; whole per cents are cut, never rounded. ' +
      'People count once each, {basis}. A day = what is left over working days, rounded up, ' +
      'so the parts sum to more than the whole. Map of {map}.',
  ],
  'report-preparer': ['Người lập biểu', 'Prepared by'],
  'paper-code': ['Mã bản: {code}', 'Code: {code}'],
  'paper-unpublished': ['Chưa công bố; bản in này để làm việc.', 'Not published; a working copy.'],
  'paper-compare': ['Đối chiếu với bản công bố theo mã.', 'Compare with the published report by its code.'],

  'due-silent': ['Đơn vị chưa nhập gì hôm nay', 'Units that entered nothing today'],
  'due-silent-one': ['Đơn vị mình chưa nhập gì hôm nay', 'Our own unit has entered nothing today'],
  'due-silent-do': ['Xem đơn vị', 'See which'],
  'due-hand-over': ['Thẻ đã về đơn vị, chờ trả', 'Cards at the unit, to hand over'],
  'due-activate': ['Đã duyệt, chưa kích hoạt tài khoản', 'Approved, account not activated'],
  'due-campaign-about': ['Chiến dịch: {title}', 'Campaign: {title}'],
  'due-open-list': ['Mở danh sách', 'Open the list'],
  'due-directives': ['Chỉ đạo chưa xác nhận', 'Directives to acknowledge'],
  'due-directives-about': ['{n} chưa đọc, {answers} phải trả lời', '{n} unread, {answers} to answer'],
  'due-directives-do': ['Đọc, xác nhận', 'Read and acknowledge'],
  'today-sessions': ['Đợt hôm nay', 'Today’s sessions'],
  'today-sessions-none': ['Hôm nay không có đợt nào.', 'No session today.'],
  'today-week-none': ['chưa xếp đợt nào', 'no session'],
  'session-room': ['sức phục vụ {n}', 'room for {n}'],
  'today-week': ['Lịch bảy ngày', 'Seven days'],
  'today-campaign': ['Mở chiến dịch', 'Open the campaign'],
  'morning-print': ['In tờ đầu ngày (A4)', 'Print the morning sheet (A4)'],
  'morning-title': ['Tờ đầu ngày {day}', 'Morning sheet of {day}'],
  'morning-due': ['Việc hôm nay', 'To do today'],
  'morning-done': ['Xong', 'Done'],
  'morning-back': ['Về Hôm nay', 'Back to Today'],
  'morning-signs': ['Trực ban ký nhận', 'Duty officer'],
} as const

type ReportWords = typeof reportWords
declare module '../base/language.tsx' {
  interface Texts extends ReportWords {}
}
