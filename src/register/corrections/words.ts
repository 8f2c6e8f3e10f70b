import { words } from '../../platform/pages/html.ts'

/** Papers that show what a record should say. */
export const sayPaper = words({
  'birth-certificate': ['Giấy khai sinh', 'Birth certificate'],
  'civil-status-extract': ['Trích lục hộ tịch', 'Extract from the civil status register'],
  'civil-status-decision': ['Quyết định thay đổi, cải chính hộ tịch', 'Decision on a change of civil status'],
  'marriage-certificate': ['Giấy chứng nhận kết hôn', 'Marriage certificate'],
  'death-certificate': ['Giấy chứng tử', 'Death certificate'],
  'court-decision': ['Quyết định, bản án của Tòa án', 'Decision of a court'],
  'nationality-paper': ['Giấy tờ về quốc tịch', 'Paper on nationality'],
  'identity-card': ['[[Card]], chứng minh nhân dân', 'Identity card'],
  passport: ['Hộ chiếu', 'Passport'],
  'residence-confirmation': ['Xác nhận thông tin về cư trú', 'Confirmation of residence'],
})
