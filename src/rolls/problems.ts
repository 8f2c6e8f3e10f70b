import { problems } from '../platform/problem.ts'

/** What rolls refuse. */
export const rollProblem = problems({
  'roll-unknown': {
    status: 404,
    title: 'There is no such roll among those of your schools',
    vi: 'Không có danh sách này trong các trường thuộc phạm vi của bạn',
    fix: 'Choose one from the list of rolls.',
    fixVi: 'Chọn lại trong bảng các danh sách đã gửi.',
  },
  'roll-row-unknown': {
    status: 404,
    title: 'The roll has no such row',
    vi: 'Danh sách không có dòng này',
    fix: 'Read the rows again; the roll may have been read anew under another mapping.',
    fixVi: 'Xem lại các dòng; danh sách có thể vừa được đọc lại.',
  },
  'linkage-model-unknown': {
    status: 404,
    title: 'This is no linkage model of the installation, nor the text of one',
    vi: 'Đây không phải mô hình đối chiếu của hệ thống, cũng không phải tệp của một mô hình',
    fix:
      'Take a hash that `roll model` tells, or a file that `roll model --save` wrote. ' +
      '"why" says what is wrong with the text.',
    fixVi: 'Dùng mã do `roll model` cho biết, hoặc tệp do `roll model --save` ghi ra. "why" nói tệp sai ở đâu.',
  },
  'school-year-malformed': {
    status: 400,
    title: 'A school year is two years that follow each other, as 2022-2023',
    vi: 'Năm học ghi bằng hai năm liền nhau, như 2022-2023',
    fix: 'Write it so and send again.',
    fixVi: 'Ghi lại đúng mẫu rồi gửi.',
  },
  'school-not-here': {
    status: 404,
    title: 'No school has this code',
    vi: 'Không có trường nào mang mã này',
    fix: 'Check the code, or import the list of schools first. "school" is the code that was given.',
    fixVi: 'Kiểm tra mã trường, hoặc nhập danh sách trường trước. "school" là mã đã ghi.',
  },
  'school-outside-scope': {
    status: 403,
    title: 'This school is not among yours',
    vi: 'Trường này không thuộc phạm vi của bạn',
    fix: 'Choose a school of your unit.',
    fixVi: 'Chọn trường thuộc đơn vị của bạn.',
  },
  'roll-without-pupils': {
    status: 400,
    title: 'No row of a pupil was found in the file',
    vi: 'Không tìm thấy dòng học sinh nào trong tệp',
    fix:
      'Look at the columns: name, and birth date or number must be named. ' +
      '"sheets" says what was seen on each sheet.',
    fixVi:
      'Xem lại các cột: phải chỉ ra cột họ tên, và cột ngày sinh hoặc số định danh. ' +
      '"sheets" ghi những gì thấy ở từng trang tính.',
  },
  'roll-too-large': {
    status: 413,
    title: 'The file has more rows than a school has pupils',
    vi: 'Tệp có nhiều dòng hơn số học sinh của một trường',
    fix: 'Send one file a school. "limit" is the most that is taken.',
    fixVi: 'Gửi mỗi trường một tệp. "limit" là số dòng nhiều nhất được nhận.',
  },
  'roll-taken-in': {
    status: 409,
    title: 'This roll was taken in already',
    vi: 'Danh sách này đã được nhận rồi',
    fix: "Send a new file; it takes this one's place.",
    fixVi: 'Gửi tệp mới; tệp mới sẽ thay tệp này.',
  },
  'roll-not-reconciled': {
    status: 409,
    title: 'The roll has not been compared with the register yet',
    vi: 'Danh sách chưa đối chiếu xong với sổ dân cư',
    fix: 'Wait until it is done.',
    fixVi: 'Chờ đối chiếu xong rồi làm tiếp.',
  },
  'roll-replaced': {
    status: 409,
    title: 'A later roll of the school took the place of this one',
    vi: 'Danh sách này đã được thay bằng danh sách gửi sau',
    fix: 'Open the roll in force; the pupil has the same entry there.',
    fixVi: 'Mở danh sách đang dùng; học sinh vẫn ở mục cũ trên danh sách đó.',
  },
  'mapping-impossible': {
    status: 400,
    title: 'The columns cannot be read so',
    vi: 'Không đọc được cột theo cách này',
    fix: '"wrong" says which sheet and column: one column a field, and rows and columns that the sheet has.',
    fixVi: '"wrong" ghi trang và cột nào: mỗi nội dung một cột, và cột, dòng phải có trong trang.',
  },
  'candidate-unknown': {
    status: 409,
    title: 'This person is not among the candidates of the row',
    vi: 'Người này không nằm trong các người được gợi ý của dòng',
    fix: 'Choose one of those shown.',
    fixVi: 'Chọn một trong những người đang hiện.',
  },
  'decision-none': {
    status: 409,
    title: 'Nothing was decided on this row',
    vi: 'Dòng này chưa có quyết định nào',
    fix: 'There is nothing to undo.',
    fixVi: 'Không có gì để hoàn tác.',
  },
  'row-held': {
    status: 409,
    title: 'Somebody else is looking at this row now',
    vi: 'Có người khác đang xem dòng này',
    fix: 'Take the next row. "heldBy" is who holds it and "until" when it becomes free, unless it is renewed.',
    fixVi: 'Sang dòng tiếp theo. "heldBy" là người đang giữ, "until" là lúc dòng được nhả ra nếu không gia hạn.',
  },
  'roll-of-strangers': {
    status: 409,
    title: 'Most people on this roll live elsewhere; the police accept it first',
    vi: 'Phần lớn người trong danh sách cư trú nơi khác; chờ Công an chấp nhận',
    fix: 'Another officer of the police looks at the roll and accepts it; then it is compared.',
    fixVi: 'Cán bộ Công an khác xem danh sách và chấp nhận, sau đó hệ thống mới đối chiếu.',
  },
  'roll-not-held': {
    status: 409,
    title: 'This roll waits for nobody’s acceptance',
    vi: 'Danh sách này không chờ chấp nhận',
    fix: 'Look at its state.',
    fixVi: 'Xem trạng thái của danh sách.',
  },
  'roll-own': {
    status: 409,
    title: 'Another officer than the sender accepts a roll',
    vi: 'Người gửi danh sách không tự chấp nhận được',
    fix: 'Ask a colleague of the police.',
    fixVi: 'Đề nghị cán bộ Công an khác chấp nhận.',
  },
  'number-not-released': {
    status: 409,
    title: 'Some of these rows have no number that you may give',
    vi: 'Có dòng chưa có số định danh để cung cấp, hoặc bạn chưa được xem',
    fix: '"places" names them: a row must be matched, and its pupil wholly open to you.',
    fixVi: '"places" là các dòng đó: dòng phải khớp và bạn phải được xem toàn bộ hồ sơ.',
  },
  'row-referred': {
    status: 409,
    title: 'This row was referred and lies with somebody else',
    vi: 'Dòng này đã chuyển cho nơi khác xem',
    fix: 'Take it back first, or take the next row. "toUnit" is where it lies.',
    fixVi: 'Lấy lại dòng này trước, hoặc sang dòng tiếp theo. "toUnit" là đơn vị đang giữ.',
  },
  'row-not-in-review': {
    status: 409,
    title: 'This row waits for no decision',
    vi: 'Dòng này không còn chờ quyết định',
    fix: 'Take the next row; to change what was decided, undo it first.',
    fixVi: 'Sang dòng tiếp theo; muốn đổi quyết định thì hoàn tác trước.',
  },
  'receiver-unknown': {
    status: 409,
    title: 'The row cannot be referred to them',
    vi: 'Không chuyển dòng này cho nơi đó được',
    fix: 'Choose one of those offered: the police where a candidate lives, the unit above, an officer of your unit.',
    fixVi: 'Chọn một trong các nơi đang hiện: Công an nơi thường trú, cấp trên, hoặc đồng nghiệp cùng đơn vị.',
  },
  'referral-none': {
    status: 409,
    title: 'This row was not referred by you or to you',
    vi: 'Dòng này không do bạn chuyển và không chuyển cho bạn',
    fix: 'There is nothing to give back.',
    fixVi: 'Không có gì để chuyển lại.',
  },
})
