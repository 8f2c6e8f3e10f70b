import { html } from '../../platform/pages/html.ts'
import { alert, button, drawn, field, form, type Sheet, steps, ways } from './page-parts.ts'
import type { EndReason } from './step.ts'

type Typed = { readonly wrong?: string | undefined; readonly number?: string | undefined }

export const beginPage = (
  sheet: Sheet,
  { wrong, number, phoneEnd }: Typed & { readonly phoneEnd?: string } = {},
): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'activate',
    html`<p>${tell('activate-lead')}</p>
${steps(sheet, 'step-proof')}
${alert(wrong)}
${form(
  sheet,
  '/activate',
  html`${field({ name: 'number', label: tell('number'), hint: tell('number-hint'), kind: 'number', value: number ?? '', autofocus: true })}
${field({ name: 'phone', label: tell('phone-end'), kind: 'phone-end', value: phoneEnd ?? '' })}
${button(tell('send-number'))}`,
)}
<h2>${tell('no-message')}?</h2>
${ways([
  ['/activate/slip', tell('by-slip'), tell('by-slip-hint')],
  ['/account/forgotten', tell('forgotten'), tell('forgotten-hint')],
  ['/account/device', tell('other-device'), tell('other-device-hint')],
])}`,
  )
}

type CodePage = {
  readonly shown?: string | undefined
  readonly wrong?: string | undefined
  readonly said?: string | undefined
}

export const codePage = (sheet: Sheet, { shown = '', wrong, said }: CodePage): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'type-number',
    html`${steps(sheet, 'step-proof')}
<p>${tell('sent-before')} <strong>${shown}</strong>. ${tell('sent-after')}</p>
${said && html`<p class="said" role="status">${said}</p>`}
${alert(wrong)}
${form(
  sheet,
  '/activate/code',
  html`${field({ name: 'code', label: tell('message-number'), kind: 'code', autofocus: true })}
${button(tell('continue'))}`,
)}
${form(sheet, '/activate/again', button(tell('send-again'), 'plain'))}
${form(sheet, '/activate/no-message', button(tell('no-message'), 'plain'))}`,
  )
}

export const noMessagePage = (sheet: Sheet): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'no-message',
    html`<p>${tell('no-message-why')}</p>
<p>${tell('no-message-do')}</p>
<p><a class="button" href="/activate/slip">${tell('have-slip')}</a></p>
<p><a class="button plain" href="/activate">${tell('back-to-number')}</a></p>
${form(sheet, '/activate/leave', button(tell('start-over'), 'plain'))}`,
  )
}

/** `isRead`: the code came by the QR code and is in the browser's cookie. */
export const slipPage = (
  sheet: Sheet,
  { isRead, wrong, number, code }: Typed & { readonly isRead: boolean; readonly code?: string },
): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'slip',
    html`${steps(sheet, 'step-proof')}
${isRead && html`<p class="said" role="status">${tell('slip-read')}</p>`}
${alert(wrong)}
${form(
  sheet,
  '/activate/slip',
  html`${!isRead && field({ name: 'code', label: tell('slip-code'), hint: tell('slip-code-hint'), kind: 'secret', value: code ?? '', autofocus: true })}
${field({ name: 'number', label: tell('number'), hint: tell('number-hint'), kind: 'number', value: number ?? '', autofocus: isRead })}
${field({ name: 'born', label: tell('born-on'), hint: tell('born-hint'), kind: 'day' })}
${button(tell('continue'))}`,
)}
<p><a href="/activate">${tell('back')}</a></p>`,
  )
}

export const guardianPage = (sheet: Sheet, { wrong, number }: Typed = {}): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'guardian',
    html`${steps(sheet, 'step-proof')}
<p>${tell('guardian-why')}</p>
${alert(wrong)}
${form(
  sheet,
  '/activate/guardian',
  html`${field({ name: 'number', label: tell('guardian-number'), kind: 'number', value: number ?? '', autofocus: true })}
${field({ name: 'passcode', label: tell('guardian-passcode'), kind: 'passcode', autocomplete: 'off' })}
${button(tell('confirm'))}`,
)}`,
  )
}

export const passcodePage = (
  sheet: Sheet,
  { wrong, isNew }: { readonly wrong?: string; readonly isNew: boolean },
): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'passcode',
    html`${steps(sheet, 'step-passcode')}
<p>${tell('passcode-lead')}</p>
${alert(wrong)}
${form(
  sheet,
  '/activate/passcode',
  html`${field({ name: 'passcode', label: tell('passcode-new'), kind: 'passcode', autocomplete: 'new-password', autofocus: true })}
${field({ name: 'again', label: tell('passcode-again'), kind: 'passcode', autocomplete: 'new-password' })}
${button(tell(isNew ? 'passcode-keep' : 'passcode-keep-new'))}`,
)}`,
  )
}

/**
 * The page after the passcode was stored. It is the only page with a script, and shows its part only if the script
 * runs.
 */
export const keptPage = (sheet: Sheet, { isNew }: { readonly isNew: boolean }): string => {
  const { tell, form: token } = sheet
  return drawn(
    sheet,
    isNew ? 'activated' : 'passcode-changed',
    html`${steps(sheet, 'step-codes')}
<p>${tell('device-now')}</p>
<p>${tell('codes-next')}</p>
${form(sheet, '/activate/codes', button(tell('show-codes')))}
<div hidden data-passkey="create" data-form="${token}" data-options="/activate/passkey/options" data-answer="/activate/passkey"
 data-wait="${tell('passkey-wait')}" data-done="${tell('passkey-done')}" data-failed="${tell('passkey-failed')}">
<button class="button plain" type="button">${tell('passkey-add')}</button>
<p class="hint" role="status">${tell('passkey-hint')}</p>
</div>
<script src="/assets/passkey.js" defer></script>`,
  )
}

export const codesPage = (sheet: Sheet, codes: readonly string[]): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'codes',
    html`${steps(sheet, 'step-codes')}
<p>${tell('codes-lead')}</p>
<ol class="recovery">${codes.map(code => html`<li>${code}</li>`)}</ol>
<p class="small">${tell('codes-of')}</p>
${form(sheet, '/activate/done', button(tell('codes-kept')))}`,
  )
}

export const donePage = (sheet: Sheet): string => drawn(sheet, 'done', html`<p>${sheet.tell('done-text')}</p>`)

export const stoppedPage = (sheet: Sheet, why: EndReason): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'stopped',
    html`<p><strong>${tell(`stopped-${why}`)}</strong></p>
<p>${tell(`do-${why}`)}</p>
${form(sheet, '/activate/leave', button(tell('start-over'), 'plain'))}`,
  )
}
