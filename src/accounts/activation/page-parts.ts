import { type Html, html } from '../../platform/pages/html.ts'
import * as staff from '../../staff/staff.ts'
import { type ActivationText, type ActivationTextKey, activationText } from './words.ts'

/** Parts of the activation pages. They work without script. */

/** A page in progress: its frame, the text in its language, and the token of its forms. */
export type ActivationSheet = {
  readonly frame: staff.StaffPageFrame
  readonly text: ActivationText
  readonly form: string
}

export const activationSheet = (frame: staff.StaffPageFrame, form: string): ActivationSheet => ({
  frame,
  text: activationText(frame.language),
  form,
})

export const activationPage = ({ frame, text: tell }: ActivationSheet, title: ActivationTextKey, body: Html): string =>
  staff.framedPage(frame, tell(title), body, { foot: tell('foot') })

const provinceTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
})
/** A moment as it is read in the province: 20/04/2023 09:00. */
export const momentText = (at: Date): string => provinceTime.format(at).replace(',', '')

const activationSteps = ['step-proof', 'step-passcode', 'step-codes'] as const

/** The current step of three. Their number never changes during an activation. */
export const stepList = ({ text: tell }: ActivationSheet, current: (typeof activationSteps)[number]): Html => {
  const at = activationSteps.indexOf(current)
  return html`<ol class="steps">${activationSteps.map(
    (step, place) =>
      html`<li${
        place === at
          ? html`
    aria-current="step"`
          : html``
      }><b>${place < at ? '✓' : place + 1}</b>${tell(step)}</li>`,
  )}</ol>`
}

export const alertBox = (text: string | false | undefined) =>
  text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`

/** A form with one action; `plain` if it is not the main action of the page. */
export const activationForm = ({ form: token }: ActivationSheet, action: string, body: Html): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="form" value="${token}">${body}</form>`

export const submitButton = (text: string, kind: 'first' | 'plain' = 'first') =>
  html`<button class="button${kind === 'plain' && ' plain'}" type="submit">${text}</button>`

type ActivationField = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: 'number' | 'passcode' | 'code' | 'phone-end' | 'secret' | 'day'
  readonly value?: string
  readonly autofocus?: boolean
  readonly autocomplete?: string
}

/** How each kind of field is typed: its cells, and the keyboard that a phone shows. */
const fieldAttributes: Record<ActivationField['kind'], Html> = {
  number: html`class="cells" type="text" inputmode="numeric" maxlength="20" autocomplete="username"`,
  passcode: html`class="cells six" type="password" inputmode="numeric" maxlength="6" pattern="[0-9]{6}"`,
  code: html`class="cells six" type="text" inputmode="numeric" maxlength="7" autocomplete="one-time-code"`,
  'phone-end': html`class="cells three" type="text" inputmode="numeric" maxlength="3" pattern="[0-9]{3}"
    autocomplete="off"`,
  secret: html`type="text" maxlength="40" autocapitalize="characters" spellcheck="false" autocomplete="off"`,
  day: html`type="text" inputmode="text" maxlength="12" autocomplete="bday"`,
}

export const activationField = ({
  name,
  label,
  hint,
  kind,
  value = '',
  autofocus = false,
  autocomplete,
}: ActivationField): Html => html`
<div class="row"><label for="${name}">${label}</label>
${hint && html`<span class="hint" id="${name}-hint">${hint}</span>`}</div>
<input id="${name}" name="${name}" ${fieldAttributes[kind]} required
value="${value}"${autocomplete ? html` autocomplete="${autocomplete}"` : html``}${
  hint
    ? html`
aria-describedby="${name}-hint"`
    : html``
}${autofocus ? html` autofocus` : html``}>`

/** The field for the holder's own personal number, with its hint. */
export const ownNumberField = (
  { text: tell }: ActivationSheet,
  number: string | undefined,
  { autofocus = true }: { readonly autofocus?: boolean } = {},
): Html =>
  activationField({
    name: 'number',
    label: tell('number'),
    hint: tell('number-hint'),
    kind: 'number',
    value: number ?? '',
    autofocus,
  })

export const linkList = (list: readonly (readonly [href: string, title: string, hint: string])[]): Html =>
  html`<ul class="ways">${list.map(
    ([href, title, hint]) => html`<li>
    <a href="${href}"><strong>${title}</strong><span>${hint}</span></a></li>`,
  )}</ul>`
