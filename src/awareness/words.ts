import { words } from '../platform/pages/html.ts'

/** What leaflets, letters and texts for loudspeakers say; facts stand in braces. Nothing here names a person. */
export const materialText = words({
  title: ['Làm [[chip-card]] và tài khoản định danh điện tử', 'Identity card and electronic identity account'],
  'greet-pupils': ['Các em học sinh {place} thân mến,', 'Dear pupils of {place},'],
  'greet-parents': ['Kính gửi cha mẹ học sinh {place},', 'Dear parents of pupils of {place},'],
  'greet-teachers': ['Kính gửi thầy giáo, cô giáo {place},', 'Dear teachers of {place},'],
  'greet-residents': ['Kính thưa bà con {place},', 'Dear residents of {place},'],
  'why-pupils': [
    'Em từ đủ {age} tuổi làm [[card]] và đăng ký tài khoản định danh điện tử [[level-2]], rồi tự kích hoạt tài khoản ' +
      'trên điện thoại của em. Số định danh cá nhân được dùng để đăng ký dự thi và nhập học.',
    'From {age} on you apply for an identity card and an electronic identity account of level 2, and activate it ' +
      'yourself on your own phone. Exams and places at schools are applied for with the identification number.',
  ],
  'why-parents': [
    'Con từ đủ {age} tuổi cần có [[card]] và tài khoản định danh điện tử [[level-2]] để đăng ký dự thi, nhập học. ' +
      'Cha mẹ xem con còn thiếu gì, đồng thời làm thẻ và kích hoạt tài khoản của chính mình.',
    'From {age} on your child needs an identity card and an electronic identity account of level 2 to apply for ' +
      'exams and schools. Please see what is missing, and have a card and an activated account yourselves.',
  ],
  'why-teachers': [
    'Đề nghị thầy, cô làm [[card]], kích hoạt tài khoản định danh điện tử [[level-2]] của mình; giáo viên chủ nhiệm ' +
      'báo cho từng em còn thiếu và báo lại kết quả theo danh sách lớp.',
    'Please have an identity card and an activated account of level 2 yourselves. Homeroom teachers tell each pupil ' +
      'who still lacks something, and report by the list of the class.',
  ],
  'why-residents': [
    'Công dân từ đủ {age} tuổi làm [[card]], đăng ký và kích hoạt tài khoản định danh điện tử [[level-2]] để làm thủ ' +
      'tục trên Cổng Dịch vụ công quốc gia.',
    'Citizens from {age} on apply for an identity card, and register and activate an electronic identity account of ' +
      'level 2, to use the National Public Service Portal.',
  ],
  days: ['Thời hạn:', 'Until when:'],
  'day-card': [
    'Thẻ: nộp hồ sơ chậm nhất ngày {day}. Luật cho {n} ngày làm việc; mốc “{deadline}” là ngày {by}.',
    'Card: apply by {day}. The law allows {n} working days; “{deadline}” is due on {by}.',
  ],
  'day-account': [
    'Tài khoản: đăng ký chậm nhất ngày {day}. Luật cho {n} ngày làm việc; mốc “{deadline}” là ngày {by}.',
    'Account: register by {day}. The law allows {n} working days; “{deadline}” is due on {by}.',
  ],
  where: ['Nơi và giờ:', 'Where and when:'],
  session: ['{from} đến {to} ngày {day}, {site}: {what}.', '{from} to {to} on {day}, {site}: {what}.'],
  'what-card-and-account': ['làm thẻ và đăng ký tài khoản', 'cards and accounts'],
  'what-raise-level': ['nâng mức độ tài khoản', 'raising the level of accounts'],
  'what-activation': ['kích hoạt tài khoản', 'activating accounts'],
  counter: [
    '{police}: giờ làm việc {morning} và {afternoon}, từ thứ Hai đến thứ Sáu{saturday}.',
    '{police}: {morning} and {afternoon}, Monday to Friday{saturday}.',
  ],
  'saturday-morning': [', sáng thứ Bảy', ', Saturday morning'],
  bring: ['Khi đến, mang theo:', 'Please bring:'],
  'bring-card': ['[[Card]] đang dùng, nếu đã có.', 'The identity card that you have, if any.'],
  'bring-birth': [
    'Giấy khai sinh bản chính, nếu thông tin cần bổ sung hoặc chỉnh sửa.',
    'The birth certificate, if your data have to be completed or corrected.',
  ],
  'bring-phone': [
    'Điện thoại và số đang dùng của chính mình, để kích hoạt tài khoản.',
    'Your own phone, with the number you use, to activate the account.',
  ],
  free: ['Cấp thẻ lần đầu và đăng ký tài khoản không mất phí.', 'A first card and an account are free.'],
  account: ['Đăng ký tài khoản không mất phí.', 'An account is free.'],
  beware: [
    'Công an không gọi điện, không nhắn tin đòi mã, đòi tiền hay gửi đường dẫn cài ứng dụng. Cần hỏi, xin đến ' +
      'công an nơi ở hoặc gọi tổng đài {hotline}.',
    'The police never call or write to ask for a code or money, nor send a link to an app. With questions come to ' +
      'the police where you live, or call {hotline}.',
  ],
  again: ['Xin nhắc lại:', 'Once more:'],
  hour: ['{h} giờ {m}', '{h}:{m}'],
  'hour-whole': ['{h} giờ', '{h}:00'],
  'spoken-day': ['{d} tháng {m}', '{d} {month}'],
  'spoken-span': ['{from} đến {to}', '{from} to {to}'],
})
