import { type Html, html, type Language } from '../../platform/pages/html.ts'
import { lawMark } from '../../platform/pages/law-mark.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import * as staff from '../../staff/staff.ts'
import type { ReceiptView } from './receipts.ts'
import { type ReceiptText, type ReceiptTextKey, receiptText } from './words.ts'

/** The page behind a receipt's QR code. It works without script on any phone, for anyone who holds the paper. */

const textOr = (tell: ReceiptText, key: string, otherwise: ReceiptTextKey): string => {
  const text = tell(key as ReceiptTextKey)
  return text === key ? tell(otherwise) : text
}

function awaitedPart(tell: ReceiptText, language: Language, { awaited: waits, reason }: ReceiptView): Html {
  if (!waits) return html`<p>${tell('nobody-waits')}</p>`
  const who = { you: tell('you'), maker: tell('maker'), centre: tell('checker'), unit: waits.unit ?? '' }[waits.who]
  return html`${reason && html`<p class="wrong" role="status">${textOr(tell, `reason-${reason}`, 'reason-other')}</p>`}
<dl class="facts"><dt>${tell('who')}</dt><dd>${who}${waits.who === 'you' && waits.unit && html` · ${waits.unit}`}</dd>
${
  waits.by &&
  html`<dt>${tell('by')}</dt><dd>${dayIn(waits.by, language)}
  ${waits.law && lawMark(waits.law, language)}</dd>`
}</dl>`
}

const stepList = (tell: ReceiptText, language: Language, view: ReceiptView): Html => {
  const last = view.steps.findLastIndex(({ on }) => on !== undefined)
  return html`<ol class="progress">${view.steps.map(
    ({ step, on }, at) =>
      html`<li${at <= last ? html` class="done"` : html``}${
        at === last
          ? html`
        aria-current="step"`
          : html``
      }><span>${tell(`step-${step}`)}</span>${on && html` <span class="hint">${dayIn(on, language)}</span>`}</li>`,
  )}</ol>`
}

export function receiptPage(frame: staff.StaffPageFrame, view: ReceiptView): string {
  const tell = receiptText(frame.language)
  return staff.framedPage(
    frame,
    `${tell('receipt')} ${view.code}`,
    html`<dl class="facts"><dt>${tell('taken')}</dt><dd>${view.unit}</dd><dt>${tell('taken-on')}</dt>
      <dd>${dayIn(view.takenOn, frame.language)}</dd></dl>
<h2>${tell('card')}: ${tell(`state-${view.card}`)}</h2>
${stepList(tell, frame.language, view)}
<h2>${tell('account')}: ${textOr(tell, `account-${view.account}`, 'account-not-possible')}</h2>
${view.accountProblem && html`<p class="hint">${textOr(tell, view.accountProblem, 'account-not-possible')}</p>`}
<h2>${tell('awaited')}</h2>
${awaitedPart(tell, frame.language, view)}
<p class="hint">${tell('nothing')}</p>`,
  )
}

export const receiptUnknownPage = (frame: staff.StaffPageFrame): string => {
  const tell = receiptText(frame.language)
  return staff.framedPage(
    frame,
    tell('not-here'),
    html`<p>${tell('not-here-why')}</p><p class="hint">${tell('nothing')}</p>`,
  )
}

/** The page where the code of a receipt is typed if its QR code cannot be read. */
export const receiptFormPage = (
  frame: staff.StaffPageFrame,
  { code = '', wrong: fault }: { readonly code?: string; readonly wrong?: 'not-here' | 'ask-day' } = {},
): string => {
  const tell = receiptText(frame.language)
  return staff.framedPage(
    frame,
    tell('receipt'),
    html`<form method="post" action="/receipt">
${
  fault &&
  html`<p class="wrong" role="alert" id="wrong">
${tell(fault)}</p>`
}${fault === 'not-here' && html`<p class="hint">${tell('not-here-why')}</p>`}
<label for="code">${tell('type-code')}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="20"
value="${code}" placeholder="0A1B-2C3D">
<label for="day">${tell('type-day')}</label>
<input id="day" name="day" type="date">
<button class="button" type="submit">${tell('look')}</button>
</form>
<p class="hint">${tell('nothing')}</p>`,
  )
}
