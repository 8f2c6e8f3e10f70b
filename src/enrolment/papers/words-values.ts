import { hotline } from '../../names/hotline.ts'
import { words } from '../../platform/pages/html.ts'

/** As papers group its digits. */
const hotlineText = hotline.replace('.', ' ')

/** Values filled into the papers of an application, in Vietnamese alone. */
export const valueTextIn = words({
  'exempt-agency-error': ['thẻ sai do lỗi của cơ quan quản lý căn cước', 'error of the agency'],
  'exempt-child': ['trẻ em', 'child'],
  'exempt-elderly': ['người cao tuổi', 'elderly'],
  'exempt-disabled': ['người khuyết tật', 'disabled'],
  'exempt-merit': ['người có công, thân nhân người có công với cách mạng', 'person of merit, or kin of one'],
  'exempt-minority-hardship': [
    'đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn',
    'ethnic minority in a commune of special hardship',
  ],
  'exempt-border-commune': ['thường trú tại xã biên giới', 'resident of a border commune'],
  'exempt-island': ['thường trú tại huyện đảo, đặc khu', 'resident of an island district or special zone'],
  'exempt-poor-household': ['hộ nghèo', 'poor household'],
  'exempt-orphan': ['người dưới 18 tuổi mồ côi cả cha và mẹ', 'orphan under eighteen'],
  'reason-first': ['Cấp lần đầu', 'First'],
  'reason-renewal-age': ['Đến tuổi đổi thẻ', 'Renewal age'],
  'reason-name': ['Thay đổi thông tin về họ, chữ đệm, tên', 'Name changed'],
  'reason-hometown': ['Xác định lại quê quán', 'Hometown determined anew'],
  'reason-name-or-birth-date': [
    'Thay đổi họ, chữ đệm, tên hoặc ngày, tháng, năm sinh',
    'Name or date of birth changed',
  ],
  'reason-appearance': ['[[Changed-appearance]]', 'Appearance changed'],
  'reason-sex': ['[[Changed-sex]]', 'Sex changed'],
  'reason-printed-wrong': ['Có sai sót về thông tin in trên thẻ', 'Printed wrong'],
  'reason-units-rearranged': ['Thông tin nơi cư trú thay đổi do sắp xếp đơn vị hành chính', 'Units rearranged'],
  'reason-number-renewed': ['Xác lập lại số định danh cá nhân', 'New number'],
  'reason-on-request': ['Theo yêu cầu của công dân', 'On request'],
  'reason-lost': ['Bị mất thẻ', 'Lost'],
  'reason-damaged': ['Thẻ bị hư hỏng không sử dụng được', 'Damaged'],
  'reason-nationality-regained': ['Được trở lại quốc tịch Việt Nam', 'Nationality regained'],

  'at-session': ['Điểm thu nhận lưu động, {unit}', 'Mobile site, {unit}'],
  'place-of-return': ['Bộ phận trả kết quả, {unit}', '{unit}'],
  'bring-slip': ['Giấy hẹn này', 'This slip'],
  'bring-papers': [
    'Người đại diện mang theo thẻ căn cước hoặc căn cước công dân của mình',
    'The representative’s own card',
  ],
  'bring-old': ['Thẻ cũ, để nộp lại khi nhận thẻ mới', 'The old card'],
  'old-cmnd': ['01 giấy chứng minh nhân dân', 'One old identity paper'],
  'old-cccd': ['01 thẻ căn cước công dân', 'One citizen identity card'],
  'old-can-cuoc': ['01 thẻ căn cước', 'One identity card'],
  'serial-ends': ['{what}, số cuối {end}', '{what}, ending in {end}'],
  hotline: [`${hotlineText} (tài khoản định danh), hoặc hỏi {unit}`, `${hotlineText}, or {unit}`],

  'procedure-first-issue': ['cấp [[card]]', 'issue'],
  'procedure-exchange': ['cấp đổi [[card]]', 'exchange'],
  'procedure-re-issue': ['cấp lại [[card]]', 're-issue'],
  'notice-number': ['........../TB', '........../TB'],
  'chief-of': ['Trưởng {police}', 'Head of {police}'],
  'director-of': ['Giám đốc {police}', 'Director of {police}'],

  'refused-not-eligible': ['Chưa đủ điều kiện cấp thẻ', 'Not eligible'],
  'refused-card-too-young': ['Chưa đủ tuổi cấp thẻ theo quy định của pháp luật', 'Too young'],
  'refused-card-not-needed': [
    'Người được đề nghị đang có thẻ còn giá trị sử dụng, hoặc thẻ đang được làm',
    'A card is there',
  ],
  'refused-holder-dead': ['Dữ liệu dân cư ghi người được đề nghị đã mất', 'Dead'],
  'refused-not-a-citizen': ['Không có quốc tịch Việt Nam', 'Not a citizen'],
  'refused-data-unproved': ['Thông tin đề nghị chưa có giấy tờ chứng minh', 'Not proved'],
  'refused-person-twice': [
    'Cơ sở dữ liệu quốc gia về dân cư ghi trùng một người, phải xử lý trước khi cấp thẻ',
    'Twice',
  ],
  'refused-other': ['Hồ sơ chưa đủ điều kiện giải quyết', 'Other'],

  'step-card-too-young': [
    'Từ ngày nêu trên, đến điểm thu nhận thuận tiện nhất; không phải khai lại từ đầu.',
    'Come from that day.',
  ],
  'step-not-eligible': [
    'Khi đủ điều kiện, đến điểm thu nhận thuận tiện nhất; không phải khai lại từ đầu.',
    'Come when eligible.',
  ],
  'step-card-not-needed': ['Nhận thẻ đã làm tại {unit}; nếu mất hoặc hỏng thẻ, đề nghị cấp lại.', 'Collect the card.'],
  'step-holder-dead': [
    'Nếu dữ liệu dân cư ghi sai, nộp Phiếu DC02 kèm giấy tờ chứng minh tại Công an nơi gần nhất.',
    'Have it corrected.',
  ],
  'step-not-a-citizen': ['Nếu có quốc tịch Việt Nam, nộp giấy tờ chứng minh quốc tịch tại {unit}.', 'Prove it.'],
  'step-data-unproved': [
    'Nộp Phiếu DC02 kèm giấy tờ chứng minh tại Công an nơi gần nhất. ' +
      'Sau khi dữ liệu được chỉnh sửa, đến lại điểm thu nhận thuận tiện nhất.',
    'Have it corrected.',
  ],
  'step-person-twice': ['Công an xử lý dữ liệu trùng và báo kết quả; ông (bà) không phải nộp thêm giấy tờ.', 'Wait.'],
  'step-other': ['Liên hệ {unit} để được hướng dẫn bổ sung hồ sơ.', 'Ask {unit}.'],
})
export type PaperTextKey = Parameters<ReturnType<typeof valueTextIn>>[0]
