import sharp from 'sharp'
import { asDay } from '../../platform/day.ts'
import type { PaperHead } from './common-pdf.ts'
import type { FormPaper } from './form-pdf.ts'
import type { ReceiptPaper } from './receipt-pdf.ts'
import type { RefusalPaper } from './refusal-pdf.ts'

/** Made-up applications for the tests of what is printed. */

const head: PaperHead = {
  unit: { above: 'Công an tỉnh Quảng Ninh', name: 'Công an phường Hồng Hà' },
  form: { code: 'CC01', version: 'Thông tư 17/2024/TT-BCA' },
  application: { code: 'HS-2024-0004711', url: 'https://dinhdanh.example/h/7Q2M-K9XA' },
  town: 'Hồng Hà',
  on: asDay('2024-08-05'),
  printedAt: new Date('2024-08-05T02:14:00Z'),
  isDemonstration: true,
}

export const portrait = (): Promise<Buffer> =>
  sharp({ create: { width: 350, height: 450, channels: 3, background: '#c8d4da' } })
    .jpeg()
    .toBuffer()

export const form: FormPaper = {
  ...head,
  request: {
    kind: 'exchange',
    reason: 'Đến tuổi cấp đổi; thông tin nơi cư trú thay đổi do sắp xếp đơn vị hành chính',
    account: 'level-2',
  },
  capturedAt: 'Điểm cấp lưu động Trường THPT Hòn Gai',
  capturedOn: asDay('2024-08-05'),
  citizen: {
    number: '022305001234',
    oldNumber: '101234567',
    fullName: 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
    birthDate: { y: 2005, m: 3, d: 15 },
    sex: 'F',
    ethnicity: 'Kinh',
    religion: 'Không',
    nationality: 'Việt Nam',
    birthPlace: 'Bệnh viện Sản Nhi Quảng Ninh, phường Đại Yên',
    birthRegisteredAt: 'Phường Hồng Hà, tỉnh Quảng Ninh',
    hometown: 'Yên Hải, Quảng Yên, Quảng Ninh',
    permanentResidence:
      'Số 1234/56/78 đường Nguyễn Văn Cừ kéo dài, tổ dân phố số 12, khu đô thị mới Cột Đồng Hồ - Cọc 8, ' +
      'phường Hồng Hải, thành phố Hạ Long, tỉnh Quảng Ninh',
    currentAbode: 'Tổ 5, Khu 3, phường Hồng Hà',
    maritalStatus: 'Chưa kết hôn',
    occupation: 'Học sinh',
    education: '12/12',
    features: 'Nốt ruồi cách 1,5cm trên sau đuôi mắt trái',
    phone: '0912 345 678',
  },
  relatives: [
    { relation: 'father', name: 'Nguyễn Hoàng Bảo Long', number: '022075001111', nationality: 'Việt Nam' },
    { relation: 'mother', name: "H'Hen Niê", nationality: 'Việt Nam' },
    { relation: 'householder', name: 'Nguyễn Hoàng Bảo Long', number: '022075001111', nationality: 'Việt Nam' },
  ],
  captured: { face: true, fingers: 9, iris: true },
  officer: 'Trung úy Phạm Minh Tuấn',
}

export const childForm: FormPaper = {
  ...form,
  request: { kind: 'first', account: 'none' },
  citizen: {
    fullName: 'Tằng A Tài',
    birthDate: { y: 2021, m: 7, d: 2 },
    sex: 'M',
    nationality: 'Việt Nam',
    number: '022221000077',
  },
  relatives: [],
  captured: { face: false, fingers: 0, iris: false },
  representative: 'Chìu Sủi Lìn',
}

export const receipt: ReceiptPaper = {
  ...head,
  form: { code: 'CC02', version: 'Thông tư 17/2024/TT-BCA' },
  applicant: 'Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh',
  handedInBy: 'Nguyễn Hoàng Bảo Long',
  phoneEnd: '0912345678',
  card: { state: 'received', due: asDay('2024-08-14') },
  account: { state: 'received', level: 2 },
  appointment: {
    day: asDay('2024-08-14'),
    time: '8:00–11:30',
    place: 'Bộ phận trả kết quả, Công an phường Hồng Hà, số 2 đường 25/4',
  },
  bring: ['Giấy hẹn này', 'Người đại diện mang theo thẻ căn cước của mình'],
  collected: ['01 thẻ căn cước công dân, số cuối 234', '01 giấy khai sinh (bản sao)'],
  fee: { is: 'due', amount: 25_000, reason: 'Thông tư 73/2024/TT-BTC, giảm 50% đến 31/12/2024' },
  hotline: '0203 3800 000, giờ hành chính',
  officer: 'Trung úy Phạm Minh Tuấn',
}

export const refusal: RefusalPaper = {
  ...head,
  form: { code: 'CC03', version: 'Thông tư 17/2024/TT-BCA' },
  number: '12/TB-CAP',
  applicant: 'Chìu Sủi Lìn',
  about: { name: 'Tằng A Tài', birthDate: { y: 2021 } },
  procedure: 'cấp thẻ căn cước',
  receivedOn: asDay('2024-08-01'),
  reason:
    'Năm sinh trong giấy khai sinh khác năm sinh trong Cơ sở dữ liệu quốc gia về dân cư; ' +
    'dữ liệu phải được chỉnh sửa trước khi cấp thẻ.',
  legalBasis: ['Luật Căn cước số 26/2023/QH15, Điều 23, Điều 24', 'Nghị định 70/2024/NĐ-CP, Điều 6'],
  steps: [
    'Nộp Phiếu DC02 kèm giấy khai sinh tại Công an phường nơi thường trú; ' +
      'Trưởng Công an phường quyết định trong 02 ngày làm việc.',
    'Sau khi dữ liệu được chỉnh sửa, đến lại bất kỳ điểm thu nhận nào; ' +
      'hồ sơ này được dùng lại, không phải khai từ đầu.',
  ],
  returned: ['01 giấy khai sinh (bản chính)'],
  complaint: { office: 'Trưởng Công an phường Hồng Hà', address: 'số 2 đường 25/4, phường Hồng Hà, tỉnh Quảng Ninh' },
  decidedBy: { title: 'Phó Trưởng Công an phường', name: 'Thiếu tá Đỗ Thị Hồng Nhung' },
}
