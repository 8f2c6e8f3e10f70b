import { html } from '../../platform/pages/html.ts'
import { slipStopPath } from '../factors/notify-change.ts'
import {
  type ActivationSheet,
  activationField,
  activationForm,
  activationPage,
  alertBox,
  ownNumberField,
  submitButton,
} from './page-parts.ts'

/** Pages on which a holder stops a slip without signing in. */

export const slipStopPage = (
  sheet: ActivationSheet,
  { wrong, number, phoneEnd }: { readonly wrong?: string; readonly number?: string; readonly phoneEnd?: string } = {},
): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'slip-stop',
    html`<p>${tell('slip-stop-lead')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  slipStopPath,
  html`${ownNumberField(sheet, number)}
${activationField({
  name: 'phone',
  label: tell('phone-end'),
  hint: tell('slip-stop-phone-hint'),
  kind: 'phone-end',
  value: phoneEnd ?? '',
})}
${submitButton(tell('send-number'))}`,
)}`,
  )
}

export const slipStopCodePage = (sheet: ActivationSheet, { wrong }: { readonly wrong?: string } = {}): string => {
  const { text: tell } = sheet
  return activationPage(
    sheet,
    'type-number',
    html`<p>${tell('slip-stop-sent')}</p>
${alertBox(wrong)}
${activationForm(
  sheet,
  `${slipStopPath}/code`,
  html`${activationField({ name: 'code', label: tell('message-number'), kind: 'code', autofocus: true })}
${submitButton(tell('slip-stop-go'))}`,
)}
<p><a href="${slipStopPath}">${tell('back')}</a></p>`,
  )
}

export const slipStoppedPage = (sheet: ActivationSheet): string =>
  activationPage(sheet, 'slip-stopped', html`<p>${sheet.text('slip-stopped-text')}</p>`)
