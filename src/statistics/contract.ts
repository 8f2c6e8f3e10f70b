import { type Static, Type } from 'typebox'
import { CampaignShape, MetricName } from '../campaign/contract-campaign.ts'
import { endpoint } from '../platform/endpoint.ts'
import { problems } from '../platform/problem.ts'

export const statisticsProblem = problems({
  'figure-day-unknown': {
    status: 400,
    title: 'The campaign has no figures for that day',
    vi: 'Chiến dịch chưa có số liệu cho ngày này',
    fix: 'Choose a day from the campaign’s first to the house’s day.',
    fixVi: 'Chọn một ngày từ ngày mở chiến dịch đến ngày hiện tại.',
  },
  'figure-part-unknown': {
    status: 400,
    title: 'The campaign has no such part',
    vi: 'Chiến dịch không có nhóm này',
    fix: 'Choose one of its parts.',
    fixVi: 'Chọn một nhóm của chiến dịch.',
  },
  'figure-unit-outside': {
    status: 403,
    title: 'This unit takes no part in the campaign, or is not within yours',
    vi: 'Đơn vị này không tham gia chiến dịch hoặc ngoài phạm vi của bạn',
    fix: 'Choose a unit of the campaign that lies within your own.',
    fixVi: 'Chọn một đơn vị của chiến dịch thuộc phạm vi của bạn.',
  },
  'figure-unit-gone': {
    status: 400,
    title: 'This unit does not stand on that day',
    vi: 'Ngày này không có đơn vị đó',
    fix: 'Choose a unit of that day’s map, or another map.',
    fixVi: 'Chọn đơn vị theo bản đồ của ngày đó, hoặc chọn bản đồ khác.',
  },
  'figure-without-list': {
    status: 400,
    title: 'This figure counts work, not people: it has no list of them',
    vi: 'Chỉ số này đếm buổi, giờ làm, không có danh sách người',
    fix: 'Open the sessions behind it instead.',
    fixVi: 'Hãy mở danh sách buổi của chỉ số này.',
  },
  'report-unknown': {
    status: 404,
    title: 'There is no such published report',
    vi: 'Không có báo cáo đã công bố này',
    fix: 'Check the code on the paper.',
    fixVi: 'Kiểm tra lại mã ghi trên giấy.',
  },
  'report-unchanged': {
    status: 409,
    title: 'The last published report of that day says the same',
    vi: 'Bản công bố gần nhất của ngày này đã đúng như vậy',
    fix: 'Open that one.',
    fixVi: 'Mở bản đã công bố.',
  },
  'risk-too-many': {
    status: 422,
    title: 'The campaign means more people than chances are worked out for',
    vi: 'Chiến dịch có nhiều người hơn mức tính được khả năng cho từng người',
    fix: 'Make a campaign of the pupils alone.',
    fixVi: 'Lập riêng một chiến dịch cho học sinh.',
  },
  'risk-no-deadline': {
    status: 422,
    title: 'The campaign has no deadline to be in time for',
    vi: 'Chiến dịch chưa có hạn nào để tính kịp hay không',
    fix: 'Make it with a deadline.',
    fixVi: 'Tạo chiến dịch có hạn.',
  },
})

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date', pattern: '^(19|20|21)' })
/** Numbers as the database counts them. */
const [mostParts, mostEditions] = [32_767, 2_147_483_647]
const Whole = Type.Integer()
const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()])

export const maps = ['2023', '2024', '2025'] as const
const MapName = Type.Enum([...maps])
const UnitRef = Type.Object({ id: Uuid, code: Type.String(), name: Type.String(), level: Type.String() })

/** done / target: exact as a share (0.16597…), and the whole per cent, floored (16); null without a target. Above 1 stays above. */
const Rate = Type.Object({ exact: Type.Number(), floorPercent: Whole })

const Forecast = Type.Object({
  low: Whole,
  mid: Whole,
  high: Whole,
  neededPerWorkingDay: Maybe(Whole),
  recentPerWorkingDay: Type.Number(),
  calibration: Maybe(Type.Object({ made: Whole, inside: Whole, meanError: Type.Number() })),
})

