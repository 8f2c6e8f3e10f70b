import { problems } from '../problem.ts'

export const csvProblem = problems({
  'csv-file-missing': {
    status: 404,
    title: 'There is no such file, or it cannot be read',
    vi: 'Không có tệp này, hoặc không đọc được',
    fix: 'Look at the path; nothing was imported.',
    fixVi: 'Hãy kiểm tra lại đường dẫn; chưa nhập gì.',
  },
  'csv-not-utf8': {
    status: 400,
    title: 'The file is not in UTF-8',
    vi: 'Tệp không ở bảng mã UTF-8',
    fix: 'Save it again as "CSV UTF-8", then send it once more.',
    fixVi: 'Hãy lưu lại dưới dạng "CSV UTF-8" rồi gửi lại.',
  },
  'csv-empty': {
    status: 400,
    title: 'The file has no header line',
    vi: 'Tệp không có dòng tiêu đề cột',
    fix: 'The first line must name the columns.',
    fixVi: 'Dòng đầu tiên phải ghi tên các cột.',
  },
  'csv-header-broken': {
    status: 400,
    title: 'The header line cannot be read',
    vi: 'Không đọc được dòng tiêu đề cột',
    fix: 'Look at the quotes of the first line.',
    fixVi: 'Hãy kiểm tra các dấu ngoặc kép ở dòng đầu tiên.',
  },
  'csv-column-missing': {
    status: 400,
    title: 'A column that is needed is missing',
    vi: 'Tệp thiếu cột bắt buộc',
    fix: 'Add the named columns to the header line and to each row.',
    fixVi: 'Hãy bổ sung các cột được nêu vào dòng tiêu đề và vào từng dòng.',
  },
  'csv-column-twice': {
    status: 400,
    title: 'Two columns have the same name',
    vi: 'Hai cột trùng tên',
    fix: 'Give each column a name of its own.',
    fixVi: 'Hãy đặt cho mỗi cột một tên riêng.',
  },
})
