import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import type { TextPair } from '../../../src/platform/pages/html.ts'
import { followUpDays } from '../../../src/rolls/law.ts'

const terms = () => inForceToday(followUpDays)

/** Việc phải sửa: what has to be put right before the team comes, who acts, until when. */
export const followUpWords = {
  'follow-ups': ['Việc phải sửa', 'What to correct'],
  'follow-ups-title': ['Việc gì phải sửa trước ngày tổ lưu động đến', 'What has to be put right before the team comes'],
  'follow-ups-title-message': ['Tin nào chưa đến gia đình?', 'Which messages did not reach their family?'],
  'follow-ups-about-message': [
    'Mở từng tin: gửi đến số đúng, chuyển sang thư giấy, hoặc ghi đã liên hệ bằng cách khác.',
    'Open each: send it to the right phone, on paper, or say how the family was reached.',
  ],
  'follow-up-what-happened': ['Việc', 'What happened'],
  'follow-up-unit': ['Nơi thường trú', 'Where they live'],
  'follow-ups-title-ward': [
    'Dữ liệu dân cư có thể sai ở đâu, theo danh sách các trường',
    'Where the register may be wrong, by the schools’ rolls',
  ],
  'follow-ups-title-school': ['Danh sách của trường phải sửa gì', 'What the schools have to correct'],
  'follow-ups-title-family': ['Gia đình nào phải mang giấy tờ', 'Which families have to bring papers'],
  'follow-ups-paper-ward': ['Danh sách dữ liệu dân cư phải xác minh', 'Entries of the register to verify'],
  'follow-ups-paper-school': ['Danh sách sai lệch nhà trường phải sửa', 'What the schools have to correct'],
  'follow-ups-paper-family': ['Danh sách gia đình phải mang giấy tờ', 'Families who have to bring papers'],
  'follow-ups-count': ['Tổng số: {n} việc', 'In all: {n} {n|follow-up|follow-ups}'],
  'follow-ups-who': ['Ai làm', 'Who acts'],
  'follow-up-school': ['Nhà trường', 'The school'],
  'follow-up-ward': ['Công an nơi thường trú', 'Police of residence'],
  'follow-up-family': ['Gia đình', 'The family'],
  'follow-up-of-all': ['Tất cả', 'All'],
  'follow-ups-overdue': ['{n} quá hạn', '{n} overdue'],
  'follow-ups-none': ['Không có việc nào phải sửa ở đây', 'There is nothing to correct here'],
  'follow-ups-none-todo': [
    'Việc hiện ra khi danh sách của một trường được đối chiếu. Chọn nhóm khác ở bên, hoặc mở Rà soát.',
    'Follow-ups appear when a school’s roll is compared. Choose another group, or open Reconciliation.',
  ],
  'follow-ups-of-school': ['Chỉ {school}', '{school} only'],
  'follow-ups-every-school': ['Mọi trường', 'Every school'],
  'follow-up-what': ['Sai lệch', 'What is wrong'],
  'follow-up-why': ['Vì sao', 'Why'],
  'follow-up-task': ['Phải làm', 'What to do'],
  'follow-up-where': ['Trường, lớp', 'School, class'],
  'follow-up-row': ['Trang {sheet}, dòng {row}', 'Sheet {sheet}, row {row}'],
  'follow-up-due': ['Hạn', 'Due'],
  'follow-up-late': ['quá hạn {day}', 'overdue {day}'],
  'follow-up-today': ['hôm nay', 'today'],
  'follow-up-promised': ['chờ danh sách sau', 'next roll'],
  'follow-up-promised-on': [
    'Trường báo đã sửa ngày {day}; việc xong khi danh sách mới đến.',
    'The school said on {day} that it is corrected; it is done when the next roll comes.',
  ],
  'follow-up-papers': ['Giấy tờ trường đã xem', 'Papers that the school has seen'],
  'follow-up-roll-side': ['Danh sách ghi', 'The roll'],
  'follow-up-register-side': ['Dữ liệu dân cư ghi', 'The register'],
  'follow-up-unseen': ['không thuộc phạm vi xem', 'not for you to see'],
  'follow-up-open-correction': ['Mở đề nghị chỉnh sửa', 'Open the correction'],
  'follow-up-open-message': ['Mở tin này', 'Open this message'],
  'follow-up-open-row': ['Xem dòng trong danh sách', 'See the row of the roll'],
  'follow-up-papers-say-so': ['Giấy tờ ghi như danh sách', 'The papers say so'],
  'follow-up-which-papers': ['Giấy tờ nào, số bao nhiêu', 'Which papers, which number'],
  'follow-up-which-papers-hint': [
    'Ví dụ: giấy khai sinh số 15/2005, UBND phường Hà Khánh. Công an nơi thường trú sẽ đọc.',
    'For example: birth certificate 15/2005 of Hà Khánh. The police of residence will read it.',
  ],
  'follow-up-send-to-ward': ['Chuyển cho công an nơi thường trú', 'Send it to the police of residence'],
  'follow-up-corrected': ['Trường đã sửa, sẽ có trong danh sách sau', 'Corrected, will be in the next roll'],
  'follow-up-residence': ['Đính chính hoặc chuyển nơi cư trú', 'Correct or refer the residence'],
  'follow-up-nobody-acts': ['Không ai phải làm gì', 'Nobody has to act'],
  'follow-up-nobody-acts-about': [
    'Em đi học xa nhà, ở nhờ, hoặc nơi ở chưa đến mức phải đăng ký thì không ai phải làm gì. Nơi ở đổi ' +
      'lần nữa thì việc này mở lại.',
    'Nobody has to act where the pupil boards, stays with relatives, or need not register there. It ' +
      'opens again when either residence changes.',
  ],
  'follow-up-family-reached': ['Đã liên lạc được với gia đình', 'The family was reached'],
  'follow-up-register-stands': ['Dữ liệu dân cư đúng, trả lại trường', 'The register is right: back to the school'],
  'follow-ups-about-school': [
    'Xem giấy tờ của em. Giấy tờ ghi khác danh sách thì sửa danh sách; ghi như danh sách thì chuyển công an.',
    'Look at the pupil’s papers. If they differ from the roll, correct the roll; ' +
      'if they say the same, send it to the police.',
  ],
  'follow-ups-about-ward': [
    'Có đề nghị chỉnh sửa thì mở, hỏi giấy tờ rồi quyết định. Không cần sửa thì trả lại trường.',
    'Where a correction waits, open it, ask for the papers and decide. ' +
      'Where nothing is wrong, give it back to the school.',
  ],
  'follow-ups-about-family': [
    'Nhà trường báo gia đình; danh sách đọc ở lớp đã có câu nhắc.',
    'The school tells the family; the list for the class says it.',
  ],
  'follow-ups-reading': ['Đang đọc các việc phải sửa', 'Reading what is to correct'],
  'follow-ups-print': ['In giấy tờ cần mang, theo lớp', 'Print the papers to bring, by class'],
  'visit-day': ['Ngày tổ lưu động đến trường', 'Day of the team’s visit'],
  'visit-hint': () => [
    `Việc phải xong trước ${terms().beforeVisit} ngày làm việc.`,
    `Follow-ups are due ${terms().beforeVisit} working days before.`,
  ],
  'visit-none': () => [
    `Chưa định ngày; hạn tính ${terms().withoutVisit} ngày làm việc từ khi nhận danh sách.`,
    `Not said yet; follow-ups are due ${terms().withoutVisit} working days after the roll.`,
  ],
  'visit-save': ['Ghi ngày', 'Save the day'],
  'visit-saved': ['Đã ghi; hạn của các việc đã đổi theo.', 'Saved; the last days have moved.'],
  'due-follow-ups-ward': [
    'Dữ liệu dân cư có thể sai, theo danh sách trường',
    'The register may be wrong, by schools’ rolls',
  ],
  'due-follow-ups-school': ['Danh sách trường phải sửa', 'Rolls that schools have to correct'],
  'due-follow-ups-family': ['Gia đình phải mang giấy tờ', 'Families to bring papers'],
  'due-follow-ups-about-message': [
    'Gửi đến số đúng, bằng thư giấy, hoặc liên hệ cách khác',
    'Send to the right phone, on paper, or reach the family otherwise',
  ],
  'due-follow-ups-about': () => [
    `Xong trước ngày tổ lưu động đến trường ${terms().beforeVisit} ngày làm việc`,
    `Due ${terms().beforeVisit} working days before the team comes`,
  ],
  'from-roll': ['Danh sách trường, chưa ai xem giấy tờ', 'From a school’s roll; nobody has seen papers yet'],
  'from-roll-about': [
    'Đề nghị này do hệ thống lập từ danh sách của trường. Ghi giấy tờ đã xem; cán bộ thứ hai mới duyệt được.',
    'The installation proposed this from a school’s roll. Write down the papers you have seen; ' +
      'then a second officer can approve.',
  ],
  attest: ['Đã xem giấy tờ', 'I have seen the papers'],
  'attest-send': ['Ghi giấy tờ, chờ cán bộ thứ hai', 'Write it down, for a second officer'],
} as const satisfies Record<string, TextPair>

type FollowUpWords = typeof followUpWords
declare module '../base/language.tsx' {
  interface Texts extends FollowUpWords {}
}
