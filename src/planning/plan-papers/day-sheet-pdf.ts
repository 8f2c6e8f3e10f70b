import { slashedDay } from '../../platform/day.ts'
import { types } from '../../platform/pdf/letter-sizes.ts'
import { drawField, drawFields } from '../../platform/pdf/parts.ts'
import { ensureHeight, openPaper, type PdfPaper, sheets, writeText } from '../../platform/pdf/pdf.ts'
import { drawTable } from '../../platform/pdf/table.ts'
import { type DemandKind, demandKinds } from '../optimiser/instance.ts'
import type { TeamRole } from '../session.ts'
import {
  centred,
  drawPlanHeading,
  filled,
  finishPlanPaper,
  numberText,
  type PaperMarks,
  say,
  timeText,
  weekdayName,
  writeSection,
} from './paper-texts.ts'

/** What a team takes along on a day. It names its officers; of those who are expected it has numbers alone. */

export type DayStep = {
  readonly from: string
  readonly to: string
  readonly what: 'road' | 'boat' | 'set-up' | 'session' | 'pack'
  readonly place: string
  readonly km?: number | undefined
}

export type TeamDaySheet = PaperMarks & {
  readonly isDraft: boolean
  readonly team: string
  readonly day: string
  readonly base: string
  readonly departs: string
  readonly returns: string
  /** Of one officer. */
  readonly travelMinutes: number
  readonly overtimeMinutes: number
  readonly km: number
  readonly kits: readonly { readonly kit: string; readonly store: string }[]
  readonly officers: readonly {
    readonly name: string
    readonly role?: TeamRole | undefined
    readonly phone?: string | undefined
  }[]
  readonly steps: readonly DayStep[]
  readonly sessions: readonly {
    readonly site: string
    readonly address: string
    readonly unit: string
    readonly from: string
    readonly to: string
    readonly kits: readonly string[]
    readonly people: Readonly<Record<DemandKind, number>>
    /** Of the roster, without names; '' for those of no class. */
    readonly classes: readonly { readonly name: string; readonly people: number }[]
  }[]
}

const tableTypes = { head: types.head, cell: types.text }

export function teamDaySheetPdf(sheet: TeamDaySheet): Promise<Buffer> {
  const { team, day } = sheet
  const what = filled('day-sheet-what', { team, weekday: weekdayName(day), day: slashedDay(day) })
  const paper = openPaper({ title: `${say('day-sheet')} ${what}`, at: sheet.printedAt, size: sheets.a4, margin: 18 })
  drawPlanHeading(paper, sheet)
  writeText(paper, say('day-sheet'), types.title, centred(paper))
  writeText(paper, what, types.strong, centred(paper))
  if (sheet.isDraft) writeText(paper, say('draft'), types.note, centred(paper))
  paper.y += 6
  drawWhole(paper, sheet)
  drawOfficers(paper, sheet)
  drawRoute(paper, sheet)
  for (const [at, session] of sheet.sessions.entries()) drawSession(paper, session, at + 1)
  return finishPlanPaper(paper, sheet)
}

function drawWhole(paper: PdfPaper, sheet: TeamDaySheet): void {
  const { base, departs, returns, travelMinutes, overtimeMinutes, km, kits } = sheet
  drawFields(paper, [
    [say('base'), base, 3],
    [say('out'), filled('from-to', { from: departs, to: returns }), 2],
  ])
  drawFields(paper, [
    [say('way-sum'), filled('way-sum-of', { time: timeText(travelMinutes), km: numberText(km) }), 3],
    [say('overtime-each'), overtimeMinutes > 0 ? timeText(overtimeMinutes) : say('none'), 2],
  ])
  const taken = kits.map(({ kit, store }) => filled('kit-at', { kit, store })).join('; ')
  drawField(paper, [say('kits'), taken || say('none')])
}

function drawOfficers(paper: PdfPaper, { officers }: TeamDaySheet): void {
  writeSection(paper, say('part-officers'))
  drawTable(
    paper,
    [
      { title: say('column-number'), share: 0.6, align: 'centre' },
      { title: say('column-officer'), share: 4 },
      { title: say('column-role'), share: 2.4 },
      { title: say('column-phone'), share: 2, kind: 'figures' },
    ],
    officers.map(({ name, role, phone = '' }, at) => [String(at + 1), name, role ? say(`role-${role}`) : '', phone]),
    tableTypes,
  )
}

function drawRoute(paper: PdfPaper, { steps }: TeamDaySheet): void {
  writeSection(paper, say('part-route'))
  drawTable(
    paper,
    [
      { title: say('column-hours'), share: 1.6, kind: 'figures' },
      { title: say('column-what'), share: 1.8 },
      { title: say('column-place'), share: 5 },
      { title: say('column-km'), share: 0.9, align: 'right', kind: 'figures' },
    ],
    steps.map(({ from, to, what, place, km }) => [
      `${from}-${to}`,
      say(`step-${what}`),
      place,
      km === undefined ? '' : numberText(km),
    ]),
    tableTypes,
  )
}

/** In points: the head of a session with its first lines. */
const sessionHeight = 90

function drawSession(paper: PdfPaper, session: TeamDaySheet['sessions'][number], n: number): void {
  const { site, from, to, address, unit, kits, people, classes } = session
  ensureHeight(paper, sessionHeight)
  writeSection(paper, filled('part-session', { n, site }))
  drawFields(paper, [
    [say('hours'), filled('from-to', { from, to }), 1],
    [say('kits'), kits.join(', ') || say('none'), 2],
  ])
  drawField(paper, [say('address'), address])
  drawField(paper, [say('responsible-unit'), unit])
  drawField(paper, [say('contact'), ''])
  const expected = demandKinds
    .filter(kind => people[kind] > 0)
    .map(kind => filled(`expected-${kind}`, { n: numberText(people[kind]) }))
  drawField(paper, [say('expected'), expected.join(', ') || say('none')])
  if (classes.length === 0) return
  const counts = classes.map(one =>
    filled('class-people', { class: one.name || say('class-none'), n: numberText(one.people) }),
  )
  drawField(paper, [say('by-class'), counts.join('; ')])
}
