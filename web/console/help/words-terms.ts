import type { TextPair } from '../../../src/platform/pages/html.ts'

/**
 * What the columns, figures and states of pages mean, each once: under `term-` and the key of the word that stands on
 * the page. Terms of the field are those of docs/glossary.md.
 */
export const termWords = {
  'term-privacy-duties': [
    'Điều luật cấm làm trái; xác nhận một lần cho mỗi văn bản.',
    'What the act forbids to break; confirmed once for each act.',
  ],
  'term-group-overdue': ['Hạn đã qua mà việc chưa xong.', 'Its day is over and it is not done.'],
  'term-group-undated': [
    'Không luật hay lịch nào đặt hạn; làm khi xong việc có hạn.',
    'No law and no plan sets a day; done after what has one.',
  ],
  'term-campaign-members': [
    'Số người chiến dịch nhằm đến hôm nay; đổi khi có người chuyển đến, chuyển đi, đến tuổi.',
    'People whom the campaign means today; it changes as people come, go or come of age.',
  ],
  'term-ranking-needed': ['Còn thiếu chia cho số ngày còn lại đến hạn.', 'What is lacking, by the days that are left.'],
  'term-course-forecast': [
    'Đến hạn sẽ được bao nhiêu nếu giữ đà của mười ngày qua.',
    'How many by the due day at the pace of the last ten days.',
  ],
  'term-campaign-silent': [
    'Đơn vị có cán bộ nhưng hôm nay chưa ghi việc nào.',
    'A unit with officers that recorded nothing today.',
  ],
  'term-verdict-unsure': [
    'Hạn nằm trong khoảng dự báo: có thể kịp, có thể không.',
    'The target lies within the forecast: in time or not.',
  ],
  'term-people-unit': [
    'Đơn vị mà người đó được tính vào, theo cách tính của chiến dịch.',
    'The unit in which the person counts, by the campaign’s basis.',
  ],
  'term-people-unseen': [
    'Người được tính ở đây mà hồ sơ thuộc đơn vị khác; anh/chị không mở được.',
    'Counts here, and the record belongs to another unit: you cannot open it.',
  ],
  'term-form-needed': [
    'Những thứ một người phải có thì mới thôi nằm trong danh sách.',
    'What a person must have to leave the list.',
  ],
  'term-targets-population': [
    'Số người trong diện ngày mở chiến dịch; không đổi nữa.',
    'People who were meant on the first day; it stays.',
  ],
  'term-targets-left': [
    'Phần được giao mà chưa giao cho cấp dưới nào.',
    'What was given and not handed to any unit below.',
  ],
  'term-targets-version': [
    'Lần giao thứ mấy; lần sau thay lần trước, lần trước vẫn giữ.',
    'Which issue it is; a later one replaces it, and it is kept.',
  ],
  'term-board-safe-day': [
    'Ngày cuối bắt đầu thì còn kịp hạn với thời gian chờ thường gặp.',
    'The last day on which starting is still in time at usual waits.',
  ],
  'term-board-chance': ['Khả năng mọi người trong nhóm đều kịp.', 'The chance that all of the group are in time.'],
  'term-board-rescue': [
    'Cách làm ít công nhất đưa được nhiều người kịp hạn nhất.',
    'What brings most people in time at the least work.',
  ],
  'term-need-card': [
    'Đến tuổi phải có thẻ mà chưa có thẻ còn giá trị.',
    'Of the age for a card, and without one in force.',
  ],
  'term-need-account': [
    'Chưa có tài khoản nào còn dùng được ở độ tuổi luật cho có.',
    'No account that can be used, at an age at which the law gives one.',
  ],
  'term-need-activation': [
    'Tài khoản đã duyệt mà chủ tài khoản chưa mở.',
    'The account was approved and its holder has not opened it.',
  ],
  'term-need-correction': [
    'Dữ liệu hai nơi khác nhau; phải sửa thì mới làm thẻ, tài khoản đúng.',
    'Two sources differ; to be corrected before a card or account is right.',
  ],
  'term-safe-day': ['Ngày cuối xếp lịch thì còn kịp hạn chiến dịch.', 'The last day to plan for, to be in time.'],
  'term-chance': ['Khả năng kịp hạn nếu cứ để như hiện nay.', 'The chance to be in time as things stand.'],
  'term-case-absent': [
    'Có trong dữ liệu dân cư, không có trong danh sách trường nào đã gửi.',
    'In the register, and on no roll that was sent.',
  ],
  'term-case-undecided': [
    'Có dòng giống nhưng chưa ai quyết định có phải em đó.',
    'A row is alike, and nobody has decided whether it is the child.',
  ],
  'term-directive-step-acknowledged': [
    'Đơn vị đã đọc và nhận làm; chưa phải là đã trả lời.',
    'The unit has read it and will do it; that is no answer yet.',
  ],
  'term-directive-due': [
    'Hết ngày này mà chưa trả lời thì tính là quá hạn.',
    'Without an answer by the end of this day it is overdue.',
  ],
  'term-directive-owes-to-answer': ['Đã xác nhận, còn nợ câu trả lời.', 'Acknowledged, and owes the answer.'],
  'term-silent-nobody': [
    'Đơn vị chưa có ai được phân công nên không ai nhập được.',
    'Nobody has a post there, so nobody can enter anything.',
  ],
  'term-doors-until': [
    'Sau ngày này người của tổ không mở được danh sách.',
    'After this day the group cannot open the list.',
  ],
  'term-doors-helped': ['Đã giúp đến khi xong tại nhà.', 'Helped at home until it was done.'],
  'term-doors-not-at-home': [
    'Đến mà không gặp; nên đến lại trước ngày hết hạn.',
    'Nobody was in; come again before the list ends.',
  ],
  'term-roll-held': [
    'Danh sách có quá nhiều người không thấy trong dữ liệu; công an xem rồi mới nhận.',
    'Too many on it are unknown; the police look before it is taken.',
  ],
  'term-roll-reconciled': ['Mọi dòng đã được so với dữ liệu dân cư.', 'Each row was compared with the register.'],
  'term-roll-replaced': [
    'Trường gửi tệp mới; tệp này giữ lại để đối chiếu, không tính nữa.',
    'The school sent another file; this one is kept and counts no more.',
  ],
  'term-outcome-matched': [
    'Máy chắc chắn là cùng một người; vẫn mở xem được.',
    'Surely the same person; it can be opened all the same.',
  ],
  'term-outcome-review': [
    'Máy thấy người giống nhưng không chắc; người quyết định.',
    'Somebody is alike, not surely: an officer decides.',
  ],
  'term-outcome-duplicate': [
    'Người này đã có ở một dòng khác của danh sách.',
    'The person stands on another row already.',
  ],
  'term-defects-title': [
    'Chỗ danh sách trường khác dữ liệu dân cư, kèm việc phải làm.',
    'Where the roll differs from the register, and what is to be done.',
  ],
  'term-follow-up-task': ['Việc phải làm để hết sai lệch, và ai làm.', 'What ends the difference, and who does it.'],
  'term-follow-up-promised': ['Trường hẹn sửa ở danh sách gửi sau.', 'The school will mend it in its next roll.'],
  'term-follow-up-nobody-acts': [
    'Khác nhau nhưng không ai phải sửa; việc kết thúc và hết nhu cầu.',
    'They differ and nobody must act; it ends, and so does the need.',
  ],
  'term-queue-to-me': [
    'Dòng đồng nghiệp hoặc đơn vị khác nhờ anh/chị xem.',
    'Rows that a colleague or another unit passed to you.',
  ],
  'term-part-sure': [
    'Máy tin bao nhiêu là cùng một người; không thay quyết định của anh/chị.',
    'How sure the machine is; it does not decide for you.',
  ],
  'term-households-differs': [
    'Thành viên trong hộ có nơi ở khác học sinh.',
    'Somebody of the household lives elsewhere.',
  ],
  'term-ledger-contested': [
    'Quyết định cũ không còn khớp với danh sách mới; phải quyết lại.',
    'An old decision fits the new roll no more.',
  ],
  'term-ledger-on-no-roll': [
    'Năm trước có, năm nay chưa danh sách nào có.',
    'On a roll last year, and on none this year.',
  ],
  'term-releases-given': ['Số đã đưa cho trường, ngày nào, vì sao.', 'Numbers the school was given, when and why.'],
  'term-releases-reason': ['Vì sao trường cần số của đúng em này.', 'Why the school needs this very pupil’s number.'],
  'term-universal-undecided': ['Chưa biết đang học ở đâu.', 'It is not known where they are at school.'],
  'term-universal-out-of-school': ['Trong độ tuổi mà không học ở đâu.', 'Of the age, and at no school.'],
  'term-overtime-month': [
    'Giờ làm ngoài giờ của đơn vị, tính từ thao tác đầu đến thao tác cuối; chỉ báo, không chặn.',
    'Hours beyond the unit’s own, from first to last deed; it warns and stops nobody.',
  ],
  'term-kits': [
    'Bộ thiết bị thu nhận ảnh, vân tay; đợt cấp thẻ không có máy thì không mở được.',
    'What takes pictures and fingerprints; a session for cards cannot be opened without one.',
  ],
  'term-teams': [
    'Nhóm cán bộ cùng đi một đợt. Tổ chưa có ai thì chưa xếp được.',
    'Officers who go out together. One without anybody cannot be planned.',
  ],
  'term-price-bound': [
    'Cận dưới: đã chứng minh không phương án nào rẻ hơn.',
    'No plan is cheaper than this: it is proved.',
  ],
  'term-compare-moved': [
    'Đợt đã có trên lịch mà phương án không giữ đúng nơi, ngày, buổi.',
    'Sessions of the calendar that the plan does not keep at their site, day and shift.',
  ],
  'term-kit-repair': ['Không xếp được cho đến ngày sửa xong.', 'It cannot be planned until it is ready again.'],
  'term-role-lone': ['Một người làm mọi khâu của đợt.', 'One officer does all of it alone.'],
  'term-role-reserve': ['Đi thay khi có người vắng.', 'Goes in place of somebody who is away.'],
  'term-count-walk-in': [
    'Đến mà không có trong danh sách; tính riêng.',
    'Came without being on the list; counted apart.',
  ],
  'term-count-not-come': ['Trong danh sách, chưa điểm danh.', 'On the list, and not checked in.'],
  'term-application-queue-to-check': [
    'Thu nhận xong, chờ người khác kiểm tra.',
    'Captured, and waits for another officer to check.',
  ],
  'term-application-queue-returned': ['Trả về nơi thu nhận để bổ sung.', 'Sent back to where it was captured.'],
  'term-law-due': [
    'Ngày luật buộc phải trả thẻ, theo luật của ngày tiếp nhận.',
    'When the law of the day of receipt wants the card handed over.',
  ],
  'term-application-checks': [
    'Điều máy thấy lạ; phải xem hết mới quyết định được.',
    'What looked odd; all of it is looked at before a decision.',
  ],
  'term-packets-held': [
    'Gói nguyên vẹn nhưng có điều phải làm rõ trước khi thành hồ sơ.',
    'The packet is whole, and something must be settled first.',
  ],
  'term-packets-set-aside': ['Xem rồi, không dùng; không xóa.', 'Looked at and not used; nothing is deleted.'],
  'term-gap-counter-hole': [
    'Trạm bỏ qua một số: có thể còn một gói chưa gửi về.',
    'The station left a number out: a packet may be missing.',
  ],
  'term-gap-hand': ['Bên phải làm bước tiếp theo.', 'Who must take the next step.'],
  'term-station-missing': ['Trạm đã thu nhận mà dữ liệu chưa về đây.', 'Captured there, and not received here.'],
  'term-stage-uncollected': ['Thẻ đã ở đơn vị, chủ thẻ chưa đến nhận.', 'At the unit, and not collected.'],
  'term-cards-late-by': ['Thẻ quá hạn trả, và đang ở tay ai.', 'Cards past their day, and whose hands they are in.'],
  'term-card-due': ['Ngày phải trả thẻ cho người dân.', 'When the card is due in its holder’s hand.'],
  'term-stage-list-how-long': ['Số ngày ở nguyên khâu này.', 'Days at this stage.'],
  'term-batch-left': ['Thẻ trong mẻ chưa in xong.', 'Cards of the batch that are not made.'],
  'term-batch-rejected': ['Thẻ in lỗi, được in lại.', 'Faulty cards, which are made again.'],
  'term-batch-to-check': ['In xong, chờ người khác kiểm tra.', 'Made, and waits for another officer to check.'],
  'term-batch-out': [
    'Không đi cùng mẻ nữa; chờ mẻ khác hoặc in lại.',
    'Left the batch; waits for another, or is made again.',
  ],
  'term-plan-most': ['Mẻ không lấy quá số này dù còn thẻ chờ.', 'The batch takes no more than this.'],
  'term-blank-spoiled': ['Phôi không dùng được, đã ghi lý do.', 'Cannot be used; the reason is written down.'],
  'term-blank-missing': ['Sổ có mà đếm không thấy.', 'In the book, and not found in the count.'],
  'term-box-state-counted': [
    'Nơi nhận đã quét từng thẻ và chốt.',
    'Who received it scanned each card and closed the count.',
  ],
  'term-boxes-unexpected': ['Thẻ có trong hộp mà không có trong danh sách gửi.', 'In the box, and not on its list.'],
  'term-box-unexpected': [
    'Thẻ quét được mà không có trong danh sách của hộp.',
    'Scanned, and not on the list of the box.',
  ],
  'term-box-missing': ['Có trong danh sách gửi, không có trong hộp.', 'On the list, and not in the box.'],
  'term-give-today': ['Những thẻ trả ở máy này hôm nay, để soát lại.', 'Cards handed over at this machine today.'],
  'term-list-signed': ['Số em đã ký nhận thẻ.', 'How many signed for their card.'],
  'term-list-mark-back': [
    'Giáo viên không trả được, mang thẻ về.',
    'The teacher could not hand it over and brought it back.',
  ],
  'term-life-due': ['Ngày phải trả thẻ cho người dân.', 'When the card is due in its holder’s hand.'],
  'term-life-withheld': [
    'Cơ quan đang tạm giữ thẻ theo luật; trả lại khi hết căn cứ.',
    'An authority keeps it by law, and gives it back when that ends.',
  ],
  'term-desk-queue-needs-slip': [
    'Tin nhắn không đến được; in phiếu trên giấy để kích hoạt.',
    'No message reaches the holder; a paper slip opens the account.',
  ],
  'term-desk-queue-at-centre': ['Đã chuyển lên trung tâm quốc gia, chờ trả lời.', 'Handed up to the national centre.'],
  'term-desk-level': [
    'Chủ tài khoản được xác minh đến đâu; mức cao cần gặp trực tiếp và thẻ.',
    'How well the holder was identified; the higher one needs the person and the card.',
  ],
  'term-desk-why': [
    'Lý do lớn nhất đứng trước; mỗi lý do mở danh sách người dừng vì nó.',
    'The most frequent first; each opens the list of whom it stopped.',
  ],
  'term-desk-portraits': [
    'Ảnh gửi kèm cạnh ảnh trên thẻ; so bằng mắt trước khi duyệt.',
    'The picture that was sent beside the card’s; compare before approving.',
  ],
  'term-desk-locks': [
    'Mỗi lý do khóa riêng; tài khoản mở khi không còn lý do nào.',
    'Each lock by itself; the account opens when none is left.',
  ],
  'term-find-by-number': [
    'Tìm được mọi người trong tỉnh, chỉ khi có việc đang giải quyết.',
    'Finds anybody of the province, for a matter in hand alone.',
  ],
  'term-find-by-name': ['Chỉ tìm trong địa bàn của anh/chị.', 'Finds in your own area alone.'],
  'term-readers': [
    'Mỗi lượt xem, của ai, vì việc gì; người dân cũng xem được.',
    'Each reading, by whom and what for; the person sees it, too.',
  ],
  'term-number-old': ['Số của giấy chứng minh trước khi có số định danh.', 'The number of the former identity card.'],
  'term-residence-current': [
    'Nơi đang ở thực tế, khi không phải thường trú hay tạm trú.',
    'Where somebody really lives, where it is neither of the registered ones.',
  ],
  'term-evidence': [
    'Giấy tờ làm căn cứ: loại, số, nơi cấp. Thiếu thì không gửi được.',
    'The paper that shows it: kind, number, issuer. Nothing is sent without.',
  ],
  'term-residence-which': ['Thường trú, tạm trú hay nơi ở hiện tại.', 'Permanent, temporary or current.'],
  'term-to-decide': ['Đề nghị mà đơn vị của anh/chị phải trả lời.', 'Proposals that your unit must answer.'],
  'term-movements-came': [
    'Đăng ký, lưu trú hoặc trở về trong khoảng ngày.',
    'Registered, stays or came back in these days.',
  ],
  'term-movements-went': [
    'Chuyển đi, hết lưu trú hoặc khai báo tạm vắng.',
    'Moved, ended a stay or declared an absence.',
  ],
  'term-merge-column-papers': [
    'Giấy tờ cho thấy hai bản ghi là một người.',
    'The paper that shows that two records are one person.',
  ],
  'term-merge-stays': [
    'Bản ghi còn lại; số của bản kia bị hủy và dẫn về đây.',
    'The record that stays; the other’s number is cancelled and leads here.',
  ],
  'term-merge-hangs': [
    'Thẻ, tài khoản, hồ sơ sẽ chuyển sang bản ghi giữ lại.',
    'Cards, accounts and files that move to the record that stays.',
  ],
  'term-merge-papers': [
    'Giấy tờ cho thấy hai bản ghi là một người.',
    'The paper that shows that two records are one person.',
  ],
  'term-data-request-by': ['Hạn luật đặt cho câu trả lời.', 'Until when the law wants the answer.'],
  'term-data-request-acknowledge': [
    'Hạn báo cho người yêu cầu là đã nhận.',
    'Until when the person is told that it is taken up.',
  ],
  'term-breach-notify-by': ['Hạn báo cơ quan chuyên trách.', 'Until when the authority is notified.'],
  'term-published-title': ['Bản đã ký số, không đổi nữa.', 'A sealed edition that never changes.'],
  'term-outside-difference': [
    'Số liệu cấp trên trừ số liệu đơn vị của cùng ngày.',
    'The figure from above less ours of the same day.',
  ],
  'term-report-changed': ['Số biết đến nay trừ số đã công bố.', 'What is known now less what was published.'],
  'term-report-why': [
    'Từng lý do với số người; cộng lại bằng chênh lệch.',
    'Each reason with its people; they add up to the difference.',
  ],
  'term-inspection-untied': [
    'Lượt xem không gắn với việc nào đang giải quyết.',
    'Readings that belong to no matter in hand.',
  ],
  'term-inspection-off': [
    'Lượt xem ban đêm hoặc ngày nghỉ, ngoài đợt lưu động.',
    'Readings at night or on days off, outside sessions.',
  ],
  'term-inspection-seals': [
    'Nhật ký được niêm phong nối tiếp; sửa một dòng thì không khớp.',
    'The records are sealed in a chain; a changed row breaks it.',
  ],
  'term-inspection-patterns': [
    'Số lượt vượt ngưỡng và vượt đồng nghiệp cùng vai trò.',
    'More than the threshold and than peers in the same role.',
  ],
  'term-trail-deeds': ['Thay đổi mà cán bộ đã làm.', 'Changes that officers made.'],
  'term-reading-why': ['Việc mà lượt xem gắn vào.', 'The matter to which a reading belongs.'],
  'term-history-readings': ['Ai đã mở hồ sơ, lúc nào, vì việc gì.', 'Who opened the record, when and what for.'],
  'term-history-deeds': ['Ai đã đổi gì trong hồ sơ.', 'Who changed what in the record.'],
  'term-exchange-quarantine': [
    'Thông điệp đến mà hệ thống không tự nhận; người xem rồi quyết định.',
    'What came and was not taken by itself; an officer decides.',
  ],
  'term-exchange-days': [
    'Hai bên so số gửi, số nhận của từng ngày.',
    'Both sides compare what was sent and received each day.',
  ],
  'term-look-up-basis': ['Số hồ sơ và điều luật cho phép hỏi.', 'The file and the law by which one may ask.'],
  'term-notices-back': [
    'Việc anh/chị đã bắt đầu mà người khác trả lại hoặc đã quyết định.',
    'What you began and another sent back or decided.',
  ],
  'term-notices-asked': [
    'Việc người khác gửi, ai có quyền ở đơn vị cũng làm được.',
    'What others sent, for whoever has the right.',
  ],
  'term-stand-ins': [
    'Người làm thay trong những ngày ghi; hai người tính là một khi cần hai người.',
    'Who acts in those days; both count as one where two are needed.',
  ],
  'term-period': ['Từ ngày nào đến ngày nào vai trò mở được gì.', 'From when until when the role opens anything.'],
  'term-duty-of-nobody': ['Không ai được phân công làm việc này.', 'Nobody has a post that may do it.'],
  'term-staff-proposal-expired': [
    'Không ai quyết định kịp; đề nghị lại nếu vẫn cần.',
    'Nobody decided in time; propose it again.',
  ],
  'term-predecessors': ['Đơn vị trước khi sắp xếp.', 'What it was made of.'],
  'term-successors': ['Đơn vị sau khi sắp xếp.', 'What became of it.'],
  'term-quota-title': [
    'Số lần bên này được gọi mỗi phút, mỗi ngày.',
    'How often the party may ask a minute and a day.',
  ],
} as const satisfies Record<string, TextPair>

type TermWords = typeof termWords
declare module '../base/language.tsx' {
  interface Texts extends TermWords {}
}
