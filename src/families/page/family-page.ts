import * as accessLinks from '../../access-links/access-links.ts'
import { hotline } from '../../names/hotline.ts'
import * as planning from '../../planning/planning.ts'
import { dayAt } from '../../platform/day.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { type Html, hidden, html } from '../../platform/pages/html.ts'
import { numberIn } from '../../platform/terms/numbers-and-days.ts'
import * as staff from '../../staff/staff.ts'
import { type PersonAnswer, serviceToBook } from '../answer/answer.ts'
import {
  anyCounter,
  blockHtml,
  counterText,
  headlineOf,
  shortNames,
  stepsHtml,
  todayText,
} from '../answer/answer-html.ts'
import { sayDay } from '../answer/situation.ts'
import { bookingFrame, type FamilyFrame, fill, framed } from '../family-frame.ts'
import { lookedAt } from '../law.ts'
import type { Hours } from './hours.ts'
import type { FamilyAnswer, LookedBy, readLookedAt } from './page.ts'
import { type PageTextKey, pageText, tellByAge } from './words.ts'

/** Where a code is typed by whoever cannot scan it. */
export function codePage(frame: FamilyFrame, { wrong = false } = {}): string {
  const tell = pageText(frame.language)
  return framed(
    frame,
    tell('type-title'),
    html`<p>${tell('type-intro')}</p>
${wrong && html`<p class="wrong" role="alert" id="wrong">${tell('code-odd')}</p>`}
<form method="post" action="/family" autocomplete="off">${hidden('form', frame.form)}
<label for="code">${tell('code')}</label>
<input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20"
placeholder="0A1B-2C3D" aria-describedby="code-hint${wrong && ' wrong'}">
<p class="hint" id="code-hint">${tell('code-hint')}</p>
<button class="button" type="submit">${tell('go')}</button></form>`,
  )
}

type PinAnswer = Parameters<typeof accessLinks.pinPageBody>[1]['answer']

/** The same for every address: a program that looks at links before people do is told nothing. */
export const birthDatePage = (frame: FamilyFrame, action: string, answer?: PinAnswer): string =>
  framed(
    frame,
    accessLinks.pinPageTitle(frame.language, 'family'),
    accessLinks.pinPageBody(frame.language, { kind: 'family', action, form: frame.form, answer }),
  )

function deedsHtml(frame: FamilyFrame, action: string, answer: FamilyAnswer): Html | false {
  const { visit, toAsk, place } = answer
  const tell = pageText(frame.language)
  const service = serviceToBook(answer)
  const hours = (text: string) =>
    html`<a href="${action}/hours/${place}${service && `?service=${service}`}">${text}</a>`
  if (!visit) return toAsk.length > 0 && hours(tell('choose-hour'))
  return html`${hours(tell('move-hour'))}${comingHtml(frame, action, answer)}`
}

function comingHtml(frame: FamilyFrame, action: string, { personId, visit, isMinor }: FamilyAnswer): Html | false {
  if (!visit?.sessionId) return false
  const { sessionId } = visit
  const tell = pageText(frame.language)
  const form = (step: string, button: Html) =>
    html`<form method="post" action="${action}">${hidden('form', frame.form)}${hidden('step', step)}${hidden(
      'child',
      personId,
    )}${hidden('visit', sessionId)}${button}</form>`
  if (!visit.comingOn) return form('coming', html`<button type="submit">${tellByAge(tell, 'coming', isMinor)}</button>`)
  const said = fill(tellByAge(tell, 'coming-said', isMinor), {
    day: sayDay(visit.comingOn, frame.today, frame.language),
  })
  return form('unsaid', html`<button class="said" type="submit">${said} · ${tell('coming-unsay')}</button>`)
}

function phoneHtml(frame: FamilyFrame, action: string, answers: readonly PersonAnswer[]): Html {
  return html`<details class="more"><summary>${frame.tell('phone-not-mine')}</summary>${answers.map(
    ({ personId, fullName }) => html`<p>${fill(frame.tell('phone-not-mine-how'), { name: fullName })}</p>
<form method="post" action="${action}">${hidden('form', frame.form)}${hidden('step', 'phone')}
${hidden('child', personId)}
<button class="button plain" type="submit">${frame.tell('phone-stop')}</button></form>`,
  )}</details>`
}

type FamilyPage = {
  readonly path: string
  readonly answers: readonly FamilyAnswer[]
  readonly done?: 'phone' | undefined
}