/** One line of quick statistics: a unit's count of one metric by the end of a day. */
export const QuickRow = Type.Object({
  unit: UnitRef,
  /** People meant, as known now; and when the campaign's people were first counted. */
  members: Whole,
  frozen: Whole,
  today: Whole,
  cumulative: Whole,
  target: Maybe(Whole),
  /** Of the target, what is not handed down to the units below; 0 at the lowest. */
  notHandedDown: Whole,
  remaining: Maybe(Whole),
  rate: Maybe(Rate),
  rateOfMembers: Maybe(Rate),
  /** Among its siblings by rate; equal rates share a rank. */
  rank: Maybe(Whole),
  /** What the batches ask for by this day, between their due days in proportion to working days. */
  planned: Maybe(Whole),
  neededPerWorkingDay: Maybe(Whole),
  recentPerWorkingDay: Type.Number(),
  forecast: Maybe(Forecast),
  /** Why it is above 100 %: more people than when targets were set, or people who are not of the target's basis. */
  above: Maybe(Type.Enum(['cohort-grew', 'target-below-cohort', 'opening-above'])),
  /** Nothing was entered here that day: no deed and no session. */
  silent: Type.Boolean(),
})
export type QuickRow = Static<typeof QuickRow>

export const QuickSheet = Type.Object({
  campaign: Type.Object({ id: Uuid, name: Type.String(), title: Type.String(), basis: Type.String(), startsOn: DayText }),
  metric: MetricName,
  band: Maybe(Type.Object({ band: Whole, name: Type.String() })),
  day: DayText,
  map: MapName,
  /** The state of knowledge that the figures are of, and when it began. */
  edition: Whole,
  knownAt: Type.String({ format: 'date-time' }),
  /** Deeds that are not counted yet; they will be within some seconds. */
  waiting: Whole,
  dueOn: Maybe(DayText),
  workingDaysLeft: Maybe(Whole),
  whole: QuickRow,
  below: Type.Array(QuickRow),
  /** People of the campaign whose place is no unit of the chosen map: counted in the whole, in no unit below. */
  elsewhere: Type.Object({ members: Whole, cumulative: Whole, today: Whole }),
})
export type QuickSheet = Static<typeof QuickSheet>

const Asked = {
  unit: Type.Optional(Uuid),
  metric: Type.Optional(MetricName),
  day: Type.Optional(DayText),
  band: Type.Optional(Type.Integer({ minimum: 1, maximum: mostParts })),
  map: Type.Optional(MapName),
  /** The first of the days of which `today` tells; absent = the day alone. */
  from: Type.Optional(DayText),
  /** An earlier state of knowledge; absent = as known now. */
  edition: Type.Optional(Type.Integer({ minimum: 0, maximum: mostEditions })),
}
const params = Type.Object({ id: Uuid })

/** What may be wrong with a question after a figure. */
const figureProblems = [
  'campaign-unknown',
  'figure-day-unknown',
  'figure-part-unknown',
  'figure-unit-outside',
  'figure-unit-gone',
  'unit-unknown',
] as const

export const quickStatistics = endpoint({
  method: 'GET',
  path: '/campaigns/:id/quick',
  summary: 'Quick statistics of a unit and the units right below it: today, cumulative, target, remaining, rate, rank, pace, forecast',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(Asked),
  reply: QuickSheet,
  problems: figureProblems,
})

export const quickExport = endpoint({
  method: 'GET',
  path: '/campaigns/:id/quick/export',
  summary: 'The same on A4 (PDF), as a workbook (XLSX), as CSV, or as the evening text to paste',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({ ...Asked, as: Type.Enum(['pdf', 'xlsx', 'csv', 'text']) }),
  problems: figureProblems,
})

export const Course = Type.Object({
  metric: MetricName,
  target: Maybe(Whole),
  dueOn: Maybe(DayText),
  days: Type.Array(Type.Object({ day: DayText, total: Whole, members: Whole, isWorkingDay: Type.Boolean() })),
  plan: Type.Array(Type.Object({ day: DayText, total: Whole, batch: Type.String() })),
  forecast: Maybe(Forecast),
})
export type Course = Static<typeof Course>

export const figureCourse = endpoint({
  method: 'GET',
  path: '/campaigns/:id/course',
  summary: 'A figure day by day since the campaign began, the plan of its batches, and the forecast',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(Asked),
  reply: Course,
  problems: figureProblems,
})

export const Funnel = Type.Object({
  day: DayText,
  members: Whole,
  ways: Type.Array(
    Type.Object({
      way: Type.Enum(['account', 'card']),
      steps: Type.Array(Type.Object({ metric: MetricName, total: Whole, stopped: Whole, rate: Maybe(Rate) })),
    }),
  ),
})
export type Funnel = Static<typeof Funnel>

export const figureFunnel = endpoint({
  method: 'GET',
  path: '/campaigns/:id/funnel',
  summary: 'From "meant" to "done": how many came to each step, and how many stopped before it',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(Asked),
  reply: Funnel,
  problems: figureProblems,
})

