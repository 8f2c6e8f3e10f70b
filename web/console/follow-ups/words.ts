/** Việc phải sửa: what has to be put right before the team comes, who acts, until when. */
export const errandWords = {
  errands: ['Việc phải sửa', 'What to correct'],
  'errands-title': ['Việc gì phải sửa trước ngày đoàn đến', 'What has to be put right before the team comes'],
  'errands-title-ward': [
    'Sổ dân cư có thể sai ở đâu, theo danh sách các trường',
    'Where the register may be wrong, by the schools’ rolls',
  ],
  'errands-title-school': ['Danh sách của trường phải sửa gì', 'What the schools have to correct'],
  'errands-title-family': ['Gia đình nào phải mang giấy tờ', 'Which families have to bring papers'],
  'errands-who': ['Ai làm', 'Who acts'],
  'errand-school': ['Nhà trường', 'The school'],
  'errand-ward': ['Công an nơi thường trú', 'Police of residence'],
  'errand-family': ['Gia đình', 'The family'],
  'errand-of-all': ['Tất cả', 'All'],
  'errands-overdue': ['{n} quá hạn', '{n} overdue'],
  'errands-none': ['Không có việc nào phải sửa ở đây', 'There is nothing to correct here'],
  'errands-none-todo': [
    'Việc hiện ra khi danh sách của một trường được đối chiếu. Chọn nhóm khác ở bên, hoặc mở Rà soát.',
    'Errands appear when a school’s roll is compared. Choose another group, or open Reconciliation.',
  ],
  'errands-of-school': ['Chỉ {school}', '{school} only'],
  'errands-every-school': ['Mọi trường', 'Every school'],
  'errand-what': ['Sai lệch', 'What is wrong'],
  'errand-why': ['Vì sao', 'Why'],
  'errand-task': ['Phải làm', 'What to do'],
  'errand-where': ['Trường, lớp', 'School, class'],
  'errand-row': ['Trang {sheet}, dòng {row}', 'Sheet {sheet}, row {row}'],
  'errand-due': ['Hạn', 'Due'],
  'errand-late': ['quá hạn {day}', 'overdue {day}'],
  'errand-today': ['hôm nay', 'today'],
  'errand-promised': ['chờ danh sách sau', 'next roll'],
  'errand-promised-on': [
    'Trường báo đã sửa ngày {day}; việc xong khi danh sách mới đến.',
    'The school said on {day} that it is corrected; it is done when the next roll comes.',
  ],
  'errand-papers': ['Giấy tờ trường đã xem', 'Papers that the school has seen'],
  'errand-roll-side': ['Danh sách ghi', 'The roll'],
  'errand-register-side': ['Sổ dân cư ghi', 'The register'],
  'errand-unseen': ['không thuộc phạm vi xem', 'not for you to see'],
  'errand-open-correction': ['Mở đề nghị đính chính', 'Open the correction'],
  'errand-open-row': ['Xem dòng trong danh sách', 'See the row of the roll'],
  'errand-papers-say-so': ['Giấy tờ ghi như danh sách', 'The papers say so'],
  'errand-which-papers': ['Giấy tờ nào, số bao nhiêu', 'Which papers, which number'],
  'errand-which-papers-hint': [
    'Ví dụ: giấy khai sinh số 15/2005, UBND phường Hà Khánh. Công an nơi thường trú sẽ đọc.',
    'For example: birth certificate 15/2005 of Hà Khánh. The police of residence will read it.',
  ],
  'errand-send-to-ward': ['Chuyển cho công an nơi thường trú', 'Send it to the police of residence'],
  'errand-corrected': ['Trường đã sửa, sẽ có trong danh sách sau', 'Corrected, will be in the next roll'],
  'errand-register-stands': ['Sổ dân cư đúng, trả lại trường', 'The register is right: back to the school'],
  'errands-about-school': [
    'Xem giấy tờ của em. Giấy tờ ghi khác danh sách thì sửa danh sách; ghi như danh sách thì chuyển công an.',
    'Look at the pupil’s papers. If they differ from the roll, correct the roll; ' +
      'if they say the same, send it to the police.',
  ],
  'errands-about-ward': [
    'Có đề nghị đính chính thì mở, hỏi giấy tờ rồi quyết định. Không cần sửa thì trả lại trường.',
    'Where a correction waits, open it, ask for the papers and decide. ' +
      'Where nothing is wrong, give it back to the school.',
  ],
  'errands-about-family': [
    'Nhà trường báo gia đình; danh sách đọc ở lớp đã có câu nhắc.',
    'The school tells the family; the list for the class says it.',
  ],
  'errands-reading': ['Đang đọc các việc phải sửa', 'Reading what is to correct'],
  'errands-print': ['In giấy tờ cần mang, theo lớp', 'Print the papers to bring, by class'],
  'visit-day': ['Ngày đoàn đến trường', 'Day of the team’s visit'],
  'visit-hint': ['Việc phải xong trước ba ngày làm việc.', 'Errands are due three working days before.'],
  'visit-none': [
    'Chưa định ngày; hạn tính mười ngày làm việc từ khi nhận danh sách.',
    'Not said yet; errands are due ten working days after the roll.',
  ],
  'visit-save': ['Ghi ngày', 'Save the day'],
  'visit-saved': ['Đã ghi; hạn của các việc đã đổi theo.', 'Saved; the last days have moved.'],
  'due-errands-ward': ['Sổ dân cư có thể sai, theo danh sách trường', 'The register may be wrong, by schools’ rolls'],
  'due-errands-school': ['Danh sách trường phải sửa', 'Rolls that schools have to correct'],
  'due-errands-family': ['Gia đình phải mang giấy tờ', 'Families to bring papers'],
  'due-errands-about': [
    'Xong trước ngày đoàn đến trường ba ngày làm việc',
    'Due three working days before the team comes',
  ],
  'from-roll': ['Danh sách trường, chưa ai xem giấy tờ', 'From a school’s roll; nobody has seen papers yet'],
  'from-roll-about': [
    'Đề nghị này do hệ thống lập từ danh sách của trường. Ghi giấy tờ đã xem; cán bộ thứ hai mới duyệt được.',
    'The house proposed this from a school’s roll. Write down the papers you have seen; ' +
      'then a second officer can approve.',
  ],
  attest: ['Đã xem giấy tờ', 'I have seen the papers'],
  'attest-send': ['Ghi giấy tờ, chờ cán bộ thứ hai', 'Write it down, for a second officer'],
} as const

type ErrandWords = typeof errandWords
declare module '../base/language.tsx' {
  interface Texts extends ErrandWords {}
}
