import { words } from '../../platform/pages/html.ts'
import type { QuickRow, QuickSheet } from '../contract.ts'

export type SheetMetric = QuickSheet['metric']

/** The metric, as a title. */
const metricWords = {
  'number-known': ['Người đã có số định danh cá nhân', 'People with a personal identification number'],
  'card-applied': ['Người đã thu nhận hồ sơ cấp thẻ', 'People who have applied for a card'],
  'card-approved': ['Người có hồ sơ cấp thẻ đã duyệt', 'People whose card application is approved'],
  'card-produced': ['Người có thẻ đã in', 'People whose card is made'],
  'card-returned': ['Người có thẻ đã về đơn vị', 'People whose card has come to the unit'],
  'card-handed-over': ['Người đã được trả thẻ', 'People who hold their card'],
  'account-received': [
    'Tài khoản định danh điện tử đã thu nhận, [[level-1]] và [[level-2]]',
    'Electronic identity accounts applied for, levels 1 and 2',
  ],
  'account-received-1': [
    'Tài khoản định danh điện tử đã thu nhận, [[level-1]]',
    'Electronic identity accounts applied for, level 1',
  ],
  'account-received-2': [
    'Tài khoản định danh điện tử đã thu nhận, [[level-2]]',
    'Electronic identity accounts applied for, level 2',
  ],
  'account-approved': [
    'Tài khoản định danh điện tử đã duyệt, [[level-1]] và [[level-2]]',
    'Electronic identity accounts approved, levels 1 and 2',
  ],
  'account-approved-1': [
    'Tài khoản định danh điện tử đã duyệt, [[level-1]]',
    'Electronic identity accounts approved, level 1',
  ],
  'account-approved-2': [
    'Tài khoản định danh điện tử đã duyệt, [[level-2]]',
    'Electronic identity accounts approved, level 2',
  ],
  'account-activated': [
    'Tài khoản định danh điện tử đã kích hoạt, [[level-1]] và [[level-2]]',
    'Electronic identity accounts activated, levels 1 and 2',
  ],
  'account-activated-1': [
    'Tài khoản định danh điện tử đã kích hoạt, [[level-1]]',
    'Electronic identity accounts activated, level 1',
  ],
  'account-activated-2': [
    'Tài khoản định danh điện tử đã kích hoạt, [[level-2]]',
    'Electronic identity accounts activated, level 2',
  ],
  'sessions-held': ['Đợt cấp lưu động đã tổ chức', 'Sessions held'],
  sites: ['Điểm cấp lưu động đã mở', 'Sites opened'],
  'officer-hours': ['Giờ làm của cán bộ', 'Officer-hours worked'],
  'overtime-hours': ['Giờ làm thêm của cán bộ', 'Overtime hours worked'],
} as const satisfies Record<SheetMetric, readonly [string, string]>
export const sayMetric = words(metricWords)

/** The same as what was done, within a sentence; {count} is one of `count-…` below. */
const deedWords = {
  'number-known': ['đã có số định danh cho {count}', '{count} have a personal identification number'],
  'card-applied': ['đã thu nhận hồ sơ cấp thẻ của {count}', '{count} have applied for a card'],
  'card-approved': ['đã duyệt hồ sơ cấp thẻ của {count}', '{count} have an approved card application'],
  'card-produced': ['đã in thẻ của {count}', '{count} have a card that is made'],
  'card-returned': ['đã nhận về đơn vị thẻ của {count}', '{count} have a card that came to the unit'],
  'card-handed-over': ['đã trả thẻ cho {count}', '{count} hold their card'],
  'account-received': ['đã thu nhận {count}', '{count} applied for'],
  'account-received-1': ['đã thu nhận [[level-1]] được {count}', '{count} applied for at level 1'],
  'account-received-2': ['đã thu nhận [[level-2]] được {count}', '{count} applied for at level 2'],
  'account-approved': ['đã duyệt {count}', '{count} approved'],
  'account-approved-1': ['đã duyệt [[level-1]] được {count}', '{count} approved at level 1'],
  'account-approved-2': ['đã duyệt [[level-2]] được {count}', '{count} approved at level 2'],
  'account-activated': ['đã kích hoạt {count}', '{count} activated'],
  'account-activated-1': ['đã kích hoạt [[level-1]] được {count}', '{count} activated at level 1'],
  'account-activated-2': ['đã kích hoạt [[level-2]] được {count}', '{count} activated at level 2'],
  'sessions-held': ['đã tổ chức {count}', '{count} held'],
  sites: ['đã mở {count}', '{count} opened'],
  'officer-hours': ['đã làm {count}', '{count} worked'],
  'overtime-hours': ['đã làm thêm {count}', '{count} of overtime worked'],
} as const satisfies Record<SheetMetric, readonly [string, string]>
export const sayDeed = words(deedWords)

