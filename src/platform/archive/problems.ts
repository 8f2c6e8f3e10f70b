import { problems } from '../problem.ts'

export const backupProblem = problems({
  'backup-not-whole': {
    status: 422,
    title: 'This file is not a whole backup',
    vi: 'Tệp này không phải bản sao lưu nguyên vẹn',
    fix: 'Take another copy of the backup; nothing was restored.',
    fixVi: 'Lấy bản sao lưu khác; chưa khôi phục gì.',
  },
  'backup-not-there': {
    status: 404,
    title: 'There is no such file',
    vi: 'Không có tệp này',
    fix: 'Check the path of the backup.',
    fixVi: 'Kiểm tra đường dẫn tệp sao lưu.',
  },
  'backup-is-plain': {
    status: 422,
    title: 'This backup is neither encrypted nor signed: an earlier release made it, and anybody can have changed it',
    vi: 'Bản sao lưu này không mã hóa, không ký: do phiên bản cũ tạo ra, ai cũng có thể đã sửa',
    fix:
      'Restore it with the release that made it, if you know where it has been kept; open that data folder with this ' +
      'release and back it up here. Nothing was restored.',
    fixVi:
      'Nếu biết chắc nơi đã cất giữ, hãy khôi phục bằng phiên bản đã tạo ra nó, mở thư mục dữ liệu đó bằng phiên bản ' +
      'này rồi sao lưu lại. Chưa khôi phục gì.',
  },
  'backup-not-opened': {
    status: 422,
    title: 'None of the given keys opens this backup',
    vi: 'Không khóa nào đã cho mở được bản sao lưu này',
    fix:
      'Give the identity that was put into the safe (--identity FILE), or put the backup.key of the installation ' +
      'that made the backup into keys/. Nothing was restored.',
    fixVi:
      'Đưa khóa đã cất trong két (--identity FILE), hoặc chép backup.key của hệ thống đã sao lưu vào keys/. ' +
      'Chưa khôi phục gì.',
  },
  'backup-signed-by-another': {
    status: 422,
    title: 'This backup was signed by another key than the one that was expected',
    vi: 'Bản sao lưu này do khóa khác ký, không phải khóa được chờ đợi',
    fix:
      'If the fingerprint in "signedBy" is the one on the paper in the safe, give it by --signed-by; if it is not, ' +
      'somebody else made this file. Nothing was restored.',
    fixVi:
      'Nếu dấu vân khóa ở "signedBy" đúng như trên giấy cất trong két, hãy đưa vào bằng --signed-by; nếu không, tệp ' +
      'này do người khác tạo ra. Chưa khôi phục gì.',
  },
  'backup-of-other-tables': {
    status: 422,
    title: 'This backup has other tables or columns than this installation',
    vi: 'Bản sao lưu này có bảng hoặc cột khác với hệ thống này',
    fix: 'Restore it with the release that made it; nothing was restored.',
    fixVi: 'Khôi phục bằng chính phiên bản đã sao lưu; chưa khôi phục gì.',
  },
  'backup-of-another-release': {
    status: 422,
    title: 'This backup was made with other migrations than this release has',
    vi: 'Bản sao lưu này được tạo với các bước nâng cấp khác với phiên bản này',
    fix:
      'The migration in "migration" is not that of this release: restore the backup with the release that made it ' +
      '("release"), and ask who changed a migration. Nothing was restored.',
    fixVi:
      'Bước nâng cấp ở "migration" không phải của phiên bản này: hãy khôi phục bằng chính phiên bản đã sao lưu ' +
      '("release"), và hỏi ai đã sửa bước nâng cấp. Chưa khôi phục gì.',
  },
  'backup-newer': {
    status: 422,
    title: 'A newer release made this backup',
    vi: 'Bản sao lưu này do phiên bản mới hơn tạo ra',
    fix:
      'Restore it with the release that made it ("release", with as many "migrations"), or a newer one. Nothing was ' +
      'restored. docs/operations/upgrade.md says what going back means.',
    fixVi:
      'Khôi phục bằng chính phiên bản đã sao lưu ("release", có đủ số "migrations") hoặc phiên bản mới hơn. Chưa ' +
      'khôi phục gì. docs/operations/upgrade.md cho biết trở lại bản cũ nghĩa là gì.',
  },
  'backup-under-another-sealing-key': {
    status: 409,
    title: 'What is sealed in this backup does not open by the sealing.key of this data folder',
    vi: 'Dữ liệu niêm phong trong bản sao lưu này không mở được bằng sealing.key của thư mục dữ liệu này',
    fix:
      'Put the keys/sealing.key of the time of the backup ("madeAt") into keys/ and restore again; it bears the name ' +
      'in "needs", and lies with the copies of keys/ of then. Where it is lost: --without-sealing-key, and ' +
      'passcodes, codes of apps and waiting batches stay shut. Nothing was restored.',
    fixVi:
      'Chép keys/sealing.key của thời điểm sao lưu ("madeAt") vào keys/ rồi khôi phục lại; khóa đó mang tên ở ' +
      '"needs", nằm trong bản sao keys/ khi ấy. Nếu đã mất khóa: thêm --without-sealing-key, khi đó passcode, mã ' +
      'ứng dụng và các lô đang chờ không mở được nữa. Chưa khôi phục gì.',
  },
  'house-not-empty': {
    status: 409,
    title: 'This installation already holds data; a backup is restored into an empty one only',
    vi: 'Hệ thống này đã có dữ liệu; chỉ khôi phục vào hệ thống trống',
    fix: 'Give a new, empty data folder (--data DIR) or an empty database.',
    fixVi: 'Dùng thư mục dữ liệu mới, trống (--data DIR) hoặc cơ sở dữ liệu trống.',
  },
  'house-in-use': {
    status: 409,
    title: 'Another program is using this database',
    vi: 'Cơ sở dữ liệu này đang được chương trình khác dùng',
    fix: 'Stop the server and the worker, then restore; nothing was restored.',
    fixVi: 'Dừng máy chủ và tiến trình nền rồi khôi phục; chưa khôi phục gì.',
  },
  'backup-filtered': {
    status: 500,
    title: 'This login would see only part of a table, so no backup was made',
    vi: 'Tài khoản này chỉ thấy một phần của bảng, nên chưa sao lưu',
    fix: 'The table in "table" lacks the maintenance policy; run doctor.',
    fixVi: 'Bảng ở "table" thiếu chính sách bảo trì; hãy chạy doctor.',
  },
  'backup-recipient-wrong': {
    status: 422,
    title: 'This is no recipient of an encrypted file',
    vi: 'Đây không phải người nhận của tệp mã hóa',
    fix: 'A recipient begins with age1; those of a backup are separated by commas. Nothing was written.',
    fixVi: 'Người nhận bắt đầu bằng age1; nhiều người nhận bản sao lưu thì cách nhau bằng dấu phẩy. Chưa ghi gì.',
  },
  'backup-identity-wrong': {
    status: 422,
    title: 'This file has no identity that could open a backup',
    vi: 'Tệp này không có khóa nào để mở bản sao lưu',
    fix: 'A line of the file begins with AGE-SECRET-KEY-1, as on the paper in the safe. Nothing was restored.',
    fixVi: 'Trong tệp phải có dòng bắt đầu bằng AGE-SECRET-KEY-1, như trên giấy cất trong két. Chưa khôi phục gì.',
  },
  'backup-paper-exists': {
    status: 409,
    title: 'There is such a file already',
    vi: 'Đã có tệp tên này',
    fix: 'Give another name: the paper for the safe replaces no file.',
    fixVi: 'Đặt tên khác: giấy cất két không ghi đè lên tệp nào.',
  },
  'backup-key-not-on-paper': {
    status: 409,
    title: 'Nobody could open this backup if this machine were lost, so none was made',
    vi: 'Nếu mất máy này thì không ai mở được bản sao lưu, nên chưa sao lưu',
    fix:
      'Write the paper for the safe once (npx dinhdanh key paper FILE), print it and delete the file; or give a ' +
      'recipient who keeps their key elsewhere (--recipient age1...).',
    fixVi:
      'Ghi giấy cất két một lần (npx dinhdanh key paper FILE), in ra rồi xóa tệp; hoặc đưa người nhận giữ khóa ở nơi ' +
      'khác (--recipient age1...).',
  },
})
