import { hotline } from '../../names/hotline.ts'
import { words } from '../../platform/pages/html.ts'

/** Texts of what a person still needs: the family's page, the page without an account, and the slip. */
export const answerText = words({
  today: ['hôm nay', 'today'],
  tomorrow: ['ngày mai', 'tomorrow'],
  yesterday: ['hôm qua', 'yesterday'],
  'weekday-1': ['thứ Hai', 'Monday'],
  'weekday-2': ['thứ Ba', 'Tuesday'],
  'weekday-3': ['thứ Tư', 'Wednesday'],
  'weekday-4': ['thứ Năm', 'Thursday'],
  'weekday-5': ['thứ Sáu', 'Friday'],
  'weekday-6': ['thứ Bảy', 'Saturday'],
  'weekday-7': ['Chủ nhật', 'Sunday'],
  month: ['tháng {n}', '{n}'],

  // Where an application stands. {since} is a day as people say it.
  'at-arrived': [
    'Đã thu nhận tại {taken} từ {since}, dữ liệu thu nhận đang chờ xử lý',
    'Captured at {taken} since {since}; the data wait to be processed',
  ],
  'at-held': [
    'Đã thu nhận tại {taken} từ {since}, cán bộ đang kiểm tra dữ liệu thu nhận',
    'Captured at {taken} since {since}; an officer is checking the data',
  ],
  'at-draft': ['Hồ sơ đang lập tại {unit} từ {since}', 'The application is being made at {unit} since {since}'],
  'at-captured': [
    'Đã thu nhận ảnh, vân tay tại {unit} từ {since}, chờ ký',
    'Captured at {unit} since {since}, waits to be signed',
  ],
  'at-signed': ['Hồ sơ đã ký tại {unit} từ {since}, chờ nộp', 'Signed at {unit} since {since}, waits to be handed in'],
  'at-submitted': [
    'Hồ sơ ở {unit} từ {since}, đang kiểm tra',
    'The application has been with {unit} since {since} and is being checked',
  ],
  'at-data-check': [
    'Hồ sơ ở {unit} từ {since}, đang đối chiếu dữ liệu dân cư',
    'The application has been with {unit} since {since}; the register is being compared',
  ],
  'at-correction-pending': [
    'Hồ sơ ở {unit} từ {since}, chờ chỉnh sửa dữ liệu dân cư',
    'The application has been with {unit} since {since} and waits for a correction of the register',
  ],
  'at-sent-to-centre': ['Hồ sơ ở trung tâm từ {since}', 'At the centre since {since}'],
  'at-returned': [
    'Hồ sơ được trả lại từ {since} để bổ sung, mời đến {unit}',
    'The application was sent back, {since}: please come to {unit}',
  ],
  'at-recapture': [
    'Cần thu nhận lại (báo từ {since}), mời đến {unit}',
    'It must be captured again (known since {since}): please come to {unit}',
  ],
  'at-approved': ['Đã duyệt, chờ in thẻ từ {since}', 'Approved; the card waits to be made since {since}'],
  'at-printed': ['Thẻ đã in, chờ gửi về từ {since}', 'The card is made and waits to be sent since {since}'],
  'at-shipped': ['Thẻ đang chuyển về từ {since}', 'The card has been on its way since {since}'],
  'at-at-unit': [
    'Thẻ đã về {unit} từ {since}, mời đến nhận trong giờ làm việc',
    'The card has been at {unit} since {since}: please collect it in working hours',
  ],
  'at-dispatched': [
    'Thẻ đã chuyển đến trường từ {since}, nhận tại trường',
    'The card has been sent to the school since {since}: collect it there',
  ],
  'at-handed-over': ['Đã trả thẻ, {since}', 'The card was handed over, {since}'],
  'at-lost-in-transit': [
    'Thẻ thất lạc khi vận chuyển, biết từ {since}. Thẻ được in lại, không phải nộp lại hồ sơ',
    'The card was lost on its way, known since {since}. It is made again; nothing need be handed in again',
  ],
  'at-reprint': ['Thẻ đang được in lại từ {since}', 'The card is being made again since {since}'],
  'at-refused': [
    'Hồ sơ không được giải quyết, {since}. Lý do ghi trong văn bản thông báo của {taken}',
    'The application was refused, {since}. The reason is in the written notice of {taken}',
  ],
  'at-cancelled': ['Hồ sơ đã dừng, {since}', 'The application ended, {since}'],
  'asked-by': ['Bổ sung trước hết {by}', 'By the end of {by}'],
  'asked-passed': [
    'Ngày hẹn bổ sung là {by}. Vẫn bổ sung được, càng sớm càng tốt',
    'It was asked for by {by}. It can still be given, the sooner the better',
  ],
  'limit-ends': ['Hạn theo luật: {n} ngày làm việc, hết {due}.', 'By law: {n} working days end {due}.'],
  'limit-passed-just': ['Hạn theo luật ({n} ngày làm việc) đã hết {due}.', 'The law’s {n} working days ended {due}.'],
  'limit-passed-one': [
    'Hạn theo luật ({n} ngày làm việc) đã hết {due}, quá 1 ngày làm việc.',
    'The law’s {n} working days ended {due}, 1 working day ago.',
  ],
  'limit-passed': [
    'Hạn theo luật ({n} ngày làm việc) đã hết {due}, quá {late} ngày làm việc.',
    'The law’s {n} working days ended {due}, {late} working days ago.',
  ],
  ask: ['Hỏi {unit}.', 'Ask {unit}.'],
  'ask-with-code': ['Hỏi {unit}, nêu mã giấy hẹn {code}.', 'Ask {unit} and name the receipt {code}.'],

  // The account.
  'account-requested': ['Đề nghị đang chờ duyệt.', 'The request waits for approval.'],
  'account-approved': [
    'Đã duyệt. Tự kích hoạt trên điện thoại trước hết {by}.',
    'Approved. Activate it on the phone by the end of {by}.',
  ],
  'account-approved-untold': [
    'Đã duyệt. Nhận phiếu kích hoạt tại công an xã, phường.',
    'Approved. Get the activation slip at the commune police.',
  ],
  'account-lapsed': [
    `Đã duyệt, hạn tự kích hoạt hết {by}. Gọi ${hotline} hoặc đến công an xã, phường để kích hoạt.`,
    `Approved; the days to activate it alone ended on {by}. Call ${hotline} or go to the commune police.`,
  ],
  'account-activated': ['Đang dùng được.', 'In use.'],
  'account-locked': ['Đang khóa. Hỏi công an xã, phường.', 'Locked. Ask the commune police.'],

  // What is lacking.
  'need-card': ['[[card-short]]', 'identity card'],
  'need-card-renewal': ['đổi [[card-short]]', 'renewal of the identity card'],
  'need-account': ['tài khoản định danh [[level-2]]', 'electronic identity account, level 2'],
  'need-activation': ['kích hoạt tài khoản', 'activation of the account'],
  'need-level-2': ['nâng tài khoản lên [[level-2]]', 'level 2 of the account'],

  // What to bring.
  'bring-birth-certificate': ['giấy khai sinh bản chính', 'the birth certificate, the original'],
  'bring-old-card': ['thẻ đang dùng', 'the present card'],
  'bring-card': ['[[card-short]]', 'the identity card'],
  'bring-phone': ['điện thoại đang dùng', 'the phone in use'],
  'bring-parent': ['cha, mẹ hoặc người giám hộ cùng đi', 'a parent or guardian comes along'],
  'bring-receipt': ['giấy hẹn (nếu còn)', 'the receipt (if you still have it)'],
  'bring-nothing': ['không cần giấy tờ gì', 'nothing'],

  ticket: ['số', 'ticket'],

  // Terms of the block.
  lacking: ['Còn thiếu', 'Lacking'],
  bring: ['Mang theo', 'Bring'],
  latest: ['Chậm nhất', 'At the latest'],
  why: ['Vì sao', 'Why'],
  card: ['Thẻ', 'Card'],
  account: ['Tài khoản', 'Account'],
  where: ['Ở đâu', 'Where'],
  state: ['Hồ sơ', 'Application'],
  'latest-card': ['thẻ {day}', 'card {day}'],
  'latest-account': ['tài khoản {day}', 'account {day}'],
  'why-days': [
    '{n} ngày làm việc theo luật, trước hạn “{event}”, {by}',
    '{n} working days by law, before “{event}”, {by}',
  ],
  'why-passed': [
    'Ngày tính theo luật để kịp hạn “{event}”, {by}, đã qua. Vẫn làm được ở {counter}; cơ quan có thể giải quyết ' +
      'sớm hơn hạn, ' +
      'nên đi càng sớm càng tốt.',
    'The day reckoned by law for “{event}”, {by}, is over. It can still be asked for at {counter}; offices may ' +
      'be faster ' +
      'than the law, so the sooner the better.',
  ],
  'why-event-passed': [
    'Hạn “{event}”, {by}, đã qua. Vẫn làm thẻ và tài khoản được ở {counter}, ngày nào cũng được.',
    '“{event}”, {by}, is over. Card and account can still be asked for at {counter}, on any working day.',
  ],
  'counter-hours': [
    '{name}: thứ Hai đến thứ Sáu, {morning} và {afternoon}{saturday}',
    '{name}: Monday to Friday, {morning} and {afternoon}{saturday}',
  ],
  'counter-saturday': ['; sáng thứ Bảy', '; Saturday morning'],
  'any-counter': ['công an xã, phường gần nhất', 'the nearest commune police'],
  'no-fee': ['Lần đầu không mất phí.', 'The first card is free.'],

  // The headline.
  'head-visit': ['{when} {name} {what}', '{name} {what}, {when}'],
  'head-lacking': ['{name} còn thiếu {what}', '{name} still lacks: {what}'],
  'head-waits': ['Thẻ của {name} đã về, mời đến nhận', 'The card of {name} is there to be collected'],
  'head-asked': ['Hồ sơ của {name} cần bổ sung', 'The application of {name} needs something from you'],
  'head-moving': ['Hồ sơ của {name} đang được giải quyết', 'The application of {name} is under way'],
  'head-done': ['{name} đã xong, không phải làm gì', '{name} has everything; there is nothing to do'],
  'morning-today': ['Sáng nay', 'this morning'],
  'afternoon-today': ['Chiều nay', 'this afternoon'],
  'evening-today': ['Tối nay', 'this evening'],
  'morning-tomorrow': ['Sáng mai', 'tomorrow morning'],
  'afternoon-tomorrow': ['Chiều mai', 'tomorrow afternoon'],
  'evening-tomorrow': ['Tối mai', 'tomorrow evening'],
  morning: ['sáng', 'morning'],
  afternoon: ['chiều', 'afternoon'],
  evening: ['tối', 'evening'],
  'do-card': ['đi làm thẻ', 'has the card made'],
  'do-card-account': ['đi làm thẻ và tài khoản', 'has card and account made'],
  'do-account': ['đi làm tài khoản', 'asks for the account'],
  'do-raise': ['đi nâng mức độ tài khoản', 'raises the account'],
  'do-activation': ['đi kích hoạt tài khoản', 'activates the account'],
  'do-visit': ['có lịch hẹn', 'is expected'],

  // The way of a card.
  steps: ['Các bước', 'The steps'],
  'step-capture': ['Chụp ảnh, lấy vân tay', 'Portrait and fingerprints'],
  'step-made': ['Duyệt và in thẻ', 'Approved and made'],
  'step-fetch': ['Nhận thẻ', 'The card is collected'],
  'step-activate': ['Kích hoạt tài khoản', 'The account is activated'],
  'step-limit': ['theo luật {n} ngày làm việc', '{n} working days by law'],
  'step-until': ['theo luật chậm nhất {day}', 'by law at the latest {day}'],
  'step-waits': ['thẻ đang chờ', 'the card waits'],
  'step-activate-in': ['trong {n} ngày sau khi được duyệt', 'within {n} days after its approval'],
  'step-activate-by': ['trước hết {day}', 'by the end of {day}'],
  done: ['xong', 'done'],
  now: ['đang ở bước này', 'now'],
})
export type AnswerText = ReturnType<typeof answerText>
export type AnswerTextKey = Parameters<AnswerText>[0]
