import { words } from '../../platform/pages/html.ts'

/** Text of the receipt's page and of messages. */
export const receiptText = words({
  receipt: ['Giấy hẹn', 'Receipt'],
  'not-here': ['Chưa thấy giấy hẹn này', 'This receipt is not here yet'],
  'not-here-why': [
    'Nếu vừa nhận hôm nay, có thể trạm chưa gửi hồ sơ về. Hồ sơ nằm an toàn ở trạm cho đến khi gửi xong. ' +
      'Sau một ngày làm việc mà vẫn chưa thấy, hãy hỏi đơn vị ghi trên giấy.',
    'If it was given to you today, the station may not have sent it yet; it is kept there until it is. ' +
      'If it is still not here after a working day, ask the unit whose name is on the paper.',
  ],
  taken: ['Nơi thu nhận', 'Taken at'],
  'taken-on': ['Ngày thu nhận', 'Taken on'],
  card: ['Thẻ', 'Card'],
  account: ['Tài khoản', 'Account'],
  awaited: ['Đang chờ', 'What is awaited'],
  'nobody-waits': ['Không còn việc gì phải chờ.', 'Nothing is awaited any more.'],
  who: ['Ai xử lý', 'Who acts'],
  by: ['Hạn', 'By'],
  now: ['hiện tại', 'now'],
  you: ['Anh chị', 'You'],
  maker: ['Trung tâm in thẻ', 'The card centre'],
  checker: ['Bộ phận duyệt hồ sơ', 'Those who check applications'],
  nothing: [
    'Trang này không hiện tên và số của ai. Không ai được hỏi mã xác thực của anh chị.',
    'This page shows nobody’s name or number. Nobody may ask you for a one-time code.',
  ],

  // What happened to the card.
  'step-received': ['đã nhận hồ sơ', 'application received'],
  'step-checked': ['đã kiểm tra', 'checked'],
  'step-approved': ['đã duyệt, đặt in', 'approved, ordered'],
  'step-printed': ['đã in', 'printed'],
  'step-at-unit': ['đã về nơi trả', 'at the place of collection'],
  'step-handed-over': ['đã trả', 'in your hand'],
  'state-held': ['Đã nhận gói từ trạm, cán bộ đang xem xét', 'Here, and an officer is looking at it'],
  'state-arrived': ['Đã nhận từ trạm, đang mở hồ sơ', 'Here, and being entered'],
  'state-data-check': ['Đang kiểm tra dữ liệu', 'Data are being checked'],
  'state-correction-pending': ['Chờ chỉnh sửa dữ liệu dân cư', 'Waits for a correction of the register'],
  'state-submitted': ['Chờ đơn vị kiểm tra', 'Waits for the unit to check it'],
  'state-sent-to-centre': ['Chờ trung tâm duyệt', 'Waits for the centre to approve'],
  'state-returned': ['Bị trả lại, cần làm tiếp', 'Sent back, something must be done'],
  'state-recapture': ['Cần thu nhận lại', 'Must be captured again'],
  'state-captured': ['Đã thu nhận', 'Captured'],
  'state-signed': ['Đã ký', 'Signed'],
  'state-draft': ['Mới lập', 'Begun'],
  'state-approved': ['Đã duyệt, chờ in', 'Approved, waits to be printed'],
  'state-printed': ['Đã in, chờ chuyển', 'Printed, waits to be sent'],
  'state-shipped': ['Đang chuyển về', 'On its way'],
  'state-at-unit': ['Đã về đơn vị, mời đến nhận', 'At the unit: come and collect it'],
  'state-dispatched': ['Đã chuyển đến trường', 'At your school'],
  'state-lost-in-transit': ['Thất lạc khi vận chuyển, sẽ in lại', 'Lost on its way, will be made again'],
  'state-reprint': ['Đang in lại', 'Being made again'],
  'state-handed-over': ['Đã trả', 'Handed over'],
  'state-refused': ['Không giải quyết', 'Refused'],
  'state-cancelled': ['Đã dừng', 'Ended'],

  'reason-portrait-unusable': [
    'Ảnh không dùng được: cần chụp lại',
    'The portrait cannot be used: it must be taken again',
  ],
  'reason-fingerprints-unusable': [
    'Vân tay không dùng được: cần lấy lại',
    'The fingerprints cannot be used: they must be taken again',
  ],
  'reason-signature-unusable': ['Chữ ký không dùng được: cần ký lại', 'The signature cannot be used: sign again'],
  'reason-data-wrong': ['Dữ liệu dân cư cần chỉnh sửa', 'The register must be corrected'],
  'reason-papers-missing': ['Thiếu giấy tờ', 'Papers are missing'],
  'reason-other': ['Xem lời ghi của đơn vị', 'See what the unit says'],

  'refused-not-eligible': ['Chưa đủ điều kiện cấp thẻ', 'Not eligible for a card'],
  'refused-card-too-young': ['Chưa đủ tuổi cấp thẻ', 'Too young for a card'],
  'refused-holder-dead': ['Người đề nghị đã mất', 'The applicant has died'],
  'refused-not-a-citizen': ['Không có quốc tịch Việt Nam', 'Not a citizen of Vietnam'],
  'refused-data-unproved': ['Thông tin chưa có giấy tờ chứng minh', 'The data are not proved by papers'],
  'refused-person-twice': ['Dữ liệu dân cư ghi trùng một người', 'The register has one person twice'],
  'refused-other': ['Xem văn bản thông báo của đơn vị', 'See the unit’s written notice'],

  // The page where a code is typed.
  'type-code': ['Mã trên giấy hẹn', 'The code on the receipt'],
  'type-day': ['Ngày thu nhận (nếu được hỏi)', 'Day on which it was taken (where it is asked for)'],
  look: ['Xem hồ sơ', 'Look'],
  'ask-day': [
    'Có nhiều giấy hẹn trùng mã này. Nhập thêm ngày thu nhận.',
    'Several receipts have this code. Give the day too.',
  ],

  // What became of the account.
  'account-none': ['Không đăng ký', 'Not asked for'],
  'account-requested': ['Chờ duyệt', 'Waits for approval'],
  'account-approved': ['Đã duyệt, chờ kích hoạt', 'Approved, waits for you to activate it'],
  'account-activated': ['Đã kích hoạt', 'Activated'],
  'account-locked': ['Đang khóa', 'Locked'],
  'account-cancelled': ['Đã hủy', 'Cancelled'],
  'account-not-possible': ['Chưa lập được, hỏi đơn vị thu nhận', 'Could not be made, ask the unit'],
  'account-phone-taken': ['Số điện thoại đã dùng cho tài khoản khác', 'The phone belongs to another account'],
  'account-of-ward': [
    'Có người đại diện thực hiện: tài khoản do người giám hộ liên hệ cơ quan công an để đăng ký; ' +
      'hồ sơ thẻ vẫn được giải quyết.',
    'A guardian acts: they ask for the account at a police office; the card goes on.',
  ],
  'account-representative-needed': [
    'Chưa có số định danh của cha, mẹ hoặc người giám hộ. Đến công an xã, phường bất kỳ để đăng ký tài khoản; ' +
      'không phải thu nhận lại.',
    'The number of a parent or guardian is lacking. Ask for the account at any commune police; ' +
      'no new capture is needed.',
  ],
  'account-representative-not-kin': [
    'Dữ liệu dân cư chưa ghi người ký thay là cha, mẹ hoặc người giám hộ. ' +
      'Mang giấy khai sinh hoặc quyết định giám hộ đến công an xã, phường.',
    'The register does not have whoever signed as parent or guardian. ' +
      'Bring the birth certificate or the decision on guardianship to the commune police.',
  ],
  'account-representative-not-living': [
    'Theo dữ liệu dân cư, người ký thay không còn sống. Đến công an xã, phường để kiểm tra.',
    'The register does not have whoever signed as alive. Ask at the commune police.',
  ],
  'account-representative-under-age': [
    'Người ký thay chưa đủ 18 tuổi. Cha, mẹ còn lại hoặc người giám hộ đến công an xã, phường để đăng ký tài khoản.',
    'Whoever signed is not eighteen yet. Another parent or guardian asks for the account at the commune police.',
  ],
  'account-representative-no-account': [
    'Cha, mẹ hoặc người giám hộ cần có tài khoản [[level-2]] đã kích hoạt, rồi đăng ký cho con tại công an xã, ' +
      'phường; không phải thu nhận lại.',
    'The parent or guardian needs an activated account of level 2 first, ' +
      'and then asks for the child’s at the commune police; no new capture is needed.',
  ],
  'number-not-twelve-digits': [
    'Số định danh của người đại diện ghi chưa đúng. Đến công an xã, phường bất kỳ để đăng ký tài khoản; ' +
      'không phải thu nhận lại.',
    'The representative’s number was written wrongly. Ask for the account at any commune police; ' +
      'no new capture is needed.',
  ],
})
export type ReceiptText = ReturnType<typeof receiptText>
export type ReceiptTextKey = Parameters<ReceiptText>[0]
