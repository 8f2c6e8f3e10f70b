import { type Html, html } from '../platform/pages/html.ts'
import type { ChildOverview } from './citizens.ts'
import { dayText, factsHtml, partialDayText } from './formats.ts'
import { cardAnswerBox } from './page-card.ts'
import { stepUpFor } from './page-download.ts'
import { alertHtml, type CitizenFrame, hiddenInput, pageInFrame, statusHtml } from './page-frame.ts'
import { accountStateKey } from './words.ts'

export type ChildrenPageNotes = { readonly done?: string | undefined; readonly wrong?: string | undefined }
type Parent = ChildrenPageNotes & { readonly level: 1 | 2; readonly isStrong: boolean }

/**
 * A parent with level 2, who has proved two factors and agrees, requests level 1; whether the child must agree too says
 * the law of the day (`childConsent`).
 */
function accountRequestForm(
  { tell, form }: CitizenFrame,
  { standing: { person }, request }: ChildOverview,
  { level, isStrong }: Parent,
): Html | false {
  if (request === 'no-law' || request === 'has-account') return false
  if (request === 'card-needed') return html`<p class="hint">${tell('child-card-needed')}</p>`
  if (level < 2) return html`<p class="hint">${tell('child-level-needed')}</p>`
  if (!isStrong) return html`<p class="hint">${tell('child-ask')}: ${tell('confirm-first')}</p>`
  const id = `agreed-${person.id}`
  return html`<form method="post" action="/citizen/children">
    ${hiddenInput('form', form)}${hiddenInput('step', 'child-account')}${hiddenInput('child', person.id)}
<p class="hint">${tell('child-ask-what')}</p>
<label class="choice" for="${id}"><input type="checkbox" id="${id}" name="agreed" value="yes"
required><span>${tell('child-agree')}</span></label>
<button class="button" type="submit">${tell('child-ask')}</button></form>`
}

/**
 * A parent with level 2 who has proved two factors applies for the card of a child of whom nothing is captured, and
 * chooses where to receive it.
 */
function cardRequestForm(
  { tell, form }: CitizenFrame,
  { standing: { person }, card }: ChildOverview,
  { level, isStrong }: Parent,
): Html | false {
  if (card === 'number-needed') return html`<p class="hint">${tell('child-card-birth')}</p>`
  if (card !== 'possible' && card !== 'returned') return false
  if (level < 2) return html`<p class="hint">${tell('child-card-level-needed')}</p>`
  if (!isStrong) return html`<p class="hint">${tell('child-card-ask')}: ${tell('confirm-first')}</p>`
  const idOf = (part: string) => `${part}-${person.id}`
  return html`<form method="post" action="/citizen/children">
    ${hiddenInput('form', form)}${hiddenInput('step', 'child-card')}${hiddenInput('child', person.id)}
${card === 'returned' && html`<p><strong>${tell('child-card-returned')}</strong></p>`}
<p class="hint">${tell('child-card-what')}</p>
<fieldset><legend>${tell('child-card-delivery')}</legend>
<label class="choice" for="${idOf('unit')}"><input type="radio" id="${idOf('unit')}" name="delivery" value="unit"
checked><span>${tell('child-card-unit')}</span></label>
<label class="choice" for="${idOf('post')}"><input type="radio" id="${idOf('post')}" name="delivery"
value="post"><span>${tell('child-card-post')}</span></label></fieldset>
<label for="${idOf('address')}">${tell('child-card-address')}</label>
<input id="${idOf('address')}" name="address" maxlength="300" autocomplete="street-address">
<label class="choice" for="${idOf('card')}"><input type="checkbox" id="${idOf('card')}" name="agreed" value="yes"
required><span>${tell('child-card-agree')}</span></label>
<button class="button" type="submit">${tell('child-card-ask')}</button></form>`
}

function childHtml(frame: CitizenFrame, one: ChildOverview, parent: Parent): Html {
  const { tell } = frame
  const { standing, until, request } = one
  const { title, text } = cardAnswerBox(frame, standing.answer)
  const none = request === 'no-law' ? tell('child-account') : tell('account-none')
  return html`<section class="item"><h2 class="name">${standing.person.fullName}</h2>
<p class="hint">${tell('born', { day: partialDayText(standing.person.birthDate, frame.language) })}, ${tell(
    'child-until',
    {
      day: dayText(until, frame.language),
    },
  )}</p>
${factsHtml([
  [tell('card'), text ? `${title}. ${text}` : title],
  [tell('account'), standing.account ? tell(accountStateKey(standing.account)) : none],
])}${cardRequestForm(frame, one, parent)}${accountRequestForm(frame, one, parent)}</section>`
}

/** The children for whom a parent may act today, how each stands, and the account that may be asked for. */
export function childrenPage(frame: CitizenFrame, children: readonly ChildOverview[], parent: Parent): string {
  const { tell } = frame
  const mayConfirm =
    !parent.isStrong &&
    parent.level === 2 &&
    children.some(({ request, card }) => request === 'possible' || card === 'possible' || card === 'returned')
  return pageInFrame(
    frame,
    tell('go-children'),
    children.length === 0
      ? html`<p><strong>${tell('children-none')}</strong></p>`
      : html`${statusHtml(parent.done)}${alertHtml(parent.wrong)}<p class="hint">${tell('children-what')}</p>
        ${children.map(one => childHtml(frame, one, parent))}
${mayConfirm && html`<p><a class="button" href="${stepUpFor('/citizen/children')}">${tell('confirm-go')}</a></p>`}
<p><a class="button plain" href="/account/sign-in?child=yes&amp;return=/citizen/">${tell('act-for')}</a></p>`,
  )
}
