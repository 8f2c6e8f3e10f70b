import { html } from '../../platform/pages/html.ts'
import type { ClaimScope } from '../consents/claim-values.ts'
import type { SignInFrame } from '../page-frame.ts'
import { framedPage } from '../page-frame.ts'

/** One item of a consent: what, its present value, and why. */
export type ConsentItem = {
  readonly scope: string
  readonly what: string
  readonly value: string
  readonly why: string
  readonly optional: boolean
}

export type ConsentPageState = {
  readonly form: string
  readonly action: string
  readonly party: string
  readonly items: readonly ConsentItem[]
  /** The digest of what is shown; the answer is valid for just that. */
  readonly mark: string
  readonly until: string
  /** The child for whom the person acts. */
  readonly child?: string | undefined
}

/** The place of each scope on the page, the first on top; `openid` tells nothing of the person. */
const placeOf: Readonly<Record<ClaimScope, number>> = {
  openid: 0,
  profile: 1,
  number: 2,
  birthdate: 3,
  residence: 4,
  phone: 5,
}

/** Scopes in the order in which the page lists them. */
export const inConsentOrder = (asked: readonly ClaimScope[]): ClaimScope[] =>
  asked.toSorted((one, other) => placeOf[one] - placeOf[other])

const itemLine = ({ text: say }: SignInFrame, { scope, what, value, why, optional }: ConsentItem) =>
  optional
    ? html`<li><label class="choice"><input type="checkbox" name="see-${scope}"
      value="yes"><span><strong>${what}</strong> ${say('optional')}<span>${value}</span><span>${why}</span></span>
        </label></li>`
    : html`<li><strong>${what}</strong><span>${value}</span><span>${why}</span></li>`

/**
 * The consent page shows the values themselves, each with its purpose. Optional ones begin unticked, and both answers
 * are equally easy.
 */
export const consentPage = (
  frame: SignInFrame,
  { form, action, party, items: shown, mark, until, child }: ConsentPageState,
) => {
  const { text: say } = frame
  return framedPage(
    frame,
    `${say('consent-title-before')} ${party} ${say('consent-title-after')}`,
    html`${child && html`<p class="hint">${say('acting-for')} <strong>${child}</strong></p>`}
<form method="post" action="${action}">
<input type="hidden" name="form" value="${form}"><input type="hidden" name="step" value="consent"><input type="hidden"
name="shown" value="${mark}">
<ul class="shown">${shown.map(one => itemLine(frame, one))}</ul>
<p class="small"><strong>${say('unseen')}</strong> ${say('unseen-what')}</p>
<p class="small">${say('kept-until')} ${until}. ${say('withdraw')}
<a href="/citizen/">${say('own-page')}</a>${say('is-kept')}</p>
<div class="pair"><button class="button plain" type="submit" name="answer" value="no">${say('no')}</button>
<button class="button" type="submit" name="answer" value="yes">${say('yes')}</button></div>
</form>
<p class="small">${say('no-means')}</p>`,
  )
}
