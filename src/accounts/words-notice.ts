import { words } from '../platform/pages/html.ts'

/** Text of notices to holders: reasons and what to do. No text threatens or asks for a code (outreach's law). */
const noticeTexts = {
  'nearest-police': ['công an nơi gần nhất', 'the nearest police office'],

  'refused-portrait-differs': [
    'Ảnh gửi kèm không phải người trên thẻ',
    'The portrait is not of the person on the card',
  ],
  'remedy-portrait-differs': [
    'Chụp lại ảnh chân dung của chính mình rồi gửi lại, hoặc đến công an nơi gần nhất',
    'Send a new portrait of yourself, or come to the nearest police office',
  ],
  'refused-portrait-unusable': [
    'Ảnh mờ, bị che hoặc không thấy rõ mặt',
    'The portrait is blurred, covered or does not show the face',
  ],
  'remedy-portrait-unusable': [
    'Chụp lại nơi đủ sáng, nhìn thẳng, không đội mũ, không đeo kính màu, rồi gửi lại',
    'Take it again in good light, looking straight ahead, without hat or dark glasses, and send it again',
  ],
  'refused-data-differ': ['Thông tin khai khác dữ liệu dân cư', 'What was stated differs from the register'],
  'remedy-data-differ': [
    'Đề nghị chỉnh sửa dữ liệu dân cư tại công an nơi gần nhất, sau đó đăng ký lại',
    'Have the register corrected at the nearest police office, then ask again',
  ],
  'refused-phone-not-theirs': ['Số điện thoại không phải của người đăng ký', 'The phone is not the applicant’s'],
  'remedy-phone-not-theirs': ['Đăng ký lại bằng số điện thoại của chính mình', 'Ask again with a phone of your own'],
  'refused-card-missing': [
    'Chưa có [[chip-card]], hoặc hồ sơ cấp thẻ không thành',
    'There is no chip card, or its application came to nothing',
  ],
  'remedy-card-missing': [
    'Làm thẻ tại công an nơi gần nhất; đăng ký tài khoản cùng lúc',
    'Apply for the card at the nearest police office; the account is asked for together with it',
  ],
  'refused-not-of-age': ['Chưa đủ tuổi theo quy định', 'Not of the age that the law asks for'],
  'remedy-not-of-age': [
    'Cha, mẹ hoặc người giám hộ đăng ký theo tài khoản của mình',
    'A parent or guardian registers the child under their own account',
  ],
  'refused-not-the-holder': [
    'Chưa xác định được người đăng ký là chủ số định danh',
    'It could not be shown that the applicant is the holder of the number',
  ],
  'remedy-not-the-holder': [
    'Mang thẻ đến công an nơi gần nhất để đăng ký trực tiếp',
    'Bring your card to the nearest police office and ask there',
  ],
  'refused-other': ['Yêu cầu chưa đủ điều kiện', 'The conditions are not met'],
  'remedy-other': ['Liên hệ công an nơi gần nhất để được hướng dẫn', 'Ask the nearest police office what to do'],

  'missing-portrait': ['ảnh chân dung chụp lại, thấy rõ mặt', 'a new portrait that shows the face clearly'],
  'missing-identity-paper': [
    'giấy tờ chứng minh thông tin khác dữ liệu dân cư',
    'papers that prove what differs from the register',
  ],
  'missing-phone': ['số điện thoại chính chủ', 'a phone of your own'],
  'missing-card': ['[[card]] còn hiệu lực để đối chiếu', 'your identity card in force'],
  'missing-representative-paper': ['giấy tờ chứng minh người đại diện', 'papers that prove who represents the holder'],
  'missing-presence': ['có mặt tại công an để đối chiếu', 'your presence at the police office'],
  'missing-other': ['nội dung ghi kèm', 'what is noted'],

  'locked-holder': ['Ông/bà đề nghị khóa', 'You asked for it'],
  'locked-lost-device': ['Ông/bà báo mất thiết bị', 'You reported your device lost'],
  'locked-terms': ['Vi phạm điều khoản sử dụng tài khoản', 'The terms of use were broken'],
  'locked-card-revoked': ['[[Card]] đã bị thu hồi', 'The identity card was revoked'],
  'locked-card-expired': ['[[Card]] đã hết hạn', 'The identity card has expired'],
  'locked-agency': ['Theo đề nghị của cơ quan có thẩm quyền', 'A competent agency asked for it'],
  'locked-death': ['Người giữ tài khoản đã mất', 'The holder has died'],
  'locked-phone-owner': ['Chủ số điện thoại đã đăng ký số này', 'The owner of the phone registered it'],

  'lowered-asked': ['Ông/bà đề nghị', 'You asked for it'],
  'lowered-card-missing': [
    'Hồ sơ cấp thẻ đi cùng không thành, và chưa có thẻ khác',
    'The application for the card came to nothing, and there is no other card',
  ],
} as const

export const noticeText = words(noticeTexts)
export type NoticeTextKey = keyof typeof noticeTexts
