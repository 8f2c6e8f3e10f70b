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
    fix: 'Use the one that runs, stop it first, or choose another folder with --data.',
    fixVi: 'Hãy dùng hệ thống đang chạy, dừng nó trước, hoặc chọn thư mục khác bằng --data.',
  },
  'too-many-open-files': {
    status: 503,
    title: 'This process has as many files and connections open as the system lets it',
    vi: 'Tiến trình này đã mở hết số tệp và kết nối mà hệ điều hành cho phép',
    fix:
      'Raise the limit of open files (LimitNOFILE= of the unit, or ulimit -n) to 65536 and start again. ' +
      'Nothing was changed; the doctor tells how many are open.',
    fixVi:
      'Nâng giới hạn số tệp mở (LimitNOFILE= của dịch vụ, hoặc ulimit -n) lên 65536 rồi khởi động lại. ' +
      'Chưa có gì bị thay đổi; lệnh doctor cho biết đang mở bao nhiêu.',
  },
  'file-not-usable': {
    status: 422,
    title: 'The system does not read or write this file',
    vi: 'Hệ điều hành không đọc hoặc không ghi được tệp này',
    fix: 'Look at "why": whether the path is right, it is a file, this user may use it, and its disk is there.',
    fixVi: 'Xem "why": đường dẫn có đúng, có phải là tệp, người dùng này có quyền, và ổ đĩa có ở đó không.',
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

/** Neither another file nor another connection is to be had, of this process (EMFILE) or of the machine (ENFILE). */
export const isOutOfFiles = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EMFILE', 'ENFILE'].includes(String(error.code))

/** What the system refuses of a file, in words (errno(3)); undefined for any other error. */
export function fileRefusalOf(error: unknown): Problem | undefined {
  if (isOutOfFiles(error)) return dataFolderProblem('too-many-open-files')
  if (!(error instanceof Error) || !('syscall' in error)) return undefined
  const { code = '', path } = error as { code?: string; path?: unknown }
  // A disk that is full or broken says so of a file that is open, without its path.
  if (path === undefined && !['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EISDIR'].includes(code)) return undefined
  return dataFolderProblem('file-not-usable', { ...(path !== undefined && { file: String(path) }), why: error.message })
}
