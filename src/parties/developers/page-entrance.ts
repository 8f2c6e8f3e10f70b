import { type Html, html } from '../../platform/pages/html.ts'
import { addressSecretScript } from '../../platform/pages/page-assets.ts'
import { checkTextOf, flightChecks } from '../flight-recorder/check-texts.ts'
import type { Party } from '../party.ts'
import {
  alertBox,
  type DeveloperFrame,
  developerPage,
  type FormFields,
  formFieldPart,
  hiddenField,
  noFaults,
} from './page-parts.ts'

const entranceLink = (href: string, title: string, hint: string) =>
  html`<li><a href="${href}"><strong>${title}</strong><span>${hint}</span></a></li>`

/** The form to look up a request by its correlation id, which is no secret and may be in the address. */
export const lookUpForm = ({ text: tell }: DeveloperFrame, code = ''): Html =>
  html`<form method="get" action="/developers/flights">
    ${formFieldPart('code', tell('flight-code'), { code }, noFaults, { hint: tell('flight-code-hint'), most: 60 })}
<button class="button plain" type="submit">${tell('flight-look')}</button></form>`

const signInForm = ({ text: tell, form }: DeveloperFrame, filled: FormFields, wrong: string | undefined): Html =>
  html`<h2>${tell('sign-in')}</h2>
<p>${tell('sign-in-how')}</p>
<form method="post" action="/developers/sign-in">${hiddenField('form', form)}${alertBox(wrong)}
${formFieldPart('email', tell('email'), filled, noFaults, { type: 'email', most: 254 })}
<button class="button" type="submit">${tell('send-link')}</button></form>`

/** The name in the reader's language. */
export const partyNameIn = ({ language }: DeveloperFrame, { nameVi, nameEn }: Pick<Party, 'nameVi' | 'nameEn'>) =>
  language === 'vi' ? nameVi : nameEn

function ownParties(frame: DeveloperFrame, parties: readonly Party[]): Html {
  const { text: tell } = frame
  return html`<h2>${tell('own-parties')}</h2>
${parties.length === 0 && html`<p>${tell('own-none')}</p>`}
<ul class="ways">${parties.map(party =>
    entranceLink(`/developers/parties/${party.id}`, partyNameIn(frame, party), tell(`state-${party.state}`)),
  )}</ul>
<p><a class="button" href="/developers/parties/new">${tell('party-new')}</a></p>
<h2>${tell('flight-look')}</h2>
${lookUpForm(frame)}`
}

export function entrancePage(
  frame: DeveloperFrame,
  {
    parties = [],
    filled = {},
    wrong,
  }: { readonly parties?: readonly Party[]; readonly filled?: FormFields; readonly wrong?: string | undefined } = {},
): string {
  const { text: tell, developer } = frame
  return developerPage(
    frame,
    tell('entrance-title'),
    html`<p>${tell('entrance-what')}</p><p>${tell('entrance-how')}</p>
<ul class="ways">
${entranceLink('/developers/quick-start', tell('quick-start'), tell('quick-start-hint'))}
${entranceLink('/developers/checks', tell('checks'), tell('checks-hint'))}
${entranceLink('/oidc/.well-known/openid-configuration', tell('discovery'), '/oidc/.well-known/openid-configuration')}
</ul>
${developer ? ownParties(frame, parties) : signInForm(frame, filled, wrong)}`,
  )
}

export const linkSentPage = (frame: DeveloperFrame): string =>
  developerPage(
    frame,
    frame.text('link-sent'),
    html`<p>${frame.text('link-sent-todo')}</p>
      ${frame.frame.demonstration && html`<p class="hint">${frame.text('link-demo')}</p>`}`,
  )

/** Opening the link signs nobody in yet, because mail programs open links too. */
export const confirmSignInPage = (frame: DeveloperFrame, token = ''): string =>
  developerPage(
    frame,
    frame.text('come-in'),
    html`<p>${frame.text('come-in-why')}</p>
      <form method="post" action="/developers/in">${hiddenField('form', frame.form)}
      <label for="token">${frame.text('come-in-token')}</label>
      <input id="token" name="token" value="${token}" autocomplete="off" autocapitalize="none" spellcheck="false"
      required maxlength="100"><button class="button" type="submit">${frame.text('sign-in')}</button></form>
      ${!token && addressSecretScript('token')}`,
  )

export const linkGonePage = (frame: DeveloperFrame): string =>
  developerPage(
    frame,
    frame.text('link-gone'),
    html`<p>${frame.text('link-gone-todo')}</p><p><a class="button" href="/developers/">${frame.text('back')}</a></p>`,
  )

export const guidePage = (
  frame: DeveloperFrame,
  { title, body }: { readonly title: string; readonly body: Html },
): string => developerPage(frame, title, html`${body}<p><a href="/developers/">${frame.text('back')}</a></p>`)

/** All checks with their sentences. */
export function checksPage(frame: DeveloperFrame): string {
  const { text: tell, language } = frame
  return developerPage(
    frame,
    tell('checks'),
    html`<table class="checks"><thead><tr><th scope="col">${tell('check')}</th><th scope="col">${tell('means')}</th>
      <th scope="col">${tell('mend')}</th></tr></thead>
<tbody>${flightChecks.map(check => {
      const { means, mend } = checkTextOf(check)
      return html`<tr id="${check}"><th scope="row"><code>${check}</code></th><td>${means[language]}</td>
        <td>${mend[language]}</td></tr>`
    })}</tbody></table>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}
