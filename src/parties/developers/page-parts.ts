import { type Html, html, type Language } from '../../platform/pages/html.ts'
import * as staff from '../../staff/staff.ts'
import { type DeveloperText, developerText } from './words.ts'

/** Parts of the developer pages. */

export type Developer = { readonly email: string }

export type DeveloperFrame = {
  readonly frame: staff.StaffPageFrame
  readonly text: DeveloperText
  readonly language: Language
  /** The token of each form, which proves that it is ours. */
  readonly form: string
  readonly developer: Developer | undefined
}

export const developerFrame = (
  frame: staff.StaffPageFrame,
  form: string,
  developer: Developer | undefined,
): DeveloperFrame => ({
  frame,
  text: developerText(frame.language),
  language: frame.language,
  form,
  developer,
})

/** The faults of a form by field, in the reader's language. */
export type FieldFaults = ReadonlyMap<string, string>
export const noFaults: FieldFaults = new Map()

export type FormFields = Readonly<Record<string, string>>

const signedInPart = ({ text: tell, form, developer }: DeveloperFrame) =>
  developer &&
  html`<form method="post" action="/developers/sign-out" class="who"><input type="hidden" name="form" value="${form}">
<span class="hint">${tell('signed-in-as')} ${developer.email}</span>
<button class="linklike" type="submit">${tell('sign-out')}</button></form>`

/** A developer page, wider than a form for citizens, because of addresses and tables. */
export const developerPage = (frame: DeveloperFrame, title: string, body: Html): string =>
  staff.framedPage(frame.frame, title, html`<div class="developers">${signedInPart(frame)}${body}</div>`)

export const hiddenField = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`

export const alertBox = (text: string | undefined) => text && html`<p class="wrong" role="alert">${text}</p>`

type FieldOptions = {
  readonly hint?: string | undefined
  readonly rows?: number
  readonly type?: 'text' | 'email'
  readonly optional?: true
  readonly most?: number
}

/** A field with its label above, and its fault or hint below. */
export function formFieldPart(
  name: string,
  label: string,
  filled: FormFields,
  wrongs: FieldFaults,
  { hint, rows, type = 'text', optional, most = 500 }: FieldOptions = {},
): Html {
  const wrong = wrongs.get(name)
  const told = wrong ?? hint
  const attributes = html`id="${name}" name="${name}"
    maxlength="${most}"${told ? html` aria-describedby="${name}-told"` : html``}${
      wrong
        ? html`
      aria-invalid="true"`
        : html``
    }`
  const value = filled[name] ?? ''
  return html`<label for="${name}">${label}</label>
${
  rows
    ? html`<textarea ${attributes} rows="${rows}" spellcheck="false">${value}</textarea>`
    : html`<input ${attributes}
type="${type}" value="${value}" autocomplete="off"${optional ? html`` : html` required`}>`
}
${told && html`<p class="${wrong ? 'wrong' : 'hint'}" id="${name}-told">${told}</p>`}`
}

export function choiceField(
  name: string,
  label: string,
  filled: FormFields,
  choices: readonly (readonly [value: string, said: string])[],
): Html {
  const chosen = filled[name] ?? choices[0]?.[0]
  return html`<label for="${name}">${label}</label>
<select id="${name}" name="${name}">${choices.map(
    ([value, said]) => html`<option
value="${value}"${value === chosen ? html` selected` : html``}>${said}</option>`,
  )}</select>`
}

export function checkboxField(name: string, label: string, filled: FormFields, hint?: string): Html {
  return html`<label class="tick"><input type="checkbox" name="${name}"
    value="yes"${filled[name] === 'yes' ? html` checked` : html``}> <span>${label}</span></label>
${hint && html`<p class="hint">${hint}</p>`}`
}

/** A button for one action, as its own form. */
export const actionForm = ({ form }: DeveloperFrame, action: string, label: string, look = 'button plain') =>
  html`<form method="post" action="${action}">
    ${hiddenField('form', form)}<button class="${look}" type="submit">${label}</button></form>`

export const factList = (rows: readonly (readonly [said: string, value: string | Html | undefined])[]): Html =>
  html`<dl class="facts">${rows.map(
    ([said, value]) =>
      value !== undefined &&
      value !== '' &&
      html`<dt>${said}</dt>
    <dd>${value}</dd>`,
  )}</dl>`

/** 1.234.567 */
export const formattedNumber = (n: number) => String(n).replace(/\B(?=(?:\d{3}){1,7}$)/g, '.')

const instantFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** 20/04/2023 09:42:07, in the province's zone. */
export const developerInstantText = (at: Date): string => instantFormat.format(at).replace(',', '')
