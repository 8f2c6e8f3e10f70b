/** What is done to people who are chosen from a list. */
export const chosenWords = {
  'chosen-place': ['Xếp vào đợt', 'Put on a session'],
  'chosen-remind': ['Nhắn', 'Remind'],
  'chosen-export': ['XLSX của {n} người', 'XLSX of {n} {n|person|people}'],
  'chosen-clear': ['Bỏ chọn', 'Clear'],
  'chosen-everybody': ['Chọn hết theo bộ lọc', 'Choose everybody of the filter'],
  'chosen-most': ['Mỗi lần tối đa {n} người.', 'At most {n} {n|person|people} at once.'],
  'offers-title': ['Xếp {n} người vào đợt', 'Put {n} {n|person|people} on a session'],
  'offers-reading': ['Đang tìm đợt phù hợp', 'Looking for sessions'],
  'offers-none': ['Không có đợt nào sắp tới nhận được những người này', 'No session ahead can take these people'],
  'offers-none-todo': [
    'Lập một đợt ở Lịch lưu động rồi quay lại.',
    'Plan a session under Mobile sessions, then come back.',
  ],
  'offers-plan': ['Mở Lịch lưu động', 'Open the sessions'],
  'offer-free': ['còn {n} chỗ', '{n} {n|place|places} free'],
  'offer-free-unknown': ['chưa phân máy, chưa tính được chỗ', 'no machine named yet, places not reckoned'],
  'offer-near': ['{n} người gần đó', '{n} live or learn there'],
  'offer-placed': ['xếp được {n}', '{n} can be placed'],
  'offer-late': ['sau ngày cuối còn kịp {day}', 'after the last safe day {day}'],
  'offer-in-time': ['kịp, ngày cuối {day}', 'in time, last safe day {day}'],
  'offer-do': ['Xếp {n} người vào đợt {day}', 'Put {n} {n|person|people} on the session of {day}'],
  'placed-done': ['Đã xếp {n} người vào đợt', '{n} {n|person|people} {n|was|were} put on the session'],
  'not-already': ['{n} đã có trong đợt này', '{n} {n|is|are} on it already'],
  'not-elsewhere': ['{n} đang chờ ở đợt khác cùng loại', '{n} {n|waits|wait} for another session of its kind'],
  'not-away': ['{n} tạm vắng ngày đó', '{n} {n|is|are} away on that day'],
  'not-no-need': ['{n} không thiếu thứ đợt này làm', '{n} {n|lacks|lack} nothing that it gives'],
  'not-too-young': ['{n} chưa đủ tuổi', '{n} {n|is|are} too young'],
  'not-no-place': ['{n} hết chỗ', '{n} find no place'],
  'not-unseen': ['{n} ngoài phạm vi của anh/chị', '{n} {n|is|are} not within your scope'],
  'not-no-phone': ['{n} không có số điện thoại', '{n} {n|has|have} no phone on record'],
  'not-told-lately': ['{n} vừa được nhắn trong 7 ngày', '{n} {n|was|were} reminded within 7 days'],
  'not-declined': ['{n} đã yêu cầu không nhắn', '{n} asked not to be reminded'],
  'not-nothing-to-ask': ['{n} không còn việc phải nhắc', '{n} {n|has|have} nothing to be reminded of'],
  'remind-title': ['Nhắn {n} người', 'Remind {n} {n|person|people}'],
  'remind-reading': ['Đang xem nhắn được ai', 'Finding out who is reached'],
  'remind-reached': [
    'Nhắn được {n} người, qua tin nhắn điện thoại.',
    '{n} {n|person|people} {n|is|are} reached, by text message.',
  ],
  'remind-nobody': ['Không nhắn được ai', 'Nobody is reached'],
  'remind-text': ['{n} người nhận:', '{n} {n|person|people} get:'],
  'remind-later': ['Ngoài giờ nhắn: tin gửi lúc {time} ngày {day}.', 'Out of hours: sent at {time} on {day}.'],
  'remind-do': ['Nhắn {n} người', 'Remind {n} {n|person|people}'],
  'remind-done': ['Đã xếp gửi {n} tin', '{n} {n|message|messages} {n|is|are} on their way'],
  'chosen-close': ['Đóng', 'Close'],
} as const

type ChosenWords = typeof chosenWords
declare module '../base/language.tsx' {
  interface Texts extends ChosenWords {}
}
