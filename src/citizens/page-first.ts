import type * as accounts from '../accounts/accounts.ts'
import type * as audit from '../audit/audit.ts'
import { html } from '../platform/pages/html.ts'
import type { Standing, ToDo } from './citizens.ts'
import { answerShown } from './page-card.ts'
import { type Frame, framed, hidden } from './page-frame.ts'
import { countShown, onDay } from './shown.ts'
import type { WordKey } from './words.ts'

export type First = {
  readonly standing: Standing
  readonly toDo: readonly ToDo[]
  readonly looks: audit.Looked
  readonly consents: number
  readonly children: number
}

/** Where each thing is done; absent where it is an office. */
const placeOf: Partial<Record<ToDo, string>> = {
  'fetch-card': '/citizen/card',
  'mend-application': '/citizen/card',
  'second-way': '/citizen/account#codes',
  'more-codes': '/citizen/account#codes',
}

function accountLine({ tell, child }: Frame, account: accounts.Account | undefined) {
  if (child) return html`${tell('child-account')}`
  if (!account) return html`${tell('account-none')}`
  const on = account.activatedAt && tell('account-activated-on', { day: onDay(account.activatedAt) })
  return html`<strong>${tell('account-level', { level: account.level })}, ${tell(`account-${account.state}`)}.</strong> ${on}`
}

const todo = ({ tell }: Frame, one: ToDo) => {
  const text = html`<strong>${tell(`do-${one}` as WordKey)}</strong><span>${tell(`do-${one}-how` as WordKey)}</span>`
  const place = placeOf[one]
  return html`<li>${place ? html`<a href="${place}">${text}</a>` : html`<div>${text}</div>`}</li>`
}

type Way = { readonly to: string; readonly title: WordKey; readonly hint?: string | undefined }

const way = ({ tell }: Frame, { to, title, hint }: Way) =>
  html`<li><a href="${to}"><strong>${tell(title)}</strong>${hint && html`<span>${hint}</span>`}</a></li>`

/** One answer first, then what to do, then everything else. */
export function firstPage(frame: Frame, { standing, toDo, looks, consents, children }: First): string {
  const { tell, language, form, child } = frame
  const { title, text, kind } = answerShown(frame, standing.answer)
  const count = (n: number) => countShown(n, language)
  const ways: (Way | false)[] = [
    { to: '/citizen/looks', title: 'go-looks', hint: tell('go-looks-count', { n: count(looks.lately) }) },
    { to: '/citizen/card', title: 'go-card' },
    !child && { to: '/citizen/account', title: 'go-account', hint: tell('go-account-what') },
    { to: '/citizen/consents', title: 'go-consents', hint: tell('go-consents-count', { n: count(consents) }) },
    { to: '/citizen/visits', title: 'go-visits' },
    !child && children > 0 && { to: '/citizen/children', title: 'go-children', hint: tell('go-children-what') },
    { to: '/citizen/record', title: 'go-record', hint: tell('go-record-what') },
    { to: '/citizen/download', title: 'go-download' },
    !child && { to: '/citizen/lock', title: 'go-lock' },
  ]
  return framed(
    frame,
    standing.person.fullName,
    html`<section class="answer ${kind}" aria-labelledby="answer">
<h2 id="answer">${title}</h2>${text && html`<p>${text}</p>`}
<p class="second">${tell('account')}: ${accountLine(frame, standing.account)}</p>
</section>
<h2>${tell('to-do')}</h2>
${toDo.length > 0 ? html`<ul class="ways">${toDo.map(one => todo(frame, one))}</ul>` : html`<p>${tell('nothing-to-do')}</p>`}
<h2>${tell('everything')}</h2>
<ul class="ways">${ways.map(one => one && way(frame, one))}</ul>
<form method="post" action="/account/sign-out">${hidden('form', form)}<button class="button plain" type="submit">${tell('sign-out')}</button></form>`,
    { isFirst: true },
  )
}
