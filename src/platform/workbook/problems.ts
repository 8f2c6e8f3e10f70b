import { problems } from '../problem.ts'

const saveAgain = {
  fix: 'Open it in Excel or LibreOffice, choose "Save as", take the type "Excel Workbook (.xlsx)", and send that file.',
  fixVi:
    'Hãy mở tệp bằng Excel hoặc LibreOffice, chọn "Lưu thành" (Save As), loại "Excel Workbook (.xlsx)", ' +
    'rồi gửi tệp mới.',
}

/** Every way in which a file is no workbook that can be read. Facts are figures and kinds of file, never a content. */
export const workbookProblem = problems({
  'workbook-empty': {
    status: 400,
    title: 'The file is empty',
    vi: 'Tệp rỗng, không có dữ liệu',
    fix: 'It may not have been copied to its end. Look at the file and send it again.',
    fixVi: 'Có thể tệp chưa được sao chép xong. Hãy kiểm tra tệp rồi gửi lại.',
  },
  'workbook-encrypted': {
    status: 400,
    title: 'The workbook is protected by a password',
    vi: 'Tệp Excel được đặt mật khẩu mở',
    fix:
      'Open it with its password, remove the password (File, Info, Protect Workbook), ' +
      'save as .xlsx and send that file.',
    fixVi: 'Hãy mở tệp bằng mật khẩu, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), lưu thành .xlsx rồi gửi lại.',
  },
  'workbook-old-format': {
    status: 400,
    title: 'The workbook has an old or binary format of Excel',
    vi: 'Tệp ở định dạng Excel cũ hoặc nhị phân',
    ...saveAgain,
  },
  'workbook-is-html': {
    status: 400,
    title: 'The file is a web page that bears the name of a workbook',
    vi: 'Tệp là trang web được đổi tên thành tệp Excel',
    ...saveAgain,
  },
  'workbook-is-text': {
    status: 400,
    title: 'The file is text, such as CSV, that bears the name of a workbook',
    vi: 'Tệp là văn bản (như CSV) được đổi tên thành tệp Excel',
    fix: 'Give it a name that ends in .csv, or save it as .xlsx.',
    fixVi: 'Hãy đổi tên tệp thành đuôi .csv, hoặc lưu lại thành .xlsx.',
  },
  'workbook-of-another-kind': {
    status: 400,
    title: 'The file is not an Excel workbook',
    vi: 'Tệp không phải là tệp Excel',
    ...saveAgain,
  },
  'workbook-damaged': {
    status: 400,
    title: 'The workbook is damaged or was cut short',
    vi: 'Tệp Excel bị hỏng hoặc bị cắt cụt',
    fix: 'Open it in Excel, let it repair the file, save it again, and send that file.',
    fixVi: 'Hãy mở tệp bằng Excel, cho phép sửa chữa, lưu lại rồi gửi tệp mới.',
  },
  'workbook-unsafe': {
    status: 400,
    title: 'The workbook holds declarations that no workbook needs and that can harm a reader',
    vi: 'Tệp Excel chứa khai báo bất thường, có thể gây hại khi đọc',
    ...saveAgain,
  },
  'workbook-without-sheet': {
    status: 400,
    title: 'The workbook has no sheet with cells',
    vi: 'Tệp Excel không có trang tính nào',
    ...saveAgain,
  },
  'workbook-too-large': {
    status: 413,
    title: 'The workbook is larger than can be read',
    vi: 'Tệp Excel lớn hơn mức đọc được',
    fix: 'Delete empty rows, pictures and other sheets, or split it into several files.',
    fixVi: 'Hãy xóa các dòng trống, hình ảnh, trang tính thừa, hoặc chia thành nhiều tệp.',
  },
})
