import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, asDay } from '../../platform/day.ts'
import { readPdfLines, readPdfPages } from '../../platform/pdf/pdf.test-reader.ts'
import { type TeamDaySheet, teamDaySheetPdf } from './day-sheet-pdf.ts'
import { type PlanOrderPaper, planOrderPdf } from './order-pdf.ts'
import { daysText } from './paper-texts.ts'

const names = ['Công Tằng Tôn Nữ Phương Nguyễn Hoàng Khánh Quỳnh', 'Nguyễn Văn Đạt', 'Chìu Sủi Lìn', "H'Hen Niê"]
const sites = [
  'Trường Phổ thông Dân tộc nội trú Trung học cơ sở và Trung học phổ thông tỉnh Quảng Ninh',
  'THPT Vũng Đục',
  'Nhà văn hóa khu phố Trần Hưng Đạo, phường Cẩm Thạch',
]
const marks = {
  planId: '0195f3c2-7d1e-7cc1-8f3a-000000000001',
  unit: { above: 'Bộ Công an', name: 'Công an tỉnh Quảng Ninh', town: 'Quảng Ninh', seat: 'tỉnh Quảng Ninh' },
  printedAt: new Date('2026-01-05T02:00:00Z'),
  isDemonstration: false,
}
const dayAfter = (days: number) => addDays(asDay('2023-04-21'), days)
const order: PlanOrderPaper = {
  ...marks,
  campaign: 'Cấp tài khoản định danh điện tử cho học sinh lớp 12',
  from: '2023-04-21',
  to: '2023-05-25',
  acceptedBy: 'Trịnh Hải Sơn',
  acceptedOn: '2023-04-20',
  teams: 8,
  officers: 24,
  kitCount: 12,
  sites: 50,
  late: 1786,
  unserved: 1700,
  sessions: Array.from({ length: 50 }, (_, at) => ({
    day: dayAfter(Math.floor(at / 8)),
    team: `Tổ ${1 + (at % 8)}, Công an thành phố Cẩm Phả`,
    from: '13:30',
    to: '17:30',
    site: `${sites[at % 3]} ${at + 1}`,
    kits: ['QN-01', 'QN-02', 'QN-03'],
    people: { capture: 52, activation: at % 2 ? 0 : 118, raising: 0 },
  })),
  overtime: Array.from({ length: 24 }, (_, at) => ({
    officer: names[at % 4] ?? '',
    team: `Tổ ${1 + (at % 8)}`,
    days: [0, 1, 2, 5, 7, 9, 12].map(dayAfter),
    minutes: 30 * (at + 1),
    restDays: 1,
  })),
  kits: Array.from({ length: 12 }, (_, at) => ({
    kit: `QN-${at + 1}`,
    store: 'Phường Cẩm Đông',
    team: `Tổ ${at + 1}`,
    days: [0, 1, 2, 4].map(dayAfter),
  })),
  crossings: [
    { day: '2023-04-24', team: 'Tổ 7', from: 'Cái Rồng', to: 'Đảo Cô Tô', departs: '07:30', arrives: '09:10' },
  ],
}
const squeezed = (text: string) => text.replaceAll(' ', '')

test('an order has its annexes: each session once, overtime by officer, kits and crossings', async () => {
  const pdf = await planOrderPdf(order)
  const lines = readPdfLines(pdf)
  const text = lines.join('\n')
  for (const said of ['KẾ HOẠCH', 'Phụ lục I', 'Phụ lục II', 'Phụ lục III', 'Phụ lục IV', 'ĐảoCôTô', 'Trịnh Hải Sơn'])
    assert.ok(text.includes(squeezed(said)), said)
  assert.ok(text.includes(squeezed('Điều động 24 cán bộ làm thêm giờ, tổng cộng 150 giờ')))
  assert.equal(lines.filter(line => line.includes('13:30-17:30')).length, order.sessions.length)
  const pages = readPdfPages(pdf).length
  for (let page = 1; page <= pages; page++) assert.ok(lines.some(line => line.endsWith(`Trang${page}/${pages}`)))
})

test('an order without overtime or boats says so, and has no empty annex', async () => {
  const text = readPdfLines(await planOrderPdf({ ...order, overtime: [], crossings: [] })).join('\n')
  assert.ok(text.includes(squeezed('Không điều động làm thêm giờ')))
  assert.ok(!text.includes(squeezed('Phụ lục II\n')) && !text.includes(squeezed('CHUYẾN TÀU')))
})

const sheet: TeamDaySheet = {
  ...marks,
  isDraft: true,
  team: 'Tổ 7, Công an huyện Vân Đồn',
  day: '2023-04-24',
  base: 'Thị trấn Cái Rồng',
  departs: '07:15',
  returns: '17:40',
  travelMinutes: 145,
  overtimeMinutes: 40,
  km: 61.5,
  kits: [{ kit: 'QN-05', store: 'Phường Cẩm Đông' }],
  officers: names.map((name, at) => ({ name, role: at === 0 ? 'photo' : 'reserve', phone: '0900 000 00' + at })),
  steps: [
    { from: '07:15', to: '07:30', what: 'road', place: 'Thị trấn Cái Rồng – Bến Cái Rồng', km: 3.5 },
    { from: '07:30', to: '08:40', what: 'boat', place: 'Bến Cái Rồng – Đảo Quan Lạn', km: 27 },
    { from: '08:40', to: '09:00', what: 'set-up', place: sites[0] ?? '' },
    { from: '09:00', to: '11:30', what: 'session', place: sites[0] ?? '' },
  ],
  sessions: [
    {
      site: sites[0] ?? '',
      address: 'Thôn Đông Nam, xã Quan Lạn, huyện Vân Đồn, tỉnh Quảng Ninh',
      unit: 'Công an xã Quan Lạn',
      from: '09:00',
      to: '11:30',
      kits: ['QN-05'],
      people: { capture: 24, activation: 6, raising: 0 },
      classes: [
        { name: '12A1', people: 20 },
        { name: '', people: 4 },
      ],
    },
  ],
}

test('a day sheet has route, officers with roles and phones, and how many are expected by class', async () => {
  const text = readPdfLines(await teamDaySheetPdf(sheet)).join('\n')
  for (const said of [
    'thứ Hai ngày 24/04/2023',
    'Dự thảo',
    'Đi tàu',
    '07:30-08:40',
    'Chụp ảnh',
    'QN-05 (giữ tại Phường Cẩm Đông)',
    'Công an xã Quan Lạn',
    '24 người thu nhận, 6 người kích hoạt',
    '12A1: 20; không theo lớp: 4',
  ])
    assert.ok(text.includes(squeezed(said)), said)
})

test('a day sheet of an accepted plan is no draft', async () => {
  const text = readPdfLines(await teamDaySheetPdf({ ...sheet, isDraft: false })).join('\n')
  assert.ok(!text.includes(squeezed('Dự thảo')))
})

test('days in sequence are told as a span', () => {
  assert.equal(daysText(['2023-04-30', '2023-05-01', '2023-04-21']), '21/04, 30/04–01/05')
})