/** The communes of a map, each with its tile and its figure. Coverage classes are fixed for the campaign: fifths of the target's plan, from 0 to 100 %. */
export const TileMap = Type.Object({
  day: DayText,
  map: MapName,
  metric: MetricName,
  columns: Whole,
  rows: Whole,
  classes: Type.Array(Type.Number(), { description: 'lower bounds of the five classes, as shares' }),
  districts: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  tiles: Type.Array(
    Type.Object({
      unit: UnitRef,
      district: Maybe(Type.String()),
      col: Whole,
      row: Whole,
      members: Whole,
      cumulative: Whole,
      target: Maybe(Whole),
      rate: Maybe(Rate),
      coverage: Maybe(Type.Integer({ minimum: 1, maximum: 5 })),
      silent: Type.Boolean(),
    }),
  ),
})
export type TileMap = Static<typeof TileMap>

export const figureMap = endpoint({
  method: 'GET',
  path: '/campaigns/:id/map',
  summary: 'The communes of the province as tiles, with their figures',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(Asked),
  reply: TileMap,
  problems: ['campaign-unknown', 'figure-day-unknown'],
})

/** Which people of a figure: those who have it by the day, who came to it in the days from … to, who lack it, everyone meant; or who stopped before the next step. */
export const whichPeople = ['done', 'new', 'lacking', 'members', 'stopped'] as const

const ListAsked = {
  ...Asked,
  which: Type.Optional(Type.Enum([...whichPeople])),
  school: Type.Optional(Uuid),
  class: Type.Optional(Type.String({ maxLength: 40 })),
}

export const ListPerson = Type.Object({
  id: Uuid,
  /** Empty where the person is not to be seen from here; the line stands, so that the list is as long as the figure. */
  name: Maybe(Type.String()),
  number: Maybe(Type.String()),
  born: Maybe(Type.String()),
  sex: Maybe(Type.String()),
  unit: Type.String(),
  school: Maybe(Type.String()),
  class: Maybe(Type.String()),
  band: Type.String(),
  on: Maybe(DayText),
  /** Of those new at level 1: was raised to level 2 instead, and counts less. */
  gone: Type.Boolean(),
})
export type ListPerson = Static<typeof ListPerson>

export const figureList = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list',
  summary: 'The people behind a figure, in the order of names, a page at a time; as many as the figure says',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({
    ...ListAsked,
    after: Type.Optional(Type.String({ format: 'uuid', description: 'the last person of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ total: Whole, day: DayText, unit: UnitRef, people: Type.Array(ListPerson), next: Maybe(Uuid) }),
  problems: [...figureProblems, 'figure-without-list', 'list-page-gone'],
})

/** Every so many people of a long list, the one after whom a page begins: with them one may jump anywhere in it. */
export const figureListMarks = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list/marks',
  summary: 'Where the pages of a long list begin',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({ ...ListAsked, every: Type.Optional(Type.Integer({ minimum: 50, maximum: 1000 })) }),
  reply: Type.Object({ total: Whole, every: Whole, marks: Type.Array(Uuid) }),
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})

export const figureListExport = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list/export',
  summary: 'The same list as a workbook (XLSX)',
  right: 'campaign.export',
  purpose: 'campaign',
  params,
  query: Type.Object(ListAsked),
  problems: [...figureProblems, 'figure-without-list', 'list-too-long'],
})

export const causes = ['deed', 'moved', 'duplicate', 'corrected', 'died', 'excused', 'added', 'left-roll', 'joined-roll', 'card-ended', 'account-ended', 'of-age'] as const // biome-ignore format: one line
const CauseName = Type.Enum([...causes])

/** What made a figure of a day another one than it was in an earlier edition: parts that sum to the difference. */
export const Difference = Type.Object({
  before: Whole,
  after: Whole,
  parts: Type.Array(Type.Object({ cause: CauseName, gone: Whole, come: Whole })),
})
export type Difference = Static<typeof Difference>

export const figureWhy = endpoint({
  method: 'GET',
  path: '/campaigns/:id/why',
  summary: 'Why a figure became another: moved, duplicate, corrected …; the parts sum to the difference',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({ ...ListAsked, since: Type.Integer({ minimum: 0, maximum: mostEditions, description: 'the earlier edition' }) }),
  reply: Difference,
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})

export const figureWhyList = endpoint({
  method: 'GET',
  path: '/campaigns/:id/why/list',
  summary: 'Who made the difference, by name, with the cause',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({ ...ListAsked, since: Type.Integer({ minimum: 0, maximum: mostEditions }), cause: Type.Optional(CauseName) }),
  reply: Type.Object({
    people: Type.Array(Type.Object({ id: Uuid, name: Maybe(Type.String()), cause: CauseName, way: Type.Enum(['gone', 'come']) })),
  }),
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})

