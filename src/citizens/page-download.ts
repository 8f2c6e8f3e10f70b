import { html } from '../platform/pages/html.ts'
import type { OwnData } from './download.ts'
import { countText, dayOfInstantText, dayText, factsHtml, instantText } from './formats.ts'
import { shownOf } from './law.ts'
import { accessEntryHtml } from './page-access-log.ts'
import { cardAnswerBox } from './page-card.ts'
import { nameOfParty, scopesText } from './page-consents.ts'
import { type CitizenFrame, hiddenInput, pageInFrame } from './page-frame.ts'
import { recordFacts } from './page-record.ts'
import { accountStateKey } from './words.ts'

export const stepUpFor = (place: string) => `/account/sign-in?strength=2&return=${encodeURIComponent(place)}`

/** The same, proved anew: what was proved an hour ago does not do. */
export const proveAgainFor = (place: string) => `${stepUpFor(place)}&fresh=yes`

export function downloadPage(frame: CitizenFrame, { isFresh }: { readonly isFresh: boolean }): string {
  const { tell, form } = frame
  return pageInFrame(
    frame,
    tell('go-download'),
    html`<p>${tell('download-what')}</p><p class="hint">${tell('download-not')}</p>
      <p class="warn">${tell('download-care')}</p>
${
  isFresh
    ? html`<form method="post" action="/citizen/download">
      ${hiddenInput('form', form)}${hiddenInput('step', 'download')}<button class="button"
        type="submit">${tell('download-go')}</button></form>
<form method="post" action="/citizen/print">
${hiddenInput('form', form)}${hiddenInput('step', 'print')}<button class="button plain"
type="submit">${tell('download-print')}</button></form>`
    : html`<p>${tell('confirm-first')} ${tell('confirm-again')}</p><p>
      <a class="button" href="${proveAgainFor('/citizen/download')}">${tell('confirm-go')}</a></p>`
}`,
  )
}

/** The same on paper: everything, of long lists the latest. */
export function printPage(frame: CitizenFrame, gathered: OwnData): string {
  const { tell, tellLooks, language } = frame
  const { record, standing, consents, visits, names, letters, looks, counts } = gathered
  const { title, text } = cardAnswerBox(frame, standing.answer)
  return pageInFrame(
    frame,
    tell('print-title', { name: record.person.fullName }),
    html`<p class="hint">${tell('print-at', { at: instantText(gathered.madeAt, language) })}</p>
<h2>${tell('go-record')}</h2>${factsHtml(recordFacts(frame, record))}
<h2>${tell('card')}</h2><p>${title}. ${text}</p>
<h2>${tell('account')}</h2><p>${
      standing.account
        ? html`${tell('account-level', { level: standing.account.level })}, ${tell(accountStateKey(standing.account))}`
        : tell('account-none')
    }</p>
<h2>${tell('go-consents')}</h2>
${
  consents.length === 0
    ? html`<p>${tell('consents-none')}</p>`
    : html`<ul class="plain">
${consents.slice(0, shownOf.othersOnPaper).map(
  one => html`<li>
${nameOfParty(frame, names, one.partyId)}: ${scopesText(frame, one.scopes)}
(${dayOfInstantText(one.givenAt, language)}${
    one.endedAt && html`, ${tell('consent-ended', { day: dayOfInstantText(one.endedAt, language) })}`
  })</li>`,
)}</ul>`
}
<h2>${tell('go-visits')}</h2>
${
  visits.length === 0
    ? html`<p>${tell('visits-none')}</p>`
    : html`<ul class="plain">
${visits.slice(0, shownOf.othersOnPaper).map(
  one => html`<li>
${instantText(one.at, language)} ${nameOfParty(frame, names, one.partyId)}</li>`,
)}</ul>`
}
<h2>${tell('messages')}</h2>
${
  letters.length === 0
    ? html`<p>${tell('messages-none')}</p>`
    : html`<ul class="plain">
${letters.slice(0, shownOf.othersOnPaper).map(
  ({ queuedOn, subject }) => html`<li>
${dayText(queuedOn, language)} ${subject}</li>`,
)}</ul>`
}
<h2>${tellLooks('title')}</h2>
<p>${tell('print-looks', { n: countText(counts.total + counts.own, language), shown: shownOf.looksOnPaper })}</p>
<ul class="looks dated">${looks
      .slice(0, shownOf.looksOnPaper)
      .map(look => html`${accessEntryHtml(frame, look, { dated: true })}`)}</ul>`,
    { width: 'print' },
  )
}
