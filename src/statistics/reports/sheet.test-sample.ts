import { asId } from '../../platform/ids.ts'
import type { FigureFunnel, QuickRow, QuickSheet } from '../contract.ts'
import type { SheetPaper } from './sheet-notes.ts'

/** A unit's line with what is told of it; the rest follows from target and cumulative. */
export function aLine(
  code: string,
  name: string,
  target: number | null,
  cumulative: number,
  more: Partial<QuickRow> = {},
): QuickRow {
  const rate = (of: number) => ({ exact: cumulative / of, floorPercent: Math.floor((cumulative * 100) / of) })
  return {
    unit: { id: asId<'unit'>(`019070a0-0000-7000-8000-${code.padStart(12, '0')}`), code, name, level: 'district' },
    members: target ?? 4000,
    frozen: target ?? 4000,
    today: 0,
    cumulative,
    target,
    notHandedDown: 0,
    remaining: target === null ? null : target - cumulative,
    rate: target ? rate(target) : null,
    rateOfMembers: rate(target ?? 4000),
    rank: null,
    planned: target === null ? null : Math.round(target / 4),
    neededPerWorkingDay: null,
    recentPerWorkingDay: 0,
    forecast: null,
    above: null,
    silent: false,
    ...more,
  }
}

/** The province on 20 April 2023, domain.md 7.1; the districts' figures are invented and sum to it. */
export function aSheet(more: Partial<QuickSheet> = {}, whole: Partial<QuickRow> = {}): QuickSheet {
  return {
    campaign: {
      id: '019070a0-0000-7000-8000-0000000c0001',
      name: 'xuan-2023',
      title: 'Chiến dịch định danh mùa xuân 2023',
      basis: 'permanent',
      startsOn: '2023-03-01',
    },
    metric: 'account-activated',
    band: null,
    day: '2023-04-20',
    map: '2023',
    edition: 41,
    knownAt: '2023-04-20T10:30:00.000Z',
    waiting: 0,
    dueOn: '2023-06-30',
    workingDaysLeft: 48,
    whole: aLine('22', 'Tỉnh Quảng Ninh', 723_000, 120_000, {
      today: 3412,
      neededPerWorkingDay: 12_563,
      recentPerWorkingDay: 3070.8,
      forecast: {
        low: 268_000,
        mid: 310_000,
        high: 357_000,
        neededPerWorkingDay: 12_563,
        recentPerWorkingDay: 3070.8,
        calibration: { made: 21, inside: 17, meanError: -210 },
      },
      ...whole,
    }),
    below: theDistricts.map(([code, name, target, cumulative], i) =>
      aLine(code, name, target, cumulative, { rank: i + 1 }),
    ),
    elsewhere: { members: 0, cumulative: 0, today: 0 },
    ...more,
  }
}

const theDistricts = [
  ['193', 'Thành phố Hạ Long', 277_400, 44_456],
  ['194', 'Thành phố Móng Cái', 62_100, 10_432],
  ['195', 'Thành phố Cẩm Phả', 111_111, 20_037],
  ['196', 'Thành phố Uông Bí', 69_200, 14_462],
  ['203', 'Huyện Vân Đồn', 26_900, 3766],
  ['205', 'Thị xã Đông Triều', 99_600, 15_039],
  ['206', 'Thị xã Quảng Yên', 73_289, 10_731],
  ['207', 'Huyện Cô Tô', 3400, 1077],
] as const

/** So many communes, each of its own figures, in the order of their codes. */
export const manyCommunes = (count: number): QuickRow[] =>
  Array.from({ length: count }, (_, i) =>
    aLine(String(10_000 + i), i % 17 === 3 ? `${longName} số ${i}` : `Xã Thử Nghiệm ${i}`, 3600 + i, 400 + 3 * i, {
      today: i,
      rank: i + 1,
    }),
  )

export const longName = 'Phường Nguyễn Thị Minh Khai – Trần Hưng Đạo – Khu kinh tế ven biển và hải đảo Đông Bắc'

export const aFunnel: FigureFunnel = {
  day: '2023-04-20',
  members: 723_000,
  ways: [
    { way: 'card', steps: [{ metric: 'card-applied', total: 700_000, stopped: 23_000, rate: null }] },
    {
      way: 'account',
      steps: [
        { metric: 'account-received', total: 486_200, stopped: 236_800, rate: null },
        { metric: 'account-approved', total: 441_900, stopped: 44_300, rate: null },
        { metric: 'account-activated', total: 120_000, stopped: 321_900, rate: null },
      ],
    },
  ],
}

export const aDraft: SheetPaper = {
  author: 'Trịnh Hải Sơn',
  printedAt: new Date('2023-04-20T10:42:00Z'),
  isDemonstration: false,
}

export const aPublished: SheetPaper = {
  ...aDraft,
  published: {
    code: 'QN-20230420-1',
    issue: 1,
    sha256: '7c1e94b02af3d85a0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506172',
  },
}
