import { problems } from '../platform/problem.ts'

export const printedFaceProblem = problems({
  'card-text-too-long': {
    status: 422,
    title: 'A text is too long for its place on the card',
    vi: 'Nội dung quá dài, không đủ chỗ trên thẻ',
    fix:
      'Shorten the text named in "field" by the abbreviations that are allowed (P., X., TP.), ' +
      'and order the card again.',
    fixVi: 'Viết tắt theo quy định (P., X., TP.) nội dung ghi ở "field", rồi đề nghị cấp lại.',
  },
  'card-text-unprintable': {
    status: 422,
    title: 'A text has signs that cannot be printed on a card',
    vi: 'Nội dung có ký tự không in được lên thẻ',
    fix: '"field" is the text, "signs" are the signs by their code points. Correct them in the register.',
    fixVi: '"field" là mục có lỗi, "signs" là mã của các ký tự đó. Hãy chỉnh sửa trong dữ liệu dân cư.',
  },
  'card-field-needed': {
    status: 422,
    title: 'The card lacks something that the law has printed on it',
    vi: 'Thiếu nội dung mà luật quy định phải in trên thẻ',
    fix: 'Fill in what "field" names, then order the card again.',
    fixVi: 'Bổ sung mục ghi ở "field", rồi đề nghị cấp lại.',
  },
  'card-number-malformed': {
    status: 422,
    title: 'A personal number on a card has twelve digits',
    vi: 'Số định danh in trên thẻ phải đủ 12 chữ số',
    fix: 'Correct the number in the register.',
    fixVi: 'Chỉnh sửa số định danh trong dữ liệu dân cư.',
  },
  'card-image-unreadable': {
    status: 422,
    title: 'The portrait must be a JPEG, the signature a PNG',
    vi: 'Ảnh khuôn mặt phải là tệp JPEG, chữ ký phải là tệp PNG',
    fix: '"field" is the picture that cannot be read. Capture it again.',
    fixVi: '"field" là ảnh không đọc được. Hãy thu nhận lại.',
  },
})
