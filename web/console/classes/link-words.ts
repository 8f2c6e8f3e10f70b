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
  'class-link-term-first': ['học kỳ I, năm học {year}', 'first term of {year}'],
  'class-link-term-second': ['học kỳ II, năm học {year}', 'second term of {year}'],
  'class-links-many': ['Cấp cho nhiều lớp', 'Issue for many classes'],
  'class-links-many-title': ['Cấp liên kết cho nhiều lớp', 'Issue links for many classes'],
  'class-links-many-which': ['Cho lớp nào', 'For which classes'],
  'class-links-many-without': ['{n} lớp chưa có liên kết', '{n} {n|class|classes} without a link'],
  'class-links-many-all': [
    'Cả {n} lớp, thay liên kết đang dùng',
    'All {n} {n|class|classes}; links in force are renewed',
  ],
  'class-links-many-about': [
    'Mỗi lớp một tờ liên kết và một tờ mã PIN, in riêng. Tên giáo viên lấy theo phân công chủ nhiệm.',
    'Each class gets one sheet with its link and another with its PIN. Teachers are those named for the classes.',
  ],
  'class-links-many-do': ['Cấp và in', 'Issue and print'],
  'class-link-holder-any': ['Giáo viên chủ nhiệm', 'Homeroom teacher'],
  'link-papers': ['Giấy liên kết và mã PIN', 'Papers of links and PINs'],
  'link-papers-which': ['In tờ nào', 'Which paper'],
  'link-papers-links': ['Liên kết ({n} tờ)', 'Links ({n} {n|page|pages})'],
  'link-papers-pins': ['Mã PIN ({n} tờ)', 'PINs ({n} {n|page|pages})'],
  'link-papers-apart': [
    'In hai lần: tờ liên kết và tờ mã PIN đưa bằng hai cách khác nhau. Rời trang này thì không xem lại được nữa.',
    'Print twice: the link and the PIN are given by different ways. Once this page is left they cannot be seen again.',
  ],
  'link-papers-gone': ['Liên kết và mã PIN chỉ hiện một lần', 'Links and PINs are shown once'],
  'link-papers-gone-todo': [
    'Mở lại lớp hoặc tổ, rồi cấp mã PIN mới hoặc thay liên kết để in.',
    'Open the class or group again, and set a new PIN or renew the link to print it.',
  ],
  'link-papers-to-classes': ['Về lớp học', 'Back to the classes'],
  'link-papers-to-groups': ['Về các tổ', 'Back to the groups'],
  'link-paper-class-link': ['Liên kết vào danh sách lớp', 'Link to the list of the class'],
  'link-paper-class-pin': ['Mã PIN của danh sách lớp', 'PIN of the list of the class'],
  'link-paper-group-link': ['Liên kết vào danh sách đi từng nhà', 'Link to the visit list'],
  'link-paper-group-pin': ['Mã PIN của danh sách đi từng nhà', 'PIN of the visit list'],
  'link-paper-of-class': ['Lớp {class}, {term}', 'Class {class}, {term}'],
  'link-paper-for': ['Đưa cho: {holder}. Dùng đến hết ngày {day}', 'Given to: {holder}. Good until {day}'],
  'link-paper-class-step-1': [
    'Quét mã bằng máy ảnh của điện thoại, hoặc gõ địa chỉ trên vào trình duyệt.',
    'Scan the code with the camera of a phone, or type the address above into a browser.',
  ],
  'link-paper-class-step-2': [
    'Nhập mã PIN 6 số. Mã PIN được đưa riêng, không nằm trên tờ này.',
    'Type the PIN of 6 digits. It is given to you separately and is not on this sheet.',
  ],
  'link-paper-class-step-3': [
    'Mỗi em một lần chạm: đã báo, vắng, đã xong. Mất mạng vẫn ghi được, có mạng sẽ tự gửi.',
    'One tap a pupil: told, absent, done. It works without a line, and is sent by itself later.',
  ],
  'link-paper-class-step-4': [
    'Không chuyển tiếp cho ai. Mất tờ này hoặc mất điện thoại thì báo ngay {place} để thu hồi.',
    'Do not pass it on. If this sheet or your phone is lost, tell {place} at once to have it revoked.',
  ],
  'link-paper-group-step-1': [
    'Quét mã bằng máy ảnh của điện thoại, hoặc gõ địa chỉ trên vào trình duyệt.',
    'Scan the code with the camera of a phone, or type the address above into a browser.',
  ],
  'link-paper-group-step-2': [
    'Nhập mã PIN 6 số. Mã PIN được đưa riêng, không nằm trên tờ này.',
    'Type the PIN of 6 digits. It is given to you separately and is not on this sheet.',
  ],
  'link-paper-group-step-3': [
    'Mỗi nhà một lần chạm. Giúp kích hoạt trên điện thoại của người dân, không dùng máy của anh/chị.',
    'One tap a door. Help people to activate on their own phone, never on yours.',
  ],
  'link-paper-group-step-4': [
    'Không chuyển tiếp cho ai. Mất tờ này hoặc mất điện thoại thì báo ngay công an {place} để thu hồi.',
    'Do not pass it on. If this sheet or your phone is lost, tell the police of {place} at once to have it revoked.',
  ],
  'pin-paper-step-1': [
    'Mở liên kết đã nhận riêng, rồi nhập mã PIN này.',
    'Open the link that you got separately, and type this PIN.',
  ],
  'pin-paper-step-2': [
    'Không cất tờ này cùng tờ liên kết, không gửi mã PIN cùng liên kết.',
    'Do not keep this sheet with the link, and do not send the PIN together with the link.',
  ],
  'pin-paper-step-3': [
    'Nhập sai nhiều lần thì phải chờ, mỗi lần sai sau đó chờ lâu hơn.',
    'After several wrong entries you have to wait, and longer after each further one.',
  ],
  'pin-paper-step-4': [
    'Không ai được hỏi mã PIN qua điện thoại. Lộ mã thì xin cấp mã mới.',
    'Nobody may ask for the PIN by telephone. If somebody else knows it, ask for a new one.',
  ],
  'group-links': ['Liên kết trên điện thoại', 'Links for phones'],
  'group-links-about': [
    'Thành viên mở danh sách của tổ trên máy mình bằng liên kết và mã PIN, không cần tài khoản.',
    'A member opens the group’s lists on their own phone by a link and a PIN, without a sign-in.',
  ],
  'group-link-holder': ['Đưa cho (họ tên thành viên)', 'Given to (name of the member)'],
  'group-link-issued': ['Đã cấp liên kết cho thành viên', 'The member’s link was issued'],
  'group-link-revoke-asks': ['Thu hồi liên kết của {holder}?', 'Revoke the link of {holder}?'],
  'group-link-revoke-means': [
    'Liên kết hết dùng ngay. Bản lưu trong máy của thành viên mất khi máy có mạng lần tới.',
    'The link opens nothing from now on. The copy in the member’s phone goes at its next contact.',
  ],
  'group-links-all': ['Cấp cho {n} thành viên chưa có', 'Issue for {n} {n|member|members} without one'],
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
