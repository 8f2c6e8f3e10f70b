import { randomUUID } from 'node:crypto'
import { daysBetween } from '../../platform/day.ts'
import { type Html, hidden, html, type Language } from '../../platform/pages/html.ts'
import { dayIn, dayInYearIn, numberIn } from '../../platform/terms/numbers-and-days.ts'
import * as staff from '../../staff/staff.ts'
import type { PupilOutcome } from '../class.ts'
import type { LinkSheet, LinkSheetRow, NextEvent, SheetGroup } from './link-sheet.ts'
import { bringsPapers, messageOf, whenOf } from './message.ts'
import { linkSheetText } from './words.ts'

/** The sheet of a class as a page: it works without script, each result is a button that posts, GET changes nothing. */

export type SheetFrame = staff.StaffPageFrame & {
  /** What its forms carry. */
  readonly form: string
  /** The address of the link, without the host. */
  readonly path: string
  /** For how many days a phone keeps a sealed copy. */
  readonly keptDays: number
}

function groupTitle(language: Language, next: NextEvent, sheet: LinkSheet): string {
  const tell = linkSheetText(language)
  if (next.is === 'session')
    return tell('group-session')
      .replace('{when}', whenOf(language, next, sheet.day))
      .replace('{time}', next.startsAt)
      .replace('{site}', () => next.site ?? tell('message-site'))
  if (next.is === 'activation') {
    if (!next.by) return tell('group-activation-unknown')
    if (next.isOver) return tell('group-activation-over')
    return tell('group-activation').replace('{day}', dayInYearIn(next.by, language))
  }
  return tell(next.is === 'card-here' ? 'group-card-here' : 'group-other')
}

const beginSmall = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)

/** What a pupil still needs, in plain words, and what to bring. */
function needText(language: Language, row: LinkSheetRow, sheet: LinkSheet): string {
  const tell = linkSheetText(language)
  const { next, unknown, lacking, asked } = row
  const left = next.is === 'activation' && next.by && next.by >= sheet.day ? daysBetween(sheet.day, next.by) : undefined
  const parts = [
    unknown && tell('unknown'),
    ...lacking.filter(need => next.is !== 'activation' || need !== 'activation').map(need => tell(`need-${need}`)),
    left !== undefined && (left === 0 ? tell('last-day') : tell('days-left').replace('{n}', numberIn(left, language))),
    next.is === 'activation' && next.isOver && next.by && tell('over-since').replace('{day}', dayIn(next.by, language)),
    row.isNoticeLost && tell('notice-lost'),
    row.isComing && tell('family-comes'),
    lacking.includes('card-renewal') && tell('bring-old-card'),
    bringsPapers(row) && tell('bring-papers'),
    ...asked.filter(({ owner }) => owner !== 'family').map(({ what }) => beginSmall(what[language])),
  ]
  return parts.filter(part => typeof part === 'string').join(', ')
}

/** What was said other than by one of the row’s own buttons. */
function saidText(language: Language, { result }: LinkSheetRow, own: readonly PupilOutcome[]): string | undefined {
  if (!result || own.includes(result.outcome)) return undefined
  const tell = linkSheetText(language)
  const { outcome, willComeOn, note } = result
  if (outcome === 'will-come') return tell('said-will-come').replace('{day}', dayInYearIn(willComeOn ?? '', language))
  if (outcome === 'moved' || outcome === 'wrong-phone') return tell(`said-${outcome}`)
  return note ?? tell(outcome)
}

/** Who comes to a session is told or was absent; what somebody does at home is told or done. */
const outcomesOf = (next: NextEvent): readonly [PupilOutcome, PupilOutcome] => [
  'told-parents',
  next.is === 'session' ? 'absent' : 'done',
]

function rowHtml(frame: SheetFrame, row: LinkSheetRow, sheet: LinkSheet): Html {
  const tell = linkSheetText(frame.language)
  const own = outcomesOf(row.next)
  const said = saidText(frame.language, row, own)
  const chosen = (outcome: PupilOutcome) => row.result?.outcome === outcome
  const place = `p-${row.row}`
  return html`<li id="${place}">
<form method="post" action="${frame.path}/result" class="pupil" data-row="${row.row}">
${hidden('form', frame.form)}${hidden('key', randomUUID())}${hidden('row', row.row)}
<span class="number">${String(row.numberInClass).padStart(2, '0')}</span>
<span class="who"><strong id="n-${row.row}">${row.name}</strong><small>${needText(frame.language, row, sheet)}</small>${
    said && html`<small class="said">${said}</small>`
  }</span>
${own.map(
  outcome =>
    html`<button name="outcome" value="${outcome}" aria-describedby="n-${row.row}"${
      chosen(outcome) ? html` class="chosen" aria-pressed="true"` : html` aria-pressed="false"`
    }>${chosen(outcome) && html`<span aria-hidden="true">✓</span>`}${tell(outcome as 'done')}</button>`,
)}
<a href="${frame.path}/row/${row.row}" aria-describedby="n-${row.row}"${said !== undefined && html` class="chosen"`}>${
    said !== undefined && html`<span aria-hidden="true">✓</span>`
  }${tell('other')}</a>
<span class="box" aria-hidden="true"></span>
</form></li>`
}

/** Of what has no day, so many are shown at once; the others behind one tap. */
const mostOpen = 12

