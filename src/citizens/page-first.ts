import type * as accounts from '../accounts/accounts.ts'
import type * as audit from '../audit/audit.ts'
import { html } from '../platform/pages/html.ts'
import type { CitizenOverview } from './citizens.ts'
import { countText, dayOfInstantText } from './formats.ts'
import { cardAnswerBox } from './page-card.ts'
import { type CitizenFrame, hiddenInput, pageInFrame } from './page-frame.ts'
import type { ToDo } from './to-do.ts'
import { accountStateKey, type CitizenTextKey } from './words.ts'

export type FirstPageView = {
  readonly standing: CitizenOverview
  readonly toDo: readonly ToDo[]
  readonly looks: audit.AccessCount
  readonly consents: number
  readonly children: number
  /** Whether a slip was printed or used, which the holder may stop. */
  readonly hasSlip: boolean
}

/** Where each thing is done; absent where it is an office. */
const placeOf: Partial<Record<ToDo, string>> = {
  'fetch-card': '/citizen/card',
  'mend-application': '/citizen/card',
  'second-way': '/citizen/account#codes',
  'more-codes': '/citizen/account#codes',
}

function accountText({ language, tell, child }: CitizenFrame, account: accounts.Account | undefined) {
  if (child) return html`${tell('child-account')}`
  if (!account) return html`${tell('account-none')}`
  const on =
    account.activatedAt && tell('account-activated-on', { day: dayOfInstantText(account.activatedAt, language) })
  return html`<strong>${tell('account-level', {
    level: account.level,
  })}, ${tell(accountStateKey(account))}.</strong> ${on}`
}

const toDoHtml = ({ tell }: CitizenFrame, one: ToDo) => {
  const text = html`<strong>${tell(`do-${one}` as CitizenTextKey)}</strong><span>${tell(
    `do-${one}-how` as CitizenTextKey,
  )}</span>`
  const place = placeOf[one]
  return html`<li>${place ? html`<a href="${place}">${text}</a>` : html`<div>${text}</div>`}</li>`
}

type PageLink = { readonly to: string; readonly title: CitizenTextKey; readonly hint?: string | undefined }

const pageLinkHtml = ({ tell }: CitizenFrame, { to, title, hint }: PageLink) =>
  html`<li><a href="${to}"><strong>${tell(title)}</strong>${hint && html`<span>${hint}</span>`}</a></li>`

/** One answer first, then what to do, then everything else. */
export function firstPage(
  frame: CitizenFrame,
  { standing, toDo, looks, consents, children, hasSlip }: FirstPageView,
): string {
  const { tell, language, form, child } = frame
  const { title, text, kind } = cardAnswerBox(frame, standing.answer)
  const count = (n: number) => countText(n, language)
  const ways: (PageLink | false)[] = [
    { to: '/citizen/looks', title: 'go-looks', hint: tell('go-looks-count', { n: count(looks.lately) }) },
    { to: '/citizen/card', title: 'go-card' },
    { to: '/citizen/appointments', title: 'go-appointments', hint: tell('go-appointments-what') },
    !child && { to: '/citizen/account', title: 'go-account', hint: tell('go-account-what') },
    { to: '/citizen/consents', title: 'go-consents', hint: tell('go-consents-count', { n: count(consents) }) },
    { to: '/citizen/visits', title: 'go-visits' },
    !child && children > 0 && { to: '/citizen/children', title: 'go-children', hint: tell('go-children-what') },
    { to: '/citizen/record', title: 'go-record', hint: tell('go-record-what') },
    { to: '/citizen/download', title: 'go-download' },
    { to: '/citizen/requests', title: 'go-requests', hint: tell('go-requests-what') },
    !child && { to: '/citizen/lock', title: 'go-lock' },
  ]
  return pageInFrame(
    frame,
    standing.person.fullName,
    html`<section class="answer ${kind}" aria-labelledby="answer">
<h2 id="answer">${title}</h2>${text && html`<p>${text}</p>`}
<p class="second">${tell('account')}: ${accountText(frame, standing.account)}</p>
</section>
${
  hasSlip &&
  html`<p class="wrong" role="alert">${tell('slip-look')}
<a href="/citizen/account">${tell('go-account')}</a></p>`
}
<h2>${tell('to-do')}</h2>
${
  toDo.length > 0
    ? html`<ul class="ways">${toDo.map(one => toDoHtml(frame, one))}</ul>`
    : html`<p>
${tell('nothing-to-do')}</p>`
}
<h2>${tell('everything')}</h2>
<ul class="ways">${ways.map(one => one && pageLinkHtml(frame, one))}</ul>
<form method="post" action="/account/sign-out">
${hiddenInput('form', form)}<button class="button plain" type="submit">${tell('sign-out')}</button></form>`,
    { isFirst: true },
  )
}
