import { type Html, html } from '../../platform/pages/html.ts'
import { type ClientRecord, isOpenVersion, metadataOf, signingAlgorithms, type Version } from '../client.ts'
import type { getClientViews } from '../clients/view.ts'
import type { summarizeFlights } from '../flight-recorder/flight-recorder.ts'
import { isPersonScope, type PartyScope, scopeNames } from '../scope-claims.ts'
import { checkCountsPart } from './page-flight.ts'
import {
  actionForm,
  alertBox,
  checkboxField,
  choiceField,
  type DeveloperFrame,
  developerPage,
  type FieldFaults,
  type FormFields,
  factList,
  formattedNumber,
  formFieldPart,
  hiddenField,
} from './page-parts.ts'

type ClientFormState = {
  readonly action: string
  readonly title: 'client-new-sandbox' | 'client-new-live' | 'client-next'
  readonly sandbox: boolean
  readonly filled: FormFields
  readonly wrongs: FieldFaults
  readonly notice?: string | undefined
  /** Where the form returns to. */
  readonly back: string
}

function purposeFields(
  { text: tell }: DeveloperFrame,
  filled: FormFields,
  wrongs: FieldFaults,
  scope: PartyScope,
): Html {
  const wrong = wrongs.get(`ask-${scope}`)
  return html`<fieldset><legend>${tell(`scope-${scope}`)}</legend>
${choiceField(`ask-${scope}`, tell('purposes'), filled, [
  ['no', tell('ask-no')],
  ['required', tell('ask-required')],
  ...(isPersonScope(scope) ? [['optional', tell('ask-optional')] as const] : []),
])}
${formFieldPart(`vi-${scope}`, tell('purpose-vi'), filled, wrongs, { optional: true, most: 300 })}
${formFieldPart(`en-${scope}`, tell('purpose-en'), filled, wrongs, { optional: true, most: 300 })}
${wrong && html`<p class="wrong">${wrong}</p>`}</fieldset>`
}

const faultTextOf = (wrongs: FieldFaults, name: string) => {
  const wrong = wrongs.get(name)
  return wrong && html`<p class="wrong">${wrong}</p>`
}

/** The form to register a client or to write its next version. */
export function clientFormPage(
  frame: DeveloperFrame,
  { action, title, sandbox, filled, wrongs, notice: said, back }: ClientFormState,
): string {
  const { text: tell } = frame
  const isNew = title !== 'client-next'
  return developerPage(
    frame,
    tell(title),
    html`<form method="post" action="${action}">
      ${hiddenField('form', frame.form)}${isNew && hiddenField('kind', sandbox ? 'sandbox' : 'live')}
${alertBox(said ?? (wrongs.size > 0 ? tell('wrong-some') : undefined))}
${!isNew && html`<p>${tell(sandbox ? 'client-next-sandbox' : 'client-next-live')}</p>`}
${isNew && formFieldPart('name', tell('client-name'), filled, wrongs, { most: 100 })}
${formFieldPart('redirectUris', tell('redirects'), filled, wrongs, {
  rows: 3,
  optional: true,
  most: 5000,
  hint: tell(sandbox ? 'redirects-hint-sandbox' : 'redirects-hint-live'),
})}
${formFieldPart('postLogoutRedirectUris', tell('logouts'), filled, wrongs, { rows: 2, optional: true, most: 5000 })}
${formFieldPart('backchannelLogoutUri', tell('backchannel'), filled, wrongs, {
  optional: true,
  hint: tell(sandbox ? 'called-hint-sandbox' : 'backchannel-hint'),
})}
${choiceField('authMethod', tell('auth'), filled, [
  ['private_key_jwt', tell('auth-private_key_jwt')],
  ['none', tell('auth-none')],
])}${faultTextOf(wrongs, 'authMethod')}
${choiceField(
  'signingAlgorithm',
  tell('algorithm'),
  filled,
  signingAlgorithms.map(one => [one, one] as const),
)}${faultTextOf(wrongs, 'signingAlgorithm')}
${formFieldPart('jwksUri', tell('jwks-uri'), filled, wrongs, {
  optional: true,
  hint: tell(sandbox ? 'called-hint-sandbox' : 'jwks-uri-hint'),
})}
${formFieldPart('jwks', tell('jwks'), filled, wrongs, { rows: 5, optional: true, most: 20_000 })}
<fieldset><legend>${tell('grants')}</legend>
${checkboxField('grant-code', tell('grant-code'), filled)}${checkboxField(
  'grant-refresh',
  tell('grant-refresh'),
  filled,
)}${checkboxField('grant-machine', tell('grant-machine'), filled)}
${faultTextOf(wrongs, 'grant-code')}</fieldset>
${checkboxField('fapi', tell('fapi'), filled, tell('fapi-hint'))}${faultTextOf(wrongs, 'fapi')}
${choiceField('level', tell('level'), filled, [
  ['', tell('level-any')],
  ['1', '1'],
  ['2', '2'],
])}
<h2>${tell('purposes')}</h2>
<p class="hint">${tell('purposes-hint')}</p>
${scopeNames.map(scope => purposeFields(frame, filled, wrongs, scope))}
<button class="button" type="submit">${tell('save')}</button></form>
<p><a href="${back}">${tell('back')}</a></p>`,
  )
}

