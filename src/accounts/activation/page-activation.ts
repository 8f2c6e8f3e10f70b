import { html } from '../../platform/pages/html.ts'
import { addressSecretScript } from '../../platform/pages/page-assets.ts'
import {
  type ActivationSheet,
  activationField,
  activationForm,
  activationPage,
  alertBox,
  linkList,
  momentText,
  ownNumberField,
  stepList,
  submitButton,
} from './page-parts.ts'
import type { EndReason } from './why-it-stops.ts'

type ActivationFormEntry = { readonly wrong?: string | undefined; readonly number?: string | undefined }

export const activationStartPage = (
  sheet: ActivationSheet,
  { wrong, number, phoneEnd }: ActivationFormEntry & { readonly phoneEnd?: string } = {},
): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'activate',
    html`<p>${tell('activate-lead')}</p>
${stepList(sheet, 'step-proof')}
${alertBox(wrong)}
${activationForm(
  sheet,
  '/activate',
  html`${ownNumberField(sheet, number)}
${activationField({ name: 'phone', label: tell('phone-end'), kind: 'phone-end', value: phoneEnd ?? '' })}
${submitButton(tell('send-number'))}`,
)}
<h2>${tell('no-message')}?</h2>
${linkList([
  ['/activate/slip', tell('by-slip'), tell('by-slip-hint')],
  ['/account/forgotten', tell('forgotten'), tell('forgotten-hint')],
  ['/account/device', tell('other-device'), tell('other-device-hint')],
])}`,
  )
}

type CodePageState = {
  readonly maskedPhone?: string | undefined
  readonly wrong?: string | undefined
  readonly notice?: string | undefined
}

export const codePage = (
  sheet: ActivationSheet,
  { maskedPhone: shown = '', wrong, notice: said }: CodePageState,
): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'type-number',
    html`${stepList(sheet, 'step-proof')}
<p>${tell('sent-before')} <strong>${shown}</strong>. ${tell('sent-after')}</p>
${said && html`<p class="said" role="status">${said}</p>`}
${alertBox(wrong)}
${activationForm(
  sheet,
  '/activate/code',
  html`${activationField({ name: 'code', label: tell('message-number'), kind: 'code', autofocus: true })}
${submitButton(tell('continue'))}`,
)}
${activationForm(sheet, '/activate/again', submitButton(tell('send-again'), 'plain'))}
${activationForm(sheet, '/activate/no-message', submitButton(tell('no-message'), 'plain'))}`,
  )
}

export const noMessagePage = (sheet: ActivationSheet): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'no-message',
    html`<p>${tell('no-message-why')}</p>
<p>${tell('no-message-do')}</p>
<p><a class="button" href="/activate/slip">${tell('have-slip')}</a></p>
<p><a class="button plain" href="/activate">${tell('back-to-number')}</a></p>
${activationForm(sheet, '/activate/leave', submitButton(tell('start-over'), 'plain'))}`,
  )
}

/** `isRead`: the code came by the QR code of a former slip and is in the browser's cookie. */
export const slipPage = (
  sheet: ActivationSheet,
  { isRead, wrong, number, code }: ActivationFormEntry & { readonly isRead: boolean; readonly code?: string },
): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'slip',
    html`${stepList(sheet, 'step-proof')}
${isRead && html`<p class="said" role="status">${tell('slip-read')}</p>`}
${alertBox(wrong)}
${activationForm(
  sheet,
  '/activate/slip',
  html`${
    !isRead &&
    activationField({
      name: 'code',
      label: tell('slip-code'),
      hint: tell('slip-code-hint'),
      kind: 'secret',
      value: code ?? '',
      autofocus: true,
    })
  }
${ownNumberField(sheet, number, { autofocus: isRead })}
${activationField({ name: 'born', label: tell('born-on'), hint: tell('born-hint'), kind: 'day' })}
${submitButton(tell('continue'))}`,
)}
${!isRead && addressSecretScript('code')}
<p><a href="/activate">${tell('back')}</a></p>`,
  )
}

