import { problems } from '../platform/problem.ts'

export const pkiProblem = problems({
  'authority-exists': {
    status: 409,
    title: 'There is an authority already, and its cards are verified under it',
    vi: 'Đã có cơ quan ký; thẻ đã ký được kiểm tra theo cơ quan đó',
    fix: 'Run pki renew with the shares of its custodians: it links the next key. Where too few are left: pki replace.',
    fixVi:
      'Chạy pki renew với các phần khóa của người giữ để liên kết khóa kế tiếp. Nếu không còn đủ người giữ: pki replace.',
  },
  'authority-missing': {
    status: 409,
    title: 'There is no authority yet under which cards could be signed',
    vi: 'Chưa có cơ quan ký để ký thẻ',
    fix: 'Bring the custodians together and run pki authority (docs/operations.md, The authority of the cards).',
    fixVi: 'Tập hợp người giữ khóa rồi chạy pki authority (docs/operations.md, mục The authority of the cards).',
  },
  'authority-not-of-now': {
    status: 409,
    title: 'This is not the authority whose key is used now',
    vi: 'Đây không phải cơ quan ký đang dùng khóa hiện tại',
    fix: '"ofNow" is the serial number of the one that is. pki list tells them; pki replace needs that of the lost one.',
    fixVi:
      '"ofNow" là số sê-ri của cơ quan hiện tại. pki list liệt kê các số; pki replace cần số của cơ quan bị mất khóa.',
  },
  'authority-ended': {
    status: 409,
    title: 'The key of the authority signs no more certificates',
    vi: 'Khóa của cơ quan ký đã hết thời gian ký',
    fix: '"until" is the day on which it ended. Run pki renew with the custodians.',
    fixVi: '"until" là ngày hết hạn. Chạy pki renew cùng người giữ khóa.',
  },
  'custodians-wrong': {
    status: 422,
    title: 'The custodians of the key cannot be these',
    vi: 'Danh sách người giữ khóa không hợp lệ',
    fix: '"why" says what is wrong. A custodian is named by the recipient (age1…) that pki custodian told.',
    fixVi: '"why" ghi lỗi. Người giữ khóa được nêu bằng mã người nhận (age1…) do lệnh pki custodian đưa ra.',
  },
  'shares-too-few': {
    status: 403,
    title: 'Too few custodians are here to open the key of the authority',
    vi: 'Chưa đủ người giữ khóa để mở khóa của cơ quan ký',
    fix: '"needed" is how many, "present" how many different shares of this key were opened. Bring the others.',
    fixVi: '"needed" là số cần, "present" là số phần khóa khác nhau đã mở. Hãy mời đủ người giữ.',
  },
  'share-unreadable': {
    status: 422,
    title: 'A share cannot be opened with the custodians’ keys that were given',
    vi: 'Không mở được phần khóa bằng khóa của người giữ đã đưa',
    fix: '"file" is the share, "why" what is wrong. Give the key file of its custodian by --identity.',
    fixVi: '"file" là tệp phần khóa, "why" ghi lỗi. Đưa tệp khóa của người giữ bằng --identity.',
  },
  'share-of-another-key': {
    status: 422,
    title: 'A share belongs to another key of the authority',
    vi: 'Phần khóa thuộc về khóa khác của cơ quan ký',
    fix: '"file" is the share, "of" the key that it opens, "needed" the key of now. Bring the share of that one.',
    fixVi: '"file" là tệp, "of" là khóa của phần đó, "needed" là khóa hiện tại. Đưa đúng phần của khóa hiện tại.',
  },
  'share-changed': {
    status: 422,
    title: 'A share is not the one that its custodian was given',
    vi: 'Phần khóa không phải bản đã giao cho người giữ',
    fix: '"file" is the share. Bring an unchanged copy, or another custodian.',
    fixVi: '"file" là tệp phần khóa. Mang bản nguyên vẹn, hoặc mời người giữ khác.',
  },
  'shares-do-not-open': {
    status: 422,
    title: 'The key of the authority does not open: what lies in the database was changed',
    vi: 'Không mở được khóa của cơ quan ký: dữ liệu trong cơ sở dữ liệu đã bị sửa',
    fix: 'Restore pki.private_key from a backup of the time of this key, and try again.',
    fixVi: 'Khôi phục pki.private_key từ bản sao lưu cùng thời với khóa này rồi thử lại.',
  },
  'signer-missing': {
    status: 409,
    title: 'There is no document signer whose key signs today',
    vi: 'Chưa có người ký giấy tờ còn hiệu lực ký hôm nay',
    fix: 'Run pki signer with the shares of the custodians.',
    fixVi: 'Chạy pki signer với các phần khóa của người giữ.',
  },
  'certificate-unknown': {
    status: 404,
    title: 'No document signer has this serial number, or it is revoked already',
    vi: 'Không có người ký giấy tờ mang số sê-ri này, hoặc đã bị thu hồi',
    fix: 'pki list tells the serial numbers.',
    fixVi: 'pki list liệt kê các số sê-ri.',
  },
})
