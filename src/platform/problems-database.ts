import { Problem, problems } from './problem.ts'

export const databaseProblem = problems({
  'database-unreachable': {
    status: 503,
    title: 'The database cannot be reached',
    vi: 'Không kết nối được cơ sở dữ liệu',
    fix: 'Check DATABASE_URL: host, port, database name, user and password; and that the server is running.',
    fixVi:
      'Kiểm tra DATABASE_URL: máy chủ, cổng, tên cơ sở dữ liệu, người dùng, mật khẩu; và máy chủ có đang chạy không.',
  },
  'database-pooler-full': {
    status: 503,
    title: 'The pooler before the database gives no connection in time',
    vi: 'Bộ gom kết nối trước cơ sở dữ liệu không cấp kết nối kịp thời',
    fix:
      'Give the pool of this login more connections (PgBouncer: default_pool_size; by session as many as the server ' +
      'and the worker open, docs/operations.md, Limits), then start again.',
    fixVi:
      'Tăng số kết nối của bộ gom cho tài khoản này (PgBouncer: default_pool_size; nếu gom theo phiên thì đủ cho máy ' +
      'chủ và tiến trình nền, xem docs/operations.md, Limits), rồi khởi động lại.',
  },
  'database-pooled-by-statement': {
    status: 503,
    title: 'The pooler before the database pools by statement, and a work is a transaction of several',
    vi: 'Bộ gom kết nối đang gom theo câu lệnh, trong khi mỗi việc là một giao dịch gồm nhiều câu lệnh',
    fix: 'Let it pool by transaction or by session (PgBouncer: pool_mode), then start again.',
    fixVi: 'Đổi sang gom theo giao dịch hoặc theo phiên (PgBouncer: pool_mode), rồi khởi động lại.',
  },
  'database-direct-address-missing': {
    status: 503,
    title: 'The owner’s address leads through a pooler by transaction, and jobs and migrations need a session',
    vi: 'Địa chỉ của tài khoản chủ sở hữu đi qua bộ gom theo giao dịch, trong khi việc nền và nâng cấp cần một phiên',
    fix:
      'Set DATABASE_DIRECT_URL to the address of the server itself, by the login of DATABASE_URL, or let the pooler ' +
      'pool that login by session; then start again.',
    fixVi:
      'Đặt DATABASE_DIRECT_URL là địa chỉ của chính máy chủ, bằng tài khoản trong DATABASE_URL, hoặc cho bộ gom gom ' +
      'tài khoản đó theo phiên; rồi khởi động lại.',
  },
  'database-direct-address-elsewhere': {
    status: 503,
    title: 'DATABASE_DIRECT_URL is not the same login in the same database as DATABASE_URL',
    vi: 'DATABASE_DIRECT_URL không cùng tài khoản, cùng cơ sở dữ liệu với DATABASE_URL',
    fix: 'Give both the same login and database; only host and port may differ.',
    fixVi: 'Hai địa chỉ phải cùng tài khoản và cơ sở dữ liệu; chỉ máy chủ và cổng được khác nhau.',
  },
  'database-too-old': {
    status: 503,
    title: 'The PostgreSQL server is older than version 15',
    vi: 'Máy chủ PostgreSQL cũ hơn phiên bản 15',
    fix: 'Use PostgreSQL 15 or newer.',
    fixVi: 'Dùng PostgreSQL 15 trở lên.',
  },
  'database-grant-missing': {
    status: 503,
    title: 'The installation lacks rights in the database; nothing was changed in it',
    vi: 'Hệ thống thiếu quyền trong cơ sở dữ liệu; chưa có gì bị thay đổi',
    fix:
      'Run all statements of "statements" in this database as an administrator of the server, with passwords of your ' +
      'own, set DATABASE_APP_URL where a password is among them, then start again.',
    fixVi:
      'Chạy mọi câu lệnh ở "statements" trong cơ sở dữ liệu này bằng quyền quản trị máy chủ, với mật khẩu tự đặt; ' +
      'nếu có mật khẩu thì khai báo DATABASE_APP_URL, rồi khởi động lại.',
  },
  'database-login-missing': {
    status: 503,
    title: 'The application’s login "dinhdanh_app" cannot enter the database',
    vi: 'Tài khoản "dinhdanh_app" của ứng dụng không vào được cơ sở dữ liệu',
    fix:
      'Run the statement given in "statement" as an administrator of the server with a password of your own, set ' +
      'DATABASE_APP_URL, then start again.',
    fixVi:
      'Chạy câu lệnh ghi ở "statement" bằng quyền quản trị máy chủ với mật khẩu tự đặt, khai báo DATABASE_APP_URL, ' +
      'rồi khởi động lại.',
  },
  'database-login-too-strong': {
    status: 503,
    title: 'The login of DATABASE_APP_URL may do more than the application may',
    vi: 'Tài khoản trong DATABASE_APP_URL có quyền vượt mức cho phép của ứng dụng',
    fix:
      'Use the login "dinhdanh_app" of the same database, and take from it what "found" names; row-level security ' +
      'would not hold for it.',
    fixVi:
      'Dùng tài khoản "dinhdanh_app" của cùng cơ sở dữ liệu và thu hồi những gì ghi ở "found"; nếu không, ' +
      'bảo mật theo dòng không có hiệu lực.',
  },
  'database-connection-foreign': {
    status: 503,
    title: 'A connection to the database was not in the state that it was left in',
    vi: 'Một kết nối cơ sở dữ liệu không còn đúng trạng thái ban đầu',
    fix:
      'The connection was closed and nothing was done. Try again; if it happens again, look at the pooler before the ' +
      'database.',
    fixVi:
      'Kết nối đã bị đóng, chưa có gì được thực hiện. Hãy thử lại; nếu lặp lại, kiểm tra bộ gom kết nối trước ' +
      'cơ sở dữ liệu.',
  },
  'database-away': {
    status: 503,
    title: 'The database does not answer at this moment',
    vi: 'Cơ sở dữ liệu hiện không trả lời',
    fix: 'Wait as Retry-After says, then try again: what was already done is not done twice.',
    fixVi: 'Đợi theo Retry-After rồi thử lại: việc đã ghi nhận sẽ không bị thực hiện hai lần.',
  },
  'database-read-only': {
    status: 503,
    title: 'The database only reads at this moment: nothing can be changed',
    vi: 'Cơ sở dữ liệu hiện chỉ cho đọc: chưa thể ghi nhận thay đổi',
    fix: 'Nothing was changed. Wait as Retry-After says, then try again; an operator sees why by doctor.',
    fixVi: 'Chưa có gì bị thay đổi. Đợi theo Retry-After rồi thử lại; người vận hành xem lý do bằng lệnh doctor.',
  },
  'database-full': {
    status: 503,
    title: 'The disk is full: nothing can be changed',
    vi: 'Ổ đĩa đã đầy: chưa thể ghi nhận thay đổi',
    fix: 'An operator makes room; then try again: what was already done is not done twice.',
    fixVi: 'Người vận hành giải phóng dung lượng, sau đó thử lại: việc đã ghi nhận sẽ không bị thực hiện hai lần.',
  },
  'database-crowded': {
    status: 503,
    title: 'The database takes no more connections at this moment',
    vi: 'Cơ sở dữ liệu hiện không nhận thêm kết nối',
    fix: 'Nothing was changed. Wait as Retry-After says, then try again.',
    fixVi: 'Chưa có gì bị thay đổi. Đợi theo Retry-After rồi thử lại.',
  },
  'database-waits': {
    status: 503,
    title: 'Other work has been holding what this needs for too long',
    vi: 'Dữ liệu cần dùng đang bị một việc khác giữ quá lâu',
    fix: 'Nothing was changed. Wait as Retry-After says, then try again.',
    fixVi: 'Chưa có gì bị thay đổi. Đợi theo Retry-After rồi thử lại.',
  },
  'database-newer': {
    status: 503,
    title: 'This database was made by a newer release',
    vi: 'Cơ sở dữ liệu này do phiên bản mới hơn tạo ra',
    fix: 'Start the newer release; nothing was changed. docs/operations/upgrade.md says what going back means.',
    fixVi:
      'Hãy chạy phiên bản mới hơn; chưa có gì bị thay đổi. docs/operations/upgrade.md cho biết trở lại bản cũ ' +
      'nghĩa là gì.',
  },
  'migration-changed': {
    status: 503,
    title: 'A migration that this database already has was changed afterwards',
    vi: 'Một bước nâng cấp đã áp dụng vào cơ sở dữ liệu này bị sửa sau đó',
    fix: 'Restore the file of the release that made the database; nothing was changed.',
    fixVi: 'Khôi phục tệp gốc của phiên bản đã tạo cơ sở dữ liệu; chưa có gì bị thay đổi.',
  },
})

