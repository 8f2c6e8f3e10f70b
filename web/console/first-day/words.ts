import { undoSeconds } from '../../../src/decisions/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import type { TextPair } from '../../../src/platform/pages/html.ts'
import { sessionLimits } from '../../../src/staff/law.ts'

/** Ngày đầu: the steps of a role's first day, and the duties of whoever handles personal data. */
export const firstDayWords = {
  'first-day': ['Hướng dẫn ngày đầu', 'First-day guide'],
  'first-day-title': ['Ngày đầu làm gì trước', 'What to do on the first day'],
  'first-day-reading': ['Đang xem anh/chị đã làm những gì', 'Looking at what you have done'],
  'first-day-role': ['Vai trò', 'Role'],
  'first-day-known': ['Trạng thái lấy từ đâu', 'Where the states come from'],
  'first-day-known-how': [
    'Hệ thống xem nhật ký thao tác của chính anh/chị. Không ai tự đánh dấu được.',
    'The system looks at your own deeds in its records. Nobody ticks anything.',
  ],
  'first-day-print': ['In danh mục việc (A4)', 'Print the checklist (A4)'],
  'first-day-back': ['Về hướng dẫn', 'Back to the guide'],
  'first-day-sentence': [
    'Đã làm {done} trên {all} việc. Việc tiếp theo: {next}.',
    '{done} of {all} things are done. Next: {next}.',
  ],
  'first-day-sentence-done': [
    'Đã làm đủ {all} việc của ngày đầu. Công việc hằng ngày bắt đầu ở Hôm nay.',
    'All {all} things of the first day are done. The daily work begins at Today.',
  ],
  'first-day-thing': ['Việc', 'What'],
  'first-day-state': ['Trạng thái', 'State'],
  'first-day-go': ['Đi tới', 'Go to'],
  'first-day-done': ['đã làm', 'done'],
  'first-day-done-at': ['đã làm {time} ngày {day}', 'done {day}, {time}'],
  'first-day-open': ['chưa làm', 'not done'],
  'known-by-factor': ['ghi nhận khi thêm xong', 'noted once it is added'],
  'known-by-duties': ['ghi nhận khi anh/chị xác nhận bên dưới', 'noted when you confirm below'],
  'known-by-deed': ['ghi nhận khi việc được lưu', 'noted once the work is saved'],
  'known-by-reading': ['ghi nhận khi dữ liệu được mở', 'noted once data are opened'],
  'known-by-opened': ['ghi nhận khi trang được mở', 'noted once the page is opened'],
  'first-day-do': ['Mở', 'Open'],
  'first-day-do-duties': ['Đọc', 'Read'],
  'first-day-offer': [
    'Anh/chị mới nhận việc ở đây? Hướng dẫn ngày đầu đi qua {n} việc thật của vai trò này.',
    'New here? The first-day guide leads through {n} real things of this role.',
  ],
  'first-day-offer-open': ['Mở hướng dẫn', 'Open the guide'],
  'first-day-offer-no': ['Không cần', 'No need'],
  'first-day-later': [
    'Cất rồi vẫn mở lại được ở trình đơn mang tên anh/chị.',
    'Once put away it can still be opened from the menu with your name.',
  ],
  'first-day-sign': ['Người hướng dẫn', 'Instructor'],
  'first-day-ask': ['Hỏi ai', 'Whom to ask'],

  'guide-second-factor': ['Thêm bước xác nhận thứ hai', 'Add a second factor'],
  'guide-second-factor-how': () => [
    'Khóa truy cập trên máy hoặc ứng dụng tạo mã. Phiên làm việc dài nhất ' +
      `${inForceToday(sessionLimits).hours} giờ, không dùng ${inForceToday(sessionLimits).idleMinutes} ` +
      'phút thì hết.',
    'A passkey on the machine, or an app that makes codes. A session lasts ' +
      `${inForceToday(sessionLimits).hours} hours at most, and ends after ` +
      `${inForceToday(sessionLimits).idleMinutes} minutes of no use.`,
  ],
  'guide-duties': ['Đọc nghĩa vụ về dữ liệu cá nhân', 'Read the duties on personal data'],
  'guide-duties-how': [
    'Xác nhận một lần; việc xác nhận được ghi vào nhật ký kèm điều luật.',
    'Confirmed once; the confirmation is recorded with the article of the law.',
  ],
  'guide-help': ['Mở trợ giúp của một trang', 'Open the help of a page'],
  'guide-help-how': [
    'Bấm phím ? hoặc nút Trợ giúp trang này, ở bất kỳ trang nào. Esc để đóng.',
    'Press ? or the button Help on this page, on any page. Esc closes it.',
  ],
  'guide-today': ['Mở Hôm nay', 'Open Today'],
  'guide-today-how': [
    'Việc quá hạn đứng trước, rồi đến việc của hôm nay. Mỗi con số mở đúng danh sách mà nó đếm.',
    'What is overdue stands first, then what is due today. Each figure opens the list that it counts.',
  ],
  'guide-campaign': ['Xem chiến dịch có kịp không', 'See whether the campaign is in time'],
  'guide-campaign-how': [
    'Câu đầu trang trả lời kịp hay chậm; bản đồ và bảng xếp cho biết chậm ở đâu.',
    'The sentence on top says in time or late; map and ranking say where.',
  ],
  'guide-report': ['Xem số liệu đã công bố', 'Look at published figures'],
  'guide-report-how': [
    'Bản đã công bố không đổi nữa; số hôm nay còn đổi đến hết ngày.',
    'A published edition never changes; today’s figures change until the day ends.',
  ],
  'guide-read-list': ['Mở danh sách người còn thiếu', 'Open the list of who lacks something'],
  'guide-read-list-how': [
    'Lọc theo trường, lớp, năm sinh. Mỗi lần mở được ghi vào nhật ký xem dữ liệu.',
    'Filter by school, class, year of birth. Each opening is recorded as a reading.',
  ],
  'guide-find-person': ['Tra cứu một người theo số định danh', 'Look a person up by their number'],
  'guide-find-person-how': [
    'Chỉ tra cứu người có việc đang giải quyết; người đó xem được ai đã tra cứu mình.',
    'Only somebody whose matter is in hand; they see who looked them up.',
  ],
  'guide-review-row': ['Quyết định một dòng rà soát', 'Decide a row in reconciliation'],
  'guide-review-row-how': [
    'Mở danh sách của một trường, so tên, ngày sinh, số định danh rồi bấm 1, 2 hoặc 3. Z để hoàn tác.',
    'Open a school’s roll, compare name, birth and number, then press 1, 2 or 3. Z takes it back.',
  ],
  'guide-send-roll': ['Gửi danh sách học sinh của một trường', 'Send the roll of a school'],
  'guide-send-roll-how': [
    'Thả tệp của trường (.xlsx, .xls, .ods, .csv) hoặc dán từ bảng tính; xem trước rồi mới gửi.',
    'Drop the school’s file (.xlsx, .xls, .ods, .csv) or paste it; look at the preview before it is sent.',
  ],
  'guide-plan-session': ['Xếp một đợt lưu động', 'Plan a session'],
  'guide-plan-session-how': [
    'Chọn điểm, tổ công tác, máy, ngày giờ. Tổ chưa có người hoặc máy đang sửa được ghi ngay khi chọn.',
    'Choose site, team, machines and hours. An empty team or a machine in repair is said as you choose.',
  ],
  'guide-serve-session': ['Mở đợt và điểm danh một người', 'Open a session and check somebody in'],
  'guide-serve-session-how': [
    'Đợt chỉ mở vào đúng ngày. Điểm danh bằng phím, ghi nhầm thì hoàn tác.',
    'A session is opened on its day alone. Check in by keys; take back what was wrong.',
  ],
  'guide-capture': ['Tiếp nhận một hồ sơ', 'Begin an application'],
  'guide-capture-how': [
    'Thu nhận ảnh, vân tay ở trạm; hồ sơ thiếu gì được nói ngay. In giấy hẹn cho người dân.',
    'Picture and fingerprints are taken at the station; what is missing is said at once. Print the receipt.',
  ],
  'guide-check-application': ['Kiểm tra một hồ sơ', 'Check an application'],
  'guide-check-application-how': [
    'Người kiểm tra không phải người thu nhận. D duyệt, B yêu cầu bổ sung, T từ chối.',
    'Who checks is not who captured. D approves, B sends back for a supplement, T refuses.',
  ],
  'guide-approve-application': ['Duyệt hoặc trả lại một hồ sơ', 'Approve an application, or send it back'],
  'guide-approve-application-how': () => [
    `Xem đủ căn cứ rồi mới bấm. Còn hoàn tác được trong ${inForceToday(undoSeconds)} giây.`,
    `Look at all that it rests on first. It can be taken back for ${inForceToday(undoSeconds)} seconds.`,
  ],
  'guide-request-account': ['Đề nghị cấp một tài khoản', 'Request an account'],
  'guide-request-account-how': [
    'Số điện thoại phải là của chính chủ tài khoản; người khác duyệt.',
    'The phone must be the holder’s own; another officer approves.',
  ],
  'guide-approve-account': ['Duyệt hoặc từ chối một tài khoản', 'Approve or refuse an account'],
  'guide-approve-account-how': [
    'So ảnh với ảnh trên thẻ, số, điện thoại, người đề nghị. Không duyệt đề nghị của chính mình.',
    'Compare picture, number, phone and who asked. Nobody approves their own request.',
  ],
  'guide-decide-correction': ['Quyết định một đề nghị chỉnh sửa, cập nhật', 'Decide a correction'],
  'guide-decide-correction-how': [
    'Đối chiếu giấy tờ chứng minh với giá trị đề nghị. Người đề nghị và người quyết định là hai người.',
    'Hold the paper against the value that was proposed. Who proposes and who decides are two.',
  ],
  'guide-hand-over': ['Trả một thẻ', 'Hand a card over'],
  'guide-hand-over-how': [
    'Quét mã trên thẻ, đối chiếu người nhận. Người nhận thay phải là người được ủy quyền hoặc đại diện hợp pháp.',
    'Scan the card, compare its holder. Who comes instead is authorised, or the legal representative.',
  ],
  'guide-count-blanks': ['Nhận hoặc kiểm đếm phôi', 'Receive or count blanks'],
  'guide-count-blanks-how': [
    'Kiểm đếm cần hai người; chênh lệch phải ghi lý do.',
    'A count needs two officers; a difference needs a reason.',
  ],
  'guide-plan-batch': ['Lập một mẻ in', 'Plan a batch'],
  'guide-plan-batch-how': [
    'Chọn theo hạn trả thẻ: thẻ gần hạn đứng trước.',
    'Choose by the day on which cards are due: the nearest first.',
  ],
  'guide-check-cards': ['Kiểm tra thẻ vừa in', 'Check cards that were made'],
  'guide-check-cards-how': [
    'Người kiểm tra không phải người in. Thẻ lỗi ghi lý do và được in lại.',
    'Who checks is not who made them. A faulty card gets a reason, and is made again.',
  ],
  'guide-send-box': ['Đóng và gửi một hộp thẻ', 'Seal and send a box'],
  'guide-send-box-how': [
    'Quét từng thẻ vào hộp, niêm phong, gửi; nơi nhận đếm lại.',
    'Scan each card into the box, seal it, send it; who receives it counts again.',
  ],
  'guide-issue-directive': ['Ra một chỉ đạo', 'Issue a directive'],
  'guide-issue-directive-how': [
    'Ghi số phải đạt, hạn và đơn vị nhận; số vượt quá số người có thì được báo trước.',
    'Write the number, the day and the units; a number above the people there are is said before.',
  ],
  'guide-universal': ['Mở danh sách phổ cập giáo dục', 'Open the lists of universal education'],
  'guide-universal-how': [
    'Danh sách theo độ tuổi luật định: trẻ chưa thấy ở trường nào.',
    'Lists by the ages of the law: children who are on no roll.',
  ],
  'guide-follow-child': ['Giao theo dõi một trẻ', 'Have a child followed'],
  'guide-follow-child-how': [
    'Chọn người theo dõi và hạn; kết quả được ghi vào cùng dòng đó.',
    'Choose who follows and until when; what came of it stands on the same row.',
  ],
  'guide-name-homeroom': ['Phân công một giáo viên chủ nhiệm', 'Name a homeroom teacher'],
  'guide-name-homeroom-how': [
    'Giáo viên chỉ thấy lớp của mình, không thấy số định danh.',
    'The teacher sees their own class alone, and no number.',
  ],
  'guide-open-class': ['Mở lớp của mình', 'Open my class'],
  'guide-open-class-how': [
    'Ai còn thiếu gì, hạn nào, và câu để gửi cho phụ huynh.',
    'Who lacks what, until when, and the text for parents.',
  ],
  'guide-say-result': ['Ghi kết quả của một em', 'Say what came of a pupil'],
  'guide-say-result-how': [
    'Một lần chạm trên dòng của em; chạm nhầm thì hoàn tác.',
    'One tap on the row; a wrong tap is taken back.',
  ],
  'guide-open-visits': ['Mở danh sách được giao', 'Open the list that was given'],
  'guide-open-visits-how': [
    'Chỉ có tên và địa chỉ, đến hết ngày được giao.',
    'Names and addresses alone, until the day on which the list ends.',
  ],
  'guide-say-visit': ['Ghi kết quả một lượt đến nhà', 'Say what came of a visit'],
  'guide-say-visit-how': ['Ghi ngay tại cửa; công an phường đọc được.', 'At the door; the police of the ward read it.'],
  'guide-inspect': ['Mở Nhật ký', 'Open the trail'],
  'guide-inspect-how': [
    'Nếp khác thường là một câu hỏi, chưa phải kết luận.',
    'A pattern is a question, and no finding yet.',
  ],
  'guide-ask-officer': ['Hỏi một cán bộ, hoặc ghi lý do của một nếp', 'Ask an officer, or write down a reason'],
  'guide-ask-officer-how': [
    'Cán bộ trả lời ở Hôm nay của họ, một lần.',
    'The officer answers on their page of today, once.',
  ],
  'guide-read-trail': ['Mở Việc và lượt xem', 'Open deeds and readings'],
  'guide-read-trail-how': [
    'Tên người dân chỉ mở khi ghi lý do; việc mở cũng được ghi.',
    'Names of people are opened with a reason alone; the opening is recorded.',
  ],
  'guide-officers': ['Xem cán bộ của đơn vị', 'See the officers of the unit'],
  'guide-officers-how': [
    'Ai giữ vai trò nào, ở đâu, đến bao giờ, đã có bước xác nhận thứ hai chưa.',
    'Who has which role, where, until when, and whether they have a second factor.',
  ],
  'guide-propose-post': ['Đề nghị phân công một người', 'Propose a post'],
  'guide-propose-post-how': [
    'Một người đề nghị, người khác chấp nhận; mật khẩu do chính người đó đặt.',
    'One proposes, another accepts; the officer chooses their own password.',
  ],
  'guide-accept-post': ['Quyết định một đề nghị phân công', 'Decide a proposal'],
  'guide-accept-post-how': [
    'Chỉ quyết định đề nghị của người khác. Đề nghị để quá lâu tự hết hiệu lực.',
    'Only what another proposed. A proposal that waits too long expires.',
  ],
  'guide-exchange': ['Xem đường truyền với trung tâm quốc gia', 'See the line to the national centre'],
  'guide-exchange-how': [
    'Còn gì chưa gửi, còn gì chưa được trả lời, đường truyền có thông không.',
    'What is not sent, what is not answered, and whether the line stands.',
  ],
  'guide-breaches': ['Biết nơi báo vi phạm dữ liệu cá nhân', 'Know where a breach is recorded'],
  'guide-breaches-how': [
    'Phát hiện là ghi ngay: thời hạn thông báo tính từ lúc phát hiện.',
    'Record it at once: the time to notify runs from the moment it is found.',
  ],

  'privacy-duties': ['Nghĩa vụ của người xử lý dữ liệu cá nhân', 'Duties of whoever handles personal data'],
  'privacy-duties-basis': ['Căn cứ: {basis}', 'Basis: {basis}'],
  'privacy-duties-agree': ['Tôi đã đọc và sẽ làm đúng', 'I have read them and will keep them'],
  'privacy-duties-agreed': ['Anh/chị đã xác nhận {time} ngày {day}.', 'You confirmed them on {day} at {time}.'],
  'duty-for-the-work': [
    'Chỉ mở dữ liệu của người có việc anh/chị đang giải quyết, đúng mục đích đã ghi. Mỗi lượt mở được ' +
      'ghi lại và người dân xem được.',
    'Open the data of people whose matter is in your hands alone, for the purpose that is recorded. ' +
      'Each opening is recorded, and people see it.',
  ],
  'duty-nothing-told': [
    'Không nói, không gửi dữ liệu của người dân cho người không có phận sự, kể cả đồng nghiệp và người thân.',
    'Tell or send nobody’s data to anyone who has no part in the matter, colleagues and family included.',
  ],
  'duty-nothing-copied': [
    'Không chụp màn hình, không chép ra ngoài hệ thống. Cần danh sách thì kết xuất bằng nút của ' +
      'trang, giữ như tài liệu của đơn vị và hủy khi xong việc.',
    'Take no photographs of the screen and copy nothing out of the system. A list that is needed is ' +
      'exported by the page’s button, kept as the unit’s document, and destroyed when the work is done.',
  ],
  'duty-no-trade': [
    'Không mua, bán, trao đổi dữ liệu cá nhân; không dùng vào việc riêng.',
    'Never buy, sell or trade personal data, nor use them for yourself.',
  ],
  'duty-nothing-changed': [
    'Không sửa, xóa dữ liệu khi không có giấy tờ chứng minh và người quyết định thứ hai.',
    'Change or delete nothing without the paper that shows it and a second officer who decides.',
  ],
  'duty-breach-told': [
    'Thấy lộ, mất hoặc bị truy cập trái phép thì báo ngay cho người quản trị của đơn vị, kể cả khi do chính mình.',
    'Where data were disclosed, lost or opened without right, tell the unit’s administrator at once, ' +
      'also where it was your own doing.',
  ],
} as const satisfies Record<string, TextPair>

type FirstDayWords = typeof firstDayWords
declare module '../base/language.tsx' {
  interface Texts extends FirstDayWords {}
}
