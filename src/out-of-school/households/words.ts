import { words } from '../../platform/pages/html.ts'

/** What a ward is asked where homes of a household differ. */
export const sayHousehold = words({
  title: ['Nơi cư trú của hộ cần kiểm tra', 'Households whose residence is to be checked'],
  said: ['Nơi ở theo trường khác nơi thường trú', 'The roll tells another home than the register'],
  father: ['Cha thường trú nơi khác', 'The father is registered elsewhere'],
  mother: ['Mẹ thường trú nơi khác', 'The mother is registered elsewhere'],
  sibling: ['Anh, chị, em thường trú nơi khác', 'A brother or sister is registered elsewhere'],
  why: [
    'Dữ liệu cư trú của học sinh và gia đình không thống nhất',
    'Residence data of the pupil and the family do not agree',
  ],
  task: [
    'Kiểm tra nơi cư trú thực tế của hộ; chỉnh sửa, cập nhật nếu dữ liệu chưa đúng',
    'Check where the household lives; correct the data where they are wrong',
  ],
})
