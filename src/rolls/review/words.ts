import { words } from '../../platform/pages/html.ts'

/** Whose the number on a row is, where it is not the likeliest person's. {…} are filled in. */
export const sayNumberHolder = words({
  known: ['Số trường ghi là của {name}, sinh {year}, {who}.', 'The number is that of {name}, born {year}, {who}.'],
  unknown: ['Số trường ghi là của người khác.', 'The number is that of somebody else.'],
})

/** Why the machine did not decide a row by itself. {…} are filled in. */
export const sayWhy = words({
  taken: [
    '{where} đã khớp với người này; hai em không thể là một người.',
    '{where} is matched with this person; two pupils cannot be one.',
  ],
  withheld: [
    'Trong năm học này còn một dòng khác cũng là người này, ở trường khác, lớp khác hoặc ghi khác; ' +
      'không có số, cha mẹ hay điện thoại nào cho biết là một em hay hai em.',
    'Another row of this school year is this person too, at another school, ' +
      'in another class or written otherwise; no number, parent or phone tells whether they are one pupil or two.',
  ],
  twin: [
    'Cùng ngày sinh, cùng cha mẹ mà khác tên: có thể là anh chị em sinh đôi.',
    'Same birth date and parents, another name: this may be a twin.',
  ],
  sibling: [
    'Cùng cha mẹ mà khác tên: có thể là anh chị em ruột.',
    'Same parents, another name: this may be a sibling.',
  ],
  'number-contested': [
    'Số là của người này, nhưng một người khác khớp họ tên và ngày sinh hơn.',
    "The number is this person's, yet somebody else fits name and birth date better.",
  ],
  'number-elsewhere': [
    'Số trường ghi đang là của người khác; máy không tự bỏ qua một số có chủ.',
    "The number on the row is somebody else's; a number with an owner is never passed over by itself.",
  ],
  'two-alike': [
    'Có {n} người giống dòng này ({shares}); máy không chọn giữa họ.',
    '{n} people are like this row ({shares}); the machine does not choose between them.',
  ],
  'name-apart': [
    'Họ tên khác hẳn; tên khác thì máy không bao giờ tự khớp.',
    'The names are apart; no other name is ever matched by itself.',
  ],
  'parents-apart': [
    'Cả tên cha và tên mẹ đều khác: có thể là người trùng họ tên, ngày sinh.',
    'Both parents differ: this may be a namesake born on the same day.',
  ],
  'birth-unsure': [
    'Ngày sinh thiếu hoặc không trùng hẳn; phải có thêm cha, mẹ hoặc số khớp thì máy mới tự quyết.',
    'The birth date is in part or not quite the same; the machine needs a parent or the number beside.',
  ],
  'middle-other': [
    'Cùng họ, cùng tên, khác tên đệm: người khác cũng hay như vậy.',
    'Same family and given name, another middle name: other people have those too.',
  ],
  'below-band': [
    'Chắc {p}%, máy chỉ tự khớp khi chắc từ {band}% trở lên.',
    '{p}% sure; the machine matches by itself from {band}% on.',
  ],
  'nobody-near': [
    'Không ai trong dữ liệu dân cư đủ giống dòng này.',
    'Nobody in the register is near enough to this row.',
  ],
  doubt: [
    'Không ai trong dữ liệu dân cư đủ giống dòng này; nhưng trong các em chưa có trong danh sách trường nào, ' +
      'có em có thể là em này.',
    "Nobody in the register is near enough to this row; but of the children on nobody's roll one may be this pupil.",
  ],
  contested: [
    'Dòng này đã có người quyết; sau đó dữ liệu thay đổi và trái với quyết định. Cần quyết lại.',
    'A person decided this row; what changed since speaks against it. Decide anew.',
  ],
  other: ['Các dấu hiệu kéo về hai phía; máy để người quyết.', 'The signs pull both ways; a person decides.'],
  risk: [
    'Máy đã tự khớp, chắc {p}%. Xem lại bằng mắt thì dòng này không còn là rủi ro.',
    'Matched by the machine, {p}% sure. Once you have looked, it is no risk any more.',
  ],
})

/** Kin and classmates, each in one line. */
export const sayContext = words({
  father: ['Cha: {who}', 'Father: {who}'],
  mother: ['Mẹ: {who}', 'Mother: {who}'],
  siblings: ['Anh chị em cùng cha mẹ trong dữ liệu dân cư: {who}', 'Brothers and sisters in the register: {who}'],
  'same-person': ['{where} cũng là người này', '{where} is this person too'],
  'maybe-same': ['{where} cũng có thể là người này', '{where} may be this person too'],
  'other-year': ['Năm học {year}: {where}', 'School year {year}: {where}'],
  'other-school': ['Cũng có ở danh sách {school}: {where}', 'Also on the roll of {school}: {where}'],
  'same-parents': ['{where}: cùng tên cha, mẹ', '{where}: the same parents'],
  'same-mother': ['{where}: cùng tên, năm sinh của mẹ', '{where}: the same mother by name and year'],
  'same-phone': ['{where}: cùng số điện thoại', '{where}: the same phone'],
  'same-address': ['{where}: cùng địa chỉ', '{where}: the same address'],
  where: ['dòng {row}, {name}, lớp {class}', 'row {row}, {name}, class {class}'],
  'where-no-class': ['dòng {row}, {name}', 'row {row}, {name}'],
  'who-year': ['{name}, {year}', '{name}, {year}'],
  more: ['và {n} người nữa', 'and {n} more'],
})

/** Fills the places of a text in both languages. */
export const fillText = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** How a value of the row stands to the register's. */
export const sayAgreement = words({
  agrees: ['giống', 'same'],
  'marks-differ': ['khác dấu', 'other marks'],
  differs: ['khác', 'differs'],
  swapped: ['đảo ngày, tháng', 'day and month swapped'],
  partial: ['thiếu ngày, tháng', 'in part'],
  'of-another': ['số của người khác', 'number of somebody else'],
  cancelled: ['số đã hủy', 'cancelled number'],
  'lost-zero': ['mất số 0 đầu', 'lost its zero'],
  malformed: ['không đủ 12 chữ số', 'not twelve digits'],
  missing: ['trường không ghi', 'not given'],
  unknown: ['không so được', 'cannot be compared'],
})

export const sayKin = words({
  'number-of-elder-brother': ['anh ruột', 'an elder brother'],
  'number-of-elder-sister': ['chị ruột', 'an elder sister'],
  'number-of-younger-sibling': ['em ruột', 'a younger sibling'],
  'number-of-sibling': ['anh chị em ruột', 'a sibling'],
  'number-of-namesake': ['người trùng họ tên', 'a namesake'],
  'number-of-another': ['người khác', 'somebody else'],
})
