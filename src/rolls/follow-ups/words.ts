import type { FollowUpOwner } from '../../follow-ups/follow-ups.ts'
import { words } from '../../platform/pages/html.ts'
import type { FollowUpEvidence } from './evidence-code.ts'

/** What waits, where all kinds of follow-ups are counted. */
export const sayTitle = words({ title: ['Sai lệch của danh sách phải sửa', 'Defects of rolls to put right'] })

/** Who acts. */
const ownerWords = {
  school: ['Nhà trường', 'The school'],
  ward: ['Công an nơi thường trú', 'Police of residence'],
  family: ['Gia đình', 'The family'],
} as const satisfies Record<FollowUpOwner, readonly [string, string]>
export const sayOwner = words(ownerWords)

/** Why they act: what speaks for which side. */
const evidenceWords = {
  silent: ['Chưa có căn cứ nào cho biết bên nào ghi sai', 'Nothing tells yet which side is wrong'],
  'roll-alone': ['Sai ở chính danh sách, không phải ở dữ liệu dân cư', 'The roll itself is wrong, not the register'],
  'register-against-itself': [
    'Số định danh và hồ sơ trong dữ liệu dân cư tự trái nhau',
    'The number and the record contradict each other within the register',
  ],
  'register-consistent': [
    'Dữ liệu dân cư khớp với số đang giữ; danh sách ghi số khác',
    'The register agrees with the number it holds; the roll has another',
  ],
  'digits-for-roll': [
    'Chữ số của số định danh khớp danh sách, trái dữ liệu dân cư',
    'The digits of the number agree with the roll, not with the register',
  ],
  'roll-gives-more': ['Danh sách ghi đủ hơn dữ liệu dân cư', 'The roll gives more than the register'],
  'another-roll-agrees': ['Danh sách của trường khác cũng ghi như vậy', "Another school's roll says the same"],
  'digits-for-register': [
    'Chữ số của số định danh khớp dữ liệu dân cư, trái danh sách',
    'The digits of the number agree with the register, not with the roll',
  ],
  'register-gives-more': ['Dữ liệu dân cư ghi đủ hơn danh sách', 'The register gives more than the roll'],
  nobody: ['Không có ai trong dữ liệu dân cư như dòng này', 'Nobody in the register is like this row'],
  numberless: [
    'Chưa có số, và không có ai trong dữ liệu dân cư như dòng này',
    'No number, and nobody in the register is like this row',
  ],
  papers: [
    'Trường đã xem giấy tờ: giấy tờ ghi như danh sách',
    'The school has seen the papers: they say what the roll says',
  ],
  register: ['Công an đã xem và giữ nguyên dữ liệu dân cư', 'The police have looked, and the register stands'],
} as const satisfies Record<FollowUpEvidence, readonly [string, string]>
export const sayEvidence = words(evidenceWords)

/** What the ward and the family are asked to do; the school's requests stand below. */
export const sayTask = words({
  'ward-correction': [
    'Có đề nghị chỉnh sửa chờ sẵn: hỏi gia đình giấy tờ, rồi duyệt hoặc từ chối.',
    'A correction waits: ask the family for the papers, then approve or refuse it.',
  ],
  'ward-number': [
    'Số định danh và hồ sơ không khớp nhau: xem giấy khai sinh, chỉnh sửa hồ sơ hoặc xác lập lại số.',
    'Number and record contradict each other: see the birth certificate; correct the record, or make the number anew.',
  ],
  'ward-papers': [
    'Trường cho biết giấy tờ ghi như danh sách: xem giấy tờ với gia đình.',
    'The school says that the papers agree with the roll: look at them with the family.',
  ],
  'ward-residence': [
    'Hỏi gia đình em ở đâu: đăng ký hoặc đính chính nơi cư trú, chuyển công an nơi em ở, hoặc ghi là ' +
      'không ai phải làm.',
    'Ask the family where the pupil lives: register or correct the residence, refer it to the police ' +
      'there, or note that nobody has to act.',
  ],
  'family-dc01': [
    'Gia đình mang giấy khai sinh đến công an nơi ở, làm phiếu DC01.',
    'The family takes the birth certificate to the police where it lives, for form DC01.',
  ],
  'family-birth': [
    'Gia đình mang giấy khai sinh để ghi đủ ngày, tháng, năm sinh.',
    'The family brings the birth certificate, so that the whole date is known.',
  ],
})

/**
 * Sentences that a teacher reads out, of the pupil's own row alone: never a number, a value of the register or another
 * person. Whole sentences; the first stands after the name.
 */
