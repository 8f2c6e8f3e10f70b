import { problems } from '../problem.ts'

export const paperProblem = problems({
  'paper-text-unprintable': {
    status: 422,
    title: 'A text has signs that cannot be printed',
    vi: 'Nội dung có ký tự không in được',
    fix: '"signs" are the signs by their code points. Correct the text that has them.',
    fixVi: '"signs" là mã của các ký tự đó. Hãy sửa nội dung có các ký tự này.',
  },
  'paper-text-too-long': {
    status: 422,
    title: 'A text is too long for its place on the paper',
    vi: 'Nội dung quá dài, không đủ chỗ trên giấy',
    fix: '"letters" is how long it is. Shorten it.',
    fixVi: '"letters" là độ dài của nội dung. Hãy rút gọn.',
  },
  'paper-takes-too-long': {
    status: 422,
    title: 'The paper takes too long to draw',
    vi: 'Giấy này mất quá nhiều thời gian để in ra',
    fix: 'Choose fewer people for one file, and print the others in the next.',
    fixVi: 'Chọn ít người hơn cho một tệp, rồi in những người còn lại ở tệp sau.',
  },
  'papers-busy': {
    status: 503,
    title: 'Many papers are being drawn just now',
    vi: 'Đang có nhiều giấy tờ được in ra cùng lúc',
    fix: 'Try again in half a minute.',
    fixVi: 'Thử lại sau nửa phút.',
  },
  'paper-image-unreadable': {
    status: 422,
    title: 'A picture on a paper is a JPEG or a PNG',
    vi: 'Ảnh in trên giấy phải là tệp JPEG hoặc PNG',
    fix: 'Capture or upload the picture again.',
    fixVi: 'Hãy thu nhận hoặc tải ảnh lên lại.',
  },
})
