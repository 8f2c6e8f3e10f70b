import type * as accounts from '../accounts/accounts.ts'
import { browserText } from '../platform/pages/browser-text.ts'
import { type Html, html } from '../platform/pages/html.ts'
import { qrPath } from '../platform/pages/qr-path.ts'
import * as signin from '../signin/signin.ts'
import { dayOfInstantText, factsHtml, instantText } from './formats.ts'
import type { mailboxOf, remindersOf } from './own-deeds.ts'
import { alertHtml, buttonForm, type CitizenFrame, hiddenInput, pageInFrame, statusHtml } from './page-frame.ts'
import type { CitizenTextKey } from './words.ts'

const action = '/citizen/account'

export type AccountView = {
  readonly holder: accounts.Holder
  readonly activatedAt?: Date | undefined
  readonly devices: readonly accounts.Device[]
  readonly sessions: readonly signin.CitizenSession[]
  readonly here: signin.CitizenSessionId
  readonly passkeys: readonly accounts.PasskeySummary[]
  /** Whether two ways of confirming were proved of late. */
  readonly isStrong: boolean
  readonly slips: Awaited<ReturnType<typeof accounts.findStoppable>>
  /** Since when its phone refuses reminders, and how that was said; undefined without a phone. */
  readonly reminders?: Awaited<ReturnType<typeof remindersOf>>
  readonly mailbox: Awaited<ReturnType<typeof mailboxOf>>
  /** Until when the account waits after a reset by slip. */
  readonly heldUntil: Date | undefined
  readonly done?: string | undefined
  readonly wrong?: string | undefined
  /** What a passkey was to be called, before its holder proved who they are. */
  readonly passkeyName?: string | undefined
}

/** A slip that was printed or used: the holder who asked for none stops it here. */
function slipsHtml(frame: CitizenFrame, { slips, heldUntil }: AccountView): Html | false {
  const { tell } = frame
  const [latest] = slips
  if (!latest) return false
  const at = instantText(latest.usedAt ?? latest.printedAt, frame.language)
  return html`<section class="item"><h2>${tell('slip')}</h2>
<p>${tell(latest.usedAt ? 'slip-was-used' : 'slip-was-printed', { at })}
${heldUntil && tell('held-wrong', { until: instantText(heldUntil, frame.language) })}</p>
<p class="hint">${tell('slip-not-you')}</p>
${buttonForm(frame, { action, step: 'slip-stop', label: tell('slip-stop') })}</section>`
}

/** Which messages may be refused, which are owed, and what was decided. */
function remindersHtml(frame: CitizenFrame, { reminders }: AccountView): Html | false {
  if (!reminders) return false
  const { tell, language } = frame
  const { refused } = reminders
  const since = refused && dayOfInstantText(refused.since, language)
  return html`<section class="item"><h2>${tell('reminders')}</h2>
<p>${refused ? tell(`reminders-refused-${refused.how}`, { day: since ?? '' }) : tell('reminders-on')}</p>
<p class="hint">${tell('reminders-owed')}</p>
${buttonForm(frame, {
  action,
  step: refused ? 'reminders-want' : 'reminders-refuse',
  label: tell(refused ? 'reminders-want' : 'reminders-refuse'),
})}</section>`
}

/** Where messages go that the phone does not take: added by a number that is sent there. */
function mailboxHtml({ tell, form }: CitizenFrame, { mailbox: { confirmed, asked } }: AccountView): Html {
  return html`<section class="item"><h2>${tell('mailbox')}</h2>
<p>${confirmed ? html`<strong>${confirmed}</strong>` : tell('mailbox-none')}</p>
<p class="hint">${tell('mailbox-for')}</p>
${
  asked &&
  html`<form method="post" action="${action}">${hiddenInput('form', form)}${hiddenInput('step', 'mailbox-confirm')}
<label for="mailbox-code">${tell('mailbox-code', { mailbox: asked })}</label>
<input id="mailbox-code" name="code" class="digits" inputmode="numeric" autocomplete="one-time-code" maxlength="7"
required>
<button class="button" type="submit">${tell('mailbox-confirm')}</button></form>`
}
<details><summary>${tell(confirmed || asked ? 'mailbox-other' : 'mailbox-add')}</summary>
<form method="post" action="${action}">${hiddenInput('form', form)}${hiddenInput('step', 'mailbox-ask')}
<label for="mailbox">${tell('mailbox-address')}</label>
<input id="mailbox" name="mailbox" type="email" autocomplete="email" maxlength="254" required>
<button class="button" type="submit">${tell('mailbox-ask')}</button></form></details>
${
  (confirmed || asked) &&
  html`<form method="post" action="${action}">${hiddenInput('form', form)}${hiddenInput('step', 'mailbox-remove')}
<button class="button plain" type="submit">${tell('mailbox-remove')}</button></form>`
}</section>`
}

