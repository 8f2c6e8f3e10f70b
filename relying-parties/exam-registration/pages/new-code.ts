import { drawn, type Html, html } from '../html.ts'
import { dayText } from '../moment.ts'
import type { Coded } from '../registering/candidate.ts'
import type { TemporaryCode } from '../registering/identifier.ts'
import { code } from './person.ts'
import { type FieldFault, field } from './sign-in.ts'
import type { Visit } from './visit.ts'
import { sayForm } from './words-form.ts'
import { saySchool } from './words-school.ts'

export type Typed = { readonly name: string; readonly born: string; readonly gender: string; readonly paper: string }

export type NewCodeShown = {
  readonly typed: Typed
  readonly formKey: string
  readonly fault?: FieldFault | undefined
  /** Somebody who was given a code: by the form that was sent, or on the same paper. */
  readonly known?: { readonly told: 'form-used' | 'paper-known'; readonly coded: Coded }
}

export function newCodePage({ language }: Visit, { typed, formKey, fault, known }: NewCodeShown): Html {
  const [text, form] = [saySchool(language), sayForm(language)]
  const gender = (value: 'male' | 'female') =>
    html`<label class="choice"><input type="radio" name="gender"
      value="${value}"${typed.gender === value && drawn(' checked')}><span>${form(value)}</span></label>`
  return html`<div class="narrow"><h1>${text('new-code')}</h1><p>${text('new-code-lead')}</p>
${
  known &&
  html`<div class="note waiting" role="alert">
<p>${text(known.told)} <b>${known.coded.fullName}</b>, ${dayText(known.coded.birthdate)}:
<span class="code">${code(known.coded.code)}</span>. ${text(`${known.told}-fix`)}</p></div>`
}
<form method="post" action="/school/new-code" novalidate><input type="hidden" name="key" value="${formKey}">
${field({ name: 'name', label: text('full-name'), value: typed.name }, fault)}
${field({ name: 'born', label: text('born'), hint: text('birth-hint'), value: typed.born }, fault)}
<fieldset class="${fault?.field === 'gender' && 'wrong'}">
<legend>${text('gender')}</legend>${
    fault?.field === 'gender' &&
    html`<p class="fault">
${fault.text}</p>`
  }${gender('male')}${gender('female')}</fieldset>
${field({ name: 'paper', label: text('paper'), hint: text('paper-hint'), value: typed.paper }, fault)}
${
  known?.told === 'paper-known' &&
  html`<label class="choice">
<input type="checkbox" name="another" value="yes"><span>${text('another')}</span></label>`
}
<div class="deeds"><button class="button">${text('make')}</button></div></form></div>`
}

export type Made = { readonly code: TemporaryCode; readonly password: string; readonly outcome: 'made' | 'already' }

/** The slip for who has no number: code and password, shown to who holds the form. */
export function codeSlipPage({ language, text: site }: Visit, typed: Typed, made: Made): Html {
  const [text, form] = [saySchool(language), sayForm(language)]
  return html`<div class="narrow code-slip"><h1>
    <span class="screen-only">${text('code-made')}</span><span class="sheet-only">${text('code-slip')}</span></h1>
<p class="state screen-only">${text(made.outcome === 'made' ? 'code-once' : 'code-again')}</p>
<dl class="facts"><div><dt>${text('name')}</dt><dd>${typed.name}</dd></div><div><dt>${text('born')}</dt>
<dd>${typed.born}</dd></div>
<div><dt>${form('code')}</dt><dd><span class="code">${code(made.code)}</span><br><span
class="small">${form('code-is-no-number')}</span></dd></div>
<div><dt>${text('password')}</dt><dd><span class="code">${made.password}</span></dd></div></dl>
<p>${site('code-lead')}</p><p class="small screen-only">${form('print-hint')}</p></div>`
}
