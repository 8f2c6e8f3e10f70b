import { toString as drawQr } from 'qrcode'
import type { Exam } from '../exam.ts'
import { drawn, type Html, html, type Language } from '../html.ts'
import { dayText, stampText } from '../moment.ts'
import type { Registration, Version } from '../registering/registration.ts'
import { answerFacts, code, personFacts } from './person.ts'
import { chip } from './shell.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'
import { sayForm } from './words-form.ts'

const chipKind = { submitted: 'waiting', confirmed: 'done', returned: 'late' } as const

/** The QR code leads to the slip's own page, which tells nobody whose it is. */
export const qrOf = async (site: Site, registration: Registration): Promise<Html> =>
  drawn(
    await drawQr(`${site.origin}/slips/${registration.code}`, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }),
  )

const next = (exam: Exam, language: Language) => {
  const text = sayForm(language)
  return html`<h2>${text('next')}</h2><ul>
<li>${text('next-review')
    .replace('{from}', dayText(exam.review.from))
    .replace('{until}', dayText(exam.review.until))}</li>
<li>${text('next-print').replace('{until}', dayText(exam.review.printedUntil))}</li>
<li>${exam.bring[language]}</li></ul>`
}

export type ReceiptShown = {
  readonly exam: Exam
  readonly registration: Registration
  readonly versions: readonly Version[]
  readonly qr: Html
  /** Until when its holder may change it; nothing where they no longer may. */
  readonly changeUntil: string | undefined
}

/** The slip: on the screen with its ways on, on paper alone. */
export function receiptPage(
  { language, now }: Visit,
  { exam, registration, versions, qr, changeUntil }: ReceiptShown,
): Html {
  const text = sayForm(language)
  const { state, reason } = registration
  return html`<h1><span class="screen-only">${text('receipt-title')}</span><span
    class="sheet-only">${text('receipt-paper-title')}</span></h1>
<p class="state">${exam.title[language]}</p>
${
  state === 'returned' &&
  html`<div class="note late">
<p class="state">${text('returned')}. ${text('returned-why')} ${reason}</p>
<p>${text('returned-until')} ${dayText(exam.review.until)}.</p></div>`
}
<div class="receipt"><div>
<p>${text('receipt-code')}: <span class="code">${code(registration.code)}</span></p>
<p>${text('handed-in-at')} <b>${stampText(registration.committedAt)}</b>, ${text(
    'version',
  )} ${registration.version}. ${chip(text(state), chipKind[state])}</p>
${personFacts(registration.person, language)}
${answerFacts(exam, registration.answers, language)}
</div><div class="qr" role="img" aria-label="${text('receipt-qr')}">${qr}</div></div>
<div class="deeds"><a class="button" href="/exams/${exam.id}/receipt/print">${text('print')}</a>${
    changeUntil &&
    html`<a
class="button second" href="/exams/${exam.id}/form">${text('change')}</a>`
  }</div>
<p class="small screen-only">${changeUntil ? `${text('change-until')} ${changeUntil}.` : text('change-over')}</p>
${next(exam, language)}
${
  versions.length > 1 &&
  html`<h2>${text('versions')}</h2>
<ul>${versions.map(
    ({ version, committedAt, within }) => html`<li>
${text('version')} ${version}: ${stampText(committedAt)}, ${text(`within-${within}`)}</li>`,
  )}</ul>`
}
<p class="small sheet-only">${text('printed-at')} ${stampText(now)}</p>`
}

/** The slip for paper. */
export function receiptSheet(
  { language, now }: Visit,
  { exam, registration, qr }: Pick<ReceiptShown, 'exam' | 'registration' | 'qr'>,
): Html {
  const text = sayForm(language)
  return html`<p class="small screen-only">
    ${text('print-hint')} <a href="/exams/${exam.id}/receipt">${text('back')}</a></p>
<h1>${text('receipt-paper-title')}</h1><p class="state">${exam.title[language]}</p>
<div class="receipt"><div><p>${text('receipt-code')}: <span class="code">${code(registration.code)}</span></p>
<p>${text('handed-in-at')} <b>${stampText(registration.committedAt)}</b>, ${text(
    'version',
  )} ${registration.version}. ${text(registration.state)}.</p>
${personFacts(registration.person, language)}${answerFacts(exam, registration.answers, language)}</div>
<div class="qr" role="img" aria-label="${text('receipt-qr')}">${qr}</div></div>
${next(exam, language)}
<p class="small">${text('printed-at')} ${stampText(now)}</p>`
}

/** What anybody learns of a slip's code: that it is genuine, of which exam, since when; not whose. */
export function slipPage({ language }: Visit, exam: Exam, registration: Registration): Html {
  const text = sayForm(language)
  return html`<div class="narrow"><h1>${text('check-title')}</h1>
<p class="state">${exam.title[language]}</p>
<p>${text('receipt-code')}: <span class="code">${code(registration.code)}</span></p>
<p>${text('handed-in-at')} <b>${stampText(registration.committedAt)}</b>, ${text(
    'version',
  )} ${registration.version}. ${chip(text(registration.state), chipKind[registration.state])}</p>
<p>${text('check-nobody')}</p></div>`
}
