import { type Language, words } from '../../platform/pages/html.ts'

/** Texts of appointments and tickets that people read. */
const say = words({
  title: ['Đặt lịch', 'Book an appointment'],
  'service-A': ['làm thẻ', 'identity cards'],
  'service-B': ['tài khoản định danh', 'identity accounts'],
  'service-C': ['nhận thẻ', 'collecting cards'],
  'service-A-long': ['Làm thẻ: cấp lần đầu, đổi, cấp lại', 'A card: the first one, an exchange, a re-issue'],
  'service-B-long': ['Tài khoản định danh: đăng ký, kích hoạt', 'An identity account: request it, activate it'],
  'service-C-long': ['Nhận thẻ đã làm xong', 'Collect a card that is ready'],
  'held-at': ['Đã giữ chỗ {time} {weekday}', 'Booked for {time} on {weekday}'],
  'booked-at': ['Đã giữ chỗ.', 'Your place is booked.'],
  'moved-to': ['Đã đổi giờ.', 'Your appointment was moved.'],
  cancelled: ['Đã hủy chỗ.', 'Your appointment was cancelled.'],
  confirmed: ['Đã báo sẽ đến.', 'You said that you will come.'],
  ticket: ['Số thứ tự', 'Ticket'],
  'desk-call': ['Mời đến Quầy {desk}', 'Please come to desk {desk}'],
  place: ['Nơi', 'Place'],
  what: ['Làm gì', 'For'],
  'what-first-card': ['cấp thẻ lần đầu', 'the first card'],
  'what-other-card': ['cấp đổi, cấp lại thẻ', 'exchange or re-issue of a card'],
  'what-account': ['tài khoản định danh', 'an identity account'],
  'what-collect': ['nhận thẻ', 'collect a card'],
  minutes: ['{what}, khoảng {minutes} phút', '{what}, about {minutes} minutes'],
  bring: ['Mang theo', 'Bring'],
  'bring-papers': ['giấy tờ đang có (giấy khai sinh, nếu còn)', 'the papers you have (a birth certificate, if any)'],
  'bring-card': ['thẻ đang dùng', 'the card in use'],
  'bring-receipt': ['giấy hẹn, nếu còn', 'the appointment slip, if you still have it'],
  fee: ['Lệ phí', 'Fee'],
  'fee-none': ['không thu', 'none'],
  'fee-due': ['{amount} đồng, trả tại quầy', '{amount} đồng, paid at the desk'],
  desks: ['Quầy {from} đến {to}', 'desks {from} to {to}'],
  desk: ['Quầy {desk}', 'desk {desk}'],
  session: ['đợt lưu động {code}', 'mobile session {code}'],
  save: ['Lưu phiếu', 'Save the ticket'],
  print: ['In phiếu', 'Print the ticket'],
  'cancel-this': ['Hủy chỗ này', 'Cancel this appointment'],
  'will-come': ['Tôi sẽ đến', 'I will come'],
  'said-will-come': ['Đã báo sẽ đến', 'You said that you will come'],
  'move-heading': ['Đổi sang giờ khác', 'Choose another hour'],
  'book-heading': ['Chọn giờ', 'Choose an hour'],
  'move-hint': ['Chỗ đang giữ chỉ mất khi giờ mới đã giữ xong.', 'You keep this hour until the other one is booked.'],
  'left-on-day': ['còn {count} chỗ {weekday}', '{count} places left on {weekday}'],
  left: ['còn {count} chỗ', '{count} left'],
  full: ['hết chỗ', 'full'],
  over: ['đã qua', 'over'],
  yours: ['đang giữ', 'yours'],
  'day-full': ['Hết chỗ {weekday}, ngày {day}. Xin chọn ngày khác.', 'No place is left on {weekday}, {day}.'],
  'day-over': ['Giờ làm việc {weekday}, ngày {day} đã hết.', 'The hours of {weekday}, {day} are over.'],
  'day-holiday': ['{name}: nghỉ lễ, ngày {day} không làm việc.', '{name}: a public holiday, closed on {day}.'],
  'day-closed': ['Nơi này không làm việc ngày {day}.', 'This place is closed on {day}.'],
  'day-day-off': ['{weekday}, ngày {day} là ngày nghỉ.', 'Closed on {weekday}, {day}.'],
  'day-holiday-short': ['nghỉ lễ', 'holiday'],
  'day-closed-short': ['đóng', 'closed'],
  'day-day-off-short': ['nghỉ', 'closed'],
  'day-full-short': ['hết chỗ', 'full'],
  'day-over-short': ['đã hết', 'over'],
  'taken-meanwhile': [
    'Chỗ này vừa có người giữ. Hai giờ gần nhất còn chỗ:',
    'Somebody took this place a moment ago. The two nearest hours with a place:',
  ],
  'taken-none': [
    'Chỗ này vừa có người giữ, và những ngày tới đã hết chỗ. {You} chọn nơi khác hoặc lấy số tại chỗ.',
    'Somebody took this place a moment ago, and the coming days are full. Choose another place or come for a ticket.',
  ],
  'other-hour': [
    '{You} đã giữ một giờ khác cho việc này. Muốn đổi thì chọn giờ mới bên dưới.',
    'You have another hour for this already. Choose a new one below to move it.',
  ],
  'slot-gone': ['Giờ này không còn đặt được. Xin chọn giờ khác.', 'This hour cannot be booked any more.'],
  'booking-gone': ['Lịch hẹn này đã kết thúc.', 'This appointment is over.'],
  'too-often': [
    'Hôm nay giờ hẹn này đã đổi nhiều lần. Giờ đặt sau cùng vẫn giữ. ' +
      'Muốn đổi nữa, {you} gọi nơi hẹn hoặc đổi ngày mai.',
    'This hour was changed many times today. What you booked last stands. Call the place, or change it tomorrow.',
  ],
  nothing: ['Chưa giữ giờ nào.', 'No hour is booked yet.'],
  'choose-service': ['Chọn việc cần làm', 'Choose what it is for'],
  'choose-place': ['Chọn nơi', 'Choose a place'],
  'no-place': [
    'Chưa nơi nào trong tỉnh nhận đặt lịch cho việc này. {You} đến trong giờ làm việc và lấy số tại chỗ.',
    'No place takes appointments for this yet. Come in working hours and take a ticket there.',
  ],
  'earlier-days': ['Ngày trước', 'Earlier days'],
  'later-days': ['Ngày sau', 'Later days'],
  'free-places': ['còn {count} chỗ, sớm nhất {time} ngày {day}', '{count} left, the first at {time} on {day}'],
  'free-none': ['hết chỗ trong 14 ngày tới', 'no place in the next 14 days'],
  'another-place': ['Chọn nơi khác', 'Choose another place'],
  'how-late': [
    'Đến trước 10 phút, báo số ở bàn hướng dẫn. Trễ quá {minutes} phút thì số được gọi sau người đang chờ, ' +
      'không mất chỗ.',
    'Come 10 minutes early and give your ticket at the guidance desk. More than {minutes} minutes late, it is called ' +
      'after those who are waiting; it is not lost.',
  ],
  'next-hour': ['giờ mới là {time} ngày {day}, số {ticket}.', 'the new hour is {time} on {day}, ticket {ticket}.'],
  'choose-again': ['đề nghị ông/bà chọn giờ hoặc nơi khác.', 'please choose another hour or place.'],
  'ticket-foot': ['Giữ phiếu này và chờ gọi số.', 'Keep this ticket and wait for your number.'],
  back: ['Về lịch hẹn', 'Back to the appointment'],
})

export type AppointmentTextKey = Parameters<ReturnType<typeof say>>[0]
export type TellAppointments = (key: AppointmentTextKey, facts?: Readonly<Record<string, string | number>>) => string

/** `you`: how the reader is addressed, 'ông/bà' or 'em'; a text that addresses nobody has no mark for it. */
export const sayOfAppointments = (language: Language, you = 'ông/bà'): TellAppointments => {
  const tell = say(language)
  const facts = { you, You: you.charAt(0).toUpperCase() + you.slice(1) }
  return (key, given = {}) =>
    tell(key).replace(/\{(\w+)\}/g, (_mark, name: string) => String({ ...facts, ...given }[name] ?? ''))
}