const keyList = ({ text: tell }: DeveloperFrame, { settings }: Version) =>
  settings.jwksUri ??
  (settings.jwks ? settings.jwks.keys.map(({ kid, alg }) => `${kid} (${alg})`).join(', ') : tell('keys-none'))

const versionLine = ({ text: tell }: DeveloperFrame, { number, state, reason }: Version) =>
  html`<li>${tell('version')} ${number}: ${tell(`version-${state}`)}${
    reason !== undefined &&
    html`
    · ${tell('reason')} ${reason}`
  }</li>`

type QuotaViews = Awaited<ReturnType<typeof getClientViews>>[number]['quotas']

const quotaTable = ({ text: tell }: DeveloperFrame, quotas: QuotaViews) =>
  html`<h2>${tell('quotas')}</h2>
<table><thead><tr><th scope="col">${tell('quotas')}</th><th scope="col">${tell('quota-minute')}</th>
<th scope="col">${tell('quota-day')}</th><th scope="col">${tell('quota-used')}</th></tr></thead>
<tbody>${quotas.map(
    ({ what, perMinute, perDay, usedToday }) =>
      html`<tr><th scope="row">${tell(`quota-${what}`)}</th><td>${formattedNumber(perMinute)}</td>
        <td>${formattedNumber(perDay)}</td><td>${formattedNumber(usedToday)}</td></tr>`,
  )}</tbody></table>`

function versionActions(frame: DeveloperFrame, { clientId }: ClientRecord, { number, state }: Version): Html {
  const own = `/developers/clients/${clientId}/versions/${number}`
  return html`${
    state === 'draft' && actionForm(frame, `${own}/submit`, `${frame.text('version-submit')} (${number})`, 'button')
  }
${actionForm(frame, `${own}/withdraw`, `${frame.text('version-withdraw')} (${number})`)}`
}

/** A client with its versions, keys, quotas and failed checks. */
export function clientPage(
  frame: DeveloperFrame,
  client: ClientRecord,
  {
    versions,
    quotas,
    fares: flights,
  }: {
    readonly versions: readonly Version[]
    readonly quotas: QuotaViews
    readonly fares: Awaited<ReturnType<typeof summarizeFlights>>
  },
): string {
  const { text: tell } = frame
  const open = versions.find(isOpenVersion)
  const shown = versions.find(({ state }) => state === 'in-force') ?? open ?? versions[0]
  return developerPage(
    frame,
    client.name,
    html`<p><code>${client.clientId}</code> · ${tell(client.sandbox ? 'sandbox' : 'live')}</p>
${
  client.state === 'suspended' &&
  html`<p class="wrong">
<strong>${tell('state-suspended')}</strong> ${client.reason}</p>`
}
<h2>${tell('versions')}</h2>
<ul>${versions.map(version => versionLine(frame, version))}</ul>
${open && versionActions(frame, client, open)}
${
  open?.state !== 'submitted' &&
  html`<p>
<a class="button plain" href="/developers/clients/${client.clientId}/next">${tell('client-next')}</a></p>`
}
${
  shown &&
  html`<h2>${tell('settings')}: ${tell('version')} ${shown.number}</h2>
${factList([[tell('keys'), keyList(frame, shown)]])}
<details><summary>${tell('metadata')}</summary><pre
tabindex="0">${JSON.stringify(metadataOf(client.clientId, client.name, shown.settings), undefined, 2)}</pre></details>`
}
${quotaTable(frame, quotas)}
${checkCountsPart(frame, flights)}
<p><a href="/developers/parties/${client.partyId}">${tell('back')}</a></p>`,
  )
}
