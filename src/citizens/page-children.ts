import { type Html, html } from '../platform/pages/html.ts'
import type { Child } from './citizens.ts'
import { answerShown } from './page-card.ts'
import { stepUpFor } from './page-download.ts'
import { alert, type Frame, framed, hidden, status } from './page-frame.ts'
import { dayShown, factsShown, partialShown } from './shown.ts'

export type ChildrenSaid = { readonly done?: string | undefined; readonly wrong?: string | undefined }
type Parent = ChildrenSaid & { readonly level: 1 | 2; readonly isStrong: boolean }

/**
 * A parent with level 2, who has proved two factors and agrees, requests level 1; a child from seven on must agree too
 * (NĐ13/2023 Art. 20).
 */
function asking(
  { tell, form }: Frame,
  { standing: { person }, request }: Child,
  { level, isStrong }: Parent,
): Html | false {
  if (request === 'no-law' || request === 'has-account') return false
  if (request === 'card-needed') return html`<p class="hint">${tell('child-card-needed')}</p>`
  if (level < 2) return html`<p class="hint">${tell('child-level-needed')}</p>`
  if (!isStrong) return html`<p class="hint">${tell('child-ask')}: ${tell('confirm-first')}</p>`
  const id = `agreed-${person.id}`
  return html`<form method="post" action="/citizen/children">${hidden('form', form)}${hidden('step', 'child-account')}${hidden('child', person.id)}
<p class="hint">${tell('child-ask-what')}</p>
<label class="choice" for="${id}"><input type="checkbox" id="${id}" name="agreed" value="yes" required><span>${tell('child-agree')}</span></label>
<button class="button" type="submit">${tell('child-ask')}</button></form>`
}

function child(frame: Frame, one: Child, parent: Parent): Html {
  const { tell } = frame
  const { standing, until, request } = one
  const { title, text } = answerShown(frame, standing.answer)
  const none = request === 'no-law' ? tell('child-account') : tell('account-none')
  return html`<section class="item"><h2 class="name">${standing.person.fullName}</h2>
<p class="hint">${tell('born', { day: partialShown(standing.person.birthDate) })}, ${tell('child-until', { day: dayShown(until) })}</p>
${factsShown([
  [tell('card'), text ? `${title}. ${text}` : title],
  [tell('account'), standing.account ? tell(`account-${standing.account.state}`) : none],
])}${asking(frame, one, parent)}</section>`
}

/** The children for whom a parent may act today, how each stands, and the account that may be asked for. */
export function childrenPage(frame: Frame, children: readonly Child[], parent: Parent): string {
  const { tell } = frame
  const mayConfirm = !parent.isStrong && parent.level === 2 && children.some(({ request }) => request === 'possible')
  return framed(
    frame,
    tell('go-children'),
    children.length === 0
      ? html`<p><strong>${tell('children-none')}</strong></p>`
      : html`${status(parent.done)}${alert(parent.wrong)}<p class="hint">${tell('children-what')}</p>${children.map(one => child(frame, one, parent))}
${mayConfirm && html`<p><a class="button" href="${stepUpFor('/citizen/children')}">${tell('confirm-go')}</a></p>`}
<p><a class="button plain" href="/account/sign-in?child=yes&amp;return=/citizen/">${tell('act-for')}</a></p>`,
  )
}