/** The noun beside a metric's number. */
export const sayNoun = words({
  people: ['người', 'people'],
  accounts: ['tài khoản', 'accounts'],
  sessions: ['đợt', 'sessions'],
  sites: ['điểm', 'sites'],
  hours: ['giờ', 'hours'],
})

/** A step from member to done: its name, and who stopped before it. */
const stepWords = {
  members: ['Trong diện', 'Meant'],
  'card-applied': ['Đã thu nhận', 'Applied'],
  'card-approved': ['Đã duyệt', 'Approved'],
  'card-produced': ['Đã in thẻ', 'Made'],
  'card-returned': ['Thẻ về đơn vị', 'At the unit'],
  'card-handed-over': ['Đã trả thẻ', 'Handed over'],
  'account-received': ['Đã thu nhận', 'Applied'],
  'account-approved': ['Đã duyệt', 'Approved'],
  'account-activated': ['Đã kích hoạt', 'Activated'],
  'before-card-applied': [
    '{n} người trong diện chưa thu nhận hồ sơ cấp thẻ.',
    '{n} of those meant have not applied for a card.',
  ],
  'before-card-approved': [
    '{n} người đã thu nhận nhưng chưa được duyệt.',
    '{n} have applied for a card that is not approved yet.',
  ],
  'before-card-produced': [
    '{n} người đã được duyệt nhưng thẻ chưa in.',
    '{n} have an approved card that is not made yet.',
  ],
  'before-card-returned': ['{n} thẻ đã in nhưng chưa về đơn vị.', '{n} cards are made but have not come to the unit.'],
  'before-card-handed-over': ['{n} thẻ đã về đơn vị nhưng chưa trả.', '{n} cards wait at the unit to be handed over.'],
  'before-account-received': [
    '{n} người trong diện chưa thu nhận tài khoản.',
    '{n} of those meant have not applied for an account.',
  ],
  'before-account-approved': [
    '{n} người đã thu nhận nhưng chưa được duyệt.',
    '{n} have applied for an account that is not approved yet.',
  ],
  'before-account-activated': [
    '{n} người đã được duyệt nhưng chưa kích hoạt.',
    '{n} have an approved account that they have not activated.',
  ],
} as const satisfies Record<string, readonly [string, string]>
export const sayStep = words(stepWords)
export type StepWord = keyof typeof stepWords
export const isStepWord = (key: string): key is StepWord => Object.hasOwn(stepWords, key)

/** Why a figure is above its target; {names} are the units. */
const aboveWords = {
  'cohort-grew': [
    'Vượt 100% vì nay có thêm người trong diện so với lúc giao: {names}.',
    'Above 100% because more people are meant now than when targets were set: {names}.',
  ],
  'target-below-cohort': [
    'Vượt 100% vì chỉ tiêu giao thấp hơn số người trong diện: {names}.',
    'Above 100% because the target is below the number of people meant: {names}.',
  ],
  'opening-above': [
    'Vượt 100% vì số đầu kỳ có cả người ngoài diện giao chỉ tiêu: {names}.',
    'Above 100% because the opening balance holds people outside the target: {names}.',
  ],
} as const satisfies Record<NonNullable<QuickRow['above']>, readonly [string, string]>
export const sayAbove = words(aboveWords)

