import { randomUUID } from 'node:crypto'
import type { LinkSession } from '../../access-links/access-links.ts'
import { type Html, hidden, html } from '../../platform/pages/html.ts'
import { dayIn, dayInYearIn, numberIn } from '../../platform/terms/numbers-and-days.ts'
import * as staff from '../../staff/staff.ts'
import type { VisitOutcome } from '../groups/group.ts'
import type { OwnVisits, VisitDoor } from './group-links.ts'
import { visitText } from './words.ts'

/** A group’s visit lists as a page: it works without script, a result is a button that posts, GET changes nothing. */

export type VisitFrame = staff.StaffPageFrame & {
  readonly form: string
  readonly path: string
  readonly keptDays: number
  readonly session: LinkSession
}

type VisitList = OwnVisits['lists'][number]
/** A door on the page: its list and its place on it. */
export const rowOf = (list: Pick<VisitList, 'id'>, { place }: Pick<VisitDoor, 'place'>) => `${list.id}.${place}`

const own = ['visited', 'helped'] as const satisfies readonly VisitOutcome[]
const others = ['not-at-home', 'refused', 'moved'] as const satisfies readonly VisitOutcome[]
const isOwn = (outcome: VisitOutcome | undefined) => own.some(one => one === outcome)

function doorHtml(frame: VisitFrame, list: VisitList, door: VisitDoor): Html {
  const tell = visitText(frame.language)
  const row = rowOf(list, door)
  const said = door.outcome && !isOwn(door.outcome) ? tell(`said-${door.outcome}` as 'said-moved') : undefined
  return html`<li id="p-${row}">
<form method="post" action="${frame.path}/result" class="pupil">
${hidden('form', frame.form)}${hidden('key', randomUUID())}${hidden('row', row)}
<span class="number">${String(door.place)}</span>
<span class="who"><strong id="n-${row}">${door.name ?? tell('gone')}</strong><small>${
    door.address ?? tell('no-address')
  }</small>
<small>${door.lacking.map(need => tell(`need-${need}`)).join(', ')}</small>${
    (said ?? door.note) && html`<small class="said">${[said, door.note].filter(Boolean).join('. ')}</small>`
  }</span>
${own.map(
  outcome =>
    html`<button name="outcome" value="${outcome}" aria-describedby="n-${row}"${
      door.outcome === outcome ? html` class="chosen" aria-pressed="true"` : html` aria-pressed="false"`
    }>${door.outcome === outcome && html`<span aria-hidden="true">✓</span>`}${tell(outcome)}</button>`,
)}
<a href="${frame.path}/row/${row}" aria-describedby="n-${row}"${said !== undefined && html` class="chosen"`}>${tell(
    'other',
  )}</a>
<span class="box" aria-hidden="true"></span>
</form></li>`
}

const framed = (frame: VisitFrame, group: string, body: Html): string => {
  const tell = visitText(frame.language)
  return staff.framedPage(
    frame,
    tell('title'),
    html`<p class="head-line">${tell('head-line')
      .replace('{group}', () => group)
      .replace('{holder}', () => frame.session.holder ?? '')
      .replace('{day}', dayIn(frame.session.until, frame.language))}</p>
${body}
<script src="/assets/link-pages.js" defer data-kind="group" data-days="${String(frame.keptDays)}"></script>`,
    { sheet: 'link-sheet', style: '/assets/link-pages.css' },
  )
}

const isDone = ({ outcome }: VisitDoor) => outcome !== undefined

export function visitsPage(
  frame: VisitFrame,
  { lists }: OwnVisits,
  { refused, last }: { readonly refused?: string | undefined; readonly last?: string | undefined } = {},
): string {
  const tell = visitText(frame.language)
  const doors = lists.flatMap(list => list.doors.map(door => ({ list, door })))
  const marked = doors.find(({ list, door }) => isDone(door) && rowOf(list, door) === last)
  const sum = tell('sum')
    .replace('{done}', numberIn(doors.filter(({ door }) => isDone(door)).length, frame.language))
    .replace('{all}', numberIn(doors.length, frame.language))
  return framed(
    frame,
    frame.session.label,
    html`<div data-kept>
${refused !== undefined && html`<p class="wrong" role="alert">${tell('not-noted').replace('{why}', () => refused)}</p>`}
<p class="sum">${lists.length === 0 ? tell('none-open') : sum}</p>
${
  doors.length > 0 &&
  html`<meter min="0" max="${doors.length}" value="${doors.filter(({ door }) => isDone(door)).length}"
aria-label="${tell('bar-label')}"></meter>`
}
<p class="unsent" role="status" data-text="${tell('unsent')}" hidden></p>
${
  marked &&
  html`<form method="post" action="${frame.path}/undo" class="undo">${hidden('form', frame.form)}${hidden(
    'key',
    randomUUID(),
  )}${hidden('row', rowOf(marked.list, marked.door))}<button class="link">${tell('undo').replace(
    '{name}',
    () => marked.door.name ?? '',
  )}</button></form>`
}
${lists.map(
  list => html`<section class="group"><h2><span>${tell('list')
    .replace('{quarter}', () => list.quarter)
    .replace('{day}', dayInYearIn(list.expiresOn, frame.language))}</span> <span>${tell(
    list.doors.length === 1 ? 'count-one' : 'count',
  ).replace('{n}', numberIn(list.doors.length, frame.language))}</span></h2>
<ol>${list.doors.map(door => doorHtml(frame, list, door))}</ol></section>`,
)}
</div>`,
  )
}

/** One door: what to explain, how to help, and the other results. */
export function doorPage(frame: VisitFrame, list: VisitList, door: VisitDoor): string {
  const tell = visitText(frame.language)
  const row = rowOf(list, door)
  const steps = ['help-1', 'help-2', 'help-3', 'help-4', 'help-5'] as const
  return framed(
    frame,
    list.group,
    html`<p class="back"><a href="${frame.path}#p-${row}">${tell('back')}</a></p>
<h2>${door.name ?? tell('gone')}</h2>
<p class="hint">${door.address ?? tell('no-address')}</p>
<h2>${tell('explain')}</h2>
<ul class="steps-of-help">${door.lacking.map(need => html`<li>${tell(`explain-${need}`)}</li>`)}</ul>
${
  door.lacking.includes('activation') &&
  html`<h2>${tell('help')}</h2><p class="back"><strong>${tell('help-own-phone')}</strong></p>
<ol class="steps-of-help">${steps.map(step => html`<li>${tell(step)}</li>`)}</ol>`
}
<form method="post" action="${frame.path}/result" class="other">${hidden('form', frame.form)}${hidden(
      'key',
      randomUUID(),
    )}${hidden('row', row)}
<label for="note">${tell('note')}</label><input id="note" name="note" maxlength="300" value="${door.note ?? ''}"
aria-describedby="note-hint"><p class="hint" id="note-hint">${tell('note-hint')}</p>
${[...own, ...others].map(
  outcome => html`<button class="button plain" name="outcome" value="${outcome}">${tell(outcome)}</button>`,
)}</form>
${
  door.outcome &&
  html`<form method="post" action="${frame.path}/undo" class="undo">${hidden('form', frame.form)}${hidden(
    'key',
    randomUUID(),
  )}${hidden('row', row)}<button class="link">${tell('take-back')}</button></form>`
}`,
  )
}
