import { problems } from '../platform/problem.ts'

export const linkProblem = problems({
  'link-file-missing': {
    status: 404,
    title: 'There is no such file, or it cannot be read',
    vi: 'Không có tệp này, hoặc không đọc được',
    fix: 'Look at the path.',
    fixVi: 'Hãy kiểm tra lại đường dẫn.',
  },
  'link-folder-unwritable': {
    status: 400,
    title: 'The file cannot be written there',
    vi: 'Không ghi được tệp vào thư mục này',
    fix: 'Name a folder that exists and that you may write to.',
    fixVi: 'Hãy chọn một thư mục có sẵn và được phép ghi.',
  },
  'link-settings-unreadable': {
    status: 400,
    title: 'The settings are not JSON',
    vi: 'Tệp cấu hình không phải JSON hợp lệ',
    fix: 'Write an object with leftId, rightId, fields, blocking and threshold.',
    fixVi: 'Hãy viết một đối tượng JSON có leftId, rightId, fields, blocking và threshold.',
  },
  'link-settings-wrong': {
    status: 400,
    title: 'The settings are wrong',
    vi: 'Cấu hình chưa đúng',
    fix: 'Put right what is listed under "wrong".',
    fixVi: 'Hãy sửa từng mục được nêu trong "wrong".',
  },
  'link-column-missing': {
    status: 400,
    title: 'The settings name a column that the file has not',
    vi: 'Cấu hình nêu một cột mà tệp không có',
    fix: 'Use the names in the header line of that file.',
    fixVi: 'Hãy dùng đúng tên cột ở dòng tiêu đề của tệp đó.',
  },
  'link-id-empty': {
    status: 400,
    title: 'Rows have no id, so no pair could name them',
    vi: 'Có dòng không có mã, nên không thể ghi cặp ghép cho dòng đó',
    fix: 'Give every row an id, or name another id column in the settings.',
    fixVi: 'Hãy ghi mã cho mọi dòng, hoặc chọn cột mã khác trong cấu hình.',
  },
  'link-id-twice': {
    status: 400,
    title: 'Two rows have the same id',
    vi: 'Có hai dòng trùng mã',
    fix: 'Give each row of a file an id of its own, or name another id column in the settings.',
    fixVi: 'Hãy cho mỗi dòng một mã riêng, hoặc chọn cột mã khác trong cấu hình.',
  },
  'link-blocks-too-large': {
    status: 400,
    title: 'The blocking joins so many rows that none of its blocks can be compared',
    vi: 'Điều kiện phân khối quá rộng, không khối nào so sánh được',
    fix: 'Add a field to each blocking rule, such as a date beside a name.',
    fixVi: 'Hãy thêm trường vào mỗi điều kiện phân khối, chẳng hạn ngày sinh cùng với tên.',
  },
  'link-model-unreadable': {
    status: 400,
    title: 'The file is no model of this command',
    vi: 'Tệp không phải mô hình do lệnh này lưu',
    fix: 'Give a file that --save-model wrote.',
    fixVi: 'Hãy dùng tệp do --save-model ghi ra.',
  },
  'link-model-unfit': {
    status: 400,
    title: 'The model was learnt for other fields',
    vi: 'Mô hình được học cho các trường khác',
    fix: 'Use it with the fields it was learnt for, in their order and of their kinds, or learn a new one.',
    fixVi: 'Hãy dùng đúng các trường, thứ tự và kiểu đã học, hoặc học mô hình mới.',
  },
  'link-cancelled': {
    status: 499,
    title: 'Stopped before the end; nothing was written',
    vi: 'Đã dừng giữa chừng; chưa ghi tệp nào',
  },
})
