import type * as parties from '../parties/parties.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type * as signin from '../signin/signin.ts'
import { type Frame, framed, oneButton, status } from './page-frame.ts'
import { atShown, onDay } from './shown.ts'
import type { WordKey } from './words.ts'

export type Consent = Awaited<ReturnType<typeof signin.consentsOf>>[number]
export type Visit = Awaited<ReturnType<typeof signin.visitsOf>>[number]
type PartyName = Awaited<ReturnType<typeof parties.namesOf>>[number]
export type Names = ReadonlyMap<string, PartyName>

export const nameOfParty = (
  { language, tell }: Pick<Frame, 'language' | 'tell'>,
  names: Names,
  partyId: string,
): string => names.get(partyId)?.[language] ?? tell('party')

export const scopesTold = ({ tell }: Pick<Frame, 'tell'>, scopes: readonly string[]): string =>
  scopes.map(scope => tell(`scope-${scope}` as WordKey)).join('; ')

export const isInForce = ({ endedAt, endsAt }: Consent, now: Date): boolean => endedAt === null && endsAt > now

/** What it was given for, as it was said then; the client may want it for something else by now. */
const whyOf = ({ language }: Frame, { purposes }: Consent, scope: string): Html | undefined => {
  const purpose = purposes?.[scope]
  return purpose && html`<br><span class="hint">${purpose[language]}</span>`
}

type Shown = { readonly names: Names; readonly now: Date }

function consent(frame: Frame, one: Consent, { names, now }: Shown): Html {
  const { tell } = frame
  const inForce = isInForce(one, now)
  const ended = one.endedAt ?? one.endsAt
  return html`<section class="item"><h2 class="name">${nameOfParty(frame, names, one.partyId)}${one.childId && !frame.child && html` <span class="hint">${tell('consent-for-child')}</span>`}</h2>
${one.scopes.map(scope => html`<p>${scopesTold(frame, [scope])}${whyOf(frame, one, scope)}</p>`)}
${one.refused.length > 0 && html`<p class="hint">${tell('consent-refused')} ${scopesTold(frame, one.refused)}</p>`}
<p class="hint">${tell('consent-given', { day: onDay(one.givenAt), until: onDay(one.endsAt) })}${!inForce && html`, ${tell('consent-ended', { day: onDay(ended) })}`}</p>
${inForce && oneButton(frame, { action: '/citizen/consents', step: 'withdraw', label: tell('withdraw'), fields: { consent: one.id }, kind: 'button plain' })}</section>`
}

/** To whom, what, since, until; what is in force first. */
export function consentsPage(
  frame: Frame,
  { consents, done, ...shown }: Shown & { readonly consents: readonly Consent[]; readonly done?: string | undefined },
) {
  const { tell } = frame
  const inForce = consents.filter(one => isInForce(one, shown.now))
  const former = consents.filter(one => !isInForce(one, shown.now))
  return framed(
    frame,
    tell('go-consents'),
    html`${status(done)}
${inForce.length > 0 ? html`<p class="hint">${tell('consents-why')}</p>${inForce.map(one => consent(frame, one, shown))}` : html`<p><strong>${tell('consents-none')}</strong></p>`}
${former.length > 0 && html`<h2>${tell('consents-former')}</h2>${former.slice(0, 30).map(one => consent(frame, one, shown))}`}`,
  )
}

const visit = (frame: Frame, { at, partyId, level, strength, scopes, childId }: Visit, names: Names): Html => {
  const { tell } = frame
  return html`<section class="item"><h2 class="name">${nameOfParty(frame, names, partyId)}${childId && !frame.child && html` <span class="hint">${tell('session-for-child')}</span>`}</h2>
<p class="hint"><time datetime="${at.toISOString()}">${atShown(at)}</time>, ${tell('visit-as', { level, strength })}</p><p class="hint">${scopesTold(frame, scopes)}</p></section>`
}

export const mostVisits = 60

export function visitsPage(
  frame: Frame,
  { visits, names }: { readonly visits: readonly Visit[]; readonly names: Names },
): string {
  const { tell } = frame
  return framed(
    frame,
    tell('go-visits'),
    visits.length === 0
      ? html`<p><strong>${tell('visits-none')}</strong></p>`
      : html`<p class="hint">${tell('visits-what')}</p>${visits.slice(0, mostVisits).map(one => visit(frame, one, names))}${visits.length > mostVisits && html`<p class="hint">${tell('visits-more')} <a href="/citizen/download">${tell('go-download')}</a></p>`}`,
  )
}