/** By which tie people are counted in a place. */
export const sayBasis = words({
  school: ['theo trường đang học', 'by the school attended'],
  permanent: ['theo nơi thường trú', 'by permanent residence'],
  temporary: ['theo nơi tạm trú', 'by temporary residence'],
  current: ['theo nơi ở hiện tại', 'by current residence'],
})

/** Sentences; what stands between stars is read first. */
export const saySentence = words({
  'count-of-target': ['*{done}* trên *{target}* {noun} được giao', '*{done}* of *{target}* assigned {noun}'],
  'count-alone': ['*{done}* {noun}', '*{done}* {noun}'],
  'whole-of-target': [
    '{whole} {deed}, đạt *{floor}%* (chính xác {exact}%).',
    '{whole}: {deed}, which is *{floor}%* (exactly {exact}%).',
  ],
  'whole-of-members': [
    '{whole} {deed}, bằng *{floor}%* số người trong diện (chính xác {exact}%); chưa giao chỉ tiêu.',
    '{whole}: {deed}, which is *{floor}%* of those meant (exactly {exact}%); no target is set.',
  ],
  'whole-alone': ['{whole} {deed}; chưa giao chỉ tiêu.', '{whole}: {deed}; no target is set.'],
  'the-whole': ['Toàn {level}', '{name}'],
  gained: ['Trong ngày thêm *{n}*.', '*{n}* more on the day.'],
  lost: ['Trong ngày bớt *{n}*.', '*{n}* fewer on the day.'],
  need: [
    'Còn {days} ngày làm việc đến {due}, mỗi ngày cần *{needed}*.',
    '{days} working days are left until {due}, *{needed}* needed each.',
  ],
  'need-no-days': [
    'Đến hạn {due} không còn ngày làm việc nào, còn thiếu *{remaining}*.',
    'No working day is left until {due}; *{remaining}* remain.',
  ],
  'need-past': ['Hạn {due} đã qua, còn thiếu *{remaining}*.', '{due}, the due day, is over; *{remaining}* remain.'],
  'need-no-due': ['Còn thiếu *{remaining}*, chưa định hạn.', '*{remaining}* remain, no due day is set.'],
  reached: ['Đã đủ chỉ tiêu.', 'The target is reached.'],
  'reached-more': ['Đã đủ chỉ tiêu, thêm *{more}*.', 'The target is reached, and *{more}* more.'],
  forecast: ['Dự báo đến hạn: *{low}* đến *{high}*.', 'Forecast for the due day: *{low}* to *{high}*.'],
  'forecast-one': ['Dự báo đến hạn: *{mid}*.', 'Forecast for the due day: *{mid}*.'],
  recent: ['Mười ngày làm việc gần đây, mỗi ngày thêm {n}.', 'The last ten working days brought {n} each.'],
})