/**
 * What the database cannot do now and may do later: it is away, only reads, has no room, or somebody else holds what
 * is needed. Whoever asked is refused with a time to come again; it is no fault of the program.
 */

type OutageCode = Parameters<typeof databaseProblem>[0] & `database-${string}`

/** Seconds after which whoever was refused may come again. */
const comeAgain: Readonly<Partial<Record<OutageCode, number>>> = {
  'database-away': 5,
  'database-read-only': 30,
  'database-full': 30,
  'database-crowded': 10,
  'database-waits': 5,
}

/** By PostgreSQL's codes of errors (Appendix A), and the system's of a file beside it (errno(3)). */
const codes: Readonly<Record<string, OutageCode>> = {
  // admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped: the server ends, or recovers.
  '57P01': 'database-away',
  '57P02': 'database-away',
  '57P03': 'database-away',
  '57P04': 'database-away',
  // connection_exception and its kinds.
  '08000': 'database-away',
  '08001': 'database-away',
  '08003': 'database-away',
  '08004': 'database-away',
  '08006': 'database-away',
  // read_only_sql_transaction: a standby, or a server that somebody set so.
  '25006': 'database-read-only',
  // disk_full, out_of_memory, and a log of the server that cannot be written.
  '53100': 'database-full',
  ENOSPC: 'database-full',
  EDQUOT: 'database-full',
  '53200': 'database-crowded',
  '53300': 'database-crowded',
  // lock_not_available, query_canceled, idle_in_transaction_session_timeout, deadlock_detected.
  '55P03': 'database-waits',
  '57014': 'database-waits',
  '25P03': 'database-waits',
  '40P01': 'database-waits',
}

