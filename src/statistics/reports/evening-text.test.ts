import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metrics } from '../../campaign/metric.ts'
import { eveningText } from './evening-text.ts'
import { aDraft, aLine, aPublished, aSheet, manyCommunes } from './sheet.test-sample.ts'
import { exactPercentText, paceText } from './sheet-numbers-and-days.ts'

const linesOf = (...asked: Parameters<typeof eveningText>) => eveningText(...asked).split('\n')

test('120,000 of 723,000 is read as 16 % and 16,597 %, where rounding would say 17 and 16,598', () => {
  const lines = linesOf(aSheet(), aPublished, 'vi')
  assert.equal(lines[0], 'Thống kê nhanh ngày 20/04/2023: Tỉnh Quảng Ninh')
  assert.equal(
    lines[2],
    'Toàn tỉnh đã kích hoạt 120.000 trên 723.000 tài khoản được giao, đạt 16% (chính xác 16,597%).',
  )
  assert.equal(
    linesOf(aSheet(), aPublished, 'en')[2],
    'Tỉnh Quảng Ninh: 120,000 of 723,000 assigned accounts activated, which is 16% (exactly 16.597%).',
  )
  assert.equal(exactPercentText(699_634, 637_607, 'vi'), '109,728')
  assert.equal(exactPercentText(1, 723_000, 'vi'), '0,000')
  assert.equal(exactPercentText(29, 100, 'vi'), '29,000', 'what is whole is not cut below itself')
})

test('the evening text has pace, forecast, the best and the worst three, and the units without a report', () => {
  const silentUnits = ['Xã Đồn Đạc', 'Xã Minh Cầm']
  const text = eveningText(aSheet(), { ...aPublished, isDemonstration: true, silentUnits }, 'vi')
  for (const line of [
    'Thống kê nhanh ngày 20/04/2023: Tỉnh Quảng Ninh (bản minh họa)',
    'Trong ngày thêm 3.412.',
    'Còn 48 ngày làm việc đến 30/06/2023, mỗi ngày cần 12.563.',
    'Mười ngày làm việc gần đây, mỗi ngày thêm 3.070.',
    'Dự báo đến hạn: 268.000 đến 357.000.',
    'Cao nhất: Huyện Cô Tô 31%, Thành phố Uông Bí 20%, Thành phố Cẩm Phả 18%.',
    'Thấp nhất: Huyện Vân Đồn 14%, Thị xã Quảng Yên 14%, Thị xã Đông Triều 15%.',
    '2 đơn vị chưa nhập số liệu trong ngày: Xã Đồn Đạc, Xã Minh Cầm.',
    'Theo số liệu lúc 17:30 ngày 20/04/2023 (bản số liệu 41). Bản công bố QN-20230420-1, lần 1.',
  ])
    assert.ok(text.split('\n').includes(line), `${line}\nin\n${text}`)
})

test('it is at most fifteen plain lines, names no author and holds no link, however much there is to say', () => {
  const causes = ['cohort-grew', 'target-below-cohort', 'opening-above'] as const
  const below = manyCommunes(200).map((line, i) => ({ ...line, silent: i % 2 === 0, above: causes[i % 5] ?? null }))
  for (const paper of [aDraft, { ...aPublished, isDemonstration: true }])
    for (const language of ['vi', 'en'] as const) {
      const text = eveningText(aSheet({ below }), paper, language)
      assert.ok(text.split('\n').length <= 15)
      assert.ok(!text.includes(paper.author))
      assert.ok(!/https?:|www\.|[{}*<>]/.test(text), text)
    }
  assert.match(
    eveningText(aSheet({ below }), aDraft, 'vi'),
    /^100 đơn vị chưa nhập số liệu trong ngày: .* và 90 đơn vị khác\.$/m,
  )
})

test('no unit is among the best and the worst at once, and three or fewer stand in one line', () => {
  const some = (count: number) => aSheet({ below: manyCommunes(count) })
  const five = eveningText(some(5), aDraft, 'vi')
  assert.match(five, /^Cao nhất: [^,]+, [^,]+\.$/m)
  assert.match(five, /^Thấp nhất: Xã Thử Nghiệm 0: 11%, Xã Thử Nghiệm 1: 11%\.$/m)
  assert.match(eveningText(some(3), aDraft, 'vi'), /^Theo tỷ lệ: [^,]+, [^,]+, [^,]+\.$/m)
  assert.doesNotMatch(eveningText(aSheet({ below: [] }), aDraft, 'vi'), /Cao nhất|Thấp nhất|Theo tỷ lệ|đơn vị/)
})

test('what is needed depends on the target and the due day', () => {
  const need = (sheet: Parameters<typeof aSheet>[0], whole?: Parameters<typeof aSheet>[1]) =>
    linesOf(aSheet(sheet, whole), aDraft, 'vi')[4]
  assert.equal(need({}, { cumulative: 723_000 }), 'Đã đủ chỉ tiêu.')
  assert.equal(need({}, { cumulative: 730_000 }), 'Đã đủ chỉ tiêu, thêm 7.000.')
  assert.equal(need({ dueOn: '2023-04-19', workingDaysLeft: 0 }), 'Hạn 19/04/2023 đã qua, còn thiếu 603.000.')
  assert.equal(
    need({ dueOn: '2023-04-20', workingDaysLeft: 0 }),
    'Đến hạn 20/04/2023 không còn ngày làm việc nào, còn thiếu 603.000.',
  )
  assert.equal(need({ dueOn: null, workingDaysLeft: null }), 'Còn thiếu 603.000, chưa định hạn.')
  assert.equal(need({}, { neededPerWorkingDay: null }), 'Còn 48 ngày làm việc đến 30/06/2023, mỗi ngày cần 12.563.')
  assert.doesNotMatch(
    eveningText(aSheet({ dueOn: '2023-04-19' }), aDraft, 'vi'),
    /Dự báo/,
    'nothing is foretold of a day that is over',
  )
})

test('without a target the share is of the members, and the text says so', () => {
  const whole = aLine('06652', 'Phường Hà Phong', null, 1001, { today: -3 })
  const text = eveningText(aSheet({ whole, below: [], dueOn: null }), aDraft, 'vi')
  assert.match(
    text,
    new RegExp(
      String.raw`^Toàn phường đã kích hoạt 1\.001 tài khoản, bằng 25% số người trong diện \(chính xác ` +
        String.raw`25,025%\); chưa giao chỉ tiêu\.$`,
      'm',
    ),
  )
  assert.match(text, /^Trong ngày bớt 3\.$/m)
  assert.match(text, /Bản nháp, chưa công bố/)
})

test('every metric has its sentence, with number and target, in both languages', () => {
  for (const metric of metrics)
    for (const language of ['vi', 'en'] as const) {
      const [, about, state] = linesOf(aSheet({ metric }), aDraft, language)
      const figures = { vi: /120\.000 \S+ 723\.000 .*16,597%/, en: /120,000 \S+ 723,000 .*16\.597%/ }[language]
      assert.match(state ?? '', figures, metric)
      if (metric.includes('-'))
        assert.ok(!`${about}${state}`.includes(metric), `${metric} is said in words: ${about} ${state}`)
      assert.ok(!/[{}*]/.test(`${about}${state}`))
    }
})

test('a slow pace keeps a decimal, which is cut and not rounded', () => {
  assert.deepEqual(
    [0, 0.04, 0.96, 9.99, 10.9, 3070.8, -2.55].map(pace => paceText(pace, 'vi')),
    ['0', '0', '0,9', '9,9', '10', '3.070', '-2,5'],
  )
})
