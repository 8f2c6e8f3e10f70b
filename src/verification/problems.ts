import { problems } from '../platform/problem.ts'

export const verificationProblem = problems({
  'verification-input-wrong': {
    status: 400,
    title: 'Some of what was sent cannot be checked as it is',
    vi: 'Một số thông tin gửi lên không thể kiểm tra được',
    fix: '"wrong" names each field and what it should be; correct these and send again. Nothing was compared.',
    fixVi: '"wrong" ghi từng mục và cách ghi đúng; sửa rồi gửi lại. Chưa có gì được đối chiếu.',
  },
  'verification-purpose-not-approved': {
    status: 403,
    title: 'This purpose was not approved for your client',
    vi: 'Mục đích này chưa được duyệt cho client của anh/chị',
    fix:
      'Give the purpose as it was approved with the scope verification, in Vietnamese or English, ' +
      'or its code "verification". A new purpose is submitted on your page.',
    fixVi:
      'Ghi mục đích đúng như đã duyệt cùng scope verification, bằng tiếng Việt hoặc tiếng Anh, ' +
      'hoặc mã "verification". Mục đích mới thì gửi duyệt trên trang của bên liên kết.',
  },
  'verification-slowed': {
    status: 429,
    title: 'Too much was wrong about this person lately: nothing was compared',
    vi: 'Vừa có quá nhiều thông tin sai về người này: chưa đối chiếu gì',
    fix: 'Wait as Retry-After says, and ask the person for their data instead of trying. The person sees each call.',
    fixVi: 'Đợi theo Retry-After, và hỏi lại chính người đó thay vì thử. Người đó thấy từng lần kiểm tra.',
  },
  'verification-stopped': {
    status: 429,
    title: 'Too much was wrong about this person today: they are not checked for you before tomorrow',
    vi: 'Hôm nay có quá nhiều thông tin sai về người này: đến mai mới kiểm tra tiếp',
    fix: 'Ask the person to look at their data with you, or at the commune’s police. The person was told.',
    fixVi: 'Đề nghị người đó cùng xem lại thông tin, hoặc đến công an cấp xã. Người đó đã được báo.',
  },
  'verification-client-slowed': {
    status: 429,
    title: 'Most of what your client asks is wrong: it is answered more slowly',
    vi: 'Phần lớn thông tin client gửi lên là sai: việc trả lời được làm chậm lại',
    fix: 'Wait as Retry-After says. Look whether your fields are in each other’s place.',
    fixVi: 'Đợi theo Retry-After. Xem lại các trường dữ liệu có bị đặt nhầm chỗ không.',
  },
  'verification-client-stopped': {
    status: 429,
    title: 'Too much of what your client, or your party, asked today was wrong: it is not answered before tomorrow',
    vi: 'Hôm nay client hoặc bên của anh/chị gửi lên quá nhiều thông tin sai: đến mai mới trả lời tiếp',
    fix:
      'Look whether your fields are in each other’s place. What had no answer is sent again tomorrow; ' +
      'of a batch, the rows of its file of errors. The installation’s administrator can tell you how many were wrong.',
    fixVi:
      'Xem lại các trường dữ liệu có bị đặt nhầm chỗ không. Ngày mai gửi lại những lượt chưa được trả lời; ' +
      'với lô, gửi lại các dòng trong tệp lỗi. Quản trị của hệ thống cho biết số lượt sai.',
  },
  'verification-numbers-stopped': {
    status: 429,
    title:
      'This name and birth date, or one of them, were sent today with too many numbers that are not theirs: ' +
      'nothing was compared, and is not before tomorrow',
    vi:
      'Hôm nay họ tên và ngày sinh này, hoặc một trong hai, đã được gửi kèm quá nhiều số không phải của người đó: ' +
      'chưa đối chiếu gì, đến mai mới kiểm tra tiếp',
    fix:
      'Ask the person for the number on their card: whoever knows a name and a birth date is not told the number ' +
      'by trying.',
    fixVi: 'Hỏi chính người đó số ghi trên thẻ: biết họ tên và ngày sinh thì cũng không thể dò ra số định danh.',
  },
  'verification-quota-over': {
    status: 429,
    title: 'Your client has used its quota of checks',
    vi: 'Client đã dùng hết hạn mức kiểm tra',
    fix: 'Wait as Retry-After says; if you need more, ask the administrator. Batches wait by themselves.',
    fixVi: 'Đợi theo Retry-After; cần nhiều hơn thì đề nghị quản trị của hệ thống. Lô kiểm tra tự chờ.',
  },
  'verification-sandbox-busy': {
    status: 429,
    title: 'Your sandbox client has as many questions under way as a sandbox may have',
    vi: 'Client thử nghiệm đang có đủ số lượt kiểm tra cùng lúc',
    fix: 'Wait for answers before you ask more, as Retry-After says. A client with a live approval has no such limit.',
    fixVi: 'Đợi câu trả lời rồi hỏi tiếp, theo Retry-After. Client đã được duyệt chính thức không có giới hạn này.',
  },
  'verification-batch-format-unknown': {
    status: 415,
    title: 'A batch is application/x-ndjson or text/csv',
    vi: 'Lô kiểm tra phải là application/x-ndjson hoặc text/csv',
    fix: 'Say which in Content-Type: one JSON object a line, or a CSV with a header line.',
    fixVi: 'Ghi rõ ở Content-Type: mỗi dòng một đối tượng JSON, hoặc CSV có dòng tiêu đề.',
  },
  'verification-batch-header-wrong': {
    status: 400,
    title: 'The header line of the batch lacks a column, or has one twice',
    vi: 'Dòng tiêu đề của lô thiếu cột, hoặc có cột ghi hai lần',
    fix:
      'The columns are person_number, full_name, birth_date, and if you like sex and ref; ' +
      '"columns" names what is wrong.',
    fixVi: 'Các cột là person_number, full_name, birth_date, và tùy chọn sex, ref; "columns" ghi cột sai.',
  },
  'verification-batch-too-many': {
    status: 429,
    title: 'Your client has as many batches under way as it may have',
    vi: 'Client đã có đủ số lô đang chạy',
    fix: 'Fetch and delete one that is done, or wait for one to be.',
    fixVi: 'Tải và xóa một lô đã xong, hoặc đợi một lô xong.',
  },
  'verification-batch-unknown': {
    status: 404,
    title: 'Your client has no such batch, or its files were deleted',
    vi: 'Client không có lô này, hoặc tệp của lô đã được xóa',
    fix: 'Compare the id; a batch’s files go a week after it was made, and a day after its result was fetched.',
    fixVi: 'Kiểm tra lại mã; tệp của lô bị xóa sau một tuần, và một ngày sau khi tải kết quả.',
  },
  'verification-batch-differs': {
    status: 409,
    title: 'A batch of this id was begun with another length, format or purpose',
    vi: 'Lô mang mã này đã bắt đầu với độ dài, định dạng hoặc mục đích khác',
    fix: 'Take a new id for another batch.',
    fixVi: 'Dùng mã mới cho lô khác.',
  },
  'verification-batch-offset-wrong': {
    status: 409,
    title: 'This piece does not begin where the batch ends by now',
    vi: 'Phần này không nối tiếp phần đã nhận',
    fix: 'Go on from byte "received".',
    fixVi: 'Gửi tiếp từ byte "received".',
  },
  'verification-batch-piece-wrong': {
    status: 400,
    title: 'A piece has between one byte and eight mebibytes, and no more than the batch was said to have',
    vi: 'Mỗi phần dài từ một byte đến tám mebibyte, và không vượt độ dài đã báo của lô',
    fix: 'Send smaller pieces as application/octet-stream, each from byte "received" on.',
    fixVi: 'Gửi từng phần nhỏ hơn dạng application/octet-stream, mỗi phần từ byte "received".',
  },
  'verification-batch-not-done': {
    status: 409,
    title: 'The batch is not done yet',
    vi: 'Lô chưa xong',
    fix: 'Ask for its state until it is "done"; "waitsUntil" says when it goes on.',
    fixVi: 'Hỏi trạng thái đến khi là "done"; "waitsUntil" ghi lúc chạy tiếp.',
  },
})