export const guardianPage = (sheet: ActivationSheet, { wrong, number }: ActivationFormEntry = {}): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'guardian',
    html`${stepList(sheet, 'step-proof')}
<p>${tell('guardian-why')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  '/activate/guardian',
  html`${activationField({
    name: 'number',
    label: tell('guardian-number'),
    kind: 'number',
    value: number ?? '',
    autofocus: true,
  })}
${activationField({ name: 'passcode', label: tell('guardian-passcode'), kind: 'passcode', autocomplete: 'off' })}
${submitButton(tell('confirm'))}`,
)}`,
  )
}

export const passcodePage = (
  sheet: ActivationSheet,
  { wrong, isNew }: { readonly wrong?: string; readonly isNew: boolean },
): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'passcode',
    html`${stepList(sheet, 'step-passcode')}
<p>${tell('passcode-lead')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  '/activate/passcode',
  html`${activationField({
    name: 'passcode',
    label: tell('passcode-new'),
    kind: 'passcode',
    autocomplete: 'new-password',
    autofocus: true,
  })}
${activationField({ name: 'again', label: tell('passcode-again'), kind: 'passcode', autocomplete: 'new-password' })}
${submitButton(tell(isNew ? 'passcode-keep' : 'passcode-keep-new'))}`,
)}`,
  )
}

/**
 * The page after the passcode was stored. It is the only page with a script, and shows its part only if the script
 * runs. After a reset by slip the account takes neither codes nor a passkey for a time, and the page says until when.
 */
export const passcodeKeptPage = (
  sheet: ActivationSheet,
  { isNew, heldUntil }: { readonly isNew: boolean; readonly heldUntil?: Date | undefined },
): string => {
  const { text: tell, form: token } = sheet
  if (heldUntil)
    return activationPage(
      sheet,
      isNew ? 'activated' : 'passcode-changed',
      html`<p>${tell('device-now')}</p>
<p><strong>${tell('held-until')} ${momentText(heldUntil)}.</strong> ${tell('held-means')}</p>
<p>${tell('held-lift')}</p>
${activationForm(sheet, '/activate/done', submitButton(tell('held-understood')))}`,
    )
  return activationPage(
    sheet,
    isNew ? 'activated' : 'passcode-changed',
    html`${stepList(sheet, 'step-codes')}
<p>${tell('device-now')}</p>
<p>${tell('codes-next')}</p>
${activationForm(sheet, '/activate/codes', submitButton(tell('show-codes')))}
<div hidden data-passkey="create" data-form="${token}" data-options="/activate/passkey/options"
data-answer="/activate/passkey"
 data-wait="${tell('passkey-wait')}" data-done="${tell('passkey-done')}" data-failed="${tell('passkey-failed')}">
<button class="button plain" type="button">${tell('passkey-add')}</button>
<p class="hint" role="status">${tell('passkey-hint')}</p>
</div>
<script src="/assets/passkey.js" defer></script>`,
  )
}

export const recoveryCodesPage = (sheet: ActivationSheet, codes: readonly string[]): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'codes',
    html`${stepList(sheet, 'step-codes')}
<p>${tell('codes-lead')}</p>
<ol class="recovery">${codes.map(code => html`<li>${code}</li>`)}</ol>
<p class="small">${tell('codes-of')}</p>
${activationForm(sheet, '/activate/done', submitButton(tell('codes-kept')))}`,
  )
}

export const activationDonePage = (sheet: ActivationSheet): string =>
  activationPage(sheet, 'done', html`<p>${sheet.text('done-text')}</p>`)

export const activationStoppedPage = (sheet: ActivationSheet, reason: EndReason): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'stopped',
    html`<p><strong>${tell(`stopped-${reason}`)}</strong></p>
<p>${tell(`do-${reason}`)}</p>
${activationForm(sheet, '/activate/leave', submitButton(tell('start-over'), 'plain'))}`,
  )
}
