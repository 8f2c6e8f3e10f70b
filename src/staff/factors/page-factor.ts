import { dayAt, slashedDay } from '../../platform/day.ts'
import { browserText } from '../../platform/pages/browser-text.ts'
import { type Html, hidden, html } from '../../platform/pages/html.ts'
import { qrPath } from '../../platform/pages/qr-path.ts'
import { framedPage, type StaffPageFrame } from '../page-frame.ts'
import type { LiveSession } from '../store-session.ts'
import type { FactorWays, OfficerFactor } from './factors.ts'
import { type FactorText, factorText } from './words.ts'

/** What each form carries: the token that makes it ours, and where to go afterwards. */
export type FactorForm = { readonly form: string; readonly next: string; readonly wrong?: string | undefined }

const fieldsOf = ({ form, next }: FactorForm) => html`${hidden('form', form)}${hidden('return', next)}`
const wrongNote = (text: string | undefined) => text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`
const script = html`<script src="/assets/officer-passkey.js" type="module"></script>`

const codeField = (label: string, { digits, focused }: { digits: string; focused: boolean }) =>
  html`<label for="code">${label}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="${digits}" required
maxlength="20"${focused && html` autofocus`}>`

/** The form of a passkey; hidden until its script finds that the browser knows passkeys. */
const passkeyForm = (
  form: FactorForm,
  text: FactorText,
  {
    action,
    options,
    kind,
    button,
    inner,
  }: { action: string; options: string; kind: 'get' | 'create'; button: string; inner?: Html },
) => html`<form method="post" action="${action}" data-passkey="${kind}" data-options="${options}" hidden>
${fieldsOf(form)}${hidden('way', 'passkey')}${hidden('challenge', '')}${hidden('answer', '')}
${inner}
<p class="wrong" role="alert" data-passkey-failed hidden>${text('passkey-failed')}</p>
<button class="button" type="submit">${button}</button>
</form>
<p class="hint" data-passkey-none>${text('passkey-none')}</p>`

/** The page on which an officer gives a second factor, to sign in or to go on. */
export function giveFactorPage(
  frame: StaffPageFrame,
  page: FactorForm & {
    readonly to: 'sign-in' | 'go-on'
    readonly ways: FactorWays
    readonly mailSent: boolean
    readonly demonstration: boolean
  },
): string {
  const text = factorText(frame.language)
  const { ways, to } = page
  // The one that a demonstration knows is in no browser.
  const hasPasskey = ways.passkeys > (page.demonstration ? 1 : 0)
  const hasWay = ways.passkeys > 0 || ways.app || ways.mail !== undefined
  return framedPage(
    frame,
    text('give-title'),
    html`<p>${text(to === 'sign-in' ? 'give-to-sign-in' : 'give-to-go-on')}</p>
${wrongNote(page.wrong)}
${ways.bySigningInAgain && signInAgain(page, text)}
${!hasWay && !ways.bySigningInAgain && html`<p class="wrong" role="alert">${text('no-way')}</p>`}
${restingNote(text, ways.resting)}
${page.demonstration && demonstrationForm(page, text)}
${
  hasPasskey &&
  html`<p class="hint">${text('by-passkey-hint')}</p>
${passkeyForm(page, text, {
  action: '/second-factor',
  options: '/second-factor/options',
  kind: 'get',
  button: text('by-passkey'),
})}`
}
${
  ways.app &&
  html`<form method="post" action="/second-factor">${fieldsOf(page)}${hidden('way', 'totp')}
${codeField(text('app-code'), { digits: '[0-9 ]{6,8}', focused: true })}
<button class="button" type="submit">${text('confirm')}</button></form>`
}
${ways.mail !== undefined && mailForms(page, text, ways.mail)}
${hasWay && html`<h2>${text('lost-title')}</h2><p class="hint">${text('lost')}</p>`}
${to === 'sign-in' && html`<p><a href="/sign-in">${text('other-officer')}</a></p>`}
${hasPasskey && script}`,
  )
}

/** Whose session stands on a code by mail has another sent by signing in again. */
const signInAgain = ({ next }: FactorForm, text: FactorText) => html`<p>${text('sign-in-again')}</p>
<p><a class="button" href="/sign-in?return=${encodeURIComponent(next)}">${text('sign-in-again-button')}</a></p>`

/** What was added by a code by mail and opens nothing yet: who did not add it removes it. */
const restingNote = (text: FactorText, resting: readonly OfficerFactor[]) =>
  resting.map(
    ({ name, addedAt, restsUntil }) =>
      html`<p class="wrong" role="alert"><strong>${name}</strong>: ${text('added')} ${momentText(addedAt)},
${text('rests-until')}
${restsUntil && momentText(restsUntil)}. ${text('rests')}</p>`,
  )

/** In a demonstration alone: its known second factor, given for the visitor. */
const demonstrationForm = (page: FactorForm, text: FactorText) =>
  html`<form method="post" action="/demonstration/second-factor" data-demonstration>${fieldsOf(page)}
<button class="button" type="submit">${text('demonstration-way')}</button></form>`

const mailForms = (page: FactorForm & { readonly mailSent: boolean }, text: FactorText, to: string) => html`${
  page.mailSent &&
  html`<p role="status">${text('mail-sent')}</p>
<form method="post" action="/second-factor">${fieldsOf(page)}${hidden('way', 'mail')}
${codeField(text('mail-code'), { digits: '[0-9 ]{8,12}', focused: true })}
<button class="button" type="submit">${text('confirm')}</button></form>`
}
<form method="post" action="/second-factor/mail">${fieldsOf(page)}
<button class="button${page.mailSent && html` plain`}" type="submit">${text('send-mail')} ${to}</button></form>`

function qrHtml(text: FactorText, address: string): Html {
  const { d, size } = qrPath(address)
  return html`<svg class="qr" role="img" aria-label="${text('qr')}" viewBox="-4 -4 ${size + 8} ${size + 8}"
  width="232" height="232"><path d="${d}"/></svg>`
}

/** In groups of four, as it is typed. */
const grouped = (secret: string) => secret.replace(/.{4}(?=.)/g, '$& ')

const nameField = (text: FactorText, { id, value }: { id: string; value: string }) =>
  html`<label for="${id}">${text('name')}</label>
