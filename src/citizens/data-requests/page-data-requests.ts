import * as dataProtection from '../../data-protection/data-protection.ts'
import { type Html, html } from '../../platform/pages/html.ts'
import { basisText } from '../../platform/pages/law-mark.ts'
import { dayOfInstantText, dayText, factsHtml, timeText } from '../formats.ts'
import { alertHtml, buttonForm, type CitizenFrame, hiddenInput, pageInFrame, statusHtml } from '../page-frame.ts'
import type { OwnRequest } from './data-requests.ts'
import type { TellDataRequests } from './words.ts'

/** What a person may ask about their data, what is done at once, and what they asked so far. */

export const dataRequestsPlace = '/citizen/requests'

export type DataRequestsView = {
  readonly requests: readonly OwnRequest[]
  readonly done?: string | undefined
  readonly wrong?: string | undefined
  /** What was typed, where it was refused. */
  readonly typed?: { readonly kind?: string | undefined; readonly words?: string | undefined } | undefined
}

function dueHtml({ language }: CitizenFrame, tell: TellDataRequests, { dueOn, dueAt, law, due }: OwnRequest): Html {
  const by = basisText(law, language)
  const day = dayText(dueOn, language)
  const text =
    law.source === 'house'
      ? tell('due-house', { day })
      : dueAt
        ? tell('due-hours', { time: timeText(dueAt), day: dayOfInstantText(dueAt, language), law: by })
        : tell('due-days', { day, law: by })
  return html`<p>${text}</p>${due === 'overdue' && html`<p class="warn">${tell('late')}</p>`}`
}

function requestHtml(frame: CitizenFrame, tell: TellDataRequests, one: OwnRequest): Html {
  const words = dataProtection.sayOfRequests(frame.language)
  const isOpen = dataProtection.isOpen(one.state)
  return html`<section class="item"><h3 class="name">${words(`kind-${one.kind}`)}</h3>
<p class="hint">${tell('received', { day: dayText(one.receivedOn, frame.language) })}${
    one.way === 'counter' && html`, ${tell('at-counter')}`
  }. ${one.outcome ? words(`outcome-${one.outcome}`) : words(`state-${one.state}`)}.</p>
<p>${one.words}</p>
${isOpen && dueHtml(frame, tell, one)}
${one.extensionReason && html`<p class="hint">${tell('extended', { reason: one.extensionReason })}</p>`}
${
  one.answer &&
  html`${factsHtml([
    [tell('answer'), one.answer],
    [tell('ground'), one.ground && words(`ground-${one.ground}`)],
  ])}<p class="hint">${one.endedOn && tell('answered-on', { day: dayText(one.endedOn, frame.language) })}.
${one.outcome !== 'granted' && tell('disagree')}</p>`
}
${
  isOpen &&
  buttonForm(frame, {
    action: dataRequestsPlace,
    step: 'take-back',
    label: tell('take-back'),
    fields: { request: one.id },
    kind: 'button plain',
  })
}</section>`
}

function formHtml(frame: CitizenFrame, tell: TellDataRequests, { typed, wrong }: DataRequestsView): Html {
  const words = dataProtection.sayOfRequests(frame.language)
  return html`<form method="post" action="${dataRequestsPlace}">
${hiddenInput('form', frame.form)}${hiddenInput('step', 'file')}
<label for="kind">${tell('kind')}</label>
<select id="kind" name="kind" required>
<option value=""></option>
${dataProtection.requestKinds.map(
  kind => html`<option value="${kind}"${typed?.kind === kind && html` selected`}>${words(`kind-${kind}`)}</option>`,
)}</select>
<label for="words">${tell('words')}</label>
<textarea id="words" name="words" rows="5" maxlength="2000" required
aria-describedby="words-hint"${wrong && html` aria-invalid="true"`}>${typed?.words ?? ''}</textarea>
<p class="hint" id="words-hint">${tell('words-hint')}</p>
<button class="button" type="submit">${tell('send')}</button></form>`
}

export function dataRequestsPage(frame: CitizenFrame, tell: TellDataRequests, view: DataRequestsView): string {
  const { requests, done, wrong } = view
  return pageInFrame(
    frame,
    tell('title'),
    html`${statusHtml(done)}${alertHtml(wrong)}
<p>${tell('about')}</p>
<p class="hint">${tell('at-once')}</p>
<ul class="ways">
<li><a href="/citizen/download"><strong>${tell('at-once-copy')}</strong></a></li>
<li><a href="/citizen/consents"><strong>${tell('at-once-consent')}</strong></a></li>
<li><a href="/citizen/looks"><strong>${tell('at-once-looks')}</strong></a></li></ul>
<h2>${tell('new')}</h2>${formHtml(frame, tell, view)}
<h2>${tell('mine')}</h2>
${
  requests.length === 0
    ? html`<p class="hint">${tell('none')}</p>`
    : html`${requests.map(one => requestHtml(frame, tell, one))}`
}`,
  )
}
