import { html } from '../../platform/pages/html.ts'
import { alert, button, drawn, field, form, type Sheet, steps, ways } from './page-parts.ts'

/** Pages for a forgotten passcode and for another device. */

type Typed = { readonly wrong?: string | undefined; readonly number?: string | undefined }

export const forgottenPage = (sheet: Sheet, { wrong, number }: Typed = {}): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'forgotten',
    html`${steps(sheet, 'step-proof')}
<p>${tell('forgotten-lead')}</p>
${alert(wrong)}
${form(
  sheet,
  '/account/forgotten',
  html`${field({ name: 'number', label: tell('number'), hint: tell('number-hint'), kind: 'number', value: number ?? '', autofocus: true })}
${field({ name: 'code', label: tell('recovery-code'), hint: tell('recovery-hint'), kind: 'secret' })}
${button(tell('continue'))}`,
)}
${ways([['/activate/slip', tell('forgotten-slip'), tell('forgotten-slip-hint')]])}`,
  )
}

export const devicePage = (sheet: Sheet, { wrong, number }: Typed = {}): string => {
  const { tell, form: token } = sheet
  return drawn(
    sheet,
    'device',
    html`<p>${tell('device-lead')}</p>
${alert(wrong)}
${form(
  sheet,
  '/account/device',
  html`${field({ name: 'number', label: tell('number'), hint: tell('number-hint'), kind: 'number', value: number ?? '', autofocus: true })}
${field({ name: 'passcode', label: tell('passcode6'), kind: 'passcode', autocomplete: 'current-password' })}
${field({ name: 'proof', label: tell('proof'), kind: 'secret' })}
${button(tell('device-take'))}`,
)}
<div hidden data-passkey="get" data-form="${token}" data-options="/account/device/passkey/options" data-answer="/account/device/passkey" data-then="/account/device/done"
 data-wait="${tell('passkey-wait')}" data-done="${tell('device-done')}" data-failed="${tell('passkey-failed')}">
<button class="button plain" type="button">${tell('device-passkey')}</button>
<p class="hint" role="status"></p>
</div>
${ways([
  ['/account/device/show', tell('device-old'), tell('device-old-hint')],
  ['/account/forgotten', tell('forgotten'), tell('forgotten-hint')],
  ['/activate/slip', tell('device-lost'), tell('device-lost-hint')],
])}
<script src="/assets/passkey.js" defer></script>`,
  )
}

export const showPage = (sheet: Sheet, { wrong, number }: Typed = {}): string => {
  const { tell } = sheet
  return drawn(
    sheet,
    'device-show',
    html`<p>${tell('device-show-lead')}</p>
${alert(wrong)}
${form(
  sheet,
  '/account/device/show',
  html`${field({ name: 'number', label: tell('number'), hint: tell('number-hint'), kind: 'number', value: number ?? '', autofocus: true })}
${field({ name: 'passcode', label: tell('passcode6'), kind: 'passcode', autocomplete: 'current-password' })}
${button(tell('continue'))}`,
)}
<p><a href="/account/device">${tell('back')}</a></p>`,
  )
}

export const shownPage = (sheet: Sheet, code: string): string =>
  drawn(
    sheet,
    'device-shown',
    html`<ol class="recovery"><li>${code}</li></ol><p>${sheet.tell('device-shown-hint')}</p>`,
  )

export const deviceDonePage = (sheet: Sheet): string =>
  drawn(sheet, 'device-done', html`<p>${sheet.tell('device-now')}</p>`)
