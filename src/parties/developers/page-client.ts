import { type Html, html } from '../../platform/pages/html.ts'
import { type ClientRecord, isOpen, metadataOf, signingAlgorithms, type Version } from '../client.ts'
import type { clientsOf } from '../clients/shown.ts'
import type { flightsOfClient } from '../flight-recorder/flight-recorder.ts'
import { isPersonScope, type Scope, scopes } from '../scope.ts'
import { faresPart } from './page-flight.ts'
import {
  alert,
  choice,
  type DeveloperFrame,
  deed,
  drawn,
  type Filled,
  facts,
  field,
  hidden,
  numberText,
  tick,
  type Wrongs,
} from './page-parts.ts'

type ClientForm = {
  readonly action: string
  readonly title: 'client-new-sandbox' | 'client-new-live' | 'client-next'
  readonly sandbox: boolean
  readonly filled: Filled
  readonly wrongs: Wrongs
  readonly said?: string | undefined
  /** Where the form returns to. */
  readonly back: string
}

function purposeFields({ tell }: DeveloperFrame, filled: Filled, wrongs: Wrongs, scope: Scope): Html {
  const wrong = wrongs.get(`ask-${scope}`)
  return html`<fieldset><legend>${tell(`scope-${scope}`)}</legend>
${choice(`ask-${scope}`, tell('purposes'), filled, [
  ['no', tell('ask-no')],
  ['required', tell('ask-required')],
  ...(isPersonScope(scope) ? [['optional', tell('ask-optional')] as const] : []),
])}
${field(`vi-${scope}`, tell('purpose-vi'), filled, wrongs, { optional: true, most: 300 })}
${field(`en-${scope}`, tell('purpose-en'), filled, wrongs, { optional: true, most: 300 })}
${wrong && html`<p class="wrong">${wrong}</p>`}</fieldset>`
}

const wrongOf = (wrongs: Wrongs, name: string) => {
  const wrong = wrongs.get(name)
  return wrong && html`<p class="wrong">${wrong}</p>`
}

/** The form to register a client or to write its next version. */
export function clientFormPage(
  at: DeveloperFrame,
  { action, title, sandbox, filled, wrongs, said, back }: ClientForm,
): string {
  const { tell } = at
  const isNew = title !== 'client-next'
  return drawn(
    at,
    tell(title),
    html`<form method="post" action="${action}">${hidden('form', at.form)}${isNew && hidden('kind', sandbox ? 'sandbox' : 'live')}
${alert(said ?? (wrongs.size > 0 ? tell('wrong-some') : undefined))}
${!isNew && html`<p>${tell(sandbox ? 'client-next-sandbox' : 'client-next-live')}</p>`}
${isNew && field('name', tell('client-name'), filled, wrongs, { most: 100 })}
${field('redirectUris', tell('redirects'), filled, wrongs, { rows: 3, optional: true, most: 5000, hint: tell(sandbox ? 'redirects-hint-sandbox' : 'redirects-hint-live') })}
${field('postLogoutRedirectUris', tell('logouts'), filled, wrongs, { rows: 2, optional: true, most: 5000 })}
${field('backchannelLogoutUri', tell('backchannel'), filled, wrongs, { optional: true, hint: tell('backchannel-hint') })}
${choice('authMethod', tell('auth'), filled, [
  ['private_key_jwt', tell('auth-private_key_jwt')],
  ['none', tell('auth-none')],
])}${wrongOf(wrongs, 'authMethod')}
${choice(
  'signingAlgorithm',
  tell('algorithm'),
  filled,
  signingAlgorithms.map(one => [one, one] as const),
)}${wrongOf(wrongs, 'signingAlgorithm')}
${field('jwksUri', tell('jwks-uri'), filled, wrongs, { optional: true, hint: tell('jwks-uri-hint') })}
${field('jwks', tell('jwks'), filled, wrongs, { rows: 5, optional: true, most: 20_000 })}
<fieldset><legend>${tell('grants')}</legend>
${tick('grant-code', tell('grant-code'), filled)}${tick('grant-refresh', tell('grant-refresh'), filled)}${tick('grant-machine', tell('grant-machine'), filled)}
${wrongOf(wrongs, 'grant-code')}</fieldset>
${tick('fapi', tell('fapi'), filled, tell('fapi-hint'))}${wrongOf(wrongs, 'fapi')}
${choice('level', tell('level'), filled, [
  ['', tell('level-any')],
  ['1', '1'],
  ['2', '2'],
])}
<h2>${tell('purposes')}</h2>
<p class="hint">${tell('purposes-hint')}</p>
${scopes.map(scope => purposeFields(at, filled, wrongs, scope))}
<button class="button" type="submit">${tell('save')}</button></form>
<p><a href="${back}">${tell('back')}</a></p>`,
  )
}