const refuse = (code: OutageCode, cause: unknown): Problem =>
  Object.assign(databaseProblem(code, {}, { 'retry-after': String(comeAgain[code]) }), { cause })

/** How pg says that a connection has ended; it gives no code. */
const isLost = (message: string) =>
  /^Connection terminated|connection error and is not queryable|Client was closed and is not queryable/.test(message)

/** How PgBouncer says, as a violation of the protocol, that the server behind it is away or ended a connection. */
const isPoolerWithoutServer = (code: unknown, message: string) =>
  code === '08P01' &&
  /server_login_retry|server login|invalid server parameter|server conn|query_wait_timeout/.test(message)

/** The refusal for what the database said, or its connection; undefined for anything else. */
export function findOutage(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error.code in comeAgain ? error : undefined
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? codes[String(error.code)] : undefined
  if (code) return refuse(code, error)
  const isAway = isLost(error.message) || isPoolerWithoutServer('code' in error && error.code, error.message)
  return isAway ? refuse('database-away', error) : undefined
}

/** The refusal where no connection was to be had at all. */
export function outageOfConnecting(error: unknown): unknown {
  if (error instanceof Problem) return error
  // The pool's own words: all connections are taken, which is no outage.
  if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message)) return error
  return findOutage(error) ?? refuse('database-away', error)
}

/** The refusal for what failed in a work whose connection is dead. */
export const outageOfLostConnection = (error: unknown): unknown =>
  error instanceof Problem ? error : (findOutage(error) ?? refuse('database-away', error))

/** Whether a code tells that the whole database is out of order, rather than that somebody else holds one thing. */
export const isOfWholeDatabase = (code: string): boolean => code in comeAgain && code !== 'database-waits'
