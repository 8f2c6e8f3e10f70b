import type { Log } from './log.ts'
import { type Problem, problems } from './problem.ts'

/** Ctrl-C, the end of a service, and a terminal that is closed. */
export const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a process that was told to end exits with, as shells have it (128 and SIGINT). */
export const interruptedExit = 130

/** Aborted by the first signal to end; later ones change nothing. */
export function interruption(): AbortSignal {
  const told = new AbortController()
  for (const signal of endSignals) process.on(signal, () => told.abort())
  return told.signal
}

/** Milliseconds in which the last line of the log reaches its file before the process ends. */
const lastWords = 100

/**
 * A fault that nothing caught is logged with its cause before the process ends: what is in doubt then is begun anew, by
 * whoever started the process, and the database keeps what was committed.
 */
export function logLastFaults(log: Log): void {
  let ending = false
  const end = (error: unknown, origin: string) => {
    log.fatal({ err: error, origin }, 'a fault that nothing caught: the process ends')
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), lastWords)
  }
  process.on('uncaughtException', end)
}

export const systemProblem = problems({
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
})

/** Neither another file nor another connection is to be had, of this process (EMFILE) or of the machine (ENFILE). */
export const isOutOfFiles = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EMFILE', 'ENFILE'].includes(String(error.code))

/** What the system refuses of a file, in words (errno(3)); undefined for any other error. */
export function fileRefusalOf(error: unknown): Problem | undefined {
  if (isOutOfFiles(error)) return systemProblem('too-many-open-files')
  if (!(error instanceof Error) || !('syscall' in error)) return undefined
  const { code = '', path } = error as { code?: string; path?: unknown }
  // A disk that is full or broken says so of a file that is open, without its path.
  if (path === undefined && !['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EISDIR'].includes(code)) return undefined
  return systemProblem('file-not-usable', { ...(path !== undefined && { file: String(path) }), why: error.message })
}