<input id="${id}" name="name" maxlength="100" required value="${value}">`

/** The page on which an officer adds a factor: a passkey of this device, or the app of a phone. */
export function addFactorPage(
  frame: StaffPageFrame,
  page: FactorForm & {
    readonly first: boolean
    readonly demonstration: boolean
    readonly app: { readonly secret: string; readonly address: string }
  },
): string {
  const text = factorText(frame.language)
  return framedPage(
    frame,
    text('add-title'),
    html`${page.first && html`<p>${text('add-first')}</p>`}
${wrongNote(page.wrong)}
${page.demonstration && demonstrationForm(page, text)}
<h2>${text('add-passkey')}</h2>
<p class="hint">${text('add-passkey-hint')}</p>
${passkeyForm(page, text, {
  action: '/second-factor/add',
  options: '/second-factor/add-options',
  kind: 'create',
  button: text('make-passkey'),
  inner: nameField(text, { id: 'name-passkey', value: text('name-device') }),
})}
<h2>${text('add-app')}</h2>
<p class="hint">${text('add-app-hint')}</p>
${qrHtml(text, page.app.address)}
<p>${text('secret-instead')} <code>${grouped(page.app.secret)}</code></p>
<form method="post" action="/second-factor/add">${fieldsOf(page)}${hidden('way', 'totp')}
${codeField(text('app-code'), { digits: '[0-9 ]{6,8}', focused: false })}
${nameField(text, { id: 'name-app', value: text('name-phone') })}
<button class="button" type="submit">${text('add')}</button></form>
${script}`,
  )
}

/** A moment of the province. */
const momentText = (instant: Date) =>
  `${slashedDay(dayAt(instant))} ${new Intl.DateTimeFormat('vi-VN', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(instant)}`

/** Another session is ended by who gave a second factor lately; this one by signing out. */
const sessionEnding = (
  page: FactorForm & { readonly fresh: boolean },
  text: FactorText,
  { id, thisOne }: { readonly id: string; readonly thisOne: boolean },
) =>
  page.fresh &&
  !thisOne &&
  html`<form method="post" action="/second-factor/end-session">${fieldsOf(page)}${hidden('id', id)}
<button class="button plain" type="submit">${text('end-session')}</button></form>`

type ShownSession = LiveSession & { readonly thisOne: boolean }

const sessionHtml = (page: FactorForm & { readonly fresh: boolean }, text: FactorText, one: ShownSession) =>
  html`<p class="hint">${one.thisOne && html`<strong>${text('this-one')}</strong> · `}${browserText(one.browser)} ·
${text('began')} ${momentText(one.beganAt)} · ${text('used')} ${momentText(one.seenAt)}</p>
${sessionEnding(page, text, one)}`

/** An officer's own factors, and where they are signed in. */
export function ownFactorsPage(
  frame: StaffPageFrame,
  page: FactorForm & {
    readonly factors: readonly OfficerFactor[]
    readonly sessions: readonly ShownSession[]
    readonly fresh: boolean
  },
): string {
  const text = factorText(frame.language)
  const day = (instant: Date) => slashedDay(dayAt(instant))
  const again = `/second-factor?return=${encodeURIComponent('/second-factor/mine')}`
  const usable = page.factors.filter(({ restsUntil }) => restsUntil === null).length
  const removal = ({ id, restsUntil }: OfficerFactor) =>
    page.fresh && (usable > 1 || restsUntil !== null)
      ? html`<form method="post" action="/second-factor/remove">${fieldsOf(page)}${hidden('id', id)}
<button class="button plain" type="submit">${text('remove')}</button></form>`
      : html``
  return framedPage(
    frame,
    text('mine-title'),
    html`${wrongNote(page.wrong)}
${page.factors.length === 0 && html`<p>${text('mine-empty')}</p>`}
${restingNote(
  text,
  page.factors.filter(({ restsUntil }) => restsUntil !== null),
)}
${page.factors.map(
  one => html`<h2>${one.name}</h2>
<p class="hint">${text(one.kind)} · ${text('added')} ${day(one.addedAt)} ·
${one.usedAt ? html`${text('used')} ${day(one.usedAt)}` : text('never')}</p>${removal(one)}`,
)}
${page.factors.length === 1 && usable === 1 && html`<p class="hint">${text('remove-last')}</p>`}
<h2>${text('sessions-title')}</h2>
${page.sessions.map(one => sessionHtml(page, text, one))}
${
  page.fresh &&
  page.sessions.length > 1 &&
  html`<form method="post" action="/sign-out">${fieldsOf(page)}
<button class="button plain" type="submit" name="everywhere"
value="yes">${frame.say('sign-out-everywhere')}</button></form>`
}
<p>${
      page.fresh
        ? html`<a class="button" href="/second-factor/add?return=%2Fsecond-factor%2Fmine">${text('add-another')}</a>`
        : html`<a class="button" href="${again}">${text('confirm-first')}</a>`
    }
<a class="button plain" href="${page.next}">${frame.say('back')}</a></p>`,
  )
}
