import { problems } from '../platform/problem.ts'

export const auditProblem = problems({
  'audit-broken': {
    status: 409,
    title: 'The record of deeds does not verify',
    vi: 'Nhật ký việc đã làm không khớp niêm phong',
    fix: 'Keep the data folder as it is, note what is named, and call the administrator of the installation.',
    fixVi: 'Giữ nguyên thư mục dữ liệu, ghi lại những chỗ được nêu, báo quản trị hệ thống.',
  },
  'month-unknown': {
    status: 422,
    title: 'A month is written as 2026-10',
    vi: 'Tháng phải viết theo dạng 2026-10',
    fix: 'Give the year in four digits, a hyphen and the month in two digits.',
    fixVi: 'Ghi năm bốn chữ số, dấu gạch nối, rồi tháng hai chữ số.',
  },
  'month-not-sealed': {
    status: 409,
    title: 'This month has no sealed root',
    vi: 'Tháng này chưa được niêm phong',
    fix: 'A month is sealed within an hour after its end, while a server runs. Choose one that is over.',
    fixVi:
      'Tháng được niêm phong trong vòng một giờ sau khi kết thúc, khi máy chủ đang chạy. Hãy chọn tháng đã kết thúc.',
  },
  'archive-of-no-month': {
    status: 422,
    title: 'This file is no archive of a month that is sealed here',
    vi: 'Tệp này không phải kho lưu của một tháng đã niêm phong tại đây',
    fix: 'Give a file readings-YYYY-MM.age that this installation wrote, and its own database.',
    fixVi: 'Dùng tệp readings-NĂM-THÁNG.age do chính hệ thống này ghi, với cơ sở dữ liệu của nó.',
  },
  'archive-lacks-readings': {
    status: 409,
    title: 'This month has readings that an archive cannot have',
    vi: 'Tháng này có lượt xem mà tệp lưu không chứa được',
    fix: 'Readings of a release before 0057 were sealed in batches: remove this month without an archive.',
    fixVi: 'Lượt xem của bản phát hành cũ được niêm phong theo lô: xóa tháng này mà không ghi tệp lưu.',
  },
  'archive-exists': {
    status: 409,
    title: 'There is such an archive already',
    vi: 'Đã có tệp lưu này',
    fix: 'Move the named file to where it is kept, or remove the month without another archive.',
    fixVi: 'Chuyển tệp đã nêu tới nơi lưu, hoặc xóa tháng này mà không ghi thêm tệp lưu.',
  },
  'readings-still-kept': {
    status: 409,
    title: 'The law still keeps the readings of this month',
    vi: 'Nhật ký truy cập của tháng này vẫn còn trong thời hạn phải lưu',
    fix: 'Choose a month that ended more than the named number of years ago.',
    fixVi: 'Hãy chọn tháng đã kết thúc quá số năm được nêu.',
  },
  'key-fingerprint-unknown': {
    status: 422,
    title: 'This is no fingerprint of a key',
    vi: 'Đây không phải dấu vân của khoá',
    fix: 'Give the 64 hexadecimal digits that "audit verify" prints, as they were noted elsewhere.',
    fixVi: 'Nhập đúng 64 chữ số thập lục phân mà lệnh "audit verify" in ra, như đã ghi lại ở nơi khác.',
  },
  'heads-unreadable': {
    status: 422,
    title: 'The file of heads cannot be read',
    vi: 'Không đọc được tệp đầu chuỗi',
    fix: 'Give the heads.jsonl and heads-YYYY-MM.jsonl that the installation writes, copies of them, or their folder.',
    fixVi: 'Đưa các tệp heads.jsonl, heads-YYYY-MM.jsonl do hệ thống ghi, bản chép của chúng, hoặc thư mục chứa chúng.',
  },
  'heads-given-twice': {
    status: 422,
    title: 'Two of the files of heads begin with the same line',
    vi: 'Có hai tệp đầu chuỗi bắt đầu bằng cùng một dòng',
    fix: 'Give each part once: leave out the shorter of the two named files.',
    fixVi: 'Mỗi phần chỉ đưa một lần: bỏ tệp ngắn hơn trong hai tệp được nêu.',
  },
  'heads-key-missing': {
    status: 409,
    title: 'The key that signs the heads of this installation is missing, or cannot be read',
    vi: 'Thiếu khóa ký đầu chuỗi của hệ thống này, hoặc không đọc được',
    fix: 'Put audit-heads.pem back into "file" from a copy of keys/. A new one is not made: nobody would believe it.',
    fixVi: 'Chép lại audit-heads.pem vào "file" từ bản sao của keys/. Không tạo khóa mới, vì không ai tin khóa mới.',
  },
  'heads-key-of-another': {
    status: 409,
    title: 'The key that signs the heads is not the one of this installation',
    vi: 'Khóa ký đầu chuỗi không phải khóa của hệ thống này',
    fix: 'Put the key that "needs" names back into "file" from a copy of keys/. Nothing was signed by the other one.',
    fixVi: 'Chép lại vào "file" khóa mà "needs" nêu, từ bản sao của keys/. Chưa ký gì bằng khóa kia.',
  },
  'journal-not-there': {
    status: 422,
    title: 'There is no journal of what was ended since the backup',
    vi: 'Không có sổ những gì đã chấm dứt kể từ lần sao lưu',
    fix:
      'Give the copy of revocations.jsonl that was kept elsewhere (--journal FILE). Only where none is left, ' +
      'restore with --no-journal: cards, accounts, stations and officers that were ended since then are in use again.',
    fixVi:
      'Đưa bản chép revocations.jsonl đã cất ở nơi khác (--journal FILE). Chỉ khi không còn bản nào mới khôi phục ' +
      'với --no-journal: thẻ, tài khoản, máy trạm, cán bộ đã bị chấm dứt từ đó sẽ dùng lại được.',
  },
  'journal-signed-by-another': {
    status: 422,
    title: 'A line of the journal is not signed by the installation that made the backup',
    vi: 'Một dòng trong sổ không phải do hệ thống đã sao lưu ký',
    fix: 'Give the journal of that installation, as it was copied; nothing was restored.',
    fixVi: 'Đưa đúng sổ của hệ thống đó, nguyên như khi chép; chưa khôi phục gì.',
  },
  'journal-not-whole': {
    status: 422,
    title: 'Lines of the journal are missing',
    vi: 'Sổ bị thiếu dòng',
    fix: 'Give another copy of revocations.jsonl; nothing was restored.',
    fixVi: 'Đưa bản chép khác của revocations.jsonl; chưa khôi phục gì.',
  },
  'journal-older-than-backup': {
    status: 422,
    title: 'This journal ends before the backup was made',
    vi: 'Sổ này kết thúc trước khi sao lưu',
    fix: 'Give the latest copy of revocations.jsonl; nothing was restored.',
    fixVi: 'Đưa bản chép mới nhất của revocations.jsonl; chưa khôi phục gì.',
  },
})