const keysOf = ({ tell }: DeveloperFrame, { settings }: Version) =>
  settings.jwksUri ??
  (settings.jwks ? settings.jwks.keys.map(({ kid, alg }) => `${kid} (${alg})`).join(', ') : tell('keys-none'))

const versionLine = ({ tell }: DeveloperFrame, { number, state, reason }: Version) =>
  html`<li>${tell('version')} ${number}: ${tell(`version-${state}`)}${reason !== undefined && html` · ${tell('reason')} ${reason}`}</li>`

type Quotas = Awaited<ReturnType<typeof clientsOf>>[number]['quotas']

const quotaTable = ({ tell }: DeveloperFrame, quotas: Quotas) =>
  html`<h2>${tell('quotas')}</h2>
<table><thead><tr><th scope="col">${tell('quotas')}</th><th scope="col">${tell('quota-minute')}</th><th scope="col">${tell('quota-day')}</th><th scope="col">${tell('quota-used')}</th></tr></thead>
<tbody>${quotas.map(
    ({ what, perMinute, perDay, usedToday }) =>
      html`<tr><th scope="row">${tell(`quota-${what}`)}</th><td>${numberText(perMinute)}</td><td>${numberText(perDay)}</td><td>${numberText(usedToday)}</td></tr>`,
  )}</tbody></table>`

function openDeeds(at: DeveloperFrame, { clientId }: ClientRecord, { number, state }: Version): Html {
  const own = `/developers/clients/${clientId}/versions/${number}`
  return html`${state === 'draft' && deed(at, `${own}/submit`, `${at.tell('version-submit')} (${number})`, 'button')}
${deed(at, `${own}/withdraw`, `${at.tell('version-withdraw')} (${number})`)}`
}

/** A client with its versions, keys, quotas and failed checks. */
export function clientPage(
  at: DeveloperFrame,
  client: ClientRecord,
  {
    versions,
    quotas,
    fares,
  }: {
    readonly versions: readonly Version[]
    readonly quotas: Quotas
    readonly fares: Awaited<ReturnType<typeof flightsOfClient>>
  },
): string {
  const { tell } = at
  const open = versions.find(isOpen)
  const shown = versions.find(({ state }) => state === 'in-force') ?? open ?? versions[0]
  return drawn(
    at,
    client.name,
    html`<p><code>${client.clientId}</code> · ${tell(client.sandbox ? 'sandbox' : 'live')}</p>
${client.state === 'suspended' && html`<p class="wrong"><strong>${tell('state-suspended')}</strong> ${client.reason}</p>`}
<h2>${tell('versions')}</h2>
<ul>${versions.map(version => versionLine(at, version))}</ul>
${open && openDeeds(at, client, open)}
${open?.state !== 'submitted' && html`<p><a class="button plain" href="/developers/clients/${client.clientId}/next">${tell('client-next')}</a></p>`}
${
  shown &&
  html`<h2>${tell('settings')}: ${tell('version')} ${shown.number}</h2>
${facts([[tell('keys'), keysOf(at, shown)]])}
<details><summary>${tell('metadata')}</summary><pre tabindex="0">${JSON.stringify(metadataOf(client.clientId, client.name, shown.settings), undefined, 2)}</pre></details>`
}
${quotaTable(at, quotas)}
${faresPart(at, fares)}
<p><a href="/developers/parties/${client.partyId}">${tell('back')}</a></p>`,
  )
}
