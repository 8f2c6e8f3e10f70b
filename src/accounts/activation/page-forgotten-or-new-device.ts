import { html } from '../../platform/pages/html.ts'
import {
  type ActivationSheet,
  activationField,
  activationForm,
  activationPage,
  alertBox,
  linkList,
  ownNumberField,
  stepList,
  submitButton,
} from './page-parts.ts'

/** Pages for a forgotten passcode and for another device. */

type AccountFormEntry = { readonly wrong?: string | undefined; readonly number?: string | undefined }

export const forgottenPasscodePage = (sheet: ActivationSheet, { wrong, number }: AccountFormEntry = {}): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'forgotten',
    html`${stepList(sheet, 'step-proof')}
<p>${tell('forgotten-lead')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  '/account/forgotten',
  html`${ownNumberField(sheet, number)}
${activationField({ name: 'code', label: tell('recovery-code'), hint: tell('recovery-hint'), kind: 'secret' })}
${submitButton(tell('continue'))}`,
)}
${linkList([['/activate/slip', tell('forgotten-slip'), tell('forgotten-slip-hint')]])}`,
  )
}

export const devicePage = (sheet: ActivationSheet, { wrong, number }: AccountFormEntry = {}): string => {
  const { text: tell, form: token } = sheet
  return activationPage(
    sheet,
    'device',
    html`<p>${tell('device-lead')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  '/account/device',
  html`${ownNumberField(sheet, number)}
${activationField({ name: 'passcode', label: tell('passcode6'), kind: 'passcode', autocomplete: 'current-password' })}
${activationField({ name: 'proof', label: tell('proof'), kind: 'secret' })}
${submitButton(tell('device-take'))}`,
)}
<div hidden data-passkey="get" data-form="${token}" data-options="/account/device/passkey/options"
data-answer="/account/device/passkey" data-then="/account/device/done"
 data-wait="${tell('passkey-wait')}" data-done="${tell('device-done')}" data-failed="${tell('passkey-failed')}">
<button class="button plain" type="button">${tell('device-passkey')}</button>
<p class="hint" role="status"></p>
</div>
${linkList([
  ['/account/device/show', tell('device-old'), tell('device-old-hint')],
  ['/account/forgotten', tell('forgotten'), tell('forgotten-hint')],
  ['/activate/slip', tell('device-lost'), tell('device-lost-hint')],
])}
<script src="/assets/passkey.js" defer></script>`,
  )
}

export const deviceCodeFormPage = (sheet: ActivationSheet, { wrong, number }: AccountFormEntry = {}): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'device-show',
    html`<p>${tell('device-show-lead')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  '/account/device/show',
  html`${ownNumberField(sheet, number)}
${activationField({ name: 'passcode', label: tell('passcode6'), kind: 'passcode', autocomplete: 'current-password' })}
${submitButton(tell('continue'))}`,
)}
<p><a href="/account/device">${tell('back')}</a></p>`,
  )
}

export const deviceCodePage = (sheet: ActivationSheet, code: string): string =>
  activationPage(
    sheet,
    'device-shown',
    html`<ol class="recovery"><li>${code}</li></ol><p>${sheet.text('device-shown-hint')}</p>`,
  )

export const deviceDonePage = (sheet: ActivationSheet): string =>
  activationPage(sheet, 'device-done', html`<p>${sheet.text('device-now')}</p>`)
