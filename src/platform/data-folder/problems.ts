import { Problem, problems } from '../problem.ts'

export const dataFolderProblem = problems({
  'data-folder-read-only': {
    status: 503,
    title: 'The data folder lies on a read-only disk',
    vi: 'Thư mục dữ liệu nằm trên ổ đĩa chỉ cho đọc',
    fix: 'Choose another folder with --data, or mount the disk for writing.',
    fixVi: 'Hãy chọn thư mục khác bằng --data, hoặc gắn lại ổ đĩa ở chế độ cho ghi.',
  },
  'data-folder-not-writable': {
    status: 503,
    title: 'This user may not write to the data folder',
    vi: 'Người dùng này không có quyền ghi vào thư mục dữ liệu',
    fix: 'Run as the user who owns the folder, or choose another folder with --data.',
    fixVi: 'Hãy chạy bằng người dùng sở hữu thư mục, hoặc chọn thư mục khác bằng --data.',
  },
  'data-folder-not-a-folder': {
    status: 503,
    title: 'The path of the data folder leads to a file, not to a folder',
    vi: 'Đường dẫn của thư mục dữ liệu trỏ tới một tệp, không phải thư mục',
    fix: 'Choose another folder with --data.',
    fixVi: 'Hãy chọn thư mục khác bằng --data.',
  },
  'data-folder-damaged': {
    status: 503,
    title: 'house.json in the data folder cannot be read',
    vi: 'Không đọc được tệp house.json trong thư mục dữ liệu',
    fix: 'Put the file back from a backup, or restore the whole installation into an empty folder.',
    fixVi: 'Hãy chép lại tệp này từ bản sao lưu, hoặc phục hồi toàn bộ hệ thống vào một thư mục trống.',
  },
  'house-record-missing': {
    status: 503,
    title: 'house.json is missing in a data folder that has a database',
    vi: 'Thư mục dữ liệu có cơ sở dữ liệu nhưng thiếu tệp house.json',
    fix:
      'Put house.json back from a copy: a new one would be that of another installation. Where a restore was killed ' +
      'here, empty the folder and restore again.',
    fixVi:
      'Hãy chép lại house.json từ bản sao: tệp mới sẽ là của hệ thống khác. Nếu lần phục hồi vào đây bị ngắt giữa ' +
      'chừng, hãy làm trống thư mục rồi phục hồi lại.',
  },
  'disk-full': {
    status: 507,
    title: 'The disk of the data folder is full',
    vi: 'Ổ đĩa chứa thư mục dữ liệu đã đầy',
    fix: 'Free some space, then start again. What was committed is kept.',
    fixVi: 'Hãy giải phóng dung lượng rồi khởi động lại. Dữ liệu đã lưu vẫn còn nguyên.',
  },
  'house-already-running': {
    status: 409,
    title: 'The installation already runs on this data folder',
    vi: 'Hệ thống đang chạy trên thư mục dữ liệu này',
    fix:
      'Use the one that runs, stop it first, or choose another folder with --data. To serve beside it, give both the ' +
      'same origin, and each a port of its own (docs/operations.md, Several servers).',
    fixVi:
      'Hãy dùng hệ thống đang chạy, dừng nó trước, hoặc chọn thư mục khác bằng --data. Muốn chạy song song, đặt cùng ' +
      'một origin và mỗi tiến trình một cổng riêng (docs/operations.md, Several servers).',
  },
  'data-folder-busy': {
    status: 503,
    title: 'Another process has been starting or stopping on this data folder for a long time',
    vi: 'Một tiến trình khác đang khởi động hoặc dừng trên thư mục dữ liệu này đã lâu',
    fix: 'Wait for it, or stop it, then start again.',
    fixVi: 'Hãy chờ hoặc dừng tiến trình đó, rồi khởi động lại.',
  },
})

type FolderProblem = Parameters<typeof dataFolderProblem>[0]

/** What the system's error means for a person (errno(3)). */
const meaning: Readonly<Record<string, FolderProblem>> = {
  EROFS: 'data-folder-read-only',
  EACCES: 'data-folder-not-writable',
  EPERM: 'data-folder-not-writable',
  ENOTDIR: 'data-folder-not-a-folder',
  EEXIST: 'data-folder-not-a-folder',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
}

/** The same refusal, its sentence ended by what is so in this very case. */
export const withDetail = (problem: Problem, detail: string, detailVi = detail) =>
  new Problem(
    problem.code,
    { ...problem.kind, title: `${problem.kind.title}: ${detail}`, vi: `${problem.kind.vi}: ${detailVi}` },
    problem.facts,
  )

/** A disk that refuses is a refusal, not a fault; any other error goes on unchanged. */
export function refusalOf(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? meaning[String(error.code)] : undefined
  return code ? withDetail(dataFolderProblem(code, { folder }), folder) : error
}