function devicesHtml(frame: CitizenFrame, all: readonly accounts.Device[]): Html {
  const { language, tell } = frame
  const now = all.find(({ endedAt }) => endedAt === null)
  const former = all.filter(({ endedAt }) => endedAt !== null)
  return html`<h2>${tell('device')}</h2>
${
  now
    ? html`<div class="item"><strong>${browserText(now.browser)}</strong>
      <p class="hint">${tell('device-known', {
        day: dayOfInstantText(now.knownAt, language),
        seen: instantText(now.seenAt, language),
      })}</p>
${buttonForm(frame, { action, step: 'device-end', label: tell('device-end') })}</div>
<p class="hint">${tell('device-one')}</p>`
    : html`<p>${tell('device-none')}</p>`
}
${
  former.length > 0 &&
  html`<details><summary>${tell('device-former')}</summary><ul class="plain">${former.slice(0, 20).map(
    ({ browser, endedAt }) =>
      html`<li>${browserText(browser)} <span
          class="hint">${endedAt && tell('device-ended', { day: dayOfInstantText(endedAt, language) })}</span></li>`,
  )}</ul></details>`
}`
}

function sessionHtml(frame: CitizenFrame, one: signin.CitizenSession, here: signin.CitizenSessionId): Html {
  const { tell } = frame
  const facts = {
    day: instantText(one.beganAt, frame.language),
    seen: instantText(one.seenAt, frame.language),
    strength: signin.sessionStrength(one),
  }
  return html`<div class="item"><strong>${browserText(one.browser)}</strong>${
    one.id === here &&
    html`
    (${tell('session-this')})`
  }
<p class="hint">${tell('session-began', facts)}${one.childId && html`, ${tell('session-for-child')}`}</p>
${
  one.id !== here &&
  buttonForm(frame, { action, step: 'session-end', label: tell('session-end'), fields: { session: one.id } })
}</div>`
}

function passkeyHtml(frame: CitizenFrame, { credentialId, name, addedAt, usedAt }: accounts.PasskeySummary): Html {
  const { tell } = frame
  return html`<div class="item"><strong>${name}</strong>
    <p class="hint">${tell('passkey-added', { day: dayOfInstantText(addedAt, frame.language) })}, ${
      usedAt ? tell('passkey-used', { day: dayOfInstantText(usedAt, frame.language) }) : tell('passkey-never')
    }</p>
${buttonForm(frame, {
  action,
  step: 'passkey-remove',
  label: tell('passkey-remove'),
  fields: { passkey: credentialId },
})}</div>`
}

/** Shown by the script, where the browser has one and knows passkeys. */
const addPasskeyForm = (
  { tell, form }: CitizenFrame,
  name = '',
): Html => html`<form method="post" action="${action}" data-passkey hidden>
${hiddenInput('form', form)}${hiddenInput('step', 'passkey-add')}${hiddenInput(
  'challenge',
  '',
)}${hiddenInput('made', '')}
<label for="passkey-name">${tell('passkey-name')}</label>
<input id="passkey-name" name="name" maxlength="60" autocomplete="off" value="${name}">
<p class="wrong" role="alert" hidden data-passkey-failed>${tell('passkey-failed')}</p>
<button class="button plain" type="submit">${tell('passkey-add')}</button></form>
<p class="hint" data-passkey-none>${tell('passkey-no-script')}</p>
<script src="/assets/passkey-add.js" defer></script>`

const passcodeForm = ({ tell, form }: CitizenFrame): Html => html`<details><summary>${tell('passcode-change')}</summary>
<form method="post" action="${action}">${hiddenInput('form', form)}${hiddenInput('step', 'passcode')}
<label for="current">${tell('passcode-current')}</label>
<input id="current" name="current" class="digits" type="password" inputmode="numeric" autocomplete="current-password"
maxlength="6" required>
<p class="hint"><a href="/account/forgotten">${tell('passcode-forgotten')}</a></p>
<label for="next">${tell('passcode-next')}</label>
<input id="next" name="next" class="digits" type="password" inputmode="numeric" autocomplete="new-password"
maxlength="6" required>
<label for="again">${tell('passcode-again')}</label>
<input id="again" name="again" class="digits" type="password" inputmode="numeric" autocomplete="new-password"
maxlength="6" required>
<button class="button" type="submit">${tell('passcode-change')}</button></form></details>`

const stepUp = '/account/sign-in?strength=2&fresh=yes&return=%2Fcitizen%2Faccount'

