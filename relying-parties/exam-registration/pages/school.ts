import type { Exam } from '../exam.ts'
import { drawn, type Html, html, type Language } from '../html.ts'
import { dayText, stampText } from '../moment.ts'
import type { Registration, RegistrationState, Version } from '../registering/registration.ts'
import { everySchool, type Review, type Staff } from '../registering/school.ts'
import { answerFacts, code, personFacts, personNumber, schoolName } from './person.ts'
import { chip } from './shell.ts'
import { field } from './sign-in.ts'
import type { Visit } from './visit.ts'
import { sayForm } from './words-form.ts'
import { saySchool } from './words-school.ts'

const chipKind = { submitted: 'waiting', confirmed: 'done', returned: 'late' } as const

export function schoolSignInPage({ language }: Visit, fault: string | undefined, typed: string): Html {
  const text = saySchool(language)
  return html`<div class="narrow"><h1>${text('title')}</h1><p>${text('sign-in-lead')}</p>
${fault && html`<div class="note late" role="alert"><p>${fault}</p></div>`}
<form method="post" action="/school" novalidate>
${field({ name: 'login', label: text('login'), value: typed, complete: 'username' }, undefined)}
${field({ name: 'password', label: text('password'), type: 'password', complete: 'current-password' }, undefined)}
<button class="button">${text('sign-in')}</button></form></div>`
}

const reviewDays = (exam: Exam, language: Language) =>
  saySchool(language)('review-days')
    .replace('{from}', dayText(exam.review.from))
    .replace('{until}', dayText(exam.review.until))
    .replace('{printed}', dayText(exam.review.printedUntil))

/** Names sort by the given name, which is set in bold so that the order is seen. */
const sorted = (name: string) => {
  const words = name.split(' ')
  return html`${words.slice(0, -1).join(' ')} <b>${words.at(-1)}</b>`
}

export type ListShown = {
  readonly exams: readonly Exam[]
  readonly exam: Exam
  readonly staff: Staff
  readonly registrations: readonly Registration[]
  readonly state: RegistrationState | undefined
}

export function listPage({ language }: Visit, { exams, exam, staff, registrations, state }: ListShown): Html {
  const text = saySchool(language)
  const shown = registrations.filter(one => !state || one.state === state)
  const count = (which?: RegistrationState) => registrations.filter(one => !which || one.state === which).length
  const filter = (which: RegistrationState | undefined, label: string) =>
    html`<li><a class="filter" href="/school/${exam.id}${which && `?state=${which}`}"${
      which === state && drawn(' aria-current="true"')
    }>${label} ${count(which)}</a></li>`
  const wide = staff.school === everySchool
  return html`<h1>${text('list')}</h1>
<p class="state">${wide ? text('office') : schoolName(exam, staff.school, language)}</p>
<ul class="filters">${exams.map(
    one => html`<li>
<a class="filter" href="/school/${one.id}"${
      one.id === exam.id && drawn(' aria-current="page"')
    }>${one.short[language]}</a></li>`,
  )}<li><a class="filter" href="/school/new-code">${text('new-code')}</a></li></ul>
<p class="small">${reviewDays(exam, language)}</p>
<ul class="filters">${filter(undefined, text('all'))}${(['submitted', 'confirmed', 'returned'] as const).map(which =>
    filter(which, text(which)),
  )}</ul>
${
  shown.length === 0
    ? html`<p class="state">${text('list-empty')}</p><p>${text('list-empty-fix')}</p>`
    : html`<div class="tables" tabindex="0" role="region" aria-label="${text('list')}"><table><thead><tr>
      <th scope="col">${text('name')}</th><th scope="col">${text('born')}</th>
        <th scope="col">${text('number')}</th>${wide && html`<th scope="col">${text('school')}</th>`}<th scope="col">
          ${text('state')}</th></tr></thead>
<tbody>${shown.map(
        one => html`<tr><td><a class="open" href="/school/${exam.id}/${one.id}">${sorted(one.person.fullName)}</a></td>
          <td>${dayText(one.person.birthdate)}</td>
<td>${one.person.personNumber ? personNumber(one.person.personNumber) : code(one.person.temporaryCode ?? '')}</td>
${wide && html`<td>${schoolName(exam, one.school, language)}</td>`}<td>
${chip(text(one.state), chipKind[one.state])}</td></tr>`,
      )}</tbody></table></div>`
}`
}

