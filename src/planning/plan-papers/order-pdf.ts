import { slashedDay } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawSignatureFields } from '../../platform/pdf/parts.ts'
import {
  ensureHeight,
  newPage,
  openPaper,
  type PdfPaper,
  sheets,
  wholeWidth,
  writeAt,
  writeText,
} from '../../platform/pdf/pdf.ts'
import { drawTable, type PdfColumn } from '../../platform/pdf/table.ts'
import { type DemandKind, demandKinds } from '../optimiser/instance.ts'
import {
  centred,
  daysText,
  drawNumberAndDay,
  drawPlanHeading,
  filled,
  finishPlanPaper,
  numberText,
  type PaperMarks,
  say,
  shortDay,
  timeText,
  writeSection,
} from './paper-texts.ts'

/** The order of a plan that a commander accepted, by NĐ30/2020, with its annexes. It names officers alone. */

export type PlanOrderPaper = PaperMarks & {
  readonly campaign: string
  readonly from: string
  readonly to: string
  readonly acceptedBy: string
  readonly acceptedOn: string
  readonly teams: number
  readonly officers: number
  readonly kitCount: number
  readonly sites: number
  readonly late: number
  readonly unserved: number
  readonly sessions: readonly {
    readonly day: string
    readonly team: string
    readonly from: string
    readonly to: string
    readonly site: string
    readonly kits: readonly string[]
    readonly people: Readonly<Record<DemandKind, number>>
  }[]
  /** Officers with overtime alone, in minutes. */
  readonly overtime: readonly {
    readonly officer: string
    readonly team: string
    readonly days: readonly string[]
    readonly minutes: number
    readonly restDays: number
  }[]
  readonly kits: readonly {
    readonly kit: string
    readonly store: string
    readonly team: string
    readonly days: readonly string[]
  }[]
  readonly crossings: readonly {
    readonly day: string
    readonly team: string
    readonly from: string
    readonly to: string
    readonly departs: string
    readonly arrives: string
  }[]
}

const tableTypes = { head: types.head, cell: types.text }

export function planOrderPdf(order: PlanOrderPaper): Promise<Buffer> {
  const title = filled('title-what', { from: slashedDay(order.from), to: slashedDay(order.to) })
  const paper = openPaper({ title: `${say('title')} ${title}`, at: order.printedAt, size: sheets.a4, margin: 18 })
  drawPlanHeading(paper, order)
  drawNumberAndDay(paper, order, order.acceptedOn)
  writeText(paper, say('title'), types.title, centred(paper))
  writeText(paper, title, types.strong, centred(paper))
  writeText(paper, filled('of-campaign', { name: order.campaign }), types.text, centred(paper))
  drawParts(paper, order)
  drawSigning(paper)
  drawAnnexes(paper, order)
  return finishPlanPaper(paper, order)
}

function drawParts(paper: PdfPaper, order: PlanOrderPaper): void {
  const { sessions, overtime, late, unserved } = order
  writeSection(
    paper,
    say('part-forces'),
    filled('forces', {
      teams: numberText(order.teams),
      officers: numberText(order.officers),
      kits: numberText(order.kitCount),
      sessions: numberText(sessions.length),
      sites: numberText(order.sites),
    }),
  )
  const served = (kind: DemandKind) => sessions.reduce((sum, { people }) => sum + people[kind], 0)
  const kinds = demandKinds
    .filter(kind => served(kind) > 0)
    .map(kind => filled(`expected-${kind}`, { n: numberText(served(kind)) }))
  writeSection(paper, say('part-people'), filled('people', { people: kinds.join(', ') || say('none') }))
  if (late > 0)
    writeText(paper, filled('people-late', { late: numberText(late), unserved: numberText(unserved) }), types.text)
  const minutes = overtime.reduce((sum, one) => sum + one.minutes, 0)
  const ordered = filled('overtime', { officers: numberText(overtime.length), time: timeText(minutes) })
  writeSection(paper, say('part-overtime'), overtime.length > 0 ? ordered : say('overtime-none'))
  writeSection(paper, say('part-duty'), say('duty'))
  if (order.crossings.length > 0) writeText(paper, say('duty-boats'), types.text)
  writeText(paper, filled('accepted-by', { name: order.acceptedBy, day: slashedDay(order.acceptedOn) }), types.text)
  paper.y += 14
}