export const sayInClass = words({
  pupil: ['Em {name}: {said}', '{name}: {said}'],
  'ask-name': [
    'họ tên trong danh sách viết là “{roll}”, giấy khai sinh viết thế nào?',
    'the list spells the name “{roll}”; how does the birth certificate spell it?',
  ],
  'ask-birth': [
    'ngày sinh trong danh sách là {roll}, giấy khai sinh ghi thế nào?',
    'the list has the birth date {roll}; what does the birth certificate say?',
  ],
  'ask-partial': ['ngày sinh trong danh sách mới ghi {roll}, chưa đủ.', 'the list has only {roll} of the birth date.'],
  'ask-sex': [
    'giới tính trong danh sách ghi {roll}, giấy khai sinh ghi thế nào?',
    'the list has the sex as {roll}; what does the birth certificate say?',
  ],
  'ask-number': ['số định danh trong danh sách cần xem lại.', 'the personal number on the list has to be checked.'],
  'ask-missing': ['danh sách chưa có số định danh.', 'the list has no personal number.'],
  'ask-dc01': ['chưa tìm thấy hồ sơ ở công an.', 'no record was found at the police yet.'],
  'ask-ward': [
    'công an nơi thường trú đang xem lại hồ sơ, em chưa phải làm gì.',
    'the police where you live are checking the record; nothing to do yet.',
  ],
  'bring-birth': [
    'Mang giấy khai sinh bản chính đến trường, chậm nhất ngày {day}.',
    'Bring the original birth certificate to school by {day}.',
  ],
  'bring-number': [
    'Mang giấy khai sinh hoặc [[card]] có số định danh đến trường, chậm nhất ngày {day}.',
    'Bring the birth certificate or the card with the number to school by {day}.',
  ],
  'bring-dc01': [
    'Nhờ cha mẹ mang giấy khai sinh bản chính đến công an xã, phường nơi ở, chậm nhất ngày {day}.',
    'Ask your parents to take the original birth certificate to the police where you live by {day}.',
  ],
  'sex-M': ['Nam', 'male'],
  'sex-F': ['Nữ', 'female'],
  class: ['lớp', 'class'],
  title: ['Giấy tờ cần mang', 'Papers to bring'],
  about: [
    'Thầy, cô đọc trước lớp. Mỗi em chỉ nghe phần của mình; em nào không có tên thì không phải làm gì.',
    'To be read out in class. Whoever is not named has nothing to do.',
  ],
  'no-class': ['Chưa ghi lớp', 'No class given'],
  nobody: ['Không có em nào phải mang giấy tờ.', 'Nobody has to bring anything.'],
  'of-pupils': ['{n} em', '{n} pupils'],
  visit: ['Ngày tổ lưu động đến trường: {day}', 'The team comes to school on {day}'],
})

