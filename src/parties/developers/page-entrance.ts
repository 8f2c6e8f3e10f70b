import { type Html, html } from '../../platform/pages/html.ts'
import { flightChecks, tellCheck } from '../flight-recorder/check.ts'
import type { Party } from '../party.ts'
import { alert, type DeveloperFrame, deed, drawn, type Filled, field, hidden, nothingWrong } from './page-parts.ts'

const way = (href: string, title: string, hint: string) =>
  html`<li><a href="${href}"><strong>${title}</strong><span>${hint}</span></a></li>`

/** The form to look up a request by its correlation id, which is no secret and may be in the address. */
export const lookUpForm = ({ tell }: DeveloperFrame, code = ''): Html =>
  html`<form method="get" action="/developers/flights">${field('code', tell('flight-code'), { code }, nothingWrong, { hint: tell('flight-code-hint'), most: 60 })}
<button class="button plain" type="submit">${tell('flight-look')}</button></form>`

const signInForm = ({ tell, form }: DeveloperFrame, filled: Filled, wrong: string | undefined): Html =>
  html`<h2>${tell('sign-in')}</h2>
<p>${tell('sign-in-how')}</p>
<form method="post" action="/developers/sign-in">${hidden('form', form)}${alert(wrong)}
${field('email', tell('email'), filled, nothingWrong, { type: 'email', most: 254 })}
<button class="button" type="submit">${tell('send-link')}</button></form>`

/** The name in the reader's language. */
export const nameOf = ({ language }: DeveloperFrame, { nameVi, nameEn }: Pick<Party, 'nameVi' | 'nameEn'>) =>
  language === 'vi' ? nameVi : nameEn

function own(at: DeveloperFrame, parties: readonly Party[]): Html {
  const { tell } = at
  return html`<h2>${tell('own-parties')}</h2>
${parties.length === 0 && html`<p>${tell('own-none')}</p>`}
<ul class="ways">${parties.map(party => way(`/developers/parties/${party.id}`, nameOf(at, party), tell(`state-${party.state}`)))}</ul>
<p><a class="button" href="/developers/parties/new">${tell('party-new')}</a></p>
<h2>${tell('flight-look')}</h2>
${lookUpForm(at)}`
}

export function entrancePage(
  at: DeveloperFrame,
  {
    parties = [],
    filled = {},
    wrong,
  }: { readonly parties?: readonly Party[]; readonly filled?: Filled; readonly wrong?: string | undefined } = {},
): string {
  const { tell, developer } = at
  return drawn(
    at,
    tell('entrance-title'),
    html`<p>${tell('entrance-what')}</p><p>${tell('entrance-how')}</p>
<ul class="ways">
${way('/developers/quick-start', tell('quick-start'), tell('quick-start-hint'))}
${way('/developers/checks', tell('checks'), tell('checks-hint'))}
${way('/oidc/.well-known/openid-configuration', tell('discovery'), '/oidc/.well-known/openid-configuration')}
</ul>
${developer ? own(at, parties) : signInForm(at, filled, wrong)}`,
  )
}

export const linkSentPage = (at: DeveloperFrame): string =>
  drawn(
    at,
    at.tell('link-sent'),
    html`<p>${at.tell('link-sent-todo')}</p>${at.frame.demonstration && html`<p class="hint">${at.tell('link-demo')}</p>`}`,
  )

/** Opening the link signs nobody in yet, because mail programs open links too. */
export const comeInPage = (at: DeveloperFrame, token: string): string =>
  drawn(
    at,
    at.tell('come-in'),
    html`<p>${at.tell('come-in-why')}</p>${deed(at, `/developers/in/${token}`, at.tell('sign-in'), 'button')}`,
  )

export const linkGonePage = (at: DeveloperFrame): string =>
  drawn(
    at,
    at.tell('link-gone'),
    html`<p>${at.tell('link-gone-todo')}</p><p><a class="button" href="/developers/">${at.tell('back')}</a></p>`,
  )

export const guidePage = (
  at: DeveloperFrame,
  { title, body }: { readonly title: string; readonly body: Html },
): string => drawn(at, title, html`${body}<p><a href="/developers/">${at.tell('back')}</a></p>`)

/** All checks with their sentences. */
export function checksPage(at: DeveloperFrame): string {
  const { tell, language } = at
  return drawn(
    at,
    tell('checks'),
    html`<table class="checks"><thead><tr><th scope="col">${tell('check')}</th><th scope="col">${tell('means')}</th><th scope="col">${tell('mend')}</th></tr></thead>
<tbody>${flightChecks.map(check => {
      const { means, mend } = tellCheck(check)
      return html`<tr id="${check}"><th scope="row"><code>${check}</code></th><td>${means[language]}</td><td>${mend[language]}</td></tr>`
    })}</tbody></table>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}
