import { html } from '../../platform/pages/html.ts'
import type { ClientRecord } from '../client.ts'
import { mayEdit, type Party } from '../party.ts'
import type { PartyInput } from '../registry.ts'
import { partyNameIn } from './page-entrance.ts'
import {
  actionForm,
  alertBox,
  choiceField,
  type DeveloperFrame,
  developerPage,
  type FieldFaults,
  type FormFields,
  factList,
  formFieldPart,
  hiddenField,
} from './page-parts.ts'

export const partyFormFields: readonly string[] = [
  'nameVi',
  'nameEn',
  'kind',
  'basisText',
  'basisArticle',
  'contactName',
  'contactEmail',
]

/** The fields of a party's form. */
export const partyFieldsOf = ({ nameVi, nameEn, kind, basis, contact }: PartyInput): FormFields => ({
  nameVi,
  nameEn,
  kind,
  basisText: basis?.text ?? '',
  basisArticle: basis?.article ?? '',
  contactName: contact.name,
  contactEmail: contact.email,
})

export function partyInputOf(filled: FormFields): PartyInput {
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
  frame: DeveloperFrame,
  action: string,
  filled: FormFields,
  wrongs: FieldFaults,
  title: 'party-new' | 'party-edit',
  notice?: string,
): string {
  const { text: tell } = frame
  const basisWrong = wrongs.get('basis')
  return developerPage(
    frame,
    tell(title),
    html`<form method="post" action="${action}">
      ${hiddenField('form', frame.form)}${alertBox(notice ?? (wrongs.size > 0 ? tell('wrong-some') : undefined))}
${formFieldPart('nameVi', tell('name-vi'), filled, wrongs, { hint: tell('name-hint'), most: 200 })}
${formFieldPart('nameEn', tell('name-en'), filled, wrongs, { most: 200 })}
${choiceField('kind', tell('kind'), filled, [
  ['state-body', tell('kind-state-body')],
  ['other', tell('kind-other')],
])}
${formFieldPart('basisText', tell('basis-text'), filled, wrongs, {
  optional: true,
  most: 300,
  hint: tell('basis-hint'),
})}
${formFieldPart('basisArticle', tell('basis-article'), filled, wrongs, { optional: true, most: 100 })}
${basisWrong && html`<p class="wrong">${basisWrong}</p>`}
${formFieldPart('contactName', tell('contact-name'), filled, wrongs, { most: 200 })}
${formFieldPart('contactEmail', tell('contact-email'), filled, wrongs, {
  type: 'email',
  most: 254,
  hint: tell('contact-hint'),
})}
<button class="button" type="submit">${tell('save')}</button></form>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}

const clientLine = ({ text: tell }: DeveloperFrame, { clientId, name, sandbox, state }: ClientRecord) =>
  html`<li><a href="/developers/clients/${clientId}"><strong>${name}</strong><span>${clientId}
    · ${tell(sandbox ? 'sandbox' : 'live')}${
      state === 'suspended' &&
      html`
      · ${tell('state-suspended')}`
    }</span></a></li>`

/** A party with its clients and the next actions. */
export function partyPage(frame: DeveloperFrame, party: Party, clients: readonly ClientRecord[]): string {
  const { text: tell } = frame
  const own = `/developers/parties/${party.id}`
  return developerPage(
    frame,
    partyNameIn(frame, party),
    html`<p><strong>${tell(`state-${party.state}`)}</strong>${
      party.reason !== undefined &&
      html`
      · ${tell('reason')} ${party.reason}`
    }</p>
${factList([
  [tell('kind'), tell(`kind-${party.kind}`)],
  [tell('basis-text'), party.basis && `${party.basis.text}, ${party.basis.article}`],
  [tell('contact-name'), `${party.contact.name}, ${party.contact.email}`],
])}
${
  mayEdit(party.state) &&
  html`<p><a href="${own}/edit">${tell('party-edit')}</a></p>
<p class="hint">${tell('party-submit-hint')}</p>${actionForm(frame, `${own}/submit`, tell('party-submit'))}`
}
${party.state === 'submitted' && actionForm(frame, `${own}/take-back`, tell('party-take-back'))}
<h2>${tell('clients')}</h2>
${clients.length === 0 && html`<p>${tell('clients-none')}</p>`}
<ul class="ways">${clients.map(client => clientLine(frame, client))}</ul>
<p><a class="button" href="${own}/clients/new?kind=sandbox">${tell('client-new-sandbox')}</a></p>
<p><a class="button plain" href="${own}/clients/new?kind=live">${tell('client-new-live')}</a></p>
<p><a href="/developers/">${tell('back')}</a></p>`,
  )
}
