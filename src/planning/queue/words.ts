import { type Language, words } from '../../platform/pages/html.ts'

/** Texts of the screens in a hall. */
const say = words({
  'now-serving': ['Mời số', 'Now serving'],
  'now-serving-other': ['Now serving', 'Mời số'],
  desk: ['Quầy {desk}', 'Desk {desk}'],
  before: ['Vừa gọi', 'Called before'],
  next: ['Sắp đến', 'Next'],
  nobody: ['Chưa gọi số nào', 'No number was called yet'],
  'nobody-waits': ['Chưa có người chờ', 'Nobody is waiting'],
  'service-A': ['làm thẻ', 'cards'],
  'service-B': ['tài khoản định danh', 'identity accounts'],
  'service-C': ['nhận thẻ', 'collecting cards'],
  'do-A': ['Làm thẻ', 'Cards'],
  'do-B': ['Tài khoản định danh', 'Identity accounts'],
  'do-C': ['Nhận thẻ', 'Collecting cards'],
  'bring-A': ['Mang phiếu, giấy tờ', 'Bring ticket and papers'],
  'bring-B': ['Mang phiếu, thẻ, điện thoại', 'Bring ticket, card, phone'],
  'bring-C': ['Mang phiếu, giấy hẹn', 'Bring ticket and slip'],
  line: ['{letter}, {service}', '{letter}, {service}'],
  waiting: ['{count} người đang chờ, khoảng {minutes} phút', '{count} waiting, about {minutes} minutes'],
  'waiting-short': ['{count} người, {minutes} phút', '{count} waiting, {minutes} min'],
  'waiting-none': ['không ai chờ', 'nobody waits'],
  'works-until': ['Làm việc đến {time}', 'Open until {time}'],
  'off-today': ['Hôm nay không làm việc', 'Closed today'],
  'break-until': ['Nghỉ đến {time}', 'Break until {time}'],
  'line-lost': ['Mất kết nối. Số gọi cuối lúc {time}.', 'No connection. The last call was at {time}.'],
  'line-lost-none': ['Mất kết nối.', 'No connection.'],
  spoken: ['Mời số {ticket} đến quầy {desk}', 'Number {ticket}, please go to desk {desk}'],
  'screen-title': ['Màn hình gọi số', 'Calling screen'],
  'kiosk-title': ['Lấy số thứ tự', 'Take a number'],
  'kiosk-choose': ['Ông/bà cần làm gì?', 'What do you need?'],
  'kiosk-booked': [
    'Đã đặt lịch thì báo số ở bàn hướng dẫn, không lấy số ở đây.',
    'If you have an appointment, give its number at the guidance desk instead.',
  ],
  'kiosk-ahead': ['{count} người chờ trước, khoảng {minutes} phút', '{count} before you, about {minutes} minutes'],
  'kiosk-nobody-ahead': ['không ai chờ trước', 'nobody before you'],
  'kiosk-yours': ['Số của ông/bà', 'Your number'],
  'kiosk-wait': ['Chờ gọi số trên màn hình.', 'Wait until the screen calls it.'],
  'kiosk-another': ['Lấy số khác', 'Another number'],
  'hall-foot': ['Màn hình này không hỏi tên hay số định danh.', 'This screen asks for no name and no number.'],
  'kiosk-closed': ['Màn hình lấy số này đã đóng', 'This ticket screen is closed'],
  'kiosk-closed-how': ['Ông/bà lấy số ở bàn hướng dẫn.', 'Please ask at the guidance desk.'],
  'screen-unknown': ['Không có màn hình này', 'There is no such screen'],
  'screen-unknown-how': [
    'Xem lại địa chỉ: cán bộ mở màn hình từ trang Lịch hẹn.',
    'Check the address: officers open the screen from the page of appointments.',
  ],
})

export type QueueTextKey = Parameters<ReturnType<typeof say>>[0]
export type TellQueue = (key: QueueTextKey, facts?: Readonly<Record<string, string | number>>) => string

export const sayOfQueue = (language: Language): TellQueue => {
  const tell = say(language)
  return (key, facts = {}) => tell(key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}
