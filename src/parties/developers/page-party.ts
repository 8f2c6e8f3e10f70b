import { html } from '../../platform/pages/html.ts'
import type { ClientRecord } from '../client.ts'
import { mayEdit, type Party } from '../party.ts'
import type { PartyInput } from '../registry.ts'
import { nameOf } from './page-entrance.ts'
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
  type Wrongs,
} from './page-parts.ts'

/** The fields of a party's form. */
export const filledOf = ({ nameVi, nameEn, kind, basis, contact }: PartyInput): Filled => ({
  nameVi,
  nameEn,
  kind,
  basisText: basis?.text ?? '',
  basisArticle: basis?.article ?? '',
  contactName: contact.name,
  contactEmail: contact.email,
})

export function partyInputOf(filled: Filled): PartyInput {
  const text = (name: string) => filled[name]?.trim() ?? ''
  const [basisText, article] = [text('basisText'), text('basisArticle')]
  return {
    nameVi: text('nameVi'),
    nameEn: text('nameEn'),
    kind: text('kind'),
    ...((basisText || article) && { basis: { text: basisText, article } }),
    contact: { name: text('contactName'), email: text('contactEmail') },
  }
}

/** The form to register a party, or to change one that is not approved yet. */
export function partyFormPage(
  at: DeveloperFrame,
  action: string,
  filled: Filled,
  wrongs: Wrongs,
  title: 'party-new' | 'party-edit',
  said?: string,
): string {
  const { tell } = at
  const basisWrong = wrongs.get('basis')
  return drawn(
    at,
    tell(title),
    html`<form method="post" action="${action}">${hidden('form', at.form)}${alert(said ?? (wrongs.size > 0 ? tell('wrong-some') : undefined))}
${field('nameVi', tell('name-vi'), filled, wrongs, { hint: tell('name-hint'), most: 200 })}
${field('nameEn', tell('name-en'), filled, wrongs, { most: 200 })}
${choice('kind', tell('kind'), filled, [
  ['state-body', tell('kind-state-body')],
  ['other', tell('kind-other')],
])}
${field('basisText', tell('basis-text'), filled, wrongs, { optional: true, most: 300, hint: tell('basis-hint') })}
${field('basisArticle', tell('basis-article'), filled, wrongs, { optional: true, most: 100 })}
${basisWrong && html`<p class="wrong">${basisWrong}</p>`}
${field('contactName', tell('contact-name'), filled, wrongs, { most: 200 })}
${field('contactEmail', tell('contact-email'), filled, wrongs, { type: 'email', most: 254, hint: tell('contact-hint') })}
<button class="button" type="submit">${tell('save')}</button></form>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}

const clientLine = ({ tell }: DeveloperFrame, { clientId, name, sandbox, state }: ClientRecord) =>
  html`<li><a href="/developers/clients/${clientId}"><strong>${name}</strong><span>${clientId} · ${tell(sandbox ? 'sandbox' : 'live')}${state === 'suspended' && html` · ${tell('state-suspended')}`}</span></a></li>`

/** A party with its clients and the next actions. */
export function partyPage(at: DeveloperFrame, party: Party, clients: readonly ClientRecord[]): string {
  const { tell } = at
  const own = `/developers/parties/${party.id}`
  return drawn(
    at,
    nameOf(at, party),
    html`<p><strong>${tell(`state-${party.state}`)}</strong>${party.reason !== undefined && html` · ${tell('reason')} ${party.reason}`}</p>
${facts([
  [tell('kind'), tell(`kind-${party.kind}`)],
  [tell('basis-text'), party.basis && `${party.basis.text}, ${party.basis.article}`],
  [tell('contact-name'), `${party.contact.name}, ${party.contact.email}`],
])}
${mayEdit(party.state) && html`<p><a href="${own}/edit">${tell('party-edit')}</a></p><p class="hint">${tell('party-submit-hint')}</p>${deed(at, `${own}/submit`, tell('party-submit'))}`}
${party.state === 'submitted' && deed(at, `${own}/take-back`, tell('party-take-back'))}
<h2>${tell('clients')}</h2>
${clients.length === 0 && html`<p>${tell('clients-none')}</p>`}
<ul class="ways">${clients.map(client => clientLine(at, client))}</ul>
<p><a class="button" href="${own}/clients/new?kind=sandbox">${tell('client-new-sandbox')}</a></p>
<p><a class="button plain" href="${own}/clients/new?kind=live">${tell('client-new-live')}</a></p>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}
