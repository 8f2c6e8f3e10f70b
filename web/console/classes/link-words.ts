/** Liên kết của lớp: by which a teacher without a sign-in opens the sheet of a class. */
export const classLinkWords = {
  'class-links': ['Liên kết của lớp', 'Links of classes'],
  'class-links-title': ['Liên kết cho giáo viên chủ nhiệm', 'Links for homeroom teachers'],
  'class-links-about': [
    'Giáo viên mở danh sách lớp bằng liên kết và mã PIN, không cần tài khoản. ' +
      'Liên kết gửi qua một đường, mã PIN đưa qua đường khác.',
    'A teacher opens the class by a link and a PIN, without a sign-in. Send the link one way and the PIN another.',
  ],
  'class-links-school': ['Trường', 'School'],
  'class-links-choose': ['Chọn trường để xem các lớp', 'Choose a school to see its classes'],
  'class-links-none': ['Chưa có trường nào gửi danh sách năm học này', 'No school has sent its roll of this year'],
  'class-links-schools-own': [
    'Trường có cán bộ trên hệ thống nên tự cấp liên kết; ở đây chỉ xem.',
    'The school has an officer of its own and issues the links itself; here they are only shown.',
  ],
  'class-link': ['Liên kết', 'Link'],
  'class-link-none': ['chưa có', 'none'],
  'class-link-in-force': ['đang dùng', 'in force'],
  'class-link-expired': ['hết hạn', 'expired'],
  'class-link-renewed': ['đã thay', 'renewed'],
  'class-link-revoked': ['đã thu hồi', 'revoked'],
  'class-link-until': ['đến {day}', 'until {day}'],
  'class-link-opened': ['mở lần cuối {day}', 'last opened {day}'],
  'class-link-never-opened': ['chưa mở lần nào', 'never opened'],
  'class-link-manage': ['Liên kết', 'Links'],
  'class-link-of': ['Liên kết của lớp {class}', 'Links of class {class}'],
  'class-link-new': ['Cấp liên kết', 'Issue a link'],
  'class-link-holder': ['Đưa cho (họ tên giáo viên)', 'Given to (name of the teacher)'],
  'class-link-last-day': ['Dùng đến ngày', 'Good until'],
  'class-link-last-day-hint': ['Thường là hết học kỳ', 'Usually the end of the term'],
  'class-link-renew': ['Thay liên kết', 'Renew'],
  'class-link-new-pin': ['Mã PIN mới', 'New PIN'],
  'class-link-revoke': ['Thu hồi', 'Revoke'],
  'class-link-revoke-asks': ['Thu hồi liên kết của lớp {class}?', 'Revoke the link of class {class}?'],
  'class-link-revoke-means': [
    'Liên kết hết dùng ngay. Bản lưu trong máy của giáo viên mất khi máy có mạng lần tới.',
    'The link opens nothing from now on. The copy in the teacher’s phone goes at its next contact.',
  ],
  'class-link-done': ['Đã ghi qua liên kết', 'Said behind this link'],
  'class-link-done-none': ['Chưa ghi gì qua liên kết này', 'Nothing was said behind this link'],
  'class-link-taken-back': ['đã hoàn tác', 'taken back'],
  'class-link-issued': ['Đã cấp liên kết của lớp {class}', 'The link of class {class} was issued'],
  'class-link-shown-once': [
    'Chỉ hiện lần này. Đóng lại thì không xem được nữa; mất thì cấp mã PIN mới hoặc thay liên kết.',
    'Shown this once. After closing it cannot be seen again: set a new PIN or renew the link if it is lost.',
  ],
  'class-link-address': ['Địa chỉ (gửi cho giáo viên)', 'Address (send it to the teacher)'],
  'class-link-pin': ['Mã PIN (đưa riêng, gọi điện hoặc trao tay)', 'PIN (apart: by telephone or in person)'],
  'class-link-copy': ['Chép địa chỉ', 'Copy the address'],
  'class-link-copied': ['Đã chép', 'Copied'],
  'class-link-print': ['In giấy', 'Print it'],
  'group-links': ['Liên kết trên điện thoại', 'Links for phones'],
  'group-links-about': [
    'Thành viên mở danh sách của tổ trên máy mình bằng liên kết và mã PIN, không cần tài khoản.',
    'A member opens the group’s lists on their own phone by a link and a PIN, without a sign-in.',
  ],
  'group-link-holder': ['Đưa cho (họ tên thành viên)', 'Given to (name of the member)'],
  'group-link-issued': ['Đã cấp liên kết cho thành viên', 'The member’s link was issued'],
  'group-link-address': ['Địa chỉ (gửi cho thành viên)', 'Address (send it to the member)'],
  'class-message-names': [
    'Tin cho nhóm lớp được ghi tên học sinh',
    'The text for the group of a class may name pupils',
  ],
  'class-message-no': ['Không ghi tên', 'No names'],
  'class-message-yes': ['Được ghi tên', 'With names'],
  'class-message-names-about': [
    'Mặc định tin chỉ ghi số em, giờ và nơi đến. Nhà trường quyết định có ghi tên hay không.',
    'Unless the school says otherwise the text has counts, hours and places alone.',
  ],
} as const

type ClassLinkWords = typeof classLinkWords
declare module '../base/language.tsx' {
  interface Texts extends ClassLinkWords {}
}
