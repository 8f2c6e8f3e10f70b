import type * as parties from '../parties/parties.ts'
import type { Id } from '../platform/ids.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type * as signin from '../signin/signin.ts'
import { dayOfInstantText, instantText } from './formats.ts'
import { shownOf } from './law.ts'
import { buttonForm, type CitizenFrame, pageInFrame, statusHtml } from './page-frame.ts'
import type { CitizenTextKey } from './words.ts'

export type PartyConsent = Awaited<ReturnType<typeof signin.consentsOfPerson>>[number]
export type PartySignIn = Awaited<ReturnType<typeof signin.visitsOfPerson>>[number]
type PartyName = Awaited<ReturnType<typeof parties.getPartyNames>>[number]
export type PartyNames = ReadonlyMap<string, PartyName>

export const nameOfParty = (
  { language, tell }: Pick<CitizenFrame, 'language' | 'tell'>,
  names: PartyNames,
  partyId: Id<'party'>,
): string => names.get(partyId)?.[language] ?? tell('party')

export const scopesText = ({ tell }: Pick<CitizenFrame, 'tell'>, scopes: readonly string[]): string =>
  scopes.map(scope => tell(`scope-${scope}` as CitizenTextKey)).join('; ')

export const isInForce = ({ endedAt, endsAt }: PartyConsent, now: Date): boolean => endedAt === null && endsAt > now

/** What it was given for, as it was said then; the client may want it for something else by now. */
const purposeHtml = ({ language }: CitizenFrame, { purposes }: PartyConsent, scope: string): Html | undefined => {
  const purpose = purposes?.[scope]
  return purpose && html`<br><span class="hint">${purpose[language]}</span>`
}

type ConsentsView = { readonly names: PartyNames; readonly now: Date }

function consentHtml(frame: CitizenFrame, one: PartyConsent, { names, now }: ConsentsView): Html {
  const { tell } = frame
  const inForce = isInForce(one, now)
  const ended = one.endedAt ?? one.endsAt
  return html`<section class="item"><h2 class="name">
    ${nameOfParty(frame, names, one.partyId)}${
      one.childId &&
      !frame.child &&
      html`
      <span class="hint">${tell('consent-for-child')}</span>`
    }</h2>
${one.scopes.map(scope => html`<p>${scopesText(frame, [scope])}${purposeHtml(frame, one, scope)}</p>`)}
${one.refused.length > 0 && html`<p class="hint">${tell('consent-refused')} ${scopesText(frame, one.refused)}</p>`}
<p class="hint">${tell('consent-given', {
    day: dayOfInstantText(one.givenAt, frame.language),
    until: dayOfInstantText(one.endsAt, frame.language),
  })}${!inForce && html`, ${tell('consent-ended', { day: dayOfInstantText(ended, frame.language) })}`}</p>
${
  inForce &&
  buttonForm(frame, {
    action: '/citizen/consents',
    step: 'withdraw',
    label: tell('withdraw'),
    fields: { consent: one.id },
    kind: 'button plain',
  })
}</section>`
}

/** To whom, what, since, until; what is in force first. */
export function consentsPage(
  frame: CitizenFrame,
  {
    consents,
    done,
    ...shown
  }: ConsentsView & { readonly consents: readonly PartyConsent[]; readonly done?: string | undefined },
) {
  const { tell } = frame
  const inForce = consents.filter(one => isInForce(one, shown.now))
  const former = consents.filter(one => !isInForce(one, shown.now))
  return pageInFrame(
    frame,
    tell('go-consents'),
    html`${statusHtml(done)}
${
  inForce.length > 0
    ? html`<p class="hint">${tell('consents-why')}</p>
${inForce.map(one => consentHtml(frame, one, shown))}`
    : html`<p><strong>${tell('consents-none')}</strong></p>`
}
${
  former.length > 0 &&
  html`<h2>${tell('consents-former')}</h2>
${former.slice(0, shownOf.formerConsents).map(one => consentHtml(frame, one, shown))}`
}`,
  )
}

const signInHtml = (
  frame: CitizenFrame,
  { at, partyId, level, strength, scopes, childId }: PartySignIn,
  names: PartyNames,
): Html => {
  const { tell } = frame
  return html`<section class="item"><h2 class="name">
    ${nameOfParty(frame, names, partyId)}${
      childId &&
      !frame.child &&
      html`
      <span class="hint">${tell('session-for-child')}</span>`
    }</h2>
<p class="hint"><time datetime="${at.toISOString()}">${instantText(at, frame.language)}</time>, ${tell('visit-as', {
    level,
    strength,
  })}</p><p class="hint">${scopesText(frame, scopes)}</p></section>`
}

export function signInsPage(
  frame: CitizenFrame,
  { visits, names }: { readonly visits: readonly PartySignIn[]; readonly names: PartyNames },
): string {
  const { tell } = frame
  return pageInFrame(
    frame,
    tell('go-visits'),
    visits.length === 0
      ? html`<p><strong>${tell('visits-none')}</strong></p>`
      : html`<p class="hint">${tell('visits-what')}</p>
        ${visits.slice(0, shownOf.signInsOnPage).map(one => signInHtml(frame, one, names))}${
          visits.length > shownOf.signInsOnPage &&
          html`<p class="hint">${tell('visits-more')} <a href="/citizen/download">${tell('go-download')}</a></p>`
        }`,
  )
}
