import { words } from '../platform/pages/html.ts'
import type { WrongField } from './person-data.ts'

const say = words({
  number: [
    'gồm đúng 12 chữ số, gửi dạng chuỗi để không mất số 0 ở đầu',
    'have exactly 12 digits, sent as a text so that no leading zero is lost',
  ],
  name: ['là họ và tên đầy đủ, chỉ gồm chữ cái', 'be the whole name, in letters'],
  'birth-date': [
    'có dạng NNNN-TT-NN (hoặc ngày/tháng/năm đủ 4 chữ số); thiếu ngày, tháng thì ghi NNNN-TT hoặc NNNN',
    'be YYYY-MM-DD (or day/month/year with four digits); YYYY-MM or YYYY where less is known',
  ],
  sex: ['là M hoặc F (Nam, Nữ), hoặc bỏ trống', 'be M or F, or be left out'],
})

/** A row's faults in both languages, without the data that were sent. */
export const wrongFieldsBody = (wrong: readonly WrongField[]) =>
  wrong.map(({ field, should }) => ({ field, should: say('en')(should), should_vi: say('vi')(should) }))
