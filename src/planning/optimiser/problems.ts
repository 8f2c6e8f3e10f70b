import { problems } from '../../platform/problem.ts'

/** Refusals of the commands that read and write files of plans. */
export const planFileProblem = problems({
  'plan-instance-malformed': {
    status: 400,
    title: 'The instance of a plan is malformed',
    vi: 'Dữ liệu bài toán lập kế hoạch chưa đúng',
    fix: 'Put right what is listed under "faults".',
    fixVi: 'Sửa từng lỗi nêu trong "faults".',
  },
  'plan-malformed': {
    status: 400,
    title: 'The file is no plan, or a malformed one',
    vi: 'Tệp không phải kế hoạch, hoặc kế hoạch chưa đúng',
    fix: 'Put right what is listed under "faults".',
    fixVi: 'Sửa từng lỗi nêu trong "faults".',
  },
  'plan-file-missing': {
    status: 404,
    title: 'There is no such file, or it cannot be read',
    vi: 'Không có tệp này, hoặc không đọc được',
    fix: 'Look at the path.',
    fixVi: 'Hãy kiểm tra lại đường dẫn.',
  },
  'plan-file-too-large': {
    status: 413,
    title: 'The file is larger than any plan or its instance',
    vi: 'Tệp lớn hơn mọi kế hoạch hay bài toán lập kế hoạch',
    fix: 'Write it without blanks and line breaks; what keeps to the limits of the lists fits then.',
    fixVi: 'Ghi tệp không có khoảng trắng và xuống dòng; danh sách trong giới hạn thì vừa.',
  },
  'plan-file-unreadable': {
    status: 400,
    title: 'The file is not JSON',
    vi: 'Tệp không phải JSON hợp lệ',
    fix: 'Write one JSON object in UTF-8.',
    fixVi: 'Ghi một đối tượng JSON, mã UTF-8.',
  },
  'plan-folder-unwritable': {
    status: 400,
    title: 'The file cannot be written there',
    vi: 'Không ghi được tệp vào thư mục này',
    fix: 'Name a folder that exists and that you may write to.',
    fixVi: 'Hãy chọn một thư mục có sẵn và được phép ghi.',
  },
  'plan-events-refused': {
    status: 400,
    title: 'An event names what the instance does not have, or days outside of it',
    vi: 'Sự kiện nêu đối tượng hoặc ngày không có trong bài toán',
    fix: 'Put right what is listed under "faults".',
    fixVi: 'Sửa từng lỗi nêu trong "faults".',
  },
  'plan-not-followed': {
    status: 409,
    title: 'The plan does not keep the rules of its instance, so it cannot be made again from there',
    vi: 'Kế hoạch không tuân theo bài toán của nó nên không lập lại được từ đó',
    fix: 'Check it with "plan check", or make a new plan.',
    fixVi: 'Kiểm tra bằng "plan check", hoặc lập kế hoạch mới.',
  },
})