function groupHtml(frame: SheetFrame, { next, rows }: SheetGroup, sheet: LinkSheet): Html {
  const tell = linkSheetText(frame.language)
  const count = numberIn(rows.length, frame.language)
  const list = (some: readonly LinkSheetRow[]) => html`<ol>${some.map(row => rowHtml(frame, row, sheet))}</ol>`
  const [open, rest] = next.is === 'other' ? [rows.slice(0, mostOpen), rows.slice(mostOpen)] : [rows, []]
  return html`<section class="group"><h2><span>${groupTitle(frame.language, next, sheet)}</span> <span>${tell(
    'count',
  ).replace('{n}', count)}</span></h2>
${list(open)}${
  rest.length > 0 &&
  html`<details><summary>${tell('more').replace('{n}', numberIn(rest.length, frame.language))}</summary>
${list(rest)}</details>`
}</section>`
}

const sentence = (language: Language, sheet: LinkSheet): string => {
  const tell = linkSheetText(language)
  const left = sheet.all - sheet.complete
  const text = tell('complete-of')
    .replace('{complete}', numberIn(sheet.complete, language))
    .replace('{all}', numberIn(sheet.all, language))
  if (left === 0) return text
  const end = sheet.accountBy ? tell('left-by').replace('{day}', dayInYearIn(sheet.accountBy, language)) : tell('left')
  return `${text} ${end.replace('{left}', numberIn(left, language))}`
}

function messageHtml(frame: SheetFrame, sheet: LinkSheet): Html {
  const tell = linkSheetText(frame.language)
  return html`<section class="message">
<h2><label for="message">${tell('message-title')}</label> <span class="hint" data-copy="${tell('message-copy')}"
data-copied="${tell('message-copied')}">${tell('message-hold')}</span></h2>
<textarea id="message" readonly rows="5">${messageOf(frame.language, sheet)}</textarea>
<p class="hint">${tell(sheet.namesInMessage ? 'message-names' : 'message-no-names')}</p>
</section>`
}

const undoHtml = (frame: SheetFrame, { canUndo }: LinkSheet): Html | false =>
  canUndo &&
  html`<form method="post" action="${frame.path}/undo" class="undo">${hidden('form', frame.form)}${hidden(
    'key',
    randomUUID(),
  )}<button class="link">${linkSheetText(frame.language)('undo')}</button></form>`

const framed = (frame: SheetFrame, sheet: LinkSheet, body: Html): string => {
  const tell = linkSheetText(frame.language)
  const title = tell('class').replace('{class}', () => sheet.class)
  return staff.framedPage(
    frame,
    title,
    html`<p class="head-line">${tell('head-line')
      .replace('{school}', () => sheet.school)
      .replace('{holder}', () => sheet.holder)
      .replace('{day}', dayIn(sheet.until, frame.language))}</p>
${body}
<script src="/assets/link-pages.js" defer data-kind="class" data-days="${String(frame.keptDays)}"></script>`,
    { sheet: 'link-sheet', style: '/assets/link-pages.css' },
  )
}

export function sheetPage(
  frame: SheetFrame,
  sheet: LinkSheet,
  { refused }: { readonly refused?: string | undefined } = {},
): string {
  const tell = linkSheetText(frame.language)
  const isDone = sheet.groups.length === 0
  return framed(
    frame,
    sheet,
    html`<div data-kept>
${refused !== undefined && html`<p class="wrong" role="alert">${tell('refused').replace('{why}', () => refused)}</p>`}
<p class="sum">${isDone ? tell('all-done') : sentence(frame.language, sheet)}</p>
<meter min="0" max="${sheet.all}" value="${sheet.complete}" aria-label="${tell('bar-label')}"></meter>
<p class="unsent" role="status" data-text="${tell('unsent')}" hidden></p>
${sheet.groups.map(group => groupHtml(frame, group, sheet))}
${!isDone && messageHtml(frame, sheet)}
${undoHtml(frame, sheet)}
</div>`,
  )
}

/** Other results of one pupil: moved, wrong phone, will come on a day, a note. */
export function rowPage(frame: SheetFrame, sheet: LinkSheet, row: LinkSheetRow): string {
  const tell = linkSheetText(frame.language)
  const part = (outcome: PupilOutcome, inner: Html) =>
    html`<form method="post" action="${frame.path}/result" class="other">${hidden('form', frame.form)}${hidden(
      'key',
      randomUUID(),
    )}${hidden('row', row.row)}${hidden('outcome', outcome)}${inner}</form>`
  return framed(
    frame,
    sheet,
    html`<p class="back"><a href="${frame.path}#p-${row.row}">${tell('back')}</a></p>
<h2>${tell('row-title').replace('{name}', () => row.name)}</h2>
<p class="hint">${needText(frame.language, row, sheet)}</p>
${part(
  'moved',
  html`<button class="button plain">${tell('moved')}</button>
<p class="hint">${tell('moved-means')}</p>`,
)}
${part(
  'wrong-phone',
  html`<button class="button plain">${tell('wrong-phone')}</button>
<p class="hint">${tell('wrong-phone-means')}</p>`,
)}
${part(
  'will-come',
  html`<label for="on">${tell('will-come')}</label><input id="on" name="on" type="date" required min="${sheet.day}"
value="${row.result?.willComeOn ?? ''}"><button class="button plain">${tell('will-come-send')}</button>`,
)}
${part(
  'other',
  html`<label for="note">${tell('note')}</label><input id="note" name="note" required maxlength="300"
value="${row.result?.note ?? ''}" aria-describedby="note-hint"><p class="hint" id="note-hint">${tell('note-hint')}</p>
<button class="button plain">${tell('note-send')}</button>`,
)}`,
  )
}