/** One block a child, nearest first; then what concerns all of them. */
export function familyPage(frame: FamilyFrame, { path, answers, done }: FamilyPage): string {
  const tell = pageText(frame.language)
  const names = shortNames(answers.map(({ fullName }) => fullName))
  const [first] = answers
  const areMinors = answers.every(({ isMinor }) => isMinor)
  const all = answers.map(({ fullName }) => fullName).join(', ')
  const counter = answers.map(answer => counterText(frame, answer)).find(Boolean)
  const size = frame.size === 'large' ? 'usual' : 'large'
  return framed(
    frame,
    first ? headlineOf(frame, first, names[0] ?? '') : tell('type-title'),
    html`${
      done === 'phone' && html`<p class="right" role="status">${fill(frame.tell('phone-stopped'), { name: all })}</p>`
    }
${!first && html`<p>${tell('nobody')}</p>`}
${answers.map((answer, at) => {
  const name = names[at] ?? ''
  return html`${blockHtml(frame, answer, {
    name: at === 0 && !answer.visit ? answer.fullName : name,
    id: `child-${at + 1}`,
    head: at === 0 ? 'name' : 'headline',
    deeds: deedsHtml(frame, path, answer),
  })}${stepsHtml(frame, answer, { id: `steps-${at + 1}`, folded: answers.length > 1 ? name : undefined })}`
})}
${first && phoneHtml(frame, path, answers)}
<details class="more"><summary>${frame.tell('print-or-large')}</summary><p>${frame.tell('print-how')}</p>
<p><a class="button plain" href="${path}${size === 'large' && '?size=large'}">${frame.tell(size)}</a></p></details>
<details class="more"><summary>${tell('ask')}</summary><p>${fill(tell('ask-how'), {
      counter: counter ?? anyCounter(frame),
      hotline,
    })}</p></details>
<p class="ways-on"><a href="${path}/looked">${tellByAge(tell, 'looked', areMinors)}</a></p>
${answers.length > 1 && html`<p class="hint">${tell('same-home')}</p>`}
<p class="hint">${tellByAge(tell, 'keep-slip', areMinors)}</p>`,
    html`<p class="hint above">${todayText(frame)}</p>`,
  )
}

function lookedLine({ language, today }: FamilyFrame, { who, times, last }: LookedBy, isMinor: boolean): Html {
  const tell = pageText(language)
  const by =
    'role' in who ? staff.roleName(who.role)[language] : tellByAge(tell, `by-${who.is}` as PageTextKey, isMinor)
  return html`<li>${fill(tell(times === 1 ? 'looked-line-once' : 'looked-line'), {
    who: 'label' in who ? fill(by, { label: who.label }) : by,
    n: numberIn(times, language),
    day: sayDay(dayAt(last), today, language),
  })}</li>`
}

/** Who looked at each child, by role. */
export function lookedPage(
  frame: FamilyFrame,
  path: string,
  children: Awaited<ReturnType<typeof readLookedAt>>,
): string {
  const tell = pageText(frame.language)
  const { days } = inForceToday(lookedAt)
  return framed(
    frame,
    tellByAge(
      tell,
      'looked',
      children.every(({ isMinor }) => isMinor),
    ),
    html`<p><a href="${path}">${tell('back')}</a></p>
${children.map(
  ({ name, isMinor, looks }) => html`<section><h2>${fill(tell('looked-of'), { name })}</h2>
${looks.length === 0 && html`<p>${fill(tell('looked-none'), { days })}</p>`}
<ul class="looked">${looks.map(one => lookedLine(frame, one, isMinor))}</ul></section>`,
)}
<p class="hint">${fill(tell('looked-since'), { days })}</p>`,
  )
}

const stepsDone = ['booked-at', 'moved-to', 'cancelled', 'confirmed'] as const

/** Where the hours of a child are chosen: the same page as the citizen’s own, by the addresses of the link. */
const urlsOf = (path: string, place: string, child?: string): planning.BookingUrls => {
  const action = `${path}/hours/${place}`
  const text = (query: planning.BookingQuery) =>
    new URLSearchParams(
      Object.entries(query).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
    )
  return {
    action,
    at: query => `${action}?${text(query)}`,
    ticket: id => `${action}/${id}`,
    ...(child && { named: { child } }),
  }
}

type HoursPage = {
  readonly path: string
  readonly place: string
  readonly hours: Hours
  readonly notes: Omit<planning.BookingNotes, 'done'> & { readonly done?: string | undefined }
}

export function hoursPage(frame: FamilyFrame, { path, place, hours, notes }: HoursPage): string {
  const { done, ...rest } = notes
  const known = stepsDone.find(one => one === done)
  return framed(
    frame,
    fill(pageText(frame.language)('hours-of'), { name: hours.name }),
    html`<p><a href="${path}">${pageText(frame.language)('back')}</a></p>
${planning.bookingBody(bookingFrame(frame, hours.lawRows), hours.view, urlsOf(path, place, hours.childId), {
  ...rest,
  ...(known && { done: known }),
})}`,
  )
}

export const hourTicketPage = (
  frame: FamilyFrame,
  { path, place, card }: { readonly path: string; readonly place: string; readonly card: planning.BookingCard },
): string =>
  framed(
    frame,
    planning.ticketText(card.booking.service, card.booking.number),
    planning.ticketPaper(card, bookingFrame(frame, undefined), urlsOf(path, place).at({ booking: card.booking.id })),
  )
