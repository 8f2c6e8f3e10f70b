import { type Html, html } from '../../platform/pages/html.ts'
import { addressSecretScript } from '../../platform/pages/page-assets.ts'
import { framedPage, type StaffPageFrame } from '../page-frame.ts'
import { roleName } from '../words.ts'
import { foundingText } from './words.ts'

/** Fields of the form, by their names. */
export const foundingFields = [
  'secret',
  'unit',
  'name',
  'login',
  'phone',
  'email',
  'second-name',
  'second-login',
  'second-phone',
  'second-email',
  'second-role',
  'second-delivery',
] as const
export type FoundingField = (typeof foundingFields)[number]
export type FoundingFields = { readonly [Field in FoundingField]?: string }

/** Roles of the second one; both propose and accept. */
export const secondRoles = ['provincial-commander', 'administrator'] as const
export const secondDeliveries = ['paper', 'email', 'phone'] as const

export type FoundingForm = {
  /** The token that makes the form ours. */
  readonly form: string
  readonly provinces: readonly (readonly [id: string, name: string])[]
  /** What was typed, or stands there at first. */
  readonly typed: FoundingFields
  readonly wrong?: string | undefined
}

type Choices = readonly (readonly [value: string, text: string])[]

const choiceField = (name: FoundingField, label: string, chosen: string | undefined, choices: Choices): Html =>
  html`<label for="${name}">${label}</label>
<select id="${name}" name="${name}">${choices.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select>`

/** The form by which the first two officers are entered; without script the code is typed. */
export function foundingPage(frame: StaffPageFrame, { form, provinces, typed, wrong }: FoundingForm): string {
  const text = foundingText(frame.language)
  const field = (name: FoundingField, label: string, more: Html | false = false) =>
    html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${typed[name] ?? ''}" autocomplete="off"${more}>`
  const needed = (longest: number) => html` required maxlength="${longest}"`
  const login = html` required maxlength="40" autocapitalize="none" spellcheck="false"`
  return framedPage(
    frame,
    text('title'),
    html`<p>${text('explained')}</p>
<form method="post" action="/begin">
<input type="hidden" name="form" value="${form}">
${wrong && html`<p class="wrong" role="alert" id="wrong">${wrong}</p>`}
${field('secret', text('code'), html` required maxlength="60" autocapitalize="none" spellcheck="false"`)}
${choiceField('unit', text('unit'), typed.unit, provinces)}
<h2>${text('first')}</h2>
${field('name', text('name'), needed(100))}
${field('login', text('login'), html`${login} aria-describedby="login-hint"`)}
<p class="hint" id="login-hint">${text('login-hint')}</p>
${field('phone', text('phone'), html` maxlength="30" inputmode="tel"`)}
${field('email', text('email'), html` maxlength="254" inputmode="email"`)}
<h2>${text('second')}</h2>
<p class="hint">${text('second-hint')}</p>
${field('second-name', text('name'), needed(100))}
${field('second-login', text('login'), login)}
${choiceField(
  'second-role',
  text('role'),
  typed['second-role'],
  secondRoles.map(role => [role, roleName(role)[frame.language]]),
)}
${field('second-phone', text('phone'), html` maxlength="30" inputmode="tel"`)}
${field('second-email', text('email'), html` maxlength="254" inputmode="email"`)}
${choiceField(
  'second-delivery',
  text('delivery'),
  typed['second-delivery'],
  secondDeliveries.map(delivery => [delivery, text(`delivery-${delivery}`)]),
)}
<button class="button" type="submit">${text('enter')}</button>
</form>
${addressSecretScript('secret')}`,
  )
}

/** A link that opens nothing. */
export const foundingGonePage = (frame: StaffPageFrame): string => {
  const text = foundingText(frame.language)
  return framedPage(
    frame,
    text('title'),
    html`<p class="wrong" role="alert">${text('gone')}</p>
<p>${text('gone-todo')}</p>
<p><a class="button plain" href="/sign-in">${frame.say('sign-in')}</a></p>`,
  )
}

/** What comes next for both; shown once, since the way to the first password and the paper stand in it. */
export function foundedPage(
  frame: StaffPageFrame,
  { page, paper }: { readonly page: string; readonly paper?: Buffer | undefined },
): string {
  const text = foundingText(frame.language)
  return framedPage(
    frame,
    text('done-title'),
    html`<p>${text(paper ? 'done-second-paper' : 'done-second-sent')}</p>
${
  paper &&
  html`<p><a class="button plain" download="giay-dat-mat-khau.pdf"
href="data:application/pdf;base64,${paper.toString('base64')}">${text('save-paper')}</a></p>`
}
<p>${text('done-first')}</p>
<p><a class="button" href="${page}">${text('choose-password')}</a></p>
<p class="hint">${text('done-lost')}</p>`,
  )
}
