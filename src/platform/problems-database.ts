import { problems } from './problem.ts'

export const databaseProblem = problems({
  'database-unreachable': {
    status: 503,
    title: 'The database cannot be reached',
    vi: 'Không kết nối được cơ sở dữ liệu',
    fix: 'Check DATABASE_URL: host, port, database name, user and password; and that the server is running.',
    fixVi:
      'Kiểm tra DATABASE_URL: máy chủ, cổng, tên cơ sở dữ liệu, người dùng, mật khẩu; và máy chủ có đang chạy không.',
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
    title: 'The login of DATABASE_URL lacks a right that the installation needs',
    vi: 'Tài khoản trong DATABASE_URL thiếu quyền mà hệ thống cần',
    fix: 'Run the statement given in "statement" as an administrator of the server, then start again.',
    fixVi: 'Chạy câu lệnh ghi ở "statement" bằng quyền quản trị máy chủ, rồi khởi động lại.',
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
  'database-newer': {
    status: 503,
    title: 'This database was made by a newer release',
    vi: 'Cơ sở dữ liệu này do phiên bản mới hơn tạo ra',
    fix: 'Start the newer release; nothing was changed.',
    fixVi: 'Hãy chạy phiên bản mới hơn; chưa có gì bị thay đổi.',
  },
  'migration-changed': {
    status: 503,
    title: 'A migration that this database already has was changed afterwards',
    vi: 'Một bước nâng cấp đã áp dụng vào cơ sở dữ liệu này bị sửa sau đó',
    fix: 'Restore the file of the release that made the database; nothing was changed.',
    fixVi: 'Khôi phục tệp gốc của phiên bản đã tạo cơ sở dữ liệu; chưa có gì bị thay đổi.',
  },
})
