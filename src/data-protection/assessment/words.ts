import { words } from '../../platform/pages/html.ts'

/** The impact assessment in words. What a column is, the catalogue says itself, in English. */
export const sayOfAssessment = words({
  title: ['Hồ sơ đánh giá tác động xử lý dữ liệu cá nhân', 'Impact assessment of the processing of personal data'],
  on: ['Lập theo ngày', 'As of'],
  by: ['Căn cứ', 'By'],
  confidence: ['độ tin cậy', 'confidence'],
  'confidence-high': ['cao', 'high'],
  'confidence-medium': ['trung bình', 'medium'],
  'confidence-low': ['thấp', 'low'],
  made: [
    'Bảng và cột lấy từ danh mục của cơ sở dữ liệu đang chạy; mục đích, căn cứ, thời hạn lấy từ các bảng quy định ' +
      'của chương trình.',
    'Tables and columns come from the catalogue of the running database; purposes, bases and terms from the ' +
      'program’s rules.',
  ],
  processings: ['1. Các hoạt động xử lý', '1. Processings'],
  basis: ['Căn cứ pháp lý', 'Legal basis'],
  people: ['Chủ thể dữ liệu', 'Data subjects'],
  recipients: ['Bên nhận dữ liệu', 'Recipients'],
  table: ['Bảng', 'Table'],
  columns: ['Dữ liệu', 'Data'],
  kept: ['Lưu giữ', 'Kept'],
  secret: ['bí mật', 'secret'],
  'of-citizen': ['công dân', 'citizens'],
  'of-officer': ['cán bộ', 'officers'],
  'of-kin': ['thân nhân', 'kin'],
  'of-teacher': ['giáo viên', 'teachers'],
  'of-engineer': ['kỹ sư bên liên kết', 'engineers of parties'],
  'of-member of a group': ['thành viên tổ công nghệ số cộng đồng', 'members of community groups'],
  'of-contact of a party': ['đầu mối bên liên kết', 'contacts of parties'],
  'of-invented person': ['người không có thật', 'invented people'],
  'to-nobody': ['không chuyển ra ngoài hệ thống', 'nobody outside the installation'],
  'to-centre': ['trung tâm quốc gia', 'the national centre'],
  'to-engine': [
    'đơn vị vận hành bộ tra cứu sinh trắc học (`abisUrl`): ảnh mặt, vân tay, mống mắt và một mã, không có số định danh',
    'whoever runs the engine of `abisUrl`: face, fingers, eyes and a reference, no number',
  ],
  'to-parties': [
    'bên liên kết: chỉ mục công dân đồng ý, hoặc đúng/sai',
    'relying parties: what a person consented to, or yes and no',
  ],
  'to-channels': ['nhà mạng, máy chủ thư', 'networks and mail servers that deliver messages'],
  'to-schools': ['nhà trường: danh sách của chính trường', 'schools: of their own rolls'],
  'at-least-years': ['ít nhất {n} năm', '{n} years at least'],
  'after-keep': ['lưu vĩnh viễn', 'kept for ever'],
  'after-archive': ['lưu theo hồ sơ đến khi có quyết định lưu trữ', 'kept with its file until an archive decides'],
  'after-delete': ['xóa khi hết thời hạn', 'deleted when its term ends'],
  'from-established': ['từ khi xác lập', 'from its establishment'],
  'from-done': ['từ khi giải quyết xong', 'from the end of the procedure'],
  'from-read': ['từ lượt xem', 'from the reading'],
  'from-ended': ['từ khi kết thúc', 'from its end'],
  'from-purpose-over': ['khi đạt mục đích', 'when its purpose is over'],
  measures: ['2. Biện pháp bảo vệ', '2. Measures'],
  'measure-tables': [
    'Bảo mật theo dòng của PostgreSQL: {n}/{all} bảng.',
    'Row-level security of PostgreSQL: {n} of {all} tables.',
  ],
  'measure-scope': [
    'Cán bộ chỉ thấy người thuộc đơn vị hoặc hồ sơ đang mở (docs/adr/0002).',
    'Officers see people of their units, or of an open case (docs/adr/0002).',
  ],
  'measure-access': [
    'Mỗi lượt xem được ghi mục đích và cho chính công dân xem.',
    'Each reading is kept with its purpose and shown to the person.',
  ],
  'measure-seals': [
    'Nhật ký được niêm phong theo chuỗi và kiểm tra hằng đêm.',
    'Deeds and readings are sealed in chains and verified each night.',
  ],
  'measure-encryption': [
    'Ảnh mặt, vân tay và dữ liệu tại trạm được mã hóa (docs/cryptography.md).',
    'Faces, fingers and what lies on stations are encrypted (docs/cryptography.md).',
  ],
  'measure-two': ['Việc quan trọng do hai cán bộ thực hiện.', 'What matters takes two officers.'],
  'measure-rights': [
    'Yêu cầu của chủ thể dữ liệu được trả lời trong hạn luật định.',
    'Requests of data subjects are answered within the time of the law.',
  ],
  'measure-breach': [
    'Vi phạm được ghi và thông báo trong 72 giờ.',
    'Breaches are recorded and notified within 72 hours.',
  ],
  'columns-title': ['3. Các cột', '3. The columns'],
})