/** What the school is asked to do. {name} and {birth} are the register's values of the pupil's own record. */
export const correctionWords = words({
  'number-missing': [
    'Chưa có số định danh cá nhân: xin bổ sung đủ 12 chữ số.',
    'The personal number is missing: please add its twelve digits.',
  ],
  'number-malformed': [
    'Số định danh chưa đủ 12 chữ số: xin kiểm tra giấy tờ của học sinh và ghi lại.',
    "The number is not twelve digits: please check the pupil's papers.",
  ],
  'number-cut': [
    'Bảng tính đã cắt số định danh (dạng 2,2E+11): xin gõ lại đủ 12 chữ số, đặt ô kiểu Văn bản.',
    'The spreadsheet cut the number (2.2E+11): please type its twelve digits again, in a text cell.',
  ],
  'number-lost-zero': [
    'Số bị mất số 0 ở đầu: xin ghi là {number} (đặt ô kiểu Văn bản).',
    'The number lost its leading zero: please write {number} (a text cell).',
  ],
  'number-differs': [
    'Số định danh không đúng: xin kiểm tra giấy tờ của học sinh và ghi lại.',
    "The number is wrong: please check the pupil's papers.",
  ],
  'number-of-another-person': [
    'Số định danh này không phải của học sinh: xin kiểm tra giấy tờ và ghi lại.',
    "This number is not the pupil's: please check the papers.",
  ],
  'number-cancelled': [
    'Số định danh này đã được thay bằng số mới: xin hỏi gia đình và ghi số mới.',
    'This number was replaced by a new one: please ask the family.',
  ],
  'number-contradicts-record': [
    'Cơ quan Công an sẽ kiểm tra số định danh của học sinh; nhà trường không phải sửa.',
    'The police will check the number; the school need not change it.',
  ],
  'name-differs': [
    'Họ tên không khớp giấy tờ: xin đối chiếu với giấy khai sinh.',
    'The name is written otherwise than the papers: please compare the birth certificate.',
  ],
  'name-marks-differ': [
    'Dấu trong họ tên không khớp giấy tờ: xin đối chiếu với giấy khai sinh.',
    'The marks of the name are written otherwise than the papers: please compare the birth certificate.',
  ],
  'birth-day-month-swapped': [
    'Ngày sinh không khớp giấy tờ, ngày và tháng có thể bị đảo: xin đối chiếu với giấy khai sinh.',
    'The birth date is written otherwise than the papers, day and month may be swapped: please compare.',
  ],
  'birth-date-partial': [
    'Ngày sinh chưa đủ ngày, tháng, năm: xin đối chiếu với giấy khai sinh.',
    'The birth date is incomplete: please compare the birth certificate.',
  ],
  'birth-date-differs': [
    'Ngày sinh không khớp giấy tờ: xin đối chiếu với giấy khai sinh.',
    'The birth date is written otherwise than the papers: please compare the birth certificate.',
  ],
  'sex-differs': [
    'Giới tính không khớp giấy tờ: xin đối chiếu với giấy khai sinh.',
    'The sex is written otherwise than the papers: please compare the birth certificate.',
  ],
  'residence-differs': [
    'Xã, phường nơi ở không khớp giấy tờ: xin hỏi lại gia đình.',
    'The commune is written otherwise than the papers: please ask the family.',
  ],
  'text-legacy-encoded': [
    'Tên gõ bằng phông chữ cũ: xin gõ lại bằng Unicode.',
    'The name is in an old font: please type it in Unicode.',
  ],
  'text-too-long': [
    'Họ tên, cha mẹ hoặc nơi ở ghi quá dài nên chưa đọc: xin chỉ ghi họ tên (nơi ở) trong ô đó.',
    'A name, a parent or the residence is too long and was not read: please write that alone into the cell.',
  ],
  'cells-broken': [
    'Dòng có ô bị lỗi công thức (#REF!, #N/A): xin ghi lại bằng chữ và số.',
    'The line has cells with errors of a formula (#REF!, #N/A): please type them as text and numbers.',
  ],
  'status-unclear': [
    'Ghi chú chưa rõ em còn học hay đã rời trường: xin ghi rõ, và ghi ngày nếu đã rời trường.',
    'The remark leaves open whether the pupil left: please say so, with the day if they did.',
  ],
  deceased: [
    'Xin liên hệ Công an xã, phường để kiểm tra hồ sơ.',
    "Please contact the commune's police to check the record.",
  ],
  'duplicate-in-roll': [
    'Học sinh có ở hơn một dòng của danh sách: xin giữ một dòng.',
    'The pupil stands on more than one row: please keep one.',
  ],
  'duplicate-across-schools': [
    'Học sinh có tên ở danh sách của trường khác: xin xác nhận đang học ở đâu.',
    "The pupil is on another school's roll too: please say where they study.",
  ],
  'not-in-register': [
    'Chưa tìm thấy trong dữ liệu dân cư: xin hướng dẫn gia đình đến Công an xã, phường làm phiếu DC01.',
    "Not found in the register: please send the family to the commune's police for form DC01.",
  ],
  foreigner: [
    'Người nước ngoài dùng hộ chiếu: không cần số định danh cá nhân, không làm phiếu DC01.',
    'A foreigner with a passport: no personal number is needed, nor form DC01.',
  ],
  review: ['Đang được cơ quan Công an xem lại.', 'Being looked at by the police.'],
})

/** Texts of the workbook and the page that go back to the school. */
export const sayExport = words({
  title: ['Danh sách cần đối chiếu, chỉnh sửa', 'What to check and correct'],
  sheet: ['Trang tính', 'Sheet'],
  row: ['Dòng', 'Row'],
  class: ['Lớp', 'Class'],
  name: ['Họ và tên', 'Name'],
  correct: ['Việc phải sửa', 'What to correct'],
  owner: ['Ai làm', 'Who acts'],
  due: ['Chậm nhất', 'By'],
  asOf: ['Tính đến ngày', 'As of'],
  nothing: ['Không có gì phải sửa.', 'There is nothing to correct.'],
  school: ['Trường', 'School'],
  year: ['Năm học', 'School year'],
  author: ['Người xuất', 'Made by'],
})

/** Why a proposal to correct the register is withdrawn that came of a roll; officers read it in Vietnamese. */
export const withdrawalReason = 'Danh sách của trường nay ghi khác, hoặc không còn ghi như vậy.'

/** The evidence of such a proposal: where the roll says so, for the deciding officer. The correction has the value. */
export const evidenceText = (
  { sheet, sheetRow, inClass }: { sheet: string; sheetRow: number; inClass: string | undefined },
  school: string,
  schoolYear: string,
): string =>
  [
    `Danh sách ${school}, năm học ${schoolYear}`,
    inClass && `lớp ${inClass}`,
    sheet && `trang ${sheet}`,
    `dòng ${sheetRow}`,
  ]
    .filter(Boolean)
    .join(', ')