/** What an account is proved by; what changes it asks for two ways first. */
function factorsHtml(frame: CitizenFrame, view: AccountView): Html {
  const { holder, passkeys, isStrong, heldUntil, passkeyName } = view
  const { tell } = frame
  const { totp, recoveryCodes } = holder.factors
  return html`${
    !isStrong &&
    !heldUntil &&
    html`<p class="acting">
    ${tell('confirm-below')} <a href="${stepUp}">${tell('confirm-go')}</a></p>`
  }
<h2>${tell('passkeys')}</h2>
${
  passkeys.length > 0
    ? passkeys.map(one => passkeyHtml(frame, one))
    : html`<p class="hint">
${tell('passkeys-none')}</p>`
}
${addPasskeyForm(frame, passkeyName)}
<h2>${tell('totp')}</h2>
<p>${tell(totp ? 'totp-on' : 'totp-off')}</p>
${buttonForm(frame, {
  action,
  step: totp ? 'totp-remove' : 'totp-offer',
  label: tell(totp ? 'totp-remove' : 'totp-offer'),
})}
<h2 id="codes">${tell('codes')}</h2>
<p>${tell('codes-left', { n: recoveryCodes })} <span class="hint">${tell('codes-replace')}</span></p>
${buttonForm(frame, { action, step: 'codes', label: tell('codes-make') })}
<h2>${tell('passcode')}</h2>
${passcodeForm(frame)}`
}

export function accountPage(frame: CitizenFrame, view: AccountView): string {
  const { tell } = frame
  const { holder, activatedAt, sessions, here, done, wrong } = view
  const phone = holder.factors.phone
  return pageInFrame(
    frame,
    tell('go-account'),
    html`${statusHtml(done)}${alertHtml(wrong)}
${factsHtml([
  [tell('level'), html`${holder.level} · ${tell(`account-${holder.state}`)}`],
  [tell('activation'), activatedAt && dayOfInstantText(activatedAt, frame.language)],
  [
    tell('phone'),
    html`${phone ? tell('phone-ends', { digits: phone }) : tell('no-phone')}
      <span class="hint">${tell('phone-change')}</span>`,
  ],
])}
${slipsHtml(frame, view)}
${mailboxHtml(frame, view)}
${remindersHtml(frame, view)}
${devicesHtml(frame, view.devices)}
<h2>${tell('sessions')}</h2>
${sessions.map(one => sessionHtml(frame, one, here))}
${
  sessions.length > 1 &&
  buttonForm(frame, { action, step: 'sessions-end', label: tell('sessions-end'), kind: 'button plain' })
}
${factorsHtml(frame, view)}`,
  )
}

const qrCodeHtml = ({ tell }: CitizenFrame, uri: string): Html => {
  const { d, size } = qrPath(uri)
  return html`<svg class="qr" role="img" aria-label="${tell('totp-qr')}" viewBox="-4 -4 ${size + 8} ${size + 8}"
    width="232" height="232"><path d="${d}"/></svg>`
}

/** The app's secret, once; or only the field, where the number that was typed was wrong. */
export function totpPage(
  frame: CitizenFrame,
  {
    offered,
    wrong,
  }: { offered?: { readonly secret: string; readonly uri: string } | undefined; wrong?: string | undefined },
): string {
  const { tell, form } = frame
  return pageInFrame(
    frame,
    tell('totp-title'),
    html`${alertHtml(wrong)}
${
  offered &&
  html`<p>${tell('totp-how')}</p>${qrCodeHtml(frame, offered.uri)}<p>
${tell('totp-secret')}: <code class="secret">${offered.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`
}
<form method="post" action="${action}">${hiddenInput('form', form)}${hiddenInput('step', 'totp-confirm')}
<label for="code">${tell('totp-code')}</label>
<input id="code" name="code" class="digits" inputmode="numeric" autocomplete="one-time-code" maxlength="7"
required${wrong && html` aria-describedby="wrong" aria-invalid="true"`}>
<button class="button" type="submit">${tell('totp-confirm')}</button></form>
${!offered && buttonForm(frame, { action, step: 'totp-offer', label: tell('totp-again') })}`,
  )
}

export function codesPage(frame: CitizenFrame, codes: readonly string[]): string {
  const { tell } = frame
  return pageInFrame(
    frame,
    tell('codes-title'),
    html`<p>${tell('codes-once')}</p><ol class="codes">${codes.map(code => html`<li><code>${code}</code></li>`)}</ol>
<p><a class="button" href="${action}">${tell('codes-kept')}</a></p>`,
    { width: 'print' },
  )
}

/** After its person proved who they are: the button by which the form that waited goes on. */
export function goOnPage(
  frame: CitizenFrame,
  { step, label }: { readonly step: string; readonly label: CitizenTextKey },
): string {
  const { tell } = frame
  return pageInFrame(
    frame,
    tell('go-on-title'),
    html`<p role="status">${tell('go-on-text')}</p>
${buttonForm(frame, { action, step, label: tell(label), kind: 'button' })}
<p><a href="${action}">${tell('go-on-not')}</a></p>`,
  )
}