export type OneShown = {
  readonly exam: Exam
  readonly registration: Registration
  readonly versions: readonly Version[]
  readonly reviews: readonly Review[]
  readonly formKey: string
  readonly told?: 'changed-meanwhile' | 'reason-missing' | 'over'
}

function history({ versions, reviews }: OneShown, language: Language): Html {
  const [text, form] = [saySchool(language), sayForm(language)]
  const events = [
    ...versions.map(({ version, committedAt, within }) => ({
      at: committedAt,
      what: html`${text('did-handed-in')}, ${form('version')} ${version}, ${form(`within-${within}`)}`,
    })),
    ...reviews.map(({ at, outcome, reason, staff, version }) => ({
      at,
      what: html`${text(`did-${outcome}`)}, ${form('version')} ${version}, ${staff}${reason && `: ${reason}`}`,
    })),
  ].toSorted((a, b) => a.at - b.at)
  return html`<h2>${text('history')}</h2>
    <ul>${events.map(({ at, what }) => html`<li>${stampText(at)}: ${what}</li>`)}</ul>`
}

/** One registration, as the school judges it: what was vouched for and chosen, and the verdict beside. */
export function onePage({ language }: Visit, shown: OneShown): Html {
  const { exam, registration, formKey, told } = shown
  const text = saySchool(language)
  const action = `/school/${exam.id}/${registration.id}`
  const hidden = html`<input type="hidden" name="key" value="${formKey}"><input type="hidden" name="version"
    value="${registration.version}">`
  return html`<p><a href="/school/${exam.id}">${text('back')}</a></p>
<h1>${registration.person.fullName}</h1>
<p>${chip(text(registration.state), chipKind[registration.state])}
<span class="code">${code(registration.code)}</span></p>
${told && told !== 'reason-missing' && html`<div class="note waiting" role="alert"><p>${text(told)}</p></div>`}
<div class="halves"><div>${personFacts(registration.person, language)}${answerFacts(
    exam,
    registration.answers,
    language,
  )}</div>
<div><form method="post" action="${action}">
${hidden}<button class="button" name="verdict" value="confirmed">${text('confirm')}</button></form>
<div class="deeds"><a class="button second" href="${action}/print">${text('print')}</a></div>
<form method="post" action="${action}">${hidden}<button class="button second" name="verdict"
value="printed">${text('mark-printed')}</button></form>
<form method="post" action="${action}" novalidate>${hidden}
<div class="field${told === 'reason-missing' && ' wrong'}"><br><label for="reason">${text('reason')}</label>
${
  told === 'reason-missing'
    ? html`<p class="fault" id="reason-note">
${text('reason-missing')}</p>`
    : html`<span class="hint" id="reason-note">${text('reason-hint')}</span>`
}
<textarea id="reason" name="reason" rows="3" maxlength="500" aria-describedby="reason-note"></textarea></div>
<button class="button second" name="verdict" value="returned">${text('return')}</button></form></div></div>
${history(shown, language)}`
}

/** The check sheet that candidate and school sign: A4, no more of a person than the check needs. */
export function checkSheet({ language, now, staff }: Visit, exam: Exam, registration: Registration, qr: Html): Html {
  const [text, form] = [saySchool(language), sayForm(language)]
  return html`<p class="small screen-only">
    ${form('print-hint')} <a href="/school/${exam.id}/${registration.id}">${text('back')}</a></p>
<h1>${text('print-title')}</h1><p class="state">${exam.title[language]}</p>
<p>${schoolName(exam, registration.school, language)}</p>
<div class="receipt"><div><p>${form('receipt-code')}:
<span class="code">${code(registration.code)}</span>, ${form('version')} ${registration.version}, ${stampText(
    registration.committedAt,
  )}</p>
${personFacts(registration.person, language, { phone: 'left-out' })}${answerFacts(
  exam,
  registration.answers,
  language,
)}</div>
<div class="qr" role="img" aria-label="${form('receipt-qr')}">${qr}</div></div>
<div class="signatures"><p>${form('signature')}</p><p>${form('signature-school')}</p></div>
<p class="small">${form('printed-at')} ${stampText(now)}, ${staff?.name}. ${reviewDays(exam, language)}</p>`
}