/** What to look at, and how it is counted. */
export const sayNote = words({
  highest: ['Cao nhất: {names}.', 'Highest: {names}.'],
  lowest: ['Thấp nhất: {names}.', 'Lowest: {names}.'],
  'by-rate': ['Theo tỷ lệ: {names}.', 'By rate: {names}.'],
  ranked: ['{name} {floor}%', '{name} {floor}%'],
  'ranked-number': ['{name}: {floor}%', '{name}: {floor}%'],
  'and-more': ['{names} và {n} đơn vị khác', '{names} and {n} other units'],
  silent: ['{n} đơn vị chưa nhập số liệu trong ngày: {names}.', '{n} units have entered nothing on the day: {names}.'],
  'silent-one': ['Chưa nhập số liệu trong ngày: {names}.', 'Nothing was entered on the day by {names}.'],
  'silent-none': ['Đơn vị nào cũng đã nhập số liệu trong ngày.', 'Every unit has entered something on the day.'],
  'silent-self': ['Trong ngày chưa nhập số liệu.', 'Nothing was entered on the day.'],
  'handed-down': ['Chỉ tiêu đã giao hết xuống đơn vị dưới.', 'The target is handed down in full.'],
  'not-handed': ['Còn {n} chỉ tiêu chưa giao xuống đơn vị dưới.', '{n} of the target are not handed down yet.'],
  'over-handed': [
    'Đơn vị dưới được giao nhiều hơn chỉ tiêu chung {n}.',
    'The units below were given {n} more than the target.',
  ],
  'cohort-moved': [
    'Trong diện nay {members} người, khi giao {frozen}.',
    '{members} people are meant now; {frozen} when targets were set.',
  ],
  opening: [
    'Trong đó {n} là số dư đầu kỳ, chuyển từ hệ thống trước: có số lượng theo xã, không có danh sách.',
    '{n} of these are the opening balance, brought along from the system before: counts by commune, no list.',
  ],
  elsewhere: [
    '{n} người trong diện không thuộc đơn vị nào của bản đồ này: chỉ có trong số chung.',
    '{n} of those meant belong to no unit of this map: they are in the whole only.',
  ],
  waiting: ['{n} việc vừa ghi chưa kịp tính vào số này.', '{n} deeds of the last moments are not counted here yet.'],
  outside: [
    '{name}, {source}, ngày {day}: {value}; số liệu đơn vị {ours}, {difference}.',
    '{name}, {source}, {day}: {value}; ours {ours}, {difference}.',
  ],
  'outside-same': ['khớp', 'equal'],
  'outside-more': ['nguồn đó nhiều hơn {n}', 'theirs is {n} more'],
  'outside-less': ['nguồn đó ít hơn {n}', 'theirs is {n} less'],
  'outside-others': [
    'Còn {n} số của nguồn khác: xem trong tệp XLSX.',
    '{n} more figures of other sources are in the XLSX file.',
  ],
  'outside-note': ['{line} Ghi chú: {note}', '{line} Note: {note}'],
  'method-rate': [
    'Tỷ lệ = lũy kế chia chỉ tiêu; số nguyên và số lẻ đều cắt, không làm tròn.',
    'Rate = cumulative / target, cut off and never rounded up.',
  ],
  'method-people': ['Lũy kế đếm người, mỗi người một lần, {basis}.', 'Cumulative counts people, each once, {basis}.'],
  'method-work': [
    'Lũy kế đếm công việc đã làm, tính cho đơn vị thực hiện.',
    'Cumulative counts the work done, for the unit that did it.',
  ],
  'method-need': [
    'Cần/ngày = còn lại chia số ngày làm việc còn lại, làm tròn lên; vì vậy cộng các đơn vị có thể lớn hơn số chung.',
    'Need/day = remaining / working days left, rounded up; so the units’ sum may exceed the whole.',
  ],
  'method-bar': ['Vạch đứng trong thanh là kế hoạch đến ngày này.', 'The tick in the bar is the plan for this day.'],
  'method-silent': [
    'Dấu – ở cột Trong ngày: đơn vị chưa nhập gì.',
    '– under “On the day”: the unit has entered nothing.',
  ],
  'method-forecast': [
    'Dự báo: bốn phần năm khả năng nằm trong khoảng này.',
    'Forecast: four chances in five to lie within.',
  ],
  'method-capped': [
    'Dự báo dừng ở {n} người trong diện, kể cả số dư ban đầu: theo tốc độ gần đây sẽ vượt số này.',
    'The forecast ends at the {n} people who are meant, opening balances included: the recent pace leads above them.',
  ],
  'method-target-above': [
    'Chỉ tiêu {target} nhiều hơn {n} người trong diện, kể cả số dư ban đầu: không thể đạt hết.',
    'The target of {target} is above the {n} people who are meant, opening balances included: it cannot ' +
      'all be reached.',
  ],
  'method-past': [
    'Trong {made} lần dự báo trước, {inside} lần số thật nằm trong khoảng.',
    'Of {made} earlier forecasts, {inside} held.',
  ],
  'method-map': ['Bản đồ hành chính {map}: {n} đơn vị.', 'Administrative map of {map}: {n} units.'],
  'method-map-alone': ['Bản đồ hành chính {map}.', 'Administrative map of {map}.'],
})