/** In points: the list of who receives it, beside the signature. */
const signingHeight = 130

function drawSigning(paper: PdfPaper): void {
  ensureHeight(paper, signingHeight)
  const top = paper.y
  const { x, width } = wholeWidth(paper)
  const left = { x, width: width / 2 }
  const under = writeAt(paper, say('recipients'), types.note, left, top)
  let y = under
  for (const who of ['recipients-teams', 'recipients-units', 'recipients-records'] as const)
    y = writeAt(paper, say(who), types.small, left, y)
  paper.y = top
  drawSignatureFields(paper, [
    { title: '', note: '' },
    { title: say('head'), note: say('head-note') },
  ])
}

function drawAnnexes(paper: PdfPaper, order: PlanOrderPaper): void {
  const counted = (people: number) => (people > 0 ? numberText(people) : '')
  drawAnnex(
    paper,
    order,
    ['I', 'annex-sessions'],
    [
      { title: say('column-day'), share: 1.5 },
      { title: say('column-team'), share: 2 },
      { title: say('column-hours'), share: 1.9, kind: 'figures' },
      { title: say('column-site'), share: 3.4 },
      { title: say('column-kits'), share: 1.9 },
      { title: say('column-capture'), share: 1, align: 'right', kind: 'figures' },
      { title: say('column-activation'), share: 1.1, align: 'right', kind: 'figures' },
      { title: say('column-raising'), share: 1, align: 'right', kind: 'figures' },
    ],
    order.sessions.map(({ day, team, from, to, site, kits, people }) => [
      shortDay(day),
      team,
      `${from}-${to}`,
      site,
      kits.join(', '),
      counted(people.capture),
      counted(people.activation),
      counted(people.raising),
    ]),
  )
  drawAnnex(
    paper,
    order,
    ['II', 'annex-overtime'],
    [
      { title: say('column-number'), share: 0.6, align: 'centre' },
      { title: say('column-officer'), share: 3 },
      { title: say('column-team'), share: 2.4 },
      { title: say('column-days'), share: 3 },
      { title: say('column-overtime'), share: 2.2, align: 'right' },
      { title: say('column-rest-days'), share: 1.1, align: 'right', kind: 'figures' },
    ],
    order.overtime.map(({ officer, team, days, minutes, restDays }, at) => [
      String(at + 1),
      officer,
      team,
      daysText(days),
      timeText(minutes),
      counted(restDays),
    ]),
  )
  drawAnnex(
    paper,
    order,
    ['III', 'annex-kits'],
    [
      { title: say('column-kit'), share: 2 },
      { title: say('column-store'), share: 2.6 },
      { title: say('column-team'), share: 2.4 },
      { title: say('column-days'), share: 4 },
    ],
    order.kits.map(({ kit, store, team, days }) => [kit, store, team, daysText(days)]),
  )
  drawAnnex(
    paper,
    order,
    ['IV', 'annex-crossings'],
    [
      { title: say('column-day'), share: 1.6 },
      { title: say('column-team'), share: 2.2 },
      { title: say('column-from'), share: 2.4 },
      { title: say('column-to'), share: 2.4 },
      { title: say('column-departs'), share: 1.2, kind: 'figures' },
      { title: say('column-arrives'), share: 1.2, kind: 'figures' },
    ],
    order.crossings.map(({ day, team, from, to, departs, arrives }) => [
      shortDay(day),
      team,
      from,
      to,
      departs,
      arrives,
    ]),
  )
}

/** On a page of its own; none where it would be empty. */
function drawAnnex(
  paper: PdfPaper,
  { acceptedOn }: PlanOrderPaper,
  [n, title]: readonly [string, Parameters<typeof say>[0]],
  columns: readonly PdfColumn[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) return
  newPage(paper)
  const [y = '', m = '', d = ''] = acceptedOn.split('-')
  writeText(paper, filled('annex', { n }), types.strong, centred(paper))
  writeText(paper, say(title), types.section, centred(paper))
  writeText(paper, filled('annex-of', { d, m, y }), types.note, centred(paper))
  paper.y += 6
  drawTable(paper, columns, rows, tableTypes)
}
