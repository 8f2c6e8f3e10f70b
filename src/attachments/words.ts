import { words } from '../platform/pages/html.ts'

/** What an attached paper is. Evidence of a correction has the same words (src/register/corrections/words.ts). */
export const sayAttachedPaper = words({
  form: ['Tờ khai, phiếu đề nghị', 'Signed form'],
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
  authorization: ['Văn bản ủy quyền', 'Authorization'],
  other: ['Giấy tờ khác', 'Other paper'],
})