const ReportHead = Type.Object({
  id: Uuid,
  code: Type.String(),
  campaign: Type.Object({ id: Uuid, title: Type.String() }),
  unit: UnitRef,
  metric: MetricName,
  day: DayText,
  issue: Whole,
  edition: Whole,
  cumulative: Whole,
  target: Maybe(Whole),
  publishedAt: Type.String({ format: 'date-time' }),
  publishedBy: Type.String(),
})
export type ReportHead = Static<typeof ReportHead>

export const reportPublish = endpoint({
  method: 'POST',
  path: '/campaigns/:id/reports',
  summary: 'Publish the quick statistics of a unit and day: signed, numbered and kept as they are',
  right: 'figures.publish',
  purpose: 'none',
  params,
  body: Type.Object({ unit: Type.Optional(Uuid), metric: Type.Optional(MetricName), day: Type.Optional(DayText) }),
  reply: ReportHead,
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'report-unchanged',
    'unit-unknown',
  ],
})

export const reportList = endpoint({
  method: 'GET',
  path: '/reports',
  summary: 'Published reports of one’s unit and the units below, the latest first',
  right: 'campaign.figures',
  purpose: 'none',
  query: Type.Object({ campaign: Type.Optional(Uuid), day: Type.Optional(DayText) }),
  reply: Type.Object({ reports: Type.Array(ReportHead) }),
})

export const reportOne = endpoint({
  method: 'GET',
  path: '/reports/:id',
  summary: 'A published report as it was, whether its signature holds, and the same day as known now',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  reply: Type.Object({
    head: ReportHead,
    sha256: Type.String(),
    isGenuine: Type.Boolean(),
    published: QuickSheet,
    now: QuickSheet,
    differences: Type.Array(Type.Object({ unit: UnitRef, difference: Difference })),
  }),
  problems: ['report-unknown'],
})

export const reportPaper = endpoint({
  method: 'GET',
  path: '/reports/:id/paper',
  summary: 'A published report on A4 (PDF), as it was',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  problems: ['report-unknown'],
})

export const outsideFigures = endpoint({
  method: 'GET',
  path: '/campaigns/:id/outside',
  summary: 'Figures reported from above or by other systems, beside ours of the same day',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(Asked),
  reply: Type.Object({
    figures: Type.Array(
      Type.Object({ unit: UnitRef, day: DayText, metric: MetricName, source: Type.String(), value: Whole, ours: Whole, difference: Whole, note: Maybe(Type.String()) }), // biome-ignore format: one line
    ),
  }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown'],
})

const RiskGroup = Type.Object({
  key: Type.String(),
  name: Type.String(),
  pupils: Whole,
  inHand: Whole,
  /** How many are expected to make it, and the chance that all do. */
  expected: Type.Number(),
  chanceOfAll: Type.Number(),
  /** Not captured yet, and past the last day on which a capture still gives the card in time, or without such a day. */
  late: Whole,
})

const RiskPupil = Type.Object({
  id: Uuid,
  name: Maybe(Type.String()),
  school: Maybe(Type.String()),
  class: Maybe(Type.String()),
  unit: Type.String(),
  card: Type.Number(),
  account: Type.Number(),
  both: Type.Number(),
  stage: Type.String(),
  lastSafeDay: Maybe(DayText),
  rescue: Maybe(Type.Object({ what: Type.String(), both: Type.Number(), minutes: Whole })),
})

export const riskBoard = endpoint({
  method: 'GET',
  path: '/campaigns/:id/risk',
  summary: 'How likely each pupil has card and account in time, from measured lead times; class, school, ward, province',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({ unit: Type.Optional(Uuid), school: Type.Optional(Uuid), day: Type.Optional(DayText), by: Type.Optional(Type.Enum(['unit', 'school', 'class'])) }), // biome-ignore format: one line
  reply: Type.Object({
    day: DayText,
    deadlines: CampaignShape.properties.deadlines,
    lastSafeDay: Maybe(DayText),
    whole: RiskGroup,
    groups: Type.Array(RiskGroup),
  }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown', 'risk-too-many', 'risk-no-deadline'],
})

export const riskPupils = endpoint({
  method: 'GET',
  path: '/campaigns/:id/risk/pupils',
  summary: 'Pupils in doubt, the least likely first, with what would rescue each',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({
    unit: Type.Optional(Uuid),
    school: Type.Optional(Uuid),
    class: Type.Optional(Type.String({ maxLength: 40 })),
    day: Type.Optional(DayText),
    below: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ total: Whole, pupils: Type.Array(RiskPupil) }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown'],
})