/** What frames a sheet: heads, marks, signatures. */
export const saySheet = words({
  'state-name': ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'SOCIALIST REPUBLIC OF VIET NAM'],
  'state-motto': ['Độc lập - Tự do - Hạnh phúc', 'Independence - Freedom - Happiness'],
  'place-day': ['{place}, ngày {d} tháng {m} năm {y}', '{place}, {day}'],
  'title-paper': ['THỐNG KÊ NHANH NGÀY {day}', 'QUICK STATISTICS OF {day}'],
  title: ['Thống kê nhanh ngày {day}', 'Quick statistics of {day}'],
  'title-unit': ['{title}: {name}', '{title}: {name}'],
  'in-brackets': ['{text} ({note})', '{text} ({note})'],
  band: ['Nhóm: {name}.', 'Group: {name}.'],
  'known-at': [
    'Theo số liệu lúc {time} ngày {day} (bản số liệu {edition}).',
    'Figures as known at {time} on {day} (data edition {edition}).',
  ],
  issue: ['Số công bố lần {issue}.', 'Published, issue {issue}.'],
  draft: ['bản nháp, chưa công bố', 'draft, not published'],
  'draft-long': [
    'Bản nháp, chưa công bố: không dùng thay bản công bố.',
    'Draft, not published: it does not stand for a published sheet.',
  ],
  'published-as': ['Bản công bố {code}, lần {issue}.', 'Published as {code}, issue {issue}.'],
  demonstration: ['bản minh họa', 'demonstration'],
  'col-step': ['Bước', 'Step'],
  'col-stopped': ['Dừng trước bước này', 'Stopped before it'],
  'col-share-meant': ['% số trong diện', '% of those meant'],
  'col-source': ['Nguồn', 'Source'],
  'col-day': ['Ngày', 'Day'],
  'col-value': ['Số của nguồn', 'Their figure'],
  'col-ours': ['Số liệu đơn vị', 'Ours'],
  'col-difference': ['Chênh lệch', 'Difference'],
  'col-note': ['Ghi chú', 'Note'],
  yes: ['có', 'yes'],
  'row-whole': ['Toàn {level}', 'All of {name}'],
  'row-elsewhere': ['Ngoài các đơn vị trên', 'In none of these units'],
  'head-funnel': ['Dừng ở bước nào', 'Where they stopped'],
  'head-notes': ['Cần chú ý', 'To note'],
  'head-method': ['Cách tính.', 'How it is counted.'],
  scan: ['Quét để đối chiếu bản công bố.', 'Scan to compare with the published sheet.'],
  code: ['Mã bản: *{code}*', 'Code: *{code}*'],
  fingerprint: ['Dấu kiểm:', 'Fingerprint:'],
  'sign-maker': ['NGƯỜI LẬP BIỂU', 'PREPARED BY'],
  'sign-commander': ['THỦ TRƯỞNG ĐƠN VỊ', 'HEAD OF THE UNIT'],
  'sign-how': ['(ký, ghi rõ họ tên)', '(signature and full name)'],
  'foot-house': ['Định danh, thống kê nhanh', 'Dinhdanh, quick statistics'],
  'foot-printed': ['In {day} {time}, {author}', 'Printed {day} {time}, {author}'],
  'foot-page': ['Trang {page}/{pages}', 'Page {page}/{pages}'],
  'made-by': ['Người in: {author}, {day} {time}.', 'Printed by {author}, {day} {time}.'],
  'sheet-units': ['Thống kê nhanh', 'Quick statistics'],
  'sheet-notes': ['Ghi chú, cách tính', 'Notes, method'],
  'sheet-funnel': ['Từng bước', 'Step by step'],
  'sheet-outside': ['Nguồn khác', 'Other sources'],
})
