import { words } from '../../platform/pages/html.ts'

/** Requests about one's own data in words, for people and for officers; the same words on both sides. */
export const sayOfRequests = words({
  'kind-see': ['Được biết, xem dữ liệu của mình', 'See my data'],
  'kind-copy': ['Cung cấp bản sao dữ liệu', 'Get a copy of my data'],
  'kind-correct': ['Chỉnh sửa dữ liệu', 'Correct my data'],
  'kind-erase': ['Xóa dữ liệu', 'Erase my data'],
  'kind-restrict': ['Hạn chế xử lý dữ liệu', 'Restrict the processing of my data'],
  'kind-object': ['Phản đối xử lý dữ liệu', 'Object to the processing of my data'],
  'kind-withdraw': ['Rút lại sự đồng ý', 'Withdraw a consent'],
  'kind-complain': ['Khiếu nại về xử lý dữ liệu', 'Complain about the processing of my data'],
  'state-received': ['Đã tiếp nhận', 'Received'],
  'state-under-way': ['Đang giải quyết', 'Under way'],
  'state-answered': ['Đã trả lời', 'Answered'],
  'state-withdrawn': ['Đã rút', 'Withdrawn'],
  'outcome-granted': ['Giải quyết theo yêu cầu', 'Granted'],
  'outcome-partly': ['Giải quyết một phần', 'Granted in part'],
  'outcome-refused': ['Không giải quyết', 'Refused'],
  'ground-register-of-population': [
    'Dữ liệu trong CSDLQG về dân cư, CSDL căn cước được lưu theo Luật Căn cước; chỉ được chỉnh sửa, cập nhật, ' +
      'không xóa theo yêu cầu',
    'Data of the national population and identity databases is kept by the Law on Identification: it is corrected ' +
      'and updated, and not erased on request',
  ],
  'ground-public-duty': [
    'Xử lý phục vụ hoạt động của cơ quan nhà nước theo luật định, không cần sự đồng ý (NĐ13/2023 Điều 17; ' +
      'Luật 91/2025/QH15 Điều 19)',
    'A state agency processes it for its duties by law, which needs no consent (NĐ13/2023 Art. 17; ' +
      'Law 91/2025/QH15 Art. 19)',
  ],
  'ground-kept-by-law': [
    'Pháp luật quy định thời hạn lưu giữ chưa hết (lưu trữ hồ sơ, lịch sử truy cập)',
    'A law says how long it is kept, and that time is not over (archives, history of access)',
  ],
  'ground-others-harmed': [
    'Ảnh hưởng đến an toàn, quyền và lợi ích hợp pháp của người khác',
    'It would harm the safety or the rights of others',
  ],
  'ground-secret': ['Thuộc bí mật nhà nước hoặc luật không cho phép', 'It is a state secret, or a law forbids it'],
  'ground-not-held': ['Hệ thống không lưu dữ liệu này', 'This data is not kept here'],
  'ground-identity-unproved': [
    'Chưa xác định được người yêu cầu là chủ thể dữ liệu',
    'It is not proved that the data is of whoever asks',
  ],
  'answered-by-copy': [
    'Toàn bộ dữ liệu đã được tải trên trang cá nhân.',
    'All of the data was fetched from the own page.',
  ],
})
