import { problems } from '../platform/problem.ts'

export const pkiProblem = problems({
  'authority-exists': {
    status: 409,
    title: 'There is an authority already, and its cards are verified under it',
    vi: 'Đã có cơ quan ký; thẻ đã ký được kiểm tra theo cơ quan đó',
    fix: 'Run pki renew with the shares of its custodians: it makes the next key and links it to the one of now.',
    fixVi: 'Chạy pki renew với các phần khóa của người giữ: lệnh tạo khóa kế tiếp và liên kết với khóa hiện tại.',
  },
  'authority-missing': {
    status: 409,
    title: 'There is no authority yet under which cards could be signed',
    vi: 'Chưa có cơ quan ký để ký thẻ',
    fix: 'Bring the custodians together and run pki authority (docs/operations.md, The authority of the cards).',
    fixVi: 'Tập hợp người giữ khóa rồi chạy pki authority (docs/operations.md, mục The authority of the cards).',
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
  'shares-do-not-open': {
    status: 422,
    title: 'These shares do not open the key: one of them was changed',
    vi: 'Các phần khóa này không mở được khóa: có phần đã bị sửa',
    fix: 'Try other custodians; who opens it without one of them knows whose share is wrong.',
    fixVi: 'Thử với người giữ khác; mở được khi thiếu phần nào thì phần đó sai.',
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
