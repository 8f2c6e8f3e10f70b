import { problems } from '../problem.ts'

export const postgresProblem = problems({
  'database-in-the-clear': {
    status: 503,
    title: 'The database on another machine would be reached unencrypted, or whoever answers there believed',
    vi: 'Cơ sở dữ liệu trên máy khác sẽ được kết nối mà không mã hóa hoặc không kiểm tra chứng thư',
    fix: 'Write ?sslmode=verify-full&sslrootcert=FILE behind its address, in "setting", without uselibpqcompat.',
    fixVi: 'Ghi ?sslmode=verify-full&sslrootcert=TỆP sau địa chỉ ở "setting", không dùng uselibpqcompat.',
  },
  'database-certificate-incomplete': {
    status: 503,
    title: 'A login of the database lacks its certificate or the key of it',
    vi: 'Tài khoản cơ sở dữ liệu thiếu chứng thư hoặc khóa của chứng thư',
    fix: 'Name both files in the address, ?sslcert=FILE&sslkey=FILE, and let the user of the program read them.',
    fixVi: 'Ghi cả hai tệp trong địa chỉ, ?sslcert=TỆP&sslkey=TỆP, và cho người dùng chạy chương trình đọc chúng.',
  },
  'database-key-readable': {
    status: 503,
    title: 'The key by which a login enters the database may be read by others of this machine',
    vi: 'Người khác trên máy này đọc được khóa dùng để vào cơ sở dữ liệu',
    fix: 'chmod 600 the file in "file" (640 where it is root’s). If others may have read it, have a new one signed.',
    fixVi:
      'Chạy chmod 600 với tệp ở "file" (640 nếu là của root). Nếu có thể đã bị đọc, hãy cấp khóa và chứng thư mới.',
  },
  'database-certificate-borrowed': {
    status: 503,
    title: 'The application would enter the database by the certificate of the owner’s login',
    vi: 'Ứng dụng sẽ vào cơ sở dữ liệu bằng chứng thư của tài khoản chủ sở hữu',
    fix: 'Give the login dinhdanh_app a certificate of its own, and its address in DATABASE_APP_URL.',
    fixVi: 'Cấp chứng thư riêng cho tài khoản dinhdanh_app và ghi địa chỉ của nó ở DATABASE_APP_URL.',
  },
  'postgres-missing': {
    status: 503,
    title: 'The built-in PostgreSQL is not there for this kind of machine',
    vi: 'Không có PostgreSQL đi kèm cho loại máy này',
    fix: 'Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later of your own.',
    fixVi:
      'Hãy chạy lại npm ci (không dùng --omit=optional), hoặc đặt DATABASE_URL tới một PostgreSQL từ bản 15 trở lên.',
  },
  'postgres-other-release': {
    status: 503,
    title: 'The data folder was made by another major release of PostgreSQL',
    vi: 'Thư mục dữ liệu được tạo bởi một phiên bản chính khác của PostgreSQL',
    fix: 'Make a backup with the release that made it, then restore it into an empty folder with this one.',
    fixVi: 'Hãy sao lưu bằng phiên bản đã tạo ra nó, rồi phục hồi vào một thư mục trống bằng phiên bản này.',
  },
  'postgres-needs-another-user': {
    status: 503,
    title: 'PostgreSQL does not run as root, and no other user can reach the data folder',
    vi: 'PostgreSQL không chạy bằng quyền root, và không người dùng nào khác vào được thư mục dữ liệu',
    fix:
      'Run as an ordinary user, or put the data where others may pass (--data /var/lib/dinhdanh), ' +
      'or set DATABASE_URL.',
    fixVi:
      'Hãy chạy bằng người dùng thường, hoặc đặt dữ liệu ở nơi người khác đi qua được (--data /var/lib/dinhdanh), ' +
      'hoặc đặt DATABASE_URL.',
  },
  'postgres-user-nameless': {
    status: 503,
    title: 'PostgreSQL does not make a database for a user who has no entry in /etc/passwd',
    vi: 'PostgreSQL không tạo cơ sở dữ liệu cho người dùng không có tên trong /etc/passwd',
    fix: 'Give the user an entry there, run as another user, or set DATABASE_URL.',
    fixVi: 'Hãy thêm người dùng vào tệp đó, chạy bằng người dùng khác, hoặc đặt DATABASE_URL.',
  },
  'postgres-not-made': {
    status: 503,
    title: 'A new database could not be made in the data folder',
    vi: 'Không tạo được cơ sở dữ liệu mới trong thư mục dữ liệu',
    fix: 'The last lines of initdb say why. DATABASE_URL can point at a PostgreSQL of your own.',
    fixVi: 'Những dòng cuối của initdb cho biết lý do. Có thể đặt DATABASE_URL tới một PostgreSQL khác.',
  },
  'postgres-not-started': {
    status: 503,
    title: 'The database in the data folder does not start',
    vi: 'Cơ sở dữ liệu trong thư mục dữ liệu không khởi động được',
    fix: 'The last lines of pg.log say why. If the files are damaged, restore the newest backup into an empty folder.',
    fixVi:
      'Những dòng cuối của tệp pg.log cho biết lý do. Nếu tệp bị hỏng, ' +
      'hãy phục hồi bản sao lưu mới nhất vào một thư mục trống.',
  },
  'postgres-not-ready': {
    status: 503,
    title: 'The database has not become ready in time',
    vi: 'Cơ sở dữ liệu chưa sẵn sàng sau thời gian chờ',
    fix: 'It may still be recovering: look at the last lines of pg.log, then start again.',
    fixVi: 'Có thể dữ liệu vẫn đang được khôi phục: hãy xem những dòng cuối của tệp pg.log, rồi khởi động lại.',
  },
  'postgres-not-running': {
    status: 503,
    title: 'The database in the data folder does not run',
    vi: 'Cơ sở dữ liệu trong thư mục dữ liệu đang không chạy',
    fix: 'The last lines of pg.log say why it ended. Stop the installation and start it again.',
    fixVi: 'Những dòng cuối của tệp pg.log cho biết vì sao nó dừng. Hãy dừng hệ thống rồi khởi động lại.',
  },
  'postgres-no-socket-folder': {
    status: 503,
    title: 'There is no short temporary folder for the socket of the database',
    vi: 'Không có thư mục tạm ngắn để đặt cổng nối của cơ sở dữ liệu',
    fix: 'Make /tmp writable, or set TMPDIR to a short path that is.',
    fixVi: 'Hãy cho phép ghi vào /tmp, hoặc đặt TMPDIR tới một đường dẫn ngắn cho phép ghi.',
  },
  'database-of-another-installation': {
    status: 503,
    title: 'The database belongs to another installation than the data folder',
    vi: 'Cơ sở dữ liệu thuộc về một hệ thống khác, không phải hệ thống của thư mục dữ liệu này',
    fix: 'Give the address of its own database, or start with house.json and keys/ of the folder that made this one.',
    fixVi:
      'Khai báo đúng địa chỉ cơ sở dữ liệu, hoặc khởi động với house.json và keys/ của thư mục đã tạo ra ' +
      'cơ sở dữ liệu này.',
  },
  'sealing-key-of-another': {
    status: 503,
    title: 'The sealing key is not the one under which this database is sealed',
    vi: 'Khóa niêm phong không phải khóa đã dùng để niêm phong cơ sở dữ liệu này',
    fix: 'Put the right sealing.key into "file": a copy of keys/, or the secret manager, has it. Nothing was changed.',
    fixVi: 'Đặt đúng tệp sealing.key vào "file": bản sao của keys/ hoặc kho bí mật có tệp này. Chưa có gì bị thay đổi.',
  },
})
