import { daysToActivate, daysToDecide } from '../../../src/accounts/law.ts'
import { visitListDays } from '../../../src/campaign/law.ts'
import { breachNotice } from '../../../src/data-protection/law.ts'
import { wholeLimits } from '../../../src/enrolment/law.ts'
import { answerDays, noticeDays } from '../../../src/inspection/law.ts'
import type { Rule } from '../../../src/platform/law.ts'
import { inForceToday, referenceToday } from '../../../src/platform/law-of-texts.ts'
import type { Language, TextPair } from '../../../src/platform/pages/html.ts'
import { basisText } from '../../../src/platform/pages/law-mark.ts'
import { correctionDays, mergeUndoDays, residenceCorrectionDays } from '../../../src/register/law.ts'
import { followUpDays } from '../../../src/rolls/law.ts'
import { proposalDays } from '../../../src/staff/law.ts'

/** The article and act of a rule in brackets; or that no act says so. */
const basisIn = (rule: Rule, language: Language): string => `(${basisText(referenceToday(rule), language)})`

/** What each page is for, what follows and until when; the days are those of the law of the day. */
export const helpWords = {
  help: ['Trợ giúp trang này', 'Help on this page'],
  'help-close': ['Đóng trợ giúp', 'Close the help'],
  'help-about': ['Trang này để làm gì', 'What this page is for'],
  'help-next-head': ['Tiếp theo, đến bao giờ', 'What follows, and until when'],
  'help-terms': ['Chữ và con số trên trang', 'Words and figures on the page'],
  'help-keys': ['Phím tắt', 'Keys'],
  'help-ask': ['Hỏi ai', 'Whom to ask'],
  'help-guide': ['Hướng dẫn ngày đầu', 'First-day guide'],
  'ask-administrator': ['{name}, {role}, {unit}', '{name}, {role}, {unit}'],
  'ask-commander': [
    'Chưa có ai quản trị đơn vị này hoặc cấp trên. Hỏi lãnh đạo trực tiếp của anh/chị.',
    'Nobody administers this unit or one above. Ask your commander.',
  ],
  'help-paper': [
    'Bản in của trang trước. In hoặc lưu PDF bằng nút ở lề; trên giấy ghi ai in, lúc nào.',
    'The page before, for paper. Print it or save it as PDF; the sheet says who printed it and when.',
  ],
  'help-paper-next': [
    'Giấy có dữ liệu cá nhân thì giữ như tài liệu của đơn vị và hủy khi xong việc.',
    'A sheet with personal data is kept as the unit’s document, and destroyed when the work is done.',
  ],
  'help-all-places': ['Mọi mục anh/chị được mở ở đơn vị này.', 'All places that are open to you in this unit.'],
  'help-gallery': [
    'Các bộ phận của màn hình, cho người sửa chương trình. Số liệu ở đây được dựng ra.',
    'The parts of which screens are made, for whoever changes the program. Figures here are ' + 'invented.',
  ],
  'help-begin': [
    'Hệ thống mới cài còn thiếu gì trước khi đọc được danh sách trường đầu tiên.',
    'What a new installation lacks before it can read its first roll.',
  ],
  'help-begin-next': [
    'Làm lần lượt từ trên xuống; bước ghi “làm sau được” không chặn bước khác.',
    'Go from the top down; a step that may wait stops no other.',
  ],
  'help-first-day': [
    'Những việc thật của ngày đầu theo vai trò, và việc nào anh/chị đã làm.',
    'The real work of the first day of your role, and what of it you have done.',
  ],
  'help-first-day-next': [
    'Làm đến đâu trạng thái tự đổi đến đó. Cất đi rồi vẫn mở lại được từ trình đơn mang tên ' + 'anh/chị.',
    'States change as you work. The guide can be opened again from the menu with your name.',
  ],
  'help-today': [
    'Việc nào đến hạn, việc nào quá hạn, có kịp chiến dịch không.',
    'What is due, what is overdue, and whether the campaign is in time.',
  ],
  'help-today-next': [
    'Mở từng dòng và làm từ trên xuống. Làm xong dòng tự biến mất; không ai tự đánh dấu được.',
    'Open each line from the top down. A line goes once its work is done; nobody ticks it off.',
  ],
  'help-campaign': [
    'Chiến dịch có kịp không, người dân dừng ở bước nào, nơi nào chậm nhất.',
    'Whether the campaign is in time, at which step people stop, and which places are slowest.',
  ],
  'help-campaign-next': [
    'Số trong ngày còn đổi đến hết ngày; bản công bố ở Báo cáo không đổi nữa.',
    'Figures of the day change until it ends; an edition published under Reports never does.',
  ],
  'help-campaign-people': [
    'Từng người đứng sau một con số của chiến dịch, trong địa bàn của anh/chị.',
    'The people behind a figure of the campaign, in your area.',
  ],
  'help-campaign-people-next': [
    'Chọn người bằng ô vuông rồi xếp đợt, nhắc hoặc kết xuất. Mỗi lần mở được ghi vào nhật ký xem.',
    'Choose people by their boxes, then plan, remind or export. Each opening is recorded.',
  ],
  'help-campaign-form': [
    'Lập chiến dịch: ai thuộc diện, cần có gì, đến hạn nào; số người được đếm ngay khi chọn.',
    'Make a campaign: who is meant, what they need, until when; people are counted as you choose.',
  ],
  'help-campaign-form-next': [
    'Xem lại trước khi lưu. Còn sửa được cho đến ngày bắt đầu.',
    'Look at it before it is saved. It can be changed until its first day.',
  ],
  'help-campaign-file': [
    'Lập chiến dịch từ tệp JSON, cho người vận hành.',
    'Make a campaign from a JSON file, for operators.',
  ],
  'help-campaign-file-next': [
    'Lỗi được chỉ đúng chỗ trong tệp; chưa lưu gì khi còn lỗi.',
    'Faults are shown by their place in the file; nothing is saved while there are any.',
  ],
  'help-targets': [
    'Mỗi đơn vị được giao bao nhiêu, đã giao xuống hết chưa.',
    'How much each unit is to reach, and whether all of it was handed down.',
  ],
  'help-targets-next': [
    'Giao quá số người trong diện phải ghi lý do; đơn vị nhận đọc được lý do đó.',
    'A target above the people who are meant needs a reason, which the receiving unit reads.',
  ],
  'help-risk': [
    'Ai khó kịp hạn nếu cứ chờ, và cách nào gỡ được rẻ nhất.',
    'Who will hardly be in time by waiting, and what helps at the least cost.',
  ],
  'help-risk-next': [
    'Mở một nhóm rồi làm theo cột Gỡ rẻ nhất. Khả năng được tính lại mỗi đêm.',
    'Open a group and follow the cheapest rescue. Chances are reckoned anew each night.',
  ],
  'help-list': [
    'Ai còn thiếu thẻ, tài khoản, kích hoạt; lọc theo trường, lớp, năm sinh.',
    'Who lacks a card, an account or its activation; by school, class and year of birth.',
  ],
  'help-list-next': [
    'Chọn người rồi xếp vào đợt, nhắc hoặc kết xuất. Danh sách đúng vào lúc mở, không cần làm mới.',
    'Choose people, then put them on a session, remind or export. The list is of the moment it was ' + 'opened.',
  ],
  'help-attendance': [
    'Trẻ trong độ tuổi phổ cập không thấy trong danh sách của trường nào.',
    'Children of the ages of universal education who are on no school’s roll.',
  ],
  'help-attendance-next': [
    'Chưa đủ danh sách trường thì chưa kết luận được: xem dòng các trường chưa gửi đủ.',
    'While rolls are missing nothing is certain: see which schools have not sent all.',
  ],
  'help-directives': [
    'Chỉ đạo gửi đến đơn vị và chỉ đạo đơn vị đã ban hành.',
    'Directives to the unit, and those that the unit issued.',
  ],
  'help-directives-next': [
    'Đọc, xác nhận đã rõ, rồi trả lời trước hạn ghi ở từng chỉ đạo.',
    'Read, acknowledge, then answer before the day of each directive.',
  ],
  'help-order': [
    'Soạn và ban hành một chỉ đạo cho các đơn vị cấp dưới.',
    'Write a directive and issue it to units below.',
  ],
  'help-order-next': [
    'Ban hành rồi thì chỉ sửa được bằng bản mới; mọi đơn vị thấy đã đổi gì.',
    'Once issued it is changed by a new version alone; all units see what changed.',
  ],
  'help-directive': [
    'Nội dung một chỉ đạo, đơn vị nào đã đọc, đã xác nhận, đã trả lời.',
    'One directive, and which units read, acknowledged and answered it.',
  ],
  'help-directive-next': [
    'Đơn vị nhận trả lời tại đây; nơi ban hành kết thúc khi đủ câu trả lời.',
    'Units answer here; whoever issued it closes it once all have.',
  ],
  'help-silent': ['Đơn vị nào hôm nay chưa nhập gì.', 'Which units have entered nothing today.'],
  'help-silent-next': [
    'Chép câu nhắc gửi nhóm, hoặc gọi đơn vị. Danh sách hết khi đơn vị nhập việc đầu tiên trong ' + 'ngày.',
    'Copy the reminder, or call the unit. A unit leaves the list with its first work of the day.',
  ],
  'help-groups': [
    'Các tổ công nghệ số cộng đồng của địa bàn và danh sách họ đang đi.',
    'Community groups of the area, and the lists they are walking.',
  ],
  'help-awareness': [
    'Sổ các việc đã làm để báo cho học sinh, cha mẹ, giáo viên, người dân; bên cạnh là số người đi làm sau đó.',
    'What was done to tell pupils, parents, teachers and residents, and beside it how many came forward since.',
  ],
  'help-awareness-next': [
    'Nơi nào tăng nhanh thì làm lại cách đó; nơi chưa tăng thì xem còn vướng gì.',
    'Do again what helped; where nothing moved, find out what is in the way.',
  ],
  'help-awareness-new': [
    'Ghi mỗi buổi, mỗi đợt một dòng, trong vòng hai tháng.',
    'Enter each activity by itself, within two months.',
  ],
  'help-materials': [
    'Tờ rơi, thư và bài phát loa lấy hạn, lịch và giờ làm việc đang có của chiến dịch; đổi lịch thì in lại.',
    'Leaflets, letters and texts take days, sessions and hours as they stand now; print anew when these change.',
  ],
  'help-activity': [
    'So số người đi làm sau hoạt động với trước đó và với nơi không tổ chức. Đây không phải bằng chứng chắc chắn.',
    'Who came forward afterwards beside before, and beside where nothing was done. It is no proof.',
  ],
  'help-groups-next': ['Mở một tổ để lập danh sách cho họ.', 'Open a group to make a list for it.'],
  'help-group-new': [
    'Lập một tổ công nghệ số: tên, xã, tổ trưởng, thành viên.',
    'Set a community group up: name, commune, leader, members.',
  ],
  'help-group-new-next': [
    'Lập xong thì lập được danh sách đi từng nhà cho tổ.',
    'Afterwards a list of visits can be made for it.',
  ],
  'help-group': [
    'Một tổ: thành viên, danh sách đang đi, ai được đăng nhập xem.',
    'One group: members, the lists it walks, and who may sign in to see them.',
  ],
  'help-doors': [
    'Danh sách đi từng nhà: ai đã gặp, ai vắng, ai chưa muốn làm.',
    'A list of visits: who was met, who was out, who does not want it yet.',
  ],
  'help-doors-next': [
    'Hết hạn thì người của tổ không mở được nữa; kết quả còn lại với đơn vị.',
    'Once it is over the group cannot open it; what came of it stays with the unit.',
  ],
  'help-rolls': [
    'Danh sách trường nào đã gửi, đã đối chiếu đến đâu, còn bao nhiêu dòng phải xem.',
    'Which schools sent their rolls, how far they are compared, and how many rows wait.',
  ],
  'help-rolls-next': [
    'Tệp được đối chiếu ngay khi nhận; dòng máy không tự quyết được thì chờ anh/chị.',
    'A file is compared as soon as it is received; what the machine cannot decide waits for you.',
  ],
  'help-roll': [
    'Một danh sách: dòng nào khớp, dòng nào phải xem, sai lệch nào báo trường.',
    'One roll: which rows match, which must be looked at, what the school is told.',
  ],
  'help-follow-ups': [
    'Sai lệch nào ai phải sửa, đến ngày nào.',
    'Which differences somebody must correct, and until when.',
  ],
  'help-queue': [
    'Những dòng phải xem của mọi danh sách trong đơn vị, dòng rủi ro nhất trước.',
    'Rows of all rolls of the unit that wait, the riskiest first.',
  ],
  'help-queue-next': [
    'Một dòng đang mở là của anh/chị trong năm phút; người khác nhận dòng kế tiếp.',
    'A row that is open is yours for five minutes; a colleague gets the next.',
  ],
  'help-households': [
    'Học sinh có cha, mẹ, anh chị em ghi nơi ở khác trong dữ liệu dân cư.',
    'Pupils whose parents or siblings live elsewhere by the register.',
  ],
  'help-ledger': [
    'Mỗi em một dòng qua các năm: khớp với ai, ai quyết, vì sao đổi.',
    'Each pupil through the years: matched with whom, decided by whom, why it changed.',
  ],
  'help-ledger-next': [
    'Chỉ để xem; muốn đổi thì mở dòng trong danh sách.',
    'To be read; to change a row open it in its roll.',
  ],
  'help-releases': [
    'Cấp số định danh cho trường, đúng dòng trường cần và có lý do.',
    'Give a school the numbers of the rows it needs, with a reason.',
  ],
  'help-releases-next': [
    'Mỗi số đã cấp được ghi lại; cấp nhiều một lúc sẽ được thanh tra hỏi.',
    'Each number that is given is recorded; many at once are asked about by auditors.',
  ],
  'help-family-slips': [
    'Phiếu giấy cho gia đình: mã QR và mã ngắn mở trang của con, bằng ngày sinh của con, không cần tài khoản.',
    'Paper slips for families: a QR code and a short code open the page of a child, by the child’s birth date.',
  ],
  'help-family-slips-next': [
    'In, cắt rời, đưa tận tay hoặc qua giáo viên chủ nhiệm. Gia đình báo sẽ đi thì danh sách của đợt hiện ngay.',
    'Print, cut apart, and hand out. Where a family says that it will come, the session’s list shows it.',
  ],
  'help-link-papers': [
    'Tờ liên kết và tờ mã PIN, mỗi lớp hoặc mỗi thành viên một trang; hai tờ đưa bằng hai cách khác nhau.',
    'Sheets of links and sheets of PINs, a page for each class or member; the two are given by different ways.',
  ],
  'help-link-papers-next': [
    'In tờ liên kết, rồi chọn Mã PIN và in lần nữa. Rời trang thì không xem lại được; mất thì cấp mã PIN mới.',
    'Print the links, then choose PINs and print again. Once left they cannot be seen again: set a new PIN.',
  ],
  'help-classes': [
    'Lớp nào ai chủ nhiệm, em nào còn thiếu gì, giáo viên mở lớp bằng liên kết nào.',
    'Which class has which teacher, which pupils lack something, and the links by which teachers open a class.',
  ],
  'help-classes-next': [
    'Ghi kết quả từng em; nhà trường và công an xã đọc được.',
    'Say what came of each pupil; school and ward read it.',
  ],
  'help-visits': [
    'Những nhà tổ được giao đến trong danh sách này.',
    'The homes that the group was given in this list.',
  ],
  'help-visits-next': [
    'Ghi kết quả ngay tại cửa. Hết ngày được giao thì không mở được nữa.',
    'Say what came of it at the door. After its last day the list does not open.',
  ],
  'help-universal': [
    'Trẻ trong độ tuổi đang học ở đâu, trẻ nào chưa rõ, ai theo dõi.',
    'Where children of an age are at school, who is unclear, and who follows them.',
  ],
  'help-universal-next': [
    'Giao theo dõi cho một người; kết quả ghi vào cùng dòng.',
    'Have somebody follow a child; what came of it stands on the same row.',
  ],
  'help-sessions': [
    'Tuần này tổ nào đi đâu, mang máy nào, đợt nào có gì vướng.',
    'Which team goes where this week, with which machines, and what is in the way.',
  ],
  'help-sessions-next': [
    'Đợt chỉ mở vào đúng ngày. Dời, hủy được đến khi mở; đóng rồi thì không sửa.',
    'A session is opened on its day. It is moved or cancelled until then; once closed it stays.',
  ],
  'help-plans': [
    'Tổ nào đi đâu, ngày nào, mang máy nào: phương án tốt nhất tìm được, và đã chứng minh được gì về nó.',
    'Which team goes where, when and with which machines: the best plan that was found, and what is proved of it.',
  ],
  'help-plans-next': [
    'Dự thảo sửa được: kéo một đợt sang chỗ khác, giữ cố định. Lãnh đạo duyệt thì thành lịch và lệnh làm thêm.',
    'A draft can be changed: drag a session, or lock it. Accepted by a commander, it is the calendar and the order.',
  ],
  'help-appointments': [
    'Một ngày của bộ phận tiếp nhận: quầy nào đang gọi số nào, ai chờ, ai có hẹn giờ nào.',
    'A day of a counter: which desk calls which number, who waits, who is booked at which hour.',
  ],
  'help-appointments-next': [
    'Số có hẹn đến đúng giờ được gọi theo giờ; sau hai số có hẹn thì gọi một số không hẹn. Đến trễ quá 15 phút được ' +
      'gọi sau người đang chờ. Ai không đến thì hết ngày được hẹn lại một lần.',
    'Booked people who come in time are called by their hour; after two of them one walk-in. Whoever is more than 15 ' +
      'minutes late comes after those who wait. Who does not come is booked again once, when the day is over.',
  ],
  'help-setup': [
    'Tổ công tác có ai, máy nào dùng được, điểm nào đóng cửa ngày nào.',
    'Who is in which team, which machines work, which sites are closed when.',
  ],
  'help-setup-next': [
    'Đổi thành viên chỉ ảnh hưởng đợt xếp sau; đợt đã xếp giữ người đã xếp.',
    'Changed members hold for later sessions; what is planned keeps its people.',
  ],
  'help-roster': [
    'Ai trong danh sách đợt đã đến, đã xong, vắng vì sao.',
    'Who of a session has come, is done, or is absent and why.',
  ],
  'help-roster-next': [
    'Máy chủ chậm thì phím vẫn được giữ và gửi sau. Đóng đợt khi mọi người đã có kết quả.',
    'Keys are kept while the server is slow. Close the session once everybody has an outcome.',
  ],
  'help-applications': ['Hồ sơ cấp thẻ nào phải xử lý trước.', 'Which applications must be handled first.'],
  'help-application': [
    'Một hồ sơ: dữ liệu, ảnh, vân tay, giấy tờ, điều phải xem trước khi quyết định.',
    'One application: data, pictures, papers, and what must be looked at before it is decided.',
  ],
  'help-packets': ['Dữ liệu thu nhận nào bị giữ lại và vì sao.', 'Which captured data are held, and why.'],
  'help-packets-next': [
    'Cho qua, để riêng hoặc yêu cầu trạm gửi lại; mọi quyết định ghi lý do.',
    'Release it, set it aside, or ask the station again; each decision has a reason.',
  ],
  'help-gaps': [
    'Hồ sơ kẹt ở khâu nào, đang ở tay ai, quá hạn từ ngày nào.',
    'What is stuck between two hands, whose turn it is, and since when it is overdue.',
  ],
  'help-gaps-next': [
    'Mở dòng để đến đúng trang xử lý. Dòng hết khi khâu sau nhận được.',
    'Open a row to get to the page that handles it. It goes once the next hand has it.',
  ],
  'help-stations': [
    'Trạm thu nhận nào đang dùng, trạm nào còn nợ dữ liệu.',
    'Which stations are in use, and which still owe data.',
  ],
  'help-stations-next': [
    'Trạm mất hoặc hỏng thì thu hồi ngay; dữ liệu đã gửi vẫn giữ.',
    'Revoke a station that is lost or broken at once; what it sent stays.',
  ],
  'help-cards': ['Thẻ đang nằm ở khâu nào, khâu nào quá hạn.', 'At which stage cards are, and where they are late.'],
  'help-card-stage': ['Thẻ của một khâu, chờ bao lâu, ở đâu.', 'Cards of one stage, how long they wait, and where.'],
  'help-card-stage-next': ['Quét số sê-ri để mở đúng thẻ.', 'Scan a serial to open its card.'],
  'help-batches': [
    'Các mẻ in, mẻ nào còn chờ, mẻ nào có thẻ quá hạn.',
    'Batches, which wait still, and which have late cards.',
  ],
  'help-batches-next': [
    'Người kiểm tra khác người in; thẻ loại được in lại.',
    'Who checks is not who makes; a rejected card is made again.',
  ],
  'help-batch-plan': ['Chọn thẻ cho một mẻ in mới.', 'Choose cards for a new batch.'],
  'help-batch-plan-next': [
    'Thẻ gần hạn được lấy trước. Thẻ trong mẻ không sửa nội dung được nữa.',
    'The nearest days come first. The content of a card in a batch changes no more.',
  ],
  'help-batch': [
    'Một mẻ in: thẻ nào chờ in, chờ kiểm tra, đạt hoặc loại.',
    'One batch: which cards wait to be made or checked, passed or were rejected.',
  ],
  'help-batch-next': ['Xong cả mẻ thì đóng thẻ vào hộp ở trang Hộp thẻ.', 'Once all are done put them into boxes.'],
  'help-blanks': ['Phôi nhập, dùng, hỏng, còn và lệch.', 'Blanks received, used, spoiled, left and missing.'],
  'help-blanks-next': [
    'Kiểm kê cần hai người cùng ký; lệch phải ghi lý do.',
    'A count needs two officers; a difference needs a reason.',
  ],
  'help-boxes': [
    'Hộp thẻ nào đang đi, đang đến, còn thiếu.',
    'Which boxes are on their way, coming, or short of cards.',
  ],
  'help-boxes-next': [
    'Nơi nhận đếm lại từng thẻ; thiếu thì hộp ở lại danh sách đến khi tìm thấy hoặc ghi mất.',
    'Who receives counts each card; a short box stays until its card is found or written off.',
  ],
  'help-box': [
    'Một hộp: thẻ trong hộp, niêm phong, ai gửi, ai nhận.',
    'One box: its cards, its seal, who sent it, who received it.',
  ],
  'help-box-next': [
    'Đóng niêm phong rồi thì không thêm thẻ. Nơi nhận chốt kiểm hộp.',
    'Once sealed nothing is added. Who receives it closes the count.',
  ],
  'help-hand-over': [
    'Trả thẻ cho đúng người, hoặc cho người được ủy quyền, người đại diện hợp pháp.',
    'Hand a card to its holder, or to whoever is authorised or represents them.',
  ],
  'help-hand-over-next': [
    'Trả xong, thẻ có hiệu lực và người dân được báo; nhầm thì hoàn tác ngay trên thanh dưới trang.',
    'The card is then in force and its holder told; a slip is undone in the bar below.',
  ],
  'help-given-lists': [
    'Danh sách thẻ đã giao cho giáo viên và phần đã ký nhận.',
    'Cards given to teachers, and how many were signed for.',
  ],
  'help-given-lists-next': [
    'Nhận lại tờ ký rồi ghi kết quả từng em.',
    'Take the signed sheet back and enter what came of each.',
  ],
  'help-old-cards': [
    'Thẻ, CMND cũ đã thu của người dân, đang cất tại đơn vị.',
    'Old cards that were taken in and lie at the unit.',
  ],
  'help-old-cards-next': [
    'Đủ thời gian lưu thì hai cán bộ cùng hủy; mỗi lần hủy đều được ghi lại.',
    'Once they have been kept long enough, two officers destroy them; each time is recorded.',
  ],
  'help-given-new': [
    'Lập danh sách thẻ giao cho giáo viên của một lớp.',
    'Make a list of cards for the teacher of a class.',
  ],
  'help-given-new-next': ['In tờ ký nhận rồi giao cùng thẻ.', 'Print the sheet and give it with the cards.'],
  'help-given-list': [
    'Một danh sách giao: em nào đã ký, thẻ nào trả lại.',
    'One list: who signed, and which cards came back.',
  ],
  'help-given-list-next': ['Ghi đủ mọi dòng thì danh sách kết thúc.', 'The list ends once each row is entered.'],
  'help-card': ['Đường đi của một thẻ và ai đã làm gì với nó.', 'The way of one card, and who did what with it.'],
  'help-card-next': ['Khóa thì mở lại được; thu hồi thì không.', 'A block can be lifted; a revocation cannot.'],
  'help-accounts': [
    'Tài khoản nào chờ duyệt, chờ kích hoạt, đang khóa.',
    'Which accounts wait for approval or activation, or are locked.',
  ],
  'help-account-funnel': [
    'Người dân dừng ở bước nào khi kích hoạt, và vì sao.',
    'At which step of the activation people stop, and why.',
  ],
  'help-account-funnel-next': ['Con số nào cũng mở danh sách của nó.', 'Each figure opens its list.'],
  'help-account': [
    'Một tài khoản: đề nghị, căn cứ, so ảnh, khóa, lịch sử.',
    'One account: request, evidence, portraits, locks, history.',
  ],
  'help-search': [
    'Tìm một người theo số định danh, hoặc theo họ tên trong địa bàn.',
    'Find a person by number, or by name within the area.',
  ],
  'help-search-next': [
    'Mỗi lần tìm được ghi lại, và người được mở xem được ai đã xem mình.',
    'Each search is recorded, and whoever is opened sees who looked.',
  ],
  'help-person': [
    'Hồ sơ một người: số, nơi ở, thân nhân, thẻ, tài khoản, ai đã xem.',
    'One person: numbers, residence, kin, cards, accounts, who looked.',
  ],
  'help-correct': ['Đề nghị chỉnh sửa, cập nhật thông tin của một người.', 'Propose a correction of a person’s data.'],
  'help-new-number': ['Đề nghị hủy và xác lập lại số định danh.', 'Propose to cancel a number and establish another.'],
  'help-residence': ['Đề nghị sửa nơi cư trú đã ghi sai.', 'Propose to correct a residence that was recorded wrongly.'],
  'help-corrections': ['Đề nghị chỉnh sửa nào đơn vị phải quyết định.', 'Corrections that the unit must decide.'],
  'help-correction': [
    'Một đề nghị: giá trị cũ, giá trị mới, giấy tờ chứng minh.',
    'One proposal: old value, new value, and the paper that shows it.',
  ],
  'help-movements': [
    'Ai đến, ai đi khỏi địa bàn trong một khoảng ngày.',
    'Who came to the area and who left it between two days.',
  ],
  'help-movements-next': ['Chỉ để xem và in.', 'To be read and printed.'],
  'help-stay': ['Ghi nhận một thông báo lưu trú.', 'Record a notice of a stay.'],
  'help-stay-next': ['Thông báo hết đêm cuối cùng thì tự kết thúc.', 'It ends by itself after the last night.'],
  'help-openings': [
    'Đề nghị xem toàn bộ hồ sơ của một người ngoài việc đang giải quyết.',
    'Requests to see the whole record of somebody beyond the matter in hand.',
  ],
  'help-openings-next': ['Người đề nghị và người chấp nhận là hai người.', 'Who asks and who accepts are two.'],
  'help-merges': ['Những bản ghi có thể cùng một người.', 'Records that may be one person.'],
  'help-merge': [
    'Hai bản ghi cạnh nhau: giữ bản nào, những gì gắn với bản kia đi theo.',
    'Two records side by side: which stays, and what moves over from the other.',
  ],
  'help-merge-new': [
    'Đề nghị hợp nhất bản ghi này với một bản ghi khác.',
    'Propose to merge this record with another.',
  ],
  'help-data-requests': [
    'Yêu cầu của người dân về dữ liệu của chính họ, hạn trả lời.',
    'What people ask about their own data, and until when it is answered.',
  ],
  'help-data-requests-next': [
    'Nhận giải quyết rồi trả lời trước hạn ghi trên từng yêu cầu.',
    'Take a request up and answer before the day that stands on it.',
  ],
  'help-data-request': [
    'Một yêu cầu: nội dung, hạn, ai trả lời, căn cứ.',
    'One request: what is asked, until when, who answers, on what basis.',
  ],
  'help-data-request-next': [
    'Từ chối phải ghi căn cứ pháp luật; người yêu cầu đọc được câu trả lời.',
    'A refusal names its legal basis; whoever asked reads the answer.',
  ],
  'help-breaches': [
    'Các vụ vi phạm dữ liệu cá nhân và hạn thông báo.',
    'Breaches of personal data, and until when they are notified.',
  ],
  'help-collections': ['Phiếu DC01 đang chờ xác lập số định danh.', 'Forms DC01 that wait for a number.'],
  'help-collections-next': [
    'Người lập phiếu không xác lập; trung tâm trả lời ở trang Trao đổi.',
    'Who filled the form does not establish; the centre’s answer stands under Exchange.',
  ],
  'help-collect': [
    'Lập phiếu thu thập thông tin cho người chưa có số.',
    'Fill the form for somebody without a number.',
  ],
  'help-collect-next': ['Phiếu sang người khác quyết định.', 'Another officer decides the form.'],
  'help-reports': [
    'Thống kê của một ngày, và những bản đã công bố.',
    'Figures of a day, and the editions that were published.',
  ],
  'help-reports-next': [
    'Đã công bố thì không đổi; số biết muộn thành bản sau, kèm lý do.',
    'A published edition stays; what is learnt later makes the next one, with its reason.',
  ],
  'help-report': [
    'Một bản đã công bố, và số biết đến nay khác ở đâu.',
    'One published edition, and where today’s knowledge differs.',
  ],
  'help-report-next': [
    'Mở “Vì sao đổi” để xem những ai làm con số thay đổi.',
    'Open “why” to see who makes the figure differ.',
  ],
  'help-inspection': [
    'Ai xem dữ liệu nhiều hoặc lạ, và vì sao có thể như vậy.',
    'Who read much or unusually, and what may explain it.',
  ],
  'help-trail': [
    'Từng việc và từng lượt xem, theo cán bộ, đơn vị, ngày.',
    'Deeds and readings one by one, by officer, unit and day.',
  ],
  'help-trail-next': [
    'Tệp tải về có chữ ký; tên người dân chỉ mở khi ghi lý do.',
    'A file is signed; names of people are opened with a reason alone.',
  ],
  'help-history': [
    'Ai đã xem một người và đã làm gì với hồ sơ đó.',
    'Who looked at one person, and what was done to the record.',
  ],
  'help-history-next': ['Việc mở lịch sử cũng được ghi lại.', 'Opening the history is recorded, too.'],
  'help-exchange': [
    'Việc gì đã chuyển lên trung tâm quốc gia, đã được trả lời chưa, đường truyền ra sao.',
    'What was handed up to the national centre, what was answered, and how the line does.',
  ],
  'help-exchange-next': [
    'Quá hạn trả lời thì việc hiện ở Hôm nay của người phụ trách.',
    'What is not answered in time stands under Today of whoever is responsible.',
  ],
  'help-look-up': [
    'Hỏi trung tâm về một người thuộc tỉnh khác, khi có hồ sơ đang giải quyết.',
    'Ask the centre about somebody of another province, for a matter in hand.',
  ],
  'help-look-up-next': [
    'Câu hỏi và căn cứ được ghi lại ở cả hai bên.',
    'Question and basis are recorded on both sides.',
  ],
  'help-messages': [
    'Tin đã gửi cho người dân và kết quả: đã đến, chưa rõ, không gửi được, chờ hạn mức.',
    'What was sent to people and what became of it: arrived, unknown, undeliverable, held for money.',
  ],
  'help-message': [
    'Nội dung một tin, từng lần gửi và việc cán bộ làm được.',
    'A message in its words, each try, and what an officer may do.',
  ],
  'help-messages-next': [
    'Tin chưa rõ kết quả không tự gửi lại; công an cấp xã liên hệ gia đình. Tin chờ hạn mức đi tiếp khi tăng hạn mức.',
    'What is unknown is not sent again by itself: the ward asks the family. Held ones go on once the cap is raised.',
  ],
  'help-notices': [
    'Việc gì đã trả lại cho anh/chị, đơn vị mới nhận việc gì.',
    'What came back to you, and what your unit was asked.',
  ],
  'help-questions': ['Câu hỏi của thanh tra gửi anh/chị.', 'What auditors ask you.'],
  'help-officers': [
    'Ai giữ vai trò nào ở đơn vị nào, đến bao giờ.',
    'Who has which role in which unit, and until when.',
  ],
  'help-duties': [
    'Việc nào vai trò nào được làm, có bao nhiêu người.',
    'Which role may do what, and how many officers there are.',
  ],
  'help-duties-next': ['Việc chưa có ai thì phân công ở trang Cán bộ.', 'What nobody may do is mended under Officers.'],
  'help-request': [
    'Yêu cầu có mã ghi trên trang lỗi đã gặp gì: lúc nào, lỗi hay bị từ chối vì sao. Không có dữ liệu của ai.',
    'What the request met whose code an error page shows: when, and which fault or refusal. It has nobody’s data.',
  ],
  'help-request-next': [
    'Lỗi của chương trình thì gửi cả phần Nơi phát sinh cho người vận hành.',
    'Of a fault of the program send the whole part Where it arose to the operator.',
  ],
  'help-growth': [
    'Dung lượng cơ sở dữ liệu, bảng nào tăng nhanh, và ổ đĩa còn đủ bao nhiêu ngày. Đo mỗi đêm.',
    'How large the database is, which table grows, and for how many days the disk lasts. Measured each night.',
  ],
  'help-growth-next': [
    'Số ngày còn lại ít thì báo người vận hành chuẩn bị ổ đĩa lớn hơn.',
    'Where few days are left tell the operator, who prepares a larger disk.',
  ],
  'help-proposals': [
    'Đề nghị phân công, cử người thay, cấp lại mật khẩu đang chờ.',
    'Proposals of posts, stand-ins and passwords that wait.',
  ],
  'help-units': [
    'Đơn vị hành chính của một ngày, sáp nhập, tách ra từ đâu.',
    'Administrative units of a day, and what they were made of.',
  ],
  'help-units-next': ['Chỉ để xem; danh mục do người vận hành nhập.', 'To be read; the operator takes the table in.'],
  'help-parties': [
    'Cơ quan, tổ chức xin kết nối và phiên bản chờ duyệt.',
    'Organisations that connect, and versions that wait for approval.',
  ],
  'help-parties-next': ['Người đăng ký và người duyệt là hai người.', 'Who registers and who approves are two.'],
  'help-party': [
    'Một bên: căn cứ pháp lý, phần mềm, xin xem gì để làm gì.',
    'One party: legal basis, software, what it asks to see and what for.',
  ],
  'help-party-next': [
    'Tạm dừng có hiệu lực ngay; người dân đang đăng nhập bị đăng xuất.',
    'A suspension holds at once; people are signed out.',
  ],
  'help-flights': [
    'Vì sao một lượt đăng nhập của bên liên kết bị lỗi, theo mã yêu cầu.',
    'Why a sign-in of a party failed, by the code of the request.',
  ],
  'help-flights-next': ['Gửi cột Cách sửa cho kỹ sư của bên đó.', 'Send its engineer how to mend it.'],
  'next-visit': () => [
    `Danh sách cho tổ dùng ${inForceToday(visitListDays).usual} ngày, dài nhất ` +
      `${inForceToday(visitListDays).longest} ngày rồi tự hết hạn.`,
    `A list runs for ${inForceToday(visitListDays).usual} days, ${inForceToday(visitListDays).longest} at ` +
      'most, then ends by itself.',
  ],
  'next-followups': () => [
    `Sai lệch thành việc phải sửa: trong ${inForceToday(followUpDays).withoutVisit} ngày làm việc, hoặc ` +
      `${inForceToday(followUpDays).beforeVisit} ngày làm việc trước ngày tổ lưu động đến trường.`,
    `What differs becomes a follow-up: within ${inForceToday(followUpDays).withoutVisit} working days, or ` +
      `${inForceToday(followUpDays).beforeVisit} working days before a team comes to the school.`,
  ],
  'next-correction': () => [
    `Người khác quyết định trong ${inForceToday(correctionDays)} ngày làm việc ` +
      `${basisIn(correctionDays, 'vi')}. Quá hạn thì đề nghị đứng đầu Hôm nay của đơn vị đó.`,
    `Another officer decides within ${inForceToday(correctionDays)} working days ` +
      `${basisIn(correctionDays, 'en')}. Overdue, it stands first under Today of that unit.`,
  ],
  'next-residence': () => [
    `Đơn vị nơi người đó cư trú quyết định trong ${inForceToday(residenceCorrectionDays)} ngày làm việc ` +
      `${basisIn(residenceCorrectionDays, 'vi')}.`,
    `The unit where the person lives decides within ${inForceToday(residenceCorrectionDays)} working days ` +
      `${basisIn(residenceCorrectionDays, 'en')}.`,
  ],
  'next-merge': () => [
    `Một người đề nghị, người khác quyết định. Tách lại được trong ${inForceToday(mergeUndoDays)} ngày ` +
      'khi chưa có gì mới gắn vào.',
    `One proposes, another decides. It can be parted again for ${inForceToday(mergeUndoDays)} days while ` +
      'nothing new hangs on it.',
  ],
  'next-card': () => [
    'Hạn ghi trên từng hồ sơ theo luật của ngày tiếp nhận: ở thành phố ' +
      `${inForceToday(wholeLimits).city['first-issue']} ngày làm việc ${basisIn(wholeLimits, 'vi')}.`,
    'The day on each application is by the law of the day on which it was taken: in towns ' +
      `${inForceToday(wholeLimits).city['first-issue']} working days ${basisIn(wholeLimits, 'en')}.`,
  ],
  'next-account': () => [
    `Duyệt trong ${inForceToday(daysToDecide).withCard[2]} ngày làm việc ${basisIn(daysToDecide, 'vi')}; ` +
      `duyệt rồi chủ tài khoản kích hoạt trong ${inForceToday(daysToActivate)} ngày ` +
      `${basisIn(daysToActivate, 'vi')}.`,
    `Decided within ${inForceToday(daysToDecide).withCard[2]} working days ` +
      `${basisIn(daysToDecide, 'en')}; the holder then activates within ${inForceToday(daysToActivate)} ` +
      `days ${basisIn(daysToActivate, 'en')}.`,
  ],
  'next-breach': () => [
    `Thông báo trong ${inForceToday(breachNotice).hours} giờ ${basisIn(breachNotice, 'vi')}; thông báo ` +
      'chậm phải ghi lý do.',
    `Notify within ${inForceToday(breachNotice).hours} hours ${basisIn(breachNotice, 'en')}; a late ` +
      'notice gives its reason.',
  ],
  'next-pattern': () => [
    `Cán bộ được hỏi trả lời trong ${inForceToday(answerDays)} ngày làm việc. Nếp khác thường là câu hỏi, ` +
      'chưa phải kết luận.',
    `An officer who is asked answers within ${inForceToday(answerDays)} working days. A pattern is a ` +
      'question, and no finding.',
  ],
  'next-notices': () => [
    `Nhìn lại ${inForceToday(noticeDays)} ngày. Đánh dấu đã xem chỉ đổi màn hình của anh/chị.`,
    `It looks back ${inForceToday(noticeDays)} days. Marking as seen changes your own page alone.`,
  ],
  'next-proposal': () => [
    `Một người đề nghị, người khác chấp nhận; để quá ${inForceToday(proposalDays)} ngày thì đề nghị hết ` + 'hiệu lực.',
    `One proposes, another accepts; a proposal that waits ${inForceToday(proposalDays)} days expires.`,
  ],
} as const satisfies Record<string, TextPair>

type HelpWords = typeof helpWords
declare module '../base/language.tsx' {
  interface Texts extends HelpWords {}
}
