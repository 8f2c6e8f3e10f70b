import { type Html, html } from '../../platform/pages/html.ts'
import * as staff from '../../staff/staff.ts'
import { type Say, say, type Word } from './words.ts'

/** Parts of the activation pages. They work without script. */

/** A page in progress: its frame, the text in its language, and the token of its forms. */
export type Sheet = { readonly frame: staff.Frame; readonly tell: Say; readonly form: string }

export const sheetOf = (frame: staff.Frame, form: string): Sheet => ({ frame, tell: say(frame.language), form })

export const drawn = ({ frame, tell }: Sheet, title: Word, body: Html): string =>
  staff.framed(frame, tell(title), body, { foot: tell('foot') })

const flow = ['step-proof', 'step-passcode', 'step-codes'] as const

/** The current step of three. Their number never changes during an activation. */
export const steps = ({ tell }: Sheet, current: (typeof flow)[number]): Html => {
  const at = flow.indexOf(current)
  return html`<ol class="steps">${flow.map((step, place) => html`<li${place === at ? html` aria-current="step"` : html``}><b>${place < at ? '✓' : place + 1}</b>${tell(step)}</li>`)}</ol>`
}

export const alert = (text: string | false | undefined) =>
  text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`

/** A form with one action; `plain` if it is not the main action of the page. */
export const form = ({ form: token }: Sheet, action: string, body: Html): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="form" value="${token}">${body}</form>`

export const button = (text: string, kind: 'first' | 'plain' = 'first') =>
  html`<button class="button${kind === 'plain' && ' plain'}" type="submit">${text}</button>`

type Field = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'number' | 'passcode' | 'code' | 'phone-end' | 'secret' | 'day'
  readonly value?: string
  readonly autofocus?: boolean
  readonly autocomplete?: string
}

/** How each kind of field is typed: its cells, and the keyboard that a phone shows. */
const kinds: Record<Field['kind'], Html> = {
  number: html`class="cells" type="text" inputmode="numeric" maxlength="20" autocomplete="username"`,
  passcode: html`class="cells six" type="password" inputmode="numeric" maxlength="6" pattern="[0-9]{6}"`,
  code: html`class="cells six" type="text" inputmode="numeric" maxlength="7" autocomplete="one-time-code"`,
  'phone-end': html`class="cells three" type="text" inputmode="numeric" maxlength="3" pattern="[0-9]{3}" autocomplete="off"`,
  secret: html`type="text" maxlength="30" autocapitalize="characters" spellcheck="false" autocomplete="off"`,
  day: html`type="text" inputmode="text" maxlength="12" autocomplete="bday"`,
}

export const field = ({ name, label, hint, kind, value = '', autofocus = false, autocomplete }: Field): Html => html`
<div class="row"><label for="${name}">${label}</label>${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}</div>
<input id="${name}" name="${name}" ${kinds[kind]} required value="${value}"${autocomplete ? html` autocomplete="${autocomplete}"` : html``}${hint ? html` aria-describedby="${name}-hint"` : html``}${autofocus ? html` autofocus` : html``}>`

export const ways = (list: readonly (readonly [href: string, title: string, hint: string])[]): Html =>
  html`<ul class="ways">${list.map(([href, title, hint]) => html`<li><a href="${href}"><strong>${title}</strong><span>${hint}</span></a></li>`)}</ul>`
